"""What is drawn: every value of the law, and attacks in a treaty's own words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliancesim import catalogue
from alliancesim.law import (
    Adversaries,
    Attack,
    Level,
    Place,
    Treaty,
    Trigger,
    When,
    dumps_treaty,
    duties,
    loads_treaty,
)
from alliancesim.testing import attacks, attacks_on, registration, treaties
from alliancesim.testing.strategies.types import law_types
from tests.testing.drafts import ENTERS, defence, draft, reserved

registration.register()
QUICK = settings(
    deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
NEVER_VARIED = {
    "Treaty.id": "the strategy's own argument",
    "Treaty.name": "a title, on which nothing depends",
    "Treaty.code": "it follows from the id",
    "Quantity": "a number with its source, drawn by `quantities`",
}


def parts_of(value: Any) -> Iterator[Any]:
    """Yield a value and all values of classes with fields within it."""
    if isinstance(value, tuple):
        for one in value:
            yield from parts_of(one)
    elif attrs.has(type(value)):
        yield value
        for field in attrs.fields(type(value)):
            yield from parts_of(getattr(value, field.name))


def plain(field: Any, owner: Any) -> Any:
    """Return the default of a field."""
    made = field.default
    if not isinstance(made, attrs.Factory):  # type: ignore[arg-type]
        return made
    return made.factory(owner) if made.takes_self else made.factory()


@cache
def drawn() -> tuple[Counter[str], set[tuple[str, Any]]]:
    """Return how often each field was not at its default, and the words that were drawn."""
    seen: Counter[str] = Counter()
    words: set[tuple[str, Any]] = set()

    @settings(QUICK, max_examples=600)
    @given(st.from_type(Treaty), st.from_type(Attack))
    def look(treaty: Treaty, attack: Attack) -> None:
        for part in parts_of((treaty, attack)):
            for field in attrs.fields(type(part)):
                value = getattr(part, field.name)
                name = f"{type(part).__name__}.{field.name}"
                seen[name] += value != plain(field, part)
                for one in value if isinstance(value, tuple) else (value,):
                    if isinstance(one, (str, bool)):
                        words.add((name, one))

    look()
    return seen, words


FIELDS = [
    (cls, field.name)
    for cls in law_types()
    for field in attrs.fields(cls)
    if cls.__module__.startswith("alliancesim.law")
]


@pytest.mark.parametrize(("cls", "field"), FIELDS, ids=lambda one: getattr(one, "__name__", one))
def test_every_field_of_the_law_is_drawn(cls: type, field: str) -> None:
    name = f"{cls.__name__}.{field}"
    if name in NEVER_VARIED or attrs.fields_dict(cls)[field].default is attrs.NOTHING:
        return
    assert drawn()[0][name], f"{name} is always at its default"


def choices() -> list[tuple[str, str]]:
    """Return every word of a fixed list that a field of the law may hold."""
    found = []
    for cls, field in FIELDS:
        hint = get_type_hints(cls)[field]
        for one in (hint, *get_args(hint)):
            if get_origin(one) is Literal:
                found += [(f"{cls.__name__}.{field}", word) for word in get_args(one)]
    return found


@pytest.mark.parametrize(("field", "word"), choices())
def test_every_word_that_a_field_may_hold_is_drawn(field: str, word: str) -> None:
    assert (field, word) in drawn()[1]


@settings(QUICK, max_examples=60)
@given(st.from_type(Treaty))
def test_generated_treaties_are_written_and_read_back(treaty: Treaty) -> None:
    if not any(one.rule for one in treaty.obligations):
        assert loads_treaty(dumps_treaty(treaty)) == treaty


@settings(QUICK, max_examples=40)
@given(treaty=treaties(max_members=2, plain=True, unknowns=False))
def test_strategies_keep_to_their_bounds(treaty: Treaty) -> None:
    assert len(treaty.members) == 2
    assert len(treaty.readings) == 1
    assert not treaty.protected


@settings(QUICK, max_examples=40)
@given(attack=attacks(settled=False))
def test_an_attack_that_is_not_settled_leaves_all_open(attack: Attack) -> None:
    assert (attack.requested, attack.consent, attack.council_acted) == (None, None, False)
    assert attack.date is None


@pytest.mark.parametrize("cls", sorted(registration.value_types(), key=lambda one: one.__name__))
def test_values_are_drawn_from_every_public_type(cls: type) -> None:
    @settings(QUICK, max_examples=5)
    @given(st.from_type(cls))
    def draw(value: object) -> None:
        assert isinstance(value, cls)

    draw()


OWN = draft(
    defence(
        trigger=Trigger(tags=["brigand"]),
        adversaries=Adversaries(only=["IND", "IRN"]),
        exceptions=[
            reserved(applies_to=["TUR"], when=When(adversaries=["IND"], since=dt.date(2031, 7, 9)))
        ],
    ),
    entry=ENTERS,
)


def looked_at(treaty: Treaty, **how: Any) -> list[Attack]:
    """Return two hundred attacks on a treaty."""
    found: list[Attack] = []

    @settings(QUICK, max_examples=200)
    @given(attacks_on(treaty, **how))
    def look(attack: Attack) -> None:
        found.append(attack)

    look()
    return found


def test_attacks_speak_the_treatys_own_words() -> None:
    island = Place(id="isle", name="An island", regions=["own-island"])
    found = looked_at(OWN, places=[island])
    attackers = {state for attack in found for state in attack.aggressors}
    days = {attack.date for attack in found}
    assert {"IND", "IRN", "PAK", "SAU", "TUR"} <= attackers
    assert attackers - {*OWN.concerned, "IND", "IRN"}
    assert {attack.victim for attack in found} >= {"PAK", "SAU", "TUR"}
    assert {"brigand"} <= {tag for attack in found for tag in attack.tags}
    assert {None, dt.date(2031, 7, 9), dt.date(2031, 7, 8), dt.date(2026, 1, 1)} <= days
    assert any(attack.place == island for attack in found)


def assists(treaty: Treaty, attack: Attack) -> bool:
    owed = [one for read in duties(treaty, attack) for one in read.duties if one.owed]
    return any(one.level >= Level.ASSIST for one in owed)


HELPING = [
    name
    for name in catalogue.names("treaties")
    if any(one.kind == "defence" for one in catalogue.treaty(name).obligations)
]


@pytest.mark.parametrize("name", HELPING)
def test_assistance_is_owed_in_a_third_of_the_attacks_on_a_treaty_of_the_catalogue(
    name: str,
) -> None:
    treaty = catalogue.treaty(name)
    found = looked_at(treaty)
    assert sum(assists(treaty, one) for one in found) >= len(found) / 3


def test_assistance_is_owed_in_a_third_of_the_attacks_on_generated_treaties() -> None:
    hits, helping = 0, 0

    @settings(QUICK, max_examples=300)
    @given(treaty=treaties(dated=True), data=st.data())
    def look(treaty: Treaty, data: st.DataObject) -> None:
        nonlocal hits, helping
        if any(one.kind == "defence" for one in treaty.obligations):
            helping += 1
            hits += assists(treaty, data.draw(attacks_on(treaty, brief=True)))

    look()
    assert helping > 30
    assert hits >= helping / 3
