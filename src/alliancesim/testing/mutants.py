"""A treaty with one duty-bearing field changed, for every such field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs

from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Accession,
    Entry,
    LegalForm,
    Obligation,
    Primacy,
    Term,
    Treaty,
    Unknown,
)
from alliancesim.law.clauses import CLAUSES

__all__ = ["mutants"]

DAY = dt.timedelta(days=1)
Change = tuple[str, Any]


def changed_in(value: Any, /, **fields: Any) -> Any:
    """Return a value with some fields changed."""
    return attrs.evolve(value, **fields)


def wrong(clause: Any) -> Iterator[Change]:
    """Yield a clause with one mistake: what its class says a wrong encoding of it would be."""
    if isinstance(clause, bool):
        yield str(not clause), not clause
    else:
        yield from clause.wrong_encodings()


def unknown_changes(unknown: Unknown[Any], name: str) -> Iterator[Change]:
    """Yield an unknown clause read one way only, with other weights, or with a reading changed."""
    for n, reading in enumerate(unknown.readings):
        yield f"read as {n + 1}", reading.value
        if name == "agreed":
            continue
        for words, changed in wrong(reading.value):
            readings = list(unknown.readings)
            readings[n] = changed_in(reading, value=changed)
            yield f"reading {n + 1} {words}", changed_in(unknown, readings=tuple(readings))


def clause_changes(obligation: Obligation, name: str) -> Iterator[Change]:
    """Yield the changes of one clause of an obligation."""
    clause = getattr(obligation, name)
    if isinstance(clause, Unknown):
        yield from unknown_changes(clause, name)
    elif clause is not None:
        yield from wrong(clause)


def clauses_of(obligation: Obligation) -> list[str]:
    """Return the clauses to change: all of a duty of help, and those that another duty sets."""
    plain = Obligation(
        kind=obligation.kind, article=obligation.article, response=obligation.response
    )
    return [
        name
        for name in CLAUSES
        if obligation.helps or name == "agreed" or getattr(obligation, name) != getattr(plain, name)
    ]


def obligation_changes(obligation: Obligation) -> Iterator[tuple[str, Obligation]]:
    """Yield changes of an obligation."""
    if obligation.obligors is not None:
        yield "mutual", changed_in(obligation, obligors=None, beneficiaries=None)
    for name in clauses_of(obligation):
        for words, changed in clause_changes(obligation, name):
            try:
                yield f"{name}: {words}", changed_in(obligation, **{name: changed})
            except InvalidInput:
                continue
    for n, proviso in enumerate(obligation.exceptions):
        rest = obligation.exceptions[:n] + obligation.exceptions[n + 1 :]
        yield f"without exception {n + 1}", changed_in(obligation, exceptions=rest)
        for words, limit in proviso.wrong_encodings():
            limits = (*obligation.exceptions[:n], limit, *obligation.exceptions[n + 1 :])
            try:
                yield f"exception {n + 1} {words}", changed_in(obligation, exceptions=limits)
            except InvalidInput:
                continue


def party_changes(treaty: Treaty) -> Iterator[tuple[str, Treaty]]:
    """Yield changes of who is party, and when."""
    for n, party in enumerate(treaty.parties):
        for name in ("since", "until"):
            day = getattr(party, name)
            if day is not None:
                moved = changed_in(party, **{name: day + DAY})
                parties = (*treaty.parties[:n], moved, *treaty.parties[n + 1 :])
                words = f"{party.state} {name} a day later"
                yield words, changed_in(treaty, parties=parties)
    for n, pause in enumerate(treaty.suspensions):
        rest = treaty.suspensions[:n] + treaty.suspensions[n + 1 :]
        yield f"without suspension {n + 1}", changed_in(treaty, suspensions=rest)
        for name in ("since", "until"):
            day = getattr(pause, name)
            if day is not None:
                late = changed_in(pause, **{name: day + DAY})
                pauses = (*treaty.suspensions[:n], late, *treaty.suspensions[n + 1 :])
                words = f"suspension {n + 1} {name} a day later"
                yield words, changed_in(treaty, suspensions=pauses)


def frame_changes(treaty: Treaty) -> Iterator[tuple[str, Treaty]]:
    """Yield changes of form, entry into force, term, accession and rank."""
    kind = "policy" if treaty.form.kind != "policy" else "treaty"
    yield f"form {kind}", changed_in(treaty, form=LegalForm(kind=kind))
    if treaty.entry.on is not None:
        entry = Entry(rule=treaty.entry.rule, count=treaty.entry.count, on=treaty.entry.on - DAY)
        yield "in force a day earlier", changed_in(treaty, entry=entry)
    if isinstance(treaty.term, Term) and treaty.term.notice_months is not None:
        months = treaty.term.notice_months + 1
        term = changed_in(treaty.term, notice_months=months)
        yield "a month more of notice", changed_in(treaty, term=term)
    if isinstance(treaty.term, Unknown):
        for n, reading in enumerate(treaty.term.readings):
            yield f"term read as {n + 1}", changed_in(treaty, term=reading.value)
    if isinstance(treaty.accession, Accession):
        rule = "open" if treaty.accession.rule == "closed" else "closed"
        changed = changed_in(treaty.accession, rule=rule)
        yield f"accession {rule}", changed_in(treaty, accession=changed)
        for name in ("regions", "eligible"):
            if getattr(treaty.accession, name):
                free = changed_in(treaty.accession, **{name: ()})
                yield f"accession any {name}", changed_in(treaty, accession=free)
    if treaty.primacy.over or treaty.primacy.under:
        yield "no primacy", changed_in(treaty, primacy=Primacy())


def mutants(treaty: Treaty) -> Iterator[tuple[str, Treaty]]:
    """Yield the treaty with one duty-bearing field changed, and the change in words."""
    for n, obligation in enumerate(treaty.obligations):
        where = f"{obligation.kind} {obligation.article}"
        rest = treaty.obligations[:n] + treaty.obligations[n + 1 :]
        if rest:
            yield f"without {where}", changed_in(treaty, obligations=rest)
        for words, changed in obligation_changes(obligation):
            obligations = (*treaty.obligations[:n], changed, *treaty.obligations[n + 1 :])
            try:
                yield f"{where}: {words}", changed_in(treaty, obligations=obligations)
            except InvalidInput:
                continue
    yield from party_changes(treaty)
    yield from frame_changes(treaty)
