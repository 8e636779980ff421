"""Played out unchanged, the agents' world is the engine's, to the last bit."""

import copy
import inspect
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mesa.batchrunner import batch_run

import alliancesim as al
from alliancesim import agents
from alliancesim.engine.play import play
from alliancesim.errors import InvalidInput
from alliancesim.testing import strategies


@settings(max_examples=25)
@given(
    scenario=strategies.scenarios(max_states=5),
    seed=st.integers(0, 2**64 - 1),
    first_world=st.integers(0, 2**40),
    per_draw=st.integers(1, 3),
    priors=st.booleans(),
)
def test_every_world_of_the_engine_is_replayed_to_the_last_bit(
    scenario, seed, first_world, per_draw, priors
):
    how = {
        "worlds": 2,
        "seed": seed,
        "first_world": first_world,
        "worlds_per_draw": per_draw,
        "priors": priors,
    }
    fast, slow = play(scenario, threads=1, **how), agents.play(scenario, **how)
    assert fast.digest == slow.digest
    assert np.array_equal(fast.durations, slow.durations)
    for field in fast.pair_sum.dtype.names:
        assert np.array_equal(fast.pair_sum[field], slow.pair_sum[field]) or field.endswith(
            "expected"
        )


def test_a_decade_of_the_smda_world_is_replayed_to_the_last_bit():
    scenario = al.load("smda")
    fast = play(scenario, worlds=2, seed=5, first_world=41)
    slow = agents.play(scenario, worlds=2, seed=5, first_world=41)
    assert fast.world["wars"].sum() > 0
    assert fast.world["answers_raised"].sum() > 0
    assert fast.digest == slow.digest


def test_wars_on_the_nuclear_brink_are_replayed_to_the_last_bit():
    often = {"nuclear_threshold": 0.002, "nuclear_hazard": 0.2, "nuclear_settlement": 0.2}
    scenario = al.load("smda").fixing(**often)
    fast = play(scenario, ["three-member"], worlds=6, seed=5, first_world=0)
    slow = agents.play(scenario, ["three-member"], worlds=6, seed=5, first_world=0)
    assert fast.world["nuclear_settled"].sum() > 0
    assert fast.world["nuclear_uses"].sum() > 0
    assert fast.digest == slow.digest


@pytest.mark.parametrize("arm", ["under-negotiation", "notice"])
def test_changes_of_membership_and_wavering_guarantees_are_replayed_to_the_last_bit(arm):
    scenario = al.load("smda").fixing(
        withdrawal_rate=1.0, renewal_rate=1.0, negotiation_months=10.0, notice_rate=0.3
    )
    fast = play(scenario, [arm], worlds=3, seed=5)
    slow = agents.play(scenario, [arm], worlds=3, seed=5)
    assert fast.world["memberships_changed"].sum() > 0
    assert fast.world["guarantees_withdrawn"].sum() > 0
    assert fast.digest == slow.digest


class Faithless(al.StateAgent):
    """Never answers a call."""

    def answers(self, offer, shock, random_draw, intensity):
        return 0


class FaithlessWargame(al.Wargame):
    state_class = Faithless


def test_subclassed_agents_behave_otherwise():
    scenario = al.load("smda")
    own = agents.play(scenario, ["two-member"], worlds=6, seed=1, model=FaithlessWargame)
    plain = play(scenario, ["two-member"], worlds=6, seed=1)
    assert own.world["answered_aid"].sum() == 0
    assert own.digest != plain.digest


def test_a_world_can_be_stepped_and_is_collected_every_turn():
    game = al.Wargame(al.load("smda"), "no-smda", seed=3, world=2)
    for _ in range(15):
        game.step()
    table = game.datacollector.get_agent_vars_dataframe()
    assert game.turn == 15
    assert len(table) == 16 * len(game.states)
    assert (table["strength"] >= 0).all()


def test_a_world_can_be_pickled_and_copied_at_any_turn():
    game = al.Wargame("smda", "two-member", seed=np.int64(1))
    for _ in range(6):
        game.step()
    branches = [game, pickle.loads(pickle.dumps(game)), copy.deepcopy(game)]
    for each in branches:
        while each.running:
            each.step()
    assert all(each.events == game.events for each in branches)
    assert all(each.outcome_rows() == game.outcome_rows() for each in branches)
    table = game.datacollector.get_model_vars_dataframe()
    assert list(table.columns) == ["disputes", "wars_under_way", "total_spending_usd_bn"]
    assert table["disputes"].is_monotonic_increasing
    assert table["disputes"].iloc[-1] == sum(e.kind == "challenge" for e in game.events) > 0


def test_mesas_batch_runner_gets_a_row_a_state_from_a_name_and_its_seeds():
    asks_for_rng = "rng" in inspect.signature(batch_run).parameters
    seeds = {"rng": [1, 2]} if asks_for_rng else {}
    given = {"scenario": ["smda"], "arm": ["two-member"]}
    given |= {"world": [0]} if asks_for_rng else {"world": [0], "rng": [1, 2]}
    rows = batch_run(al.Wargame, given, max_steps=3, display_progress=False, **seeds)
    assert len(rows) == 2 * len(al.load("smda").states)
    assert {"disputes", "total_spending_usd_bn", "reputation", "state"} <= set(rows[0])
    fresh = {al.Wargame("smda", "two-member", seed=None).world_seed for _ in range(2)}
    assert len(fresh) == 2
    assert al.Wargame("smda", "two-member", rng=7).world_seed == 7
    assert al.Wargame("smda", "two-member").world_seed == 0
    with pytest.raises(al.InvalidInput, match="rng: given twice"):
        al.Wargame("smda", "two-member", seed=1, rng=1)


def test_stepping_beyond_the_horizon_changes_nothing():
    game = al.replay("smda", arm="no-smda", seed=1, world=1)
    before = game.outcome_rows()
    game.step()
    assert game.turn == game.board.horizon
    assert game.outcome_rows() == before


def test_the_reporters_draw_nothing():
    first = al.replay("smda", arm="two-member", seed=1, world=1).outcome_rows()
    game = al.Wargame(al.load("smda"), "two-member", seed=1, world=1)
    while game.running:
        game.datacollector.collect(game)
        game.step()
    assert game.outcome_rows() == first


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"arm": "four-member"}, "arm"),
        ({"arm": "no-smda", "seed": -1}, "seed"),
        ({"arm": "no-smda", "world": 2**48}, "world"),
        ({"arm": "no-smda", "worlds_per_draw": 0}, "worlds_per_draw"),
    ],
)
def test_a_replay_of_nothing_is_refused(given, place):
    with pytest.raises(InvalidInput) as caught:
        al.replay("smda", **given)
    assert caught.value.where == place
