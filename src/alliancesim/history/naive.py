"""Forecasts that play nothing, on the same cases: what a model has to be better than."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from alliancesim.history import panel
from alliancesim.history.calls import answers, fitted_cases
from alliancesim.history.logistic import Logistic, fit_logistic
from alliancesim.history.rates import PairRates, class_rates

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.history.record import Record

__all__ = ["NAIVE_CALLS", "NAIVE_ONSETS", "naive_calls", "naive_onsets"]

Array = NDArray[np.float64]
NAIVE_ONSETS = ("constant", "class", "pair", "ten_years", "logistic")
NAIVE_CALLS = ("constant", "class", "logistic")
CLASS_WEIGHT = 20.0
"""Pair-years that the mean of the class counts for, as in the library's own rule."""
TEN = 10
PEACE = 30
"""Years without a dispute, at most; also those of a pair that never had one."""


def naive_onsets(
    known: Record, cases: pd.DataFrame, rates: PairRates, cinc: pd.Series | None
) -> pd.DataFrame:
    """Return naive chances of a new dispute, one row a case.

    Parameters
    ----------
    known : Record
        The record, cut at the year of the forecast.
    cases : DataFrame
        Columns year, ccode1 and ccode2.
    rates : PairRates
        For the chance of a pair that was not in the system, the same in every forecast but the
        constant one.
    cinc : Series or None
        Shares of capabilities, as in `pair_rates`.

    Returns
    -------
    DataFrame
        ``constant``, the share of pair-years known; ``class``, that of its class; ``pair``, its own
        record over all years drawn to its class by 20 pair-years; ``ten_years``, its own record of
        the last ten, the constant counting for one year; ``logistic``, a regression on rivalry,
        borders, distance, powers, capabilities and years of peace (Beck, Katz and Tucker 1998).
    """
    now = panel.at_the_end(known).set_index(panel.KEY)
    by_class = now["class"].map(class_rates(known)).fillna(rates.constant).to_numpy(float)
    own = panel.own_record(known, known.until, 1.0).reindex(now.index)
    last = panel.own_record(known, known.until, 1.0, known.until - TEN + 1).reindex(now.index)
    made = now[[]].assign(
        **{
            "class": by_class,
            "pair": (own["onsets"] + CLASS_WEIGHT * by_class) / (own["years"] + CLASS_WEIGHT),
            "ten_years": (last["onsets"] + rates.constant) / (last["years"] + 1.0),
            "logistic": _peace_regression(known, cinc, now),
        }
    )
    found = cases[panel.KEY].merge(made.reset_index(), on=panel.KEY, how="left")
    table = found[list(NAIVE_ONSETS[1:])].fillna(rates.entrant)
    table.insert(0, "constant", rates.constant)
    return table


def _peace_regression(known: Record, cinc: pd.Series | None, now: pd.DataFrame) -> Array:
    """Fit the regression on all years known; return its chances for the pairs of the last."""
    spells = known.pairs.reset_index(drop=True)
    length = (spells["end_year"] - spells["start_year"] + 1).to_numpy()
    row = np.repeat(np.arange(len(spells)), length)
    year = spells["start_year"].to_numpy()[row] + _offsets(length)
    peace, onset = _years_of_peace(known, spells, row, year)
    keys, group = np.unique(row * (PEACE + 1) + peace, return_inverse=True)
    trials = np.bincount(group).astype(float)
    events = np.bincount(group, onset).astype(float)
    fixed = panel.covariates(spells, cinc)
    spell, years = keys // (PEACE + 1), keys % (PEACE + 1)
    x = np.column_stack([fixed[spell], np.log1p(years)])
    fit = fit_logistic(x, events, trials)
    table = now.reset_index()
    at = np.full(len(table), known.until + 1)
    peace, _ = _years_of_peace(known, table, np.arange(len(table)), at)
    return fit.probability(np.column_stack([panel.covariates(table, cinc), np.log1p(peace)]))


def _offsets(length: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0, 1, ... for each of some runs of given lengths."""
    found: NDArray[np.int64] = np.arange(length.sum()) - np.repeat(
        np.cumsum(length) - length, length
    )
    return found


def _years_of_peace(
    known: Record, table: pd.DataFrame, row: NDArray[np.int64], year: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Array]:
    """Return the years since the last one with a dispute, 0 to 30, and whether one began."""
    seen = panel.onset_years(known)
    pair = table["ccode1"].to_numpy() * 1000 + table["ccode2"].to_numpy()
    met = np.sort((seen["ccode1"] * 1000 + seen["ccode2"]).to_numpy() * 10_000 + seen["year"])
    key = pair[row] * 10_000 + year
    place = np.searchsorted(met, key)
    before = np.append(met, -1)[place - 1]
    same = (place > 0) & (before // 10_000 == pair[row])
    peace = np.where(same, np.minimum(year - before % 10_000 - 1, PEACE), PEACE)
    began = np.append(met, -1)[place] == key
    return peace.astype(np.int64), began.astype(float)


def naive_calls(known: Record, cases: pd.DataFrame) -> pd.DataFrame:
    """Return naive chances that allies join, one row a case.

    Parameters
    ----------
    known : Record
        The record, cut at the year of the forecast.
    cases : DataFrame
        Rows of `alliancesim.history.calls.call_cases`.

    Returns
    -------
    DataFrame
        ``constant``, the share of calls answered; ``class``, that of calls where the partner was
        attacked or moved first, one of few or of many called; ``logistic``, a regression on the
        distances to both sides and on rivalry with the opponent.
    """
    fitted = fitted_cases(known)
    joined = answers(known, fitted)["joined"].to_numpy(float)
    constant = (joined.sum() + 0.5) / (len(joined) + 1.0)
    groups, at = _group(fitted), _group(cases)
    share = {
        each: (joined[groups == each].sum() + constant * 100.0) / ((groups == each).sum() + 100.0)
        for each in range(4)
    }
    fit = _distance_and_rivalry(fitted, joined)
    import pandas as pd

    return pd.DataFrame(
        {
            "constant": np.full(len(cases), constant),
            "class": np.array([share[each] for each in at]),
            "logistic": fit.probability(_near(cases)),
        }
    )


def _group(cases: pd.DataFrame) -> NDArray[np.int64]:
    few = cases["n_called"].fillna(1.0).to_numpy(float) <= FEW_CALLED
    groups: NDArray[np.int64] = 2 * cases["attacked"].to_numpy(int) + few
    return groups


FEW_CALLED = 3


def _near(cases: pd.DataFrame) -> Array:
    km = [
        np.log1p(cases[each].fillna(USUAL_KM)) for each in ("km_ally_partner", "km_ally_opponent")
    ]
    return np.column_stack([*km, cases["ally_rival_of_opponent"].fillna(0.0)]).astype(float)


USUAL_KM = 6_000.0


def _distance_and_rivalry(cases: pd.DataFrame, joined: Array) -> Logistic:
    return fit_logistic(_near(cases), joined, np.ones(len(cases)))
