"""The pen of the network: discs, lines, bands and names, placed so that they can be told apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from alliancesim.figures._labels import Page, Spot
from alliancesim.figures._style import INK

if TYPE_CHECKING:
    from alliancesim.figures._forces import Forces
    from alliancesim.figures.network import Link
    from alliancesim.scenario import Scenario

__all__ = ["BANDS", "DASHES", "NARROW", "RIVAL", "STANDING", "WIDTHS", "Drawing"]

RIVAL, STANDING = "#b2182b", "#6c8fb3"
BANDS = ("#d3dee8", "#e9e0c8", "#dcdcdc")
DASHES = (0, (4.0, 2.5))
WIDTHS = (0.0, 0.8, 1.4, 2.1)
"""Of a line, in points, by what is owed: nothing, consultation, assistance, defence."""
_BAND = 9.0
_SOFT, _THIN, _FIRM = 0.5, 1.0, 2.0
"""What it costs a label to cover a band, a rivalry, a duty."""
_BENDS = (0.0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36)
_LEAST, _MOST = 3.0, 16.0
NARROW = 4.5
"""Axes of less inches are narrow: names are short, lines thin."""
_MANY_STATES = 20
_ROOM = (90.0, 40.0)
"""Left around the states, in points."""


@attrs.define(eq=False)
class Drawing:
    """A network in the making.

    Parameters
    ----------
    ax : matplotlib Axes
    scenario : Scenario
    page : Page
    spots : dict of str to (float, float)
        Where states lie, in points.
    radii : dict of str to float
        Of their discs, in points.
    short : bool
        Whether states are called by their identifiers.
    scale : float
        How thick lines are drawn, 1 on a page's width.
    ringed : dict of str to float
        States with a band around the disc, and how wide it is there, in points.
    """

    ax: Axes
    scenario: Scenario
    page: Page
    spots: dict[str, Spot]
    radii: dict[str, float]
    short: bool
    scale: float
    ringed: dict[str, float] = attrs.field(factory=dict)
    _lines: list[tuple[str, list[NDArray[np.float64]], bool]] = attrs.field(factory=list)

    @classmethod
    def on(
        cls, ax: Axes, scenario: Scenario, places: dict[str, Spot], forces: Forces, inches: float
    ) -> Drawing:
        """Set up the axes and draw the states on them, the strong with larger discs."""
        xy = np.array(list(places.values()))
        scale = min(1.0, max(0.5, inches / 6.0))
        _fit(ax, xy, scale)
        ax.axis("off")
        page = Page(ax)
        points = page.points(xy)
        spots = {name: (float(x), float(y)) for name, (x, y) in zip(places, points, strict=True)}
        top = float(forces.strength.max())
        radii = {
            name: scale * max(_LEAST, _MOST * math.sqrt(forces.strength[forces.row(name)] / top))
            for name in places
        }
        page.discs = [(*spots[name], radii[name]) for name in places]
        short = len(places) > _MANY_STATES or inches < NARROW
        drawing = cls(ax, scenario, page, spots, radii, short, scale)
        drawing._discs()
        return drawing

    def _discs(self) -> None:
        for name, (x, y) in self.spots.items():
            focus = name in self.scenario.focus
            place = self.page.places((x, y))[0]
            (disc,) = self.ax.plot(*place, "o", markersize=2 * self.radii[name], zorder=5)
            disc.set(color=INK if focus else "white", markeredgecolor=INK, markeredgewidth=0.8)
            disc.set_gid(f"state {name}")

    def band(self, owed: list[Link], added: bool, rank: int) -> None:
        """Draw a treaty of many as a band along the shortest tree that links its members.

        What the arm adds has a dark edge; a band is hollow if all of it is hypothetical.
        """
        treaty, members = (
            owed[0].treaty,
            sorted({name for each in owed for name in (each.a, each.b)}),
        )
        tint = "white" if all(each.hypothetical for each in owed) else BANDS[rank % len(BANDS)]
        tree = _tree(members, self.spots)
        bends = [self.page.bend(self.spots[a], self.spots[b], _BENDS[:5]) for a, b in tree]
        layers = [(INK, 1.8, 1.0), (tint, 0.0, 1.1)] if added else [(tint, 0.0, 1.0)]
        for ink, more, zorder in layers:
            for (a, b), arc in zip(tree, bends, strict=True):
                what = f"band {treaty} {a}-{b}"
                self._line(arc, ink, self.scale * _BAND + more, zorder, what)
            for name in members:
                self.ringed[name] = self.scale * _BAND / 2
                place = self.page.places(self.spots[name])[0]
                (ring,) = self.ax.plot(*place, "o", color=ink, zorder=zorder, markeredgewidth=0)
                ring.set_markersize(2 * self.radii[name] + self.scale * _BAND + more)
        for arc in bends:
            self.page.add(arc, _SOFT)
        self._lines.append((_label(treaty, owed), bends, added))

    def pact(self, owed: list[Link], added: bool) -> None:
        """Draw a treaty as a line for each two members of which one owes the other help."""
        arcs = []
        ink = INK if added else STANDING
        for each in owed:
            arc = self.page.bend(self.spots[each.a], self.spots[each.b], _BENDS)
            arcs.append(arc)
            self.page.add(arc, _FIRM)
            width, what = self.scale * WIDTHS[each.level], f"{each.treaty} {each.a}-{each.b}"
            if each.hypothetical:
                self._line(arc, ink, width + 1.6, 3, what)
                self._line(arc, "white", width - 0.2, 3.1, f"hollow {what}")
            else:
                self._line(arc, ink, width, 3, what)
            if len(each.obligors) == 1:
                self._head(arc if each.obligors[0] == each.a else arc[::-1], ink)
        arcs.sort(key=lambda arc: -float(np.hypot(*(arc[-1] - arc[0]))))
        self._lines.append((_label(owed[0].treaty, owed), arcs, added))

    def _head(self, arc: NDArray[np.float64], ink: str) -> None:
        """Put an arrowhead on a line, from who owes to whom it is owed."""
        step = round(0.62 * (len(arc) - 1))
        dx, dy = arc[step + 1] - arc[step - 1]
        head = (3, 0, math.degrees(math.atan2(dy, dx)) - 90.0)
        place = self.page.places(arc[step])[0]
        self.ax.plot(
            *place,
            marker=head,
            markersize=max(4.5, self.scale * 6),
            color=ink,
            linestyle="",
            zorder=3.5,
        )

    def rivalries(self) -> None:
        """Draw open rivalries as dashed lines."""
        for pair in self.scenario.pairs:
            if pair.rivalry == "open":
                arc = self.page.bend(self.spots[pair.a], self.spots[pair.b], _BENDS)
                self.page.add(arc, _THIN)
                line = self._line(arc, RIVAL, 0.9, 2, f"rivals {pair.a}-{pair.b}")
                line.set_linestyle(DASHES)

    def _line(self, arc: Any, ink: str, width: float, zorder: float, what: str) -> Any:
        (line,) = self.ax.plot(*self.page.places(arc).T, color=ink, linewidth=width, zorder=zorder)
        line.set_solid_capstyle("butt")
        line.set_gid(what)
        return line

    def names(self) -> None:
        """Write the names of states beside their discs, and those of treaties on their lines."""
        size = 6.5 if self.short else 8.0
        for name in sorted(self.spots, key=lambda each: -self.radii[each]):
            text = name if self.short else self.scenario.state(name).name
            spot = self.page.beside(self.spots[name], self._room(name), text, size)
            self._text(spot, text, size, INK, "normal", white=False)
        for text, arcs, added in self._lines:
            spot = self.page.along(arcs, text, 6.5, added)
            ink, weight = (INK, "bold") if added else ("#2f4a66", "normal")
            self._text(spot, text, 6.5, ink, weight, white=True)

    def _room(self, name: str) -> float:
        return self.radii[name] + self.ringed.get(name, 0.0)

    def _text(self, spot: Spot, text: str, size: float, ink: str, weight: str, white: bool) -> None:
        x, y = self.page.places(spot)[0]
        drawn = self.ax.text(x, y, text, fontsize=size, color=ink, ha="center", va="center")
        drawn.set(fontweight=weight, zorder=6)
        if white:
            drawn.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85})
        else:
            drawn.set_path_effects([withStroke(linewidth=1.6, foreground="white")])


def _fit(ax: Axes, xy: NDArray[np.float64], scale: float) -> None:
    """Set limits in which a length is the same along both axes, with room for names."""
    figure: Any = getattr(ax.figure, "figure", ax.figure)  # of a part of a figure the whole
    figure.draw_without_rendering()
    size = np.array([ax.bbox.width, ax.bbox.height]) * 72.0 / figure.dpi
    low, high = xy.min(axis=0), xy.max(axis=0)
    unit = float(np.max((high - low) / np.maximum(size - scale * np.array(_ROOM), 20.0)))
    ends = (low + high)[:, None] / 2 + np.outer(size, (-0.5, 0.5)) * max(unit, 1e-9)
    ax.set_xlim(*ends[0])
    ax.set_ylim(*ends[1])


def _label(treaty: str, owed: list[Link]) -> str:
    return treaty + (" ?" if any(each.surely < each.level for each in owed) else "")


def _tree(members: list[str], spots: dict[str, Spot]) -> list[tuple[str, str]]:
    """Return the shortest tree that links some states (Prim 1957)."""
    inside, edges = [members[0]], []
    while len(inside) < len(members):
        outside = [each for each in members if each not in inside]
        a, b = min(
            ((a, b) for a in inside for b in outside),
            key=lambda pair: math.dist(spots[pair[0]], spots[pair[1]]),
        )
        edges.append((a, b))
        inside.append(b)
    return edges
