"""Tables of results as files that spreadsheets and other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alliancesim.data.arguments import checked
from alliancesim.data.files import as_path, check_target, replace_file
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.comparison.result import Comparison
    from alliancesim.comparison.several import Comparisons

__all__ = ["check_table", "write_table"]

ENDINGS = (".csv", ".xlsx")


@checked
def check_table(path: str | Path) -> Path:
    """Return the path of a table that can be written, before anything is played.

    Raises
    ------
    InvalidInput
        If it ends otherwise than ``.csv`` or ``.xlsx``, its folder cannot be written to, or it is
        an Excel file and openpyxl is not installed.
    """
    target = check_target(as_path(path))
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        allowed = " or ".join(ENDINGS)
        raise InvalidInput("not a kind of table", where=str(path), allowed=allowed)
    if ending == ".xlsx":
        try:
            import openpyxl  # type: ignore[import-untyped]  # noqa: F401
        except ImportError:
            raise InvalidInput(
                "Excel files need openpyxl, which is not installed",
                where=str(path),
                allowed='python -m pip install "alliancesim[excel]", or a .csv file',
            ) from None
    return target


@checked
def write_table(found: Comparison | Comparisons, path: str | Path) -> None:
    """Write `differences()` as a table: a row a number, a column a property.

    Numbers have a decimal point; what does not exist is an empty cell, and so is what has no end,
    such as worlds needed where nothing differs. CSV is in UTF-8 with commas.

    Parameters
    ----------
    found : Comparison or Comparisons
    path : str or path
        Ends in ``.csv`` or ``.xlsx``; an existing file is replaced when the new one is whole.

    Raises
    ------
    InvalidInput
        See `check_table`.
    """
    import numpy as np

    target = check_table(path)
    table = found.differences()
    numeric = table.select_dtypes("number").columns
    table[numeric] = table[numeric].replace([np.inf, -np.inf], np.nan)
    if target.suffix.lower() == ".csv":
        replace_file(target, lambda beside: table.to_csv(beside, index=False))
        return

    def write(beside: object) -> None:
        with open(beside, "wb") as file:  # type: ignore[call-overload]
            table.to_excel(file, sheet_name="differences", index=False, engine="openpyxl")

    replace_file(target, write)
