"""What is owed once every condition is met: response, exceptions, and what must still happen."""

from __future__ import annotations

import attrs

from alliancesim.errors import InvalidInput
from alliancesim.law import scale
from alliancesim.law.attack import Attack
from alliancesim.law.clauses import Obligation, Proviso, Response
from alliancesim.law.duty import Finding
from alliancesim.law.grades import ALL_MEANS, Answer, Gate, Level, Means
from alliancesim.law.reasons import pending_gates, still_open
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import known

__all__ = ["Tail", "tail"]


@attrs.frozen(kw_only=True)
class Reply:
    """How much help, how binding, by what means, before anything still open.

    ``lifted`` says that an exception, or the user's rule, leaves nothing owed.
    """

    level: Level
    binding: float
    means: tuple[Means, ...]
    lifted: bool = False


@attrs.frozen(kw_only=True)
class Tail:
    """The end of a chain of reasons, and what is owed by it."""

    owed: bool
    level: Level
    binding: float
    means: tuple[Means, ...]
    gate: Gate
    gates: tuple[Gate, ...]
    findings: tuple[Finding, ...]


def tail(
    treaty: Treaty,
    obligation: Obligation,
    attack: Attack,
    obligor: str,
    limits: tuple[Proviso, ...],
) -> Tail:
    """Return what is owed once every condition is met, under the exceptions that hold."""
    reply, said, findings = replied(obligation, attack)
    reply = unforced(obligation, attack, obligor, reply)
    for proviso in limits:
        reply = capped_by(proviso, reply)
        findings.append(limited(proviso, reply))
    gates, asked = gates_of(treaty, obligation, attack, said)
    gate = max(gates, default=Gate.OWED)
    return Tail(
        owed=not reply.lifted and gate is not Gate.NOT_OWED,
        level=reply.level,
        binding=reply.binding * treaty.form.binding,
        means=reply.means,
        gate=gate,
        gates=gates,
        findings=(*findings, *asked),
    )


def gates_of(
    treaty: Treaty, obligation: Obligation, attack: Attack, said: Gate
) -> tuple[tuple[Gate, ...], list[Finding]]:
    """Return what must still happen, by the clauses or by the answer of a user's rule."""
    if obligation.rule is None:
        return pending_gates(treaty, obligation, attack)
    if said is Gate.OWED or said is Gate.NOT_OWED:
        return ((said,) if said else ()), []
    given = attack.requested if said is Gate.IF_REQUESTED else attack.consent
    return tuple(still_open(said, given)), []


def replied(obligation: Obligation, attack: Attack) -> tuple[Reply, Gate, list[Finding]]:
    """Return what the text, or the user's rule, says before exceptions."""
    if obligation.rule is not None:
        return ruled(obligation, obligation.rule(attack))
    clause = known(obligation.provocation)
    doubtful = clause.open(attack) and clause.judge == "each"
    doubt = scale.contested().binding if doubtful else 1.0
    if not obligation.helps:
        return Reply(level=Level.NONE, binding=doubt, means=()), Gate.OWED, []
    response = responding(obligation)
    reply = Reply(
        level=response.level,
        binding=response.binding * doubt,
        means=response.means,
        lifted=response.level is Level.NONE,
    )
    finding = Finding(
        step="response",
        outcome="met",
        article=response.article or obligation.article,
        words=f"{response.level}: {response.quote or scale.wording(response.wording).words}",
    )
    return reply, Gate.OWED, [finding]


def responding(obligation: Obligation) -> Response:
    """Return the response of a duty of help, which has one unless a rule stands for it."""
    response = obligation.response
    if response is None:
        raise InvalidInput("no response", where=obligation.article, allowed="a response")
    return known(response)


def ruled(obligation: Obligation, said: Answer) -> tuple[Reply, Gate, list[Finding]]:
    """Turn the answer of a user's rule into a reply."""
    owed = said.level is not Level.NONE and said.gate is not Gate.NOT_OWED
    finding = Finding(
        step="response",
        outcome="met" if owed else "not met",
        article=obligation.article,
        words=said.why or f"{said.level}, {said.gate}, by the treaty's own rule",
    )
    reply = Reply(
        level=said.level if obligation.helps else Level.NONE,
        binding=said.binding,
        means=ALL_MEANS if obligation.helps else (),
        lifted=not owed,
    )
    return reply, said.gate, [finding]


def limited(proviso: Proviso, reply: Reply) -> Finding:
    """Return the finding on an exception that holds, given what it left."""
    return Finding(
        step="exception",
        outcome="not met" if reply.lifted else "met",
        article=proviso.article,
        words=proviso.words or proviso.in_words(),
    )


def capped_by(proviso: Proviso, reply: Reply) -> Reply:
    """Cap a reply by one exception: it lowers level, binding and means, and never raises them."""
    binding = reply.binding
    if proviso.wording is not None:
        binding = min(binding, scale.wording(proviso.wording).binding)
    level = min(reply.level, proviso.cap)
    means = reply.means
    if proviso.means is not None:
        means = tuple(one for one in means if one in proviso.means)
    if level <= Level.CONSULT:
        means = tuple(one for one in means if one == "diplomatic")
    if level is Level.CONSULT and reply.level is not Level.CONSULT:
        binding = min(binding, scale.wording("consults").binding)
    lifted = reply.lifted or (proviso.cap is Level.NONE and lifts(proviso, reply))
    return Reply(level=level, binding=binding, means=means, lifted=lifted)


def lifts(proviso: Proviso, reply: Reply) -> bool:
    """Return whether a cap of ``none`` lifts the duty; with a wording it may only weaken it."""
    return reply.level is not Level.NONE or proviso.wording is None


def unforced(obligation: Obligation, attack: Attack, obligor: str, reply: Reply) -> Reply:
    """Take military means out of help that an organ decides where force needs own consent."""
    if obligation.rule is not None or not known(obligation.decision).force_by_consent:
        return reply
    if obligor in attack.force_consents:
        return reply
    means = tuple(one for one in reply.means if one != "military")
    return attrs.evolve(reply, level=min(reply.level, Level.ASSIST), means=means)
