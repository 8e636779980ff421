"""Where was it? Places with their regions, whose territory they are, and who administers them.

Okinawa in 1965, Guam, Nagorno-Karabakh, the Falklands and a base in Qatar all depend on that.
The facts are in ``places.toml`` beside this module; a treaty's user may make places of their own.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import attrs

from alliancesim.data.checks import as_plain, as_tuple, every, flag, instance, text
from alliancesim.data.names import hint, listed
from alliancesim.errors import InvalidInput
from alliancesim.law.checks import day, lasts, ordered, state
from alliancesim.law.regions import regions

__all__ = [
    "GENERIC",
    "Place",
    "Position",
    "Standing",
    "Tenure",
    "home_regions",
    "place",
    "place_names",
]

Position = Literal["home", "overseas", "abroad"]
"""A place that is not named, as the state attacked sees it: its metropolitan territory; territory
of its own elsewhere; its forces outside any territory of its own."""

GENERIC: tuple[str, ...] = get_args(Position)

Standing = Literal["metropolitan", "territory", "administered", "host", "high-seas"]
"""What a place is to a state that is attacked there: its metropolitan territory; its territory,
metropolitan or overseas, whoever administers it; what it administers, its own or not; the soil of
another state; waters and airspace that are no state's territory."""

GENERIC_STANDINGS: dict[str, frozenset[str]] = {
    "home": frozenset({"metropolitan", "territory", "administered"}),
    "overseas": frozenset({"territory", "administered"}),
    "abroad": frozenset(),
}


@attrs.frozen
class Tenure:
    """A state's hold on something from one date until another; None is open.

    Attributes
    ----------
    state : str
        The state's id.
    since : date or None
        The first day.
    until : date or None
        The first day on which it no longer holds.
    """

    state: str = attrs.field(validator=state)
    since: date | None = attrs.field(default=None, validator=day)
    until: date | None = attrs.field(default=None, validator=day)

    def __attrs_post_init__(self) -> None:
        ordered(self.since, self.until, "until", "a date not before since")

    def holds(self, on: date | None) -> bool:
        """Return whether it holds on a day; without a day, whether it holds still."""
        return lasts(self.since, self.until, on)


def tenures_field() -> Any:
    """Return the field of a place for who held something, and when."""
    return attrs.field(default=(), converter=as_tuple, validator=every(instance(Tenure)))


@attrs.frozen
class Place:
    """A place that treaties may speak of.

    Attributes
    ----------
    id, name : str
        How attacks refer to it; its name in words.
    regions : tuple of str
        The regions it lies in, see `alliancesim.law.regions`.
    administrators : tuple of Tenure
        Who administers it, and when: a fact about control.
    metropolitan : tuple of Tenure
        Of whose metropolitan territory it is part, and when.
    territory : tuple of Tenure
        Whose territory it is without being metropolitan, and when; where title is disputed,
        each state that holds or claims it and whose treaty may mean it.
    high_seas : bool
        Whether it is waters or airspace that are no state's territory.
    source : str
        Where these facts come from.
    """

    id: str = attrs.field(validator=text())
    name: str = attrs.field(validator=text())
    regions: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=regions)
    administrators: tuple[Tenure, ...] = tenures_field()
    metropolitan: tuple[Tenure, ...] = tenures_field()
    territory: tuple[Tenure, ...] = tenures_field()
    high_seas: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    source: str = attrs.field(default="", validator=text(empty=True))

    def administrator(self, on: date | None = None) -> str | None:
        """Return who administers the place on a day (now, without one), or None."""
        return next((tenure.state for tenure in self.administrators if tenure.holds(on)), None)

    def host(self, on: date | None = None) -> str | None:
        """Return on whose soil forces at the place are: its administrator, else its owner."""
        owners = (*self.metropolitan, *self.territory)
        owner = next((tenure.state for tenure in owners if tenure.holds(on)), None)
        return self.administrator(on) or owner

    def standings(self, victim: str, on: date | None = None) -> frozenset[str]:
        """Return what the place is to a state that is attacked there, see `Standing`."""
        if self.high_seas:
            return frozenset({"high-seas"})
        found = set()
        if held(self.metropolitan, victim, on):
            found |= {"metropolitan", "territory"}
        if held(self.territory, victim, on):
            found.add("territory")
        if self.administrator(on) == victim:
            found.add("administered")
        return frozenset(found or ({"host"} if self.host(on) else ()))

    def position(self, victim: str, on: date | None = None) -> Position:
        """Return the nearest of home, overseas and abroad to a state attacked there."""
        standings = self.standings(victim, on)
        if "metropolitan" in standings:
            return "home"
        return "overseas" if standings & {"territory", "administered"} else "abroad"


def held(tenures: tuple[Tenure, ...], victim: str, on: date | None) -> bool:
    """Return whether a state is among those who hold something on a day."""
    return any(tenure.state == victim and tenure.holds(on) for tenure in tenures)


def tenures(rows: list[dict[str, Any]]) -> tuple[Tenure, ...]:
    """Read a list of tenures from the data file."""
    return tuple(Tenure(**row) for row in rows)


@cache
def atlas() -> tuple[dict[str, tuple[str, ...]], dict[str, Place]]:
    """Return the regions of home territories, and the named places."""
    raw = tomllib.loads(files(__package__).joinpath("places.toml").read_text(encoding="utf-8"))
    homes = {key: tuple(names) for key, names in raw["home"].items()}
    places = {
        key: Place(
            id=key,
            name=row["name"],
            regions=tuple(row["regions"]),
            administrators=tenures(row.get("administrators", [])),
            metropolitan=tenures(row.get("metropolitan", [])),
            territory=tenures(row.get("territory", [])),
            high_seas=row.get("high_seas", False),
            source=row["source"],
        )
        for key, row in raw["place"].items()
    }
    return homes, places


def home_regions(state_id: str) -> tuple[str, ...]:
    """Return the regions of a state's metropolitan territory; none where not on file."""
    return atlas()[0].get(state_id, ())


def place_names() -> tuple[str, ...]:
    """Return the ids of the named places."""
    return tuple(sorted(atlas()[1]))


def place(name: str) -> Place:
    """Return a named place.

    Raises
    ------
    InvalidInput
        When no place has that id; names the nearest that have.
    """
    places = atlas()[1]
    if name not in places:
        raise InvalidInput(
            f"{name!r} is not known{hint(name, places, most=3)}",
            where="place",
            allowed=f"{', '.join(GENERIC)}, or a named place: {listed(place_names())}",
        )
    return places[name]
