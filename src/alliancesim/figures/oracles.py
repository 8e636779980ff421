"""How far off the exact is what is simulated? A dot a number, in standard errors."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.validation.rows import BAND

if TYPE_CHECKING:
    from alliancesim.validation.rows import Verification

__all__ = ["oracles"]

_INK = "#1a1a1a"
_PALE = "#8c8c8c"
_ORACLE_INCHES = 0.062


@checked
@literal
def oracles(verification: Verification, ax: Axes | None = None) -> Axes:
    """Draw how far each simulated number lies off its exact counterpart, in standard errors.

    A dot a row, in the order of the table, grouped by submodel; hollow where nothing is drawn and
    the error is measured by what the method may make. The band is what is allowed; a dot beyond
    the axis stands at its edge.

    Parameters
    ----------
    verification : Verification
        What `alliancesim.validation.verify` found.
    ax : matplotlib Axes, optional
        Where to draw; a new figure of a fitting size by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes
        ``ax.figure.savefig("oracles.png", dpi=200)`` writes it.
    """
    rows = verification.rows
    if ax is None:
        height = 1.2 + _ORACLE_INCHES * len(rows)
        ax = Figure(figsize=(7.2, height), layout="constrained").add_subplot()
    ax.axvspan(-BAND, BAND, color=_PALE, alpha=0.18, linewidth=0)
    edge = BAND + 1.0
    for place, row in enumerate(rows):
        face = "white" if row.bound else _INK
        at = min(max(row.z, -edge), edge) if not math.isnan(row.z) else edge
        ax.plot(at, place, "o", color=_INK, markerfacecolor=face, markersize=3, mew=0.8, zorder=3)
    _finish_oracles(ax, verification, edge)
    return ax


def _finish_oracles(ax: Axes, verification: Verification, edge: float) -> None:
    names = [row.name for row in verification.rows]
    starts = [n for n, name in enumerate(names) if n == 0 or name != names[n - 1]]
    ends = [*starts[1:], len(names)]
    middles = [(start + end - 1) / 2 for start, end in zip(starts, ends, strict=True)]
    for start in starts[1:]:
        ax.axhline(start - 0.5, color=_PALE, linewidth=0.3)
    ax.axvline(0, color=_INK, linewidth=0.8, zorder=1)
    ax.set_yticks(middles, [names[start] for start in starts], fontsize=8)
    ax.set_ylim(len(names) - 0.3, -0.7)
    ax.set_xlim(-edge - 0.3, edge + 0.3)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=8)
    ax.set_xlabel(f"simulated less exact, in standard errors; the band is ±{BAND:g}", fontsize=8.5)
    for side in ("top", "left", "right"):
        ax.spines[side].set_visible(False)
    title = f"{len(names)} numbers, {verification.draws:,} draws where cheap"
    ax.set_title(
        f"{title}, seed {verification.seed}; hollow: nothing drawn", fontsize=9, loc="left"
    )
