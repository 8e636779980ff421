"""Where must an attack fall? The area of a treaty, as a list of what is covered."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from alliancesim.data.checks import as_tuple, every, instance, text
from alliancesim.errors import InvalidInput
from alliancesim.law.attack import Attack, Target
from alliancesim.law.checks import some_of, states
from alliancesim.law.places import Position

__all__ = ["Area", "Axis", "Cover", "shares", "within"]

Axis = Literal["circumstance", "attacker", "victim"]
"""A part of an attack on which a condition's answer may hang."""


def within(value: str, allowed: tuple[str, ...]) -> bool:
    """Tell whether a value is allowed by a list; an empty list allows everything."""
    return not allowed or value in allowed


def shares(values: tuple[str, ...], allowed: tuple[str, ...]) -> bool:
    """Tell whether any of some values is allowed by a list; an empty list allows everything."""
    return not allowed or any(value in allowed for value in values)


@attrs.frozen(kw_only=True)
class Cover:
    """One line of an area: what is covered, and where. An empty list stands for any.

    Attributes
    ----------
    positions : tuple of str
        Among home, overseas, abroad, as the victim sees the place.
    regions : tuple of str
        The place must lie in one of these.
    administrators : tuple of str
        One of these states must administer the place.
    victims : tuple of str
        One of these must be the state attacked.
    targets : tuple of str
        Among territory, forces.
    """

    positions: tuple[Position, ...] = attrs.field(
        default=(), converter=as_tuple, validator=some_of(Position)
    )
    regions: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    administrators: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    victims: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    targets: tuple[Target, ...] = attrs.field(
        default=(), converter=as_tuple, validator=some_of(Target)
    )

    def holds(self, attack: Attack) -> bool:
        """Tell whether the place of an attack is covered."""
        return (
            within(attack.position, self.positions)
            and shares(attack.regions, self.regions)
            and within(attack.administrator or "", self.administrators)
            and within(attack.victim, self.victims)
            and within(attack.struck, self.targets)
        )

    def __str__(self) -> str:
        """Return what is covered, in words."""
        parts = [
            " or ".join(self.targets) or "territory and forces",
            " or ".join(self.positions),
            f"of {', '.join(self.victims)}" if self.victims else "",
            f"in {' or '.join(self.regions)}" if self.regions else "",
            f"under {' or '.join(self.administrators)}" if self.administrators else "",
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
    outside: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    article: str = ""
    source: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.covers:
            raise InvalidInput(
                "an area that covers nothing", where="covers", allowed="at least one cover"
            )

    def met(self, attack: Attack) -> bool:
        """Tell whether the attack falls in the area."""
        left_out = any(region in self.outside for region in attack.regions)
        return not left_out and any(cover.holds(attack) for cover in self.covers)

    def told(self, attack: Attack) -> str:
        """Say where it fell and what the area is."""
        regions = f" ({', '.join(attack.regions)})" if attack.regions else ""
        limits = f", save {', '.join(self.outside)}" if self.outside else ""
        asked = "; or ".join(str(cover) for cover in self.covers) + limits
        return f"{attack.position} to {attack.victim}{regions}; area: {asked}"
