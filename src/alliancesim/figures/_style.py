"""What figures share: inks, and what frames a drawing."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from alliancesim.comparison.drivers import question
from alliancesim.scenario.age import facts_known

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast
    from alliancesim.scenario import Scenario

INK, PALE = "#1a1a1a", "#8c8c8c"
NARROW = 4.5
"""Axes whose place is narrower than so many inches, as in a column of print, say less."""
DASHES: tuple[Any, ...] = ("-", (0, (5, 1.6)), (0, (1, 1.1)), (0, (6, 1.5, 1, 1.5)))
HUES = ("#1a1a1a", "#b35806", "#542788", "#1b7837")
"""Of lines in one drawing: told apart by their dashes in grey, by hue in colour as well."""


def new_axes(ax: Axes | None, width: float, height: float, scenario: Scenario) -> Axes:
    """Return the axes given, or those of a new figure of a size in inches; see `new_figure`."""
    if ax is not None:
        return ax
    return new_figure(width, height, scenario).add_subplot()


def new_figure(width: float, height: float, scenario: Scenario) -> Figure:
    """Return a figure of a size in inches that says below to which day its facts go."""
    below = 0.18  # inches, for the line
    figure = Figure(figsize=(width, height + below), layout="constrained")
    words = facts_known(scenario)
    figure.supxlabel(words, x=0.99, ha="right", fontsize=6.5, color=PALE)
    return figure


def inches(ax: Axes) -> tuple[float, float]:
    """Return how wide and tall the axes' place in the figure is, labels and all, in inches."""
    figure, spec = ax.figure, ax.get_subplotspec()
    rows, columns = (1, 1) if spec is None else spec.get_gridspec().get_geometry()
    return figure.bbox.width / figure.dpi / columns, figure.bbox.height / figure.dpi / rows


def heading(ax: Axes, text: str, size: float = 9) -> None:
    """Set a title above the left end of the axes that breaks where its place or the figure ends."""
    wide = inches(ax)[0]
    if wide < 0.9 * ax.figure.bbox.width / ax.figure.dpi:
        most = max(20, int(0.85 * wide * 72 / (0.53 * size)))
        text = "\n".join(textwrap.fill(line, most) for line in text.split("\n"))
    ax.set_title(text, fontsize=size, loc="left", wrap=True)


def legend_below(ax: Axes, below: float, handles: Sequence[Any] | None = None, **how: Any) -> None:
    """Put the key under the axes, so many inches below their lower edge."""
    down = ScaledTranslation(0, -below, ax.figure.dpi_scale_trans)
    if handles is not None:
        how["handles"] = handles
    place: dict[str, Any] = {"loc": "upper center", "bbox_to_anchor": (0.5, 0)}
    how |= {"bbox_transform": ax.transAxes + down, "fontsize": 7.5, "frameon": False}
    ax.legend(**place, **how)


def supposed(comparison: Comparison, *arms: str) -> bool:
    """Tell whether any of some arms is hypothetical."""
    return any(arm.hypothetical and arm.name in arms for arm in comparison.scenario.arms)


def named(comparison: Comparison, arm: str) -> str:
    """Return an arm's name, marked if it is hypothetical."""
    return f"{arm} (hypothetical)" if supposed(comparison, arm) else arm


def played(comparison: Comparison) -> str:
    """Return how many worlds were played, and from which seed."""
    return f"{comparison.worlds:,} worlds in each arm, seed\xa0{comparison.seed}"


def title(
    comparison: Comparison,
    metric: str,
    contrast: Contrast | tuple[str, str] | None,
    focus: str | None,
) -> str:
    """Return what is asked: whose metric, between which arms, and whether one is hypothetical."""
    asked = question(comparison, metric, contrast, focus)
    arms = {asked.contrast.arm, asked.contrast.against}
    marked = any(a.hypothetical and a.name in arms for a in comparison.scenario.arms)
    who = f"{asked.focus}: " if asked.focus else ""
    hypothetical = " (hypothetical)" if marked else ""
    return f"{who}{asked.metric.label}, {asked.contrast}{hypothetical}"


def plain(ax: Axes) -> None:
    """Leave the left and lower side of a frame alone."""
    ax.tick_params(labelsize=8)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
