"""What became known after the first edition, by day: figures and clauses that replace older ones.

The file ``dated/2026-06-30.toml`` holds what is used from that cut-off on. A scenario takes every
file up to its own cut-off, in order, so an older edition keeps the figures that it had.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from alliancesim.catalogue._files import read, stems
from alliancesim.errors import InvalidInput

__all__ = ["Tables", "as_known", "changes", "days"]

Tables = dict[str, Any]


@cache
def days() -> tuple[dt.date, ...]:
    """Return the days from which later figures and clauses are used, the oldest first."""
    return tuple(_day(stem) for stem in stems("dated"))


def _day(stem: str) -> dt.date:
    try:
        return dt.date.fromisoformat(stem)
    except ValueError:
        where = f"dated/{stem}.toml"
        raise InvalidInput("not a day", where=where, allowed="as 2026-06-30.toml") from None


def changes(kind: str, name: str, on: dt.date | None = None) -> tuple[tuple[dt.date, Tables], ...]:
    """Return what later files say of a state, a treaty or the totals, the oldest first.

    Parameters
    ----------
    kind : {"states", "treaties", "totals"}
        Which table of the files.
    name : str
        Identifier of a state or treaty; for totals, empty.
    on : date, optional
        The last day whose file counts; by default all.
    """
    found = []
    for day in days():
        if on is not None and day > on:
            break
        table = read(f"dated/{day}.toml").get(kind, {})
        table = table.get(name, {}) if name else table
        if table:
            found.append((day, table))
    return tuple(found)


def as_known(kind: str, name: str, table: Tables, on: dt.date | None = None) -> Tables:
    """Return a table of the catalogue with what later files, up to a day, say of it.

    Raises
    ------
    InvalidInput
        If a later file names an obligation that the treaty does not have exactly once.
    """
    for day, change in changes(kind, name, on):
        try:
            table = _merged(table, change)
        except InvalidInput as error:
            raise error.inside(f"dated/{day}.toml: '{name or kind}'") from None
    return table


def _merged(table: Mapping[str, Any], change: Mapping[str, Any]) -> Tables:
    """Replace keys; a figure as a whole, obligations one by one, by their kind."""
    merged = {**table}
    for key, value in change.items():
        if key == "obligations" and isinstance(value, Mapping):
            merged[key] = _obligations(table.get(key, []), value)
        else:
            merged[key] = value
    return merged


def _obligations(given: list[Tables], change: Mapping[str, Any]) -> list[Tables]:
    changed = [dict(one) for one in given]
    for kind, table in change.items():
        fitting = [n for n, one in enumerate(changed) if one.get("kind") == kind]
        if len(fitting) != 1:
            problem = f"{len(fitting)} obligations are of this kind"
            allowed = ", ".join(sorted({str(one.get("kind")) for one in changed})) or "none"
            raise InvalidInput(problem, where=f"obligations: {kind}", allowed=allowed)
        changed[fitting[0]] |= table
    return changed
