"""A scenario from the catalogue or a TOML file, and back to one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alliancesim import catalogue
from alliancesim.data import toml
from alliancesim.data.arguments import checked
from alliancesim.data.files import is_file
from alliancesim.data.names import listed, unknown
from alliancesim.errors import InvalidInput
from alliancesim.scenario._base import inherited
from alliancesim.scenario._consistency import check_in_force
from alliancesim.scenario._expand import expand
from alliancesim.scenario.scenario import Scenario

__all__ = ["dump", "dumps", "load", "loads", "restore"]


@checked
def load(name_or_path: str | Path) -> Scenario:
    """Return a scenario of the catalogue by its name, or one from a TOML file.

    Parameters
    ----------
    name_or_path : str or Path
        Such as ``"smda"`` or ``"my.toml"``.

    Raises
    ------
    InvalidInput
        If there is none, or anything in it is not as it must be.
    """
    known = catalogue.names("scenarios")
    if isinstance(name_or_path, str) and name_or_path in known:
        path = catalogue.scenario_path(name_or_path)
        return _made(toml.read_resource(path), path.name)
    looks_like = str(name_or_path).casefold().endswith(".toml") or is_file(name_or_path)
    if isinstance(name_or_path, str) and not looks_like:
        allowed = f"{listed(known)}, or the path of a .toml file"
        raise unknown(name_or_path, known, what="scenario", where="scenario", allowed=allowed)
    return _made(toml.read(name_or_path), str(name_or_path))


@checked
def loads(text: str, where: str = "text") -> Scenario:
    """Return a scenario from a TOML text; `where` names it in messages."""
    return _made(toml.loads(text, where), where)


def restore(text: str, where: str) -> Scenario:
    """Return a scenario that `dumps` wrote, as it was: also with treaties that no arm has."""
    return _made(toml.loads(text, where), where, whole=True)


def _made(raw: dict[str, Any], where: str, *, whole: bool = False) -> Scenario:
    try:
        made = toml.structure(expand(inherited(raw, _of_catalogue)), Scenario)
        if not whole:
            check_in_force(made)
    except InvalidInput as error:
        raise error.inside(where) from None
    return made


def _of_catalogue(name: str) -> dict[str, Any]:
    return toml.read_resource(catalogue.scenario_path(name))


@checked
def dumps(scenario: Scenario) -> str:
    """Return a scenario as TOML, written out in full; `loads` gives it back exactly."""
    return toml.dumps(scenario)


@checked
def dump(scenario: Scenario, path: str | Path) -> None:
    """Write a scenario to a TOML file, in full; `load` gives it back exactly."""
    toml.write(scenario, path)
