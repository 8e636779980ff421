"""Who is called and who would come: what replays note moves nothing, and adds up."""

import numpy as np
import pytest

import alliancesim as al
from alliancesim import agents
from alliancesim.engine.play import play
from alliancesim.validation._replays import CHANCES, Watched, replayed
from alliancesim.validation._selection import less_reliable, selected
from alliancesim.validation.oracles import closed_forms
from alliancesim.validation.runs import Plays

SMDA = al.load("smda")


@pytest.fixture(scope="module")
def games():
    return [
        agents.replay(SMDA, arm=SMDA.reference, seed=0, world=world, model=Watched)
        for world in range(6)
    ]


def test_a_world_that_is_watched_is_the_same_to_the_last_bit():
    how = {"worlds": 2, "seed": 5, "first_world": 40}
    watched = agents.play(SMDA, ["two-member"], model=Watched, **how)
    assert play(SMDA, ["two-member"], **how).digest == watched.digest


def test_what_a_war_brings_was_noted_before_it_began(games):
    wars = calls = 0
    for game in games:
        for event in (each for each in game.events if each.kind == "war"):
            facts = event.facts
            noted = {
                call.ally: call.honours
                for call in game.calls
                if (call.turn, call.challenger, call.target)
                == (event.turn, facts["challenger"], facts["target"])
            }
            came = {
                state: facts["answers"][state] >= 4
                for state, level in facts["owed"].items()
                if level == 3
            }
            assert came == noted
            wars, calls = wars + 1, calls + len(came)
    assert wars > 5
    assert calls > 0


def test_every_call_is_owed_under_a_treaty_of_the_arm(games):
    treaties = {each.id for each in SMDA.treaties_in(SMDA.reference)}
    noted = [call for game in games for call in game.calls]
    assert len(noted) > 100
    for call in noted:
        assert call.treaties
        assert set(call.treaties) <= treaties
        assert 0.0 <= call.war <= 1.0


def test_propensities_are_means_of_the_ladder_over_the_shock():
    exact = closed_forms.over_shock(lambda shock: closed_forms.reaching(-0.7 + shock, 1.1), 1.9)
    found = closed_forms.passing(np.array([-0.7, 2.0]), 1.1, 1.9)
    assert found[0] == pytest.approx(exact, abs=1e-6)
    assert found[1] > found[0]


def test_replays_share_worlds_out_in_turn_and_sum_what_is_noted():
    found = replayed([SMDA, SMDA], 4, seed=0)
    games = [agents.replay(SMDA, arm=SMDA.reference, world=w, model=Watched) for w in (1, 3)]
    for treaty, sums in found.calls.items():
        alone = [game.chances()[treaty] for game in games if treaty in game.chances()]
        assert sums.shape == (2, len(CHANCES))
        assert sums[1] == pytest.approx(np.sum(alone, axis=0), rel=1e-12)
    assert len(found.fights[1]) == sum(len(game.fights()) for game in games)


class Made(Plays):
    """Sums as they are given, instead of played."""

    def replays(self, world):
        return replayed_as(self.change)


def replayed_as(sums):
    return type("", (), {"calls": sums})


def gap(sums, *treaties, by="invoked_honoured"):
    made = {name: np.array([each, each], float) for name, each in sums.items()}
    return float(selected(*treaties, by=by)(Made(4, 0, "post-1945", made), "smda").mean)


def test_the_gap_is_taken_within_a_treaty_and_weighed_by_calls():
    # opportunities, propensity, invoked, its propensity, its honoured
    loyal, fickle = [10, 8.0, 1.0, 0.9, 0.7], [10, 2.0, 3.0, 0.6, 0.3]
    sums = {"LOYAL": loyal, "FICKLE": fickle}
    assert gap(sums, "LOYAL") == pytest.approx(0.7 - 0.8)
    assert gap(sums, "FICKLE") == pytest.approx(0.1 - 0.2)
    assert gap(sums) == pytest.approx(-0.1)  # though calls fall on the fickle
    assert gap(sums, "LOYAL", by="invoked_propensity") == pytest.approx(0.9 - 0.8)
    assert np.isnan(gap(sums, "NONE"))


def test_a_treaty_never_called_adds_nothing():
    idle = [10, 8.0, 0.0, 0.0, 0.0]
    assert gap({"IDLE": idle, "OTHER": [10, 2.0, 3.0, 0.6, 0.3]}) == pytest.approx(-0.1)
    assert np.isnan(gap({"IDLE": idle}))


def test_reliability_is_compared_over_all_calls_of_each_kind():
    sums = {
        "A": [10, 8.0, 1.0, 0.9, 0.7],
        "B": [9, 3.0, 3.0, 0.9, 0.3],
        "C": [9, 3.0, 2.0, 0.9, 1.0],
    }
    made = {name: np.array([each] * 12) for name, each in sums.items()}
    found = less_reliable(("A", "B"), ("C", "ABSENT"))(Made(4, 0, "post-1945", made), "generic")
    assert float(found.mean) == pytest.approx((0.7 + 0.3) / (1.0 + 3.0) - 1.0 / 2.0)
    assert np.isnan([found.low, found.high]).all()  # nothing varies between the parts
