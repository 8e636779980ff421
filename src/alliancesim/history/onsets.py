"""Forecasts of new disputes by pair and year: worlds of the origin's states, played.

The system of a year is too large to be played at once, so it is played region by region: the
states of a region, the major powers, and what borders or rivals them, as many as `MOST` with the
most expected disputes. A pair takes its chance from the first region that holds both; a pair that
no region holds, distant and without a record as a rule, keeps the rate that it has by the record.
So, nearly, does a pair that met too few disputes in all worlds to tell what playing changes:

    rate played = rate by the record * (disputes expected in play + 10) / (disputes put in + 10).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import combinations
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.engine.play import play
from alliancesim.history import panel
from alliancesim.history.build import scenario_of
from alliancesim.history.materials import Materials
from alliancesim.history.treaties import treaties_before
from alliancesim.scenario import Arm

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.outcomes.tally import Tally
    from alliancesim.scenario import Scenario

__all__ = ["Onsets", "boards", "forecast_onsets", "most_disputes"]

Array = NDArray[np.float64]
MOST = 40
"""States in one world at most."""
RECENT = 5
"""Pacts of the last so many years are what the present arm has and the arm of the record lacks."""
TAILS = (0.025, 0.975)
STEADY = 10.0
"""Events that playing must outweigh: a pair that met few in all worlds keeps the record's rate."""
RECORD, PRESENT = "record", "present"


@attrs.frozen(kw_only=True, eq=False)
class Onsets:
    """Forecasts of new disputes for an origin.

    Attributes
    ----------
    table : DataFrame
        By year, ccode1 and ccode2: ``probability``, and ``low`` and ``high``, 95 %; ``rate``, the
        probability by the record alone, before anything was played; ``played``, whether a world
        held the pair; ``known``, whether the pair was in the system at the origin.
    ensemble : DataFrame
        Worlds in rows and states (ccode) in columns: disputes that a state was in over the window,
        with the others of its region's world.
    partners : dict of int to tuple of int
        With whom each state's disputes in `ensemble` are counted.
    """

    table: pd.DataFrame
    ensemble: pd.DataFrame
    partners: dict[int, tuple[int, ...]]


def boards(found: Materials) -> dict[str, tuple[str, ...]]:
    """Return the states of each region's world, in alphabetical order.

    Parameters
    ----------
    found : Materials

    Returns
    -------
    dict of str to tuple of str
        Regions in alphabetical order; one of fewer than two states is left out.
    """
    known = found.known
    there = known.states[known.states["ccode"].isin(known.members(known.until))]
    there = there.drop_duplicates("ccode")
    ids = dict(zip(there["ccode"], there["state"], strict=True))
    there = there[[found.world.has(int(each)) for each in there["ccode"]]]
    majors = known.major_powers(known.until)
    table = found.rates.table
    close = table[(table["rivalry"] == 1) | (table["contiguity"] == 1)].index
    made = {}
    for region, rows in there.groupby("region"):
        inside = set(rows["ccode"])
        beside = {a for a, b in close if b in inside} | {b for a, b in close if a in inside}
        chosen = (inside | beside | set(majors)) & set(there["ccode"])
        if len(chosen) > MOST:
            chosen = set(most_disputes(table, chosen, MOST))
        if len(chosen) >= 2:
            made[str(region)] = tuple(sorted(ids[each] for each in chosen))
    return made


def most_disputes(table: pd.DataFrame, chosen: Collection[int], most: int) -> list[int]:
    """Return those of some states that expect most disputes with each other, so many at most.

    Parameters
    ----------
    table : DataFrame
        As in `PairRates`.
    chosen : collection of int
        Their numbers.
    most : int
        How many to keep.
    """
    first, second = (table.index.get_level_values(level) for level in (0, 1))
    inside = table["probability"][first.isin(chosen) & second.isin(chosen)]
    total = inside.groupby(level=0).sum().add(inside.groupby(level=1).sum(), fill_value=0.0)
    return sorted(chosen, key=lambda each: (-float(total.get(each, 0.0)), each))[:most]


def forecast_onsets(
    found: Materials,
    cases: pd.DataFrame,
    *,
    worlds: int,
    seed: int,
    threads: int | None = None,
    progress: Callable[[str], object] | None = None,
) -> Onsets:
    """Return the chance of a new dispute for pairs and years.

    Parameters
    ----------
    found : Materials
        What is known at the origin.
    cases : DataFrame
        Columns year, ccode1 and ccode2; of the years of one window.
    worlds : int
        Worlds played for each region.
    seed : int
        0 to 2**64 - 1.
    threads : int, optional
        By default one a processor.
    progress : callable, optional
        Called with the name of each region that is about to be played.
    """
    import pandas as pd

    years = int(cases["year"].max()) - found.year + 1
    numbers = {each: code for code, each in found.known.state_ids().items()}
    played: dict[tuple[int, int], float] = {}
    counts: dict[int, Array] = {}
    partners: dict[int, tuple[int, ...]] = {}
    for region, states in boards(found).items():
        if progress is not None:
            progress(f"{found.year}: {region}, {len(states)} states")
        tally = play(
            present_and_record(found, states, 12 * years),
            [PRESENT],
            worlds=worlds,
            seed=seed,
            threads=threads,
        )
        codes = [numbers[each] for each in tally.states]
        for key, value in _expected(tally, codes).items():
            played.setdefault(key, value)
        for row, code in enumerate(codes):
            if code not in counts:
                counts[code] = _counts(tally, row)
                partners[code] = tuple(each for each in codes if each != code)
    return Onsets(
        table=_table(found, cases, played, float(worlds * years)),
        ensemble=pd.DataFrame(counts),
        partners=partners,
    )


def present_and_record(found: Materials, states: tuple[str, ...], months: int) -> Scenario:
    """Return the world of some states, with the pacts of today and those of the record.

    Base rates hold in the arm of the record, which has the pacts that are older than five years;
    the present arm has those of the last years too, and is what is played on.
    """
    pacts = treaties_before(found.known, states, settled=True)
    formed = found.known.pacts.groupby("atopid")["formed_year"].max()
    young = {f"ATOP{each}" for each in formed.index[formed >= found.year - RECENT]}
    recent = tuple(each.id for each in pacts if each.id in young)
    arms = (
        Arm(RECORD, "The pacts under which the record was made"),
        Arm(PRESENT, "Every pact in force", recent),
    )
    return scenario_of(found, states, pacts, (arms, RECORD, states), months, focus=states)


def _expected(tally: Tally, codes: list[int]) -> dict[tuple[int, int], float]:
    """Return the disputes of each pair that were to be expected, summed over worlds."""
    total = tally.values("adversary_disputes_expected")[:, 0].sum(axis=0)
    return {
        (min(codes[i], codes[j]), max(codes[i], codes[j])): float(total[i, j] + total[j, i])
        for i, j in combinations(range(len(codes)), 2)
    }


def _counts(tally: Tally, row: int) -> Array:
    """Return the disputes of a state with all others, world by world."""
    disputes = tally.values("adversary_disputes")[:, 0]
    counts: Array = disputes[:, row, :].sum(axis=1) + disputes[:, :, row].sum(axis=1)
    return counts


def _table(
    found: Materials, cases: pd.DataFrame, played: dict[tuple[int, int], float], stretch: float
) -> pd.DataFrame:
    """Return the forecasts, the rate by the record times what playing made of it."""
    rates = found.rates.table
    rate = rates["probability"].to_numpy()
    events = -np.log1p(-rate) * stretch
    seen = np.array([played.get(key, np.nan) for key in rates.index])
    factor = np.where(np.isnan(seen), 1.0, (seen + STEADY) / (events + STEADY))
    made = {"probability": rate, "low": found.rates.spread(TAILS[0])}
    made["high"] = found.rates.spread(TAILS[1])
    values = {name: -np.expm1(np.log1p(-each) * factor) for name, each in made.items()}
    by_pair = rates.reset_index()[panel.KEY].assign(rate=rate, played=~np.isnan(seen), **values)
    table = cases.merge(by_pair, on=panel.KEY, how="left")
    table["known"] = table["rate"].notna()
    for column in ("rate", "probability", "low", "high"):
        table[column] = table[column].fillna(found.rates.entrant)
    table["played"] = table["played"].eq(True)
    return table
