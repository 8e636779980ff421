"""The first screen: the question, the answer in sentences, three numbers, where to find more."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from alliancesim.comparison.answer import (
    SHORT,
    Answer,
    answer,
    findings_of,
    focus_names,
    length,
)
from alliancesim.narrative.formatting import decimals, number, span
from alliancesim.scenario.age import facts_known

if TYPE_CHECKING:
    from alliancesim.comparison.result import Comparison

__all__ = ["LINES", "WIDTH", "first_screen"]

WIDTH = 80
"""Columns of the first screen where the terminal is no narrower."""
LINES = 24
"""Lines that it has at most, of 80 columns, as long as names and titles are short."""

_HEAD = ("", "change", "95 % sampling", "95 % unknown")


def first_screen(comparison: Comparison, width: int = WIDTH) -> str:
    """Return the first screen of a comparison.

    Parameters
    ----------
    comparison : Comparison
    width : int
        Columns, 40 or more.

    Returns
    -------
    str
        Lines no longer than `width`.
    """
    found = answer(comparison)
    head = [*_wrap([*_opening(comparison, found)], width), ""]
    numbers = ["", *_numbers(found, width), ""]
    closing = _wrap(_closing(comparison), width)
    room = LINES - len(head) - len(numbers) - len(closing)
    sentences = _sentences(found, width, room)
    if len(sentences) > room:
        numbers.pop()  # the empty line
    lines = [*head, *sentences, *numbers]
    others = _wrap(_other_contrasts(comparison, found), width)
    room = max(0, LINES - len(lines) - len(closing))
    return "\n".join([*lines, *others[:room], *closing])


def _sentences(found: Answer, width: int, room: int) -> list[str]:
    """Return the sentences; where they need more lines, without those that say it in more detail.

    The report and `Comparison.answer` have all of them.
    """
    said, lines = list(found.short_sentences), _wrap(found.short_sentences, width)
    for detail in (found.by_view, found.comes_from):
        if len(lines) > room and detail in said:
            said.remove(detail)
            lines = _wrap(said, width)
    return lines


def _opening(comparison: Comparison, found: Answer) -> Iterator[str]:
    scenario, mark = comparison.scenario, " (hypothetical)" if found.hypothetical else ""
    yield found.question
    yield (
        f"{found.contrast.arm} against {found.contrast.against}{mark}, for "
        f"{focus_names(comparison)} (“them”). {scenario.name}: facts to {scenario.cutoff}, "
        f"{length(scenario.horizon_months)} from {scenario.start:%B %Y}."
    )
    if comparison.interrupted:
        yield f"Interrupted: {comparison.worlds:,} of {comparison.asked:,} worlds."


def _numbers(found: Answer, width: int) -> Iterator[str]:
    """Yield the three numbers with both intervals, as a table where the width allows one."""
    rows = [
        (
            SHORT[each.metric],
            number(each.row["mean"], _places(each.row["low"], each.row["high"]), sign=True),
            span(each.row["low"], each.row["high"]),
            span(each.row["prior_low"], each.row["prior_high"]),
        )
        for each in found.findings
    ]
    widths = [max(len(row[k]) for row in (_HEAD, *rows)) for k in range(len(_HEAD))]
    if sum(widths) + 2 * (len(widths) - 1) > width:
        for row in rows:
            yield from _wrap(
                [f"{row[0]}: {row[1]} (95 % {row[2]}; over the unknown {row[3]})"], width
            )
        return
    for row in (_HEAD, *rows):
        cells = [f"{cell:>{size}}" for cell, size in zip(row, widths, strict=True)][1:]
        yield "  ".join([f"{row[0]:<{widths[0]}}", *cells]).rstrip()


def _places(low: float, high: float) -> int | None:
    return decimals((high - low) / 2, 2) if high > low else None


def _other_contrasts(comparison: Comparison, found: Answer) -> Iterator[str]:
    """Yield the verdicts on the same three numbers between other arms, a line each."""
    for contrast in comparison.contrasts:
        if contrast != found.contrast:
            grades = [each.verdict.grade for each in findings_of(comparison, contrast)]
            yield f"{contrast.arm} against {contrast.against}: {', '.join(grades)}"


def _closing(comparison: Comparison) -> Iterator[str]:
    yield (
        f"{comparison.worlds:,} worlds an arm{_draws(comparison)}, seed {comparison.seed}. "
        f"{facts_known(comparison.scenario)}. "
        "Illustrative, not a forecast; much is judgement."
    )
    yield "More: --table full, --report FILE, --figure FILE; in Python, .table()."


def _draws(comparison: Comparison) -> str:
    """Say how many worlds share a draw, or why nothing is known of what is unknown."""
    tally, why = comparison.tally, comparison.design.no_prior_interval
    if not tally.priors:
        return ", parameters at their central values"
    shared = f", {tally.worlds_per_draw} to a draw of what is unknown"
    return f"{shared} (no interval over it: {why})" if why else shared


def _wrap(paragraphs: Sequence[str] | Iterator[str], width: int) -> list[str]:
    return [
        line
        for paragraph in paragraphs
        for line in textwrap.wrap(paragraph, width, subsequent_indent="  ", break_on_hyphens=False)
    ]
