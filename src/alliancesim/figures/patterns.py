"""Does the model show what history shows? A band and a dot a pattern."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal

if TYPE_CHECKING:
    from alliancesim.validation.patterns import Finding, Validation

__all__ = ["patterns"]

_INK = "#1a1a1a"
_ROW_INCHES = 0.235
_BAND = "#c9d6e2"
_MISSED = "#b2182b"
_EDGE = 3.2
"""Where values farther out are drawn, in halves of a band from its middle."""


@checked
@literal
def patterns(validation: Validation, ax: Axes | None = None) -> Axes:
    """Draw each pattern's band as a bar, and what is simulated as a dot with its 95 % interval.

    Every row has a scale of its own, on which its band has the same width; what lies farther out
    is drawn at the edge, as an arrow. A band without a limit runs to the edge. Hollow dots are
    patterns that hold by construction or cannot fail; red ones are out of band.

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
    face = ink if finding.pattern.role in ("fitted", "test") else "white"
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
        ("simulated: fitted, or a test", _INK, _INK),
        ("holds by construction, or cannot fail", _INK, "white"),
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
