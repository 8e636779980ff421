"""The first page of a report: question, answer, who against whom, limits, date of the facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from alliancesim.comparison.answer import answer
from alliancesim.narrative.formatting import decimals, number, span
from alliancesim.narrative.wording import listed

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast

__all__ = ["Front", "PairText", "front"]

MOST_PAIRS = 6
"""Pairs of states whose wars change most that the first page has."""


@attrs.frozen
class PairText:
    """Wars that one state begins against another, in print."""

    name: str
    against: str
    arm: str
    change: str
    sampling: str


@attrs.frozen
class Front:
    """What the first page says."""

    question: str
    contrast: Contrast
    hypothetical: bool
    sentences: tuple[str, ...]
    pairs: tuple[PairText, ...]
    limits: tuple[str, ...]


def front(comparison: Comparison) -> Front:
    """Return the first page: the answer that `Comparison.answer` gives, and what limits it."""
    found = answer(comparison)
    return Front(
        question=found.question,
        contrast=found.contrast,
        hypothetical=found.hypothetical,
        sentences=found.sentences,
        pairs=tuple(_pairs(comparison, found.contrast)),
        limits=tuple(_limits(comparison)),
    )


def _pairs(comparison: Comparison, contrast: Contrast) -> Iterator[PairText]:
    name = {state.id: state.name for state in comparison.scenario.states}
    rows = comparison.by_pair("wars_expected", contrast).to_dict("records")
    changed = [row for row in rows if row["mean"]][:MOST_PAIRS]
    if not changed:
        return
    places = decimals(max(abs(row["mean"]) for row in changed), 2)
    for row in changed:
        yield PairText(
            name=f"{name[row['challenger']]} against {name[row['target']]}",
            against=number(row["against_mean"], places),
            arm=number(row["arm_mean"], places),
            change=number(row["mean"], places, sign=True),
            sampling=span(row["low"], row["high"]),
        )


def _limits(comparison: Comparison) -> Iterator[str]:
    """Yield three lines: what the numbers are, what is supposed, what is left out."""
    yield (
        "It says what follows if states behave as the model’s rules say; many of the numbers "
        "behind it are judgements. It is no forecast."
    )
    supposed = [arm.name for arm in comparison.scenario.arms if arm.hypothetical]
    played = [name for name in supposed if name in comparison.arms]
    unknown = "Clauses that are not public are drawn from their possible readings."
    if played:
        are = "is" if len(played) == 1 else "are"
        unknown = f"{listed(played)} {are} hypothetical: no such arrangement exists. {unknown}"
    yield unknown
    yield (
        "Strength is coarse, with no geography beyond distance and no domestic politics; what "
        "happened after the date of the facts is not in it."
    )
