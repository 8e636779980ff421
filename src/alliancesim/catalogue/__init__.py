"""Facts as data: states, pairs, treaties, parameters and scenarios, each figure with its source.

The files beside this module hold the facts; the functions here read them, once, and check them
as strictly as a user's own.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, Literal

import attrs

from alliancesim.catalogue._dated import as_known
from alliancesim.catalogue._editions import Editions, editions, newest_edition
from alliancesim.catalogue._files import file_of, read, stems
from alliancesim.catalogue._parameters import Preset, parameters, preset
from alliancesim.catalogue._variants import variant, variants, with_variant
from alliancesim.data import toml
from alliancesim.data.arguments import checked
from alliancesim.data.circumstance import Circumstance
from alliancesim.data.names import hint, listed
from alliancesim.data.state import Pair, State, WorldTotals
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.law import Treaty

__all__ = [
    "Editions",
    "Preset",
    "circumstances",
    "editions",
    "names",
    "newest_edition",
    "pair",
    "pair_table",
    "parameters",
    "preset",
    "scenario_path",
    "state",
    "state_table",
    "totals",
    "totals_table",
    "treaty",
    "treaty_table",
    "variant",
    "variants",
    "with_variant",
]

Kind = Literal["states", "treaties", "scenarios", "presets", "parameters", "circumstances"]


@checked
def names(kind: Kind) -> tuple[str, ...]:
    """Return the names of everything of a kind in the catalogue.

    Parameters
    ----------
    kind : {"states", "treaties", "scenarios", "presets", "parameters", "circumstances"}
        What to list.
    """
    if kind == "presets":
        return tuple(read("presets.toml"))
    if kind == "parameters":
        return tuple(parameter.name for parameter in parameters())
    if kind == "circumstances":
        return tuple(circumstance.name for circumstance in circumstances())
    return stems(kind)


def _file(kind: Literal["states", "treaties", "scenarios"], name: str) -> str:
    """Return the file of a name, whatever its case is in the file system."""
    known = names(kind)
    if not isinstance(name, str) or name not in known:
        one = {"states": "state", "treaties": "treaty", "scenarios": "scenario"}[kind]
        problem = f"{name!r} is not a {one} of the catalogue{hint(name, known)}"
        raise InvalidInput(problem, where=kind, allowed=listed(known))
    return f"{kind}/{name}.toml"


@checked
def state_table(identifier: str, on: dt.date | None = None) -> dict[str, Any]:
    """Return a state as the files hold it, with what was known on a day; see `state`."""
    return as_known("states", identifier, read(_file("states", identifier)), on)


@cache
def state(identifier: str, on: dt.date | None = None) -> State:
    """Return a state, such as ``state("PAK")``.

    Parameters
    ----------
    identifier : str
        Its identifier.
    on : date, optional
        The cut-off: figures that the catalogue uses only later are left out. By default the
        newest figures.

    Raises
    ------
    InvalidInput
        If the catalogue has no such state.
    """
    return toml.structure(state_table(identifier, on), State, f"states/{identifier}.toml")


@checked
def treaty_table(identifier: str, on: dt.date | None = None) -> dict[str, Any]:
    """Return a treaty as the files hold it, with what was known on a day; see `treaty`."""
    return as_known("treaties", identifier, read(_file("treaties", identifier)), on)


@cache
def treaty(identifier: str, on: dt.date | None = None) -> Treaty:
    """Return a treaty, such as ``treaty("NATO")``.

    Parameters
    ----------
    identifier : str
        Its identifier.
    on : date, optional
        The cut-off: what the catalogue says of it only later is left out. By default the newest.

    Raises
    ------
    InvalidInput
        If the catalogue has no such treaty.
    """
    from alliancesim.law import Treaty

    return toml.structure(treaty_table(identifier, on), Treaty, f"treaties/{identifier}.toml")


@cache
def _pairs() -> dict[tuple[str, str], dict[str, Any]]:
    lines = file_of("pairs.csv").read_text(encoding="utf-8").splitlines()
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


@checked
def pair_table(a: str, b: str) -> dict[str, Any] | None:
    """Return a pair as a table, or None where the catalogue has no such pair."""
    return _pairs().get((min(a, b), max(a, b)))


@checked
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


@attrs.frozen
class _Circumstances:
    circumstance: tuple[Circumstance, ...]


def circumstance_tables() -> list[dict[str, Any]]:
    """Return the circumstances as their file holds them."""
    tables: list[dict[str, Any]] = read("circumstances.toml")["circumstance"]
    return tables


@cache
def circumstances() -> tuple[Circumstance, ...]:
    """Return the circumstances in which an opportunity may arise, with their weights."""
    table = read("circumstances.toml")
    return toml.structure(table, _Circumstances, "circumstances.toml").circumstance


@checked
def totals_table(on: dt.date | None = None) -> dict[str, Any]:
    """Return the totals of the whole world as the files hold them, known on a day."""
    return as_known("totals", "", read("totals.toml"), on)


@cache
def totals(on: dt.date | None = None) -> WorldTotals:
    """Return the totals of the whole world, of which states hold shares.

    Parameters
    ----------
    on : date, optional
        The cut-off, as for `state`; by default the newest.
    """
    return toml.structure(totals_table(on), WorldTotals, "totals.toml")


@checked
def scenario_path(name: str) -> Traversable:
    """Return the file of a scenario of the catalogue: a path, or its place in an archive.

    Raises
    ------
    InvalidInput
        If there is none of that name.
    """
    return file_of(_file("scenarios", name))
