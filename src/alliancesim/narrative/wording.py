"""Duties, sources and circumstances in words, for the command line and the chronicle."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from datetime import date

    from alliancesim.data.circumstance import Circumstance
    from alliancesim.law import Attack, Duties, Duty, Read, Treaty
    from alliancesim.scenario.sources import SourcedQuantity

__all__ = [
    "circumstance_in_words",
    "conflicts_in_words",
    "duties_in_words",
    "listed",
    "month_in_words",
    "name_in_words",
    "reasons_in_words",
    "sources_in_words",
    "wrapped",
]

WIDTH = 100

MONTHS = (  # the calendar module's names are those of the user's locale
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
KINDS = {"attack": "an armed attack", "blockade": "a blockade", "hybrid": "hybrid means"}
PLACES = {
    "home": "its territory",
    "abroad": "its forces abroad or at sea",
    "overseas": "its territory overseas",
}
PROVOCATIONS = {
    "unprovoked": "unprovoked",
    "contested": "who provoked whom is contested",
    "provoked": "in answer to a provocation",
}
PLURAL = (" Emirates", " Islands", "Maldives", "Netherlands", "Philippines", " States")


@checked
def duties_in_words(answer: Duties) -> Iterator[str]:
    """Yield lines: the attack, then the duties owed, then those not owed, with their reasons.

    Where clauses are unknown, each line says how probable it is over their readings, and which
    readings it needs.
    """
    mark = " (hypothetical)" if answer.hypothetical else ""
    yield from wrapped(f"{answer.treaty}{mark}: {answer.attack}")
    reads = answer.reads
    if len(reads) > 1:
        yield (
            f"Unknown or disputed clauses have {len(reads)} joint readings; shares are of their "
            "weight."
        )
    found = _gathered(answer)
    for owed, title in ((True, "Owed"), (False, "Not owed")):
        lines = [
            _line(what, obligors, holds, reads)
            for (what, holds), obligors in found.items()
            if what.owed is owed
        ]
        yield from ("", title if lines else f"{title}: nothing")
        for line in lines:
            yield from wrapped(f"  {line}", "      ")


@checked
def conflicts_in_words(treaties: Sequence[Treaty], attack: Attack) -> Iterator[str]:
    """Yield lines: what cannot all be kept, under any reading; nothing where all can."""
    from alliancesim.law import resolve

    reads = resolve(treaties, attack).reads
    found = dict.fromkeys(conflict.words for read in reads for conflict in read.conflicts)
    if found:
        yield from ("", "Conflicts")
        for words in found:
            yield from wrapped(f"  {words}", "      ")


def _gathered(answer: Duties) -> dict[tuple[_What, frozenset[int]], list[str]]:
    """Return what is said of duties, with the readings it holds in, and of which obligors."""
    holds: dict[tuple[_What, str], set[int]] = {}
    for number, read in enumerate(answer.reads):
        for duty in read.duties:
            if duty.owed or duty.obligor not in answer.attack.victims:
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
        if duty.kind == "right":
            return cls(True, f"may act for {duty.beneficiary}: {duty.terms} ({duty.article})")
        terms = f"{duty.terms}, binding {duty.binding:.2f} ({duty.article})"
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


@checked
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
    yield from wrapped(f"{treaty.id}: {attack}")
    for explanation in found:
        yield ""
        for line in str(explanation).splitlines():
            yield from wrapped(line, "      ")


@checked
def sources_in_words(figures: Sequence[SourcedQuantity]) -> Iterator[str]:
    """Yield lines: each figure with unit and year, then its standing, source and prior."""
    subject = ""
    for figure in figures:
        if figure.subject != subject:
            subject = figure.subject
            yield subject
        year = f" ({figure.year})" if figure.year else ""
        yield from wrapped(f"  {figure.item}: {figure.value} {figure.unit}".rstrip() + year)
        prior = f"; prior: {figure.prior}" if figure.prior else ""
        yield from wrapped(f"      {figure.status}: {figure.source}{prior}", "      ")


@checked
def circumstance_in_words(circumstance: Circumstance) -> str:
    """Return what is done against the target, by whom, and whether the target provoked it."""
    what = f"{KINDS[circumstance.kind]} against {PLACES[circumstance.place]}"
    through = " through a proxy" if circumstance.actor == "proxy" else ""
    return f"{what}{through}; {PROVOCATIONS[circumstance.provocation]}"


def month_in_words(start: date, turn: int) -> str:
    """Return the month of a turn, the first being turn 0, such as ``March 2027``."""
    years, month = divmod(start.month - 1 + turn, 12)
    return f"{MONTHS[month]} {start.year + years}"


@checked
def name_in_words(name: str) -> str:
    """Return a state's name as it stands in a sentence, with an article where it has one."""
    has_article = name.startswith("United ") or name.endswith(PLURAL)
    return f"the {name}" if has_article else name


@checked
def listed(names: Sequence[str]) -> str:
    """Return names as they stand in a sentence: ``A``, ``A and B``, ``A, B and C``."""
    *rest, last = names or ("",)
    return f"{', '.join(rest)} and {last}" if rest else last


@checked
def wrapped(line: str, indent: str = "    ") -> Iterator[str]:
    """Yield a line broken to the width of a page, the lines after the first indented."""
    width = WIDTH
    if sys.stdout.isatty():
        width = max(40, min(WIDTH, shutil.get_terminal_size().columns))
    yield from textwrap.wrap(line, width, subsequent_indent=indent) or ("",)
