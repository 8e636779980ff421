"""How does one world go in two arms, and where do they part?

The world is chosen by a rule, not by taste: the first in which the arms of the first contrast
differ in wars on members; if there is none, in wars that involve members, then in any wars, then
in disputes on members, then in any disputes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs
import numpy as np

from alliancesim.chronicle import Paragraph
from alliancesim.comparison.frames import Contrast
from alliancesim.metrics import METRICS

if TYPE_CHECKING:
    from alliancesim.agents import Wargame
    from alliancesim.comparison import Comparison

__all__ = ["MOST", "RULE", "Side", "Story", "choose", "tell"]

RULE = (
    "member_wars_on",
    "member_wars_involving",
    "wars",
    "member_disputes_on",
    "disputes",
)
"""Metrics by which a world is chosen; the first in which any world differs decides."""
MOST = 10
"""Highlights of one arm that are told."""
_WARS = {"war", "peace", "nuclear-signal"}


@attrs.frozen
class Side:
    """What happened in one arm and not in the other, and what it came to."""

    arm: str
    title: str
    hypothetical: bool
    own: tuple[str, ...]
    left_out: int
    summary: tuple[str, ...]


@attrs.frozen
class Story:
    """One world in two arms; or the reason why none is told.

    ``parted`` is the month from the start in which the arms part; ``games`` are the two, replayed.
    """

    world: int = 0
    contrast: Contrast | None = None
    metric: str = ""
    parting: str = ""
    shared: int = 0
    readings: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    reason: str = ""
    command: tuple[str, ...] = attrs.field(default=())
    parted: int = 0
    games: tuple[Wargame, ...] = attrs.field(default=(), eq=False, repr=False)


def choose(comparison: Comparison) -> tuple[int, str] | None:
    """Return the world's place in the run, and the metric in which the arms part; or None."""
    tally, pair = comparison.tally, comparison.contrasts[0]
    arm, other = (tally.arms.index(name) for name in (pair.arm, pair.against))
    for metric in RULE:
        values = tally.values(metric)
        differ = np.flatnonzero(values[:, arm] != values[:, other])
        if len(differ):
            return int(differ[0]), metric
    return None


def tell(comparison: Comparison) -> Story:
    """Replay the chosen world in both arms, and tell the highlights that they do not share."""
    from alliancesim.agents import replay

    chosen = choose(comparison)
    if chosen is None:
        return Story(reason="No world was played in which the two arms part.")
    place, metric = chosen
    tally, pair = comparison.tally, comparison.contrasts[0]
    world = tally.first_world + place
    names = (pair.against, pair.arm)
    games = [
        replay(
            comparison.scenario,
            arm=name,
            seed=comparison.seed,
            world=world,
            worlds_per_draw=tally.worlds_per_draw,
            priors=tally.priors,
        )
        for name in names
    ]
    if not all(_same(comparison, game, place) for game in games):
        return Story(reason="These worlds were played by other agents than the library's own.")
    return _told(comparison, games, Story(world, pair, METRICS[metric].label))


def _same(comparison: Comparison, game: Wargame, place: int) -> bool:
    """Tell whether a replayed world came out as the one that was compared, to the bit."""
    tally = comparison.tally
    row = tally.world[place, tally.arms.index(game.arm)]
    books, _ = game.outcome_rows()
    return all(row[name] == books[name] for name in ("disputes_expected", "wars_expected"))


def _told(comparison: Comparison, games: Sequence[Wargame], story: Story) -> Story:
    from alliancesim.chronicle import heading, paragraphs

    told = [list(paragraphs(game, highlights=True)) for game in games]
    whole = [[each.text for each in paragraphs(game)] for game in games]
    other = told[::-1]
    sides = tuple(
        _side(comparison, game, mine, theirs)
        for game, mine, theirs in zip(games, told, other, strict=True)
    )
    shared = {each.text for each in told[0]} & {each.text for each in told[1]}
    pairs = zip(*whole, strict=False)
    apart = next(((a, b) for a, b in pairs if a != b), ("", ""))
    first = min(apart, key=lambda text: _turn_of(games, text))
    readings = dict.fromkeys(
        line for game in games for line in heading(game) if line.startswith("Unknown clauses")
    )
    return attrs.evolve(
        story,
        parting=first.split(":")[0],
        parted=_turn_of(games, first),
        games=tuple(games),
        shared=len(shared),
        readings=tuple(readings),
        sides=sides,
    )


def _turn_of(games: Sequence[Wargame], text: str) -> int:
    from alliancesim.chronicle import paragraphs

    turns = (each.turn for game in games for each in paragraphs(game) if each.text == text)
    return next(turns, games[0].board.horizon)


def _side(
    comparison: Comparison, game: Wargame, mine: list[Paragraph], theirs: list[Paragraph]
) -> Side:
    from alliancesim.chronicle import summary

    also = {each.text for each in theirs}
    own = [each for each in mine if each.text not in also]
    ranked = sorted(own, key=lambda each: (not each.kinds & _WARS, each.turn))
    kept = set(ranked[:MOST])
    arm = comparison.scenario.arm(game.arm)
    return Side(
        arm=arm.name,
        title=arm.title,
        hypothetical=arm.hypothetical,
        own=tuple(each.text for each in own if each in kept),
        left_out=len(own) - sum(each in kept for each in own),
        summary=tuple(summary(game)),
    )
