"""The text of a treaty on a day: ``parties`` spelt out, and the days on which it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import attrs

from alliancesim.law.area import Area
from alliancesim.law.checks import PARTIES, lasts
from alliancesim.law.clauses import Obligation
from alliancesim.law.force import members_on, started
from alliancesim.law.places import Place
from alliancesim.law.terms import Term
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown

__all__ = ["as_of", "change_days", "spelt_out"]


@lru_cache(maxsize=1024)
def spelt_out(treaty: Treaty, on: dt.date | None) -> Treaty:
    """Return the treaty with ``parties`` replaced by the parties bound on a day."""
    if not names_parties(treaty):
        return treaty
    bound = members_on(treaty, on)
    obligations = tuple(replaced(one, bound) for one in treaty.obligations)
    return attrs.evolve(treaty, obligations=obligations)


@lru_cache(maxsize=1024)
def names_parties(treaty: Treaty) -> bool:
    """Return whether a clause of the treaty names ``parties``."""
    return any(PARTIES in values for one in treaty.obligations for values in lists_in(one))


def lists_in(value: Any) -> Iterator[tuple[Any, ...]]:
    """Yield every list in a value of the law, those within its parts among them."""
    if isinstance(value, tuple):
        yield value
        for one in value:
            yield from lists_in(one)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from lists_in(getattr(value, field.name))


def replaced(value: Any, bound: tuple[str, ...]) -> Any:
    """Return a value of the law with ``parties`` replaced in every list."""
    if isinstance(value, tuple):
        if PARTIES in value:
            others = tuple(one for one in value if one != PARTIES and one not in bound)
            return (*bound, *others)
        return tuple(replaced(one, bound) for one in value)
    if not attrs.has(type(value)):
        return value
    changed = {}
    for field in attrs.fields(type(value)):
        old = getattr(value, field.name)
        new = replaced(old, bound)
        if new != old:
            changed[field.name] = new
    return attrs.evolve(value, **changed) if changed else value


def change_days(treaty: Treaty, where: Place | None = None) -> tuple[dt.date, ...]:
    """Return the days on which what the treaty says, or whom it binds, may change, in order."""
    days = set(days_in(treaty)) | (set(days_in(where)) if where is not None else set())
    start = started(treaty)
    terms = (
        [treaty.term]
        if isinstance(treaty.term, Term)
        else [reading.value for reading in treaty.term.readings]
    )
    ends = [one.end(start) for one in terms if start != dt.date.max]
    return tuple(sorted({*days, *(day for day in (start, *ends) if day is not None)}))


def days_in(value: Any) -> Iterator[dt.date]:
    """Yield every date in a value of the law."""
    if isinstance(value, dt.date):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from days_in(one)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from days_in(getattr(value, field.name))


def as_of(treaty: Treaty, on: dt.date) -> Treaty:
    """Return the text of a treaty on a day: what had ended by then, or came later, is left out.

    Raises
    ------
    InvalidInput
        When nothing of it holds on the day.
    """
    kept = tuple(text_of(one, on) for one in treaty.obligations if one.holds_on(on))
    return attrs.evolve(
        treaty,
        obligations=kept,
        protected=tuple(one for one in treaty.protected if one.holds(on)),
    )


def text_of(obligation: Obligation, on: dt.date) -> Obligation:
    """Return an obligation with the lines of its area and the exceptions that hold on a day."""
    exceptions = tuple(
        one for one in obligation.exceptions if lasts(one.when.since, one.when.until, on)
    )
    area = obligation.area
    if isinstance(area, Unknown):
        readings = tuple(attrs.evolve(one, value=area_of(one.value, on)) for one in area.readings)
        return attrs.evolve(
            obligation, area=attrs.evolve(area, readings=readings), exceptions=exceptions
        )
    return attrs.evolve(obligation, area=area_of(area, on), exceptions=exceptions)


def area_of(area: Area, on: dt.date) -> Area:
    """Return an area with the lines that hold on a day; all where none does."""
    covers = tuple(one for one in area.covers if lasts(one.since, one.until, on))
    return attrs.evolve(area, covers=covers or area.covers)
