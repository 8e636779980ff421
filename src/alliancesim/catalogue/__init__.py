"""Facts as data: states, pairs, treaties, parameters and scenarios, each figure with its source.

The files beside this module hold the facts; the functions here read them, once, and check them
as strictly as a user's own.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import attrs

from alliancesim import toml
from alliancesim.arrangement import Circumstance
from alliancesim.errors import InvalidInput
from alliancesim.quantity import Parameter
from alliancesim.state import Pair, State, World

if TYPE_CHECKING:
    from alliancesim.law import Treaty

__all__ = [
    "Preset",
    "circumstances",
    "names",
    "pair",
    "pair_table",
    "parameters",
    "preset",
    "scenario_path",
    "state",
    "state_table",
    "treaty",
    "treaty_table",
    "world",
]

_HERE = Path(__file__).parent

Kind = Literal["states", "treaties", "scenarios", "presets", "parameters", "circumstances"]


@attrs.frozen
class Preset:
    """A named bundle of parameter values.

    Parameters
    ----------
    name, meaning : str
        Its name, and what it stands for in words.
    values : tuple of (str, float)
        The parameters it sets.
    """

    name: str
    meaning: str
    values: tuple[tuple[str, float], ...]

    def applied(self, given: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        """Return the parameters with the bundle's values; the rest as they are."""
        values = dict(self.values)
        default = {parameter.name: parameter for parameter in parameters()}
        return tuple(
            self._set(default[parameter.name], values[parameter.name])
            if parameter.name in values
            else parameter
            for parameter in given
        )

    def _set(self, default: Parameter, value: float) -> Parameter:
        if default.value == value:
            return default
        mark = "fixed" if default.mark == "J" else default.mark
        return attrs.evolve(default, value=value, prior=None, mark=mark, source=self.meaning)


def names(kind: Kind) -> tuple[str, ...]:
    """Return the names of everything of a kind in the catalogue.

    Parameters
    ----------
    kind : {"states", "treaties", "scenarios", "presets", "parameters", "circumstances"}
        What to list.
    """
    if kind == "presets":
        return tuple(_read("presets.toml"))
    if kind == "parameters":
        return tuple(parameter.name for parameter in parameters())
    if kind == "circumstances":
        return tuple(circumstance.name for circumstance in circumstances())
    if kind not in ("states", "treaties", "scenarios"):
        allowed = "states, treaties, scenarios, presets, parameters, circumstances"
        raise InvalidInput(f"{kind!r} is not a kind", where="kind", allowed=allowed)
    return tuple(sorted(path.stem for path in (_HERE / kind).glob("*.toml")))


@cache
def _read(name: str) -> dict[str, Any]:
    return toml.read(_HERE / name)


def _file(kind: Literal["states", "treaties", "scenarios"], name: str) -> str:
    """Return the file of a name, whatever its case is in the file system."""
    known = names(kind)
    if not isinstance(name, str) or name not in known:
        one = {"states": "state", "treaties": "treaty", "scenarios": "scenario"}[kind]
        problem = f"{name!r} is not a {one} of the catalogue"
        raise InvalidInput(problem, where=kind, allowed=", ".join(known))
    return f"{kind}/{name}.toml"


def state_table(identifier: str) -> dict[str, Any]:
    """Return a state as its file holds it.

    Raises
    ------
    InvalidInput
        If the catalogue has no such state.
    """
    return _read(_file("states", identifier))


@cache
def state(identifier: str) -> State:
    """Return a state, such as ``state("PAK")``.

    Raises
    ------
    InvalidInput
        If the catalogue has no such state.
    """
    return toml.structure(state_table(identifier), State, f"states/{identifier}.toml")


def treaty_table(identifier: str) -> dict[str, Any]:
    """Return a treaty as its file holds it.

    Raises
    ------
    InvalidInput
        If the catalogue has no such treaty.
    """
    return _read(_file("treaties", identifier))


@cache
def treaty(identifier: str) -> Treaty:
    """Return a treaty, such as ``treaty("NATO")``.

    Raises
    ------
    InvalidInput
        If the catalogue has no such treaty.
    """
    from alliancesim.law import Treaty

    return toml.structure(treaty_table(identifier), Treaty, f"treaties/{identifier}.toml")


@cache
def _pairs() -> dict[tuple[str, str], dict[str, Any]]:
    with (_HERE / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["a"], row["b"]): _pair_row(row) for row in csv.DictReader(lines)}


def _pair_row(row: Mapping[str, str]) -> dict[str, Any]:
    distance = {
        "value": float(row["distance_km"]),
        "unit": "km",
        "year": 2019,
        "source": "CShapes 2.0, shortest distance between the borders",
        "status": "computed",
    }
    return {
        "a": row["a"],
        "b": row["b"],
        "distance_km": distance,
        "land_contiguous": row["land_contiguous"] == "yes",
        "rivalry": row["rivalry"],
        "relevant": row["relevant"] == "yes",
        "dyad_years": int(row["dyad_years"]),
        "onsets": int(row["onsets"]),
        "source": row["source"],
    }


def pair_table(a: str, b: str) -> dict[str, Any] | None:
    """Return a pair as a table, or None where the catalogue has no such pair."""
    return _pairs().get((min(a, b), max(a, b)))


def pair(a: str, b: str) -> Pair:
    """Return what lies between two states, in either order.

    Raises
    ------
    InvalidInput
        If the catalogue has no such pair.
    """
    table = pair_table(state(a).id, state(b).id)
    if table is None:
        raise InvalidInput(f"no pair of {a} and {b}", where="pairs.csv", allowed="two states")
    return toml.structure(table, Pair, f"pairs.csv: '{a}-{b}'")


@cache
def parameters() -> tuple[Parameter, ...]:
    """Return every parameter of the model at its default, in the order of their codes.

    Raises
    ------
    InvalidInput
        If two share a code, or one breaks the rules of `Parameter`.
    """
    return read_parameters(_read("parameters.toml"), "parameters.toml")


def read_parameters(tables: Mapping[str, Any], where: str) -> tuple[Parameter, ...]:
    """Return parameters from one table each, refusing codes that are not unique."""
    found: dict[int, Parameter] = {}
    for name, table in tables.items():
        named = {"name": name, **table} if isinstance(table, Mapping) else table
        parameter = toml.structure(named, Parameter, f"{where}: '{name}'")
        if parameter.code in found:
            problem = f"{parameter.code} is the code of {found[parameter.code].name}"
            place = f"{where}: '{name}': code"
            raise InvalidInput(problem, where=place, allowed="a code that no other has")
        found[parameter.code] = parameter
    return tuple(found[code] for code in sorted(found))


@cache
def preset(name: str) -> Preset:
    """Return a named bundle of parameter values.

    Raises
    ------
    InvalidInput
        If there is none of that name, or it sets what is no parameter or out of range.
    """
    tables = _read("presets.toml")
    if not isinstance(name, str) or name not in tables:
        problem = f"{name!r} is not a preset"
        raise InvalidInput(problem, where="preset", allowed=", ".join(tables))
    return read_preset(name, tables[name], f"presets.toml: '{name}'")


def read_preset(name: str, table: Mapping[str, Any], where: str) -> Preset:
    """Return a bundle from its table, each value checked against its parameter."""
    known = {parameter.name: parameter for parameter in parameters()}
    values = {key: value for key, value in table.items() if key != "meaning"}
    for key, value in values.items():
        if key not in known:
            allowed = ", ".join(known)
            raise InvalidInput("not a parameter", where=f"{where}: {key}", allowed=allowed)
        try:
            known[key].fixed_at(value)
        except InvalidInput as error:
            raise error.inside(where) from None
    meaning = toml.structure(table.get("meaning"), str, f"{where}: meaning")
    return Preset(name, meaning, tuple((key, float(value)) for key, value in values.items()))


@attrs.frozen
class _Circumstances:
    circumstance: tuple[Circumstance, ...]


def circumstance_tables() -> list[dict[str, Any]]:
    """Return the circumstances as their file holds them."""
    tables: list[dict[str, Any]] = _read("circumstances.toml")["circumstance"]
    return tables


@cache
def circumstances() -> tuple[Circumstance, ...]:
    """Return the circumstances in which an opportunity may arise, with their weights."""
    table = _read("circumstances.toml")
    return toml.structure(table, _Circumstances, "circumstances.toml").circumstance


@cache
def world() -> World:
    """Return the totals of the whole world, of which states hold shares."""
    return toml.structure(_read("world.toml"), World, "world.toml")


def scenario_path(name: str) -> Path:
    """Return the file of a scenario of the catalogue.

    Raises
    ------
    InvalidInput
        If there is none of that name.
    """
    return _HERE / _file("scenarios", name)
