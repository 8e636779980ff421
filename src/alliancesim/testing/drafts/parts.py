"""The parts of an obligation, each with the obligation as it would be without that part.

Parts are found in the values themselves, so that a new clause, or a new field of one, is a part
without being listed here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import Any, Literal

import attrs

from alliancesim.errors import InvalidInput
from alliancesim.law import Obligation, Proviso, Treaty, Unknown
from alliancesim.law.clauses import CLAUSES
from alliancesim.testing.drafts.vocabulary import REGIONS, STATES, TAGS

__all__ = ["Part", "Sort", "parts", "with_obligation"]

Sort = Literal["clause", "exception", "line", "name", "reading", "day", "word"]
"""A whole clause; an exception; one line of several; a state, region or tag; one way to read an
unknown clause; a day; a word of a fixed list, or a number."""

TEXTS = {
    *("article", "disputed", "group", "held_by", "name"),
    *("quote", "source", "status", "weight", "words"),
}
"""Fields that say something and bring nothing about."""

SAYINGS = {"article", "quote", "source"}


@attrs.frozen(kw_only=True)
class Part:
    """Something in an obligation that ought to make a difference.

    Attributes
    ----------
    where : tuple of str
        The way to it, in words.
    sort : str
        What it is.
    without : Obligation
        The obligation without it.
    """

    where: tuple[str, ...]
    sort: Sort
    without: Obligation

    def __str__(self) -> str:
        """Return the way to the part, in words."""
        return ", ".join(self.where)


Variant = tuple[tuple[str, ...], Sort, Any]


def parts(obligation: Obligation) -> Iterator[Part]:
    """Yield the parts of an obligation that it can do without."""
    for where, sort, value in fields_of(obligation):
        yield Part(where=where, sort=sort, without=value)


def with_obligation(treaty: Treaty, old: Obligation, new: Obligation) -> Treaty:
    """Return a treaty with one obligation replaced."""
    replaced = tuple(new if one is old else one for one in treaty.obligations)
    return attrs.evolve(treaty, obligations=replaced)


def fields_of(value: Any) -> Iterator[Variant]:
    """Yield a value without each of its parts."""
    for field in attrs.fields(type(value)):
        if field.name in TEXTS or not field.init:
            continue
        for where, sort, changed in variants(field, value):
            try:
                without = attrs.evolve(value, **{field.name: changed})
            except InvalidInput:
                continue
            kept = bare(getattr(without, field.name)) == bare(getattr(value, field.name))
            if sort == "reading" or not kept:
                yield where, sort, without


def variants(field: attrs.Attribute[Any], owner: Any) -> Iterator[Variant]:
    """Yield what may stand in a field of a value instead of what stands there."""
    label, value = field.name.replace("_", " "), getattr(owner, field.name)
    plain = default(field, owner)
    given = plain is not attrs.NOTHING and value is not None and bare(value) != bare(plain)
    if plain is not attrs.NOTHING and not given:
        return
    if isinstance(value, Unknown):
        yield from readings(label, value)
    elif isinstance(value, tuple):
        yield from elements(field.name, value, whole=given and len(value) == 1)
    elif attrs.has(type(value)):
        if given:
            yield (label,), "clause" if field.name in CLAUSES else "word", plain
        for where, sort, changed in fields_of(value):
            yield (label, *where), sort, changed
    elif given and not callable(value):
        yield (f"{label} {value}",), "day" if isinstance(value, dt.date) else "word", plain


def default(field: attrs.Attribute[Any], owner: Any) -> Any:
    """Return the default of a field of a value, or attrs.NOTHING where it has none."""
    made = field.default
    if not isinstance(made, attrs.Factory):  # type: ignore[arg-type]
        return made
    return made.factory(owner) if made.takes_self else made.factory()  # type: ignore[union-attr]


def bare(value: Any) -> Any:
    """Return a value without its articles, sources and quotations."""
    if not attrs.has(type(value)):
        return value
    texts = {f.name: "" for f in attrs.fields(type(value)) if f.name in SAYINGS}
    return attrs.evolve(value, **texts)


def readings(label: str, unknown: Unknown[Any]) -> Iterator[Variant]:
    """Yield an unknown clause with two readings made one, and with one of them changed."""
    found = unknown.readings
    for one, two in combinations(range(len(found)), 2):
        same = attrs.evolve(found[two], value=found[one].value)
        pair = f"the readings {found[one].words!r} and {found[two].words!r}"
        yield (label, pair), "reading", attrs.evolve(unknown, readings=put(found, two, same))
    for n, reading in enumerate(found):
        if not attrs.has(type(reading.value)):
            continue
        for where, sort, value in fields_of(reading.value):
            changed = attrs.evolve(reading, value=value)
            path = (label, f"read as {reading.words!r}", *where)
            yield path, sort, attrs.evolve(unknown, readings=put(found, n, changed))


def put(values: tuple[Any, ...], n: int, value: Any) -> tuple[Any, ...]:
    """Return a tuple with one element replaced."""
    return (*values[:n], value, *values[n + 1 :])


def elements(name: str, values: tuple[Any, ...], *, whole: bool) -> Iterator[Variant]:
    """Yield a list without each of its elements, and with each element changed."""
    for n, value in enumerate(values):
        label, sort = element(name, n, value, len(values))
        rest = values[:n] + values[n + 1 :]
        if rest or whole:
            yield (label,), sort, rest
        if attrs.has(type(value)):
            for where, below, changed in fields_of(value):
                yield (label, *where), below, put(values, n, changed)


def element(name: str, n: int, value: Any, count: int) -> tuple[str, Sort]:
    """Return what an element of a list is called, and what sort of part it is."""
    if isinstance(value, Proviso):
        return f"the exception {value.article!r}", "exception"
    if attrs.has(type(value)):
        kind = {"covers": "place"}.get(name, name.rstrip("s").replace("_", " "))
        return (f"{kind} {n + 1}" if count > 1 else f"the {kind}"), "line"
    named = name in STATES | REGIONS | TAGS
    return f"{name.replace('_', ' ')} {value!r}", "name" if named else "word"
