"""The folder of the catalogue, each of its files read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from alliancesim.data import toml

__all__ = ["HERE", "read"]

HERE = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """Return the tables of a file of the catalogue; they must not be changed."""
    return toml.read(HERE / name)
