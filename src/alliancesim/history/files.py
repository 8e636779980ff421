"""Predictions as CSV files, written and read: the task that other models can be scored on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from alliancesim.data.files import make_folder, write_bytes
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.history.predict import Predictions

__all__ = ["CALLS", "ONSETS", "PACTS", "read_predictions", "write_predictions"]

ONSETS = ("year", "ccode1", "ccode2", "probability")
CALLS = ("dispute", "ally_ccode", "probability")
PACTS = ("atopid", "ccode", "on_ratio", "by_ratio")
"""The columns of the three kinds of files; others may follow."""
_MORE = {
    "onsets": (*ONSETS, "low", "high"),
    "calls": (*CALLS, "low", "high", "force_probability", "war_probability"),
    "pacts": (
        *PACTS,
        *("formed_year", "conditional", "bilateral", "on_ratio_low", "on_ratio_high"),
        *("by_ratio_low", "by_ratio_high"),
    ),
}


def write_predictions(predictions: Predictions, folder: str | Path) -> tuple[Path, ...]:
    """Write ``onsets.csv``, ``calls.csv`` and ``pacts.csv`` to a folder, which is made.

    Parameters
    ----------
    predictions : Predictions
    folder : str or Path

    Returns
    -------
    tuple of Path
        The files; a kind without a row has none.

    Raises
    ------
    InvalidInput
        If the folder cannot be made or a file cannot be written; an old file is then left as it is.
    """
    place = make_folder(folder)
    written = []
    for name, columns in _MORE.items():
        table: pd.DataFrame = getattr(predictions, name)
        if len(table):
            path = place / f"{name}.csv"
            text = table[list(columns)].to_csv(index=False, float_format="%.9g")
            write_bytes(path, text)
            written.append(path)
    return tuple(written)


def read_predictions(path: str | Path) -> tuple[str, pd.DataFrame]:
    """Read a file of predictions of onsets or of calls, of this model or another.

    Parameters
    ----------
    path : str or Path
        A CSV file with the columns of `ONSETS` or of `CALLS`; further columns are not used.

    Returns
    -------
    (str, DataFrame)
        ``"onsets"`` or ``"calls"``, and the rows; the two states of a pair in either order.

    Raises
    ------
    InvalidInput
        If the columns are neither, a cell is no number, a chance is not in 0 to 1, or a case is
        there twice.
    """
    import pandas as pd

    place = Path(path)
    try:
        table = pd.read_csv(place, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        problem = f"cannot be read ({error})"[:160]
        raise InvalidInput(problem, where=place.name, allowed="a CSV file in UTF-8") from None
    kinds = {"onsets": ONSETS, "calls": CALLS}
    fitting = [name for name, columns in kinds.items() if set(columns) <= set(table)]
    if not fitting:
        allowed = " or ".join(", ".join(columns) for columns in kinds.values())
        raise InvalidInput(
            f"columns {', '.join(map(str, table))}", where=f"{place.name}: row 1", allowed=allowed
        )
    kind = fitting[0]
    table = table[list(kinds[kind])]
    for column in table:
        numbers = pd.to_numeric(table[column], errors="coerce")
        whole = np.isfinite(numbers) & (numbers == numbers.round())
        good = numbers.between(0.0, 1.0) if column == "probability" else whole
        if not good.all():
            row = int(np.flatnonzero(~good)[0])
            raise InvalidInput(
                f"{table[column].iloc[row]!r} in row {row + 2}",
                where=f"{place.name}: {column}",
                allowed="0 to 1" if column == "probability" else "a whole number",
            )
        table = table.assign(**{str(column): numbers})
    if kind == "onsets":
        ends = table[["ccode1", "ccode2"]]
        table = table.assign(ccode1=ends.min(axis=1), ccode2=ends.max(axis=1))
    keys = [each for each in table if each != "probability"]
    twice = table.duplicated(keys)
    if twice.any():
        row = int(np.flatnonzero(twice)[0])
        raise InvalidInput(
            f"row {row + 2} is a case that came before", where=place.name, allowed="each case once"
        )
    return kind, table.astype(dict.fromkeys(keys, "int64"))
