"""Where was it? Places with their regions, and who administered them when.

Okinawa in 1965, Guam, Nagorno-Karabakh, the Falklands and a base in Qatar all turn on that.
The facts are in ``places.toml`` beside this module; a treaty's user may make places of their own.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import attrs

from alliancesim.data.checks import as_tuple, every, instance, text
from alliancesim.errors import InvalidInput
from alliancesim.law.checks import day, lasts, ordered, state

__all__ = ["Place", "Position", "Tenure", "home_regions", "place", "place_names"]

Position = Literal["home", "overseas", "abroad"]
"""Where the victim is hit: its metropolitan territory; territory it administers elsewhere; its
forces, vessels or aircraft outside any territory of its own."""


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
        """Tell whether it holds on a day; without a day, whether it holds still."""
        return lasts(self.since, self.until, on)


@attrs.frozen
class Place:
    """A place that treaties may speak of.

    Attributes
    ----------
    id, name : str
        How attacks refer to it; its name in words.
    regions : tuple of str
        The regions it lies in, in the words that areas of treaties use.
    administrators : tuple of Tenure
        Who administers it, and when.
    metropolitan : tuple of Tenure
        Of whose home territory it is part, and when.
    source : str
        Where these facts come from.
    """

    id: str = attrs.field(validator=text())
    name: str = attrs.field(validator=text())
    regions: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    administrators: tuple[Tenure, ...] = attrs.field(
        default=(), converter=as_tuple, validator=every(instance(Tenure))
    )
    metropolitan: tuple[Tenure, ...] = attrs.field(
        default=(), converter=as_tuple, validator=every(instance(Tenure))
    )
    source: str = ""

    def administrator(self, on: date | None = None) -> str | None:
        """Return who administers the place on a day (now, without one), or None."""
        return next((tenure.state for tenure in self.administrators if tenure.holds(on)), None)

    def position(self, victim: str, on: date | None = None) -> Position:
        """Return what the place is to a state that is attacked there."""
        if any(tenure.state == victim and tenure.holds(on) for tenure in self.metropolitan):
            return "home"
        return "overseas" if self.administrator(on) == victim else "abroad"


def tenures(rows: list[dict[str, Any]]) -> tuple[Tenure, ...]:
    """Read a list of tenures from the data file."""
    return tuple(Tenure(**row) for row in rows)


@cache
def atlas() -> tuple[dict[str, tuple[str, ...]], dict[str, Place]]:
    """Return the regions of home territories, and the named places."""
    raw = tomllib.loads(files(__package__).joinpath("places.toml").read_text(encoding="utf-8"))
    homes = {key: tuple(regions) for key, regions in raw["home"].items()}
    places = {
        key: Place(
            id=key,
            name=row["name"],
            regions=tuple(row["regions"]),
            administrators=tenures(row["administrators"]),
            metropolitan=tenures(row.get("metropolitan", [])),
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
        When no place has that id.
    """
    places = atlas()[1]
    if name not in places:
        generic = ", ".join(get_args(Position))
        raise InvalidInput(
            f"{name!r} is not known",
            where="place",
            allowed=f"{generic}, or a named place: {', '.join(place_names())}",
        )
    return places[name]
