"""Duties and sources in words, for the command line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliancesim.law import Duties, Duty, Read
    from alliancesim.sources import SourcedFigure

__all__ = ["duties_in_words", "figures_in_words"]

WIDTH = 100


def duties_in_words(answer: Duties) -> Iterator[str]:
    """Yield lines: the attack, how probable each duty is, and each reading with its reasons."""
    yield f"{answer.treaty} - {answer.attack}"
    yield from _chances(answer)
    for words, (weight, duties) in _distinct(answer.reads).items():
        yield ""
        yield from _wrapped(f"reading {weight:.0%}: {words}" if words else "every reading")
        for duty in sorted(duties, key=lambda duty: not duty.owed):
            yield from _wrapped(f"  {duty}", "      ")


def _chances(answer: Duties) -> Iterator[str]:
    """Yield what each obligor may owe, where the readings differ."""
    if len(answer.reads) == 1:
        return
    obligors = dict.fromkeys(duty.obligor for read in answer.reads for duty in read.duties)
    for obligor in obligors:
        levels = answer.levels(obligor).items()
        yield f"  {obligor}: " + ", ".join(f"{level} {chance:.0%}" for level, chance in levels)


def _distinct(reads: Sequence[Read]) -> dict[str, tuple[float, tuple[Duty, ...]]]:
    """Return readings that come to the same as one, with their weights added."""
    alike: dict[tuple[str, ...], list[Read]] = {}
    for read in reads:
        alike.setdefault(tuple(str(duty) for duty in read.duties), []).append(read)
    if len(alike) == 1:
        return {"": (1.0, reads[0].duties)}
    return {
        " / or: ".join(read.words for read in same): (
            sum(read.weight for read in same),
            same[0].duties,
        )
        for same in alike.values()
    }


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
