"""What a reader of a comparison should be careful of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from alliancesim.comparison.estimates import chosen
from alliancesim.outcomes import Tally
from alliancesim.outcomes.metrics import HEADLINES, METRICS, Metric
from alliancesim.outcomes.reduced import ReducedTally
from alliancesim.stats.paired import ENOUGH_DRAWS, ENOUGH_WORLDS, MOST_NOISE
from alliancesim.stats.verdict import ENOUGH_EVENTS

if TYPE_CHECKING:
    from alliancesim.comparison.result import Comparison

__all__ = ["cautions"]


def cautions(comparison: Comparison) -> Iterator[str]:
    """Yield sentences: the run's length, arms that are alike, metrics pinned, rare or noisy."""
    tally = comparison.tally
    if comparison.interrupted:
        yield f"interrupted: {comparison.worlds:,} of {comparison.asked:,} worlds"
    yield from _alike(tally)
    yield from _fortunate(comparison)
    idle = _idle(comparison)
    for metric in chosen(None, ("world", "focus"), tally):
        if not metric.check and metric.name not in idle:
            yield from _pinned(tally, metric)
            yield from _rare(tally, metric)


def _idle(comparison: Comparison) -> set[str]:
    """Return metrics that nothing in the arms played could move, which is no cause for caution."""
    scenario, names = comparison.scenario, comparison.tally.arms
    found: set[str] = set()
    if not any(scenario.arm(name).negotiation or scenario.arm(name).notice for name in names):
        found.add("memberships_changed")
    if not any(treaty.form.at_will for name in names for treaty in scenario.treaties_in(name)):
        found.add("guarantees_withdrawn")
    if not any(
        state.nuclear_warheads.value or state.nuclear_warheads.prior for state in scenario.states
    ):
        found |= {name for name in METRICS if "nuclear" in name}
    return found


def _alike(tally: Tally) -> Iterator[str]:
    for second in range(1, len(tally.arms)):
        for first in range(second):
            if not _differ(tally, first, second):
                yield f"{tally.arms[first]} and {tally.arms[second]} never differ"


def _differ(tally: Tally, first: int, second: int) -> bool:
    if isinstance(tally, ReducedTally):
        moments = map(tally.moments, tally.metrics)
        return any(each.paired(second, first).differing.any() for each in moments)
    return not all(
        np.array_equal(rows[:, first], rows[:, second])
        for rows in (tally.world, tally.focus, tally.adversary)
    )


def _pinned(tally: Tally, metric: Metric) -> Iterator[str]:
    if isinstance(tally, ReducedTally):
        moments = tally.moments(metric.name)
        constant = moments.constant
        ends = moments.zeros + moments.ones == tally.worlds_per_draw
    else:
        values = tally.values(metric.name)
        alike = values.size and np.all(values == values.flat[0])
        constant = float(values.flat[0]) if alike else None
        ends = np.isin(values, (0.0, 1.0))
    if constant is not None:
        yield f"{metric.name} is {constant:g} in every world"
    elif metric.kind == "share":
        for place, arm in enumerate(tally.arms):
            if ends[:, place].all():
                yield f"{metric.name} is pinned at 0 or 1 in {arm}"


def _rare(tally: Tally, metric: Metric) -> Iterator[str]:
    """Warn of counts with few worlds that have any; none at all is told by `_pinned`."""
    if metric.kind != "count":
        return
    if isinstance(tally, ReducedTally):
        happened = tally.worlds - tally.moments(metric.name).zeros.sum(axis=0)
    else:
        happened = np.count_nonzero(tally.values(metric.name), axis=0)
    few = np.argwhere((happened < ENOUGH_EVENTS) & (happened.max() > 0))
    places = [_place(tally, spot, int(happened[tuple(spot)])) for spot in few]
    if places:
        yield f"seen in few worlds: {_both(metric)}: {', '.join(places)}"


def _both(metric: Metric) -> str:
    """Return a metric as tables call it, with the name it is asked for by."""
    return metric.label if metric.label == metric.name else f"{metric.label} ({metric.name})"


def _place(tally: Tally, spot: np.ndarray[tuple[int], np.dtype[np.intp]], worlds: int) -> str:
    names = [tally.arms[spot[0]], *(tally.focus_states[i] for i in spot[1:])]
    return f"{worlds} world{'' if worlds == 1 else 's'} of {' '.join(names)}"


def _fortunate(comparison: Comparison) -> Iterator[str]:
    reason = comparison.design.no_prior_interval
    if reason:
        yield f"no prior interval: {reason}" + (
            f"; play {ENOUGH_WORLDS} or more worlds a draw (worlds_per_draw={ENOUGH_WORLDS}, "
            f"--worlds-per-draw {ENOUGH_WORLDS}), and {ENOUGH_DRAWS} draws or more"
            if comparison.design.priors
            else ""
        )
        return
    noisy = [
        row["metric"]
        for row in comparison.difference_rows
        if row["noise_share"] > MOST_NOISE and row["metric"] in HEADLINES
    ]
    if noisy:
        names = ", ".join(_both(METRICS[name]) for name in dict.fromkeys(noisy))
        yield (
            "no prior interval in one contrast or more, as sampling noise is most of the spread: "
            f"{names}; more worlds a draw would tell"
        )
