"""A table's cells as text, from files as different programs write them, and from tables in memory.

Encoding, separator and decimal mark are taken where the table leaves one answer; else it is
rejected with what was found and what to do.
"""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from collections.abc import Collection, Iterator
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import attrs

from alliancesim.data.checks import kind_of
from alliancesim.data.files import read_bytes
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    import pandas as pd

    Source = str | PathLike[str] | IO[str] | IO[bytes] | pd.DataFrame
    """A CSV file or one of Stata (``.dta``); an open file; a DataFrame."""

__all__ = ["Table", "read_table"]

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
BINARY = {
    b"\x1f\x8b": "a gzip archive",
    b"PK\x03\x04": "a zip archive or a workbook",
    b"\xd0\xcf\x11\xe0": "an old workbook",
    b"RDX": "data of R",
    b"\x42\x5a\x68": "a bzip2 archive",
    b"$FL2": "data of SPSS",
}
STATA = (
    b"<stata_dta>",
    *(bytes([version, order]) for version in range(105, 116) for order in (1, 2)),
)
POINTER = "version https://git-lfs"


@attrs.frozen
class Table:
    """Rows of cells as text, under names in small letters.

    Attributes
    ----------
    name : str
        What the table is called in messages.
    columns : tuple of str
        Their names.
    rows : list of (int, list of str)
        The cells of every row that has any, with its number in the file.
    """

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]]


def read_table(source: Any, needed: Collection[str], of: str) -> Table:
    """Return a table that has some columns.

    Parameters
    ----------
    source : str, path, open file or DataFrame
    needed : collection of str
        Columns that it must have once each, in letters of any case.
    of : str
        The data set, for messages.

    Raises
    ------
    InvalidInput
        If it cannot be read without a guess.
    """
    if hasattr(source, "columns") and hasattr(source, "itertuples"):
        return _checked(_of_frame(source, "DataFrame"), needed, "")
    if hasattr(source, "read"):
        name, content = str(getattr(source, "name", "the open file")), source.read()
    else:
        content = read_bytes(source, f"a CSV file of {of}, or one of Stata")
        name = Path(source).name
    if isinstance(content, bytes):
        if content.startswith(STATA):
            return _checked(_of_stata(content, name, of), needed, "")
        content = _decoded(content, name, of)
    if not isinstance(content, str):
        problem = f"{kind_of(content)} is no text"
        raise InvalidInput(problem, where=name, allowed="a file opened as text or bytes")
    return _of_text(content, name, needed, of)


def _decoded(content: bytes, name: str, of: str) -> str:
    """Return a file's text; bytes that are not UTF-8 stay as they are until a cell is needed."""
    for mark, what in BINARY.items():
        if content.startswith(mark):
            allowed = f"a CSV file of {of}: unpack it, or export one"
            raise InvalidInput(f"it is {what}, not text", where=name, allowed=allowed)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        allowed = f"a CSV file of {of} in UTF-8: save it so"
        raise InvalidInput("it holds bytes that no text has", where=name, allowed=allowed)
    return content.decode("utf-8-sig", "surrogateescape")


def _of_stata(content: bytes, name: str, of: str) -> Table:
    import pandas as pd

    try:
        frame = pd.read_stata(io.BytesIO(content), convert_categoricals=False)
    except Exception as error:
        allowed = f"a file of Stata or CSV of {of}"
        raise InvalidInput(f"cannot be read ({error})"[:200], where=name, allowed=allowed) from None
    return _of_frame(frame, name)


def _of_frame(frame: Any, name: str) -> Table:
    rows = [
        (number, [_cell(value) for value in row])
        for number, row in enumerate(frame.itertuples(index=False, name=None), start=1)
    ]
    columns = tuple(str(each).strip().lower() for each in frame.columns)
    return Table(name, columns, [(n, cells) for n, cells in rows if any(cells)])


def _cell(value: Any) -> str:
    """Return a value as text: a gap is empty, a whole number has no fraction."""
    if value is None or str(value) in ("NaT", "<NA>", "nan"):
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) or hasattr(value, "dtype"):
        plain = value.item() if hasattr(value, "item") else value
        if isinstance(plain, float) and plain.is_integer() and math.isfinite(plain):
            return str(int(plain))
        return repr(plain) if isinstance(plain, float) else str(plain)
    return str(value)


def _of_text(text: str, name: str, needed: Collection[str], of: str) -> Table:
    head = text.lstrip("\ufeff")[:20_000]
    if head.startswith(POINTER) or head.lstrip()[:1] == "<":
        what = "a pointer to a file elsewhere" if head.startswith(POINTER) else "a web page"
        raise InvalidInput(f"it is {what}", where=name, allowed=f"the CSV file of {of} itself")
    separator = _separator(head, needed)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        allowed = f"a CSV file of {of}"
        raise InvalidInput(f"cannot be read ({error})"[:160], where=name, allowed=allowed) from None
    if lines and not text.endswith(("\n", "\r")) and len(lines[-1]) < len(lines[0]):
        raise InvalidInput(
            "is cut off", where=f"{name}: row {len(lines)}", allowed=f"the whole file of {of}"
        )
    numbered = [(n, cells) for n, cells in enumerate(lines, start=1) if any(map(str.strip, cells))]
    columns = tuple(cell.strip().lower() for cell in numbered[0][1]) if numbered else ()
    hint = f", parted by one of {', '.join(SEPARATORS.values())}" if len(columns) < 2 else ""
    table = _checked(Table(name, columns, numbered[1:]), needed, hint)
    return table if separator == "," else _with_points(table, needed)


def _separator(head: str, needed: Collection[str]) -> str:
    """Return the separator that parts the header into the most columns that are needed."""
    first = next((line for line in head.splitlines() if line.strip()), "")

    def found(separator: str) -> int:
        try:
            names = next(csv.reader([first], delimiter=separator), [])
        except csv.Error:
            return 0
        return len({name.strip().lower() for name in names} & set(needed))

    return max(SEPARATORS, key=found)


def _checked(table: Table, needed: Collection[str], hint: str) -> Table:
    """Return a table that has what is needed, once, and no row that is longer than its header."""
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise InvalidInput(
            f"no column {', '.join(missing)}",
            where=f"{table.name}: row 1",
            allowed=f"the columns as the codebook names them{hint}",
        )
    twice = [name for name in needed if table.columns.count(name) > 1]
    if twice:
        raise InvalidInput(
            f"{', '.join(twice)} stands twice", where=f"{table.name}: row 1", allowed="once"
        )
    lengths = {len(cells) for _, cells in table.rows}
    for number, cells in table.rows:
        extra = cells[len(table.columns) :]
        if any(cell.strip() for cell in extra) or (extra and len(lengths) > 1):
            raise InvalidInput(
                f"{len(cells)} cells under {len(table.columns)} columns",
                where=f"{table.name}: row {number}",
                allowed="a cell a column; name the column of row names, quote cells with commas",
            )
    return table


_DECIMAL = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")


def _with_points(table: Table, needed: Collection[str]) -> Table:
    """Return a table whose decimal commas are points; reject commas that may part thousands."""
    places = [table.columns.index(name) for name in needed]
    commas = [(n, cell) for n, cell in _cells(table, places) if "," in cell]
    if not commas:
        return table
    doubtful = [(n, cell) for n, cell in commas if _THOUSANDS.fullmatch(cell)]
    if len(doubtful) == len(commas):
        number, cell = doubtful[0]
        raise InvalidInput(
            f"{cell!r} may have a decimal comma or a comma that parts thousands",
            where=f"{table.name}: row {number}",
            allowed="decimal points, and no signs between thousands",
        )
    rows = [
        (
            n,
            [
                cell.replace(",", ".") if _DECIMAL.fullmatch(cell.strip()) else cell
                for cell in cells
            ],
        )
        for n, cells in table.rows
    ]
    return attrs.evolve(table, rows=rows)


def _cells(table: Table, places: Collection[int]) -> Iterator[tuple[int, str]]:
    for number, cells in table.rows:
        for place in places:
            if place < len(cells):
                yield number, cells[place].strip()
