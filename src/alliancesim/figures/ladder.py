"""How do allies answer a call? Stacked shares of the rungs, by ally and arm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import (
    INK,
    PALE,
    heading,
    legend_below,
    new_axes,
    plain,
    played,
    supposed,
)
from alliancesim.narrative.formatting import number
from alliancesim.stats.paired import Estimate

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison

__all__ = ["Answers", "answers", "ladder"]

Floats = NDArray[np.float64]

RUNGS = ("force", "aid or a deployment", "words or nothing")
"""What is booked of an answer, from the highest: levels 4 and 5, 2 and 3, 0 and 1."""
_FILLS = (("#2f4a66", ""), ("#b9cbdc", ""), ("#ffffff", "////"))
_ALL, _MARK = "all states", "†"


@attrs.frozen
class Answers:
    """How an ally answered calls in war, in one arm.

    Parameters
    ----------
    ally, arm : str
        Whose answers; ``"all states"`` for those of everyone.
    calls : float
        Calls on it, mean of a world.
    force, aid : tuple of float
        Share of calls answered with limited force or more, and with material aid or more, each
        with its 95 % interval: estimate, low, high. NaN if there was no call.
    """

    ally: str
    arm: str
    calls: float
    force: tuple[float, float, float]
    aid: tuple[float, float, float]

    @property
    def shares(self) -> tuple[float, float, float]:
        """Shares of the rungs, from the highest; they add up to one."""
        return self.force[0], self.aid[0] - self.force[0], 1 - self.aid[0]


def answers(comparison: Comparison) -> tuple[Answers, ...]:
    """Return how calls were answered: by all states first, then by each focus state, arm by arm."""
    return tuple(
        _answers(comparison, ally, row)
        for ally in (_ALL, *comparison.tally.focus_states)
        for row in range(len(comparison.arms))
    )


def _answers(comparison: Comparison, ally: str, row: int) -> Answers:
    calls, aid, force = _booked(comparison, ally, row)
    shares = (Estimate.of_ratio(part, calls, comparison.design) for part in (force, aid))
    ends = [(float(s.mean), float(s.low), float(s.high)) for s in shares]
    return Answers(ally, comparison.arms[row], float(calls.mean()), ends[0], ends[1])


def _booked(comparison: Comparison, ally: str, row: int) -> Iterator[Floats]:
    """Yield calls, answers with aid or more, and answers with force, of each world."""
    values = comparison.tally.values
    if ally == _ALL:
        yield from (values(name)[:, row] for name in ("calls", "answered_aid", "answered_force"))
    else:
        own = ("calls_on", "answered_aid_by", "answered_force_by")
        yield from (values(name, ally)[:, row] for name in own)


@checked
@literal
def ladder(comparison: Comparison, *, ax: Axes | None = None) -> Axes:
    """Draw how allies answered when they were called in war, a bar an ally and arm.

    Three rungs are booked: force (limited or full), aid or a defensive deployment, and words or
    nothing. Lines over the edges between them are 95 % sampling intervals. Beside a bar stands
    how many calls it is made of; one without a call is left out. A broken edge and a dagger mark
    arms that are hypothetical.

    Parameters
    ----------
    comparison : Comparison
        One or more arms.
    ax : matplotlib Axes, optional
        Where to draw; a new figure of a fitting size by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes
    """
    found = answers(comparison)
    allies = tuple(dict.fromkeys(each.ally for each in found))
    places = [n + 0.7 * allies.index(each.ally) for n, each in enumerate(found)]
    ax = new_axes(ax, 7.2, 1.3 + 0.25 * (places[-1] + 1), comparison.scenario)
    for place, each in zip(places, found, strict=True):
        _bar(ax, place, each, supposed(comparison, each.arm))
    _finish(ax, comparison, found, places)
    return ax


def _name(comparison: Comparison, arm: str) -> str:
    return f"{arm} {_MARK}" if supposed(comparison, arm) else arm


def _bar(ax: Axes, place: float, found: Answers, hypothetical: bool) -> None:
    ax.annotate(
        number(found.calls) if found.calls else "none",
        (1.015, place),
        xycoords=ax.get_yaxis_transform(),
        va="center",
        fontsize=7.5,
        color=INK,
    )
    if not found.calls:
        return
    left = 0.0
    for share, (fill, hatch) in zip(found.shares, _FILLS, strict=True):
        bar = ax.barh(place, share, 0.72, left=left, color=fill, hatch=hatch, edgecolor=INK)
        for each in bar:
            each.set(linewidth=0.7, linestyle=(0, (2, 1.5)) if hypothetical else "-")
        left += share
    for rung, (edge, offset) in enumerate(((found.force, -0.12), (found.aid, 0.12))):
        ends = np.clip(edge[1:], 0, 1)
        ax.plot(ends, [place + offset] * 2, color="white", linewidth=3.6, zorder=3)
        ax.plot(ends, [place + offset] * 2, color=INK, linewidth=1.6, zorder=4, label=f"_{rung}")


def _finish(
    ax: Axes, comparison: Comparison, found: tuple[Answers, ...], places: list[float]
) -> None:
    ax.set_yticks(places, [_name(comparison, each.arm) for each in found], fontsize=8)
    arms = len(comparison.arms)
    for n in range(0, len(found), arms):
        whose = found[n].ally
        ax.annotate(
            whose,
            (0, places[n] - 0.42),
            xycoords=ax.get_yaxis_transform(),
            va="bottom",
            fontsize=8.5,
            fontweight="bold",
            color=INK,
        )
    ax.set_ylim(places[-1] + 0.6, -1.0)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_xlabel("share of calls in war; right: calls a world", fontsize=8.5)
    heading(ax, f"How allies answered calls, {played(comparison)}")
    plain(ax)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_color(PALE)
    handles = [
        Patch(facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.7, label=rung)
        for rung, (fill, hatch) in zip(RUNGS, _FILLS, strict=True)
    ]
    if any(supposed(comparison, arm) for arm in comparison.arms):
        handles.append(Patch(facecolor="none", edgecolor="none", label=f"{_MARK} hypothetical arm"))
    legend_below(ax, 0.42, handles, ncols=2)
