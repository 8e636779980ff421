"""What stands before a duty, in the order in which a lawyer would ask, each with its article."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from alliancesim.law.attack import Attack
from alliancesim.law.clauses import CONDITIONS, Obligation
from alliancesim.law.conditions import Condition, Facing, Limit
from alliancesim.law.duty import Finding, Outcome
from alliancesim.law.force import members_on, why_not_in_force, why_not_party
from alliancesim.law.grades import ABSTAIN, Gate
from alliancesim.law.response import Decision, votes_needed
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown, known

__all__ = ["asked_of", "frame", "limits", "organ_gate", "pending_gates", "sides"]


def sides(treaty: Treaty, obligation: Obligation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who owes and who is owed under an obligation, whether bound now or not."""
    return obligation.obligors or treaty.members, obligation.beneficiaries or treaty.members


def verdict(step: str, refusal: str | None, article: str, words: str) -> Finding:
    """Return a finding from a refusal, or from its absence."""
    return Finding(
        step=step,
        outcome="met" if refusal is None else "not met",
        article=article,
        words=refusal or words,
    )


def frame(treaty: Treaty, obligation: Obligation, attack: Attack) -> tuple[Finding, ...]:
    """Return what stands before the duty whoever owes it: force, agreement, and its own dates."""
    found = [in_force(treaty, attack), agreed(obligation)]
    if obligation.since is not None or obligation.until is not None:
        found.append(period(obligation, attack))
    return tuple(found)


def in_force(treaty: Treaty, attack: Attack) -> Finding:
    """Find whether the treaty is in force."""
    article = treaty.term.article or treaty.entry.article
    words = "in force" + (f" on {attack.date}" if attack.date else "")
    if isinstance(treaty.term, Unknown):
        words += "; its term is unknown and taken to run on"
    return verdict("force", why_not_in_force(treaty, attack.date), article, words)


def agreed(obligation: Obligation) -> Finding:
    """Find whether the duty was agreed at all."""
    refusal = None if obligation.agreed else f"no duty of {obligation.kind} was agreed"
    return verdict("agreed", refusal, obligation.article, f"a duty of {obligation.kind}")


def period(obligation: Obligation, attack: Attack) -> Finding:
    """Find whether the duty is among those that the treaty holds on the day."""
    since = f"from {obligation.since}" if obligation.since else ""
    until = f"until {obligation.until}" if obligation.until else ""
    words = f"the article so worded holds {' '.join(one for one in (since, until) if one)}"
    refusal = None if obligation.holds_on(attack.date) else f"{words}, not on {attack.date}"
    return verdict("period", refusal, obligation.article, words)


def obliged(
    treaty: Treaty, obligation: Obligation, attack: Attack, obligor: str, beneficiary: str
) -> Finding:
    """Find whether this obligor is bound, and not itself a belligerent."""
    refusal = why_not_party(treaty, obligor, attack.date)
    if refusal is None and obligation.kind != "non-aggression":
        if obligor in attack.aggressors:
            refusal = f"{obligor} is the attacker"
        elif obligor == beneficiary or (obligor in attack.victims and not obligation.helps):
            refusal = f"{obligor} is the victim and owes itself nothing"
    return verdict("obligor", refusal, obligation.article, f"{obligor} is bound")


def owed_to_itself(obligation: Obligation, obligor: str) -> Finding:
    """Return the finding that nobody owes a duty to itself."""
    refusal = f"{obligor} is not a beneficiary"
    return verdict("beneficiary", refusal, obligation.article, refusal)


def benefits(treaty: Treaty, obligation: Obligation, attack: Attack, beneficiary: str) -> Finding:
    """Find whether the beneficiary is one to whom the duty runs."""
    refusal = None
    if beneficiary not in sides(treaty, obligation)[1]:
        refusal = f"{beneficiary} is not a beneficiary"
    elif beneficiary in treaty.members:
        refusal = why_not_party(treaty, beneficiary, attack.date)
    else:
        refusal = treaty.why_not_protected(beneficiary, attack.date)
    words = f"{beneficiary} is a beneficiary"
    return verdict("beneficiary", refusal, obligation.article, words)


def limits(obligation: Obligation, *, to_attacker: bool) -> Iterator[tuple[str, Limit]]:
    """Yield the conditions that the attack alone decides, each with its step, in order.

    Parameters
    ----------
    obligation : Obligation
        The obligation; none of its clauses may be unknown.
    to_attacker : bool
        Whether the duty would run to the attacker: its adversary is then the state attacked.
    """
    if obligation.rule is not None:
        return
    for field, step in CONDITIONS.items():
        clause = known(getattr(obligation, field))
        facing = to_attacker and field == "adversaries"
        yield step, Facing(clause) if facing else clause
    if to_attacker and obligation.kind in ABSTAIN:
        saving = known(obligation.saving)
        if saving.self_defence:
            yield "self-defence", saving


def asked_of(obligation: Obligation, *, to_attacker: bool) -> Iterator[Condition]:
    """Yield every condition of the attack, provocation among them."""
    for _, condition in limits(obligation, to_attacker=to_attacker):
        yield condition
    if obligation.rule is None:
        yield known(obligation.provocation)


def happened(obligation: Obligation, attack: Attack, beneficiary: str) -> Iterator[Finding]:
    """Yield what is found on each condition of the attack."""
    to_attacker = beneficiary in attack.aggressors
    for step, condition in limits(obligation, to_attacker=to_attacker):
        told = condition.told(attack)
        refusal = None if condition.met(attack) else told
        yield verdict(step, refusal, condition.article or obligation.article, told)
    if obligation.rule is None:
        yield provoked(obligation, attack, beneficiary)


def provoked(obligation: Obligation, attack: Attack, beneficiary: str) -> Finding:
    """Find whether provocation stands in the way, or is left for somebody to judge."""
    clause = known(obligation.provocation)
    article = clause.article or obligation.article
    if clause.required and beneficiary in attack.aggressors:
        words = f"{beneficiary} attacks, and the duty is owed to a party attacked unprovoked"
        return verdict("provocation", words, article, words)
    told = clause.told(attack)
    finding = verdict("provocation", None if clause.met(attack) else told, article, told)
    return attrs.evolve(finding, outcome="open") if clause.open(attack) else finding


def pending_gates(
    treaty: Treaty, obligation: Obligation, attack: Attack
) -> tuple[tuple[Gate, ...], list[Finding]]:
    """Return what must still happen (request, organ), with what is found on each.

    A request or a decision that was refused gives ``NOT_OWED``.
    """
    request, decision = known(obligation.request), known(obligation.decision)
    gates: list[Gate] = []
    findings: list[Finding] = []
    if request.needed:
        article = request.article or obligation.article
        findings.append(pending("request", attack.requested, article, "a request of the victim"))
        gates += still_open(Gate.IF_REQUESTED, attack.requested)
    organ = organ_gate(obligation, attack)
    if organ is not Gate.OWED:
        article = decision.article or obligation.article
        consent = organ_consents(treaty, decision, attack)
        findings.append(pending("decision", consent, article, "the consent of the organ"))
        gates += still_open(organ, consent)
    return tuple(gates), findings


def still_open(gate: Gate, given: bool | None) -> list[Gate]:
    """Return a gate that is open still, or refused; nothing where it is passed."""
    if given is None:
        return [gate]
    return [] if given else [Gate.NOT_OWED]


def organ_gate(obligation: Obligation, attack: Attack) -> Gate:
    """Return the organ's gate: by the decision rule, or to judge a contested provocation."""
    decision, clause = known(obligation.decision), known(obligation.provocation)
    if decision.gate is Gate.OWED and clause.open(attack) and clause.judge == "organ":
        return Gate.IF_CONSENSUS
    return decision.gate


def organ_consents(treaty: Treaty, decision: Decision, attack: Attack) -> bool | None:
    """Return whether the organ consents, from what is said of it or of each party.

    A party that attacks has no vote on the help against itself, as the Rio Treaty says in
    Article 18.
    """
    if attack.consents is None:
        return attack.consent
    voters = set(members_on(treaty, attack.date)) - set(attack.aggressors)
    rule = "consensus" if decision.rule == "each" else decision.rule
    return len(voters & set(attack.consents)) >= votes_needed(rule, len(voters))


def pending(step: str, given: bool | None, article: str, words: str) -> Finding:
    """Return the finding on something that is given, refused, or still to come."""
    outcomes: dict[bool | None, Outcome] = {True: "met", False: "not met", None: "open"}
    told = {True: f"{words} is there", False: f"{words} is refused", None: f"{words} is needed"}
    return Finding(step=step, outcome=outcomes[given], article=article, words=told[given])
