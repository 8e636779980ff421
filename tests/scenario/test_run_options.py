"""The options of a run: what is taken, and what is an error before any work."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.errors import InvalidInput
from alliancesim.scenario import RunOptions
from alliancesim.scenario.run_options import LARGEST_SEED, MOST_WORLDS

RANGES = {
    "worlds": (1, MOST_WORLDS),
    "seed": (0, LARGEST_SEED),
    "worlds_per_draw": (1, MOST_WORLDS),
    "threads": (1, 1024),
    "chunk": (1, 2**20),
}


@given(st.data(), st.sampled_from(sorted(RANGES)))
def test_whole_numbers_in_range_are_taken_of_python_and_of_numpy(data, name):
    value = data.draw(st.integers(*RANGES[name]))
    taken = [RunOptions(**{name: each}) for each in (value, np.uint64(value), np.array(value))]
    assert [getattr(each, name) for each in taken] == [value] * 3
    assert {type(getattr(each, name)) for each in taken} == {int}


@pytest.mark.parametrize("name", sorted(RANGES))
@pytest.mark.parametrize("wrong", ["below", "above", True, np.True_, 2.0, np.float64(2), "2", [2]])
def test_anything_else_is_an_error_that_names_the_option_and_its_range(name, wrong):
    low, high = RANGES[name]
    value = {"below": low - 1, "above": high + 1}.get(wrong, wrong) if type(wrong) is str else wrong
    with pytest.raises(InvalidInput) as caught:
        RunOptions(**{name: value})
    assert caught.value.where == name
    assert caught.value.allowed == f"a whole number from {low} to {high}"


def test_the_last_world_has_a_number():
    assert RunOptions(worlds=1, first_world=MOST_WORLDS).world == MOST_WORLDS
    with pytest.raises(InvalidInput, match="worlds: 2 worlds from number"):
        RunOptions(worlds=2, first_world=MOST_WORLDS)


@pytest.mark.parametrize("wrong", [1, 0, "no", None])
def test_priors_are_true_or_false(wrong):
    assert RunOptions(priors=np.False_).priors is False
    with pytest.raises(InvalidInput, match="priors: expected true or false"):
        RunOptions(priors=wrong)


def test_a_comparison_takes_two_worlds():
    assert RunOptions.paired(worlds=np.int64(2)).worlds == 2
    with pytest.raises(InvalidInput, match=r"worlds: 1 is out of range; .* from 2 to"):
        RunOptions.paired(worlds=1)


def test_an_option_that_is_changed_is_checked_again():
    with pytest.raises(InvalidInput, match="seed"):
        attrs.evolve(RunOptions(), seed=-1)


def test_a_world_may_be_named_by_a_number_of_numpy():
    small = attrs.evolve(al.load("smda"), horizon_months=2)
    one, other = (al.replay(small, arm="two-member", world=n) for n in (np.int64(7), 7))
    assert one.events == other.events
    assert type(one.world) is int
    with pytest.raises(InvalidInput, match="world: -1 is out of range"):
        al.replay(small, arm="two-member", world=-1)
