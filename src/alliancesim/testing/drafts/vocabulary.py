"""What a treaty speaks of: its states, tags, regions, places and days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from alliancesim.law import Place
from alliancesim.law.checks import PARTIES
from alliancesim.law.regions import region_names

__all__ = ["Vocabulary", "fields_within", "known_regions", "vocabulary"]

STATES = {
    "adversaries",
    "adversaries_except",
    "administrators",
    "applies_to",
    "beneficiaries",
    "eligible",
    "excluded",
    "hosts",
    "obligors",
    "only",
    "protected",
    "state",
    "states",
    "victims",
}
SIDES = {"applies_to", "beneficiaries", "eligible", "obligors", "protected", "state", "states"}
"""Of these, the fields that say who owes, who is owed and who may join, not what happened."""

FOES = {"adversaries", "adversaries_except", "excluded", "only"}
HOLDERS = {"administrators", "hosts"}
REGIONS = {"outside", "regions"}
TAGS = {"act_tags", "tags", "tags_except"}


@attrs.frozen(kw_only=True)
class Vocabulary:
    """The words and days that a treaty, or a part of one, uses itself.

    Attributes
    ----------
    states, regions, tags : tuple of str
        In the order of the alphabet.
    named : tuple of str
        Those of the states that a clause asks for in what happened.
    foes : tuple of str
        Those that a clause asks for as attackers.
    hosting : bool
        Whether any party may have to administer a place, or be its host.
    holders : tuple of str
        Those that must administer a place, or be its host.
    outside : tuple of str
        Those of the regions that some area leaves out.
    targets, positions : tuple of str
        What must be struck, and what the place must be to the state attacked.
    days : tuple of date
        In their order.
    places : tuple of Place
        Places that are written out.
    """

    states: tuple[str, ...]
    named: tuple[str, ...]
    foes: tuple[str, ...]
    hosting: bool
    holders: tuple[str, ...]
    regions: tuple[str, ...]
    outside: tuple[str, ...]
    tags: tuple[str, ...]
    targets: tuple[str, ...]
    positions: tuple[str, ...]
    days: tuple[dt.date, ...]
    places: tuple[Place, ...]


def fields_within(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every field of a value and of what it holds, each with its own name."""
    yield name, value
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from fields_within(getattr(value, field.name), field.name)
    elif isinstance(value, tuple):
        for each in value:
            yield from fields_within(each, name)


def vocabulary(*parts: Any) -> Vocabulary:
    """Return what some treaties, or parts of treaties, speak of."""
    found = [pair for part in parts for pair in fields_within(part)]

    def words(names: set[str]) -> tuple[str, ...]:
        return tuple(
            sorted({v for n, v in found if n in names and isinstance(v, str) and v != PARTIES})
        )

    return Vocabulary(
        states=words(STATES),
        named=words(STATES - SIDES),
        foes=words(FOES),
        hosting=any(name in HOLDERS and v == PARTIES for name, v in found),
        holders=words(HOLDERS),
        regions=words(REGIONS),
        outside=words({"outside"}),
        tags=words(TAGS),
        targets=tuple(one for one in words({"targets"}) if one not in ("territory", "forces")),
        positions=words({"positions"}),
        days=tuple(sorted({v for name, v in found if type(v) is dt.date and in_law(name)})),
        places=tuple(dict.fromkeys(v for _, v in found if isinstance(v, Place))),
    )


def in_law(name: str) -> bool:
    """Tell whether a day may change who is bound; the day of a quotation does not."""
    return name != "date"


def known_regions(places: Iterable[Place] = ()) -> frozenset[str]:
    """Return the regions that are listed, and those of some places of the author's own."""
    return frozenset({*region_names(), *(region for place in places for region in place.regions)})
