"""What an answer of the law is made of: findings, duties, and readings with their weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import attrs

from alliancesim.data.arguments import checked
from alliancesim.law.attack import Attack
from alliancesim.law.grades import DutyKind, Gate, Level, Means

__all__ = ["Duties", "Duty", "Finding", "Outcome", "Read", "strength"]

Outcome = Literal["met", "not met", "open"]


@attrs.frozen(kw_only=True)
class Finding:
    """One step of the reasoning.

    Attributes
    ----------
    step : str
        What was asked: force, agreed, period, obligor, beneficiary, adversary, trigger, area,
        security council, self-defence, provocation, response, exception, request, decision.
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
        defence, consultation, neutrality, non-aggression, offence or right.
    obligor, beneficiary : str
        Who owes, to whom.
    level : Level
        How much help; ``none`` for other kinds, and where nothing is owed.
    binding : float
        How binding, 0 to 1: wording times form; 0 where nothing is owed.
    means : tuple of str
        By what means.
    gate : Gate
        Owed, owed if something still happens (the last that must), or not owed.
    gates : tuple of Gate
        All that must still happen.
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
    gates: tuple[Gate, ...] = ()
    conflict: bool = False
    chain: tuple[Finding, ...] = ()

    @property
    def owed(self) -> bool:
        """Whether it is owed, if need be on a condition that may still come."""
        return self.gate is not Gate.NOT_OWED

    @property
    def terms(self) -> str:
        """Whether it is owed, and all that must still happen, in words."""
        if len(self.gates) < 2 or not self.owed:
            return str(self.gate)
        return f"owed if {' and '.join(gate.condition for gate in self.gates)}"

    @property
    def why(self) -> str:
        """The finding that decided it, in words."""
        failed = [finding for finding in self.chain if finding.outcome == "not met"]
        last = failed[0] if failed else self.chain[-1]
        return f"{last.words} ({last.article})" if last.article else last.words

    def __str__(self) -> str:
        """Return the duty as one sentence."""
        what = f"{self.kind}, {self.level}" if self.level else self.kind
        if self.kind == "right":
            has = "may act" if self.owed else "has no right to act"
            told = f", {self.terms}, {self.treaty} {self.article}" if self.owed else f": {self.why}"
            return f"{self.obligor} {has} for {self.beneficiary}{told}"
        if not self.owed:
            return f"{self.obligor} owes {self.beneficiary} no {self.kind}: {self.why}"
        return (
            f"{self.obligor} to {self.beneficiary}: {what}, {self.terms}, binding "
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
@checked
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
    hypothetical : bool
        Whether the treaty is one that does not exist.
    """

    treaty: str
    attack: Attack
    reads: tuple[Read, ...]
    hypothetical: bool = False

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
