"""What figures share: inks, and what frames a drawing."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from alliancesim.comparison.drivers import question

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast

INK, PALE = "#1a1a1a", "#8c8c8c"


def title(
    comparison: Comparison,
    metric: str,
    contrast: Contrast | tuple[str, str] | None,
    member: str | None,
) -> str:
    """Return what is asked: whose metric, between which arms, and whether one is hypothetical."""
    asked = question(comparison, metric, contrast, member)
    arms = {asked.contrast.arm, asked.contrast.against}
    marked = any(a.hypothetical and a.name in arms for a in comparison.scenario.arms)
    who = f"{asked.member}: " if asked.member else ""
    hypothetical = " (hypothetical)" if marked else ""
    return textwrap.fill(f"{who}{asked.metric.label}, {asked.contrast}{hypothetical}", 64)


def plain(ax: Axes) -> None:
    """Leave the left and lower side of a frame alone."""
    ax.tick_params(labelsize=8)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
