"""Of 100 decades, in how many is there a war? A square each, arm beside arm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from alliancesim.comparison.answer import contrast_asked, futures
from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import INK, NARROW, heading, inches, named, new_axes

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast

__all__ = ["decades", "shares_of_100"]

KINDS = ("no war in either", "war in both", "war only in {against}", "war only in {arm}")
COLOURS = ("#e6e6e6", "#8c8c8c", "#4393c3", "#b2182b")
HATCHES = ("", "", "///", "xxx")
_SIDE = 10
SCREEN, PHONE = (6.4, 3.4), (3.9, 5.0)
"""Width and height in inches."""


def shares_of_100(comparison: Comparison, contrast: Contrast) -> tuple[int, int, int, int]:
    """Return of 100 worlds, how many have a war in neither arm, both, the second only, the first.

    Parameters
    ----------
    comparison : Comparison
    contrast : Contrast
        The arm and the arm compared with; a war is one begun against or by a state in focus.

    Returns
    -------
    tuple of int
        Four numbers that add up to 100, rounded by largest remainders, in the order of `KINDS`.
    """
    first = comparison.tally.values("first_war")
    horizon = comparison.scenario.horizon_months
    arm, against = (
        first[:, comparison.arms.index(name)] < horizon for name in (contrast.arm, contrast.against)
    )
    exact = [
        100 * float(np.mean(those))
        for those in (~arm & ~against, arm & against, ~arm & against, arm & ~against)
    ]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(4), key=lambda k: whole[k] - exact[k])
    for k in by_remainder[: 100 - sum(whole)]:
        whole[k] += 1
    none, both, without, with_it = whole
    return none, both, without, with_it


@checked
@literal
def decades(
    comparison: Comparison,
    contrast: Contrast | tuple[str, str] | None = None,
    *,
    narrow: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw 100 squares, each one of 100 worlds, by whether there is a war in either of two arms.

    Parameters
    ----------
    comparison : Comparison
    contrast : Contrast or pair of str, optional
        The arm and the arm compared with; by default what the first screen answers.
    narrow : bool
        Draw a figure for a telephone, its key below; axes given decide by their own width.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    InvalidInput
        If there is no such arm.
    """
    pair = contrast_asked(comparison, contrast)
    counts = shares_of_100(comparison, pair)
    ax = new_axes(ax, *(PHONE if narrow else SCREEN), comparison.scenario)
    kinds = [kind for kind, count in enumerate(counts) for _ in range(count)]
    for place, kind in enumerate(kinds):
        column, row = place % _SIDE, place // _SIDE
        square = Rectangle(
            (column, _SIDE - 1 - row), 0.86, 0.86,
            facecolor=COLOURS[kind], hatch=HATCHES[kind], edgecolor="white", linewidth=0.4,
        )  # fmt: skip
        ax.add_patch(square)
    ax.set_xlim(-0.2, _SIDE)
    ax.set_ylim(-0.2, _SIDE)
    ax.set_aspect("equal")
    ax.set_axis_off()
    ax.legend(
        handles=[
            Patch(
                facecolor=COLOURS[kind], hatch=HATCHES[kind], edgecolor="white",
                label=f"{count}  {KINDS[kind].format(arm=pair.arm, against=pair.against)}",
            )
            for kind, count in enumerate(counts)
        ],
        **_key(ax), frameon=False, fontsize=8.5,
    )  # fmt: skip
    many = futures(comparison.scenario.horizon_months)
    heading(
        ax,
        f"Of 100 {many}: a war begun against or by the states followed\n"
        f"{named(comparison, pair.arm)} against {named(comparison, pair.against)}",
    )
    ax.title.set_color(INK)
    return ax


def _key(ax: Axes) -> dict[str, Any]:
    """Return where the key stands: beside the squares, below them where the place is narrow."""
    if inches(ax)[0] < NARROW:
        return {"loc": "upper left", "bbox_to_anchor": (0.0, 0.0)}
    return {"loc": "center left", "bbox_to_anchor": (1.0, 0.5)}
