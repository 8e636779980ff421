"""Outcomes as a labelled data set, one variable a metric, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from alliancesim.data.arguments import checked
from alliancesim.outcomes import Tally
from alliancesim.outcomes.metrics import (
    ADVERSARY,
    FOCUS,
    LEVELS,
    METRICS,
    PAIR,
    WORLD,
    Level,
    Metric,
)
from alliancesim.outcomes.tally import names_of

if TYPE_CHECKING:
    import xarray as xr

    from alliancesim.scenario import Scenario

__all__ = ["from_dataset", "to_dataset"]

_UNITS = {metric.field: metric.unit for metric in METRICS.values() if metric.level == "adversary"}
_TOTALS = {"pair_sum": "total over worlds", "pair_square": "total over worlds of its square"}


@checked
def to_dataset(tally: Tally, scenario: Scenario) -> xr.Dataset:
    """Return the outcomes as a labelled data set: one variable a metric.

    Parameters
    ----------
    tally : Tally
        Outcomes of a run.
    scenario : Scenario
        The scenario played, for the names of its states and arms.

    Returns
    -------
    xarray.Dataset
        Dimensions ``arm``, ``world``, ``focus`` and ``adversary`` as a metric has them; each
        variable says its ``units``, ``long_name``, ``definition`` and ``kind``. Totals over
        worlds by ``challenger`` and ``target``, the number of wars by ``months``, and the
        ``parameters`` of each ``draw`` come along.
    """
    import xarray as xr

    variables: dict[str, Any] = {name: _variable(tally, METRICS[name]) for name in tally.metrics}
    for total, label in _TOTALS.items():
        rows = getattr(tally, total)
        for field in names_of(rows):
            attributes = {"units": _UNITS[field], "long_name": f"{field}, {label}"}
            dims = ("arm", "challenger", "target")
            variables[f"{total}_{field}"] = (dims, np.ascontiguousarray(rows[field]), attributes)
    wars = {"units": "wars", "long_name": "wars ended after so many months"}
    variables["durations"] = (("arm", "months"), tally.durations, wars)
    variables["parameters"] = (("draw", "parameter"), _plain(tally.draws))
    about: dict[str, Any] = {
        "seed": str(tally.seed),
        "worlds_per_draw": tally.worlds_per_draw,
        "priors": int(tally.priors),
        "digest": tally.digest,
    }
    return xr.Dataset(variables, coords=_coordinates(tally, scenario), attrs=about)


def _variable(tally: Tally, metric: Metric) -> tuple[Any, ...]:
    values = np.ascontiguousarray(np.swapaxes(tally.values(metric.name), 0, 1))
    attributes = {
        "units": metric.unit,
        "long_name": metric.label,
        "definition": metric.definition,
        "kind": metric.kind,
    }
    return metric.dims, values, attributes


def _plain(draws: NDArray[np.void]) -> NDArray[np.float64]:
    names = draws.dtype.names or ()
    plain = np.empty((len(draws), len(names)))
    for column, name in enumerate(names):
        plain[:, column] = draws[name]
    return plain


def _coordinates(tally: Tally, scenario: Scenario) -> dict[str, Any]:
    states = {state.id: state.name for state in scenario.states}
    arms = {arm.name: arm for arm in scenario.arms}
    return {
        "arm": list(tally.arms),
        "world": np.arange(tally.worlds, dtype=np.int64) + tally.first_world,
        "focus": list(tally.focus_states),
        "adversary": list(tally.states),
        "challenger": list(tally.states),
        "target": list(tally.states),
        "months": np.arange(tally.durations.shape[1]),
        "parameter": np.array(tally.draws.dtype.names or (), dtype=str),
        "arm_title": ("arm", [arms[name].title for name in tally.arms]),
        "arm_hypothetical": ("arm", [arms[name].hypothetical for name in tally.arms]),
        "focus_name": ("focus", [states[state] for state in tally.focus_states]),
        "adversary_name": ("adversary", [states[state] for state in tally.states]),
    }


@checked
def from_dataset(dataset: xr.Dataset) -> Tally:
    """Return the tally that a data set was made from.

    Parameters
    ----------
    dataset : xarray.Dataset
        One that `to_dataset` returned, perhaps written to a file and read again.

    Returns
    -------
    Tally

    Raises
    ------
    InvalidInput
        If a variable has a shape that does not fit the others.
    KeyError
        If a variable or an attribute is missing.
    """
    worlds = dataset["world"].values
    return Tally(
        arms=_names(dataset, "arm"),
        focus_states=_names(dataset, "focus"),
        states=_names(dataset, "adversary"),
        seed=int(dataset.attrs["seed"]),
        first_world=int(worlds[0]) if len(worlds) else 0,
        worlds=len(worlds),
        worlds_per_draw=int(dataset.attrs["worlds_per_draw"]),
        priors=bool(dataset.attrs["priors"]),
        world=_rows(dataset, "world", WORLD),
        focus=_rows(dataset, "focus", FOCUS),
        adversary=_rows(dataset, "adversary", ADVERSARY),
        pair_sum=_pairs(dataset, "pair_sum"),
        pair_square=_pairs(dataset, "pair_square"),
        durations=dataset["durations"].values.astype(np.int64),
        draws=_draws(dataset),
    )


def _names(dataset: xr.Dataset, dim: str) -> tuple[str, ...]:
    return tuple(str(name) for name in dataset[dim].values)


def _rows(dataset: xr.Dataset, level: Level, dtype: np.dtype[np.void]) -> NDArray[np.void]:
    arms, worlds, *others = (dataset.sizes[dim] for dim in LEVELS[level])
    found = [m for m in METRICS.values() if m.level == level and m.name in dataset]
    rows = np.zeros((worlds, arms, *others), _only(dtype, [metric.field for metric in found]))
    for metric in found:
        rows[metric.field] = np.swapaxes(dataset[metric.name].values, 0, 1)
    return rows


def _only(dtype: np.dtype[np.void], fields: list[str]) -> np.dtype[np.void]:
    """Return a row type with some of its fields: a file may be older than a metric."""
    return np.dtype([(name, np.float64) for name in dtype.names or () if name in fields])


def _pairs(dataset: xr.Dataset, total: str) -> NDArray[np.void]:
    size = dataset.sizes
    fields = [field for field in PAIR.names or () if f"{total}_{field}" in dataset]
    rows = np.zeros((size["arm"], size["challenger"], size["target"]), _only(PAIR, fields))
    for field in fields:
        rows[field] = dataset[f"{total}_{field}"].values
    return rows


def _draws(dataset: xr.Dataset) -> NDArray[np.void]:
    names = _names(dataset, "parameter")
    draws = np.zeros(dataset.sizes["draw"], np.dtype([(name, np.float64) for name in names]))
    for column, name in enumerate(names):
        draws[name] = dataset["parameters"].values[:, column]
    return draws
