"""Values of the law grown field by field from the plainest one, by the types of their fields.

Each field is drawn by its type and name and kept where the class accepts it beside the others, so
that what is drawn is valid by construction, whatever a class refuses, and a new field is drawn
without being named here.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Answer,
    Attack,
    Level,
    Obligation,
    Place,
    Proviso,
    Quotation,
    Reading,
    Response,
    Treaty,
    Unknown,
    scale,
)
from alliancesim.law.places import place_names
from alliancesim.testing.drafts.vocabulary import REGIONS, TAGS
from alliancesim.testing.strategies.words import IDS, Speech, days, some, subsets

__all__ = ["fields_of", "grown", "maybe_unknown", "plainest", "values"]

T = TypeVar("T")

Choose = Callable[[Speech], SearchStrategy[Any]]

OBLIGORS = {"obligors", "applies_to"}
TEXTS = ("", "generated")
DISPUTABLE = "disputed" in attrs.fields_dict(Unknown)

NAMED: dict[str, Choose] = {
    "kind": lambda _: st.sampled_from(scale.forms()),
    "wording": lambda _: st.sampled_from(scale.wordings()),
    "months": lambda _: st.integers(12, 600),
    "notice_months": lambda _: st.integers(0, 24),
    "count": lambda _: st.integers(1, 3),
    "held_by": lambda _: st.just(("a writer",)),
}
"""How fields are drawn whose type says too little."""


def plain_rule(attack: Attack) -> Answer:
    """Owe defence against an attack by a state, and nothing else."""
    level = Level.DEFEND if attack.actor == "state" else Level.NONE
    return Answer(level=level, why="by the generated rule")


def plainest(cls: Any, speech: Speech) -> Any:
    """Return the plainest value of a class of the law."""
    first, second = (*speech.states, *IDS[-2:])[:2]
    response: dict[str, Any] = {"response": Response(level="defend", wording=scale.wordings()[0])}
    given: dict[type, dict[str, Any]] = {
        Attack: {"attacker": second, "victim": first},
        Obligation: {"kind": "defence", "article": "1", **response},
        Place: {"id": "place", "name": "A place"},
        Proviso: {"article": "exception"},
        Quotation: {"words": "generated", "source": "generated"},
        Response: {"level": "defend", "wording": scale.wordings()[0]},
        Treaty: {
            "id": "TAA",
            "name": "A generated treaty",
            "parties": speech.members,
            "obligations": [Obligation(kind="defence", article="1", **response)],
        },
    }
    if cls in given:
        return cls(**given[cls])
    needed = [field for field in attrs.fields(cls) if field.default is attrs.NOTHING]
    return cls(**{field.alias: first for field in needed})


@cache
def hints(cls: Any) -> dict[str, Any]:
    """Return the types of a class's fields."""
    return typing.get_type_hints(cls)


@lru_cache(maxsize=2048)
def fields_of(cls: Any, speech: Speech) -> Mapping[str, SearchStrategy[Any]]:
    """Return a strategy for each field of a class that can be drawn by its type and name."""
    found = {
        field.name: by_type(field.name, hints(cls)[field.name], speech)
        for field in attrs.fields(cls)
    }
    return {name: strategy for name, strategy in found.items() if strategy is not None}


def by_type(name: str, hint: Any, speech: Speech) -> SearchStrategy[Any] | None:
    """Return a strategy for a field, or None where it is not drawn."""
    options = [one for one in union_of(hint) if one is not type(None)]
    unknown = [one for one in options if get_origin(one) is Unknown]
    if unknown:
        inner = by_type(name, next(one for one in options if one not in unknown), speech)
        return None if inner is None else maybe_unknown(inner, allowed=speech.unknowns)
    if len(options) > 1:
        drawn = [one for each in options if (one := by_type(name, each, speech)) is not None]
        return st.one_of(drawn) if drawn else None
    return single(name, options[0], speech)


def union_of(hint: Any) -> tuple[Any, ...]:
    """Return the members of a union, or the type itself."""
    union = get_origin(hint) in (typing.Union, types.UnionType)
    return get_args(hint) if union else (hint,)


def single(name: str, hint: Any, speech: Speech) -> SearchStrategy[Any] | None:
    """Return a strategy for a field of one type."""
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if name in NAMED:
        return NAMED[name](speech)
    if get_origin(hint) is tuple:
        return several(name, get_args(hint)[0], speech)
    if hint is dt.date:
        return days() if speech.dated else None
    if hint is bool:
        return st.booleans()
    if hint is Level:
        return st.sampled_from(sorted(Level, reverse=True))
    if hint is str:
        return text(name, speech)
    if attrs.has(hint) and hint.__module__.startswith("alliancesim.law"):
        return st.deferred(lambda: values(hint, speech))
    return st.just(plain_rule) if name == "rule" else None


def text(name: str, speech: Speech) -> SearchStrategy[str]:
    """Return a strategy for a text, by the name of its field."""
    if name in ("sponsor", "state"):
        return st.sampled_from(speech.others or speech.states)
    if name == "place":
        return st.sampled_from(("home", "overseas", "abroad", *place_names()[:3]))
    return st.sampled_from(("generated",) if name in ("id", "article", "words") else TEXTS)


def several(name: str, hint: Any, speech: Speech) -> SearchStrategy[Any] | None:
    """Return a strategy for a field that holds several values."""
    if get_origin(hint) is Literal:
        return some(hint)
    if hint is str and name in OBLIGORS:
        return subsets(speech.members)
    if hint is str and name == "beneficiaries":
        return subsets(speech.concerned)
    if hint is str:
        words = {**dict.fromkeys(REGIONS, speech.regions), **dict.fromkeys(TAGS, speech.tags)}
        return subsets(words.get(name, speech.states)) if words.get(name, "states") else None
    if attrs.has(hint):
        each = st.deferred(lambda: values(hint, speech))
        return st.lists(each, max_size=2).map(tuple)
    return None


@st.composite
def maybe_unknown(draw: DrawFn, clause: SearchStrategy[T], *, allowed: bool) -> Any:
    """Draw a clause, or one that is unknown, or disputed, with two readings."""
    if not allowed or draw(st.integers(0, 3)) < 3:
        return draw(clause)
    group = draw(st.sampled_from(["", "", "scope"]))
    weight = 0.5 if group else draw(st.sampled_from([0.5, 0.25, 0.75]))
    disputed = DISPUTABLE and draw(st.booleans())
    held: dict[str, Any] = {"held_by": ("a writer",), "source": "generated"} if disputed else {}
    return Unknown(
        readings=(
            Reading(value=draw(clause), weight=weight, words="one reading", **held),
            Reading(value=draw(clause), weight=1 - weight, words="another reading", **held),
        ),
        group=group,
        article="generated",
        source=draw(st.sampled_from(TEXTS)),
        **({"disputed": True} if disputed else {}),
    )


@st.composite
def grown(draw: DrawFn, start: T, fields: Mapping[str, SearchStrategy[Any]], *, odds: int = 2) -> T:
    """Draw changes of a value, field by field, and keep those that the class accepts.

    What it does not accept is tried again beside the next change, since some fields must agree.

    Parameters
    ----------
    start : value
        The plainest value, to which all shrink.
    fields : mapping of str to SearchStrategy
        What may be changed.
    odds : int
        One field in so many is changed.
    """
    waiting: dict[str, Any] = {}
    for name, strategy in fields.items():
        if draw(st.integers(1, odds)) < odds:
            continue
        change = {name: draw(strategy)}
        for changes in ({**waiting, **change}, change):
            try:
                start = attrs.evolve(start, **changes)  # type: ignore[misc]
            except InvalidInput:
                continue
            waiting = {}
            break
        else:
            waiting |= change
    return start


@checked
def values(cls: type[Any], speech: Speech | None = None, *, odds: int = 2) -> SearchStrategy[Any]:
    """Return values of a class of the law, which shrink to the plainest.

    Parameters
    ----------
    cls : type
        The class.
    speech : Speech, optional
        What they may name.
    odds : int
        One field in so many is not at its default.
    """
    if not attrs.has(cls):
        raise InvalidInput(f"{cls!r} has no fields", where="cls", allowed="a class of the law")
    return of_class(cls, speech or Speech(), odds)


@lru_cache(maxsize=2048)
def of_class(cls: Any, speech: Speech, odds: int) -> SearchStrategy[Any]:
    """Return the same strategy for the same class and words."""
    return grown(plainest(cls, speech), fields_of(cls, speech), odds=odds)
