"""What a scenario says of the start: heat between two states, reputations."""

import attrs
import numpy as np
import pytest

import alliancesim as al
from alliancesim.arrays.board import board
from alliancesim.data.quantity import LogNormal, Quantity
from alliancesim.errors import InvalidInput
from alliancesim.scenario import dumps, loads
from alliancesim.testing.twin import assert_twin

SMDA = al.load("smda")


def figure(value, unit, prior=None):
    status = "derived" if prior is None else "judgement"
    return Quantity(value, unit, 2026, "judgement: a test", status, prior)


def heated(value, a="AFG", b="PAK", prior=None):
    pairs = tuple(
        attrs.evolve(pair, heat=figure(value, "ratio", prior))
        if (pair.a, pair.b) == (a, b)
        else pair
        for pair in SMDA.pairs
    )
    return attrs.evolve(SMDA, pairs=pairs, horizon_months=18)


def trusted(value, name="USA"):
    states = tuple(
        attrs.evolve(state, reputation=figure(value, "share")) if state.id == name else state
        for state in SMDA.states
    )
    return attrs.evolve(SMDA, states=states, horizon_months=18)


def test_heat_at_the_start_is_in_both_directions_of_its_pair_alone():
    prior = LogNormal(0.5, 2.0)
    drawn = board(heated(1.0, prior=prior)).draws(seed=1, first=0, count=3).pair["heat"]
    names = board(SMDA).states
    i, j = names.index("AFG"), names.index("PAK")
    assert (drawn[:, i, j] > 0).all()
    np.testing.assert_array_equal(drawn[:, i, j], drawn[:, j, i])
    drawn[:, i, j] = drawn[:, j, i] = 0.0
    assert not drawn.any()


@pytest.mark.parametrize("scenario", [heated(2.0), trusted(0.2)], ids=["heat", "reputation"])
def test_agents_open_as_the_engine_does(scenario):
    assert_twin(scenario, ["two-member"], worlds=2, seed=1)


def test_a_pair_that_is_hot_begins_more_disputes():
    def disputes(scenario):
        given = {"worlds": 400, "seed": 2}
        played = al.compare(
            attrs.evolve(scenario, horizon_months=12), ["no-smda", "two-member"], **given
        )
        names = list(played.tally.states)
        of_pair = played.tally.pair_sum["disputes_expected"][0]
        return of_pair[names.index("PAK"), names.index("AFG")]

    assert disputes(heated(2.0)) > 1.2 * disputes(SMDA)


def test_a_reputation_is_that_of_the_agent_as_play_begins():
    game = al.Wargame(trusted(0.2), "two-member", seed=1, world=0)
    found = {agent.id: agent.now.reputation for agent in game.states}
    assert found["USA"] == 0.2
    assert found["PAK"] == game.theta.reputation_start


@pytest.mark.parametrize("scenario", [heated(1.5), trusted(0.4)], ids=["heat", "reputation"])
def test_they_are_written_and_read_back(scenario):
    assert loads(dumps(scenario)) == scenario


def test_values_out_of_range_are_refused():
    with pytest.raises(InvalidInput, match="heat"):
        heated(-1.0)
    with pytest.raises(InvalidInput, match="reputation"):
        trusted(0.0)
    with pytest.raises(InvalidInput, match="reputation"):
        trusted(1.5)
