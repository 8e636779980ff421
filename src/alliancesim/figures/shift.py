"""In how many worlds does a pact change a metric, and by how much? Both tails of the difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter
from numpy.typing import NDArray

from alliancesim.comparison.estimates import Contrast, chosen, contrast_of, focus_of
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.figures._literal import literal
from alliancesim.figures._style import (
    DASHES,
    HUES,
    INK,
    NARROW,
    heading,
    inches,
    legend_below,
    new_axes,
    plain,
    supposed,
)
from alliancesim.narrative.formatting import plus_minus
from alliancesim.stats.paired import Estimate

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison

__all__ = ["shift"]

Floats = NDArray[np.float64]

_ROW = -0.085
_SEEN = (0.002, 0.998)
_SAME = 1e-12
"""Differences as small as rounding makes them are none."""


@checked
@literal
def shift(
    comparison: Comparison,
    metric: str,
    contrasts: Sequence[Contrast | tuple[str, str]] | None = None,
    focus: str | None = None,
    *,
    ax: Axes | None = None,
) -> Axes:
    """Draw the paired difference over worlds, from both ends towards zero.

    Left of zero a line shows in what share of worlds the arm has at least so many fewer; right of
    zero, so many more. The worlds in which both arms have the same are not drawn but said, as
    else they would dwarf the rest. The area under the right part less that under the left part
    is the mean difference, whose 95 % sampling interval stands below the axis. What fewer than one
    world in five hundred exceeds is left out of sight.

    Parameters
    ----------
    comparison : Comparison
        Two or more arms, compared.
    metric : str
        Name of a metric of worlds or focus states.
    contrasts : sequence of Contrast or pair of str, optional
        Each an arm and the arm compared with; all those of the comparison by default.
    focus : str, optional
        Id of the state, for a metric of focus states.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    InvalidInput
        If a name is unknown.

    Notes
    -----
    The curve is a folded empirical distribution, or mountain plot (Krouwer and Monti 1995,
    doi:10.1515/cclm.1995.33.8.525), folded at zero, not at the median.
    """
    asked = chosen([metric], ())[0]
    whose = focus_of(comparison.tally.focus_states, asked, focus)
    pairs = [
        contrast_of(comparison.arms, comparison.scenario.reference, each)
        for each in (comparison.contrasts if contrasts is None else contrasts)
    ]
    if not pairs:
        raise InvalidInput("none is named", where="contrasts", allowed="one or more, or None")
    ax = new_axes(ax, 6.4, 3.9, comparison.scenario)
    found = [_paired(comparison, metric, pair, whose) for pair in pairs]
    means = [Estimate.of(paired, comparison.design) for paired in found]
    tallest, narrow = 0.01, inches(ax)[0] < NARROW
    for row, (pair, paired) in enumerate(zip(pairs, found, strict=True)):
        label = _said(comparison, pair, paired, means[row], narrow)
        tallest = max(tallest, _mountain(ax, row, paired, label))
    for row, pair in enumerate(pairs):
        _mean(ax, row, means[row], tallest, supposed(comparison, *_of(pair)))
    _limits(ax, np.array(found), tallest)
    ax.xaxis.set_major_locator(MaxNLocator("auto", integer=asked.kind == "count"))
    ax.axvline(0, color=INK, linewidth=0.8, zorder=1)
    ax.axhline(0, color=INK, linewidth=0.8, zorder=1)
    ax.set_xlabel(f"difference in {asked.label} [{asked.unit}]", fontsize=8.5)
    ax.set_ylabel("share of worlds that\ndiffer so far or farther", fontsize=8.5)
    who = f"{whose}: " if whose else ""
    text = f"{who}{asked.label}, world by world, {comparison.worlds:,} worlds"
    heading(ax, text)
    plain(ax)
    legend_below(ax, 0.42)
    return ax


def _limits(ax: Axes, found: Floats, tallest: float) -> None:
    """Leave out of sight what one world in five hundred exceeds, and what is below the mean's."""
    low, high = np.quantile(found, _SEEN)
    margin = 0.04 * max(float(high - low), 1e-9)
    ax.set_xlim(min(float(low), 0) - margin, max(float(high), 0) + margin)
    ax.set_ylim(_ROW * (len(found) + 0.7) * tallest, 1.06 * tallest)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0 if tallest > 0.03 else 1))
    ax.set_yticks([tick for tick in ax.get_yticks() if 0 <= tick <= 1.06 * tallest])


def _of(pair: Contrast) -> tuple[str, str]:
    return pair.arm, pair.against


def _paired(comparison: Comparison, metric: str, pair: Contrast, focus: str) -> Floats:
    values = comparison.tally.values(metric, focus)
    one, two = (values[:, comparison.arms.index(arm)] for arm in _of(pair))
    paired = np.asarray(one - two)
    return np.where(np.abs(paired) < _SAME, 0.0, paired)


def _said(
    comparison: Comparison, pair: Contrast, paired: Floats, found: Estimate, narrow: bool
) -> str:
    marked = " (hypothetical)" if supposed(comparison, *_of(pair)) else ""
    shares = [100 * float(np.mean(part)) for part in (paired == 0, paired < 0, paired > 0)]
    same, fewer, more = (f"{share:.{int(0 < share < 1)}f} %" for share in shares)
    mean = plus_minus(float(found.mean), float(found.high - found.low) / 2)
    marked = marked.replace(" ", "\n") if narrow else marked
    spread = f"same in {same}," if narrow else f"same in {same} of worlds,"
    return f"{pair}{marked}: mean {mean}\n{spread} less in {fewer}, more in {more}"


def _mountain(ax: Axes, row: int, paired: Floats, label: str) -> float:
    """Draw one contrast's tails; return how high the higher of them is."""
    style = {"color": HUES[row % len(HUES)], "linestyle": DASHES[row % len(DASHES)]}
    tops = []
    for sign, part in ((-1, -paired[paired < 0]), (1, paired[paired > 0])):
        sizes, counts = np.unique(part, return_counts=True)
        shares = np.cumsum(counts[::-1])[::-1] / len(paired)
        places = np.concatenate([[0.0], sizes])
        heights = np.concatenate([shares, [0.0]])
        name = label if sign == 1 else "_"
        ax.step(sign * places, heights, where="post", linewidth=1.5, label=name, zorder=3, **style)
        tops.append(float(heights.max()))
    return max(tops)


def _mean(ax: Axes, row: int, found: Estimate, tallest: float, hollow: bool) -> None:
    place, hue = _ROW * tallest * (row + 0.9), HUES[row % len(HUES)]
    ends, mean = [float(found.low), float(found.high)], float(found.mean)
    ax.plot(ends, [place, place], color=hue, linewidth=4, solid_capstyle="butt", zorder=4)
    face = "white" if hollow else hue
    ax.plot(mean, place, "o", color=hue, markerfacecolor=face, markersize=4.5, mew=1.1, zorder=5)
