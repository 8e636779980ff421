"""Figures of who gains by a pact: by member, by order of joining, by what each brings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from alliancesim.coalition_value.contributions import LEVELS, Level
from alliancesim.coalition_value.rendering import SCALE
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.figures._literal import literal
from alliancesim.figures._style import (
    INK,
    NARROW,
    PALE,
    heading,
    inches,
    legend_below,
    new_axes,
    new_figure,
)

if TYPE_CHECKING:
    from alliancesim.coalition_value import Gains
    from alliancesim.scenario import Scenario

__all__ = ["members", "report", "shapley", "worth"]

_ROW_INCHES = 0.27
_BREAK = "\n"
_AXIS = "thousandths of a stake a year"

Row = dict[Any, Any]


@checked
@literal
def members(gains: Gains, ax: Axes | None = None) -> Axes:
    """Draw what each state's welfare gains by the pact of the parties, and by that of all members.

    The thick line is the 95 % sampling interval; the thin one the central 95 % of the expected
    difference over the priors, where it can be told. Hollow marks are hypothetical.

    Parameters
    ----------
    gains : Gains
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib Axes
    """
    shown = [gains.pact.words(each) for each in gains.pact.judged]
    table = gains.welfare()
    rows = [row for name in shown for row in table[table["coalition"] == name].to_dict("records")]
    names = [f"{row['coalition']}: {row['state']}" for row in rows]
    ax = _rows(ax, gains, rows, names, [row["hypothetical"] for row in rows])
    return _finish(ax, "Who gains: welfare with the pact less without it", "difference")


@checked
@literal
def shapley(gains: Gains, ax: Axes | None = None) -> Axes:
    """Draw members' Shapley values as bars, with what each adds as the last to join as a mark.

    Parameters
    ----------
    gains : Gains
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib Axes
    """
    rows = gains.shapley().to_dict("records")
    added = gains.marginals()
    ax = _axes(ax, len(rows), gains.pact.scenario)
    for place, row in enumerate(rows):
        ax.barh(place, SCALE * row["mean"], 0.62, color="#d0d0d0", edgecolor=PALE, zorder=1)
        _intervals(ax, place, row)
        others = gains.pact.words(set(gains.members) - {row["state"]})
        last = added[(added["state"] == row["state"]) & (added["joins"] == others)]
        mark: dict[str, Any] = {
            "marker": "D",
            "color": "white",
            "markeredgecolor": INK,
            "markersize": 6,
        }
        ax.plot(SCALE * last["mean"], [place], linestyle="", zorder=5, **mark)
    _named(ax, [row["state"] for row in rows])
    supposed = " (hypothetical)" if gains.pact.hypothetical(gains.pact.judged[-1]) else ""
    title = f"What each adds to the pact of {', '.join(gains.members)}{supposed}"
    bar = Line2D([], [], color="#d0d0d0", linewidth=7, label="Shapley value")
    last_in = Line2D([], [], marker="D", color="white", markeredgecolor=INK, label="as the last")
    return _finish(ax, title, "welfare of all members", (bar, last_in))


@checked
@literal
def worth(gains: Gains, ax: Axes | None = None, level: Level = "others") -> Axes:
    """Draw what each contribution adds to the value of the pact of all members.

    Parameters
    ----------
    gains : Gains
        With contributions at that level.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default.
    level : {"others", "median"}
        What it is compared with: the median of the other members, or of all.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    InvalidInput
        If no contribution was valued at that level.
    """
    table = gains.worth()
    rows = [
        row
        for row in table.to_dict("records")
        if row["outcome"] == "value" and row["level"] == level
    ]
    if not rows:
        known = ", ".join(each for each in LEVELS if len(table) and each in set(table["level"]))
        problem = f"no contributions at the level {level!r}"
        raise InvalidInput(problem, where="level", allowed=known or "a run with contributions")
    supposed = gains.pact.hypothetical(gains.pact.judged[-1])
    names = [f"{row['state']}: {row['contribution']}" for row in rows]
    ax = _rows(ax, gains, rows, names, [supposed] * len(rows))
    of = {"others": "of the other members", "median": "of all members"}[level]
    title = f"What a contribution adds to the pact, against the median {of}"
    return _finish(ax, title, "welfare of all members")


@checked
@literal
def report(gains: Gains) -> Figure:
    """Return a page with all three, one below the other."""
    panels = [members, shapley, *([worth] if _has(gains, "others") else [])]
    heights = [3 + 2 * len(gains.pact.followed), 3 + len(gains.members), 3 + len(gains.worths) / 2]
    size = (7.4, _ROW_INCHES * sum(heights[: len(panels)]) + 1.4)
    figure = new_figure(*size, gains.pact.scenario)
    ratios = heights[: len(panels)]
    axes = figure.subplots(len(panels), 1, gridspec_kw={"height_ratios": ratios}, squeeze=False)
    for draw, ax in zip(panels, axes[:, 0], strict=True):
        draw(gains, ax)
        if draw is not panels[-1] and ax.get_legend() and draw is not shapley:
            ax.get_legend().remove()
    design = gains.design
    figure.suptitle(
        f"{gains.pact.treaty.id} in {gains.pact.scenario.name}: {design.worlds:,} worlds in each "
        f"arm, {design.worlds_per_draw:,} a draw, seed {gains.seed}\n"
        "illustrative, not predictive; the weights of welfare are priors",
        fontsize=9.5,
        x=0.01,
        ha="left",
    )
    return figure


def _has(gains: Gains, level: Level) -> bool:
    return any(each.level == level for each in gains.worths)


def _axes(ax: Axes | None, rows: int, scenario: Scenario) -> Axes:
    return new_axes(ax, 7.4, 1.5 + _ROW_INCHES * rows, scenario)


def _rows(
    ax: Axes | None, gains: Gains, rows: list[Row], names: list[str], hollow: list[bool]
) -> Axes:
    ax = _axes(ax, len(rows), gains.pact.scenario)
    for place, row in enumerate(rows):
        _intervals(ax, place, row)
        face = "white" if hollow[place] else INK
        mark: dict[str, Any] = {"color": INK, "markerfacecolor": face, "markersize": 5, "mew": 1.1}
        ax.plot(SCALE * row["mean"], place, "o", zorder=4, **mark)
    _named(ax, names)
    return ax


def _intervals(ax: Axes, place: int, row: Row) -> None:
    low, high, least, most = (
        SCALE * row[each] for each in ("low", "high", "prior_low", "prior_high")
    )
    if math.isfinite(least):
        ax.plot([least, most], [place, place], "|-", color=INK, lw=0.9, markersize=5, zorder=2)
    ends: dict[str, Any] = {"color": INK, "linewidth": 4, "solid_capstyle": "butt", "zorder": 3}
    ax.plot([low, high], [place, place], **ends)
    if math.isnan(row["positive"]):
        return
    said = f"P(> 0) {row['positive']:.2f}"
    spot: dict[str, Any] = {
        "xycoords": ax.get_yaxis_transform(),
        "va": "center",
        "fontsize": 7.5,
        "color": INK,
    }
    ax.annotate(said, (1.015, place), **spot)


def _named(ax: Axes, names: list[str]) -> None:
    ax.set_yticks(range(len(names)), names, fontsize=8)
    ax.set_ylim(len(names) - 0.4, -0.6)


def _finish(ax: Axes, title: str, what: str, more: tuple[Line2D, ...] = ()) -> Axes:
    ax.axvline(0, color=INK, linewidth=0.8, zorder=1)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=8)
    ax.xaxis.grid(True, color=PALE, linewidth=0.3, alpha=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "left", "right"):
        ax.spines[side].set_visible(False)
    heading(ax, title)
    narrow = inches(ax)[0] < NARROW
    columns = (2 if more else 1) if narrow else (4 if more else 3)
    ax.set_xlabel(f"{what}{_BREAK if narrow else ' '}[{_AXIS}]", fontsize=8.5)
    legend_below(ax, 0.55 if narrow else 0.42, (*more, *_key(bool(more))), ncols=columns)
    return ax


def _key(short: bool) -> tuple[Line2D, ...]:
    sampling = Line2D([], [], color=INK, linewidth=4, label="95 % sampling")
    prior = Line2D([], [], color=INK, linewidth=0.9, label="central 95 % over priors")
    mark: dict[str, Any] = {
        "marker": "o",
        "linestyle": "",
        "color": INK,
        "markerfacecolor": "white",
    }
    supposed = Line2D([], [], label="hypothetical", **mark)
    return (sampling, prior) if short else (sampling, prior, supposed)
