"""What differs between two scenarios, change by change."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.errors import InvalidInput
from alliancesim.scenario.changes import KINDS, changes, steps
from alliancesim.testing import scenarios

SMDA, NEWER = al.load("smda"), al.load("smda-2026")


def named(scenario, other):
    return attrs.evolve(scenario, name=other.name, title=other.title)


def test_the_last_step_is_the_newer_edition():
    *_, (_, last) = steps(SMDA, NEWER)
    assert named(last, NEWER) == NEWER


def test_each_step_changes_something_and_is_named_once():
    before = SMDA
    for change, scenario in steps(SMDA, NEWER):
        assert scenario != before
        assert change.words
        before = scenario
    found = [(change.kind, change.subject) for change in changes(SMDA, NEWER)]
    assert len(set(found)) == len(found)
    order = [KINDS.index(kind) for kind, _ in found]
    assert order == sorted(order)


def test_every_pair_judged_anew_is_named_and_no_other():
    found = {change.subject for change in changes(SMDA, NEWER) if change.kind == "pair"}
    differ = {f"{a.a}-{a.b}" for a, b in zip(SMDA.pairs, NEWER.pairs, strict=True) if a != b}
    assert found == differ


def test_a_change_says_what_was_and_what_is_with_its_source():
    found = {change.subject: change.words for change in changes(SMDA, NEWER)}
    spending = next(words for words in found["TUR"] if "military_expenditure" in words)
    assert "24.979 USD bn (2024) → 30 USD bn (2025) (verified-secondary: SIPRI" in spending
    assert any("weight: 0.7 → 0.9" in words for words in found["SMDA"])


@settings(max_examples=8)
@given(st.data())
def test_any_two_scenarios_of_the_same_states_are_joined_by_steps(data):
    old = data.draw(scenarios(min_states=3, max_states=3))
    new = data.draw(scenarios(min_states=3, max_states=3))
    found = list(steps(old, new))
    last = found[-1][1] if found else old
    assert named(last, new) == new


def test_nothing_differs_from_itself():
    assert changes(SMDA, SMDA) == ()


def test_other_states_are_refused_by_name():
    with pytest.raises(InvalidInput, match="JPN"):
        changes(SMDA, al.load("korea"))
