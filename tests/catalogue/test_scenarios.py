"""Every scenario of the catalogue: it loads, comes back, plays, and its agents play the same."""

import pytest

import alliancesim as al
from alliancesim import catalogue
from alliancesim.engine.play import play
from alliancesim.scenario import dumps, loads
from alliancesim.testing.twin import assert_twin

NAMES = catalogue.names("scenarios")
VARIANTS = {name for each in catalogue.editions() for name in each.variants}
every = pytest.mark.parametrize("name", NAMES)
every_but_variants = pytest.mark.parametrize("name", sorted(set(NAMES) - VARIANTS))


def test_there_is_one_that_is_not_the_gulf():
    assert {"smda", "korea"} <= set(NAMES)


@every
def test_a_scenario_comes_back_as_it_was_written(name):
    scenario = al.load(name)
    assert scenario.name == name
    assert loads(dumps(scenario)) == scenario


@every
def test_an_arm_that_is_hypothetical_says_so(name):
    for arm in al.load(name).arms:
        assert arm.hypothetical == ("ypothetical" in arm.title)


@every
def test_disputes_come_in_every_arm(name):
    scenario = al.load(name)
    arms = [arm.name for arm in scenario.arms]
    tally = play(scenario, arms, worlds=20, seed=1)
    assert tally.world["disputes"].shape == (20, len(arms))
    assert (tally.world["disputes"].sum(axis=0) > 0).all()


@every_but_variants  # which differ in figures alone
def test_agents_play_what_the_engine_plays(name):
    assert_twin(al.load(name), worlds=2, seed=1)


def test_without_its_treaty_the_united_states_owe_south_korea_nothing():
    korea = al.load("korea")
    assert "US-KOR" in {each.id for each in korea.treaties_in("as-signed")}
    assert "US-KOR" not in {each.id for each in korea.treaties_in("no-us-kor")}
    assert "RUS-PRK" not in {each.id for each in korea.treaties_in("no-rus-prk")}


def test_new_figures_of_korea_are_recalled_or_judged_and_never_called_verified():
    korea = al.load("korea")
    for name in ("JPN", "KOR", "PRK"):
        state = korea.state(name)
        for figure in (state.active_personnel, state.military_expenditure, state.gdp):
            assert figure.status in ("recalled", "judgement")
