"""How did one world go, state by state and month by month?"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from alliancesim.data.arguments import checked
from alliancesim.figures._course import Course, Dispute, War, course, lanes, side_by_side
from alliancesim.figures._literal import literal
from alliancesim.figures._plan import NARROW, RIVAL, STANDING
from alliancesim.figures._style import INK, new_axes
from alliancesim.narrative.sentences import month_of

if TYPE_CHECKING:
    from alliancesim.agents import Wargame

__all__ = ["timeline"]

_FAINT, _DEEP = "#9a9a9a", "#3f6792"
_LANE_INCHES = 0.29
_BAR = 0.44
_MOST = 14
"""Lanes of states; those with least to show give way."""
_ENDS = {1: ("+", "−"), 0: ("=", "="), -1: ("−", "+")}
_STYLES: dict[str, dict[str, Any]] = {
    "stands": {"color": _FAINT, "lw": 0.7},
    "backs-down": {"color": _DEEP, "lw": 1.1, "linestyle": (0, (3, 1.5))},
    "concession": {"color": _DEEP, "lw": 1.6},
    "war": {"color": INK, "lw": 1.6},
}
_OUTCOMES = {
    "stands": "dispute: nothing changes hands",
    "backs-down": "dispute: the challenger backs down",
    "concession": "dispute: the target concedes",
    "war": "dispute: war",
}


@checked
@literal
def timeline(game: Wargame, ax: Axes | None = None) -> Axes:
    """Draw the course of a replayed world: a lane a state, time to the right.

    An arrow is a dispute, from the challenger's lane to the target's; a bar a war, on the lane of
    each state that fights in it, with how it ended for those it was between. Drawn are wars, and
    disputes in which a state in focus has a part, if only as one that is called; how many others
    there were is said above. Circles on the lanes of states in focus are calls on them: they owed
    the target defence, and are filled where they sent forces, half filled where they gave other
    help, empty where they gave none. On top stand the treaties that the arm adds, and those that
    wavered, while they were in force.

    Parameters
    ----------
    game : Wargame
        A world played to its end, as `alliancesim.replay` returns it.
    ax : matplotlib Axes, optional
        Where to draw; a new figure of a fitting size by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes
        ``ax.figure.savefig("timeline.png", dpi=200)`` writes it.
    """
    pen = _Pen.of(game, course(game), ax)
    pen.lines()
    for dispute in pen.shown:
        pen.dispute(dispute)
    pen.wars()
    pen.treaties()
    for month, state, patron in pen.course.signals:
        pen.mark(month, state, "*", 9, RIVAL, "signal")
        pen.patron(month, state, patron)
    pen.finish()
    return pen.ax


@attrs.define(eq=False)
class _Pen:
    """A time line in the making."""

    ax: Axes
    game: Wargame
    course: Course
    shown: list[Dispute]
    lanes: dict[str, float]
    tops: dict[str, float]
    narrow: bool

    @classmethod
    def of(cls, game: Wargame, found: Course, ax: Axes | None) -> _Pen:
        focus = set(game.board.focus_states)
        shown = [
            each
            for each in found.disputes
            if focus & {each.challenger, each.target, *each.calls} or each.outcome == "war"
        ]
        treaties = list(dict.fromkeys(each.treaty for each in found.spans))
        tops = {name: float(n) for n, name in enumerate(treaties)}
        first = len(tops) + (0.4 if tops else 0.0)
        names = lanes(game, found, shown, _MOST)
        places = {name: first + n for n, name in enumerate(names)}
        if ax is None:
            size = (7.2, 1.75 + _LANE_INCHES * (first + len(places)))
            ax = new_axes(None, *size, game.board.scenario)
        narrow = ax.bbox.width / ax.figure.dpi < NARROW
        kept = [each for each in shown if {each.challenger, each.target} <= set(places)]
        return cls(ax, game, found, kept, places, tops, narrow)

    def year(self, month: float) -> float:
        """Return a month from the start as a year and its part."""
        start = self.game.board.scenario.start
        return float(start.year + (start.month - 1 + month) / 12)

    def lines(self) -> None:
        """Draw the lanes themselves."""
        for place in self.lanes.values():
            self.ax.axhline(place, color="#e2e2e2", linewidth=0.8, zorder=0)

    def dispute(self, each: Dispute) -> None:
        """Draw an arrow from challenger to target, and the calls on states in focus."""
        x, start, end = self.year(each.at), self.lanes[each.challenger], self.lanes[each.target]
        gap = 0.16 if end > start else -0.16
        arrow = {"arrowstyle": "-|>,head_length=0.3,head_width=0.16", "shrinkA": 0, "shrinkB": 0}
        drawn = self.ax.annotate(
            "",
            (x, end - gap),
            (x, start),
            arrowprops=arrow | _STYLES[each.outcome],
            zorder=2 if each.outcome == "stands" else 3,
        )
        drawn.set_gid(f"{each.outcome} {each.challenger}-{each.target}")
        for state, answer in each.calls.items():
            if state in self.game.board.focus_states and state in self.lanes:
                self._call(x, state, answer)

    def _call(self, x: float, state: str, answer: int) -> None:
        style: dict[str, Any] = {"markersize": 5, "markeredgecolor": INK, "markeredgewidth": 0.8}
        fill = "full" if answer >= 3 or not answer else "left"
        face = INK if answer else "white"
        (mark,) = self.ax.plot(x, self.lanes[state], "o", fillstyle=fill, color=face, **style)
        mark.set(markerfacecoloralt="white", zorder=6)
        mark.set_gid(f"call {state} {answer}")

    def wars(self) -> None:
        """Draw wars as bars; those of a state that overlap share its lane."""
        for state, place in self.lanes.items():
            own = [war for war in self.course.wars if state in war.belligerents]
            for war, row, rows in side_by_side(own, state):
                height = _BAR / rows
                middle = place - _BAR / 2 + (row + 0.5) * height
                self._bar(war, state, middle, height)

    def _bar(self, war: War, state: str, middle: float, height: float) -> None:
        start, end = self.year(war.since(state)), self.year(war.end)
        look = _look(war, state)
        (bar,) = self.ax.barh(middle, end - start, height, left=start, zorder=4, **look)
        bar.set_gid(f"war {state} {war.challenger}-{war.target}")
        if war.result is not None and state in (war.challenger, war.target):
            sign = _ENDS[war.result][state == war.target]
            self.ax.annotate(
                sign,
                (end, middle),
                (1.5, 0),
                textcoords="offset points",
                va="center",
                fontsize=8 if len(sign) else 7,
                fontweight="bold",
                color=INK,
                zorder=7,
            )
        if war.used == state:
            self.mark(war.end, state, "X", 8, RIVAL, "use")

    def treaties(self) -> None:
        """Draw when treaties were in force, and what became of their membership."""
        supposed = self.game.board.scenario.arm(self.game.arm).hypothetical
        for each in self.course.spans:
            start, end = self.year(each.start), self.year(each.end)
            adds = each.treaty in self.game.board.scenario.arm(self.game.arm).adds
            hollow = supposed and adds
            look: dict[str, Any] = {"color": "white" if hollow else STANDING, "edgecolor": INK}
            (bar,) = self.ax.barh(
                self.tops[each.treaty], end - start, 0.34, left=start, linewidth=0.7, **look
            )
            bar.set_gid(f"treaty {each.treaty}")
        for n, (month, treaty, said) in enumerate(self.course.changes):
            spot = (self.year(month), self.tops.get(treaty, 0.0))
            self.ax.plot(*spot, "|", color=INK, markersize=10, markeredgewidth=1.6, zorder=5)
            where: dict[str, Any] = {"textcoords": "offset points", "fontsize": 6.5, "va": "center"}
            self.ax.annotate(said, spot, (2, -8 if n % 2 else 8), **where)

    def mark(self, month: float, state: str, shape: str, size: float, ink: str, what: str) -> None:
        """Put a mark on a state's lane."""
        if state in self.lanes:
            x = self.year(month)
            (drawn,) = self.ax.plot(x, self.lanes[state], shape, color=ink, markersize=size)
            drawn.set(markeredgecolor="white", markeredgewidth=0.7, zorder=8)
            drawn.set_gid(f"{what} {state}")

    def patron(self, month: float, state: str, patron: str) -> None:
        """Name beside a signal the patron whose deterrent it is; nothing where it is its own."""
        if patron and state in self.lanes:
            spot = (self.year(month), self.lanes[state])
            where: dict[str, Any] = {"textcoords": "offset points", "fontsize": 6.5, "va": "bottom"}
            said = self.ax.annotate(f"of {patron}", spot, (3, 3), color=RIVAL, zorder=9, **where)
            said.set_gid(f"patron {patron} {state}")

    def finish(self) -> None:
        """Name the lanes, set the axes, and say what is drawn and what is not."""
        scenario, ax = self.game.board.scenario, self.ax
        names = {
            name: name if self.narrow else scenario.state(name).name for name in self.lanes
        } | {name: name for name in self.tops}
        places = self.tops | self.lanes
        size = 6.5 if self.narrow else 8
        ax.set_yticks(list(places.values()), [names[name] for name in places], fontsize=size)
        for name, label in zip(places, ax.get_yticklabels(), strict=True):
            label.set_fontweight("bold" if name in scenario.focus else "normal")
            label.set_fontstyle("italic" if name in self.tops else "normal")
        ax.set_ylim(max(places.values()) + 0.7, -0.9 if self.course.changes else -0.6)
        ax.set_xlim(self.year(0), self.year(self.game.turn))
        ax.tick_params(axis="y", length=0)
        ax.tick_params(axis="x", labelsize=size)
        ax.xaxis.grid(True, color=_FAINT, linewidth=0.3, alpha=0.6)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6 if self.narrow else 12))
        ax.set_axisbelow(True)
        for side in ("top", "left", "right"):
            ax.spines[side].set_visible(False)
        ax.set_xlabel("year", fontsize=size + 0.5)
        ax.set_title(self._title(), fontsize=7.5 if self.narrow else 8.5, loc="left")
        below = ScaledTranslation(0, -0.4, ax.figure.dpi_scale_trans)
        ax.legend(
            handles=self._key(),
            loc="upper center",
            bbox_to_anchor=(0.5, 0),
            bbox_transform=ax.transAxes + below,
            ncols=2 if self.narrow else 3,
            fontsize=6 if self.narrow else 7,
            frameon=False,
            columnspacing=1.2,
        )

    def _title(self) -> str:
        game = self.game
        arm = game.board.scenario.arm(game.arm)
        supposed = " (hypothetical)" if arm.hypothetical else ""
        head = f"{game.board.scenario.name}, arm {arm.name}{supposed}"
        span = f"{month_of(game, 0)} to {month_of(game, game.turn - 1)}"
        line = f"{head}, world {game.world} of seed {game.world_seed}: {span}"
        left_out = len(self.course.disputes) - len(self.shown)
        rest = f"not drawn: {left_out} disputes of others without war; illustrative, not predictive"
        width = 48 if self.narrow else 105
        return "\n".join([*textwrap.wrap(line, width), *textwrap.wrap(rest, width)])

    def _key(self) -> list[Line2D | Patch]:
        found: list[Line2D | Patch] = []
        for outcome, words in _OUTCOMES.items():
            if any(each.outcome == outcome for each in self.shown):
                found.append(Line2D([], [], label=words, **_STYLES[outcome]))
        edge: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.7}
        if self.tops and self.game.board.scenario.arm(self.game.arm).hypothetical:
            found.append(Patch(facecolor="white", label="treaty, hypothetical", **edge))
        if self.course.wars:
            found += [
                Patch(facecolor=INK, label="at war: the challenger", **edge),
                Patch(facecolor=STANDING, label="at war: the target", **edge),
                Patch(facecolor="white", hatch="////", label="at war: joined", **edge),
                Line2D([], [], linestyle="", label="+ won   − lost   = neither"),
            ]
        dot: dict[str, Any] = {"marker": "o", "linestyle": "", "markersize": 5, "color": INK}
        if any(set(each.calls) & set(self.game.board.focus_states) for each in self.shown):
            half = Line2D([], [], label="called: other help", fillstyle="left", **dot)
            half.set(markerfacecoloralt="white", markeredgecolor=INK)
            empty = Line2D([], [], label="called: no answer", markerfacecolor="white", **dot)
            found += [Line2D([], [], label="called: sends forces", **dot), half, empty]
        star: dict[str, Any] = {"linestyle": "", "color": RIVAL, "markersize": 8}
        if self.course.signals:
            found.append(Line2D([], [], marker="*", label="nuclear signal", **star))
        if any(war.used for war in self.course.wars):
            found.append(Line2D([], [], marker="X", label="nuclear use", **star))
        return found


def _look(war: War, state: str) -> dict[str, Any]:
    if state == war.challenger:
        return {"color": INK, "edgecolor": "white", "linewidth": 0.7}
    if state == war.target:
        return {"color": STANDING, "edgecolor": INK, "linewidth": 0.7}
    return {"color": "white", "edgecolor": INK, "hatch": "////", "linewidth": 0.7}
