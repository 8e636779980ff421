"""How does one world go in two arms, and where do they diverge?

The world is chosen by a rule, not by taste: of those in which the arms of the first contrast
differ in wars on the focus, and in the direction in which they differ on average, the first;
if there is none, in wars that involve focus states, then in any wars, then in disputes on focus
states, then in any disputes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from alliancesim.comparison.estimates import Contrast
from alliancesim.narrative.chronicle import Paragraph
from alliancesim.narrative.wording import listed
from alliancesim.outcomes.metrics import METRICS

if TYPE_CHECKING:
    from alliancesim.agents import Twins, Wargame
    from alliancesim.comparison import Comparison

__all__ = ["MOST", "RULE", "Side", "Story", "choose", "tell"]

RULE = (
    "focus_wars_on",
    "focus_wars_involving",
    "wars",
    "focus_disputes_on",
    "disputes",
)
"""Metrics by which a world is chosen; the first in which any world differs decides."""
MOST, MOST_DECISIONS = 10, 6
"""Highlights of one arm that are told, and decisions that differ, the first and answers apart."""
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

    ``divergence`` is the month in which the arms diverge, ``course`` the decisions that differ, a
    line each, ``left_out`` how many more there are; ``twins`` are the two worlds, replayed.
    """

    world: int = 0
    contrast: Contrast | None = None
    metric: str = ""
    divergence: str = ""
    shared: int = 0
    readings: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    reason: str = ""
    course: tuple[str, ...] = ()
    left_out: str = ""
    twins: Twins | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def diverged(self) -> int:
        """The month from the start in which the arms part; the last if they never do."""
        if self.twins is None:
            return 0
        first = self.twins.divergence
        return first.decision.turn if first else self.twins.arm.board.horizon

    @property
    def games(self) -> tuple[Wargame, ...]:
        """The world in the arm compared with, and in the arm."""
        return (self.twins.against, self.twins.arm) if self.twins else ()


def choose(comparison: Comparison) -> tuple[int, str] | None:
    """Return the world's place in the run, and the metric in which the arms part; or None."""
    tally, pair = comparison.tally, comparison.contrasts[0]
    arm, other = (tally.arms.index(name) for name in (pair.arm, pair.against))
    for metric in RULE:
        values = tally.values(metric)
        difference = values[:, arm] - values[:, other]
        mean = difference.mean()
        same_way = np.flatnonzero(difference * mean > 0.0 if mean else difference)
        if len(same_way):
            return int(same_way[0]), metric
    return None


def tell(comparison: Comparison) -> Story:
    """Replay the chosen world in both arms, and tell the highlights that they do not share."""
    from alliancesim.agents import twins

    chosen = choose(comparison)
    if chosen is None:
        return Story(reason="No world was played in which the two arms part.")
    place, metric = chosen
    tally, pair = comparison.tally, comparison.contrasts[0]
    world = tally.first_world + place
    both = twins(
        comparison.scenario,
        arm=pair.arm,
        against=pair.against,
        seed=comparison.seed,
        world=world,
        worlds_per_draw=tally.worlds_per_draw,
        priors=tally.priors,
    )
    story = Story(world, pair, METRICS[metric].label, twins=both)
    if not all(_same(comparison, game, place) for game in story.games):
        return Story(reason="These worlds were played by other agents than the library's own.")
    return _told(comparison, story)


def _same(comparison: Comparison, game: Wargame, place: int) -> bool:
    """Tell whether a replayed world came out as the one that was compared, to the bit."""
    tally = comparison.tally
    row = tally.world[place, tally.arms.index(game.arm)]
    books, _ = game.outcome_rows()
    return all(row[name] == books[name] for name in ("disputes_expected", "wars_expected"))


def _told(comparison: Comparison, story: Story) -> Story:
    from alliancesim.narrative.chronicle import heading, paragraphs
    from alliancesim.narrative.sentences import month_of

    games = story.games
    told = [list(paragraphs(game, highlights=True)) for game in games]
    sides = tuple(
        _side(comparison, game, mine, theirs)
        for game, mine, theirs in zip(games, told, told[::-1], strict=True)
    )
    shared = {each.text for each in told[0]} & {each.text for each in told[1]}
    readings = dict.fromkeys(
        line for game in games for line in heading(game) if line.startswith("Unknown clauses")
    )
    course, left_out = _course(story)
    return attrs.evolve(
        story,
        divergence=month_of(games[0], story.diverged),
        course=tuple(course),
        left_out=left_out,
        shared=len(shared),
        readings=tuple(readings),
        sides=sides,
    )


def _course(story: Story) -> tuple[list[str], str]:
    """Return the first decision that differs and those that turn the course, and what is left."""
    from alliancesim.agents.decisions import ANSWERS
    from alliancesim.narrative.divergence import in_a_line

    both = story.twins
    if both is None or both.divergence is None:
        return [], ""
    first, *others = both.divergences
    turns = [each for each in others if each.decision.kind not in ANSWERS]
    told = [in_a_line(both, each) for each in (first, *turns[:MOST_DECISIONS])]
    left, answers = len(turns) - len(told) + 1, len(others) - len(turns)
    rest = [f"{left} more that turn{'s' if left == 1 else ''} the course"] if left else []
    rest += [f"{answers} answer{'' if answers == 1 else 's'} of allies"] if answers else []
    return told, f"And {listed(rest)}." if rest else ""


def _side(
    comparison: Comparison, game: Wargame, mine: list[Paragraph], theirs: list[Paragraph]
) -> Side:
    from alliancesim.narrative.chronicle import summary

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
