"""Who owes what, and why? A pure function of a treaty and an attack.

Each obligor of each obligation gets one answer: a `Duty`, owed or not, with the chain of findings
that led there, in the order in which a jurist would ask.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from alliancesim.errors import InvalidInput
from alliancesim.law import scale
from alliancesim.law.attack import Attack
from alliancesim.law.clauses import Obligation, Proviso, Response
from alliancesim.law.duty import Duties, Duty, Finding, Read
from alliancesim.law.force import term_is_open
from alliancesim.law.grades import ALL_MEANS, Answer, Gate, Level, Means
from alliancesim.law.readings import JointReading
from alliancesim.law.reasons import asked, conditions, sides
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown, known

__all__ = ["answer", "duties", "readings_on", "responding"]


def readings_on(treaty: Treaty, on: dt.date | None) -> tuple[JointReading, ...]:
    """Return the joint readings, those of an unknown term among them where the day needs it."""
    if not term_is_open(treaty, on) or not isinstance(treaty.term, Unknown):
        return treaty.readings
    return tuple(
        JointReading(
            weight=joint.weight * term.weight,
            words="; ".join(words for words in (joint.words, term.words) if words),
            treaty=attrs.evolve(joint.treaty, term=term.value),
        )
        for term in treaty.term.readings
        for joint in treaty.readings
    )


def duties(treaty: Treaty, attack: Attack) -> Duties:
    """Return who owes what in an attack under a treaty, and why; see `Treaty.duties`."""
    reads = tuple(
        Read(weight=one.weight, words=one.words, duties=tuple(answers(one.treaty, attack)))
        for one in readings_on(treaty, attack.date)
    )
    return Duties(treaty=treaty.id, attack=attack, reads=reads)


def answers(treaty: Treaty, attack: Attack) -> Iterator[Duty]:
    """Yield the answer of each obligor of each obligation; nothing may be unknown."""
    for obligation in treaty.obligations:
        obligors, _ = sides(treaty, obligation)
        for obligor in obligors:
            for beneficiary in called(obligation, attack, obligor):
                yield answer(treaty, obligation, attack, obligor, beneficiary)


def called(obligation: Obligation, attack: Attack, obligor: str) -> tuple[str, ...]:
    """Return to whom the obligor's duty would run in this attack.

    Help runs to the victim; neutrality to either side; non-aggression to the attacker, whom the
    obligor may then not fight, and from the attacker to the victim; offence to an attacker.
    """
    if obligation.kind == "offence":
        return attack.aggressors
    if obligation.kind == "neutrality":
        return (attack.victim, *attack.aggressors)
    if obligation.kind == "non-aggression":
        return (attack.victim,) if obligor in attack.aggressors else attack.aggressors
    return (attack.victim,)


def answer(
    treaty: Treaty, obligation: Obligation, attack: Attack, obligor: str, beneficiary: str
) -> Duty:
    """Return what an obligor owes a beneficiary under an obligation, with the chain."""
    duty = Duty(
        treaty=treaty.id,
        article=obligation.article,
        kind=obligation.kind,
        obligor=obligor,
        beneficiary=beneficiary,
    )
    chain = tuple(until_not_met(conditions(treaty, obligation, attack, obligor, beneficiary)))
    if chain[-1].outcome == "not met":
        return attrs.evolve(duty, chain=chain)
    if not obligation.helps:
        binding = treaty.form.binding
        return attrs.evolve(duty, gate=Gate.OWED, binding=binding, chain=chain)
    return helped(treaty, obligation, attack, attrs.evolve(duty, chain=chain))


def until_not_met(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield findings up to the first that is not met."""
    for finding in findings:
        yield finding
        if finding.outcome == "not met":
            return


def helped(treaty: Treaty, obligation: Obligation, attack: Attack, duty: Duty) -> Duty:
    """Return the help that is owed once every condition is met."""
    reply, gate, finding = replied(obligation, attack)
    reply, found = limited(obligation, attack, duty.obligor, unforced(obligation, reply))
    gate, gates = gated(obligation, attack, gate)
    chain = (*duty.chain, finding, *found, *gates)
    if reply.level is Level.NONE or gate is Gate.NOT_OWED:
        return attrs.evolve(duty, chain=chain)
    return attrs.evolve(
        duty,
        level=reply.level,
        binding=reply.binding * treaty.form.binding,
        means=reply.means,
        gate=gate,
        conflict=owes_attacker_peace(treaty, attack, duty.obligor),
        chain=chain,
    )


@attrs.frozen(kw_only=True)
class Reply:
    """How much help, how binding, by what means, before anything still open."""

    level: Level
    binding: float
    means: tuple[Means, ...]


def replied(obligation: Obligation, attack: Attack) -> tuple[Reply, Gate, Finding]:
    """Return the response of the text, or of the user's rule, before exceptions."""
    if obligation.rule is not None:
        return ruled(obligation, obligation.rule(attack))
    response = responding(obligation)
    clause = known(obligation.provocation)
    doubtful = clause.open(attack) and clause.judge == "each"
    reply = Reply(
        level=response.level,
        binding=response.binding * (scale.contested().binding if doubtful else 1.0),
        means=response.means,
    )
    finding = Finding(
        step="response",
        outcome="met",
        article=response.article or obligation.article,
        words=f"{response.level}: {response.quote or scale.wording(response.wording).words}",
    )
    return reply, Gate.OWED, finding


def responding(obligation: Obligation) -> Response:
    """Return the response of a duty of help, which has one unless a rule stands for it."""
    response = obligation.response
    if response is None:
        raise InvalidInput("no response", where=obligation.article, allowed="a response")
    return known(response)


def ruled(obligation: Obligation, said: Answer) -> tuple[Reply, Gate, Finding]:
    """Turn the answer of a user's rule into a reply."""
    finding = Finding(
        step="response",
        outcome="met" if said.level and said.gate is not Gate.NOT_OWED else "not met",
        article=obligation.article,
        words=said.why or f"{said.level}, {said.gate}, by the treaty's own rule",
    )
    return Reply(level=said.level, binding=said.binding, means=ALL_MEANS), said.gate, finding


def limited(
    obligation: Obligation, attack: Attack, obligor: str, reply: Reply
) -> tuple[Reply, list[Finding]]:
    """Cap a reply by the exceptions that hold."""
    findings = []
    for proviso in obligation.exceptions:
        if proviso.holds(attack, obligor):
            reply = capped_by(proviso, reply)
            findings.append(
                Finding(
                    step="exception",
                    outcome="not met" if reply.level is Level.NONE else "met",
                    article=proviso.article,
                    words=proviso.words or f"{proviso.when.told(attack)}: {proviso.cap} at most",
                )
            )
    return reply, findings


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
    return Reply(level=level, binding=binding, means=means)


def gated(obligation: Obligation, attack: Attack, gate: Gate) -> tuple[Gate, list[Finding]]:
    """Return what must still happen, given what has, with the findings on request and organ."""
    findings: list[Finding] = []
    if obligation.rule is None:
        gate, findings = asked(obligation, attack)
    if gate is Gate.IF_REQUESTED and attack.requested is not None:
        gate = Gate.OWED if attack.requested else Gate.NOT_OWED
    if Gate.IF_CONSENSUS <= gate < Gate.NOT_OWED and attack.consent is not None:
        gate = Gate.OWED if attack.consent else Gate.NOT_OWED
    return gate, findings


def unforced(obligation: Obligation, reply: Reply) -> Reply:
    """Take military means out of help that an organ decides where force needs own consent."""
    decision = known(obligation.decision)
    if obligation.rule is not None or decision.rule == "each" or not decision.force_by_consent:
        return reply
    means = tuple(one for one in reply.means if one != "military")
    return attrs.evolve(reply, level=min(reply.level, Level.ASSIST), means=means)


def owes_attacker_peace(treaty: Treaty, attack: Attack, obligor: str) -> bool:
    """Tell whether the obligor owes an aggressor non-aggression under this treaty."""
    return any(
        answer(treaty, obligation, attack, obligor, aggressor).owed
        for obligation in treaty.obligations
        if obligation.kind == "non-aggression" and obligor in sides(treaty, obligation)[0]
        for aggressor in attack.aggressors
        if aggressor != obligor
    )
