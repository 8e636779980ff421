"""Who owes what, and why? A pure function of a treaty and an attack.

Each obligor of each obligation gets one answer: a `Duty`, owed or not, with the chain of findings
that led there, in the order in which a jurist would ask.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

import attrs

from alliancesim.law import scale
from alliancesim.law.attack import Attack
from alliancesim.law.clauses import (
    ALL_MEANS,
    Answer,
    DutyKind,
    Gate,
    Level,
    Means,
    Obligation,
    Proviso,
)
from alliancesim.law.conditions import Condition
from alliancesim.law.force import bound, in_force, term_is_open
from alliancesim.law.treaty import JointReading, Treaty
from alliancesim.law.unknown import Unknown, known

__all__ = ["Duties", "Duty", "Finding", "Read", "duties", "readings_on", "sides"]

Outcome = Literal["met", "not met", "open"]


@attrs.frozen(kw_only=True)
class Finding:
    """One step of the reasoning.

    Attributes
    ----------
    step : str
        What was asked: force, obligor, beneficiary, adversary, trigger, area, provocation,
        response, exception, request, decision.
    outcome : str
        met, not met, or open (something must still happen or be judged).
    article : str
        The article it rests on.
    words : str
        What was found.
    """

    step: str
    outcome: Outcome
    article: str
    words: str


@attrs.frozen(kw_only=True)
class Duty:
    """What one obligor owes one beneficiary under one obligation.

    Attributes
    ----------
    treaty, article : str
        Under what.
    kind : str
        defence, consultation, neutrality, non-aggression or offence.
    obligor, beneficiary : str
        Who owes, to whom.
    level : Level
        How much help; ``none`` for other kinds, and where nothing is owed.
    binding : float
        How binding, 0 to 1: wording times form; 0 where nothing is owed.
    means : tuple of str
        By what means.
    gate : Gate
        Owed, owed if something still happens, or not owed.
    conflict : bool
        Whether the obligor owes the attacker non-aggression under the same treaty.
    chain : tuple of Finding
        The reasons, in order.
    """

    treaty: str
    article: str
    kind: DutyKind
    obligor: str
    beneficiary: str
    level: Level = Level.NONE
    binding: float = 0.0
    means: tuple[Means, ...] = ()
    gate: Gate = Gate.NOT_OWED
    conflict: bool = False
    chain: tuple[Finding, ...] = ()

    @property
    def owed(self) -> bool:
        """Whether it is owed, if need be on a condition that may still come."""
        return self.gate is not Gate.NOT_OWED

    @property
    def why(self) -> str:
        """The finding that decided it, in words."""
        failed = [finding for finding in self.chain if finding.outcome == "not met"]
        last = failed[0] if failed else self.chain[-1]
        return f"{last.words} ({last.article})" if last.article else last.words

    def __str__(self) -> str:
        """Return the duty as one sentence."""
        what = f"{self.kind}, {self.level}" if self.level else self.kind
        if not self.owed:
            return f"{self.obligor} owes {self.beneficiary} no {self.kind}: {self.why}"
        return (
            f"{self.obligor} to {self.beneficiary}: {what}, {self.gate}, binding "
            f"{self.binding:.2f}, {self.treaty} {self.article}"
        )


@attrs.frozen(kw_only=True)
class Read:
    """The duties under one reading of what is unknown.

    Attributes
    ----------
    weight : float
        The reading's probability.
    words : str
        The reading in words; empty where nothing is unknown.
    duties : tuple of Duty
        All answers, those not owed among them.
    """

    weight: float
    words: str
    duties: tuple[Duty, ...]


@attrs.frozen(kw_only=True)
class Duties:
    """The answer of a treaty to an attack.

    Attributes
    ----------
    treaty : str
        The treaty's id.
    attack : Attack
        What happened.
    reads : tuple of Read
        One for each joint reading of the unknown clauses.
    """

    treaty: str
    attack: Attack
    reads: tuple[Read, ...]

    def __iter__(self) -> Iterator[Read]:
        return iter(self.reads)

    def strongest(self, obligor: str, read: Read | None = None) -> Duty | None:
        """Return an obligor's strongest duty of help in a reading (the first), or None."""
        owed = [
            duty
            for duty in (read or self.reads[0]).duties
            if duty.obligor == obligor and duty.level and duty.owed
        ]
        return max(owed, key=strength, default=None)

    def levels(self, obligor: str) -> dict[Level, float]:
        """Return the probability of each level of help that an obligor may owe."""
        found: dict[Level, float] = {}
        for read in self.reads:
            duty = self.strongest(obligor, read)
            level = duty.level if duty else Level.NONE
            found[level] = found.get(level, 0.0) + read.weight
        return dict(sorted(found.items()))


def strength(duty: Duty) -> tuple[int, int, float]:
    """Return what makes a duty the stronger: level, then an open gate, then binding words."""
    return int(duty.level), -int(duty.gate), duty.binding


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


def sides(treaty: Treaty, obligation: Obligation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who owes and who is owed under an obligation, whether bound now or not."""
    return obligation.obligors or treaty.members, obligation.beneficiaries or treaty.members


def called(obligation: Obligation, attack: Attack, obligor: str) -> tuple[str, ...]:
    """Return to whom the obligor's duty would run in this attack.

    Help and neutrality run to the victim; non-aggression to the attacker, whom the obligor may
    then not fight, and from the attacker to the victim; offence to an attacker that began it.
    """
    if obligation.kind == "offence":
        return (attack.attacker,)
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


def conditions(
    treaty: Treaty, obligation: Obligation, attack: Attack, obligor: str, beneficiary: str
) -> Iterator[Finding]:
    """Yield, in order, what stands before the duty."""
    yield forced(treaty, attack)
    yield agreed(obligation)
    yield obliged(treaty, obligation, attack, obligor)
    yield benefits(treaty, obligation, attack, obligor, beneficiary)
    if obligation.rule is not None or obligation.kind == "non-aggression":
        return
    yield against(obligation, attack)
    for step in ("trigger", "area"):
        condition: Condition = known(getattr(obligation, step))
        yield Finding(
            step=step,
            outcome="met" if condition.met(attack) else "not met",
            article=condition.article or obligation.article,
            words=condition.told(attack),
        )
    yield provoked(obligation, attack)


def verdict(step: str, refusal: str | None, article: str, words: str) -> Finding:
    """Return a finding from a refusal, or from its absence."""
    return Finding(
        step=step,
        outcome="met" if refusal is None else "not met",
        article=article,
        words=refusal or words,
    )


def forced(treaty: Treaty, attack: Attack) -> Finding:
    """Ask whether the treaty is in force."""
    article = treaty.term.article or treaty.entry.article
    words = "in force" + (f" on {attack.date}" if attack.date else "")
    if isinstance(treaty.term, Unknown):
        words += "; its term is unknown and taken to run on"
    return verdict("force", in_force(treaty, attack.date), article, words)


def agreed(obligation: Obligation) -> Finding:
    """Ask whether the duty was agreed at all."""
    refusal = None if obligation.agreed else f"no duty of {obligation.kind} was agreed"
    return verdict("agreed", refusal, obligation.article, f"a duty of {obligation.kind}")


def obliged(treaty: Treaty, obligation: Obligation, attack: Attack, obligor: str) -> Finding:
    """Ask whether this obligor is bound, and not itself a belligerent."""
    refusal = bound(treaty, obligor, attack.date)
    if refusal is None and obligation.kind != "non-aggression":
        if obligor in attack.aggressors:
            refusal = f"{obligor} is the attacker"
        elif obligor == attack.victim:
            refusal = f"{obligor} is the victim and owes itself nothing"
    return verdict("obligor", refusal, obligation.article, f"{obligor} is bound")


def benefits(
    treaty: Treaty, obligation: Obligation, attack: Attack, obligor: str, beneficiary: str
) -> Finding:
    """Ask whether the beneficiary is one to whom the duty runs."""
    _, owed_to = sides(treaty, obligation)
    refusal = None
    if beneficiary not in owed_to or beneficiary == obligor:
        refusal = f"{beneficiary} is not a beneficiary"
    elif beneficiary in treaty.members:
        refusal = bound(treaty, beneficiary, attack.date)
    words = f"{beneficiary} is a beneficiary"
    return verdict("beneficiary", refusal, obligation.article, words)


def against(obligation: Obligation, attack: Attack) -> Finding:
    """Ask whether the duty runs against this attacker."""
    adversaries = known(obligation.adversaries)
    refusal = None if adversaries.met(attack) else adversaries.told(attack)
    article = adversaries.article or obligation.article
    return verdict("adversary", refusal, article, adversaries.told(attack))


def provoked(obligation: Obligation, attack: Attack) -> Finding:
    """Ask whether provocation stands in the way, or is left for somebody to judge."""
    clause = known(obligation.provocation)
    finding = verdict(
        "provocation",
        None if clause.met(attack) else clause.told(attack),
        clause.article or obligation.article,
        clause.told(attack),
    )
    return attrs.evolve(finding, outcome="open") if clause.open(attack) else finding


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
    response = known(obligation.response)
    assert response is not None, "a duty of help without a rule has a response"
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
    means = reply.means
    if proviso.means is not None:
        means = tuple(one for one in means if one in proviso.means)
    return Reply(level=min(reply.level, proviso.cap), binding=binding, means=means)


def gated(obligation: Obligation, attack: Attack, gate: Gate) -> tuple[Gate, list[Finding]]:
    """Return what must still happen, given what has, with the findings on request and organ."""
    findings = []
    if obligation.rule is None:
        gate, findings = asked(obligation, attack)
    if gate is Gate.IF_REQUESTED and attack.requested is not None:
        gate = Gate.OWED if attack.requested else Gate.NOT_OWED
    if Gate.IF_CONSENSUS <= gate < Gate.NOT_OWED and attack.consent is not None:
        gate = Gate.OWED if attack.consent else Gate.NOT_OWED
    return gate, findings


def asked(obligation: Obligation, attack: Attack) -> tuple[Gate, list[Finding]]:
    """Ask for the victim's request and the organ's consent, where the treaty wants them."""
    request, decision = known(obligation.request), known(obligation.decision)
    gate = Gate.OWED
    findings: list[Finding] = []
    if request.needed:
        gate = Gate.IF_REQUESTED
        article = request.article or obligation.article
        findings.append(pending("request", attack.requested, article, "a request of the victim"))
    organ = organ_gate(obligation, attack)
    if organ is not Gate.OWED:
        article = decision.article or obligation.article
        findings.append(pending("decision", attack.consent, article, "the consent of the organ"))
        refused = request.needed and attack.requested is False
        gate = Gate.NOT_OWED if refused else organ
    return gate, findings


def organ_gate(obligation: Obligation, attack: Attack) -> Gate:
    """Return the organ's gate: by the decision rule, or to judge a contested provocation."""
    decision, clause = known(obligation.decision), known(obligation.provocation)
    if decision.gate is Gate.OWED and clause.open(attack) and clause.judge == "organ":
        return Gate.IF_CONSENSUS
    return decision.gate


def pending(step: str, given: bool | None, article: str, words: str) -> Finding:
    """Return the finding on something that is given, refused, or still to come."""
    outcomes: dict[bool | None, Outcome] = {True: "met", False: "not met", None: "open"}
    told = {True: f"{words} is there", False: f"{words} is refused", None: f"{words} is needed"}
    return Finding(step=step, outcome=outcomes[given], article=article, words=told[given])


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
