"""From a scenario file as an author writes it to one written out in full.

An author names states and treaties of the catalogue, and overrides single figures. Here names
become tables, still unchecked: the checks are the same for a short file and for a full one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import combinations
from typing import Any

from alliancesim import catalogue
from alliancesim.data import toml
from alliancesim.data.checks import kind_of
from alliancesim.data.names import hint, listed
from alliancesim.data.quantity import Parameter
from alliancesim.errors import InvalidInput

__all__ = ["expand"]

Tables = list[dict[str, Any]]
_DEFAULT_PRESET = "both"


def expand(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of a scenario with everything it takes from the catalogue filled in.

    Parameters
    ----------
    raw : mapping
        The file as it is written. ``states`` and ``treaties`` list names of the catalogue;
        ``[[state]]``, ``[[treaty]]``, ``[[pair]]``, ``[[circumstance]]`` and ``[[parameter]]`` add
        or override; ``[parameters]`` sets a parameter to a value, or overrides its keys;
        ``[totals.gdp]`` and its like override totals of the world.

    Raises
    ------
    InvalidInput
        If a name is not in the catalogue, or a table is not one.
    """
    full = dict(raw)
    on = _cutoff(raw)
    listed = _names(full.pop("states", []), "states")
    full["state"] = _states(listed, _tables(raw, "state"), on)
    full["pair"] = _pairs(full["state"], _tables(raw, "pair"))
    listed = _names(full.pop("treaties", []), "treaties")
    look_up = partial(catalogue.treaty_table, on=on)
    full["treaty"] = _placed("treaties", listed, look_up) + _tables(raw, "treaty")
    if "circumstance" not in full:
        full["circumstance"] = catalogue.circumstance_tables()
    full["totals"] = _totals(raw.get("totals", {}), on)
    full["parameter"] = _parameters(
        full.get("preset", _DEFAULT_PRESET), _tables(raw, "parameter"), full.pop("parameters", {})
    )
    return full


def _names(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        given = kind_of(value) if not isinstance(value, list) else "a list of other things"
        raise InvalidInput(
            f"expected a list of names, got {given}",
            where=where,
            allowed='names of the catalogue, as ["SAU", "PAK"]',
        )
    twice = [name for name in value if value.count(name) > 1]
    if twice:
        raise InvalidInput(f"{twice[0]!r} is named twice", where=where, allowed="each once")
    return value


def _tables(raw: Mapping[str, Any], key: str) -> Tables:
    value = raw.get(key, [])
    if not isinstance(value, list):
        raise InvalidInput(
            f"expected a list of tables, got {kind_of(value)}", where=key, allowed=f"[[{key}]]"
        )
    for n, table in enumerate(value):
        if not isinstance(table, dict):
            raise InvalidInput(
                f"expected a table, got {kind_of(table)}",
                where=f"{key}: [{n + 1}]",
                allowed=f"[[{key}]]",
            )
    return value


def _placed(where: str, names: Iterable[str], look_up: Callable[[str], dict[str, Any]]) -> Tables:
    found = []
    for name in names:
        try:
            found.append(look_up(name))
        except InvalidInput as error:
            raise InvalidInput(error.problem, where=where, allowed=error.allowed) from None
    return found


def _cutoff(raw: Mapping[str, Any]) -> dt.date | None:
    """Return the last day whose facts a scenario knows; None where it is not a day."""
    on = raw.get("cutoff")
    return on if type(on) is dt.date else None


def _states(listed: list[str], given: Tables, on: dt.date | None) -> Tables:
    """Put listed states first, each with what a table of the same id overrides; then the others."""
    known = set(catalogue.names("states"))
    look_up = partial(catalogue.state_table, on=on)
    tables = {name: _placed("states", [name], look_up)[0] for name in listed}
    others: Tables = []
    for table in given:
        name = table.get("id")
        if isinstance(name, str) and name in tables:
            tables[name] = {**tables[name], **table}
        elif isinstance(name, str) and name in known:
            others.append({**look_up(name), **table})
        else:
            others.append(table)
    return [*tables.values(), *others]


def _pairs(states: Tables, given: Tables) -> Tables:
    """Take every pair that the catalogue knows, overridden by what is given; then the others."""
    ids = sorted({table["id"] for table in states if isinstance(table.get("id"), str)})
    found = {(a, b): catalogue.pair_table(a, b) for a, b in combinations(ids, 2)}
    tables = {ends: dict(table) for ends, table in found.items() if table is not None}
    others: Tables = []
    seen: set[Any] = set()
    for table in given:
        ends = (table.get("a"), table.get("b"))
        if all(isinstance(end, str) for end in ends) and ends in tables and ends not in seen:
            tables[ends] = {**tables[ends], **table}  # type: ignore[index]
            seen.add(ends)
        else:
            others.append(table)
    return [*tables.values(), *others]


def _totals(given: object, on: dt.date | None) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise InvalidInput(
            f"expected a table, got {kind_of(given)}", where="totals", allowed="[totals.gdp]"
        )
    return {**catalogue.totals_table(on), **given}


def _parameters(preset: object, given: Tables, settings: object) -> Tables:
    """Take the catalogue, then the preset, single settings, and what is written in full."""
    if not isinstance(preset, str):
        allowed = ", ".join(catalogue.names("presets"))
        raise InvalidInput(
            f"expected a name, got {kind_of(preset)}", where="preset", allowed=allowed
        )
    if not isinstance(settings, dict):
        raise InvalidInput(
            f"expected a table, got {kind_of(settings)}",
            where="parameters",
            allowed="[parameters] with names and values",
        )
    default = catalogue.preset(preset).applied(catalogue.parameters())
    tables = {parameter.name: parameter for parameter in default}
    for name, setting in settings.items():
        if name not in tables:
            problem = f"not a parameter{hint(name, tables)}"
            raise InvalidInput(problem, where=f"parameters: {name}", allowed=listed(tables))
        tables[name] = _set(tables[name], setting)
    full = {name: toml.unstructure(parameter) for name, parameter in tables.items()}
    others: Tables = []
    seen: set[Any] = set()
    for table in given:
        key = table.get("name")
        if isinstance(key, str) and key in full and key not in seen:
            full[key] = table
            seen.add(key)
        else:
            others.append(table)
    return [*full.values(), *others]


def _set(parameter: Parameter, setting: object) -> Parameter:
    """Hold a parameter at a number, or override some of its keys by a table."""
    if not isinstance(setting, dict):
        try:
            return parameter.fixed_at(setting)  # type: ignore[arg-type]
        except InvalidInput as error:
            where = f"parameters: {parameter.name}"
            raise InvalidInput(error.problem, where=where, allowed=error.allowed) from None
    table = {**toml.unstructure(parameter), **setting, "name": parameter.name}
    return toml.structure(table, Parameter, f"parameters: {parameter.name}")
