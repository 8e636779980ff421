"""When: outcomes year by year in every arm, from the same worlds played to the end of each year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from alliancesim.comparison import runner
from alliancesim.comparison.estimates import design_of
from alliancesim.data.names import known_name
from alliancesim.errors import InvalidInput
from alliancesim.outcomes.metrics import METRICS
from alliancesim.outcomes.reduced import ReducedTally
from alliancesim.scenario import RunOptions
from alliancesim.stats.paired import Estimate

if TYPE_CHECKING:
    from alliancesim.comparison.result import Comparison
    from alliancesim.outcomes import Tally

__all__ = ["BY_YEAR", "by_year"]

BY_YEAR = (
    *("disputes", "wars", "focus_disputes_on", "focus_wars_on", "focus_wars_principal"),
    *("spending_share", "reputation"),
)
"""What is kept by year: counts of a year, mean spending in it, reputation at its end."""
_YEAR = 12


def by_year(comparison: Comparison, metrics: Sequence[str] = BY_YEAR) -> list[dict[str, Any]]:
    """Return a row for each metric, state in focus where it is of states, year and arm.

    A world that is played to the end of year 3 is the beginning of the same world played to the
    end of year 10, as each draw is a function of where it is used. So each year is what a run to
    its end has more than one to its beginning: no run of more memory than one, and some half as
    many months again for each year.

    Raises
    ------
    InvalidInput
        If a metric is none of `BY_YEAR`, or single worlds were not kept or not played by the model.
    """
    for name in metrics:
        known_name(name, BY_YEAR, what="metric by year", where="metrics")
    if isinstance(comparison.tally, ReducedTally):
        raise InvalidInput("moments alone", where="comparison", allowed="worlds kept one by one")
    return list(_rows(comparison, tuple(metrics)))


def _rows(comparison: Comparison, metrics: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    before: dict[str, Any] = {}
    horizon, start = comparison.scenario.horizon_months, comparison.scenario.start
    ends = [*range(_YEAR, horizon, _YEAR), horizon]
    for number, end in enumerate(ends, 1):
        tally = _until(comparison, end)
        months = end - (ends[number - 2] if number > 1 else 0)
        for name in metrics:
            now = np.asarray(tally.values(name), float)
            values, before[name] = _of_year(name, now, before.get(name, 0.0), end, months)
            for row in _means(comparison.tally, name, values):
                yield {
                    "year": number,
                    "from": start.year + (start.month - 1 + end - months) / 12,
                } | row


def _until(comparison: Comparison, end: int) -> Tally:
    """Return the outcomes of the same worlds at the end of a month."""
    if end == comparison.scenario.horizon_months:
        return comparison.tally
    tally = comparison.tally
    options = RunOptions(
        worlds=tally.worlds,
        seed=tally.seed,
        first_world=tally.first_world,
        worlds_per_draw=tally.worlds_per_draw,
        priors=tally.priors,
    )
    shorter = attrs.evolve(comparison.scenario, horizon_months=end)
    return runner.play(shorter, tally.arms, options)


def _of_year(name: str, now: Any, before: Any, end: int, months: int) -> tuple[Any, Any]:
    """Return what is of the year alone, and what the next year starts from."""
    if name == "reputation":
        return now, now
    total = now * end if METRICS[name].kind == "mean" else now
    values = total - before
    if METRICS[name].kind == "count" and (values < 0).any():
        raise InvalidInput(
            "its worlds are not those of the model",
            where="comparison",
            allowed="worlds that the engine plays",
        )
    return (values / months if METRICS[name].kind == "mean" else values), total


def _means(tally: Tally, name: str, values: Any) -> Iterator[dict[str, Any]]:
    """Yield a row for each arm and, of metrics of states, each state in focus."""
    design = design_of(tally)
    found = Estimate.of(values, design)
    of_states = METRICS[name].level == "focus"
    for place, arm in enumerate(tally.arms):
        for column, focus in enumerate(tally.focus_states if of_states else ("",)):
            at = (place, column) if of_states else (place,)
            yield {
                "metric": name,
                "focus": focus,
                "arm": arm,
                "mean": float(found.mean[at]),
                "low": float(found.low[at]),
                "high": float(found.high[at]),
                "unit": METRICS[name].unit,
            }
