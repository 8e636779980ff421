"""What moves a difference? The strongest drivers, as bars."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import INK, NARROW, PALE, heading, inches, new_axes, plain, title
from alliancesim.scenario.labels import label_or_name

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast

__all__ = ["drivers"]


@checked
@literal
def drivers(
    comparison: Comparison,
    metric: str,
    contrast: Contrast | tuple[str, str] | None = None,
    focus: str | None = None,
    *,
    ax: Axes | None = None,
    most: int = 8,
) -> Axes:
    """Draw the strongest drivers of a difference as bars, with what an idle input would score.

    Bars of priors that matter are dark and carry their 95 % interval; the broken line is the
    highest index that as many inputs without any part in the outcome would reach by chance.

    Parameters
    ----------
    comparison : Comparison
        A run with 8 worlds a draw or more.
    metric, contrast, focus
        As for `Comparison.drivers`.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default.
    most : int
        How many bars.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    InvalidInput
        If a name is unknown, or the run has no prior interval.
    """
    table = comparison.drivers(metric, contrast, focus)
    shown = table.dropna(subset=["index"])[:most]
    if ax is None:
        height = 1.35 + 0.36 * max(len(shown), 2)
        ax = new_axes(None, 7.8, height, comparison.scenario)
    for place, row in enumerate(shown.to_dict("records")):
        _bar(ax, place, row)
    if len(shown):
        ax.axvline(shown["dummy"].iloc[0], color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
    names = [textwrap.fill(label_or_name(comparison.scenario, name), 44) for name in shown["prior"]]
    ax.set_yticks(range(len(shown)), names, fontsize=8)
    ax.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    ax.set_xlim(left=0)
    ax.tick_params(axis="y", length=0)
    said = "share of the variance of the expected difference, explained alone"
    ax.set_xlabel(textwrap.fill(said, 26) if inches(ax)[0] < NARROW else said, fontsize=8.5)
    about = table.attrs
    heading(
        ax,
        f"{title(comparison, metric, contrast, focus)}\n"
        f"{100 * about['priors']:.0f} % of one world's variance is the priors', the rest sampling "
        "noise; broken line: chance",
    )
    plain(ax)
    return ax


def _bar(ax: Axes, place: int, row: dict[Any, Any]) -> None:
    face = INK if row["matters"] else "white"
    ax.barh(place, max(row["index"], 0), 0.6, color=face, edgecolor=PALE, alpha=0.75)
    if row["matters"]:
        ends = [max(row["low"], 0), row["high"]]
        ax.plot(ends, [place, place], color=PALE, linewidth=2.2, solid_capstyle="butt")
