"""A factor that the rates of all disputes of a state share."""

from pathlib import Path

import attrs
import numpy as np
import pytest
from scipy.stats import kstest

import alliancesim as al
from alliancesim.arrays.board import board
from alliancesim.data.quantity import LogNormal, Quantity
from alliancesim.errors import InvalidInput
from alliancesim.scenario import CommonShock, dumps, load, loads

SMDA = al.load("smda")


def shocked(*states, value=1.0, low=0.5):
    prior = LogNormal(low, value**2 / low)
    factor = Quantity(value, "ratio", 2026, "judgement: a test", "judgement", prior)
    return attrs.evolve(SMDA, common_shocks=tuple(CommonShock(each, factor) for each in states))


def multipliers(scenario, count=40):
    return board(scenario).draws(seed=7, first=0, count=count)


def test_it_multiplies_every_pair_of_the_state_in_both_directions_alike():
    scenario = shocked("IRN")
    plain, drawn = multipliers(SMDA), multipliers(scenario)
    shock = drawn.named["IRN: common shock"]
    i = sorted(scenario.states, key=lambda state: state.code).index(scenario.state("IRN"))
    expected = plain.pair["multiplier"].copy()
    expected[:, i, :] *= shock[:, None]
    expected[:, :, i] *= shock[:, None]
    np.testing.assert_array_equal(drawn.pair["multiplier"], expected)


def test_what_it_draws_is_as_its_prior_says():
    factor = shocked("IRN").common_shocks[0].factor
    small = load(Path(__file__).with_name("small.toml"))
    scenario = attrs.evolve(small, common_shocks=(CommonShock(small.states[0].id, factor),))
    shock = multipliers(scenario, count=2000).named[f"{small.states[0].id}: common shock"]
    assert kstest(np.log(shock) / np.log(2.0) * 1.6448536, "norm").pvalue > 0.01


def test_the_order_in_which_shocks_are_given_changes_no_bit():
    one, other = (
        multipliers(shocked("IRN", "ISR", "USA")),
        multipliers(shocked("USA", "IRN", "ISR")),
    )
    np.testing.assert_array_equal(one.pair["multiplier"], other.pair["multiplier"])


def test_it_is_written_and_read_back():
    scenario = shocked("IRN", "ISR")
    assert loads(dumps(scenario)) == scenario


@pytest.mark.parametrize("states", [("IRN", "IRN"), ("XXX",)])
def test_a_state_that_is_not_there_or_comes_twice_is_refused(states):
    with pytest.raises(InvalidInput, match="common_shock"):
        shocked(*states)


def test_it_has_a_prior():
    with pytest.raises(InvalidInput, match="prior"):
        CommonShock("IRN", Quantity(1.0, "ratio", None, "a test", "derived"))
