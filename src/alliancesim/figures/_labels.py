"""Where does a label stand so that it covers nothing else?

Labels are placed one after another, each on the spot of its own that covers least of what stands
there already: discs, lines and labels, all in points from the lower left of the axes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import numpy as np
from matplotlib.axes import Axes
from matplotlib.textpath import TextPath
from numpy.typing import NDArray

__all__ = ["Page", "curve"]

Array = NDArray[np.float64]
Spot = tuple[float, float]

_ON_LABEL, _ON_DISC, _OFF_PAGE = 12.0, 10.0, 40.0
_ALONG, _BENT, _BOLDER, _AWAY = 12.0, 10.0, 1.15, 12.0
_TURNS = (0.0, 180.0, 90.0, 270.0, 45.0, 315.0, 135.0, 225.0, 20.0, 160.0, 200.0, 340.0)
"""Directions in which a name may stand from its disc, degrees, the preferred first."""


def curve(start: Spot, end: Spot, bend: float, points: int = 33) -> Array:
    """Return points of an arc between two places, whose height is about half ``bend`` of it."""
    (x0, y0), (x1, y1) = start, end
    t = np.linspace(0.0, 1.0, points)[:, None]
    middle = np.array([(x0 + x1) / 2 - bend * (y1 - y0), (y0 + y1) / 2 + bend * (x1 - x0)])
    arc: Array = (1 - t) ** 2 * np.array(start) + 2 * t * (1 - t) * middle + t**2 * np.array(end)
    return arc


@attrs.define(eq=False)
class Page:
    """What stands on some axes: boxes of labels, discs, and points of lines with a weight each.

    Parameters
    ----------
    ax : matplotlib Axes
        With limits set, and laid out.
    """

    ax: Axes
    boxes: list[tuple[float, float, float, float]] = attrs.field(factory=list)
    discs: list[tuple[float, float, float]] = attrs.field(factory=list)
    arcs: list[Array] = attrs.field(factory=list)
    weights: list[float] = attrs.field(factory=list)

    def points(self, places: Any) -> Array:
        """Return places on the axes in points."""
        pixels = self.ax.transData.transform(np.atleast_2d(places))
        found: Array = (pixels - self.ax.bbox.min) * 72.0 / self._dpi
        return found

    def places(self, points: Any) -> Array:
        """Return points as places on the axes."""
        pixels = np.atleast_2d(points) * self._dpi / 72.0 + self.ax.bbox.min
        found: Array = self.ax.transData.inverted().transform(pixels)
        return found

    @property
    def _size(self) -> tuple[float, float]:
        return self.ax.bbox.width * 72.0 / self._dpi, self.ax.bbox.height * 72.0 / self._dpi

    @property
    def _dpi(self) -> float:
        return float(self.ax.figure.dpi)

    def add(self, arc: Array, weight: float) -> None:
        """Note a line, and how much it matters that no label covers it; below 1 lines may too."""
        self.arcs.append(arc)
        self.weights.append(weight)

    def bend(self, start: Spot, end: Spot, bends: Iterable[float]) -> Array:
        """Return the arc that keeps farthest from discs and runs along no other line."""

        def cost(bend: float) -> float:
            return self._in_the_way(curve(start, end, bend)) + _BENT * abs(bend)

        return curve(start, end, min(bends, key=cost))

    def _in_the_way(self, arc: Array) -> float:
        inner = arc[3:-3]
        cost = 0.0
        for x, y, radius in self.discs:
            near = np.hypot(*(inner - (x, y)).T).min() - radius
            ends = min(np.hypot(*(arc[0] - (x, y))), np.hypot(*(arc[-1] - (x, y))))
            cost += max(0.0, 5.0 - near) if ends > radius + 0.5 else 0.0
        hard = [arc for arc, weight in zip(self.arcs, self.weights, strict=True) if weight >= 1.0]
        if hard:
            others = np.concatenate(hard)
            near = np.hypot(*np.moveaxis(inner[:, None] - others[None, :], -1, 0)) < 1.5
            cost += _ALONG * float(near.any(axis=1).mean())
        return cost

    def beside(self, spot: Spot, radius: float, text: str, size: float) -> Spot:
        """Place a name beside a disc; return the middle of the text."""
        width, height = _extent(text, size)

        def around() -> Iterator[tuple[Spot, float]]:
            for far in (1.5, 5.0):
                for rank, turn in enumerate(_TURNS):
                    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
                    x = spot[0] + cos * (radius + far) + _pull(cos) * width / 2
                    y = spot[1] + sin * (radius + far) + _pull(sin) * height / 2
                    yield (x, y), 0.08 * rank + 0.5 * far + self._of_another(spot, x, y, width)

        return self._least(around(), width, height)

    def _of_another(self, spot: Spot, x: float, y: float, width: float) -> float:
        """Return what it costs that a name may be taken for that of another disc."""
        near = 0.0
        for cx, cy, radius in self.discs:
            if (cx, cy) != spot:
                away = math.hypot(max(abs(cx - x) - width / 2, 0.0), cy - y) - radius
                near += max(0.0, _AWAY - away) / _AWAY
        return 2.0 * near

    def along(self, arcs: Iterable[Array], text: str, size: float, bold: bool) -> Spot:
        """Place a label on one of some lines; return the middle of the text."""
        width, height = _extent(text, size)
        width *= _BOLDER if bold else 1.0

        def on_them() -> Iterator[tuple[Spot, float]]:
            for arc in arcs:
                for step in (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78):
                    x, y = arc[round(step * (len(arc) - 1))]
                    for off in (0.0, 1.0, -1.0):
                        yield (float(x), float(y + off * height)), 2.0 * abs(step - 0.5) + abs(off)

        return self._least(on_them(), width, height)

    def _least(self, spots: Iterator[tuple[Spot, float]], width: float, height: float) -> Spot:
        """Take the spot that covers least, and keep it."""

        def cost(found: tuple[Spot, float]) -> float:
            return found[1] + self._covered(*found[0], width, height)

        (x, y), _ = min(spots, key=cost)
        self.boxes.append((x - width / 2, y - height / 2, x + width / 2, y + height / 2))
        return x, y

    def _covered(self, x: float, y: float, width: float, height: float) -> float:
        left, low, right, high = x - width / 2, y - height / 2, x + width / 2, y + height / 2
        page = self._size
        off = (
            max(0.0, -left) + max(0.0, -low) + max(0.0, right - page[0]) + max(0.0, high - page[1])
        )
        cost = _OFF_PAGE * off / height
        for a, b, c, d in self.boxes:
            over = max(0.0, min(right, c) - max(left, a)) * max(0.0, min(high, d) - max(low, b))
            cost += _ON_LABEL * over / (width * height)
        for cx, cy, radius in self.discs:
            dx, dy = max(left - cx, 0.0, cx - right), max(low - cy, 0.0, cy - high)
            cost += _ON_DISC * max(0.0, radius + 0.5 - math.hypot(dx, dy)) / (radius + 0.5)
        if self.arcs:
            arcs = np.stack(self.arcs)
            inside = np.all((arcs > (left, low)) & (arcs < (right, high)), axis=2)
            cost += float(np.any(inside, axis=1) @ np.array(self.weights))
        return cost


def _pull(part: float) -> float:
    return 0.0 if abs(part) < 0.2 else math.copysign(1.0, part)


def _extent(text: str, size: float) -> tuple[float, float]:
    """Return the width and height of a text, with some air."""
    across = TextPath((0, 0), text, size=size).vertices[:, 0]
    return float(np.ptp(across)) + 3.0, size * 1.15
