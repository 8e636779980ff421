"""A world in two arms, in words: what they share, where they diverge, and what came of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from alliancesim.data.arguments import checked
from alliancesim.narrative.chronicle import HIGHLIGHTS, Paragraph, heading, paragraphs
from alliancesim.narrative.divergence import (
    columns_of,
    divergence_lines,
    in_a_line,
    row_of,
    sides,
    titles,
)
from alliancesim.narrative.sentences import month_of, name_of
from alliancesim.narrative.wording import WIDTH, wrapped
from alliancesim.outcomes.metrics import FOCUS_HEADLINES, HEADLINES, METRICS
from alliancesim.scenario.age import facts_known

if TYPE_CHECKING:
    from alliancesim.agents import Twins, Wargame
    from alliancesim.outcomes.metrics import Metric

__all__ = ["after", "balance", "twins_in_words"]

_BETWEEN = " | "
_COLUMN = (WIDTH - len(_BETWEEN)) // 2
_TOLD, _FURTHER = 4, 6
"""Highlights of what both arms share, and further decisions that differ, that are told."""


@checked
def twins_in_words(both: Twins) -> str:
    """Return both worlds in words, at most 100 columns wide.

    Parameters
    ----------
    both : Twins
        As `alliancesim.agents.twins` returns them.
    """
    return "\n".join(_lines(both))


def _lines(both: Twins) -> Iterator[str]:
    yield from _head(both)
    yield from ("", "UNTIL THEY DIVERGE")
    yield from _common(both)
    if both.divergence is None:
        yield "The arms never diverge: every decision is the same."
    else:
        yield from ("", "WHERE THEY DIVERGE: the first decision that differs")
        yield from divergence_lines(both, both.divergence)
        turn = both.turning
        if turn is not None and turn is not both.divergence:
            yield from ("", "WHAT TURNS THE COURSE: the first that is more than an ally's answer")
            yield from divergence_lines(both, turn)
        yield from _further(both)
        yield from ("", "FROM THEN ON: highlights", *_columns(*titles(both)), "-" * WIDTH)
        yield from _side_by_side(both)
    yield from ("", "WHAT IT CAME TO")
    yield from _balance_lines(both)


def _head(both: Twins) -> Iterator[str]:
    game = both.arm
    scenario = game.board.scenario
    yield from wrapped(f"{scenario.title} ({scenario.name})")
    for each in sides(both):
        yield from wrapped(f"Arm {each.arm}. {scenario.arm(each.arm).title}.")
    span = f"{month_of(game, 0)} to {month_of(game, game.board.horizon - 1)}"
    yield f"Seed {game.world_seed}, world {game.world}, played in both arms: {span}."
    yield f"{facts_known(scenario)}."
    yield "The same decision has the same random draw in both. Illustrative, not predictive."
    readings = (line for each in sides(both) for line in heading(each))
    for line in dict.fromkeys(line for line in readings if line.startswith("Unknown clauses")):
        yield from wrapped(line)


def _common(both: Twins) -> Iterator[str]:
    """Say what both arms share: how much, and the last highlights of it."""
    seen = [event.kind for event in both.common]
    count = {kind: seen.count(kind) for kind in ("challenge", "war")}
    until = month_of(both.arm, both.divergence.decision.turn) if both.divergence else "the end"
    disputes = f"{count['challenge']} dispute{'' if count['challenge'] == 1 else 's'}"
    wars = f"{count['war']} war{'' if count['war'] == 1 else 's'}"
    yield f"Alike until {until}: {disputes}, {wars}, decided alike with the same random draws."
    shared = [each for each in paragraphs(both.arm, highlights=True) if not _is_after(both, each)]
    if len(shared) > _TOLD:
        yield f"The last {_TOLD} of {len(shared)} highlights, in the words of {both.arm.arm}:"
    for each in shared[-_TOLD:]:
        yield from wrapped(each.text)


def _is_after(both: Twins, paragraph: Paragraph) -> bool:
    return paragraph.last >= both.before(both.arm)


def after(both: Twins, game: Wargame) -> list[Paragraph]:
    """Return what happened in one world from the divergence on: its dispute, and highlights."""
    start = both.before(game)
    turn = both.divergence.decision.turn if both.divergence else game.board.horizon
    told = [each for each in paragraphs(game) if each.last >= start]
    opened = told[:1] if told and told[0].turn == turn and "challenge" in told[0].kinds else []
    return opened + [each for each in told if each.kinds & HIGHLIGHTS and each not in opened]


def _further(both: Twins) -> Iterator[str]:
    """Yield a line for each further decision that was met in both arms and differs."""
    told = [each for each in both.divergences if each not in (both.divergence, both.turning)]
    if not told:
        return
    most = f", the first {_FURTHER} of {len(told)}" if len(told) > _FURTHER else ""
    yield from ("", f"FURTHER DECISIONS met in both arms that differ{most}")
    for each in told[:_FURTHER]:
        yield from wrapped(in_a_line(both, each))


# -- from then on ----------------------------------------------------------------------------


def _side_by_side(both: Twins) -> Iterator[str]:
    """Yield the highlights of both arms, those of one month beside each other."""
    left, right = (after(both, game) for game in sides(both))
    for turn in sorted({each.turn for each in (*left, *right)}):
        here, there = ([each.text for each in own if each.turn == turn] for own in (left, right))
        for text in [text for text in here if text in there]:
            yield from wrapped(f"Both: {text}")
            here.remove(text)
            there.remove(text)
        for n in range(max(len(here), len(there))):
            yield from _columns(*(own[n] if n < len(own) else "" for own in (here, there)))
    if not left and not right:
        yield "Neither has any."


def _columns(left: str, right: str) -> Iterator[str]:
    broken = [textwrap.wrap(text, _COLUMN, subsequent_indent="  ") for text in (left, right)]
    for n in range(max(map(len, broken))):
        one, other = (own[n] if n < len(own) else "" for own in broken)
        yield f"{one:<{_COLUMN}}{_BETWEEN}{other}".rstrip()


# -- the balance -----------------------------------------------------------------------------


def balance(both: Twins) -> list[tuple[str, str, str, float, float]]:
    """Return rows of headline metrics: whose, the metric, its unit, and its value in either arm."""
    books = [game.outcome_rows() for game in sides(both)]
    found = []
    for name in HEADLINES:
        metric = METRICS[name]
        values = [float(world[metric.field]) for world, _ in books]
        found.append(("", _label(metric), metric.unit, values[0], values[1]))
    for focus in both.arm.board.focus_states:
        for name in FOCUS_HEADLINES:
            metric = METRICS[name]
            values = [float(closed[focus][metric.field]) for _, closed in books]
            found.append((focus, _label(metric), metric.unit, values[0], values[1]))
    return found


def _label(metric: Metric) -> str:
    return f"{metric.label}{', expected' if metric.kind == 'expectation' else ''}"


def _balance_lines(both: Twins) -> Iterator[str]:
    yield "Expected: the chances met along the way summed, not a count of what happened."
    yield from columns_of(("", *titles(both)))
    for focus, rows in groupby(balance(both), key=lambda row: row[0]):
        if focus:
            yield name_of(both.arm, focus)
        for _, label, unit, *values in rows:
            yield row_of(f"  {label} [{unit}]", *(_value(value) for value in values))


def _value(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.3f}"
