"""Rows of the field's own data sets, whose cells say where they stand when they are wrong."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.checks import FIRST_DAY, LAST_DAY
from alliancesim.data.codes import cow_numbers, meanings
from alliancesim.datasets._tables import read_table
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.datasets._tables import Source

__all__ = ["Row", "cow_states", "required", "rows", "state_of"]


GAPS = frozenset(("", ".", "na", "n/a", "#n/a", "nan", "null", "none", "<na>"))
"""What programs write where there is no figure."""
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@attrs.frozen
class Row:
    """One row of a file, with its place for messages."""

    cells: dict[str, str]
    where: str

    def whole(self, column: str) -> int | None:
        """Return a whole number, or None where the cell is empty."""
        value = self.number(column)
        if value is None or value == int(value):
            return None if value is None else int(value)
        raise InvalidInput(
            f"{value:g} is no whole number",
            where=f"{self.where}: {column}",
            allowed="a whole number",
        )

    def optional(self, column: str) -> int | None:
        """Return a whole number, or None where the cell is empty or the file has no such column."""
        return self.whole(column) if column in self.cells else None

    def coded(self, column: str) -> bool:
        """Return whether something other than 0 is coded in a column that the file may lack."""
        return bool(self.optional(column))

    def number(self, column: str) -> float | None:
        """Return a finite number, or None where the cell is empty or says that it is a gap."""
        text = self.cells[column].strip()
        if text.casefold() in GAPS:
            return None
        value = float(text) if NUMBER.fullmatch(text) else math.nan
        if not math.isfinite(value):
            raise InvalidInput(
                f"{text!r} is not a number", where=f"{self.where}: {column}", allowed="a number"
            )
        return value

    def flag(self, column: str) -> bool | None:
        """Return whether something is coded as present, or None where it is not coded."""
        value = self.whole(column)
        if value not in (None, 0, 1):
            raise InvalidInput(
                f"{value} is no such code", where=f"{self.where}: {column}", allowed="0, 1, empty"
            )
        return None if value is None else bool(value)

    def member(self) -> str:
        """Return the id of the member of an alliance, as it is called on its last day in it."""
        leaving = self.day("yrexit", "moexit", "dayexit")
        return state_of(required(self, "member"), leaving and leaving - dt.timedelta(days=1))

    def day(self, year: str, month: str, day: str) -> dt.date | None:
        """Return a date, the first of the month or year where finer parts are not coded."""
        parts = [self.whole(name) for name in (year, month, day)]
        if not parts[0]:
            return None
        try:
            found = dt.date(parts[0], parts[1] or 1, parts[2] or 1)
        except (ValueError, OverflowError):
            found = dt.date.max
        if not FIRST_DAY <= found <= LAST_DAY:
            where = f"{self.where}: {year}"
            allowed = f"year, month and day from {FIRST_DAY} to {LAST_DAY}"
            raise InvalidInput(f"{parts} is no date", where=where, allowed=allowed)
        return found


def rows(source: Source, columns: Sequence[str], of: str = "ATOP") -> list[Row]:
    """Return the rows of a file or a table that has some columns, in letters of any case."""
    table = read_table(source, columns, of)
    return [
        full(dict(zip(table.columns, cells, strict=False)), f"{table.name}: row {n}", columns)
        for n, cells in table.rows
    ]


def full(cells: dict[str, Any], where: str, columns: Sequence[str]) -> Row:
    """Return a row, none of whose columns is cut off."""
    for column in columns:
        if cells.get(column) is None:
            raise InvalidInput("is cut off", where=f"{where}: {column}", allowed="a cell")
    for column in (*columns, "stateabb"):
        if any("\udc80" <= letter <= "\udcff" for letter in cells.get(column, "")):
            raise InvalidInput(
                "holds letters that are not UTF-8",
                where=f"{where}: {column}",
                allowed="the file saved as UTF-8",
            )
    return Row(cells, where)


def required(row: Row, column: str) -> int:
    """Return a whole number that must be there."""
    value = row.whole(column)
    if value is None:
        raise InvalidInput("is empty", where=f"{row.where}: {column}", allowed="a number")
    return value


@checked
def cow_states() -> dict[int, str]:
    """Return the ids of states by their Correlates of War number, as they are called today.

    See `alliancesim.datasets.state_id` for a day, and for other lists.
    """
    return {code: state_of(code) for code in cow_numbers()}


def state_of(code: int, on: dt.date | None = None) -> str:
    """Return the id of a state by its Correlates of War number, on a day or as it is today.

    A number that is not on file is called by itself.
    """
    found = meanings(code, scheme="cow")
    held = [each.id for each in found if each.holds(on or dt.date.max)]
    return (held or [each.id for each in found] or [f"COW{code}"])[0]
