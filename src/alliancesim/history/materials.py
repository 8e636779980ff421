"""What is known before a year, read once: the record, rates of pairs, and capabilities."""

from __future__ import annotations

from pathlib import Path

import attrs

from alliancesim.errors import InvalidInput
from alliancesim.history.capabilities import EqualWorld, World, cinc_before, world_of
from alliancesim.history.rates import PairRates, class_rates, pair_rates
from alliancesim.history.record import Record

__all__ = ["Materials", "materials"]


@attrs.frozen(kw_only=True, eq=False)
class Materials:
    """What is known before a year, read once for several scenarios of that year.

    Attributes
    ----------
    year : int
        The year that begins.
    known : Record
        The record before it.
    rates : PairRates
    classes : dict
        Mean yearly probability of a new dispute, by class.
    world : World or EqualWorld
        Capabilities of the year before.
    source : str
        Where the figures of pairs come from.
    """

    year: int
    known: Record
    rates: PairRates
    classes: dict[str, float]
    world: World | EqualWorld
    source: str = "the folder of the record, to the year before"


def materials(record: Record, year: int, nmc: str | Path | None, *, lag: int = 3) -> Materials:
    """Return what is known before a year.

    Parameters
    ----------
    record : Record
        The record; what lies in the year or later is not read.
    year : int
        The year that begins.
    nmc : str, Path or None
        A file of National Material Capabilities; None takes all states for equal.
    lag : int
        See `pair_rates`.

    Raises
    ------
    InvalidInput
        If nothing is known before the year.
    """
    known = record.before(year)
    if not len(known.pairs) or known.until < year - 1:
        first = int(record.pairs["start_year"].min())
        raise InvalidInput(
            f"{year} is out of the record",
            where="year",
            allowed=f"{first + 1} to {record.until + 1}",
        )
    return Materials(
        year=year,
        known=known,
        rates=pair_rates(known, None if nmc is None else cinc_before(nmc, year), lag),
        classes=class_rates(known),
        world=(
            EqualWorld(year=year, states=len(known.members(year - 1)))
            if nmc is None
            else world_of(nmc, year)
        ),
    )
