"""When? An outcome year by year, a line for each arm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.figures._literal import literal
from alliancesim.figures._style import DASHES, HUES, heading, legend_below, named, new_axes, plain
from alliancesim.outcomes.metrics import METRICS

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison

__all__ = ["years"]


@checked
@literal
def years(
    comparison: Comparison,
    metric: str = "focus_wars_principal",
    *,
    focus: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the mean of an outcome in each year, a line for each arm, with its sampling interval.

    Parameters
    ----------
    comparison : Comparison
    metric : str
        One that `Comparison.by_year` has.
    focus : str, optional
        Whose, for spending and reputation; by default the first state in focus.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    InvalidInput
        If the metric or the state is not kept by year.
    """
    table = comparison.by_year([metric])
    known = list(dict.fromkeys(table["focus"]))
    chosen = known[0] if focus is None else focus
    if chosen not in known:
        allowed = ", ".join(filter(None, known)) or "none for this metric"
        raise InvalidInput(f"no state {chosen!r}", where="focus", allowed=allowed)
    ax = new_axes(ax, 6.4, 3.4, comparison.scenario)
    rows = table[table["focus"] == chosen]
    for place, arm in enumerate(comparison.arms):
        own = rows[rows["arm"] == arm]
        hue, dash = HUES[place % len(HUES)], DASHES[place % len(DASHES)]
        ax.plot(own["from"], own["mean"], color=hue, ls=dash, label=named(comparison, arm))
        ax.fill_between(own["from"], own["low"], own["high"], color=hue, alpha=0.12, lw=0)
    plain(ax)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("year that begins", fontsize=8.5)
    ax.set_ylabel(f"{METRICS[metric].unit} a year", fontsize=8.5)
    if METRICS[metric].kind in ("mean", "share"):
        ax.set_ylabel(METRICS[metric].unit, fontsize=8.5)
    whose = f"{chosen}: " if chosen else ""
    heading(
        ax,
        f"{whose}{METRICS[metric].label}, year by year\n"
        "shaded: 95 % sampling interval of each arm by itself",
    )
    legend_below(ax, 0.45, ncols=2)
    return ax
