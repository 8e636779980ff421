"""What did pacts do, by the record and by the model? Before and after formation, matched.

For each membership the record has the disputes by outsiders on the member, and by the member on
outsiders, in the five years before it and the five after, and the same of up to three states of its
region like it in capabilities and earlier disputes that entered no pact. The measure is the ratio
of ratios,

    (after / before of members) / (after / before of their matches),

over sums of a group. It is no experiment: pacts are formed when a threat rises, so that the years
before are not what the years after would have been without the pact.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.history.capabilities import capability_file
from alliancesim.history.pact_effects import PactForecasts, forecast_pacts, terms_of
from alliancesim.history.record import read_record

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.history.record import Record

__all__ = ["GROUPS", "PactComparison", "memberships", "score_pacts", "what_pacts_did"]

Array = NDArray[np.float64]
GROUPS = ("all", "conditional", "unconditional", "bilateral", "multilateral")
SAMPLES = 2000
TAILS = (0.025, 0.975)
OUTCOMES = ("on", "by")
FEWEST = 10
"""Memberships that a group needs for a ratio."""


def memberships(record: Record) -> pd.DataFrame:
    """Return the memberships whose disputes are known before and after: one a state and year.

    Where a state entered several pacts in a year, the one of the lowest number stands for them.
    """
    rows = record.pacts
    rows = rows[(rows["effect_case"] == 1) & rows["on_after"].notna()]
    rows = rows.assign(year=rows["entry"].str.slice(0, 4).astype(int))
    return rows.sort_values("atopid").drop_duplicates(["member_ccode", "year"], ignore_index=True)


def in_group(rows: pd.DataFrame, group: str) -> NDArray[np.bool_]:
    """Tell which rows belong to a group."""
    flags: dict[str, NDArray[np.bool_]] = {
        "all": np.ones(len(rows), bool),
        "conditional": np.asarray(rows["conditional"] == 1),
        "bilateral": np.asarray(rows["bilateral"] == 1),
    }
    flags["unconditional"] = ~flags["conditional"]
    flags["multilateral"] = ~flags["bilateral"]
    return flags[group]


def record_ratio(rows: pd.DataFrame, outcome: str, *, seed: int = 0) -> dict[str, float]:
    """Return the ratio of ratios of some memberships, states drawn again for its interval.

    Parameters
    ----------
    rows : DataFrame
        Of `memberships`.
    outcome : {"on", "by"}
    seed : int
        Of the bootstrap.

    Returns
    -------
    dict
        ``memberships``, ``before`` and ``after`` (disputes), ``unmatched`` (after / before),
        ``ratio``, ``low``, ``high`` and ``log_error``, the standard error of its logarithm.
    """
    matched = rows[rows[f"control_{outcome}_after"].notna()]
    names = [f"{side}{outcome}_{when}" for side in ("", "control_") for when in ("after", "before")]
    values = matched[names].to_numpy(float)
    found: dict[str, float] = {
        "memberships": float(len(matched)),
        "before": float(matched[f"{outcome}_before"].sum()),
        "after": float(matched[f"{outcome}_after"].sum()),
    }
    if len(matched) < FEWEST:
        blank = ("unmatched", "ratio", "low", "high", "log_error")
        return found | dict.fromkeys(blank, float("nan"))
    _, state = np.unique(matched["member_ccode"].to_numpy(), return_inverse=True)
    sums = np.array([np.bincount(state, column) for column in values.T])
    drawn = np.random.default_rng(seed)
    size = sums.shape[1]
    many = drawn.multinomial(size, np.full(size, 1.0 / size), size=SAMPLES)
    logs = _log_ratio(many @ sums.T)
    low, high = np.exp(np.quantile(logs, TAILS))
    total = values.sum(axis=0)
    return found | {
        "unmatched": float((total[0] + 0.5) / (total[1] + 0.5)),
        "ratio": float(np.exp(_log_ratio(total[None])[0])),
        "low": float(low),
        "high": float(high),
        "log_error": float(logs.std()),
    }


def _log_ratio(sums: Array) -> Array:
    """Return the logarithm of the ratio of ratios; half a dispute is added to every sum."""
    after, before, control_after, control_before = np.log(sums + 0.5).T
    found: Array = (after - before) - (control_after - control_before)
    return found


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PactComparison:
    """The record's before and after beside the model's, and what it says of two parameters.

    Attributes
    ----------
    record : dict
        By outcome (on, by) and group: see `record_ratio`.
    model : dict
        By outcome and group: ``ratio``, ``low`` and ``high``, 95 % over draws of the priors.
    parameters : dict
        For ``challenge_scale`` (s_D) and ``insured_share`` (ι): mean and central 95 % of the prior
        and of the draws weighted by the record, and ``draws``, the effective number of draws.
    left_out : tuple of (int, str)
        Pacts that could not be played, and why.
    """

    record: dict[str, dict[str, dict[str, float]]]
    model: dict[str, dict[str, dict[str, float]]]
    parameters: dict[str, Any]
    left_out: tuple[tuple[int, str], ...]

    def __repr__(self) -> str:
        return f"<PactComparison: {len(self.left_out)} pacts left out>"

    def __str__(self) -> str:
        from alliancesim.history.rendering import pacts_in_words

        return pacts_in_words(self)


@checked
def what_pacts_did(
    folder: str | Path | Record,
    *,
    first: int = 1951,
    last: int = 9999,
    nmc: str | Path | None = None,
    worlds: int = 800,
    worlds_per_draw: int = 8,
    seed: int = 0,
    threads: int | None = None,
    progress: Callable[[str], object] | None = None,
) -> PactComparison:
    """Compare the record before and after pacts were formed with worlds with and without them.

    Parameters
    ----------
    folder : str, Path or Record
        A folder of the record, or what was read.
    first, last : int
        Years in which the memberships began.
    nmc : str or Path, optional
        A file of National Material Capabilities; by default that of the folder.
    worlds, worlds_per_draw, seed, threads : int
        As in `alliancesim.compare`, for each pact.
    progress : callable, optional
        Called with the name of each pact that is about to be played.

    Raises
    ------
    InvalidInput
        If a file is missing, or fewer than ten memberships began in these years.
    """
    from alliancesim.history.record import Record

    record = folder if isinstance(folder, Record) else read_record(folder)
    rows = memberships(record)
    rows = rows[(rows["year"] >= first) & (rows["year"] <= last)].reset_index(drop=True)
    if len(rows) < FEWEST:
        raise InvalidInput(
            f"{len(rows)} memberships from {first} to {last}",
            where="pacts.csv: effect_case",
            allowed=f"{FEWEST} or more",
        )
    path = capability_file("." if isinstance(folder, Record) else folder, nmc)
    pacts = record.pacts[record.pacts["atopid"].isin(rows["atopid"])]
    forecasts = forecast_pacts(
        record,
        terms_of(pacts[pacts["founder"] == 1]),
        path,
        worlds=worlds,
        worlds_per_draw=worlds_per_draw,
        seed=seed,
        threads=threads,
        progress=progress,
    )
    return compared(rows, forecasts, seed=seed)


def compared(rows: pd.DataFrame, forecasts: PactForecasts, *, seed: int = 0) -> PactComparison:
    """Return the comparison of memberships with forecasts of the same."""
    table = forecasts.table.reset_index().rename(columns={"ccode": "member_ccode"})
    both = rows.merge(
        table[["index", "atopid", "member_ccode"]], on=["atopid", "member_ccode"], how="inner"
    )
    record: dict[str, dict[str, dict[str, float]]] = {}
    model: dict[str, dict[str, dict[str, float]]] = {}
    by_draw: dict[str, Array] = {}
    for outcome in OUTCOMES:
        record[outcome], model[outcome] = {}, {}
        for group in GROUPS:
            chosen = both[in_group(both, group)]
            record[outcome][group] = record_ratio(chosen, outcome, seed=seed)
            ratio = _model_ratio(forecasts, chosen["index"].to_numpy(), outcome)
            low, high = np.quantile(ratio, TAILS) if len(chosen) else (np.nan, np.nan)
            model[outcome][group] = {
                "ratio": float(ratio.mean()) if len(chosen) else float("nan"),
                "low": float(low),
                "high": float(high),
            }
            if group == "all":
                by_draw[outcome] = ratio
    return PactComparison(
        record=record,
        model=model,
        parameters=_favoured(record, by_draw, forecasts.parameters),
        left_out=forecasts.left_out,
    )


def _model_ratio(forecasts: PactForecasts, rows: NDArray[np.int64], outcome: str) -> Array:
    """Return the ratio of sums over rows, draw by draw."""
    if not len(rows):
        return np.ones(1)
    with_it = forecasts.draws[f"{outcome}_with"][rows].sum(axis=0)
    found: Array = with_it / forecasts.draws[f"{outcome}_without"][rows].sum(axis=0)
    return found


def _favoured(
    record: dict[str, dict[str, dict[str, float]]],
    by_draw: dict[str, Array],
    parameters: pd.DataFrame,
) -> dict[str, Any]:
    """Weigh the draws of the priors by the record's ratios over all memberships."""
    log_weight = np.zeros(len(parameters))
    for outcome in OUTCOMES:
        seen = record[outcome]["all"]
        gap = (np.log(by_draw[outcome]) - np.log(seen["ratio"])) / seen["log_error"]
        log_weight -= gap**2 / 2.0
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    found: dict[str, Any] = {"draws": len(weight), "effective": float(1.0 / (weight**2).sum())}
    for name in parameters:
        values = parameters[name].to_numpy(float)
        found[str(name)] = {
            "prior": _summary(values, np.full(len(values), 1.0 / len(values))),
            "weighted": _summary(values, weight),
        }
    return found


def _summary(values: Array, weight: Array) -> dict[str, float]:
    order = np.argsort(values)
    steps = np.cumsum(weight[order])
    low, high = (float(values[order][np.searchsorted(steps, each)]) for each in (0.025, 0.974999))
    return {"mean": float(weight @ values), "low": low, "high": high}


def score_pacts(table: pd.DataFrame, record: Record, *, seed: int = 0) -> dict[str, Any]:
    """Score forecasts of what pacts change against the five years after.

    A member's disputes after are taken as Poisson. Without an effect their mean is half its own
    count before and half the mean of all, times the change in the matched states; with one, that
    times the ratio that was forecast. The score is the mean log-likelihood gained.

    Parameters
    ----------
    table : DataFrame
        Columns atopid, ccode, on_ratio and by_ratio.
    record : Record
        What happened.
    seed : int
        Of the bootstrap over states.
    """
    rows = memberships(record).rename(columns={"member_ccode": "ccode"})
    both = rows.merge(table[["atopid", "ccode", "on_ratio", "by_ratio"]], on=["atopid", "ccode"])
    found: dict[str, Any] = {"memberships": len(both), "without_outcome": len(table) - len(both)}
    if len(both) < FEWEST:
        return found
    named = both.rename(columns={"ccode": "member_ccode"})
    for outcome in OUTCOMES:
        seen = record_ratio(named, outcome, seed=seed)
        gain = _gained(both, outcome)
        _, state = np.unique(both["ccode"].to_numpy(), return_inverse=True)
        drawn = np.random.default_rng(seed)
        size = int(state.max()) + 1
        many = drawn.multinomial(size, np.full(size, 1.0 / size), size=SAMPLES)
        means = (many @ np.bincount(state, gain)) / (many @ np.bincount(state))
        low, high = np.quantile(means, TAILS)
        found[outcome] = {
            "record": seen,
            "model": float(np.exp(np.log(both[f"{outcome}_ratio"]).mean())),
            "better_than_none": [float(gain.mean()), float(low), float(high)],
        }
    return found


def _gained(both: pd.DataFrame, outcome: str) -> Array:
    before = both[f"{outcome}_before"].to_numpy(float)
    after = both[f"{outcome}_after"].to_numpy(float)
    later, earlier = (both[f"control_{outcome}_{when}"].sum() + 0.5 for when in ("after", "before"))
    mean = later / earlier * (before + before.mean()) / 2.0
    ratio = both[f"{outcome}_ratio"].to_numpy(float)
    found: Array = after * np.log(ratio) - mean * (ratio - 1.0)
    return found
