"""The numbered situations: the law answers them, and they notice when it does not."""

from __future__ import annotations

import attrs
import pytest

from alliancesim import catalogue
from alliancesim.law import Treaty
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
    assert outcome.count >= 80
    assert outcome.historical >= 20
    assert set(outcome.groups) >= PROBES
    assert f"{outcome.count} of {outcome.count}" in str(outcome)


def test_situations_are_numbered_once_and_say_where_the_expectation_comes_from() -> None:
    suite = conformance.situations()
    assert [one.number for one in suite] == list(range(1, len(suite) + 1))
    assert all(one.source and one.title for one in suite)


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


@pytest.mark.parametrize("name", ["US-QAT", "GCC", "EGY-ISR", "SMDA-TRI"])
def test_a_change_of_a_duty_bearing_field_is_noticed_or_explained(name: str) -> None:
    tried, alive = mutation.survivors(name)
    assert tried > 5
    assert {(name, words) for words in alive} <= set(mutation.EXPLAINED)
