import subprocess
import sys
from collections import Counter
from pathlib import Path

import attrs
import pytest
from hypothesis import settings

import alliancesim
from alliancesim.comparison import Comparison, runner
from tests import synthetic

# A rule compiles when it is first called, which no deadline for one example should count.
settings.register_profile("alliancesim", deadline=None)
settings.load_profile("alliancesim")


TESTS = Path(__file__).parent
WITHOUT_PLAY = {"data", "datasets", "law", "outcomes", "scenario", "stats", "tools"}
"""Folders of tests that need no engine."""


def pytest_collection_modifyitems(items):
    """Put files with slow tests first, the most of them before the others.

    A process takes whole files, so that what a module plays is played once; the quick files fill
    what time is left at the end.
    """
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    items.sort(key=lambda item: -slow[item.path])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config):
    """Compile the engine before the first worker starts: else each would, at the same time."""
    asked = [Path(str(each).partition("::")[0]).resolve() for each in config.args]
    folders = {path.relative_to(TESTS).parts[:1] for path in asked if path.is_relative_to(TESTS)}
    if not folders <= {(each,) for each in WITHOUT_PLAY}:
        play = "from alliancesim.engine.play import warm; warm()"
        subprocess.run([sys.executable, "-c", play], check=True)


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

    def play(scenario, arms, options, progress=None):
        asked.update(attrs.asdict(options), scenario=scenario, arms=arms)
        finished = asked.get("finished", options.worlds)
        if progress:
            progress(finished)
        return synthetic.played(arms, options, finished)

    monkeypatch.setattr(runner, "play", play)
    return asked


@pytest.fixture
def marked(smda):
    """Return the scenario with texts that would be markup in HTML."""
    arms = (attrs.evolve(smda.arms[0], title="<b>& none</b>"), *smda.arms[1:])
    return attrs.evolve(smda, title="A <script> & more", arms=arms)
