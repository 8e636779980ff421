"""What each change of a newer edition does to the headline, in the same worlds."""

import json

import numpy as np
import pytest

import alliancesim as al
from alliancesim.comparison.editions import compare_editions
from alliancesim.errors import InvalidInput
from alliancesim.scenario.changes import changes

PAIR = ("two-member", "no-smda")
METRIC = "focus_disputes_on_expected"


@pytest.fixture(scope="module")
def found():
    return compare_editions("smda", "smda-2026", by_kind=True, worlds=12, seed=3)


def headline(name):
    played = al.compare(name, ["no-smda", "two-member"], worlds=12, seed=3)
    values = played.tally.values(METRIC)
    return float((values[:, 1] - values[:, 0]).mean())


def test_it_begins_and_ends_with_what_the_editions_give_alone(found):
    assert (found.arm, found.against) == PAIR
    assert float(found.before.mean) == headline("smda")
    assert found.effects[-1].value == headline("smda-2026")


def test_effects_add_up_to_the_whole(found):
    total = sum(effect.mean for effect in found.effects)
    assert total == pytest.approx(float(found.whole.mean), abs=1e-12)
    values = np.cumsum([effect.mean for effect in found.effects]) + found.before.mean
    assert values == pytest.approx([effect.value for effect in found.effects], abs=1e-12)


def test_every_change_is_played_once(found):
    played = [change for effect in found.effects for change in effect.changes]
    assert tuple(played) == changes(found.old, found.new)
    kinds = [effect.changes[0].kind for effect in found.effects]
    assert len(set(kinds)) == len(kinds)


def test_it_is_told_with_the_cut_offs_and_written_as_json(found):
    text = str(found)
    assert "Facts to 2025-12-31" in text
    assert "Facts to 2026-06-30" in text
    assert max(len(line) for line in text.splitlines()) <= 100
    table = json.loads(found.to_json())
    assert [len(each["changes"]) for each in table["effects"]] == [
        len(effect.changes) for effect in found.effects
    ]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"contrast": ("quadrilateral", "no-smda")}, "arm"),
        ({"metric": "nothing"}, "metric"),
        ({"metric": "welfare"}, "focus"),
    ],
)
def test_what_cannot_be_compared_is_refused_before_it_is_played(given, where):
    with pytest.raises(InvalidInput, match=where):
        compare_editions("smda", "smda-2026", worlds=2, **given)
