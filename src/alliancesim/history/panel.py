"""Pairs over years: who is a case, what each pair's own record is, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.history.record import Onsets, Record

__all__ = ["COVARIATES", "at_the_end", "cases", "covariates", "onset_years", "own_record"]

Array = NDArray[np.float64]
KEY = ["ccode1", "ccode2"]
COVARIATES = (
    *("rivalry", "land", "sea", "log_km", "one_major", "two_majors"),
    *("log_cinc_high", "log_cinc_low"),
)
"""What a pair's mean rate depends on; the last two are left out without capabilities."""
FAR_KM = 20_000.0
"""A distance that no two states exceed; it stands for one that is not known."""
LEAST_CINC = 1e-6


def cases(record: Record, first: int, last: int) -> pd.DataFrame:
    """Return every pair of the system in each of some years: year, ccode1, ccode2, in order.

    The keys alone are read, nothing that is known of the pair.
    """
    import pandas as pd

    found = record.pairs[(record.pairs["start_year"] <= last) & (record.pairs["end_year"] >= first)]
    start = np.maximum(found["start_year"].to_numpy(), first)
    years = np.minimum(found["end_year"].to_numpy(), last) - start + 1
    row = np.repeat(np.arange(len(found)), years)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(years) - years, years)
    table = pd.DataFrame(
        {
            "year": start[row] + offset,
            "ccode1": found["ccode1"].to_numpy()[row],
            "ccode2": found["ccode2"].to_numpy()[row],
        }
    )
    return table.drop_duplicates().sort_values(["year", *KEY], ignore_index=True)


def at_the_end(known: Record) -> pd.DataFrame:
    """Return the pairs of the system in the last year that is known, one row a pair."""
    found = known.pairs[known.pairs["end_year"] == known.until]
    return found.sort_values([*KEY, "start_year"]).drop_duplicates(KEY, keep="last")


def covariates(spells: pd.DataFrame, cinc: pd.Series | None) -> Array:
    """Return the covariates of pairs, one row a spell and a column for each of `COVARIATES`.

    Parameters
    ----------
    spells : DataFrame
        Rows of pairs.
    cinc : Series, optional
        Share of the world's capabilities, 0 to 1, by number of the state; without it the last two
        columns are left out.
    """
    km = spells["min_distance_km"].fillna(FAR_KM).to_numpy(float)
    contiguity, majors = spells["contiguity"].to_numpy(), spells["n_major"].to_numpy()
    columns = [
        spells["rivalry"].to_numpy(float),
        (contiguity == 1) * 1.0,
        (contiguity > 1) * 1.0,
        np.log1p(km),
        (majors > 0) * 1.0,
        (majors > 1) * 1.0,
    ]
    if cinc is not None:
        middle = float(cinc.median())
        ends = [cinc.reindex(spells[each]).fillna(middle).to_numpy(float) for each in KEY]
        columns += [
            np.log(np.maximum(choose(*ends), LEAST_CINC)) for choose in (np.maximum, np.minimum)
        ]
    return np.column_stack(columns)


def onset_years(known: Record, which: Onsets = "originators") -> pd.DataFrame:
    """Return the years in which a dispute began between a pair: ccode1, ccode2, year, each once."""
    found = known.onsets(which)[[*KEY, "start_year"]].rename(columns={"start_year": "year"})
    return found.drop_duplicates().sort_values([*KEY, "year"], ignore_index=True)


def own_record(
    known: Record, until: int, discount: float, since: int | None = None
) -> pd.DataFrame:
    """Return each pair's own record to the end of a year, the past discounted.

    Parameters
    ----------
    known : Record
        What is known.
    until : int
        The last year that counts; it has weight 1.
    discount : float
        Weight of a year against the next, above 0 and at most 1.
    since : int, optional
        The first year that counts.

    Returns
    -------
    DataFrame
        By ccode1 and ccode2: ``onsets``, the weighted count of years with a dispute, and
        ``years``, the weighted count of years observed.
    """
    first = -(10**6) if since is None else since
    spells = known.pairs[(known.pairs["start_year"] <= until) & (known.pairs["end_year"] >= first)]
    start = np.maximum(spells["start_year"].to_numpy(), first)
    end = np.minimum(spells["end_year"].to_numpy(), until)
    weight = _sum_of_powers(discount, until - end, until - start)
    years = spells.assign(years=weight).groupby(KEY)["years"].sum()
    seen = onset_years(known)
    seen = seen[(seen["year"] <= until) & (seen["year"] >= first)]
    met = seen.assign(onsets=discount ** (until - seen["year"])).groupby(KEY)["onsets"].sum()
    table = years.to_frame()
    table["onsets"] = met.reindex(table.index).fillna(0.0)
    return table


def _sum_of_powers(base: float, low: Array, high: Array) -> Array:
    """Return base**low + ... + base**high."""
    if base == 1.0:
        return high - low + 1.0
    total: Array = (base**low - base ** (high + 1.0)) / (1.0 - base)
    return total
