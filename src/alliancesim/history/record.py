"""The historical record in a folder of tables: read strictly, and cut at a year.

The columns are those of the tables described in the documentation of the hindcast. Everything that
forecasts takes a record that was cut by :meth:`Record.before`, which holds nothing of later years.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import attrs
import numpy as np

from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.errors import InvalidInput
from alliancesim.history._columns import FLAGS, NEEDED, TEXTS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Onsets", "Record", "read_record", "spells_in"]

Onsets = Literal["originators", "any", "small"]
"""Which disputes are counted between a pair; see `Record.onsets`."""

NEVER = 9999
"""The year of an end that is not known."""


@checked
@attrs.frozen(kw_only=True, eq=False, repr=False)
class Record:
    """Tables of disputes, calls, pacts, pairs and states over the same years.

    Attributes
    ----------
    states : DataFrame
        Spells of membership of the system (``kind`` member) and of major-power status (major).
    pairs : DataFrame
        Spells of pairs of states in which nothing of the row changes.
    disputes : DataFrame
        Pairs on opposite sides of a militarised dispute, at their first day there.
    pacts : DataFrame
        Memberships of defence pacts.
    calls : DataFrame
        Allies with a duty of defence to an original party of a dispute.
    until : int
        The last year of which anything is known.
    """

    states: pd.DataFrame
    pairs: pd.DataFrame
    disputes: pd.DataFrame
    pacts: pd.DataFrame
    calls: pd.DataFrame
    until: int

    def __repr__(self) -> str:
        return f"<Record to {self.until}: {len(self.disputes):,} rows of disputes>"

    def before(self, year: int) -> Record:
        """Return what was known on the last day before a year.

        Rows that begin later are gone, ends that lie later are blank, and so are an ally's entry
        and the counts around a pact whose years were not over.

        Parameters
        ----------
        year : int
            The first year of which nothing is known; 1 to 9999.
        """
        whole_number("year", year, 1, 9999)
        states = self.states[_year_of(self.states["start"]) < year].copy()
        states["end"] = states["end"].where(_year_of(states["end"]) < year)
        pairs = self.pairs[self.pairs["start_year"] < year].copy()
        pairs["end_year"] = np.minimum(pairs["end_year"], year - 1)
        disputes = self.disputes[self.disputes["start_year"] < year]
        return Record(
            states=states,
            pairs=pairs,
            disputes=disputes,
            pacts=_pacts_before(self.pacts, year),
            calls=_calls_before(self.calls, year),
            until=min(self.until, year - 1),
        )

    def state_ids(self) -> dict[int, str]:
        """Return the letter code of every state by its number."""
        return dict(zip(self.states["ccode"], self.states["state"], strict=True))

    def major_powers(self, year: int) -> frozenset[int]:
        """Return the numbers of the major powers in some part of a year."""
        return frozenset(spells_in(self.states[self.states["kind"] == "major"], year)["ccode"])

    def members(self, year: int) -> tuple[int, ...]:
        """Return the numbers of the states of the system in some part of a year, in order."""
        found = spells_in(self.states[self.states["kind"] == "member"], year)["ccode"]
        return tuple(sorted(set(found)))

    def onsets(self, which: Onsets = "originators") -> pd.DataFrame:
        """Return the first days of disputes by pair, as ccode1 < ccode2.

        Parameters
        ----------
        which : {"originators", "any", "small"}
            Pairs there on both sides from the first day; any pair; or originators of disputes with
            at most four such pairs.
        """
        found = self.disputes
        if which != "any":
            both = (found["challenger_originator"] == 1) & (found["target_originator"] == 1)
            found = found[both]
        if which == "small":
            pairs = found.groupby("dispute")["start_year"].transform("size")
            found = found[pairs <= SMALL]
        ends = found[["challenger_ccode", "target_ccode"]]
        return found.assign(ccode1=ends.min(axis=1), ccode2=ends.max(axis=1))


SMALL = 4
"""The most original pairs of a small dispute."""


def _year_of(dates: pd.Series) -> pd.Series:
    """Return the years of dates written as 1960-06-20; `NEVER` where there is none."""
    text = dates.astype("string").str.slice(0, 4)
    return text.where(text.str.len() == 4).fillna(str(NEVER)).astype(int)


def spells_in(spells: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the spells, with columns start and end or entry and exit, that touch a year."""
    first = "start" if "start" in spells else "entry"
    last = "end" if "end" in spells else "exit"
    return spells[(_year_of(spells[first]) <= year) & (_year_of(spells[last]) >= year)]


def _pacts_before(pacts: pd.DataFrame, year: int) -> pd.DataFrame:
    entered = _year_of(pacts["entry"])
    known = pacts[entered < year].copy()
    known["exit"] = known["exit"].where(_year_of(known["exit"]) < year)
    over = entered[entered < year] + AROUND < year
    for column in OUTCOMES_OF_PACTS:
        known[column] = known[column].where(over)
    return known


AROUND = 5
"""Years before and after a membership over which disputes are counted."""
OUTCOMES_OF_PACTS = ("on_after", "by_after", "control_on_after", "control_by_after")


def _calls_before(calls: pd.DataFrame, year: int) -> pd.DataFrame:
    known = calls[calls["start_year"] < year].copy()
    months = (known["start_year"] - year) * 12 + known["start_month"] - 1
    late = (known["joined"] == 1) & (months + known["days_to_entry"].fillna(0) / 30.44 >= 0)
    for column in ANSWERS:
        known[column] = known[column].mask(late, 0)
    return known


ANSWERS = ("joined", "joined_hostility", "joined_force", "joined_war")


KEYS: dict[str, tuple[str, ...]] = {
    "states": ("ccode", "kind", "start"),
    "pairs": ("ccode1", "ccode2", "start_year"),
    "disputes": ("dispute", "challenger_ccode", "target_ccode", "start_year"),
    "pacts": ("atopid", "member_ccode", "entry"),
    "calls": ("dispute", "partner_ccode", "ally_ccode"),
}
"""What tells the rows of a table apart, where two folders have some of the same."""


@checked
def read_record(folder: str | Path, earlier: str | Path | None = None) -> Record:
    """Read the tables of a folder, or of two whose years follow each other.

    Parameters
    ----------
    folder : str or Path
        A folder with ``states.csv``, ``pairs.csv``, ``disputes.csv``, ``pacts.csv`` and
        ``calls.csv``. Other columns than those needed are kept and not used.
    earlier : str or Path, optional
        A folder of the same tables that holds the years before. Where both have a row, that of the
        first folder stands.

    Returns
    -------
    Record

    Raises
    ------
    InvalidInput
        When a file or a column is missing, a cell that must be a number is none, or a row ends
        before it begins: names file, column and row.
    """
    import pandas as pd

    tables = _tables(folder)
    if earlier is not None:
        older = _tables(earlier)
        tables = {
            name: pd.concat([older[name], table], ignore_index=True).drop_duplicates(
                list(KEYS[name]), keep="last", ignore_index=True
            )
            for name, table in tables.items()
        }
    pairs = tables["pairs"]
    backwards = pairs.index[pairs["end_year"] < pairs["start_year"]]
    if len(backwards):
        where = f"pairs.csv: row {backwards[0] + 2}: end_year"
        raise InvalidInput("ends before it begins", where=where, allowed="start_year or later")
    until = int(max(pairs["end_year"].max(), tables["disputes"]["start_year"].max()))
    return Record(until=until, **tables)


def _tables(folder: str | Path) -> dict[str, pd.DataFrame]:
    place = Path(folder)
    if not place.is_dir():
        raise InvalidInput("no such folder", where=str(folder), allowed=f"a folder with {_FILES}")
    return {name: _read(place / f"{name}.csv", name) for name in NEEDED}


_FILES = ", ".join(f"{name}.csv" for name in NEEDED)


def _read(path: Path, name: str) -> pd.DataFrame:
    """Return one table, its numbers as numbers."""
    import pandas as pd

    if not path.is_file():
        raise InvalidInput("no such file", where=str(path), allowed=f"a folder with {_FILES}")
    try:
        table = pd.read_csv(path, dtype="string", keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        problem = f"cannot be read ({error})"[:160]
        raise InvalidInput(problem, where=path.name, allowed="a CSV file in UTF-8") from None
    missing = [column for column in NEEDED[name] if column not in table]
    if missing:
        where = f"{path.name}: row 1"
        raise InvalidInput(
            f"no column {', '.join(missing)}", where=where, allowed=", ".join(NEEDED[name])
        )
    if name in ("pairs", "states", "disputes") and not len(table):
        raise InvalidInput("has no row", where=path.name, allowed="one row or more")
    for column in NEEDED[name]:
        if column not in TEXTS:
            table[column] = _numbers(table[column], f"{path.name}: {column}", column)
        else:
            table[column] = table[column].mask(table[column] == "")
    return table


def _numbers(cells: pd.Series, where: str, column: str) -> pd.Series:
    """Return a column as numbers, empty cells as NaN where they may be."""
    import pandas as pd

    found = pd.to_numeric(cells.mask(cells == ""), errors="coerce").astype("float64")
    wrong = found.isna() & (cells != "")
    if column in FLAGS:
        wrong |= found.isna()
    infinite = np.isinf(found)
    bad = wrong | infinite
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise InvalidInput(
            f"{str(cells.iloc[row])!r} in row {row + 2} is not a number",
            where=where,
            allowed="a number in every row" if column in FLAGS else "a number, or empty",
        )
    whole = not found.isna().any() and bool((found == found.round()).all())
    return found.astype("int64") if whole else found
