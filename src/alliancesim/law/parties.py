"""Who is party to a treaty, who is protected without being one, and from when until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.data.checks import text
from alliancesim.data.codes import check_states, known_states
from alliancesim.law.checks import day, lasts, ordered, state

if TYPE_CHECKING:
    from alliancesim.law.attack import Attack
    from alliancesim.law.treaty import Treaty

__all__ = ["Party", "Protected", "as_parties", "as_protected", "refuse_unknown_states"]


@attrs.frozen
class Party:
    """A party to a treaty, and its dates; None where not known or not yet.

    Attributes
    ----------
    state : str
        The state's id.
    since : date or None
        The day it was bound, where known; None leaves that to the treaty's entry into force.
    until : date or None
        The first day on which it is bound no longer.
    signed, ratified : date or None
        Its signature and its ratification (or accession).
    denounced : date or None
        The day it gave notice.
    """

    state: str = attrs.field(validator=state)
    since: dt.date | None = attrs.field(default=None, validator=day)
    until: dt.date | None = attrs.field(default=None, validator=day)
    signed: dt.date | None = attrs.field(default=None, validator=day)
    ratified: dt.date | None = attrs.field(default=None, validator=day)
    denounced: dt.date | None = attrs.field(default=None, validator=day)

    def __attrs_post_init__(self) -> None:
        ordered(self.since, self.denounced, "denounced", "a date not before since")
        ordered(self.since, self.until, "until", "a date not before since")
        ordered(self.signed, self.ratified, "ratified", "a date not before signed")


@attrs.frozen
class Protected:
    """A state that is protected without being a party, and its dates.

    Attributes
    ----------
    state : str
        The state's id.
    since, until : date or None
        From the first day; before the day after the last.
    article, source : str
        The protocol or designation, and where that was read.
    """

    state: str = attrs.field(validator=state)
    since: dt.date | None = attrs.field(default=None, validator=day)
    until: dt.date | None = attrs.field(default=None, validator=day)
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def __attrs_post_init__(self) -> None:
        ordered(self.since, self.until, "until", "a date not before since")

    def holds(self, on: dt.date | None) -> bool:
        """Return whether it is protected on a day; without a day, whether it is still."""
        return lasts(self.since, self.until, on)


def refuse_unknown_states(
    treaties: Sequence[Treaty], attack: Attack, others: Collection[str] = ()
) -> None:
    """Reject an attack that speaks of a state which nobody knows.

    A treaty all of whose states are made up may be asked about any.
    """
    concerned = {state for treaty in treaties for state in treaty.concerned}
    if concerned.isdisjoint(known_states()):
        return
    group = attack.actor == "non-state"
    named = {
        "attacker": () if group else (attack.attacker,),
        "co_attackers": attack.co_attackers,
        "sponsor": () if attack.sponsor is None else (attack.sponsor,),
        "victim": (attack.victim,),
        "co_victims": attack.co_victims,
        "consents": attack.consents or (),
        "force_consents": attack.force_consents,
    }
    for where, states in named.items():
        check_states(states, {*concerned, *others}, where)


def as_protected(value: Any) -> Any:
    """Take bare state ids for protected states without dates."""
    if not isinstance(value, (list, tuple)):
        return value
    return tuple(Protected(one) if isinstance(one, str) else one for one in value)


def as_parties(value: Any) -> Any:
    """Take bare state ids for parties, and put parties in the order of their ids."""
    if not isinstance(value, (list, tuple)):
        return value
    made = tuple(Party(one) if isinstance(one, str) else one for one in value)
    if all(isinstance(one, Party) for one in made):
        return tuple(sorted(made, key=lambda party: party.state))
    return made
