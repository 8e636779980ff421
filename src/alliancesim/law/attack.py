"""What happened: an attack, in the terms that a treaty's clauses use."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, Literal

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.checks import as_plain, as_tuple, every, flag, kind_of, text
from alliancesim.errors import InvalidInput
from alliancesim.law.checks import day, one_of, ordered, state, states
from alliancesim.law.places import (
    GENERIC,
    GENERIC_STANDINGS,
    Place,
    Position,
    home_regions,
    place,
)

__all__ = ["GENERIC", "Actor", "Attack", "Kind", "Provocation", "Target"]

Kind = Literal["attack", "blockade", "hybrid", "threat", "breach"]
"""An armed attack; a blockade; sabotage, cyber or other hostility below arms; a threat of these; a
breach, without force, of the state of affairs that a treaty guarantees."""

Actor = Literal["state", "proxy", "non-state"]
"""A state itself; a group that acts for a state; a group on its own account."""

Provocation = Literal["unprovoked", "contested", "provoked"]

Target = Literal["territory", "forces", "public-ships", "private-ships", "nationals"]
"""Territory; armed forces, their ships and aircraft among them; other ships and aircraft of the
state, such as a coast guard's; ships and aircraft under its flag in private hands; nationals."""


def known_place(_: Any, attribute: Any, value: Any) -> None:
    """Accept home, overseas, abroad, a named place's id, or a Place."""
    if isinstance(value, Place):
        return
    if not isinstance(value, str):
        problem = f"{kind_of(value)} is not a place"
        raise InvalidInput(problem, where=attribute.name, allowed="a place")
    if value not in GENERIC:
        place(value)


@attrs.frozen(kw_only=True)
class Attack:
    """One attack on a state, or on several at once.

    Attributes
    ----------
    attacker : str
        The state that attacks, itself or by a proxy; or the name of a non-state group.
    co_attackers : tuple of str
        States that attack together with it.
    victim : str
        The state attacked.
    co_victims : tuple of str
        States struck by the same attack, such as the host of a base: each is asked with what the
        place is to it.
    kind : str
        attack, blockade, hybrid, threat or breach.
    place : str or Place
        home, overseas or abroad as the victim sees it, or a named place.
    actor : str
        state, proxy (the attacker acts through a group) or non-state (the attacker is a group).
    sponsor : str or None
        The state behind a non-state attacker.
    tags : tuple of str
        What else clauses ask of the case, such as ``communist``, ``directed-from-abroad`` or
        ``state-of-war``.
    provocation : str
        unprovoked, contested or provoked, by the victim.
    date, until : datetime.date or None
        The day; for an attack that lasts, the first day and the first day on which it is over.
        Without a day the treaty is asked as it stands, expiry and entry into force apart.
    requested : bool or None
        Whether the victim asks for help; None: not known yet.
    consent : bool or None
        Whether the treaty's organ has consented; None: not known yet.
    consents : tuple of str or None
        The parties that consent in the organ, from which its decision follows.
    force_consents : tuple of str
        The parties that consent to use armed force themselves, where a treaty leaves that to each.
    council_acted : bool
        Whether the Security Council of the United Nations has since taken the measures necessary
        to restore peace.
    target : str or None
        territory, forces, public-ships, private-ships or nationals; None takes forces where the
        place is not the victim's own, and territory elsewhere.

    Raises
    ------
    InvalidInput
        When a field is not of its kind, or a state would attack itself.
    """

    attacker: str = attrs.field(validator=text())
    victim: str = attrs.field(validator=state)
    co_attackers: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    co_victims: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    kind: Kind = attrs.field(default="attack", validator=one_of(Kind))
    place: str | Place = attrs.field(default="home", validator=known_place)
    actor: Actor = attrs.field(default="state", validator=one_of(Actor))
    sponsor: str | None = attrs.field(default=None, validator=attrs.validators.optional(state))
    tags: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    provocation: Provocation = attrs.field(default="unprovoked", validator=one_of(Provocation))
    date: dt.date | None = attrs.field(default=None, validator=day)
    until: dt.date | None = attrs.field(default=None, validator=day)
    requested: bool | None = attrs.field(default=None, validator=attrs.validators.optional(flag()))
    consent: bool | None = attrs.field(default=None, validator=attrs.validators.optional(flag()))
    consents: tuple[str, ...] | None = attrs.field(
        default=None, converter=as_tuple, validator=attrs.validators.optional(states)
    )
    force_consents: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    council_acted: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    target: Target | None = attrs.field(
        default=None, validator=attrs.validators.optional(one_of(Target))
    )

    def __attrs_post_init__(self) -> None:
        both = set(self.victims) & set(self.aggressors)
        if both:
            raise InvalidInput(
                f"{', '.join(sorted(both))} would attack itself",
                where="victim",
                allowed="another state",
            )
        for first, others, where in (
            (self.attacker, self.co_attackers, "co_attackers"),
            (self.victim, self.co_victims, "co_victims"),
        ):
            if first in others:
                raise InvalidInput(f"{first} is named twice", where=where, allowed="other states")
        self._refuse_unfit_actor()
        self._refuse_unfit_days()
        if self.consent is not None and self.consents is not None:
            raise InvalidInput(
                "the organ's decision is given twice",
                where="consents",
                allowed="consent, or consents state by state",
            )

    def _refuse_unfit_actor(self) -> None:
        if self.actor == "non-state":
            return
        state(self, attrs.fields(Attack).attacker, self.attacker)
        if self.sponsor is not None:
            raise InvalidInput(
                "only a non-state attacker has a sponsor",
                where="sponsor",
                allowed="none; the attacker of a proxy attack is the state behind it",
            )

    def _refuse_unfit_days(self) -> None:
        if self.until is None:
            return
        if self.date is None:
            raise InvalidInput(
                "an attack that lasts needs its first day", where="until", allowed="date as well"
            )
        ordered(self.date + dt.timedelta(days=1), self.until, "until", "a day after date")

    @cached_property
    def aggressors(self) -> tuple[str, ...]:
        """The attacker, those that attack with it and, where there is one, the state behind it."""
        behind = () if self.sponsor is None else (self.sponsor,)
        return (self.attacker, *self.co_attackers, *behind)

    @cached_property
    def adversaries(self) -> tuple[tuple[str, ...], ...]:
        """Who attacks, each with the state behind it: one adversary each."""
        behind = () if self.sponsor is None else (self.sponsor,)
        return ((self.attacker, *behind), *((one,) for one in self.co_attackers))

    @cached_property
    def victims(self) -> tuple[str, ...]:
        """The states attacked."""
        return (self.victim, *self.co_victims)

    @checked
    def on(self, victim: str) -> Attack:
        """Return the same attack as one on a single victim.

        The target of a co-victim follows from the place: its territory, where the place is its
        own, and its forces elsewhere.
        """
        if not self.co_victims:
            return self
        target = self.target if victim == self.victim else None
        return attrs.evolve(self, victim=victim, co_victims=(), target=target)

    @cached_property
    def where(self) -> Place | None:
        """The place, where it is a named one or written out."""
        if isinstance(self.place, Place):
            return self.place
        return None if self.place in GENERIC else place(self.place)

    @cached_property
    def position(self) -> Position:
        """What the place is to the victim: home, overseas or abroad."""
        if self.where is not None:
            return self.where.position(self.victim, self.date)
        generic: Position = self.place  # type: ignore[assignment]
        return generic

    @cached_property
    def standings(self) -> frozenset[str]:
        """What the place is to the victim: see `alliancesim.law.places.Standing`."""
        if self.where is not None:
            return self.where.standings(self.victim, self.date)
        return GENERIC_STANDINGS[str(self.place)]

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions in which it happened; none for forces or territory left unnamed."""
        if self.where is not None:
            return self.where.regions
        return home_regions(self.victim) if self.place == "home" else ()

    @cached_property
    def administrator(self) -> str | None:
        """Who administers the place on that day; the victim itself at home and overseas."""
        if self.where is not None:
            return self.where.administrator(self.date)
        return None if self.place == "abroad" else self.victim

    @cached_property
    def host(self) -> str | None:
        """On whose soil it happened; None at sea, and where that is not said."""
        if self.where is not None:
            return None if self.where.high_seas else self.where.host(self.date)
        return None if self.place == "abroad" else self.victim

    @cached_property
    def struck(self) -> Target:
        """What was struck; unless said, forces abroad and territory elsewhere."""
        return self.target or ("forces" if self.position == "abroad" else "territory")

    def __str__(self) -> str:
        """Return the attack as one sentence."""
        by = {"state": "", "proxy": " through a proxy", "non-state": " (a non-state group)"}
        where = self.place.name if isinstance(self.place, Place) else self.place
        together = "".join(f" and {one}" for one in self.co_attackers)
        behind = f", backed by {self.sponsor}," if self.sponsor else ""
        what = f", {self.target}" if self.target else ""
        tags = f", {', '.join(self.tags)}" if self.tags else ""
        when = f" on {self.date}" if self.date and not self.until else ""
        lasting = f" from {self.date} until {self.until}" if self.until else ""
        return (
            f"{self.attacker}{by[self.actor]}{together}{behind} against "
            f"{' and '.join(self.victims)}: {self.kind}, {where}{what}, {self.provocation}{tags}"
            f"{when}{lasting}{self._settled()}"
        )

    def _settled(self) -> str:
        """Return what is known of request, organ and Security Council."""
        known = (
            ("help is requested" if self.requested else "no help is requested")
            * (self.requested is not None),
            ("the organ consents" if self.consent else "the organ refuses")
            * (self.consent is not None),
            f"consenting: {', '.join(self.consents or ()) or 'nobody'}"
            * (self.consents is not None),
            f"to armed force consents {', '.join(self.force_consents)}" * bool(self.force_consents),
            "the Security Council has acted" * self.council_acted,
        )
        return "".join(f"; {words}" for words in known if words)
