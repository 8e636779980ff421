import attrs
import numpy as np
import pytest

from alliancesim import InvalidInput
from alliancesim.comparison import compare, runner
from alliancesim.comparison import region as module
from alliancesim.comparison.drivers import Question
from alliancesim.comparison.estimates import Contrast
from alliancesim.comparison.region import region
from alliancesim.outcomes.metrics import METRICS
from alliancesim.scenario.unknowns import Clause
from tests import synthetic


def asked(draws=1000, *, seed=0):
    """Return a question whose difference is positive where share is high and the clause is firm."""
    rng = np.random.default_rng(seed)
    share, clause, other = rng.random(draws), rng.integers(0, 2, draws) * 1.0, rng.random(draws)
    means = np.where((share > 0.5) & (clause == 0), 1.0, -1.0)
    return Question(
        metric=METRICS["wars_expected"],
        contrast=Contrast("two-member", "no-smda"),
        focus="",
        means=means,
        within=np.zeros(draws),
        worlds_per_draw=8,
        inputs={"share": share, "SMDA: trigger": clause, "other": other},
        clauses={"SMDA: trigger": Clause("SMDA: trigger", ("firm", "vague"))},
    )


@pytest.fixture
def smda_run(monkeypatch):
    monkeypatch.setattr(
        runner, "play", lambda _, arms, options, *__: synthetic.played(arms, options)
    )
    return compare("smda", synthetic.ARMS, 16, 1)


@pytest.fixture
def made_up(monkeypatch):
    monkeypatch.setattr(module, "question", lambda *_: asked())


def test_the_region_of_a_sign_is_found_and_measured_on_other_draws(made_up, smda_run):
    found = region(smda_run, "wars_expected")
    assert set(found.limits) == {"share", "SMDA: trigger"}
    assert found.density > 0.9 > 0.5 > found.everywhere
    assert found.density_low <= found.density <= found.density_high
    assert found.outside < 0.05
    assert found.coverage > 0.9
    assert found.draws == 500
    assert "SMDA: trigger is read as firm" in str(found)
    assert "positive" in str(found)


def test_the_other_sign_lies_elsewhere(made_up, smda_run):
    found = region(smda_run, "wars_expected", sign="negative")
    assert found.density >= found.everywhere > 0.5


def test_a_sign_that_is_always_so_has_no_region(monkeypatch, smda_run):
    monkeypatch.setattr(module, "question", lambda *_: attrs.evolve(asked(), means=np.ones(1000)))
    found = region(smda_run, "wars_expected")
    assert found.limits == {}
    assert found.everywhere == 1
    assert "no region" in found.sentence
    assert found.to_dict()["limits"] == {}


def test_what_cannot_be_said_is_rejected(monkeypatch, smda_run):
    monkeypatch.setattr(module, "question", lambda *_: asked(50))
    with pytest.raises(InvalidInput, match="100 or more"):
        region(smda_run, "wars_expected")
    with pytest.raises(InvalidInput, match="sign"):
        region(smda_run, "wars_expected", sign="zero")
