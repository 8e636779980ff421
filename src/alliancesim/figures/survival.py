"""How long does peace last? The share of worlds without a war so far, by arm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import MultipleLocator, PercentFormatter
from numpy.typing import NDArray

from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import (
    DASHES,
    HUES,
    NARROW,
    heading,
    inches,
    named,
    new_axes,
    plain,
    played,
    supposed,
)
from alliancesim.stats.paired import Estimate

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison

__all__ = ["at_peace", "survival"]


def at_peace(comparison: Comparison, arm: str) -> tuple[NDArray[np.int64], Estimate]:
    """Return the share of worlds without a war begun by or on the focus so far, month by month.

    Parameters
    ----------
    comparison : Comparison
    arm : str
        Name of an arm that was played.

    Returns
    -------
    months : int array, shape (horizon + 1,)
        Whole months since the start, 0 to the horizon.
    share : Estimate
        Shares from 1 downwards, each with its 95 % interval, which rests on the draws where
        worlds share them. No world is lost from sight before the horizon, so the estimator of
        Kaplan and Meier is this share.
    """
    months = np.arange(comparison.scenario.horizon_months + 1)
    first = comparison.tally.values("first_war")[:, comparison.arms.index(arm)]
    waiting = (first[:, None] >= months).astype(np.float64)
    return months, Estimate.of(waiting, comparison.design)


@checked
@literal
def survival(comparison: Comparison, *, ax: Axes | None = None) -> Axes:
    """Draw the share of worlds in which no war was begun by or on the focus so far, by arm.

    Bands are pointwise 95 % intervals of each arm alone. As the arms are played in the same
    worlds, bands that overlap do not say that the arms do not differ: `differences` does, with
    the metric ``first_war``. Lines that end hollow belong to arms that are hypothetical.

    Parameters
    ----------
    comparison : Comparison
        One or more arms.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes
    """
    ax = new_axes(ax, 6.4, 3.9, comparison.scenario)
    for row, arm in enumerate(comparison.arms):
        _line(ax, comparison, row, arm)
    horizon = comparison.scenario.horizon_months
    ax.set_xlim(0, horizon * 1.02)
    ax.set_ylim(0, 1.02)
    ax.xaxis.set_major_locator(MultipleLocator(_step(horizon, inches(ax)[0])))
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_xlabel(f"months since {comparison.scenario.start:%B %Y}", fontsize=8.5)
    ax.set_ylabel("share of worlds without a war so far", fontsize=8.5)
    text = f"Until the first war begun by or on the focus, {played(comparison)}"
    heading(ax, text)
    ax.yaxis.grid(True, linewidth=0.3, alpha=0.6)
    plain(ax)
    key = ax.legend(fontsize=7.5, frameon=False, loc="lower left", handlelength=3.2)
    key.set_title(f"after {horizon} months", FontProperties(size=7.5))
    key.set_alignment("left")
    return ax


def _step(horizon: int, wide: float) -> int:
    """Return after how many months the axis has a mark: whole years, or less if it is short."""
    most = max(2, int(1.6 * wide))
    unit = 12 if horizon >= 24 else 1
    return unit * max(1, -(-horizon // (unit * most)))


def _line(ax: Axes, comparison: Comparison, row: int, arm: str) -> None:
    months, share = at_peace(comparison, arm)
    hue = HUES[row % len(HUES)]
    band: dict[str, Any] = {"step": "post", "color": hue, "alpha": 0.13, "linewidth": 0}
    ax.fill_between(months, share.low.clip(0), share.high.clip(max=1), **band)
    last, half = 100 * float(share.mean[-1]), 100 * float(share.high[-1] - share.mean[-1])
    name = named(comparison, arm)
    name = name.replace(" (", "\n(") if inches(ax)[0] < NARROW else name
    label = f"{name}: {last:.1f} ± {half:.1f} %"
    dashes = DASHES[row % len(DASHES)]
    ax.step(
        months, share.mean, where="post", color=hue, linestyle=dashes, linewidth=1.5, label=label
    )
    face = "white" if supposed(comparison, arm) else hue
    ax.plot(months[-1], share.mean[-1], "o", color=hue, markerfacecolor=face, markersize=4.5)
