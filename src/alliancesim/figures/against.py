"""Who against whom: how much more or less each challenges each, between two arms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from alliancesim.comparison.answer import contrast_asked
from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import INK, PALE, heading, named, new_axes
from alliancesim.narrative.formatting import number

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast

__all__ = ["against"]

LABELS = {"disputes": "disputes", "wars": "wars", "war_months": "months of war"}
LEAST = 0.02
"""Share of the largest change below which a cell has no number."""


@checked
@literal
def against(
    comparison: Comparison,
    contrast: Contrast | tuple[str, str] | None = None,
    *,
    what: str = "wars_expected",
    most: int = 10,
    ax: Axes | None = None,
) -> Axes:
    """Draw the change of each challenger against each target as a table of shaded cells.

    Shown are the states with a part in the largest changes, challengers in rows, targets in
    columns. Red is more and blue is less; the number in a cell says how much, over the horizon.

    Parameters
    ----------
    comparison : Comparison
    contrast : Contrast or pair of str, optional
        The arm and the arm compared with; by default what the first screen answers.
    what : str
        What is counted: ``"disputes"``, ``"wars"``, either with ``_expected``, or
        ``"war_months"``.
    most : int
        How many of the largest changes choose the states that are shown.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    InvalidInput
        If there is no such arm, or nothing of that name is counted for pairs.
    """
    pair = contrast_asked(comparison, contrast)
    table = comparison.by_pair(what, pair)
    rows = [row for row in table.to_dict("records") if row["mean"]][:most]
    challengers = sorted({row["challenger"] for row in rows})
    targets = sorted({row["target"] for row in rows})
    change = {(row["challenger"], row["target"]): row["mean"] for row in table.to_dict("records")}
    cells = np.array([[change.get((i, j), 0.0) for j in targets] for i in challengers])
    size = 0.62
    ax = new_axes(
        ax, 2.6 + size * max(len(targets), 4), 1.7 + size * 0.62 * len(challengers),
        comparison.scenario,
    )  # fmt: skip
    end = float(np.abs(cells).max()) if cells.size else 1.0
    if cells.size:
        ax.imshow(cells, cmap="RdBu_r", vmin=-end, vmax=end, aspect="auto")
    for i, by in enumerate(challengers):
        for j, on in enumerate(targets):
            value = cells[i, j]
            if by == on:
                ax.text(j, i, "·", ha="center", va="center", color=PALE)
            elif abs(value) >= LEAST * end:
                pale = abs(value) > 0.6 * end
                ax.text(
                    j, i, number(value, _places(end), sign=True),
                    ha="center", va="center", fontsize=7.5, color="white" if pale else INK,
                )  # fmt: skip
    name = {state.id: state.name for state in comparison.scenario.states}
    ax.set_xticks(range(len(targets)), [name[on] for on in targets], rotation=35, ha="right")
    ax.set_yticks(range(len(challengers)), [name[by] for by in challengers])
    ax.tick_params(length=0, labelsize=8)
    ax.set_xlabel("target", fontsize=8.5)
    ax.set_ylabel("challenger", fontsize=8.5)
    for side in ax.spines.values():
        side.set_visible(False)
    counted = LABELS[what.removesuffix("_expected")]
    heading(
        ax,
        f"Change in {counted}, {named(comparison, pair.arm)} − {named(comparison, pair.against)}",
    )
    return ax


def _places(end: float) -> int:
    return max(0, min(4, 1 - int(np.floor(np.log10(end))))) if end > 0 else 0
