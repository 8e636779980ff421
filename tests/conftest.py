import attrs
import pytest
from hypothesis import settings

import alliancesim
from alliancesim.comparison import Comparison, runner
from tests import synthetic

# A rule compiles when it is first called, which no deadline for one example should count.
settings.register_profile("alliancesim", deadline=None)
settings.load_profile("alliancesim")


@pytest.fixture(scope="session")
def smda():
    return alliancesim.load("smda")


@pytest.fixture(scope="session")
def made(smda):
    """Make a comparison of made-up outcomes."""

    def make(worlds=40, asked=None, scenario=smda, **options):
        versions = {"version": "0", "platform": "any"}
        return Comparison(scenario, synthetic.tally(worlds, **options), asked or worlds, versions)

    return make


@pytest.fixture
def played(monkeypatch):
    """Replace the engine by made-up outcomes; return what it was asked for."""
    asked = {}

    def play(scenario, arms, *, worlds, seed, worlds_per_draw, priors, **others):
        asked.update(others, scenario=scenario, worlds=worlds, seed=seed, arms=arms)
        finished = asked.get("finished", worlds)
        if others.get("progress"):
            others["progress"](finished)
        return synthetic.tally(
            finished, arms=arms, seed=seed, worlds_per_draw=worlds_per_draw, priors=priors
        )

    monkeypatch.setattr(runner, "play", play)
    return asked


@pytest.fixture
def marked(smda):
    """Return the scenario with texts that would be markup in HTML."""
    arms = (attrs.evolve(smda.arms[0], title="<b>& none</b>"), *smda.arms[1:])
    return attrs.evolve(smda, title="A <script> & more", arms=arms)
