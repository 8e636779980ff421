"""Which figures does a report show, and what does each say to those who cannot see it?"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from alliancesim.narrative.wording import listed
from alliancesim.report.results import label

if TYPE_CHECKING:
    from alliancesim.agents import Wargame
    from alliancesim.comparison import Comparison, Contrast
    from alliancesim.figures.network import Link
    from alliancesim.report.story import Story

__all__ = ["Picture", "open_question", "pictures"]


@attrs.frozen
class Picture:
    """A figure as SVG, what it shows in words, the line below it, and a rendering for phones."""

    name: str
    svg: bytes
    alt: str
    caption: str
    narrow: bytes = b""

    @property
    def uri(self) -> str:
        """The figure as a data URI."""
        return _uri(self.svg)

    @property
    def narrow_uri(self) -> str:
        """What is shown on narrow screens, as a data URI."""
        return _uri(self.narrow)


def _uri(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def pictures(comparison: Comparison, story: Story) -> dict[str, Picture]:
    """Return the figures by name; those of priors only where priors can be told from noise."""
    drawn = (_network(comparison), *_pictures(comparison), *_twins(story), *_timelines(story))
    return {picture.name: picture for picture in drawn}


def _network(comparison: Comparison) -> Picture:
    """Draw the network of the arm with most duties, the first of equals."""
    from alliancesim import figures
    from alliancesim.arrays.board import board
    from alliancesim.figures.network import links

    compiled = board(comparison.scenario)
    owed = {arm: links(compiled, arm) for arm in comparison.arms}
    arm = max(comparison.arms, key=lambda name: len(owed[name]))
    drawn = figures.network(comparison.scenario, arm=arm)
    drawn.set_title("", loc="left")
    supposed = {x.treaty for x in owed[arm] if x.hypothetical}
    treaties = [f"{x}{' (hypothetical)' if x in supposed else ''}" for x in _treaties(owed[arm])]
    mark = " (hypothetical)" if comparison.scenario.arm(arm).hypothetical else ""
    rivals = [f"{pair.a}-{pair.b}" for pair in comparison.scenario.pairs if pair.rivalry == "open"]
    return Picture(
        "network",
        figures.svg(drawn),
        f"A schematic map. Help is owed under {listed(treaties or ['no treaty'])}; rivals are "
        f"{listed(rivals or ['none'])}.",
        f"Who owes whom help in {arm}{mark}, and who is whose rival, over a map drawn from "
        "distances alone: not to be measured on.",
    )


def _treaties(owed: list[Link]) -> list[str]:
    return list(dict.fromkeys(each.treaty for each in owed))


def _timelines(story: Story) -> Iterator[Picture]:
    """Draw each side of the story, with the month in which they diverge."""
    from alliancesim import figures

    for number, game in enumerate(story.games, 1):
        drawn = figures.timeline(game)
        drawn.set_title("", loc="left")
        start = game.board.scenario.start
        month = start.year + (start.month - 1 + story.diverged) / 12
        drawn.axvline(month, color="#1a1a1a", linewidth=0.8, linestyle=":", zorder=1)
        found = [f"{n} {what}" for n, what in _counted(game)]
        mark = " (hypothetical)" if game.board.scenario.arm(game.arm).hypothetical else ""
        yield Picture(
            f"timeline-{number}",
            figures.svg(drawn),
            f"A time line of the world in {game.arm}: {listed(found)}; told in words below.",
            f"{game.arm}{mark}: disputes in which states in focus have a part as arrows, wars as "
            "bars. Dotted: where the arms part.",
        )


def _twins(story: Story) -> Iterator[Picture]:
    """Draw where the two sides of the story part, and on what terms."""
    from alliancesim import figures
    from alliancesim.narrative import divergence as words

    if story.twins is None or story.twins.divergence is None:
        return
    both, divergence = story.twins, story.twins.divergence
    drawn = figures.fork(both)
    drawn.set_title("", loc="left")
    line = words.in_a_line(both, divergence)
    yield Picture(
        "fork",
        figures.svg(drawn),
        f"A line that forks: {line} What follows is told in words below.",
        "Between the branches what both arms have, outside what one has alone: disputes of states "
        "in focus as ticks, wars as bars, named by challenger and target. Circle: the decision "
        "at which the arms diverge; diamonds: later ones that differ.",
    )
    for name, each in (("divergence", divergence), ("turning", both.turning)):
        if each is None or (name == "turning" and each is divergence):
            continue
        drawn = figures.weighed(both, each)
        drawn.set_title("", loc="left")
        rows = (
            f"{what} {_shown(one)} and {_shown(other)}" for what, one, other in words.terms(each)
        )
        yield Picture(
            name,
            figures.svg(drawn),
            f"Terms of the decision in {both.against.arm} and {both.arm.arm}: {'; '.join(rows)}.",
            f"{words.in_a_line(both, each)} {words.same_draw(each)}",
        )


def _shown(value: float | None) -> str:
    return "none" if value is None else f"{value:.2f}"


def _counted(game: Wargame) -> list[tuple[int, str]]:
    """Return how many disputes, wars and nuclear signals a world had."""
    kinds = {"challenge": "disputes", "war": "wars", "nuclear-signal": "nuclear signals"}
    return [(sum(e.kind == kind for e in game.events), what) for kind, what in kinds.items()]


def _pictures(comparison: Comparison) -> Iterator[Picture]:
    from alliancesim import figures

    yield from _answer(comparison)
    drawn = figures.differences(comparison)
    drawn.set_title("", loc="left")  # the page has it
    yield Picture(
        "differences",
        figures.svg(drawn),
        "Paired differences between the arms with their intervals, one row a metric, grouped by "
        "contrast; the numbers stand in the tables below.",
        "Thick: 95 % sampling interval. Thin, where drawn: central 95 % over the priors. Hollow: "
        "a contrast with a hypothetical arm.",
    )
    asked = open_question(comparison)
    if asked is None:
        return
    metric, contrast = asked
    question = f"{label(metric)}, {contrast}"
    yield Picture(
        "drivers",
        figures.svg(figures.drivers(comparison, metric, contrast)),
        f"Bars: how much of the variance of {question} each prior explains alone.",
        f"What it depends on: {question}, the headline whose sign is least sure.",
    )
    found = comparison.flips(metric, contrast).to_dict("records")
    prior = next((row["prior"] for row in found if row["verdict"] == "flips"), None)
    if prior:
        yield Picture(
            "flip",
            figures.svg(figures.flip(comparison, metric, prior, contrast=contrast)),
            f"The mean of {question} against {prior}; it crosses zero.",
            f"What turns it: {question}, against {prior}.",
        )


def _answer(comparison: Comparison) -> Iterator[Picture]:
    """Draw what the first page shows, and the changes by pair that it names."""
    from alliancesim import figures
    from alliancesim.comparison.answer import answer
    from alliancesim.figures.decades import KINDS, shares_of_100

    found = answer(comparison)
    pair, mark = found.contrast, " (hypothetical)" if found.hypothetical else ""
    said = [
        f"{count} {kind.format(arm=pair.arm, against=pair.against)}"
        for count, kind in zip(shares_of_100(comparison, pair), KINDS, strict=True)
    ]
    yield Picture(
        "decades",
        figures.svg(figures.decades(comparison, pair)),
        f"100 squares: {', '.join(said)}.",
        f"{found.frequencies or 'Each square is one of 100 futures.'} {pair}{mark}.",
        figures.svg(figures.decades(comparison, pair, narrow=True)),
    )
    yield Picture(
        "against",
        figures.svg(figures.against(comparison, pair)),
        "A table of shaded cells, challengers by targets; the largest are in the table of the "
        "first page.",
        f"Expected wars, {pair}{mark}: red is more, blue is less.",
    )


def open_question(comparison: Comparison) -> tuple[str, Contrast] | None:
    """Return the headline and contrast whose sign is least sure among those with a known driver.

    Least sure is the probability of a rise that lies nearest to one half; the first of equals.
    """
    known = [each for each in comparison.strongest if each["prior"] and each["positive"] >= 0]
    if not known:
        return None
    least = min(known, key=lambda each: abs(each["positive"] - 0.5))
    pairs = {(pair.arm, pair.against): pair for pair in comparison.contrasts}
    return least["metric"], pairs[least["arm"], least["against"]]
