"""A scenario of any alliance in any year, from the field's own files."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliancesim import catalogue
from alliancesim.data.arguments import checked
from alliancesim.data.quantity import LogNormal, Parameter, Quantity
from alliancesim.data.state import Pair
from alliancesim.datasets import read_atop
from alliancesim.errors import InvalidInput
from alliancesim.history.capabilities import capability_file
from alliancesim.history.materials import Materials, materials
from alliancesim.history.older import materials_of_pairs
from alliancesim.history.rates import CLASSES
from alliancesim.history.record import read_record
from alliancesim.history.treaties import treaties_before, treaty_id
from alliancesim.law import Treaty, members_on
from alliancesim.scenario import Arm, Scenario

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["build", "scenario_of"]

FAR_KM = 20_000.0
UNCERTAIN = 0.004  #: a year: pairs of less have a rate without a prior of its own
MOST_STATES = 64  #: the law of so many states still fits; the work grows with their pairs
MULTIPLIERS = (1e-3, 1e3)  #: what a pair's own rate may be against the library's rule


@checked
def build(
    folder: str | Path | None = None,
    *,
    year: int,
    states: Sequence[str] | None = None,
    region: str | None = None,
    majors: bool = False,
    pact: str | int | None = None,
    nmc: str | Path | None = None,
    atop: tuple[str | Path, str | Path] | None = None,
    pairs: pd.DataFrame | str | Path | None = None,
    horizon_months: int = 60,
) -> Scenario:
    """Return a scenario of a year, from what was known the year before.

    Parameters
    ----------
    folder : str or Path, optional
        A folder of the record, see `alliancesim.history.read_record`; without one, `pairs` and
        `nmc` are needed.
    year : int
        The first year played; nothing of it or of later years is read.
    states : sequence of str, optional
        The states, such as ``["IND", "CHN", "PAK"]``.
    region : str, optional
        All states of a region that the folder names, instead or in addition.
    majors : bool
        Whether to add the major powers of the year before.
    pact : str or int, optional
        A pact in force, such as ``"ATOP3180"`` or 3180: the arms are then ``with`` and ``without``
        it. Without one, the only arm has every pact in force. Where ATOP codes phases of an
        alliance, its number stands for the phase in force.
    nmc : str or Path, optional
        A file of National Material Capabilities; by default that of the folder.
    atop : tuple of two str or Path, optional
        ATOP's alliance-level and member-level files, whose treaties stand instead of the pacts of
        the folder: with all kinds of duties and conditions that ATOP codes.
    pairs : DataFrame, str or Path, optional
        Pairs for a year that the folder does not hold, such as 1914: ``ccode1``, ``ccode2``,
        ``min_distance_km``, ``contiguity`` and ``rivalry``, as in the folder's ``pairs.csv``.
    horizon_months : int
        Months played.

    Returns
    -------
    Scenario

    Raises
    ------
    InvalidInput
        If a state, a region or a pact is unknown in that year, there are too many states, or a
        file cannot be read.

    Notes
    -----
    A pair's rate is its own record, the past discounted, drawn to the mean of its like
    (`alliancesim.history.rates`); from a table of pairs it has the mean of its class in the
    catalogue, which is that of 1946 to 2010, within a wide prior. Base rates hold in the reference
    arm: ``with`` for a pact that is older than five years, so that the record was made under it;
    ``without`` for a younger one.
    """
    found = _found(folder, year, nmc, pairs)
    if pairs is not None and states is None and region is None:
        states = tuple(sorted(set(found.known.states["state"])))
    chosen = _chosen(found, states, region, majors)
    pacts = (
        treaties_before(found.known, chosen)
        if atop is None
        else _in_force(read_atop(*atop).treaties, chosen, date(year, 1, 1))
    )
    return scenario_of(found, chosen, pacts, _arms(found, pacts, pact), horizon_months)


def _found(
    folder: str | Path | None,
    year: int,
    nmc: str | Path | None,
    pairs: pd.DataFrame | str | Path | None,
) -> Materials:
    """Return what is known before a year, from a folder or from a table of pairs."""
    if pairs is not None:
        return materials_of_pairs(pairs, year, capability_file(folder or ".", nmc))
    if folder is None:
        raise InvalidInput(
            "neither is given", where="folder, pairs", allowed="a folder of the record, or pairs"
        )
    return materials(read_record(folder), year, capability_file(folder, nmc))


def _chosen(
    found: Materials, states: Sequence[str] | None, region: str | None, majors: bool
) -> tuple[str, ...]:
    """Return the ids of the states of a scenario, in alphabetical order."""
    there = found.known.states
    there = there[there["ccode"].isin(found.known.members(found.year - 1))]
    ids = set(there.loc[[found.world.has(int(each)) for each in there["ccode"]], "state"])
    chosen = set(states or ())
    for each in sorted(chosen - ids):
        near = difflib.get_close_matches(each, ids, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        problem = f"{each!r} is no state with figures in {found.year - 1}{hint}"
        raise InvalidInput(problem, where="states", allowed=", ".join(sorted(ids)))
    if region is not None:
        inside = set(there.loc[there["region"] == region, "state"]) & ids
        if not inside:
            known = sorted(set(there["region"]))
            problem = f"{region!r} has no state in {found.year - 1}"
            raise InvalidInput(problem, where="region", allowed=", ".join(known))
        chosen |= inside
    if majors:
        powers = found.known.major_powers(found.year - 1)
        chosen |= set(there.loc[there["ccode"].isin(powers), "state"]) & ids
    if len(chosen) < 2:
        raise InvalidInput(
            f"{len(chosen)} given", where="states or region", allowed="two states or more"
        )
    if len(chosen) > MOST_STATES:
        raise InvalidInput(
            f"{len(chosen)} given", where="states or region", allowed=f"at most {MOST_STATES}"
        )
    return tuple(sorted(chosen))


def _in_force(treaties: Iterable[Treaty], states: Sequence[str], on: date) -> tuple[Treaty, ...]:
    return tuple(each for each in treaties if len(set(members_on(each, on)) & set(states)) >= 2)


YOUNG = 5
"""Years from which a pact is old enough that the record was made under it."""


def _arms(
    found: Materials, pacts: Sequence[Treaty], pact: str | int | None
) -> tuple[tuple[Arm, ...], str, tuple[str, ...]]:
    """Return the arms, the reference, and the states to follow."""
    if pact is None:
        members = {each for treaty in pacts for each in treaty.members}
        return (Arm("in-force", "Every pact in force"),), "in-force", tuple(sorted(members))
    wanted = pact if isinstance(pact, str) else treaty_id(pact)
    known = {treaty.id: treaty for treaty in pacts}
    phases = [each for each in known if each == wanted or each.startswith(f"{wanted}-")]
    name = phases[-1] if phases else wanted
    if name not in known:
        allowed = ", ".join(known) or "none is in force among these states"
        raise InvalidInput(f"{name!r} is not in force", where="pact", allowed=allowed)
    rows = found.known.pacts
    formed = rows.loc[[treaty_id(int(each)) == wanted for each in rows["atopid"]], "formed_year"]
    young = len(formed) > 0 and int(formed.max()) > found.year - YOUNG
    arms = (
        Arm("without", f"Every pact in force but {name}"),
        Arm("with", "Every pact in force", (name,)),
    )
    return arms, "without" if young else "with", known[name].members


def scenario_of(
    found: Materials,
    states: Sequence[str],
    pacts: Sequence[Treaty],
    arms: tuple[tuple[Arm, ...], str, tuple[str, ...]],
    horizon_months: int,
    focus: Sequence[str] | None = None,
) -> Scenario:
    """Return a scenario of some states, with arms as given.

    Parameters
    ----------
    found : Materials
    states : sequence of str
        In alphabetical order.
    pacts : sequence of Treaty
        All that any arm uses.
    arms : tuple
        The arms, the name of the reference, and the states to follow if `focus` is not given.
    horizon_months : int
        Months played.
    focus : sequence of str, optional
        The states whose outcomes are followed.
    """
    made, reference, wanted = arms
    added = {each for arm in made for each in arm.adds}
    names = dict(zip(found.known.states["state"], found.known.states["name"], strict=True))
    numbers = {each: code for code, each in found.known.state_ids().items()}
    majors = found.known.major_powers(found.year - 1)
    followed = [each for each in focus or wanted if each in states] or list(states)
    return Scenario(
        name=f"year-{found.year}",
        title=f"{len(states)} states at the beginning of {found.year}",
        cutoff=date(found.year - 1, 12, 31),
        start=date(found.year, 1, 1),
        horizon_months=horizon_months,
        reference=reference,
        focus=tuple(followed),
        states=tuple(
            found.world.state(numbers[each], each, str(names[each]), sea=numbers[each] in majors)
            for each in states
        ),
        pairs=_pairs(found, states, numbers),
        treaties=tuple(pacts),
        standing=tuple(each.id for each in pacts if each.id not in added),
        arms=made,
        parameters=_parameters(found),
        totals=found.world.totals,
    )


def _parameters(found: Materials) -> tuple[Parameter, ...]:
    """Return the catalogue's parameters, rates by class and their weight taken from the record."""
    given = {f"rate_{each}": found.classes[each] for each in CLASSES}
    given["rate_shrinkage"] = found.rates.weight
    parameters = catalogue.preset("post-1945").applied(catalogue.parameters())
    return tuple(
        each.fixed_at(given[each.name]) if each.name in given else each for each in parameters
    )


def _pairs(found: Materials, states: Sequence[str], numbers: dict[str, int]) -> tuple[Pair, ...]:
    table = found.rates.table
    rows: dict[Any, Any] = table.to_dict("index")
    made = []
    for a, b in combinations(states, 2):
        key = tuple(sorted((numbers[a], numbers[b])))
        if key not in rows:
            problem = f"no row of {a} and {b} in {found.year - 1}"
            raise InvalidInput(problem, where="pairs.csv", allowed="every pair of the system")
        made.append(_pair(found, a, b, rows[key]))
    return tuple(made)


def _pair(found: Materials, a: str, b: str, row: dict[str, Any]) -> Pair:
    """Return a pair whose rate under the library's rule is that of the record."""
    km, year, weight = row["min_distance_km"], found.year - 1, found.rates.weight
    years = round(row["years"])
    onsets = min(round(row["onsets"]), years)
    rule = (onsets + weight * found.classes[row["class"]]) / (years + weight)
    wanted = row["probability"]
    ratio = _rate(wanted) / _rate(rule)
    factor = Quantity(
        min(max(ratio, MULTIPLIERS[0]), MULTIPLIERS[1]),
        "ratio",
        year,
        f"{found.source}: its own rate to that of whole years and the mean of its class",
        "computed",
        _prior(ratio, row["onsets"] + weight * row["expected"], wanted),
    )
    distance = Quantity(
        FAR_KM if km != km else float(km), "km", year, f"{found.source}: pairs.csv", "computed"
    )
    return Pair(
        a,
        b,
        distance_km=distance,
        land_contiguous=row["contiguity"] == 1,
        rivalry="open" if row["rivalry"] == 1 else "none",
        relevant=row["relevant"] == 1 or row["contiguity"] > 0,
        dyad_years=years,
        onsets=onsets,
        source=f"{found.source}; years discounted by {found.rates.discount:g} a year",
        rate_multiplier_a=factor,
        rate_multiplier_b=factor,
    )


def _rate(probability: float) -> float:
    return -math.log1p(-probability)


def _prior(ratio: float, shape: float, probability: float) -> LogNormal | None:
    """Return the log-normal of the same mean and spread as the gamma of the pair's rate.

    The rate is the mean of two factors, one a side, drawn apart: each has twice the variance.
    """
    if probability < UNCERTAIN:
        return None
    sd = math.sqrt(math.log1p(2.0 / shape))
    middle = math.log(ratio) - sd * sd / 2.0
    return LogNormal(p05=math.exp(middle - 1.6449 * sd), p95=math.exp(middle + 1.6449 * sd))
