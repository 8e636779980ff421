"""What do two arms of one world share, where do they diverge, and what has either alone?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from alliancesim.data.arguments import checked
from alliancesim.figures._course import course
from alliancesim.figures._literal import literal
from alliancesim.figures._style import INK, PALE, legend_below, new_axes, plain
from alliancesim.narrative.divergence import named, sides

if TYPE_CHECKING:
    from alliancesim.agents import Twins, Wargame

__all__ = ["fork", "fork_inches"]

_BLUE = "#6c8fb3"
_UNIT_INCHES, _ROW, _BAR = 0.42, 0.5, 0.3
_NAME_MONTHS = 12.5
_NAMED = 12
"""Own disputes of an arm that are named; if there are more, they are drawn without a name."""


@checked
@literal
def fork(both: Twins, ax: Axes | None = None) -> Axes:
    """Draw the life of a world as a line that forks where its two arms part.

    Disputes are ticks and wars bars, named by challenger and target. What both arms have stands
    pale between the two branches; what one has alone stands dark on its outer side, the arm
    compared with above. A circle marks the decision at which the arms diverge, diamonds those that
    differ later and were met in both. Drawn are disputes of states in focus, and all wars.

    Parameters
    ----------
    both : Twins
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes
    """
    if ax is None:
        size = (7.2, fork_inches(both))
        ax = new_axes(None, *size, both.arm.board.scenario)
    pen = _Pen.of(both, ax)
    pen.shared()
    for game in sides(both):
        pen.branch(game)
    pen.divergence()
    pen.finish()
    return ax


@attrs.frozen
class _Item:
    """A dispute or a war that one arm, or both, had: drawn on a row of its own where it needs."""

    start: float
    end: float
    name: str
    war: bool

    @property
    def until(self) -> float:
        """Month up to which the row is taken, its name included."""
        return self.end + _NAME_MONTHS


@attrs.define(eq=False)
class _Pen:
    """A fork in the making: the arm compared with above, the arm below, what is shared between."""

    ax: Axes
    both: Twins
    half: float
    outer: tuple[float, float]

    @classmethod
    def of(cls, both: Twins, ax: Axes) -> _Pen:
        half, *outer = _reach(both)
        return cls(ax, both, half, (outer[0], outer[1]))

    @property
    def forks(self) -> float:
        """Month in which the arms part; the last where they never do."""
        found = self.both.divergence
        return found.decision.turn + 0.5 if found else float(self.both.arm.turn)

    def year(self, month: float) -> float:
        """Return a month from the start as a year and its part."""
        start = self.both.arm.board.scenario.start
        return float(start.year + (start.month - 1 + month) / 12)

    def shared(self) -> None:
        """Draw the trunk, and along it what both arms have."""
        start, end = self.year(0), self.year(self.both.arm.turn)
        forks = self.year(self.forks)
        self.ax.plot([start, forks], [0, 0], color=INK, linewidth=1.6, zorder=2)
        self.ax.plot([forks, end], [0, 0], color=PALE, linewidth=0.7, linestyle=":", zorder=1)
        disputes, wars = _shared(self.both)
        for each in disputes:
            self._tick(each, -0.13, 0.13, PALE, 0.7)
        for war, row in _rowed(wars):
            middle = _ROW * (row // 2 + 0.62) * (1 if row % 2 else -1)
            self._bar(war, middle, "both")

    def branch(self, game: Wargame) -> None:
        """Draw what is one arm's own, on its side of the fork."""
        first = game is self.both.against
        up = 1.0 if first else -1.0
        ends = (self.forks, self.forks, game.turn)
        path = [0.0, up * self.half, up * self.half]
        self.ax.plot([self.year(x) for x in ends], path, color=INK, linewidth=1.6, zorder=2)
        disputes, wars = _own(self.both, game)
        if len(disputes) > _NAMED:
            for each in disputes:
                self._tick(each, up * self.half, up * (self.half + 0.3), INK, 1.5)
            disputes = []
        for item, row in _rowed([*disputes, *wars]):
            out = up * (self.half + _ROW * (row + 0.8))
            self._stem(item, up * self.half, out)
            if item.war:
                self._bar(item, out, "own")
            else:
                self._name(item, item.start, out, own=True)

    def _tick(self, each: _Item, low: float, high: float, ink: str, width: float) -> None:
        x = self.year(each.start)
        (drawn,) = self.ax.plot([x, x], [low, high], color=ink, linewidth=width, zorder=1)
        drawn.set_gid(f"dispute {each.name}")

    def _stem(self, each: _Item, low: float, high: float) -> None:
        self._tick(each, low, high, INK, 0.9 if each.war else 1.5)

    def _bar(self, each: _Item, middle: float, whose: str) -> None:
        start, own = self.year(each.start), whose == "own"
        width = self.year(each.end) - start
        look: dict[str, Any] = {"color": "white", "edgecolor": PALE}
        if own:
            look = {"color": _BLUE, "edgecolor": INK}
        (bar,) = self.ax.barh(middle, width, _BAR, left=start, linewidth=0.9, zorder=3, **look)
        bar.set_gid(f"war {each.name} {whose}")
        self._name(each, each.end, middle, own=own)

    def _name(self, each: _Item, month: float, middle: float, *, own: bool) -> None:
        self.ax.annotate(
            each.name,
            (self.year(month), middle),
            (2, 0),
            textcoords="offset points",
            fontsize=6.5,
            va="center",
            color=INK if own else "#6a6a6a",
            fontweight="bold" if own and each.war else "normal",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
            zorder=4,
        )

    def divergence(self) -> None:
        """Mark where the arms diverge, and the decisions that differ later."""
        if self.both.divergence is None:
            return
        dot: dict[str, Any] = {"color": "white", "markeredgecolor": INK}
        (mark,) = self.ax.plot(self.year(self.forks), 0, "o", markersize=9, zorder=6, **dot)
        mark.set(gid="divergence", markeredgewidth=1.6)
        for each in self.both.divergences[1:]:
            later = self.year(each.decision.turn + 0.5)
            for side in (self.half, -self.half):
                (drawn,) = self.ax.plot(later, side, "D", markersize=4.5, zorder=5, **dot)
                drawn.set_gid("differs")

    def finish(self) -> None:
        """Name the arms, set the axes, and say what is drawn."""
        both, ax = self.both, self.ax
        ax.set_ylim(-self.half - self.outer[1], self.half + self.outer[0])
        ax.set_xlim(self.year(0) - 0.15, self.year(both.arm.turn) + 0.6)
        where: dict[str, Any] = {"transform": ax.transAxes, "fontsize": 8.5, "fontweight": "bold"}
        for game, place, va in zip(sides(both), (0.99, 0.015), ("top", "bottom"), strict=True):
            ax.text(0.01, place, named(game), va=va, **where)
        ax.set_yticks([])
        plain(ax)
        ax.spines["left"].set_visible(False)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel("year", fontsize=8)
        game = both.arm
        line = f"{game.board.scenario.name}, world {game.world} of seed {game.world_seed}"
        never = "" if both.divergence else "; the arms never diverge"
        words = f"{line}, in two arms with the same random draws{never}"
        ax.set_title(words, fontsize=9, loc="left")
        legend_below(ax, 0.4, _key(), ncols=3, columnspacing=1.4)


def _key() -> list[Line2D | Patch]:
    dot: dict[str, Any] = {"linestyle": "", "color": "white", "markeredgecolor": INK}
    return [
        Line2D([], [], marker="o", markersize=8, label="the decision at which they diverge", **dot),
        Line2D([], [], marker="D", markersize=4.5, label="a later one that differs", **dot),
        Line2D([], [], color=INK, linewidth=1.5, label="dispute in one arm alone"),
        Patch(facecolor=_BLUE, edgecolor=INK, label="war in one arm alone"),
        Line2D([], [], color=PALE, linewidth=0.7, label="dispute in both"),
        Patch(facecolor="white", edgecolor=PALE, label="war in both"),
    ]


def _reach(both: Twins) -> tuple[float, float, float]:
    """Return half the width of the fork, and how far the arms reach out above and below it."""
    _, wars = _shared(both)
    rows = max((row // 2 for _, row in _rowed(wars)), default=-1) + 1
    outer = []
    for game in sides(both):
        disputes, own = _own(both, game)
        items = _rowed([*(disputes if len(disputes) <= _NAMED else []), *own])
        outer.append(_ROW * (max((row for _, row in items), default=0) + 1) + 0.9)
    return max(0.55, _ROW * rows + 0.42), outer[0], outer[1]


def _shared(both: Twins) -> tuple[list[_Item], list[_Item]]:
    """Return the disputes and the wars that both arms have."""
    disputes, wars = _items(both.arm)
    theirs = {_key_of(each) for found in _items(both.against) for each in found}
    kept = [[each for each in found if _key_of(each) in theirs] for found in (disputes, wars)]
    return kept[0], kept[1]


def _own(both: Twins, game: Wargame) -> tuple[list[_Item], list[_Item]]:
    """Return the disputes short of war, and the wars, that one arm has alone."""
    other = both.against if game is both.arm else both.arm
    theirs = {_key_of(each) for found in _items(other) for each in found}
    disputes, wars = _items(game)
    return (
        [each for each in disputes if _key_of(each) not in theirs],
        [each for each in wars if _key_of(each) not in theirs],
    )


def _key_of(item: _Item) -> tuple[int, str, bool]:
    return int(item.start), item.name, item.war


def _items(game: Wargame) -> tuple[list[_Item], list[_Item]]:
    """Return the disputes of states in focus that came to no war, and all wars."""
    found, focus = course(game), set(game.board.focus_states)
    disputes = [
        _Item(each.at, each.at, f"{each.challenger}→{each.target}", war=False)
        for each in found.disputes
        if focus & {each.challenger, each.target} and each.outcome != "war"
    ]
    wars = [
        _Item(each.start, max(each.end, each.start + 2), f"{each.challenger}→{each.target}", True)
        for each in found.wars
    ]
    return disputes, wars


def _rowed(items: list[_Item]) -> list[tuple[_Item, int]]:
    """Give items rows so that no bar or name stands on another."""
    free: list[float] = []
    found = []
    for item in sorted(items, key=lambda each: (each.start, each.name)):
        row = next((n for n, until in enumerate(free) if until <= item.start), len(free))
        free[row : row + 1] = [item.until]
        found.append((item, row))
    return found


def fork_inches(both: Twins) -> float:
    """Return how high a fork has to be drawn."""
    half, above, below = _reach(both)
    return 1.35 + _UNIT_INCHES * (2.0 * half + above + below)
