"""Who against whom: what differs between two arms for each challenger and target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from alliancesim.comparison.estimates import Contrast, design_of
from alliancesim.data.names import look_up
from alliancesim.outcomes.metrics import ADVERSARY, METRICS
from alliancesim.outcomes.reduced import ReducedTally
from alliancesim.stats.paired import Design, Estimate

if TYPE_CHECKING:
    from alliancesim.outcomes import Tally

__all__ = ["PAIR_FIELDS", "by_pair"]

PAIR_FIELDS: tuple[str, ...] = tuple(ADVERSARY.names or ())
"""What is counted for every challenger and target."""


def by_pair(tally: Tally, what: str, contrast: Contrast) -> list[dict[str, Any]]:
    """Return a row for each challenger and target, those that change most first.

    Where the target is in focus, its worlds are kept one by one and there is a sampling interval;
    of other pairs only sums are kept.

    Parameters
    ----------
    tally : Tally
    what : str
        One of `PAIR_FIELDS`.
    contrast : Contrast

    Raises
    ------
    InvalidInput
        If nothing of that name is counted for pairs.
    """
    look_up(what, dict.fromkeys(PAIR_FIELDS), what="count of pairs")
    place, base = (tally.arms.index(name) for name in (contrast.arm, contrast.against))
    means = tally.pair_sum[what] / tally.worlds
    change = means[place] - means[base]
    total = float(np.abs(change).sum())
    found = _intervals(tally, what, place, base)
    rows: list[dict[str, Any]] = []
    for i, challenger in enumerate(tally.states):
        for j, target in enumerate(tally.states):
            if i == j or means[place, i, j] == means[base, i, j] == 0:
                continue
            low, high, effective = found.get((challenger, target), (np.nan,) * 3)
            rows.append({
                "challenger": challenger,
                "target": target,
                "arm": contrast.arm,
                "against": contrast.against,
                "arm_mean": float(means[place, i, j]),
                "against_mean": float(means[base, i, j]),
                "mean": float(change[i, j]),
                "low": low,
                "high": high,
                "effective_draws": effective,
                "share": abs(float(change[i, j])) / total if total else np.nan,
            })  # fmt: skip
    return sorted(rows, key=lambda row: -abs(row["mean"]))


def _intervals(
    tally: Tally, what: str, place: int, base: int
) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Return the intervals of the differences of pairs whose target is in focus."""
    (metric,) = (m for m in METRICS.values() if m.level == "adversary" and m.field == what)
    if metric.name not in tally.metrics:
        return {}
    if isinstance(tally, ReducedTally):
        found = tally.moments(metric.name).paired(place, base).estimate()
    else:
        values = tally.values(metric.name)
        design: Design = design_of(tally)
        found = Estimate.of(values[:, place] - values[:, base], design)
    return {
        (challenger, target): (
            float(found.low[row, column]),
            float(found.high[row, column]),
            float(found.effective[row, column]),
        )
        for row, target in enumerate(tally.focus_states)
        for column, challenger in enumerate(tally.states)
    }
