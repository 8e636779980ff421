"""Figures worth printing: a result and an axes in, the axes out."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from alliancesim.comparison.numbers import number, plus_minus
from alliancesim.figures_network import network
from alliancesim.figures_of_priors import drivers, flip
from alliancesim.figures_of_strength import strength
from alliancesim.figures_timeline import timeline
from alliancesim.metrics import METRICS
from alliancesim.validation.rows import BAND

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast
    from alliancesim.validation.patterns import Finding, Validation
    from alliancesim.validation.rows import Verification

__all__ = [
    "DEFAULT",
    "differences",
    "drivers",
    "flip",
    "formats",
    "network",
    "oracles",
    "patterns",
    "strength",
    "timeline",
]

DEFAULT = (
    "member_disputes_on_expected",
    "member_wars_on_expected",
    "member_wars_principal_expected",
    "member_wars_involving",
    "wars_expected",
    "disputes_by_expected",
)
"""Metrics drawn unless others are named."""

_INK = "#1a1a1a"
_PALE = "#8c8c8c"
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


def differences(
    comparison: Comparison, ax: Axes | None = None, metrics: Sequence[str] | None = None
) -> Axes:
    """Draw paired differences between arms with their intervals, grouped by contrast.

    The thick line is the 95 % sampling interval; the thin one, where worlds enough were played
    for each draw of the parameters, is the central 95 % of the expected difference over their
    priors. Hollow marks belong to arms that are hypothetical.

    Parameters
    ----------
    comparison : Comparison
        Two or more arms, compared.
    ax : matplotlib Axes, optional
        Where to draw; a new figure of a fitting size by default, which pyplot does not know.
    metrics : sequence of str, optional
        Names of metrics of worlds or members, from top to bottom. If all have one unit the axis
        is in it; otherwise each difference is a percentage of the metric's mean in the arm
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
        ax = _new_axes(len(rows), len(comparison.contrasts))
    place = 0.0
    ticks: list[tuple[float, str]] = []
    for contrast in comparison.contrasts:
        hollow = bool(_hypothetical(comparison) & {contrast.arm, contrast.against})
        _head(ax, place, contrast, hollow)
        place += _HEADING_ROWS - 0.35
        for row in rows:
            if (row["arm"], row["against"]) == (contrast.arm, contrast.against):
                _draw(ax, place, row, scale, hollow)
                ticks.append((place, _name(row)))
                place += 1
        place += 0.35
    _finish(ax, comparison, scale, ticks)
    return ax


def formats() -> tuple[str, ...]:
    """Return the endings of files that a figure can be saved in, such as ``png``."""
    return tuple(sorted(Figure().canvas.get_supported_filetypes()))


def _common_unit(metrics: Sequence[str] | None) -> str:
    units = {METRICS[name].unit for name in metrics or DEFAULT}
    return units.pop() if len(units) == 1 else ""


def _hypothetical(comparison: Comparison) -> set[str]:
    return {arm.name for arm in comparison.scenario.arms if arm.hypothetical}


def _new_axes(rows: int, contrasts: int) -> Axes:
    height = 1.5 + _ROW_INCHES * (rows + _HEADING_ROWS * contrasts)
    return Figure(figsize=(7.2, height), layout="constrained").add_subplot()


def _head(ax: Axes, place: float, contrast: Contrast, hollow: bool) -> None:
    text = f"{contrast}" + (" (hypothetical)" if hollow else "")
    ax.annotate(
        text,
        (0.012, place),
        xycoords=ax.get_yaxis_transform(),
        va="center",
        fontsize=8.5,
        fontweight="bold",
        color=_INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        zorder=2,
    )
    ax.axhline(place - 0.55, color=_PALE, linewidth=0.5)


def _draw(ax: Axes, place: float, row: dict[Hashable, Any], scale: _Scale, hollow: bool) -> None:
    low, mean, high, least, most = (
        scale.place(row, column) for column in ("low", "mean", "high", "prior_low", "prior_high")
    )
    if not math.isnan(mean):
        ax.plot([least, most], [place, place], color=_INK, linewidth=0.9, zorder=2)
        ax.plot([least, most], [place, place], "|", color=_INK, markersize=5, zorder=2)
        ax.plot(
            [low, high], [place, place], color=_INK, linewidth=4, solid_capstyle="butt", zorder=3
        )
        face = "white" if hollow else _INK
        ax.plot(
            mean, place, "o", color=_INK, markerfacecolor=face, markersize=4.5, mew=1.1, zorder=4
        )
    ax.annotate(
        _beside(row),
        (1.015, place),
        xycoords=ax.get_yaxis_transform(),
        va="center",
        fontsize=7.5,
        color=_INK,
    )


def _beside(row: dict[Hashable, Any]) -> str:
    half = row["high"] - row["mean"]
    difference = plus_minus(row["mean"], half) if half > 0 else number(row["mean"], sign=True)
    return f"{difference} on {number(row['against_mean'])} {row['unit']}"


def _name(row: dict[Hashable, Any]) -> str:
    metric = METRICS[row["metric"]]
    mark = "*" if metric.kind == "expectation" else ""
    return f"{row['member']}: {metric.label}{mark}" if row["member"] else f"{metric.label}{mark}"


def _finish(
    ax: Axes, comparison: Comparison, scale: _Scale, ticks: list[tuple[float, str]]
) -> None:
    ax.axvline(0, color=_INK, linewidth=0.8, zorder=1)
    ax.set_yticks([place for place, _ in ticks], [name for _, name in ticks], fontsize=8)
    ax.set_ylim(ticks[-1][0] + 0.7, -0.55)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=8)
    ax.set_xlabel(scale.label, fontsize=8.5)
    ax.xaxis.grid(True, color=_PALE, linewidth=0.3, alpha=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "left", "right"):
        ax.spines[side].set_visible(False)
    ax.set_title(_title(comparison), fontsize=9.5, loc="left")
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
    title = textwrap.fill(scenario.title, 78)
    return (
        f"{title}\n{scenario.horizon_months} months from {scenario.start:%B %Y}, "
        f"{comparison.worlds:,} worlds in each arm, seed {comparison.seed}"
    )


def _key(comparison: Comparison) -> list[Line2D]:
    handles = [Line2D([], [], color=_INK, linewidth=4, label="95 % sampling interval")]
    if not comparison.design.no_prior_interval:
        label = "central 95 % over the parameters' priors"
        handles.append(Line2D([], [], color=_INK, linewidth=0.9, label=label))
    if _hypothetical(comparison) & set(comparison.arms):
        mark = Line2D([], [], color=_INK, marker="o", linestyle="", label="with a hypothetical arm")
        mark.set(markersize=5, markerfacecolor="white")
        handles.append(mark)
    handles.append(Line2D([], [], linestyle="", label="* conditional expectation, not a count"))
    handles.append(Line2D([], [], linestyle="", label="illustrative, not predictive"))
    return handles


# -- patterns ------------------------------------------------------------------------------------

_BAND = "#c9d6e2"
_MISSED = "#b2182b"
_EDGE = 3.2
"""Where values farther out are drawn, in halves of a band from its middle."""


def patterns(validation: Validation, ax: Axes | None = None) -> Axes:
    """Draw each pattern's band as a bar, and what is simulated as a dot with its 95 % interval.

    Every row has a scale of its own, on which its band has the same width; what lies farther out
    is drawn at the edge, as an arrow. A band without a limit runs to the edge. Hollow dots are
    patterns that hold by construction; red ones are out of band.

    Parameters
    ----------
    validation : Validation
        What `alliancesim.validation.patterns.validate` returned.
    ax : matplotlib Axes, optional
        Where to draw; a new figure of a fitting size by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes
    """
    found = [each for each in validation.findings if _can_be_drawn(each)]
    if ax is None:
        size = (10.5, 1.6 + _ROW_INCHES * len(found))
        ax = Figure(figsize=size, layout="constrained").add_subplot()
    for place, finding in enumerate(found):
        _draw_finding(ax, place, finding)
    names = [f"{each.pattern.claim} ({each.pattern.id}, {each.world})" for each in found]
    ax.set_yticks(range(len(found)), names, fontsize=7.5)
    _finish_patterns(ax, validation, len(found))
    return ax


def _can_be_drawn(finding: Finding) -> bool:
    return finding.pattern.banded and math.isfinite(finding.low)


def _draw_finding(ax: Axes, place: int, finding: Finding) -> None:
    left, right, scaled = _on_its_band(finding)
    ax.barh(place, right - left, left=left, height=0.72, color=_BAND, zorder=1)
    if left == right:
        ax.plot([left, left], [place - 0.36, place + 0.36], color=_BAND, linewidth=3, zorder=1)
    low, value, high = (max(-_EDGE, min(_EDGE, scaled(each))) for each in _three(finding))
    ink = _MISSED if finding.verdict == "missed" else _INK
    face = "white" if finding.pattern.role == "input" else ink
    mark = {-_EDGE: "<", _EDGE: ">"}.get(value, "o")
    ax.plot([low, high], [place, place], color=ink, linewidth=1.6, zorder=2)
    ax.plot(value, place, mark, color=ink, markerfacecolor=face, markersize=4.5, zorder=3)
    from alliancesim.validation.patterns import band, simulated

    ax.annotate(
        f"{simulated(finding)};  {band(finding.pattern)}",
        (1.015, place),
        xycoords=ax.get_yaxis_transform(),
        va="center",
        fontsize=7,
        color=ink,
    )


def _three(finding: Finding) -> tuple[float, float, float]:
    return finding.low, finding.value, finding.high


def _on_its_band(finding: Finding) -> tuple[float, float, Callable[[float], float]]:
    """Return where the band begins and ends, and the scale on which it does."""
    low, high = finding.pattern.low, finding.pattern.high
    if low is not None and high is not None:
        middle, half = (low + high) / 2, (high - low) / 2
        ends = (-1.0, 1.0) if half > 0 else (0.0, 0.0)
        return *ends, lambda value: (value - middle) / (half or 1.0)
    edge = low if low is not None else high or 0.0
    unit = max(abs(each - edge) for each in _three(finding)) / 2 or 1.0
    if low is not None:
        return -1.0, _EDGE, lambda value: (value - edge) / unit - 1.0
    return -_EDGE, 1.0, lambda value: (value - edge) / unit + 1.0


def _finish_patterns(ax: Axes, validation: Validation, rows: int) -> None:
    ax.set_ylim(rows - 0.4, -0.6)
    ax.set_xlim(-_EDGE - 0.15, _EDGE + 0.15)
    ax.set_xticks([])
    ax.tick_params(axis="y", length=0)
    for side in ("top", "left", "right", "bottom"):
        ax.spines[side].set_visible(False)
    ax.set_title(
        "What history shows, and what the model shows\n"
        f"{validation.worlds:,} worlds a run, seed {validation.seed}, preset {validation.preset}; "
        "each row on a scale of its own",
        fontsize=9.5,
        loc="left",
    )
    ax.legend(
        handles=_pattern_key(),
        loc="upper center",
        bbox_to_anchor=(0.5, -0.005),
        ncols=5,
        fontsize=7.5,
        frameon=False,
    )


def _pattern_key() -> list[Line2D]:
    dots = (
        ("simulated: set against it, or a test", _INK, _INK),
        ("holds by construction", _INK, "white"),
        ("out of band", _MISSED, _MISSED),
    )
    return [
        Line2D([], [], color=_BAND, linewidth=7, label="band"),
        Line2D([], [], color=_INK, linewidth=1.6, label="95 % interval"),
        *(
            Line2D([], [], color=ink, markerfacecolor=face, marker="o", ls="", ms=4.5, label=label)
            for label, ink, face in dots
        ),
    ]


_ORACLE_INCHES = 0.062


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
