"""Duties and sources in words, for the command line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.law import Attack, Duties, Duty, Read, Treaty
    from alliancesim.sources import SourcedFigure

__all__ = ["duties_in_words", "figures_in_words", "reasons_in_words"]

WIDTH = 100


def duties_in_words(answer: Duties) -> Iterator[str]:
    """Yield lines: the attack, then the duties owed, then those not owed, with their reasons.

    Where clauses are unknown, each line says how probable it is over their readings, and which
    readings it needs.
    """
    yield from _wrapped(f"{answer.treaty}: {answer.attack}")
    reads = answer.reads
    if len(reads) > 1:
        yield f"Unknown clauses have {len(reads)} joint readings; shares are of their weight."
    found = _gathered(answer)
    for owed, title in ((True, "Owed"), (False, "Not owed")):
        lines = [
            _line(what, obligors, holds, reads)
            for (what, holds), obligors in found.items()
            if what.owed is owed
        ]
        yield from ("", title if lines else f"{title}: nothing")
        for line in lines:
            yield from _wrapped(f"  {line}", "      ")


def _gathered(answer: Duties) -> dict[tuple[_What, frozenset[int]], list[str]]:
    """Return what is said of duties, with the readings it holds in, and of which obligors."""
    holds: dict[tuple[_What, str], set[int]] = {}
    for number, read in enumerate(answer.reads):
        for duty in read.duties:
            if duty.owed or duty.obligor != answer.attack.victim:
                holds.setdefault((_What.of(duty), duty.obligor), set()).add(number)
    found: dict[tuple[_What, frozenset[int]], list[str]] = {}
    for (what, obligor), numbers in holds.items():
        found.setdefault((what, frozenset(numbers)), []).append(obligor)
    return found


@attrs.frozen
class _What:
    """What is said of a duty, whoever the obligor is."""

    owed: bool
    text: str

    @classmethod
    def of(cls, duty: Duty) -> _What:
        if not duty.owed:
            return cls(False, f"no {duty.kind} to {duty.beneficiary}: {duty.why}")
        what = f"{duty.kind} ({duty.level})" if duty.level else f"{duty.kind}"
        terms = f"{duty.gate}, binding {duty.binding:.2f} ({duty.article})"
        return cls(True, f"{what} to {duty.beneficiary}: {terms}")


def _line(what: _What, obligors: list[str], holds: frozenset[int], reads: Sequence[Read]) -> str:
    text = f"{', '.join(obligors)}: {what.text}"
    if len(holds) == len(reads):
        return text
    chance = sum(reads[number].weight for number in holds)
    return f"{chance:.0%}: {text}; if {_needed(holds, reads)}"


def _needed(holds: frozenset[int], reads: Sequence[Read]) -> str:
    """Return the readings of single clauses that all of some joint readings share."""
    clauses = [read.words.split("; ") for read in reads]
    columns = list(zip(*clauses, strict=True))
    needed = []
    for column in columns:
        seen = dict.fromkeys(column[number] for number in sorted(holds))
        if len(seen) < len(set(column)):
            needed.append(" or ".join(seen))
    return "; ".join(needed)


def reasons_in_words(treaty: Treaty, attack: Attack, obligor: str) -> Iterator[str]:
    """Yield lines: why one obligor owes what it owes, article by article.

    Raises
    ------
    InvalidInput
        If it is no obligor of the treaty.
    """
    from alliancesim.law import explain

    found = explain(treaty, attack, obligor)
    if not found:
        known = ", ".join(dict.fromkeys(each.obligor for each in explain(treaty, attack)))
        raise InvalidInput(f"{obligor!r} owes nothing under it", where="--why", allowed=known)
    yield from _wrapped(f"{treaty.id}: {attack}")
    for explanation in found:
        yield ""
        for line in str(explanation).splitlines():
            yield from _wrapped(line, "      ")


def figures_in_words(figures: Sequence[SourcedFigure]) -> Iterator[str]:
    """Yield lines: each figure with unit and year, then its standing, source and prior."""
    subject = ""
    for figure in figures:
        if figure.subject != subject:
            subject = figure.subject
            yield subject
        year = f" ({figure.year})" if figure.year else ""
        yield from _wrapped(f"  {figure.item}: {figure.value} {figure.unit}".rstrip() + year)
        prior = f"; prior: {figure.prior}" if figure.prior else ""
        yield from _wrapped(f"      {figure.status}: {figure.source}{prior}", "      ")


def _wrapped(line: str, indent: str = "    ") -> Iterator[str]:
    yield from textwrap.wrap(line, WIDTH, subsequent_indent=indent)
