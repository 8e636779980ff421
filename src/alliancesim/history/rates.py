"""How often do two states come to a dispute, by what is known? Rates of pairs, shrunken.

A pair's yearly probability of a new dispute is its own record, the past discounted, drawn to what
its rivalry, borders, distance and powers would lead one to expect:

    p = (n + w m) / (t + w),   n = sum of d**age over years with a dispute, t = sum of d**age,

with m from a logistic regression on the years that are known. The discount d and the weight w, in
pair-years, are those that would have foretold the last years known best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.history import panel
from alliancesim.history.logistic import Logistic, fit_logistic

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.history.record import Record

__all__ = ["CLASSES", "PairRates", "class_rates", "mean_rate", "pair_rates"]

Array = NDArray[np.float64]
CLASSES = ("rival", "land", "relevant", "unrelated")
DISCOUNTS = (0.85, 0.9, 0.93, 0.96, 1.0)
WEIGHTS = (5.0, 7.5, 10.0, 15.0, 20.0, 30.0)
TRIED_YEARS = 10
"""So many of the last years known are foretold to choose the discount and the weight."""
FEWEST_YEARS = 3
"""Years of record that a foretold year must have behind it."""
ENTRANT_YEARS = 5
"""A pair is an entrant for so many years."""
FEW = 1000.0
"""Pair-years of all that the rate of entrants is drawn to."""


@attrs.frozen(kw_only=True, eq=False)
class PairRates:
    """Yearly probabilities of a new dispute, by what is known at the end of a year.

    Attributes
    ----------
    table : DataFrame
        By ccode1 and ccode2, the pairs in the system in the last year known: the columns of the
        record, and ``expected`` (m), ``onsets`` (n), ``years`` (t) and ``probability``.
    entrant : float
        The yearly probability of a pair that was not in the system then.
    constant : float
        The share of pair-years known in which a dispute began.
    discount, weight : float
        d and w; pair-years.
    """

    table: pd.DataFrame
    entrant: float
    constant: float
    discount: float
    weight: float

    def spread(self, share: float) -> Array:
        """Return quantiles of the pairs' probabilities: the gamma distribution of a rate.

        Parameters
        ----------
        share : float
            Which quantile, 0 to 1.
        """
        from scipy.stats import gamma

        shape = self.table["onsets"].to_numpy() + self.weight * self.table["expected"].to_numpy()
        years = self.table["years"].to_numpy() + self.weight
        found: Array = -np.expm1(-gamma.ppf(share, shape, scale=1.0 / years))
        return found


def class_rates(known: Record) -> dict[str, float]:
    """Return the yearly probability of a new dispute by class, over all years known.

    A class of few pair-years is drawn to the mean of all, which counts for ten pair-years.
    """
    spells = known.pairs.assign(years=known.pairs["end_year"] - known.pairs["start_year"] + 1)
    years = spells.groupby("class")["years"].sum()
    events = _with_events(known).groupby("class")["events"].sum()
    mean = float(events.sum() / years.sum())
    return {
        name: (float(events.get(name, 0.0)) + 10.0 * mean) / (float(years.get(name, 0.0)) + 10.0)
        for name in CLASSES
    }


def mean_rate(known: Record) -> float:
    """Return the share of pair-years known in which a dispute began; half a dispute is added."""
    spells = known.pairs
    total = float((spells["end_year"] - spells["start_year"] + 1).sum())
    return (len(panel.onset_years(known)) + 0.5) / (total + 1.0)


def pair_rates(known: Record, cinc: pd.Series | None = None, lag: int = 3) -> PairRates:
    """Return the rates of all pairs by what is known.

    Parameters
    ----------
    known : Record
        The record, cut at the year of the forecast.
    cinc : Series, optional
        Share of the world's capabilities by number of the state.
    lag : int
        How old the record is, in years, when the years to be foretold come; the middle of the
        window.
    """
    regression = _regression(known, cinc)
    now = panel.at_the_end(known).set_index(panel.KEY)
    discount, weight = _best(known, regression, cinc, lag)
    own = panel.own_record(known, known.until, discount).reindex(now.index)
    expected = regression.probability(panel.covariates(now.reset_index(), cinc))
    table = now.assign(expected=expected, onsets=own["onsets"], years=own["years"])
    onsets, years = (table[each].to_numpy(float) for each in ("onsets", "years"))
    table["probability"] = _shrunk(onsets, years, expected, weight)
    constant = mean_rate(known)
    return PairRates(
        table=table,
        entrant=_entrant(known, constant),
        constant=constant,
        discount=discount,
        weight=weight,
    )


def _shrunk(onsets: Array, years: Array, expected: Array, weight: float) -> Array:
    return (onsets + weight * expected) / (years + weight)


def _with_events(known: Record) -> pd.DataFrame:
    """Return the spells with the number of their years in which a dispute began."""
    spells = known.pairs.reset_index(drop=True)
    seen = panel.onset_years(known)
    both = spells.reset_index().merge(seen, on=panel.KEY)
    inside = both[(both["year"] >= both["start_year"]) & (both["year"] <= both["end_year"])]
    counts = inside.groupby("index").size()
    return spells.assign(events=counts.reindex(spells.index).fillna(0.0))


def _regression(known: Record, cinc: pd.Series | None) -> Logistic:
    spells = _with_events(known)
    trials = (spells["end_year"] - spells["start_year"] + 1).to_numpy(float)
    return fit_logistic(panel.covariates(spells, cinc), spells["events"].to_numpy(float), trials)


def _best(
    known: Record, regression: Logistic, cinc: pd.Series | None, lag: int
) -> tuple[float, float]:
    """Return the discount and weight of the greatest likelihood over the last years known."""
    first = int(known.pairs["start_year"].min())
    years = range(
        max(known.until - TRIED_YEARS + 1, first + FEWEST_YEARS + lag - 1), known.until + 1
    )
    scores = np.zeros((len(DISCOUNTS), len(WEIGHTS)))
    seen = panel.onset_years(known)
    for year in years:
        spells = known.pairs
        there = spells[(spells["start_year"] <= year) & (spells["end_year"] >= year)]
        there = there.drop_duplicates(panel.KEY).set_index(panel.KEY)
        met = there.index.isin(seen[seen["year"] == year].set_index(panel.KEY).index)
        expected = regression.probability(panel.covariates(there.reset_index(), cinc))
        for i, discount in enumerate(DISCOUNTS):
            own = panel.own_record(known, year - lag, discount).reindex(there.index).fillna(0.0)
            onsets = own["onsets"].to_numpy() * discount ** (lag - 1)
            past = own["years"].to_numpy() * discount ** (lag - 1)
            for j, weight in enumerate(WEIGHTS):
                p = _shrunk(onsets, past, expected, weight)
                scores[i, j] += np.log(p[met]).sum() + np.log1p(-p[~met]).sum()
    if not len(years):
        return 1.0, 20.0
    best = int(np.argmax(scores))
    return DISCOUNTS[best // len(WEIGHTS)], WEIGHTS[best % len(WEIGHTS)]


def _entrant(known: Record, constant: float) -> float:
    """Return the yearly probability of pairs in their first years, drawn to that of all."""
    start = known.pairs.groupby(panel.KEY)["start_year"].min()
    new = start[start > int(known.pairs["start_year"].min())]
    years = float(np.minimum(known.until - new + 1, ENTRANT_YEARS).sum())
    seen = panel.onset_years(known).set_index(panel.KEY)["year"]
    age = seen - new.reindex(seen.index)
    return (float(((age >= 0) & (age < ENTRANT_YEARS)).sum()) + 1000.0 * constant) / (
        years + 1000.0
    )
