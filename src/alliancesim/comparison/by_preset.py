"""What differs under each view that a prior of two parts mixes: each preset beside the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from alliancesim import catalogue
from alliancesim.comparison.estimates import Contrast
from alliancesim.data.priors import TwoNormals
from alliancesim.outcomes.metrics import Metric
from alliancesim.outcomes.reduced import ReducedTally
from alliancesim.stats.paired import Design, Estimate, by_draw

if TYPE_CHECKING:
    from alliancesim.outcomes import Tally
    from alliancesim.scenario import Scenario

__all__ = ["by_preset", "parts"]


def parts(scenario: Scenario, tally: Tally) -> dict[str, NDArray[np.bool_]]:
    """Return which draws of a run belong to which preset, by name; empty if it mixes none.

    A run mixes presets where a parameter is drawn from a prior of two parts, each around the value
    that a preset gives it.
    """
    for parameter in scenario.parameters:
        prior = parameter.prior
        recorded = parameter.name in (tally.draws.dtype.names or ())
        if not recorded or not tally.priors or not isinstance(prior, TwoNormals):
            continue
        upper = tally.draws[parameter.name] > prior.between
        named = {
            name: upper if value == prior.high_mean else ~upper
            for name in catalogue.names("presets")
            for key, value in catalogue.preset(name).values
            if key == parameter.name and prior.around(value) is not None
        }
        if len(named) == 2:
            return named
    return {}


def by_preset(
    scenario: Scenario, tally: Tally, metrics: Sequence[Metric], pairs: Sequence[Contrast]
) -> Iterator[dict[str, Any]]:
    """Yield a row for each preset, metric of worlds and contrast: the difference in its draws.

    Only draws that were played in full count.
    """
    skipped = int(-tally.first_world % tally.worlds_per_draw > 0)
    for name, chosen in parts(scenario, tally).items():
        for metric in metrics:
            means = _draw_means(tally, metric.name)
            for pair in pairs:
                arm, against = (
                    means[:, tally.arms.index(each)] for each in (pair.arm, pair.against)
                )
                inside = chosen[skipped : skipped + len(arm)]
                yield {
                    "preset": name,
                    "metric": metric.name,
                    "arm": pair.arm,
                    "against": pair.against,
                    "unit": metric.unit,
                    "draws": int(inside.sum()),
                    **_numbers(arm[inside], against[inside]),
                }


def _draw_means(tally: Tally, metric: str) -> NDArray[np.float64]:
    """Return the mean of each whole draw in every arm."""
    if isinstance(tally, ReducedTally):
        return tally.moments(metric).total / tally.worlds_per_draw
    design = Design(tally.worlds, tally.worlds_per_draw, tally.first_world, tally.priors)
    means: NDArray[np.float64] = by_draw(tally.values(metric), design).mean(axis=1)
    return means


def _numbers(arm: NDArray[np.float64], against: NDArray[np.float64]) -> dict[str, float]:
    if len(arm) < 2:
        names = ("against_mean", "mean", "low", "high", "effective_draws")
        return dict.fromkeys(names, float("nan"))
    found = Estimate.of(arm - against, Design(len(arm)))
    return {
        "against_mean": float(against.mean()),
        "mean": float(found.mean),
        "low": float(found.low),
        "high": float(found.high),
        "effective_draws": float(found.effective),
    }
