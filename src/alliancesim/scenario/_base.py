"""A scenario file that changes another: what it does not say, it takes from its base.

Single keys and lists of names are replaced; tables of the same state, pair, treaty, arm, umbrella,
transfer, circumstance or parameter are merged key by key or replaced; others are added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from alliancesim.errors import InvalidInput

__all__ = ["inherited", "merged"]

Tables = dict[str, Any]

_MERGED = {"state": ("id",), "pair": ("a", "b")}
_REPLACED = {
    "treaty": ("id",),
    "arm": ("name",),
    "umbrella": ("patron", "client"),
    "transfer": ("treaty", "payer", "payee"),
    "common_shock": ("state",),
    "circumstance": ("name",),
    "parameter": ("name",),
}
_TABLES = ("totals", "parameters")
MOST_BASES = 8


def inherited(raw: Mapping[str, Any], read: Callable[[str], Mapping[str, Any]]) -> Tables:
    """Return the tables of a scenario with those of its base, and of that one's, filled in.

    Parameters
    ----------
    raw : mapping
        A file as it is written; ``base`` names a scenario of the catalogue.
    read : callable
        Gives the tables of a scenario of the catalogue by its name, or raises `InvalidInput`.

    Raises
    ------
    InvalidInput
        If a base is not a name of the catalogue, or bases go in a circle.
    """
    chain = [dict(raw)]
    while "base" in chain[-1]:
        name = chain[-1].pop("base")
        if not isinstance(name, str):
            raise InvalidInput("expected a name", where="base", allowed="a scenario's name")
        if len(chain) > MOST_BASES:
            problem = f"more than {MOST_BASES} files deep, or in a circle"
            raise InvalidInput(problem, where="base", allowed="a scenario that ends the row")
        try:
            chain.append(dict(read(name)))
        except InvalidInput as error:
            raise InvalidInput(error.problem, where="base", allowed=error.allowed) from None
    full = chain.pop()
    while chain:
        full = merged(full, chain.pop())
    return full


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> Tables:
    """Return the tables of a base with what another file changes."""
    full = dict(base)
    for key, value in change.items():
        old = full.get(key)
        if key in _MERGED | _REPLACED and isinstance(value, list) and isinstance(old, list):
            full[key] = _by_key(old, value, key)
        elif key in _TABLES and isinstance(value, Mapping) and isinstance(old, Mapping):
            full[key] = {**old, **value}
        else:
            full[key] = value
    return full


def _by_key(old: list[Any], new: list[Any], kind: str) -> list[Any]:
    """Put new tables in the place of the old ones that have the same key, others at the end."""
    names = (_MERGED | _REPLACED)[kind]

    def key(table: Any) -> tuple[Any, ...]:
        found = tuple(table.get(name) for name in names) if isinstance(table, Mapping) else ()
        return found if all(isinstance(each, str) for each in found) else (id(table),)

    tables = {key(table): table for table in old}
    if len(tables) < len(old) or len({key(table) for table in new}) < len(new):
        return [*old, *new]  # one is given twice, which the check of the whole names
    for table in new:
        known = tables.get(key(table))
        tables[key(table)] = {**known, **table} if known and kind in _MERGED else table
    return list(tables.values())
