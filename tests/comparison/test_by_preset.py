"""What differs under each preset that a run mixes."""

import attrs
import numpy as np
import pytest

from alliancesim import catalogue
from alliancesim.comparison import Comparison
from alliancesim.data.quantity import Normal, TwoNormals
from alliancesim.figures import differences
from alliancesim.stats.paired import Design, Estimate

from .. import synthetic

INTERCEPT = "response_intercept"


@pytest.fixture
def mixed(smda):
    """Return a comparison whose draws are of both presets in turn."""
    tally = synthetic.tally(800, worlds_per_draw=8)
    prior = smda.parameter(INTERCEPT).prior
    draws = np.zeros(100, [*tally.draws.dtype.descr, (INTERCEPT, float)])
    draws[INTERCEPT] = np.where(np.arange(100) % 4 == 0, prior.high_mean, prior.low_mean)
    return Comparison(smda, attrs.evolve(tally, draws=draws), 800, {})


def test_a_run_mixes_both_presets_unless_one_is_fixed(smda):
    assert smda.preset == "both"
    assert isinstance(smda.parameter(INTERCEPT).prior, TwoNormals)
    for name in ("post-1945", "strict"):
        (value,) = (value for key, value in catalogue.preset(name).values if key == INTERCEPT)
        fixed = smda.with_preset(name).parameter(INTERCEPT)
        assert fixed.value == value
        assert isinstance(fixed.prior, Normal)
        assert fixed.prior.mean == value
    assert smda.with_preset("strict").with_preset("both") == smda


def test_each_preset_has_the_mean_of_its_own_draws(mixed):
    table = mixed.by_preset()
    assert [*dict.fromkeys(table["preset"])] == ["post-1945", "strict"]
    assert table.groupby("preset")["draws"].first().to_dict() == {"post-1945": 75, "strict": 25}
    values = mixed.tally.values("wars_expected")
    first = mixed.contrasts[0]
    paired = values[:, mixed.arms.index(first.arm)] - values[:, mixed.arms.index(first.against)]
    means = paired.reshape(100, 8).mean(axis=1)[np.arange(100) % 4 == 0]
    row = table[(table["preset"] == "strict") & (table["metric"] == "wars_expected")].iloc[0]
    found = Estimate.of(means, Design(25))
    told = row[["mean", "low", "high"]].astype(float).to_numpy()
    np.testing.assert_allclose(told, [found.mean, found.low, found.high])


def test_the_table_shows_each_preset_beside_the_whole(mixed, smda):
    assert "under post-1945 and" in " ".join(repr(mixed).split())
    text = mixed.table()
    assert max(map(len, text.splitlines())) <= 100
    assert "under each view of reliability" in text
    assert "strict" in text
    fixed = Comparison(smda.with_preset("strict"), mixed.tally, 800, {})
    assert fixed.by_preset().empty
    assert "under each view" not in fixed.table()


def test_the_figure_marks_each_preset(mixed):
    ax = differences(mixed)
    marks = [line.get_marker() for line in ax.lines]
    assert marks.count("v") == marks.count("^") > 0
