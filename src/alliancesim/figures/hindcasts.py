"""Were its forecasts of past years right? Calibration, gains on naive forecasts, and ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import INK, PALE, heading, plain
from alliancesim.history.rendering import NAMES

if TYPE_CHECKING:
    from alliancesim.history.result import Hindcast

__all__ = ["hindcasts"]

LEAST = 2e-4
"""Where the axes of calibration begin; bins below are drawn at the edge."""


@checked
@literal
def hindcasts(found: Hindcast) -> Figure:
    """Draw how forecasts of a hindcast compare with what happened.

    Above, disputes of pairs: the share seen against the forecast, bin by bin, with Wilson's 95 %
    intervals; and what the model gains on each naive forecast, in thousandths of a log score a
    case, with 95 % intervals over pairs. Below, the same of allies that are called, over disputes,
    and where states' disputes lie among those of the worlds.

    Parameters
    ----------
    found : Hindcast
        With onsets; calls are drawn where there are any.

    Returns
    -------
    matplotlib Figure
    """
    figure = Figure(figsize=(10.0, 7.4), layout="constrained")
    axes = figure.subplots(2, 3, width_ratios=(1.0, 1.25, 1.0))
    onsets = found.scores["onsets"]["originators"]
    calls = found.scores.get("calls")
    _calibration(axes[0, 0], onsets, "New disputes of a pair in a year")
    _gains(axes[0, 1], onsets, "pairs")
    _counts(axes[0, 2], found)
    if calls:
        _calibration(axes[1, 0], calls, "An ally joins a call")
        _gains(axes[1, 1], calls, "disputes")
    else:
        axes[1, 0].set_axis_off()
        axes[1, 1].set_axis_off()
    _ranks(axes[1, 2], found.scores["ranks"])
    years = f"{found.years[0]} to {found.years[1]}, {found.window} years from each origin"
    figure.suptitle(
        f"Forecasts of {years}, from earlier years alone. Illustrative, not a forecast.",
        fontsize=9.5,
        x=0.01,
        ha="left",
    )
    return figure


def _calibration(ax: Axes, scored: dict[str, Any], title: str) -> None:
    rows = scored["bins"]
    ax.plot([LEAST, 1.0], [LEAST, 1.0], color=PALE, linewidth=0.8)
    for row in rows:
        at, seen = max(row["forecast"], LEAST), max(row["seen"], LEAST)
        ends = [max(row[each], LEAST) for each in ("seen_low", "seen_high")]
        ax.plot([at, at], ends, color=INK, linewidth=1.2)
        face = INK if row["events"] else "white"
        ax.plot(at, seen, "o", color=INK, markerfacecolor=face, markersize=4)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(0.7 * LEAST, 1.2)
    ax.set_ylim(0.7 * LEAST, 1.2)
    ax.set_xlabel("forecast", fontsize=8)
    ax.set_ylabel("share seen", fontsize=8)
    heading(ax, f"{title}: {scored['events']:.0f} of {scored['cases']:,}")
    plain(ax)


def _gains(ax: Axes, scored: dict[str, Any], clusters: str) -> None:
    named = [name for name in scored["forecasts"] if name != "probability"]
    for place, name in enumerate(named):
        middle, low, high = (
            1000 * each for each in scored["forecasts"][name][f"better_{clusters}"]
        )
        ax.plot([low, high], [place, place], color=INK, linewidth=1.6)
        ax.plot(middle, place, "o", color=INK, markersize=4)
    ax.axvline(0.0, color=PALE, linewidth=0.8)
    ax.set_yticks(range(len(named)), [NAMES[name] for name in named], fontsize=8)
    ax.set_ylim(len(named) - 0.5, -0.5)
    ax.set_xlabel("log score gained a case, thousandths", fontsize=8)
    heading(ax, f"What the model gains on, 95 % over {clusters}")
    plain(ax)


def _counts(ax: Axes, found: Hindcast) -> None:
    table = found.predictions.onsets
    expected = table.groupby("origin")["probability"].sum()
    seen = found.scores["seen_by_origin"]
    place = range(len(expected))
    ax.plot(place, expected.to_numpy(), "_", color=INK, markersize=14, label="expected")
    ax.plot(place, [seen[year] for year in expected.index], "o", color=INK, ms=4, label="seen")
    ax.set_xticks(list(place), [str(year) for year in expected.index], fontsize=8)
    ax.set_xlim(-0.5, len(expected) - 0.5)
    ax.set_ylim(bottom=0.0)
    ax.legend(fontsize=7.5, frameon=False)
    heading(ax, "Pair-years with a new dispute, by origin")
    plain(ax)


def _ranks(ax: Axes, ranks: dict[str, Any]) -> None:
    counts = ranks["histogram"]
    ax.bar([(k + 0.5) / len(counts) for k in range(len(counts))], counts, 0.09, color=PALE)
    ax.axhline(ranks["states"] / len(counts), color=INK, linewidth=0.8)
    ax.set_xlabel("rank among worlds", fontsize=8)
    heading(ax, "Disputes of a state in a window")
    plain(ax)
