"""Where must an attack fall? The area of a treaty, as a list of what is covered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar, Literal

import attrs

from alliancesim.data.checks import as_tuple, every, instance, text
from alliancesim.errors import InvalidInput
from alliancesim.law.attack import Attack, Target
from alliancesim.law.checks import day, lasts, ordered, some_of, spelt, states_or_parties
from alliancesim.law.mistakes import Mistake, changed
from alliancesim.law.places import Standing
from alliancesim.law.regions import regions

__all__ = ["Area", "Axis", "Cover", "shares", "within"]

Axis = Literal["circumstance", "attacker", "victim"]
"""A part of an attack on which a condition's answer may depend."""


def within(value: str, allowed: tuple[str, ...]) -> bool:
    """Return whether a value is allowed by a list; an empty list allows everything."""
    return not allowed or value in allowed


def shares(values: tuple[str, ...] | frozenset[str], allowed: tuple[str, ...]) -> bool:
    """Return whether any of some values is allowed by a list; an empty list allows everything."""
    return not allowed or any(value in allowed for value in values)


POSITIONS = {
    "metropolitan": "metropolitan territory",
    "territory": "territory",
    "administered": "administered territory",
    "host": "the soil of another state",
    "high-seas": "the high seas",
}


@attrs.frozen(kw_only=True)
class Cover:
    """One line of an area: what is covered, where, and when. An empty list stands for any.

    Attributes
    ----------
    positions : tuple of str
        What the place must be to the state attacked, any of these: metropolitan (its metropolitan
        territory), territory (its territory, overseas territory among it), administered (what it
        administers), host (the soil of another state), high-seas.
    regions : tuple of str
        The place must lie in one of these, see `alliancesim.law.regions`.
    administrators : tuple of str
        One of these states must administer the place; ``parties`` stands for all bound then.
    hosts : tuple of str
        The place must be the soil of one of these; ``parties`` as above.
    victims : tuple of str
        One of these must be the state attacked; ``parties`` as above.
    targets : tuple of str
        Among territory, forces (their ships and aircraft among them), public-ships, private-ships,
        nationals.
    since, until : date or None
        From the first day; before the day after the last.
    """

    positions: tuple[Standing, ...] = attrs.field(
        default=(), converter=as_tuple, validator=some_of(Standing)
    )
    regions: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=regions)
    administrators: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=states_or_parties
    )
    hosts: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=states_or_parties
    )
    victims: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=states_or_parties
    )
    targets: tuple[Target, ...] = attrs.field(
        default=(), converter=as_tuple, validator=some_of(Target)
    )
    since: dt.date | None = attrs.field(default=None, validator=day)
    until: dt.date | None = attrs.field(default=None, validator=day)

    def __attrs_post_init__(self) -> None:
        ordered(self.since, self.until, "until", "a date not before since")

    def holds(self, attack: Attack) -> bool:
        """Return whether the place of an attack is covered."""
        return (
            lasts(self.since, self.until, attack.date)
            and shares(attack.standings, self.positions)
            and shares(attack.regions, self.regions)
            and within(attack.administrator or "", self.administrators)
            and within(attack.host or "", self.hosts)
            and within(attack.victim, self.victims)
            and within(attack.struck, self.targets)
        )

    def __str__(self) -> str:
        """Return what is covered, in words."""
        parts = [
            " or ".join(self.targets) or "anything",
            f"on {' or '.join(POSITIONS[one] for one in self.positions)}" if self.positions else "",
            f"of {spelt(self.victims)}" if self.victims else "",
            f"in {' or '.join(self.regions)}" if self.regions else "",
            f"administered by {spelt(self.administrators)}" if self.administrators else "",
            f"on the soil of {spelt(self.hosts)}" if self.hosts else "",
            f"from {self.since}" if self.since else "",
            f"until {self.until}" if self.until else "",
        ]
        return " ".join(part for part in parts if part)


@attrs.frozen(kw_only=True)
class Area:
    """Where an attack must fall.

    Attributes
    ----------
    covers : tuple of Cover
        What is covered; one of them must hold.
    outside : tuple of str
        Regions that are left out, whatever the covers say.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    axes: ClassVar[tuple[Axis, ...]] = ("circumstance", "victim")

    covers: tuple[Cover, ...] = attrs.field(
        default=(Cover(),), converter=as_tuple, validator=every(instance(Cover))
    )
    outside: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=regions)
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def __attrs_post_init__(self) -> None:
        if not self.covers:
            raise InvalidInput(
                "an area that covers nothing", where="covers", allowed="at least one cover"
            )

    def met(self, attack: Attack) -> bool:
        """Return whether the attack falls in the area."""
        left_out = any(region in self.outside for region in attack.regions)
        return not left_out and any(cover.holds(attack) for cover in self.covers)

    def told(self, attack: Attack) -> str:
        """Return where it fell and what the area is, in words."""
        regions = f" ({', '.join(attack.regions)})" if attack.regions else ""
        return f"{attack.position} to {attack.victim}{regions}; area: {self.in_words()}"

    def in_words(self) -> str:
        """Return the area in words; empty where it sets no limit."""
        return self._words

    @cached_property
    def _words(self) -> str:
        if self.covers == (Cover(),) and not self.outside:
            return ""
        limits = f", except {', '.join(self.outside)}" if self.outside else ""
        return "; or ".join(str(cover) for cover in self.covers) + limits

    def wrong_encodings(self) -> Iterator[Mistake]:
        """Yield the area with one mistake, each with the mistake in words."""
        for n in range(len(self.covers)):
            fewer = self.covers[:n] + self.covers[n + 1 :]
            if fewer:
                yield f"without cover {n + 1}", changed(self, covers=fewer)
        for n, cover in enumerate(self.covers):
            for words, wrong in wrong_covers(cover):
                covers = (*self.covers[:n], wrong, *self.covers[n + 1 :])
                yield f"cover {n + 1} {words}", changed(self, covers=covers)
        if self.outside:
            yield "nothing outside", changed(self, outside=())
        if self.covers == (Cover(),) and not self.outside:
            home = Cover(positions=("metropolitan",))
            yield "home only", changed(self, covers=(home,))


def wrong_covers(cover: Cover) -> Iterator[Mistake]:
    """Yield one line of an area with one mistake."""
    for field in attrs.fields(Cover):
        values = getattr(cover, field.name)
        if not isinstance(values, tuple):
            if values is not None:
                yield f"no {field.name}", changed(cover, **{field.name: None})
            continue
        if values:
            yield f"any {field.name}", changed(cover, **{field.name: ()})
        for n in range(len(values)):
            fewer = values[:n] + values[n + 1 :]
            if fewer:
                wrong = changed(cover, **{field.name: fewer})
                yield f"{field.name} {list(fewer)}", wrong
