"""Who is bound on a day? Entry into force, term, exit and suspension."""

from __future__ import annotations

import datetime as dt

from alliancesim.law.terms import Party, Term
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown

__all__ = ["bound", "bound_since", "in_force", "members_on", "started"]

NEVER = dt.date.max
ALWAYS = dt.date.min


def started(treaty: Treaty) -> dt.date | None:
    """Return the day the treaty entered into force; None where its dates are not given.

    A treaty that still waits for ratifications starts on ``date.max``.
    """
    entry = treaty.entry
    if entry.on is not None:
        return entry.on
    if entry.rule == "dates":
        return min((party.since for party in treaty.parties if party.since), default=treaty.signed)
    if entry.rule in ("signature", "each"):
        days = [own_day(treaty, party) for party in treaty.parties]
        return sorted(days)[min(2, len(days)) - 1]
    ratified = sorted(party.ratified or NEVER for party in treaty.parties if party.since is None)
    if not ratified:
        return min((party.since for party in treaty.parties if party.since), default=None)
    return (
        ratified[-1] if entry.rule == "all" else ratified[min(entry.count or 1, len(ratified)) - 1]
    )


def own_day(treaty: Treaty, party: Party) -> dt.date:
    """Return the day that a party's own act binds it."""
    day = party.signed if treaty.entry.rule == "signature" else party.ratified
    return party.since or day or NEVER


def bound_since(treaty: Treaty, party: Party) -> dt.date:
    """Return the first day on which a party is bound; ``date.max`` where it is not yet."""
    if party.since is not None:
        return party.since
    if treaty.entry.rule == "dates":
        return treaty.entry.on or ALWAYS
    start = started(treaty) or ALWAYS
    own = (party.signed if treaty.entry.rule == "signature" else party.ratified) or NEVER
    return max(start, own)


def in_force(treaty: Treaty, on: dt.date | None) -> str | None:
    """Return why the treaty is not in force on a day, or None where it is.

    An unknown term is taken to run on: readings of the term are told, not counted.
    """
    if any(not one.states and one.holds(on) for one in treaty.suspensions):
        return "the treaty is suspended"
    if on is None:
        return "the treaty has ended" if treaty.ended else None
    start = started(treaty)
    if start is not None and on < start:
        return "the treaty is not yet in force"
    if treaty.ended is not None and on >= treaty.ended:
        return f"the treaty ended on {treaty.ended}"
    end = treaty.term.end(start) if isinstance(treaty.term, Term) else None
    return f"the term ended on {end}" if end is not None and on >= end else None


def bound(treaty: Treaty, state: str, on: dt.date | None) -> str | None:
    """Return why a party is not bound on a day, or None where it is."""
    party = treaty.party(state)
    if party is None:
        return f"{state} is not a party"
    if any(state in one.states and one.holds(on) for one in treaty.suspensions):
        return f"the part of {state} is suspended"
    since = bound_since(treaty, party)
    if since == NEVER or (on is not None and on < since):
        return f"{state} is not bound yet"
    if party.until is not None and (on is None or on >= party.until):
        return f"{state} left on {party.until}"
    return None


def members_on(treaty: Treaty, on: dt.date | None = None) -> tuple[str, ...]:
    """Return the parties bound on a day (without one, those bound still)."""
    return tuple(state for state in treaty.members if bound(treaty, state, on) is None)


def term_is_open(treaty: Treaty, on: dt.date | None) -> bool:
    """Tell whether some reading of an unknown term has run out on a day, and some has not."""
    if on is None or not isinstance(treaty.term, Unknown):
        return False
    start = started(treaty)
    ends = [reading.value.end(start) for reading in treaty.term.readings]
    return len({end is not None and on >= end for end in ends}) > 1
