"""The regions that clauses and places may name: a validated list, each with its definition.

The list is ``regions.toml`` beside this module. A region of an author's own begins with ``own-``:
it is then named by the author's places, see `alliancesim.law.Place`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.checks import every, text
from alliancesim.data.names import hint, listed
from alliancesim.errors import InvalidInput

__all__ = ["OWN", "Region", "region", "region_names", "regions"]

OWN = "own-"
"""What the name of a region of an author's own begins with."""


@attrs.frozen
class Region:
    """A region that clauses may name.

    Attributes
    ----------
    id : str
        How clauses and places name it.
    words : str
        What it is.
    serves : str
        The article for whose sake it is listed.
    """

    id: str
    words: str
    serves: str


@cache
def gazetteer() -> dict[str, Region]:
    """Return the listed regions by id."""
    raw = tomllib.loads(files(__package__).joinpath("regions.toml").read_text(encoding="utf-8"))
    return {key: Region(key, **row) for key, row in raw.items()}


def region_names() -> tuple[str, ...]:
    """Return the ids of the listed regions."""
    return tuple(sorted(gazetteer()))


@checked
def region(name: str) -> Region:
    """Return a listed region.

    Raises
    ------
    InvalidInput
        When it is not listed; names the nearest that are.
    """
    if name not in gazetteer():
        raise unlisted(name, "region")
    return gazetteer()[name]


def unlisted(name: str, where: str) -> InvalidInput:
    """Return the error for a region that is not listed."""
    known = region_names()
    return InvalidInput(
        f"{name!r} is not a listed region{hint(name, known, most=3)}",
        where=where,
        allowed=f"{listed(known)}; or a name of your own that begins with {OWN}",
    )


def regions(owner: Any, attribute: Any, value: Any) -> None:
    """Accept a tuple of listed regions, or of regions of an author's own."""
    every(text())(owner, attribute, value)
    for name in value:
        if name not in gazetteer() and not name.startswith(OWN):
            raise unlisted(name, attribute.name)
