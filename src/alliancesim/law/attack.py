"""What happened? An attack, as a treaty's clauses ask about it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, get_args

import attrs

from alliancesim.data.checks import as_tuple, every, flag, text
from alliancesim.errors import InvalidInput
from alliancesim.law.checks import day, one_of, state
from alliancesim.law.places import Place, Position, home_regions, place

__all__ = ["Actor", "Attack", "Kind", "Provocation", "Target"]

Kind = Literal["attack", "blockade", "hybrid", "threat"]
"""An armed attack; a blockade; sabotage, cyber or other hostility below arms; a threat of these."""

Actor = Literal["state", "proxy", "non-state"]
"""A state itself; a group that acts for a state; a group on its own account."""

Provocation = Literal["unprovoked", "contested", "provoked"]
Target = Literal["territory", "forces"]

GENERIC: tuple[str, ...] = get_args(Position)


def known_place(_: Any, attribute: Any, value: Any) -> None:
    """Accept home, overseas, abroad, a named place's id, or a Place."""
    if isinstance(value, Place) or value in GENERIC:
        return
    if not isinstance(value, str):
        raise InvalidInput(f"{value!r} is not a place", where=attribute.name, allowed="a place")
    place(value)


@attrs.frozen(kw_only=True)
class Attack:
    """One attack of somebody on a state.

    Attributes
    ----------
    attacker : str
        The state that attacks, itself or by a proxy; or the name of a non-state group.
    victim : str
        The state attacked.
    kind : str
        attack, blockade, hybrid or threat.
    place : str or Place
        home, overseas or abroad as the victim sees it, or a named place.
    actor : str
        state, proxy (the attacker acts through a group) or non-state (the attacker is a group).
    sponsor : str or None
        The state behind a non-state attacker.
    tags : tuple of str
        What else clauses ask of the attacker, such as ``communist`` or ``directed-from-abroad``.
    provocation : str
        unprovoked, contested or provoked, by the victim.
    date : datetime.date or None
        The day; None asks about the treaty as it stands, expiry and entry into force apart.
    requested : bool or None
        Whether the victim asks for help; None: not known yet.
    consent : bool or None
        Whether the treaty's organ has consented; None: not known yet.
    council_acted : bool
        Whether the Security Council of the United Nations has since taken the measures necessary
        to restore peace.
    target : str or None
        territory or forces; None takes forces abroad and territory elsewhere.

    Raises
    ------
    InvalidInput
        When a field is not of its kind, or a state would attack itself.
    """

    attacker: str = attrs.field(validator=text())
    victim: str = attrs.field(validator=state)
    kind: Kind = attrs.field(default="attack", validator=one_of(Kind))
    place: str | Place = attrs.field(default="home", validator=known_place)
    actor: Actor = attrs.field(default="state", validator=one_of(Actor))
    sponsor: str | None = attrs.field(default=None, validator=attrs.validators.optional(state))
    tags: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    provocation: Provocation = attrs.field(default="unprovoked", validator=one_of(Provocation))
    date: dt.date | None = attrs.field(default=None, validator=day)
    requested: bool | None = attrs.field(default=None, validator=attrs.validators.optional(flag()))
    consent: bool | None = attrs.field(default=None, validator=attrs.validators.optional(flag()))
    council_acted: bool = attrs.field(default=False, validator=flag())
    target: Target | None = attrs.field(
        default=None, validator=attrs.validators.optional(one_of(Target))
    )

    def __attrs_post_init__(self) -> None:
        if self.victim in self.aggressors:
            raise InvalidInput(
                f"{self.victim} would attack itself", where="victim", allowed="another state"
            )
        if self.actor != "non-state":
            state(self, attrs.fields(Attack).attacker, self.attacker)
            if self.sponsor is not None:
                raise InvalidInput(
                    "only a non-state attacker has a sponsor",
                    where="sponsor",
                    allowed="none; the attacker of a proxy attack is the state behind it",
                )

    @property
    def aggressors(self) -> tuple[str, ...]:
        """The attacker and, where there is one, the state behind it."""
        return (self.attacker,) if self.sponsor is None else (self.attacker, self.sponsor)

    @property
    def position(self) -> Position:
        """What the place is to the victim: home, overseas or abroad."""
        if isinstance(self.place, Place):
            return self.place.position(self.victim, self.date)
        if self.place in GENERIC:
            generic: Position = self.place  # type: ignore[assignment]
            return generic
        return place(self.place).position(self.victim, self.date)

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions in which it happened; none for forces or territory left unnamed."""
        if isinstance(self.place, Place):
            return self.place.regions
        if self.place in GENERIC:
            return home_regions(self.victim) if self.place == "home" else ()
        return place(self.place).regions

    @property
    def administrator(self) -> str | None:
        """Who administers the place on that day; the victim itself at home and overseas."""
        if isinstance(self.place, Place):
            return self.place.administrator(self.date)
        if self.place in GENERIC:
            return None if self.place == "abroad" else self.victim
        return place(self.place).administrator(self.date)

    @property
    def struck(self) -> Target:
        """What was struck: territory or forces."""
        return self.target or ("forces" if self.position == "abroad" else "territory")

    def __str__(self) -> str:
        """Return the attack as one sentence."""
        by = {"state": "", "proxy": " through a proxy", "non-state": " (a non-state group)"}
        where = self.place.name if isinstance(self.place, Place) else self.place
        behind = f", backed by {self.sponsor}," if self.sponsor else ""
        when = f" on {self.date}" if self.date else ""
        since = "; the Security Council has acted" if self.council_acted else ""
        return (
            f"{self.attacker}{by[self.actor]}{behind} against {self.victim}: "
            f"{self.kind}, {where}, {self.provocation}{when}{since}"
        )
