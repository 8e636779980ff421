"""Who owes what, and why? A pure function of a treaty and an attack.

Each obligor of each obligation gets one answer: a `Duty`, owed or not, with the chain of findings
that led there, in the order in which a lawyer would ask.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import attrs

from alliancesim.data.arguments import checked
from alliancesim.law.attack import Attack
from alliancesim.law.clauses import Obligation
from alliancesim.law.duty import Duties, Duty, Finding, Read, strength
from alliancesim.law.force import term_is_open
from alliancesim.law.readings import JointReading
from alliancesim.law.reasons import benefits, frame, happened, obliged, owed_to_itself, sides
from alliancesim.law.replies import Tail, tail
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown
from alliancesim.law.version import change_days, spelt_out

__all__ = ["duties", "readings_on"]

Answers = dict[Any, tuple[Duty, ...]]
"""What obligations owe in an attack, by obligation, term and day."""


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


@checked
def duties(treaty: Treaty, attack: Attack) -> Duties:
    """Return who owes what in an attack under a treaty, and why; see `Treaty.duties`."""
    days = days_of(treaty, attack)
    known: Answers = {}
    reads = tuple(
        Read(weight=one.weight, words=one.words, duties=over_days(one.treaty, attack, days, known))
        for one in readings_on(treaty, *days)
    )
    return Duties(treaty=treaty.id, attack=attack, reads=reads, hypothetical=treaty.hypothetical)


def days_of(treaty: Treaty, attack: Attack) -> tuple[dt.date | None, ...]:
    """Return the days on which an attack is asked: its first, and each that brings a change."""
    if attack.until is None or attack.date is None:
        return (attack.date,)
    changes = change_days(treaty, attack.where)
    return (attack.date, *(day for day in changes if attack.date < day < attack.until))


def over_days(
    treaty: Treaty, attack: Attack, days: tuple[dt.date | None, ...], known: Answers
) -> tuple[Duty, ...]:
    """Return the answers to an attack; to one that lasts, the strongest of any of its days."""
    if attack.until is None:
        return tuple(answers(spelt_out(treaty, attack.date), attack, known))
    by_day = [
        tuple(answers(spelt_out(treaty, day), attrs.evolve(attack, date=day, until=None), known))
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


def answers(treaty: Treaty, attack: Attack, known: Answers) -> Iterator[Duty]:
    """Yield the answer of each obligor of each obligation; nothing may be unknown.

    What an obligation owes is asked once for all readings that read it, and the term, alike.
    """
    found = []
    for one in treaty.obligations:
        key = (id(one), one, id(treaty.term), attack.date)
        if key not in known:
            known[key] = tuple(answers_under(treaty, one, attack))
        found.append(known[key])
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
    """Yield the answer of each obligor of one obligation."""
    asked = Asked(treaty, obligation, attack)
    for obligor in asked.obligors:
        for beneficiary in called(obligation, attack, obligor):
            yield asked.answer(obligor, beneficiary)


class Asked:
    """One obligation asked of an attack: what does not depend on the obligor is found once."""

    def __init__(self, treaty: Treaty, obligation: Obligation, attack: Attack) -> None:
        self.treaty: Treaty = treaty
        self.obligation: Obligation = obligation
        self.attack: Attack = attack
        both = sides(treaty, obligation)
        self.obligors: tuple[str, ...] = both[0]
        self.owed_to: tuple[str, ...] = both[1]
        self.views: dict[str, Attack] = {state: attack.on(state) for state in attack.victims}
        self.frame: tuple[Finding, ...] = tuple(until_not_met(frame(treaty, obligation, attack)))
        self.conditions: dict[str, tuple[Finding, ...]] = {}
        self.tails: dict[object, Tail] = {}

    def answer(self, obligor: str, beneficiary: str) -> Duty:
        """Return what an obligor owes a beneficiary, with the chain of findings."""
        found = self.frame
        if found[-1].outcome != "not met":
            found = (
                *found,
                obliged(self.treaty, self.obligation, self.attack, obligor, beneficiary),
            )
        if found[-1].outcome != "not met" and obligor == beneficiary:
            found = (*found, owed_to_itself(self.obligation, obligor))
        if found[-1].outcome != "not met":
            found = (*found, *self.met_for(beneficiary))
        if found[-1].outcome == "not met":
            return self.made(obligor, beneficiary, found)
        end = self.end(obligor, beneficiary)
        return self.made(obligor, beneficiary, (*found, *end.findings), end)

    def met_for(self, beneficiary: str) -> tuple[Finding, ...]:
        """Return what is found on the beneficiary and on the attack, whoever the obligor is."""
        if beneficiary not in self.conditions:
            view = self.views.get(beneficiary, self.attack)
            first = benefits(self.treaty, self.obligation, self.attack, beneficiary)
            rest = happened(self.obligation, view, beneficiary)
            self.conditions[beneficiary] = tuple(until_not_met(chain((first,), rest)))
        return self.conditions[beneficiary]

    def end(self, obligor: str, beneficiary: str) -> Tail:
        """Return what is owed once every condition is met, under the exceptions that hold."""
        view = self.views.get(beneficiary, self.attack)
        exceptions = self.obligation.exceptions
        limits = tuple(one for one in exceptions if one.holds(view, obligor)) if exceptions else ()
        key = (beneficiary, limits, obligor in self.attack.force_consents)
        if key not in self.tails:
            self.tails[key] = tail(self.treaty, self.obligation, view, obligor, limits)
        return self.tails[key]

    def made(
        self, obligor: str, beneficiary: str, findings: tuple[Finding, ...], end: Tail | None = None
    ) -> Duty:
        """Return the duty that a chain of findings and its end amount to."""
        owed = end is not None and end.owed
        return Duty(
            treaty=self.treaty.id,
            article=self.obligation.article,
            kind=self.obligation.kind,
            obligor=obligor,
            beneficiary=beneficiary,
            chain=findings,
            **(what(end) if end is not None and owed else {}),
        )


def what(end: Tail) -> dict[str, Any]:
    """Return what is owed, as fields of a duty."""
    return {
        "level": end.level,
        "binding": end.binding,
        "means": end.means,
        "gate": end.gate,
        "gates": end.gates,
    }


def until_not_met(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings up to the first that is not met."""
    for finding in findings:
        yield finding
        if finding.outcome == "not met":
            return
