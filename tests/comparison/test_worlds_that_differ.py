"""The worlds in which two arms differ are found, the most telling first."""

import numpy as np
import pytest

import alliancesim as al
from alliancesim.errors import InvalidInput


@pytest.fixture(scope="module")
def run():
    return al.compare("smda", worlds=60, seed=1)


def test_every_world_that_differs_is_found_once(run):
    found = run.worlds_that_differ("wars", ("three-member", "no-smda"))
    values = run.tally.values("wars")
    arm, against = (run.arms.index(name) for name in ("three-member", "no-smda"))
    differ = np.flatnonzero(values[:, arm] != values[:, against])
    assert len(differ)
    assert sorted(found["world"]) == differ.tolist()
    for row in found.itertuples():
        assert row.arm_value == values[row.world, arm]
        assert row.difference == row.arm_value - row.against_value


def test_those_that_differ_most_come_first(run):
    sizes = run.worlds_that_differ("benefits", focus="PAK")["difference"].abs()
    assert sizes.is_monotonic_decreasing
    assert sizes.min() > 0


def test_the_table_says_what_it_is_of_and_is_the_same_every_time(run):
    found = run.worlds_that_differ("wars")
    pair = run.contrasts[0]
    assert (found.attrs["arm"], found.attrs["against"]) == (pair.arm, pair.against)
    assert found.equals(run.worlds_that_differ("wars"))


def test_where_no_world_differs_the_table_is_empty(run):
    found = run.worlds_that_differ("memberships_changed")
    assert len(found) == 0
    assert list(found) == ["world", "arm_value", "against_value", "difference"]


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        (("peace",), "metrics"),
        (("wars", ("two-member", "two-member")), "contrast"),
        (("benefits",), "focus"),
        (("benefits", None, "FRA"), "focus"),
    ],
)
def test_what_is_not_there_is_refused(run, asked, place):
    with pytest.raises(InvalidInput) as caught:
        run.worlds_that_differ(*asked)
    assert caught.value.where == place
