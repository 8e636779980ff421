"""Do the dates follow each other? Signature, entry into force, parties' own dates, and the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from alliancesim.law import Party, Term, Treaty, members_on
from alliancesim.law.force import started
from alliancesim.testing.drafts.draft import Draft, Fault

__all__ = ["dates_follow_each_other", "every_party_is_bound_on_some_day", "somebody_is_bound"]


def somebody_is_bound(draft: Draft) -> Iterator[Fault]:
    """There is a day on which somebody is bound to somebody."""
    if not draft.is_ever_binding:
        yield Fault(
            check="somebody_is_bound",
            where="dates",
            words="on no day are two of its states bound, or a party and a state that it protects, "
            f"so nothing is ever owed; {life(draft.treaty)}",
        )


def life(treaty: Treaty) -> str:
    """Say from when and until when a treaty lasts."""
    since, until = started(treaty), end_of(treaty)
    begins = f"it enters into force on {since}" if since else "its entry into force has no date"
    return f"{begins} and ends on {until}" if until else begins


def end_of(treaty: Treaty) -> dt.date | None:
    """Return the first day on which a treaty is no more, or None where it lasts."""
    lapse = treaty.term.end(started(treaty)) if isinstance(treaty.term, Term) else None
    return min((day for day in (treaty.ended, lapse) if day), default=None)


def dates_follow_each_other(draft: Draft) -> Iterator[Fault]:
    """Signature, entry into force, the parties' own dates and the end follow each other."""
    treaty = draft.given
    orders = [
        *((("treaty"), *pair) for pair in whole_life(treaty)),
        *((party.state, *pair) for party in treaty.parties for pair in own_life(treaty, party)),
        *(
            ("suspension", *pair)
            for pause in treaty.suspensions
            for pair in against(treaty, pause.since, pause.until, "the suspension")
        ),
    ]
    for where, early, first, late, second in orders:
        if early is not None and late is not None and late < early:
            words = f"{second} on {late}, which is before {first} on {early}"
            yield Fault(check="dates_follow_each_other", where=where, words=words)


Order = tuple[dt.date | None, str, dt.date | None, str]


def whole_life(treaty: Treaty) -> Iterator[Order]:
    """Yield what must follow what in the life of the treaty itself."""
    entry = treaty.entry.on
    yield treaty.signed, "it was signed", entry, "it enters into force"
    yield entry, "it enters into force", treaty.ended, "it ends"


def own_life(treaty: Treaty, party: Party) -> Iterator[Order]:
    """Yield what must follow what for one party."""
    signed = treaty.signed
    yield signed, "the treaty was signed", party.since, "it is bound"
    yield signed, "the treaty was signed", party.ratified, "it ratified"
    yield signed, "the treaty was signed", party.signed, "it signed"
    yield party.denounced, "it gave notice", party.until, "it leaves"
    yield from against(treaty, party.since, party.until, "its membership")


def against(
    treaty: Treaty, since: dt.date | None, until: dt.date | None, what: str
) -> Iterator[Order]:
    """Yield what must follow what for something that lasts as long as the treaty at most."""
    yield treaty.entry.on, "the treaty enters into force", until, f"{what} ends"
    yield since, f"{what} begins", treaty.ended, "the treaty ends"


def every_party_is_bound_on_some_day(draft: Draft) -> Iterator[Fault]:
    """Every party is bound on some day."""
    if not draft.is_ever_binding:
        return
    bound = {state for states in draft.bound.values() for state in states}
    for state in draft.treaty.members:
        if state not in bound:
            words = f"it is a party, and bound on no day; {life(draft.treaty)}"
            yield Fault(check="every_party_is_bound_on_some_day", where=state, words=words)


def suspensions_suspend_something(draft: Draft) -> Iterator[Fault]:
    """Every suspension is of parties, and frees somebody on some day."""
    treaty = draft.treaty
    for n, pause in enumerate(treaty.suspensions):
        where = f"suspension {n + 1}"
        for state in sorted(set(pause.states) - set(treaty.members)):
            yield Fault(
                check="suspensions_suspend_something",
                where=where,
                words=f"the part of {state} is suspended, which is not a party",
            )
        rest = treaty.suspensions[:n] + treaty.suspensions[n + 1 :]
        if timeline(draft, treaty) == timeline(draft, attrs.evolve(treaty, suspensions=rest)):
            yield Fault(
                check="suspensions_suspend_something",
                where=where,
                words="it frees nobody on any day who would be bound without it",
            )


def timeline(draft: Draft, treaty: Treaty) -> list[object]:
    """Return who is bound on each day on which something may change."""
    return [members_on(treaty, day) for day in draft.bound]
