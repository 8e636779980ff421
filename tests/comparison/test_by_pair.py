"""Who against whom: differences by challenger and target."""

import attrs
import numpy as np
import pytest

from alliancesim.comparison import Comparison
from alliancesim.errors import InvalidInput
from alliancesim.stats.paired import Design, Estimate

from .. import synthetic


@pytest.fixture
def made(smda):
    """Return a comparison in which two pairs have wars, and one of them changes."""
    tally = synthetic.tally(40)
    sums = np.zeros_like(tally.pair_sum)
    states = list(tally.states)
    target = tally.focus_states[0]
    by, on = next(s for s in states if s != target), target
    i, j = states.index(by), states.index(on)
    sums["wars_expected"][:, i, j] = [8.0, 4.0, 4.0][: len(tally.arms)]
    sums["wars_expected"][:, j, i] = [2.0, 3.0, 2.0][: len(tally.arms)]
    return Comparison(smda, attrs.evolve(tally, pair_sum=sums), 40, {}), by, on


def test_pairs_are_ranked_by_what_changes_and_shares_sum_to_one(made):
    comparison, by, on = made
    table = comparison.by_pair()
    first = comparison.contrasts[0]
    assert (first.arm, first.against) == tuple(table[["arm", "against"]].iloc[0])
    assert list(table["challenger"]) == [by, on]
    assert list(table["mean"]) == pytest.approx([-0.1, 0.025])
    assert list(table["share"]) == pytest.approx([0.8, 0.2])
    assert list(table["arm_mean"] - table["against_mean"]) == pytest.approx(list(table["mean"]))


def test_a_target_in_focus_has_the_interval_of_its_worlds(made):
    comparison, by, _ = made
    row = comparison.by_pair().set_index("challenger").loc[by]
    values = comparison.tally.values("adversary_wars_expected")
    column = list(comparison.tally.states).index(by)
    arms = [comparison.arms.index(each) for each in (row["arm"], row["against"])]
    found = Estimate.of(values[:, arms[0], 0, column] - values[:, arms[1], 0, column], Design(40))
    assert [row["low"], row["high"]] == pytest.approx(
        [float(found.low), float(found.high)], nan_ok=True
    )
    assert row["effective_draws"] == pytest.approx(found.effective)


def test_what_is_not_counted_for_pairs_is_refused(made):
    comparison, *_ = made
    with pytest.raises(InvalidInput, match="wars_expected"):
        comparison.by_pair("wars_expectd")
    with pytest.raises(InvalidInput, match="arm"):
        comparison.by_pair(contrast=("two-member", "nothing"))
