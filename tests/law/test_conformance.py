"""The numbered situations: the law answers them, and they notice when it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import attrs
import pytest

from alliancesim import catalogue
from alliancesim.law import Attack, Treaty
from alliancesim.law.places import place_names
from alliancesim.testing import conformance, mutation

PROBES = {
    "area",
    "trigger",
    "date",
    "provocation",
    "non-state",
    "member against member",
    "request",
    "consensus",
    "asymmetry",
    "reservation",
    "stacking",
    "accession",
    "exit",
}


@pytest.fixture(scope="module")
def outcome() -> conformance.Outcome:
    return conformance.run()


def test_every_situation_is_answered_as_expected(outcome: conformance.Outcome) -> None:
    assert not outcome.misses, str(outcome)


def test_there_are_enough_situations_from_every_corner(outcome: conformance.Outcome) -> None:
    assert outcome.count >= 900
    assert outcome.historical >= 150
    assert set(outcome.groups) >= PROBES
    assert f"{outcome.count} of {outcome.count}" in str(outcome)


def test_situations_are_numbered_once_and_say_where_the_expectation_comes_from() -> None:
    suite = conformance.situations()
    assert [one.number for one in suite] == list(range(1, len(suite) + 1))
    assert all(one.source and one.title for one in suite)


def test_every_named_place_is_asked_at_least_three_times() -> None:
    asked = Counter(str(one.attack.place) for one in conformance.situations())
    assert {name: asked[name] for name in place_names() if asked[name] < 3} == {}


def test_every_clause_of_the_catalogue_bears_on_at_least_three_situations() -> None:
    seen: Counter[tuple[str, ...]] = Counter()
    for one in conformance.situations():
        if not one.before:
            seen.update(set().union(*(bearing(name, one.attack) for name in one.treaties)))
    assert {key: seen[key] for key in clauses_of_the_catalogue() if seen[key] < 3} == {}


def bearing(name: str, attack: Attack) -> set[tuple[str, ...]]:
    """Return the obligations of a treaty that an attack brings about, and exceptions that hold."""
    found: set[tuple[str, ...]] = set()
    for read in catalogue.treaty(name).duties(attack).reads:
        for duty in read.duties:
            key = (name, duty.kind, duty.article)
            found |= {key} if duty.owed else set()
            found |= {(*key, one.article) for one in duty.chain if one.step == "exception"}
    return found


def clauses_of_the_catalogue() -> Iterator[tuple[str, ...]]:
    """Yield every obligation of the catalogue, and every exception."""
    for name in catalogue.names("treaties"):
        for duty in catalogue.treaty(name).obligations:
            key = (name, duty.kind, duty.article)
            yield key
            yield from ((*key, limit.article) for limit in duty.exceptions)


def test_attacks_without_a_day_lasting_ones_and_joint_ones_are_among_them() -> None:
    attacks = [one.attack for one in conformance.situations()]
    assert sum(one.date is None for one in attacks) >= 15
    assert sum(one.until is not None for one in attacks) >= 12
    assert sum(bool(one.co_attackers or one.co_victims) for one in attacks) >= 4
    assert sum(one.consents is not None for one in attacks) >= 3


def test_where_practice_departed_from_the_text_both_are_there() -> None:
    told = [one for one in conformance.situations() if one.practice]
    assert len(told) >= 60
    assert all(one.historical for one in told)


def test_every_treaty_of_the_catalogue_is_asked() -> None:
    asked = {name for one in conformance.situations() for name in one.treaties}
    assert asked == set(catalogue.names("treaties"))


def test_a_wrong_treaty_is_missed_with_number_and_reason() -> None:
    def shelf(name: str) -> Treaty:
        treaty = catalogue.treaty(name)
        return (
            attrs.evolve(treaty, obligations=treaty.obligations[1:]) if name == "NATO" else treaty
        )

    outcome = conformance.run(treaty=shelf)
    assert outcome.misses
    assert "not defend" in str(outcome)
    assert all(one.situation.number for one in outcome.misses)


@pytest.mark.parametrize("name", ["US-QAT", "US-SAU", "GCC", "EGY-ISR", "SMDA-TRI", "QUAD"])
def test_a_change_of_a_duty_bearing_field_is_noticed_or_explained(name: str) -> None:
    tried, alive = mutation.survivors(name)
    assert tried > 5
    assert {(name, words) for words in alive} <= set(mutation.EXPLAINED)
