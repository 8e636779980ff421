"""Means and paired differences of a run as tables of one row a number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.data.names import known_name
from alliancesim.errors import InvalidInput
from alliancesim.outcomes import Tally
from alliancesim.outcomes.metrics import METRICS, Level, Metric
from alliancesim.outcomes.reduced import ReducedTally
from alliancesim.stats.paired import Design, Difference, Estimate, difference
from alliancesim.stats.verdict import Verdict, grade

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "INTERVAL",
    "Contrast",
    "chosen",
    "contrast_of",
    "contrasts",
    "design_of",
    "differences",
    "focus_of",
    "means",
    "plain",
    "records",
    "table",
    "verdict_of",
    "war_shares",
]

Spot = tuple[int, ...]
INTERVAL = ("mean", "low", "high", "effective_draws")
"""Columns from which a sampling interval is printed."""


@attrs.frozen
class Contrast:
    """A pair of arms: what `arm` changes `against` another.

    Parameters
    ----------
    arm, against : str
        Names of the two arms.
    """

    arm: str
    against: str

    def __str__(self) -> str:
        return f"{self.arm} − {self.against}"


def contrasts(arms: Sequence[str], reference: str) -> tuple[Contrast, ...]:
    """Return each arm against the one before it, then against the reference, none twice."""
    pairs = [(later, earlier) for earlier, later in pairwise(arms)]
    if reference in arms:
        pairs += [(arm, reference) for arm in arms if arm != reference]
    ahead = (Contrast(*(pair[::-1] if pair[0] == reference else pair)) for pair in pairs)
    return tuple(dict.fromkeys(ahead))


def contrast_of(
    arms: Sequence[str], reference: str, given: Contrast | tuple[str, str] | None
) -> Contrast:
    """Return a contrast of arms as asked for, the first by default; refuse what is none."""
    if given is None:
        return contrasts(arms, reference)[0]
    allowed = f"two different arms of {', '.join(arms)}"
    if isinstance(given, Contrast):
        given = (given.arm, given.against)
    if not isinstance(given, (tuple, list)) or len(given) != 2 or given[0] == given[1]:
        raise InvalidInput(f"{given!r}", where="contrast", allowed=allowed)
    for name in given:
        known_name(name, arms, what="arm", where="contrast")
    return Contrast(*given)


def focus_of(focus_states: Sequence[str], metric: Metric, given: str | None) -> str:
    """Return whose value is asked for, empty for a metric of worlds; refuse what does not fit."""
    if metric.level == "world" and given is None:
        return ""
    if metric.level == "focus" and given in focus_states:
        return str(given)
    allowed = "none" if metric.level == "world" else ", ".join(focus_states)
    if metric.level == "adversary":
        allowed = "a metric of worlds or focus states"
    raise InvalidInput(f"{given!r} for {metric.name}", where="focus", allowed=allowed)


def chosen(
    names: Sequence[str] | None, levels: Sequence[Level], tally: Tally | None = None
) -> list[Metric]:
    """Return the metrics named, or all of some levels; refuse one that is unknown or not there."""
    recorded = tuple(METRICS) if tally is None else tally.metrics
    if names is None:
        return [METRICS[name] for name in recorded if METRICS[name].level in levels]
    if not names:
        raise InvalidInput("none is named", where="metrics", allowed="one or more, or None for all")
    return [METRICS[known_name(name, recorded, what="metric", where="metrics")] for name in names]


def design_of(tally: Tally) -> Design:
    """Return which worlds of a tally share a draw of the parameters."""
    return Design(tally.worlds, tally.worlds_per_draw, tally.first_world, tally.priors)


def means(tally: Tally, metrics: Sequence[Metric]) -> list[dict[str, Any]]:
    """Return a row for each metric, arm and state: the mean and its sampling interval."""
    return [
        row
        for metric in metrics
        for place in range(len(tally.arms))
        for row in _mean_rows(tally, metric, place)
    ]


def _mean_rows(tally: Tally, metric: Metric, place: int) -> Iterator[dict[str, Any]]:
    found = _estimate(tally, metric, place)
    for spot, states in _spots(tally, metric):
        yield {
            "metric": metric.name,
            **states,
            "arm": tally.arms[place],
            "unit": metric.unit,
            "kind": metric.kind,
            "mean": float(found.mean[spot]),
            "low": float(found.low[spot]),
            "high": float(found.high[spot]),
            "effective_draws": float(found.effective[spot]),
        }


def _estimate(tally: Tally, metric: Metric, place: int) -> Estimate:
    if isinstance(tally, ReducedTally):
        return tally.moments(metric.name).estimate(place)
    return Estimate.of(tally.values(metric.name)[:, place], design_of(tally))


def differences(
    tally: Tally, metrics: Sequence[Metric], pairs: Sequence[Contrast]
) -> list[dict[str, Any]]:
    """Return a row for each metric, contrast and state: the difference and how sure it is."""
    return [
        row
        for metric in metrics
        for contrast in pairs
        for row in _difference_rows(tally, metric, contrast)
    ]


def _difference_rows(tally: Tally, metric: Metric, pair: Contrast) -> Iterator[dict[str, Any]]:
    found, arm_mean, against_mean = _difference(tally, metric, pair)
    for spot, states in _spots(tally, metric):
        numbers = _numbers(found, spot)
        yield {
            "metric": metric.name,
            **states,
            "arm": pair.arm,
            "against": pair.against,
            "unit": metric.unit,
            "kind": metric.kind,
            "arm_mean": float(arm_mean[spot]),
            "against_mean": float(against_mean[spot]),
            **numbers,
            "verdict": verdict_of(metric, numbers, tally.worlds).grade,
        }


def _difference(
    tally: Tally, metric: Metric, pair: Contrast
) -> tuple[Difference, NDArray[np.float64], NDArray[np.float64]]:
    """Return a difference, and the means of both arms."""
    places = [tally.arms.index(name) for name in (pair.arm, pair.against)]
    if isinstance(tally, ReducedTally):
        moments = tally.moments(metric.name)
        found = moments.difference(places[0], places[1], design_of(tally))
        arm_mean, against_mean = (moments.mean(place) for place in places)
        return found, arm_mean, against_mean
    values = tally.values(metric.name)
    arm, other = (values[:, place] for place in places)
    found = difference(arm, other, design_of(tally))
    return found, arm.mean(axis=0), other.mean(axis=0)


def war_shares(tally: Tally, horizon: int) -> NDArray[np.float64]:
    """Return in what share of worlds, 0 to 1, the focus has a war within the horizon, by arm."""
    if isinstance(tally, ReducedTally):
        return tally.worlds_with_war / tally.worlds
    first = tally.values("first_war")
    return np.asarray((first < horizon).mean(axis=0))


def verdict_of(metric: Metric, row: Mapping[str, Any], worlds: int) -> Verdict:
    """Return the verdict on a row of `differences`, of so many worlds in each arm."""
    return grade(
        row["low"],
        row["high"],
        row["positive"],
        round(row["worlds_differing"] * worlds),
        count=metric.kind == "count",
    )


def _numbers(found: Difference, spot: Spot) -> dict[str, float]:
    columns = {
        "mean": found.sampling.mean,
        "low": found.sampling.low,
        "high": found.sampling.high,
        "effective_draws": found.sampling.effective,
        "prior_low": found.prior_low,
        "prior_high": found.prior_high,
        "prior_low_error": found.prior_low_error,
        "prior_high_error": found.prior_high_error,
        "positive": found.positive,
        "noise_share": found.noise_share,
        "variance_factor": found.variance_factor,
        "variance_factor_shared_priors": found.variance_factor_shared_priors,
        "worlds_differing": found.differing,
        "worlds_needed": found.needed,
    }
    return {name: float(values[spot]) for name, values in columns.items()}


def _spots(tally: Tally, metric: Metric) -> Iterator[tuple[Spot, dict[str, str]]]:
    """Yield each place in one world's values of a metric, and the states it belongs to."""
    if metric.level == "world":
        yield (), {"focus": "", "adversary": ""}
        return
    for row, focus in enumerate(tally.focus_states):
        if metric.level == "focus":
            yield (row,), {"focus": focus, "adversary": ""}
            continue
        for column, state in enumerate(tally.states):
            yield (row, column), {"focus": focus, "adversary": state}


def table(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as a table of pandas."""
    import pandas as pd

    return pd.DataFrame(list(rows))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain dicts, with None for a number that does not exist."""
    return plain(
        [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
    )


def plain(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with None for a number that does not exist."""

    def known(value: Any) -> Any:
        return None if isinstance(value, float) and not math.isfinite(value) else value

    return [{key: known(value) for key, value in row.items()} for row in rows]
