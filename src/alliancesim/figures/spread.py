"""How are worlds spread over a metric, arm by arm? A dot for each fiftieth of the worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from alliancesim.comparison.estimates import chosen, focus_of
from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import (
    INK,
    PALE,
    heading,
    inches,
    legend_below,
    named,
    new_axes,
    plain,
    supposed,
)
from alliancesim.narrative.formatting import decimals, number
from alliancesim.stats.paired import Estimate

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison
    from alliancesim.outcomes.metrics import Metric

__all__ = ["spread"]

Floats = NDArray[np.float64]

DOTS = 50
"""Dots an arm; each stands for as many worlds as any other."""
_BINS = 30
"""Columns of dots, for a metric that is not a count."""
_FEW, _HIGH = 8, 10
"""With so few columns dots may stand abreast, so that no column is much higher than this."""
_TALLEST = 0.74
"""How much of a row the tallest column of dots takes, at most."""


@checked
@literal
def spread(
    comparison: Comparison, metric: str, focus: str | None = None, *, ax: Axes | None = None
) -> Axes:
    """Draw how worlds are spread over a metric, a row an arm.

    Each of the 50 dots of a row stands for a fiftieth of its worlds: they are the 1 %, 3 %, …
    99 % points, stacked where they are alike, so that many worlds at zero are many dots at zero.
    Below the dots stand the mean and its 95 % sampling interval. Hollow dots belong to arms that
    are hypothetical. The rows are not independent: they are the same worlds, so what an arm
    changes is read off `shift` and `differences`, not off two rows.

    Parameters
    ----------
    comparison : Comparison
        One or more arms.
    metric : str
        Name of a metric of worlds or focus states.
    focus : str, optional
        Id of the state, for a metric of focus states.
    ax : matplotlib Axes, optional
        Where to draw; a new figure of a fitting size by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    InvalidInput
        If a name is unknown.
    """
    asked = chosen([metric], ())[0]
    whose = focus_of(comparison.tally.focus_states, asked, focus)
    values = comparison.tally.values(asked.name, whose)
    ax = new_axes(ax, 6.4, 1.15 + 0.95 * len(comparison.arms), comparison.scenario)
    columns = [_columns(_points(values[:, row]), _width(values)) for row in range(values.shape[1])]
    form = _form(ax, columns, _width(values))
    for row, arm in enumerate(comparison.arms):
        _dots(ax, row, columns[row], form, hollow=supposed(comparison, arm))
        _mean(ax, row, Estimate.of(values[:, row], comparison.design), supposed(comparison, arm))
    _finish(ax, comparison, asked, whose)
    return ax


@attrs.frozen
class _Form:
    """How dots are set: how many abreast and how far apart, how far above each other, how big."""

    abreast: int
    side: float
    step: float
    size: float


def _form(ax: Axes, columns: Sequence[tuple[list[float], list[int]]], width: float) -> _Form:
    abreast = _abreast(columns)
    tallest = max(-(-count // abreast) for _, counts in columns for count in counts)
    step = _TALLEST / max(_HIGH, tallest)
    row = (inches(ax)[1] - 0.95) / len(columns)
    places = [place for found, _ in columns for place in found]
    reach = (max(places) - min(places)) / width + 1
    room = 0.8 * inches(ax)[0] / reach / abreast
    size = 0.86 * 72 * min(step * max(row, 0.2), 0.9 * room)
    size = min(size, 5.0)
    side = min(0.8 / abreast, 1.25 * size / 72 * reach / (0.8 * inches(ax)[0])) * width
    return _Form(abreast, side, step, size)


def _points(values: Floats) -> Floats:
    """Return the values in the middle of each fiftieth of the worlds."""
    shares = (np.arange(DOTS) + 0.5) / DOTS
    return np.asarray(np.quantile(values, shares, method="inverted_cdf"))


def _width(values: Floats) -> float:
    """Return how wide a column of dots is: one for whole numbers, if they are not too many."""
    low, high = np.quantile(values, [0.01, 0.99])
    whole = np.array_equal(values, np.round(values))
    width = float(high - low) / _BINS
    return max(1.0, float(np.ceil(width))) if whole else width or 1.0


def _columns(points: Floats, width: float) -> tuple[list[float], list[int]]:
    """Return where columns of dots stand, and how many dots each has."""
    places, counts = np.unique(np.round(points / width) * width, return_counts=True)
    return [float(place) for place in places], [int(count) for count in counts]


def _abreast(columns: Sequence[tuple[list[float], list[int]]]) -> int:
    """Return how many dots stand side by side in a column: more where columns are few."""
    places = {place for found, _ in columns for place in found}
    tallest = max(count for _, counts in columns for count in counts)
    return 1 if len(places) > _FEW else min(5, -(-tallest // _HIGH))


def _dots(
    ax: Axes, row: int, columns: tuple[list[float], list[int]], form: _Form, *, hollow: bool
) -> None:
    across, up = [], []
    for place, count in zip(*columns, strict=True):
        for k in range(count):
            level, nth = divmod(k, form.abreast)
            beside = min(form.abreast, count - level * form.abreast) - 1
            across.append(place + form.side * (nth - beside / 2))
            up.append(row - (level + 0.6) * form.step)
    ax.plot(
        across,
        up,
        "o",
        color=INK,
        markerfacecolor="white" if hollow else PALE,
        markeredgewidth=0.6,
        markersize=form.size,
        label=f"_dots {row}",
        zorder=3,
    )


def _mean(ax: Axes, row: int, found: Estimate, hollow: bool) -> None:
    place, mean = row + 0.12, float(found.mean)
    ends = [float(found.low), float(found.high)]
    ax.plot(ends, [place, place], color=INK, linewidth=3.2, solid_capstyle="butt", zorder=4)
    face = "white" if hollow else INK
    ax.plot(mean, place, "D", color=INK, markerfacecolor=face, markersize=4, mew=1, zorder=5)
    spot: dict[str, Any] = {"xycoords": ax.get_yaxis_transform(), "va": "center", "ha": "right"}
    half = ends[1] - mean
    places = decimals(half, 2) if half > 0 else None
    said = f"mean {number(mean, places)} ± {number(half, places)}"
    ax.annotate(said, (0.995, row - 0.62), fontsize=7.5, color=INK, **spot)


def _finish(ax: Axes, comparison: Comparison, metric: Metric, focus: str) -> None:
    arms = [named(comparison, arm).replace(" (", "\n(") for arm in comparison.arms]
    ax.set_yticks(range(len(arms)), arms, fontsize=8)
    ax.set_ylim(len(arms) - 0.72, -0.88)
    for row in range(1, len(arms)):
        ax.axhline(row - 0.8, color=PALE, linewidth=0.4)
    ax.xaxis.set_major_locator(MaxNLocator("auto", integer=metric.kind == "count"))
    ax.set_xlabel(f"{metric.label} [{metric.unit}]", fontsize=8.5)
    who = f"{focus}: " if focus else ""
    text = f"{who}{metric.label}, a dot for each 2 % of {comparison.worlds:,} worlds"
    heading(ax, text)
    plain(ax)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    key = Line2D([], [], color=INK, marker="D", markersize=4, linewidth=3.2)
    key.set_label("mean and its 95 % sampling interval")
    legend_below(ax, 0.42, [key])
