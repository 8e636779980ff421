"""What a treaty speaks of: its states, tags, regions, places and days, wherever they stand in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from alliancesim.law import Place, Treaty
from alliancesim.law.places import atlas

__all__ = ["Vocabulary", "fields_within", "known_regions", "vocabulary"]

STATES = {
    "adversaries",
    "adversaries_except",
    "administrators",
    "applies_to",
    "beneficiaries",
    "eligible",
    "excluded",
    "obligors",
    "only",
    "protected",
    "state",
    "states",
    "victims",
}
SIDES = {"applies_to", "beneficiaries", "eligible", "obligors", "protected", "state", "states"}
"""Of these, the fields that say who owes, who is owed and who may join, not what happened."""

HOLDERS = {"administrators"}
REGIONS = {"outside", "regions"}
TAGS = {"tags", "tags_except"}


@attrs.frozen(kw_only=True)
class Vocabulary:
    """The words and days that a treaty, or a part of one, uses itself.

    Attributes
    ----------
    states, regions, tags : tuple of str
        In the order of the alphabet.
    named : tuple of str
        Those of the states that a clause asks for in what happened.
    holders : tuple of str
        Those that must administer a place.
    outside : tuple of str
        Those of the regions that some area leaves out.
    days : tuple of date
        In their order.
    places : tuple of Place
        Places that are written out.
    """

    states: tuple[str, ...]
    named: tuple[str, ...]
    holders: tuple[str, ...]
    regions: tuple[str, ...]
    outside: tuple[str, ...]
    tags: tuple[str, ...]
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
        return tuple(sorted({v for name, v in found if name in names and isinstance(v, str)}))

    return Vocabulary(
        states=words(STATES),
        named=words(STATES - SIDES),
        holders=words(HOLDERS),
        regions=words(REGIONS),
        outside=words({"outside"}),
        tags=words(TAGS),
        days=tuple(sorted({v for name, v in found if type(v) is dt.date and in_law(name)})),
        places=tuple(dict.fromkeys(v for _, v in found if isinstance(v, Place))),
    )


def in_law(name: str) -> bool:
    """Tell whether a day may change who is bound; the day of a quotation does not."""
    return name != "date"


def known_regions(places: Iterable[Place] = ()) -> frozenset[str]:
    """Return the regions in which some state's home, or some place, lies."""
    homes, named = atlas()
    found = {region for regions in homes.values() for region in regions}
    for place in (*named.values(), *places):
        found |= set(place.regions)
    return frozenset(found)

