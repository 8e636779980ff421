"""The files of the catalogue, each read once, from a folder or from an archive."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from alliancesim.data import toml

__all__ = ["file_of", "read", "stems"]


def file_of(name: str) -> Traversable:
    """Return a file or a folder of the catalogue, such as ``"states/PAK.toml"``."""
    return files(__package__).joinpath(*name.split("/"))


def stems(folder: str) -> tuple[str, ...]:
    """Return the names of the TOML files in a folder of the catalogue, without their ends."""
    found = (each.name for each in file_of(folder).iterdir())
    return tuple(sorted(name[:-5] for name in found if name.endswith(".toml")))


@cache
def read(name: str) -> dict[str, Any]:
    """Return the tables of a file of the catalogue; they must not be changed."""
    return toml.read_resource(file_of(name))
