"""What stands before a duty, asked in the order in which a jurist would, each with its article."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from alliancesim.law.attack import Attack
from alliancesim.law.clauses import CONDITIONS, Obligation
from alliancesim.law.conditions import Limit
from alliancesim.law.duty import Finding, Outcome
from alliancesim.law.force import bound, in_force
from alliancesim.law.grades import Gate
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown, known

__all__ = ["asked", "conditions", "organ_gate", "sides"]


def sides(treaty: Treaty, obligation: Obligation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who owes and who is owed under an obligation, whether bound now or not."""
    return obligation.obligors or treaty.members, obligation.beneficiaries or treaty.members


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
    for field, step in CONDITIONS.items():
        yield happened(step, known(getattr(obligation, field)), obligation, attack)
    yield provoked(obligation, attack, beneficiary)


def happened(step: str, condition: Limit, obligation: Obligation, attack: Attack) -> Finding:
    """Ask whether the attack is by whom, what and where the treaty means."""
    refusal = None if condition.met(attack) else condition.told(attack)
    article = condition.article or obligation.article
    return verdict(step, refusal, article, condition.told(attack))


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


def provoked(obligation: Obligation, attack: Attack, beneficiary: str) -> Finding:
    """Ask whether provocation stands in the way, or is left for somebody to judge."""
    clause = known(obligation.provocation)
    if clause.required and beneficiary in attack.aggressors:
        words = f"{beneficiary} attacks, and the duty is owed to a party attacked unprovoked"
        return verdict("provocation", words, clause.article or obligation.article, words)
    finding = verdict(
        "provocation",
        None if clause.met(attack) else clause.told(attack),
        clause.article or obligation.article,
        clause.told(attack),
    )
    return attrs.evolve(finding, outcome="open") if clause.open(attack) else finding


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
