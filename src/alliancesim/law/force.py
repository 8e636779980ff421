"""Who is bound on a day: entry into force, term, exit, denunciation and suspension."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from alliancesim.data.arguments import checked
from alliancesim.law.terms import Party, Term, add_months
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown

__all__ = [
    "bound_since",
    "bound_until",
    "in_force",
    "members_on",
    "notice_months",
    "started",
    "why_not_bound",
    "why_not_in_force",
]

NEVER = dt.date.max
ALWAYS = dt.date.min


def started(treaty: Treaty) -> dt.date | None:
    """Return the day the treaty entered into force; None where its dates are not given.

    A treaty that still waits for ratifications starts on ``date.max``. A party without a day of its
    own under the rule ``dates`` is bound from the beginning, so the treaty then is as old as it.
    """
    entry = treaty.entry
    if entry.on is not None:
        return entry.on
    if entry.rule == "dates":
        days = [party.since for party in treaty.parties if party.since]
        return min(days) if days and len(days) == len(treaty.parties) else treaty.signed
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


def bound_until(treaty: Treaty, party: Party) -> dt.date | None:
    """Return the first day on which a party is bound no longer; None where it stays.

    A party that has denounced the treaty leaves when its notice has run.
    """
    if party.until is not None or party.denounced is None:
        return party.until
    return add_months(party.denounced, notice_months(treaty))


def notice_months(treaty: Treaty) -> int:
    """Return the months of notice; a term that is unknown, or silent, takes twelve.

    Twelve is what the Vienna Convention on the Law of Treaties asks where a treaty that can be
    denounced says nothing (Article 56(2)).
    """
    term = treaty.term
    if isinstance(term, Term) and term.notice_months is not None:
        return term.notice_months
    return 12


@checked
def in_force(treaty: Treaty, on: dt.date | None = None) -> bool:
    """Return whether the treaty is in force on a day; see `why_not_in_force` for the reason."""
    return why_not_in_force(treaty, on) is None


@checked
def why_not_in_force(treaty: Treaty, on: dt.date | None = None) -> str | None:
    """Return why the treaty is not in force on a day, or None where it is.

    Without a day the treaty is asked as it stands, entry into force and the end of its term
    apart. An unknown term is taken to run on: its readings are asked one by one.
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


@checked
def why_not_bound(treaty: Treaty, state: str, on: dt.date | None = None) -> str | None:
    """Return why a state is not bound on a day, the treaty's own end included, or None."""
    return why_not_party(treaty, state, on) or why_not_in_force(treaty, on)


@lru_cache(maxsize=1 << 16)
def why_not_party(treaty: Treaty, state: str, on: dt.date | None) -> str | None:
    """Return why a state is no bound party of a treaty that is itself in force, or None."""
    party = treaty.party(state)
    if party is None:
        return f"{state} is not a party"
    if any(state in one.states and one.holds(on) for one in treaty.suspensions):
        return f"the part of {state} is suspended"
    since = bound_since(treaty, party)
    if since == NEVER or (on is not None and on < since):
        return f"{state} is not bound yet"
    until = bound_until(treaty, party)
    if until is not None and (on is None or on >= until):
        return f"{state} left on {until}"
    return None


@checked
def members_on(treaty: Treaty, on: dt.date | None = None) -> tuple[str, ...]:
    """Return the parties bound on a day (without one, those bound still).

    None is where the treaty is not yet in force, suspended, ended or lapsed.
    """
    if why_not_in_force(treaty, on) is not None:
        return ()
    return tuple(state for state in treaty.members if why_not_party(treaty, state, on) is None)


def term_is_open(treaty: Treaty, on: dt.date | None) -> bool:
    """Return whether some reading of an unknown term has run out on a day, and some has not."""
    if on is None or not isinstance(treaty.term, Unknown):
        return False
    start = started(treaty)
    ends = [reading.value.end(start) for reading in treaty.term.readings]
    return len({end is not None and on >= end for end in ends}) > 1
