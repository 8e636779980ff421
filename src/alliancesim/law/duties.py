"""Who owes what, and why? A pure function of a treaty and an attack.

Each obligor of each obligation gets one answer: a `Duty`, owed or not, with the chain of findings
that led there, in the order in which a lawyer would ask.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from alliancesim.law.attack import Attack
from alliancesim.law.clauses import Obligation
from alliancesim.law.duty import Duties, Duty, Finding, Read, strength
from alliancesim.law.force import term_is_open
from alliancesim.law.readings import JointReading
from alliancesim.law.reasons import benefits, frame, happened, obliged, sides
from alliancesim.law.replies import Tail, tail
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown
from alliancesim.law.version import change_days, spelt_out

__all__ = ["duties", "readings_on"]


def readings_on(treaty: Treaty, *days: dt.date | None) -> tuple[JointReading, ...]:
    """Return the joint readings, those of an unknown term among them where a day needs it."""
    term = treaty.term
    if not isinstance(term, Unknown) or not any(term_is_open(treaty, day) for day in days):
        return treaty.readings
    return tuple(
        JointReading(
            weight=joint.weight * one.weight,
            words="; ".join(words for words in (joint.words, one.words) if words),
            treaty=attrs.evolve(joint.treaty, term=one.value),
        )
        for one in term.readings
        for joint in treaty.readings
    )


def duties(treaty: Treaty, attack: Attack) -> Duties:
    """Return who owes what in an attack under a treaty, and why; see `Treaty.duties`."""
    days = days_of(treaty, attack)
    reads = tuple(
        Read(weight=one.weight, words=one.words, duties=over_days(one.treaty, attack, days))
        for one in readings_on(treaty, *days)
    )
    return Duties(treaty=treaty.id, attack=attack, reads=reads)


def days_of(treaty: Treaty, attack: Attack) -> tuple[dt.date | None, ...]:
    """Return the days on which an attack is asked: its first, and each that brings a change."""
    if attack.until is None or attack.date is None:
        return (attack.date,)
    changes = change_days(treaty, attack.where)
    return (attack.date, *(day for day in changes if attack.date < day < attack.until))


def over_days(treaty: Treaty, attack: Attack, days: tuple[dt.date | None, ...]) -> tuple[Duty, ...]:
    """Return the answers to an attack; to one that lasts, the strongest of any of its days."""
    if attack.until is None:
        return tuple(answers(spelt_out(treaty, attack.date), attack))
    by_day = [
        tuple(answers(spelt_out(treaty, day), attrs.evolve(attack, date=day, until=None)))
        for day in days
    ]
    return tuple(lasting(same, days) for same in zip(*by_day, strict=True))


def lasting(same: tuple[Duty, ...], days: tuple[dt.date | None, ...]) -> Duty:
    """Return the strongest of one duty's answers on several days, with the day it begins."""
    best = max(range(len(same)), key=lambda n: (same[n].owed, strength(same[n]), -n))
    duty = same[best]
    if not duty.owed or best == 0:
        return duty
    words = f"from {days[best]}, while the attack goes on"
    finding = Finding(step="period", outcome="met", article=duty.article, words=words)
    return attrs.evolve(duty, chain=(*duty.chain, finding))


def answers(treaty: Treaty, attack: Attack) -> Iterator[Duty]:
    """Yield the answer of each obligor of each obligation; nothing may be unknown."""
    found = [tuple(answers_under(treaty, one, attack)) for one in treaty.obligations]
    torn = {
        duty.obligor
        for under in found
        for duty in under
        if duty.kind == "non-aggression" and duty.owed and duty.beneficiary in attack.aggressors
    }
    for under in found:
        for duty in under:
            yield attrs.evolve(duty, conflict=True) if duty.level and duty.obligor in torn else duty


def called(obligation: Obligation, attack: Attack, obligor: str) -> tuple[str, ...]:
    """Return to whom the obligor's duty would run in this attack.

    Help runs to the victims, and so does a right to act; neutrality to either side;
    non-aggression to the attackers, whom the obligor may then not fight, and from an attacker to
    the victims; offence to the attackers.
    """
    if obligation.kind == "offence":
        return attack.aggressors
    if obligation.kind == "neutrality":
        return (*attack.victims, *attack.aggressors)
    if obligation.kind == "non-aggression":
        return attack.victims if obligor in attack.aggressors else attack.aggressors
    return attack.victims


def answers_under(treaty: Treaty, obligation: Obligation, attack: Attack) -> Iterator[Duty]:
    """Yield the answer of each obligor of one obligation.

    What does not depend on the obligor is asked once.
    """
    head = frame(treaty, obligation, attack)
    views = {state: attack.on(state) for state in attack.victims}
    conditions: dict[str, tuple[Finding, ...]] = {}
    tails: dict[object, Tail] = {}
    for obligor in sides(treaty, obligation)[0]:
        for beneficiary in called(obligation, attack, obligor):
            view = views.get(beneficiary, attack)
            chain = list(until_not_met(head))
            if chain[-1].outcome != "not met":
                who = between(treaty, obligation, attack, obligor, beneficiary)
                chain += until_not_met(who)
            if chain[-1].outcome != "not met":
                if beneficiary not in conditions:
                    asked = happened(obligation, view, beneficiary)
                    conditions[beneficiary] = tuple(until_not_met(asked))
                chain += conditions[beneficiary]
            if chain[-1].outcome == "not met":
                yield made(treaty, obligation, obligor, beneficiary, chain)
                continue
            limits = tuple(one for one in obligation.exceptions if one.holds(view, obligor))
            key = (beneficiary, limits, obligor in attack.force_consents)
            if key not in tails:
                tails[key] = tail(treaty, obligation, view, obligor, limits)
            yield made(treaty, obligation, obligor, beneficiary, chain, tails[key])


def between(
    treaty: Treaty, obligation: Obligation, attack: Attack, obligor: str, beneficiary: str
) -> Iterator[Finding]:
    """Yield whether the obligor owes and the beneficiary is owed."""
    yield obliged(treaty, obligation, attack, obligor, beneficiary)
    yield benefits(treaty, obligation, attack, obligor, beneficiary)


def until_not_met(findings: Iterator[Finding] | tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield findings up to the first that is not met."""
    for finding in findings:
        yield finding
        if finding.outcome == "not met":
            return


def made(
    treaty: Treaty,
    obligation: Obligation,
    obligor: str,
    beneficiary: str,
    chain: list[Finding],
    end: Tail | None = None,
) -> Duty:
    """Return the duty that a chain of findings and its end amount to."""
    if end is None or not end.owed:
        findings = (*chain, *(end.findings if end else ()))
        return Duty(
            treaty=treaty.id,
            article=obligation.article,
            kind=obligation.kind,
            obligor=obligor,
            beneficiary=beneficiary,
            chain=findings,
        )
    return Duty(
        treaty=treaty.id,
        article=obligation.article,
        kind=obligation.kind,
        obligor=obligor,
        beneficiary=beneficiary,
        level=end.level,
        binding=end.binding,
        means=end.means,
        gate=end.gate,
        gates=end.gates,
        chain=(*chain, *end.findings),
    )
