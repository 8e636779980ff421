"""Years before the record begins: pairs as their author gives them, at the mean rates of a class.

Where no record of disputes is at hand, a pair has the mean rate of its class in the catalogue,
which is that of 1946 to 2010. For 1914 that is a judgement about another time, so every rate has a
wide prior, of a factor of about three either way.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alliancesim import catalogue
from alliancesim.data.codes import known_states
from alliancesim.errors import InvalidInput
from alliancesim.history.capabilities import world_of
from alliancesim.history.materials import Materials
from alliancesim.history.panel import KEY
from alliancesim.history.rates import CLASSES, PairRates
from alliancesim.history.record import Record

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "materials_of_pairs"]

COLUMNS = (*KEY, "min_distance_km", "contiguity", "rivalry")
"""Columns of a table of pairs."""
SHAPE = 2.0
"""Of the gamma distribution of a rate that rests on a class of another time."""


def materials_of_pairs(pairs: pd.DataFrame | str | Path, year: int, nmc: str | Path) -> Materials:
    """Return what is known before a year from a table of pairs and capabilities alone.

    Parameters
    ----------
    pairs : DataFrame, str or Path
        A row a pair, or a CSV file of such rows: `COLUMNS`, as in the record's ``pairs.csv``.
    year : int
        The first year played.
    nmc : str or Path
        A file of National Material Capabilities.

    Raises
    ------
    InvalidInput
        If a column is missing, a cell is no number, or a state has no figures.
    """
    world = world_of(nmc, year)
    table = _checked(pairs)
    codes = sorted({int(each) for key in KEY for each in table[key]})
    absent = [each for each in codes if not world.has(each)]
    if absent:
        raise InvalidInput(
            f"no figures of {absent[0]} in {world.nmc.year}",
            where="pairs: ccode",
            allowed="states of the file of capabilities",
        )
    classes = {each: _class_rate(each) for each in CLASSES}
    rates = table.assign(
        **{"class": [_class_of(row) for row in table.itertuples()]}, onsets=0.0, years=0.0
    )
    rates["probability"] = rates["class"].map(classes)
    weight = next(p.value for p in catalogue.parameters() if p.name == "rate_shrinkage")
    rates["expected"] = SHAPE / weight
    return Materials(
        year=year,
        known=_record(table, codes, world.names, year),
        rates=PairRates(
            table=rates.set_index(KEY),
            entrant=classes["unrelated"],
            constant=classes["unrelated"],
            discount=1.0,
            weight=weight,
        ),
        classes=classes,
        world=world,
        source="a table of pairs; the mean of its class in 1946 to 2010",
    )


def _checked(pairs: pd.DataFrame | str | Path) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    where = "pairs" if isinstance(pairs, pd.DataFrame) else Path(pairs).name
    try:
        table = pairs if isinstance(pairs, pd.DataFrame) else pd.read_csv(pairs)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        problem = f"cannot be read ({error})"[:160]
        raise InvalidInput(problem, where=where, allowed="a CSV file of pairs") from None
    missing = [each for each in COLUMNS if each not in table]
    if missing:
        problem = f"no column {', '.join(missing)}"
        raise InvalidInput(problem, where=where, allowed=", ".join(COLUMNS))
    table = table[list(COLUMNS)].apply(pd.to_numeric, errors="coerce")
    bad = ~np.isfinite(table.to_numpy(float))
    if bad.any():
        row, column = (int(each[0]) for each in np.nonzero(bad))
        place = f"{where}: {COLUMNS[column]}"
        raise InvalidInput(f"no number in row {row + 2}", where=place, allowed="a number")
    ends = table[KEY]
    table = table.assign(ccode1=ends.min(axis=1), ccode2=ends.max(axis=1))
    if (table["ccode1"] == table["ccode2"]).any() or table.duplicated(KEY).any():
        problem = "a pair of a state with itself, or given twice"
        raise InvalidInput(problem, where=f"{where}: ccode1, ccode2", allowed="each pair once")
    majors = {"n_major": 1, "relevant": 1}
    made: pd.DataFrame = table.astype(dict.fromkeys(KEY, "int64")).assign(**majors)
    return made


def _class_of(row: object) -> str:
    if getattr(row, "rivalry") == 1:  # noqa: B009
        return "rival"
    return "land" if getattr(row, "contiguity") == 1 else "relevant"  # noqa: B009


def _class_rate(name: str) -> float:
    return next(p.value for p in catalogue.parameters() if p.name == f"rate_{name}")


def _record(table: pd.DataFrame, codes: list[int], names: dict[int, str], year: int) -> Record:
    """Return a record of the states and pairs of the year before, with no dispute in it."""
    import pandas as pd

    from alliancesim.history._columns import NEEDED

    known = known_states()
    rows = [
        {
            "ccode": code,
            "state": names[code],
            "name": known[names[code]].name if names[code] in known else names[code],
            "region": "given",
            "kind": kind,
            "start": f"{year - 1}-01-01",
            "end": None,
        }
        for code in codes
        for kind in ("member", "major")
    ]
    empty = {
        name: pd.DataFrame({column: [] for column in NEEDED[name]})
        for name in ("disputes", "pacts", "calls")
    }
    spells = table.assign(start_year=year - 1, end_year=year - 1)
    return Record(states=pd.DataFrame(rows), pairs=spells, until=year - 1, **empty)
