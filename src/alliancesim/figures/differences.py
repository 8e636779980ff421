"""What does a pact change, and how surely? Paired differences, a row a metric."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import INK, PALE, heading, new_axes
from alliancesim.narrative.formatting import number, plus_minus
from alliancesim.outcomes.metrics import METRICS

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast

__all__ = ["DEFAULT", "differences"]

DEFAULT = (
    "focus_disputes_on_expected",
    "focus_wars_on_expected",
    "focus_wars_principal_expected",
    "focus_wars_involving",
    "wars_expected",
    "disputes_by_expected",
)
"""Metrics drawn unless others are named."""

_PRESET_MARKS = "v^"
"""Marks of the presets that a run mixes, in their order."""
_ROW_INCHES = 0.235
_HEADING_ROWS = 1.35
"""Rows that a contrast's heading takes, with the space above it."""


@attrs.frozen
class _Scale:
    """How a difference becomes a place on the axis."""

    unit: str

    @property
    def relative(self) -> bool:
        return not self.unit

    @property
    def label(self) -> str:
        if self.relative:
            return "difference, in % of the mean in the arm compared with"
        return f"difference [{self.unit}]"

    def place(self, row: dict[Hashable, Any], column: str) -> float:
        base = abs(row["against_mean"])
        if not self.relative:
            return float(row[column])
        return float(100 * row[column] / base) if base > 0 else math.nan


@checked
@literal
def differences(
    comparison: Comparison, ax: Axes | None = None, metrics: Sequence[str] | None = None
) -> Axes:
    """Draw paired differences between arms with their intervals, grouped by contrast.

    The thick line is the 95 % sampling interval; the thin one, where worlds enough were played
    for each draw of the parameters, is the central 95 % of the expected difference over their
    priors. Hollow marks belong to arms that are hypothetical. Where the run mixes two presets, a
    triangle is the difference under each of them.

    Parameters
    ----------
    comparison : Comparison
        Two or more arms, compared.
    ax : matplotlib Axes, optional
        Where to draw; a new figure of a fitting size by default, which pyplot does not know.
    metrics : sequence of str, optional
        Names of metrics of worlds or focus states, from top to bottom. If all have one unit the
        axis is in it; otherwise each difference is a percentage of the metric's mean in the arm
        compared with, and stands beside its row in its own unit.

    Returns
    -------
    matplotlib Axes
        ``ax.figure.savefig("differences.png", dpi=200)`` writes it.

    Raises
    ------
    InvalidInput
        If there is no such metric.
    """
    found = comparison.differences(DEFAULT if metrics is None else metrics)
    scale = _Scale(_common_unit(metrics))
    rows = found.to_dict("records")
    if ax is None:
        ax = new_axes(None, 7.2, _inches(len(rows), len(comparison.contrasts)), comparison.scenario)
    place = 0.0
    ticks: list[tuple[float, str]] = []
    for contrast in comparison.contrasts:
        hollow = bool(_hypothetical(comparison) & {contrast.arm, contrast.against})
        _head(ax, place, contrast, hollow)
        place += _HEADING_ROWS - 0.35
        for row in rows:
            if (row["arm"], row["against"]) == (contrast.arm, contrast.against):
                _draw(ax, place, row, scale, hollow)
                _draw_presets(ax, place, row, comparison, scale)
                ticks.append((place, _name(row)))
                place += 1
        place += 0.35
    _finish(ax, comparison, scale, ticks)
    return ax


def _common_unit(metrics: Sequence[str] | None) -> str:
    units = {METRICS[name].unit for name in metrics or DEFAULT}
    return units.pop() if len(units) == 1 else ""


def _hypothetical(comparison: Comparison) -> set[str]:
    return {arm.name for arm in comparison.scenario.arms if arm.hypothetical}


def _inches(rows: int, contrasts: int) -> float:
    return 1.5 + _ROW_INCHES * (rows + _HEADING_ROWS * contrasts)


def _head(ax: Axes, place: float, contrast: Contrast, hollow: bool) -> None:
    text = f"{contrast}" + (" (hypothetical)" if hollow else "")
    ax.annotate(
        text,
        (0.012, place),
        xycoords=ax.get_yaxis_transform(),
        va="center",
        fontsize=8.5,
        fontweight="bold",
        color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        zorder=2,
    )
    ax.axhline(place - 0.55, color=PALE, linewidth=0.5)


def _draw(ax: Axes, place: float, row: dict[Hashable, Any], scale: _Scale, hollow: bool) -> None:
    low, mean, high, least, most = (
        scale.place(row, column) for column in ("low", "mean", "high", "prior_low", "prior_high")
    )
    if not math.isnan(mean):
        ax.plot([least, most], [place, place], color=INK, linewidth=0.9, zorder=2)
        ax.plot([least, most], [place, place], "|", color=INK, markersize=5, zorder=2)
        ax.plot(
            [low, high], [place, place], color=INK, linewidth=4, solid_capstyle="butt", zorder=3
        )
        face = "white" if hollow else INK
        ax.plot(
            mean, place, "o", color=INK, markerfacecolor=face, markersize=4.5, mew=1.1, zorder=4
        )
    ax.annotate(
        _beside(row),
        (1.015, place),
        xycoords=ax.get_yaxis_transform(),
        va="center",
        fontsize=7.5,
        color=INK,
    )


def _draw_presets(
    ax: Axes, place: float, row: dict[Hashable, Any], comparison: Comparison, scale: _Scale
) -> None:
    """Draw the difference under each preset that the run mixes, on the axis of the whole."""
    keys = ("metric", "arm", "against")
    for each in comparison.preset_rows:
        if not row["focus"] and all(each[key] == row[key] for key in keys):
            at = scale.place({**row, "mean": each["mean"]}, "mean")
            mark = _PRESET_MARKS[_presets(comparison).index(each["preset"])]
            ax.plot(at, place + 0.26, mark, color=INK, markerfacecolor="white", ms=4, zorder=3)


def _presets(comparison: Comparison) -> list[str]:
    """Return the presets that a run mixes, in order."""
    return [*dict.fromkeys(each["preset"] for each in comparison.preset_rows)]


def _beside(row: dict[Hashable, Any]) -> str:
    half = (row["high"] - row["low"]) / 2
    difference = plus_minus(row["mean"], half) if half > 0 else number(row["mean"], sign=True)
    return f"{difference} on {number(row['against_mean'])} {row['unit']}"


def _name(row: dict[Hashable, Any]) -> str:
    metric = METRICS[row["metric"]]
    mark = "*" if metric.kind == "expectation" else ""
    return f"{row['focus']}: {metric.label}{mark}" if row["focus"] else f"{metric.label}{mark}"


def _finish(
    ax: Axes, comparison: Comparison, scale: _Scale, ticks: list[tuple[float, str]]
) -> None:
    ax.axvline(0, color=INK, linewidth=0.8, zorder=1)
    ax.set_yticks([place for place, _ in ticks], [name for _, name in ticks], fontsize=8)
    ax.set_ylim(ticks[-1][0] + 0.7, -0.55)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=8)
    ax.set_xlabel(scale.label, fontsize=8.5)
    ax.xaxis.grid(True, color=PALE, linewidth=0.3, alpha=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "left", "right"):
        ax.spines[side].set_visible(False)
    heading(ax, _title(comparison), 9.5)
    below = ScaledTranslation(0, -0.5, ax.figure.dpi_scale_trans)
    ax.legend(
        handles=_key(comparison),
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=ax.transAxes + below,
        ncols=2,
        fontsize=7.5,
        frameon=False,
    )


def _title(comparison: Comparison) -> str:
    scenario = comparison.scenario
    return (
        f"{scenario.title}\n{scenario.horizon_months} months from {scenario.start:%B %Y}, "
        f"{comparison.worlds:,} worlds in each arm, seed {comparison.seed}"
    )


def _key(comparison: Comparison) -> list[Line2D]:
    handles = [Line2D([], [], color=INK, linewidth=4, label="95 % sampling interval")]
    if not comparison.design.no_prior_interval:
        label = "central 95 % over the parameters' priors"
        handles.append(Line2D([], [], color=INK, linewidth=0.9, label=label))
    for shape, name in zip(_PRESET_MARKS, _presets(comparison), strict=False):
        label = f"allies as reliable as in the preset {name}"
        handle = Line2D([], [], color=INK, marker=shape, linestyle="", label=label)
        handle.set(markersize=4, markerfacecolor="white")
        handles.append(handle)
    if _hypothetical(comparison) & set(comparison.arms):
        mark = Line2D([], [], color=INK, marker="o", linestyle="", label="with a hypothetical arm")
        mark.set(markersize=5, markerfacecolor="white")
        handles.append(mark)
    handles.append(Line2D([], [], linestyle="", label="* conditional expectation, not a count"))
    handles.append(Line2D([], [], linestyle="", label="illustrative, not predictive"))
    return handles
