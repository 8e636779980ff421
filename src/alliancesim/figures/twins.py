"""Where do two arms of one world part, on which decision, and what follows in either?"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from alliancesim._sentences import month_of
from alliancesim._twins import asked, chosen, named, same_luck, sides, terms
from alliancesim.figures._course import course
from alliancesim.figures._style import INK, PALE, plain

if TYPE_CHECKING:
    from alliancesim.agents import Decision, Parting, Twins, Wargame

__all__ = ["fork", "twins", "weighed"]

_BLUE, _RED = "#6c8fb3", "#b2182b"
_UNIT_INCHES, _ROW, _BAR = 0.42, 0.5, 0.3
_NAME_MONTHS = 10.0
_NAMED = 12
"""Own disputes of an arm that are named; if there are more, they are drawn without a name."""
_STEPS = ("diplomacy", "aid", "deployment", "limited force", "full force")
_LUCK, _SUM = "luck, the same in both", "sum"


def twins(both: Twins) -> Figure:
    """Draw two arms of one world from where they part, and the terms of the deciding moment.

    Parameters
    ----------
    both : Twins
        As `alliancesim.agents.twins` returns it.

    Returns
    -------
    matplotlib Figure
        The fork above, below it the decision that parts the arms and, where that is an ally's
        answer, the first that turns the course; pyplot does not know it.
    """
    shown = [each for each in dict.fromkeys((both.parting, both.turning)) if each]
    heights = [_fork_inches(both), *(_bars_inches(each) for each in shown)]
    figure = Figure(figsize=(7.2, sum(heights)), layout="constrained")
    first, *others = figure.subplots(len(heights), 1, height_ratios=heights, squeeze=False).ravel()
    fork(both, first)
    for ax, each in zip(others, shown, strict=True):
        weighed(both, each, ax)
    return figure


def _fork_inches(both: Twins) -> float:
    half, above, below = _reach(both)
    return 1.35 + _UNIT_INCHES * (2.0 * half + above + below)


# -- the fork --------------------------------------------------------------------------------


def fork(both: Twins, ax: Axes | None = None) -> Axes:
    """Draw the life of a world as a line that forks where its two arms part.

    Disputes are ticks and wars bars, named by challenger and target. What both arms have stands
    pale between the two branches; what one has alone stands dark on its outer side, the arm
    compared with above. A circle marks the decision that parts the arms, diamonds those that
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
        size = (7.2, _fork_inches(both))
        ax = Figure(figsize=size, layout="constrained").add_subplot()
    pen = _Pen.of(both, ax)
    pen.shared()
    for game in sides(both):
        pen.branch(game)
    pen.parting()
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
        found = self.both.parting
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

    def parting(self) -> None:
        """Mark where the arms part, and the decisions that differ later."""
        if self.both.parting is None:
            return
        dot: dict[str, Any] = {"color": "white", "markeredgecolor": INK}
        (mark,) = self.ax.plot(self.year(self.forks), 0, "o", markersize=9, zorder=6, **dot)
        mark.set(gid="parting", markeredgewidth=1.6)
        for each in self.both.partings[1:]:
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
        never = "" if both.parting else "; the arms never part"
        ax.set_title(f"{line}, in two arms on the same luck{never}", fontsize=9, loc="left")
        _legend(ax, _key(), 3)


def _legend(ax: Axes, handles: list[Any], columns: int) -> None:
    """Put a key below the label of the axis."""
    below = ScaledTranslation(0, -0.4, ax.figure.dpi_scale_trans)
    ax.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=ax.transAxes + below,
        ncols=columns,
        fontsize=7,
        frameon=False,
        columnspacing=1.4,
    )


def _key() -> list[Line2D | Patch]:
    dot: dict[str, Any] = {"linestyle": "", "color": "white", "markeredgecolor": INK}
    return [
        Line2D([], [], marker="o", markersize=8, label="the decision that parts them", **dot),
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
    found, focus = course(game), set(game.board.members)
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


# -- the decision ----------------------------------------------------------------------------


def weighed(both: Twins, parting: Parting | None = None, ax: Axes | None = None) -> Axes:
    """Draw what a decision was made of in either arm, as bars.

    Terms in log-odds, or in shares of the stake, add up with the luck to the sum; broken lines
    stand where the sum has to pass. Where terms do not add up, the chance is drawn, and a broken
    line at the luck.

    Parameters
    ----------
    both : Twins
    parting : Parting, optional
        One of `Twins.partings`; the first by default.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes
    """
    shown = parting or both.parting
    if ax is None:
        size = (7.2, _bars_inches(shown) if shown else 1.0)
        ax = Figure(figsize=size, layout="constrained").add_subplot()
    if shown is None:
        ax.set_axis_off()
        ax.set_title("The arms never part: every decision is the same.", fontsize=9, loc="left")
        return ax
    _draw_bars(both, shown, ax)
    return ax


def _bars_inches(parting: Parting) -> float:
    return 1.4 + 0.26 * max(1.6, len(_rows(parting)))


def _rows(parting: Parting) -> list[tuple[str, float | None, float | None]]:
    pair = (parting.against, parting.arm)
    found = terms(parting) if parting.decision.cuts else []
    if parting.decision.cuts:
        if parting.decision.luck is not None:
            found.append((_LUCK, *(each.push if each else None for each in pair)))  # type: ignore[arg-type]
        found.append((_SUM, *(each.total if each else None for each in pair)))  # type: ignore[arg-type]
    elif parting.decision.chance is not None:
        found.append(("chance", *(each.chance if each else None for each in pair)))  # type: ignore[arg-type]
    else:
        found = terms(parting)
    return found


def _draw_bars(both: Twins, parting: Parting, ax: Axes) -> None:
    rows, decision = _rows(parting), parting.decision
    looks: tuple[dict[str, Any], ...] = (
        {"facecolor": "white", "edgecolor": INK, "hatch": "////"},
        {"facecolor": _BLUE, "edgecolor": INK},
    )
    pair = (parting.against, parting.arm)
    for n, (game, look) in enumerate(zip(sides(both), looks, strict=True)):
        places = [row + (-0.2 if n == 0 else 0.2) for row in range(len(rows))]
        bars = ax.barh(places, [row[1 + n] or 0.0 for row in rows], 0.38, linewidth=0.7, **look)
        for bar, (name, *_) in zip(bars, rows, strict=True):
            bar.set_gid(f"{game.arm}: {name}")
    ax.axvline(0.0, color=INK, linewidth=0.8)
    ax.set_yticks(range(len(rows)), [name for name, *_ in rows])
    room = 0.45 if len(rows) == 1 else 0.0
    ax.set_ylim(len(rows) - (0.1 if len(decision.cuts) > 1 else 0.45) + room, -0.55 - room)
    plain(ax)
    ax.tick_params(axis="y", length=0, labelsize=7.5)
    if decision.cuts:
        ax.get_yticklabels()[-1].set_fontweight("bold")
    ax.set_xlabel(decision.unit or ("chance" if decision.chance is not None else ""), fontsize=8)
    told = f"{month_of(both.arm, decision.turn)}: {asked(both.arm, decision)}. {same_luck(parting)}"
    ax.set_title(textwrap.fill(told, 88), fontsize=8.5, loc="left")
    keys: list[Any] = [
        Patch(linewidth=0.7, label=f"{named(game)} {chosen(each)}", **look)
        for game, each, look in zip(sides(both), pair, looks, strict=True)
    ]
    _legend(ax, [*keys, *_thresholds(ax, decision, len(rows))], 1)


def _thresholds(ax: Axes, decision: Decision, rows: int) -> list[Line2D]:
    """Draw what the sum has to pass, beside it alone; or the luck that a chance has to."""
    spots = decision.cuts or ((decision.luck,) if decision.luck is not None else ())
    look: dict[str, Any] = {"color": _RED, "linestyle": "--", "linewidth": 1.2}
    for n, spot in enumerate(spots):
        (line,) = ax.plot([spot, spot], [rows - 1.48, rows - 0.52], **look)
        line.set_gid("threshold")
        if len(spots) > 1:
            below: dict[str, Any] = {"ha": "center", "va": "top", "fontsize": 6, "color": _RED}
            ax.text(spot, rows - 0.5, _STEPS[n], **below)
    if not spots:
        return []
    words = "a yes, if the sum is above" if len(spots) == 1 else "what the sum has to pass"
    if not decision.cuts:
        words = "the luck drawn: a yes, if the chance is above"
    return [Line2D([], [], label=words, **look)]
