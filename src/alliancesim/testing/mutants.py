"""A treaty with one duty-bearing field changed, for every such field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Accession,
    Adversaries,
    Area,
    Cover,
    Decision,
    Entry,
    LegalForm,
    Level,
    NonProvocation,
    Obligation,
    Primacy,
    Proviso,
    Request,
    Response,
    SecurityCouncil,
    Term,
    Treaty,
    Trigger,
    Unknown,
    When,
)

__all__ = ["mutants"]

DAY = dt.timedelta(days=1)
Change = tuple[str, Any]


def changed_in(value: Any, /, **fields: Any) -> Any:
    """Return a value with some fields changed."""
    return attrs.evolve(value, **fields)


def less(values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield a tuple without each of its elements in turn."""
    for n in range(len(values)):
        yield values[:n] + values[n + 1 :]


def trigger_changes(clause: Trigger) -> Iterator[Change]:
    """Yield changes of a trigger."""
    for name in ("kinds", "actors"):
        for fewer in less(getattr(clause, name)):
            if fewer:
                yield f"{name} {list(fewer)}", changed_in(clause, **{name: fewer})
    for name in ("targets", "tags"):
        if getattr(clause, name):
            yield f"no {name}", changed_in(clause, **{name: ()})


def area_changes(clause: Area) -> Iterator[Change]:
    """Yield changes of an area."""
    for n, fewer in enumerate(less(clause.covers)):
        if fewer:
            yield f"without cover {n + 1}", changed_in(clause, covers=fewer)
    for n, cover in enumerate(clause.covers):
        for words, changed in cover_changes(cover):
            covers = (*clause.covers[:n], changed, *clause.covers[n + 1 :])
            yield f"cover {n + 1} {words}", changed_in(clause, covers=covers)
    if clause.outside:
        yield "nothing outside", changed_in(clause, outside=())
    if clause.covers == (Cover(),) and not clause.outside:
        yield "home only", changed_in(clause, covers=(Cover(positions=("home",)),))


def cover_changes(cover: Cover) -> Iterator[Change]:
    """Yield changes of one line of an area."""
    for field in attrs.fields(Cover):
        values = getattr(cover, field.name)
        if values:
            yield f"any {field.name}", changed_in(cover, **{field.name: ()})
        for fewer in less(values):
            if fewer:
                changed = changed_in(cover, **{field.name: fewer})
                yield f"{field.name} {list(fewer)}", changed


def provocation_changes(clause: NonProvocation) -> Iterator[Change]:
    """Yield changes of a clause on provocation."""
    yield f"required {not clause.required}", changed_in(clause, required=not clause.required)
    if clause.required:
        judge = "victim" if clause.judge == "each" else "each"
        yield f"judge {judge}", changed_in(clause, judge=judge)


def adversaries_changes(clause: Adversaries) -> Iterator[Change]:
    """Yield changes of the adversaries."""
    for field in ("only", "excluded", "tags"):
        if values := getattr(clause, field):
            yield f"any {field}", changed_in(clause, **{field: ()})
            for fewer in less(values):
                if fewer:
                    yield f"{field} {list(fewer)}", changed_in(clause, **{field: fewer})


def security_council_changes(clause: SecurityCouncil) -> Iterator[Change]:
    """Yield changes of what the Security Council's action does to the duty."""
    if clause.ends:
        yield "nothing ends it", changed_in(clause, ends=False)


def response_changes(clause: Response) -> Iterator[Change]:
    """Yield changes of a response."""
    level = Level.ASSIST if clause.level is not Level.ASSIST else Level.DEFEND
    yield f"level {level}", changed_in(clause, level=level)
    wording = "automatic" if clause.wording != "automatic" else "as-agreed"
    yield f"wording {wording}", changed_in(clause, wording=wording)
    yield "fewer means", changed_in(clause, means=clause.means[1:])


def decision_changes(clause: Decision) -> Iterator[Change]:
    """Yield changes of a decision rule."""
    rule = "consensus" if clause.rule != "consensus" else "each"
    yield f"rule {rule}", changed_in(clause, rule=rule)
    if clause.rule != "each":
        force = not clause.force_by_consent
        yield f"force by consent {force}", changed_in(clause, force_by_consent=force)


def request_changes(clause: Request) -> Iterator[Change]:
    """Yield changes of a request."""
    yield f"needed {not clause.needed}", changed_in(clause, needed=not clause.needed)


def agreed_changes(agreed: bool) -> Iterator[Change]:
    """Yield changes of whether a duty was agreed."""
    yield str(not agreed), not agreed


CHANGES: dict[str, Callable[[Any], Iterator[Change]]] = {
    "agreed": agreed_changes,
    "trigger": trigger_changes,
    "area": area_changes,
    "adversaries": adversaries_changes,
    "security_council": security_council_changes,
    "provocation": provocation_changes,
    "response": response_changes,
    "decision": decision_changes,
    "request": request_changes,
}


def unknown_changes(unknown: Unknown[Any], name: str) -> Iterator[Change]:
    """Yield an unknown clause read one way only, with other weights, or with a reading changed."""
    for n, reading in enumerate(unknown.readings):
        yield f"read as {n + 1}", reading.value
        if name == "agreed":
            continue
        for words, changed in CHANGES[name](reading.value):
            readings = list(unknown.readings)
            readings[n] = changed_in(reading, value=changed)
            yield f"reading {n + 1} {words}", changed_in(unknown, readings=tuple(readings))


def clause_changes(obligation: Obligation, name: str) -> Iterator[Change]:
    """Yield the changes of one clause of an obligation."""
    clause = getattr(obligation, name)
    if isinstance(clause, Unknown):
        yield from unknown_changes(clause, name)
    elif clause is not None:
        yield from CHANGES[name](clause)


def proviso_changes(proviso: Proviso) -> Iterator[Change]:
    """Yield changes of an exception."""
    cap = Level.CONSULT if proviso.cap is not Level.CONSULT else Level.NONE
    yield f"cap {cap}", changed_in(proviso, cap=cap)
    if proviso.applies_to is not None:
        yield "for all", changed_in(proviso, applies_to=None)
        for fewer in less(proviso.applies_to):
            if fewer:
                yield f"for {list(fewer)}", changed_in(proviso, applies_to=fewer)
    if proviso.means is not None:
        yield "by any means", changed_in(proviso, means=None)
    for field in attrs.fields(When):
        value = getattr(proviso.when, field.name)
        if value:
            free = () if isinstance(value, tuple) else None
            when = changed_in(proviso.when, **{field.name: free})
            yield f"when any {field.name}", changed_in(proviso, when=when)
        if isinstance(value, dt.date):
            when = changed_in(proviso.when, **{field.name: value + DAY})
            yield f"when {field.name} a day later", changed_in(proviso, when=when)


def obligation_changes(obligation: Obligation) -> Iterator[tuple[str, Obligation]]:
    """Yield changes of an obligation."""
    if obligation.obligors is not None:
        yield "mutual", changed_in(obligation, obligors=None, beneficiaries=None)
    names = list(CHANGES) if obligation.helps else ["agreed"]
    for name in names:
        for words, changed in clause_changes(obligation, name):
            yield f"{name}: {words}", changed_in(obligation, **{name: changed})
    for n, proviso in enumerate(obligation.exceptions):
        rest = obligation.exceptions[:n] + obligation.exceptions[n + 1 :]
        yield f"without exception {n + 1}", changed_in(obligation, exceptions=rest)
        for words, limit in proviso_changes(proviso):
            limits = (*obligation.exceptions[:n], limit, *obligation.exceptions[n + 1 :])
            yield f"exception {n + 1} {words}", changed_in(obligation, exceptions=limits)


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
