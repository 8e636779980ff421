import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.rules.bargaining import (
    coalition_cost,
    demand,
    fights,
    resistance_chance,
    war_risk,
)

probability = st.floats(0.0, 1.0)
cost = st.floats(-0.5, 1.0)
bound = st.floats(0.05, 2.0)


@given(probability, st.floats(0.01, 2.0), st.floats(0.01, 0.99))
def test_resistance_is_at_its_base_where_nothing_has_changed(win, scale, base):
    assert resistance_chance(win, win, scale, base) == pytest.approx(base, rel=1e-12)


@given(probability, probability, probability, st.floats(0.01, 2.0))
def test_a_weaker_challenger_is_never_resisted_less(win, other, reference, scale):
    weaker, stronger = sorted((win, other))
    resisted = resistance_chance(weaker, reference, scale, 0.52)
    assert resisted >= resistance_chance(stronger, reference, scale, 0.52)


@given(st.floats(0.0, 1.0), probability, bound)
def test_without_a_private_cost_to_gamble_on_there_is_no_war(above, win, bound):
    # A challenger whose own cost is at least the bound demands nothing, so nothing is refused.
    assert war_risk(demand(bound + above, win, bound), bound) == 0.0


@given(cost, probability, bound)
def test_nothing_is_demanded_of_a_target_that_is_sure_to_lose(cost, win, bound):
    assert demand(cost, 1.0, bound) == 0.0
    assert 0.0 <= demand(cost, win, bound) <= 1.0 - win


@given(st.floats(0.0, 1.0), probability, bound)
def test_the_risk_of_war_is_a_probability_and_at_most_one_half(cost, win, bound):
    assert 0.0 <= war_risk(demand(cost, win, bound), bound) <= 0.5


@given(cost, cost, probability, bound)
def test_a_dearer_war_is_risked_no_more(cost, other, win, bound):
    cheap, dear = sorted((cost, other))
    assert demand(dear, win, bound) <= demand(cheap, win, bound)


@given(st.floats(0.0, 0.3), st.floats(0.0, 0.5), st.floats(0.05, 0.4))
def test_the_demand_is_the_best_gamble(cost, win, bound):
    # A demand z is refused with z / bound; then there is war, and the challenger has p - κ_c.
    def worth(z):
        refused = min(z / bound, 1.0)
        return (1.0 - refused) * (win + z) + refused * (win - cost)

    best = demand(cost, win, bound)
    others = [n / 400 * min(bound, 1.0 - win) for n in range(401)]
    assert worth(best) >= max(worth(z) for z in others) - 1e-12


@given(st.floats(1e-6, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_greater_coalition_costs_no_less_and_none_costs_nothing(target, help_, more):
    assert coalition_cost(target, target, 0.05) == 0.0
    some = coalition_cost(target + help_, target, 0.05)
    assert 0.0 <= some <= coalition_cost(target + help_ + more, target, 0.05)
    assert some == pytest.approx(0.05 * math.log((target + help_) / target), abs=1e-12)


def test_a_target_without_strength_adds_no_cost():
    assert coalition_cost(0.0, 0.0, 0.05) == coalition_cost(0.1, 0.0, 0.05) == 0.0


@given(probability, cost, probability, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_greater_audience_cost_never_stops_a_fight(win, cost, held, audience, more):
    if fights(win, cost, held, audience):
        assert fights(win, cost, held, audience + more)


def test_a_refused_challenger_fights_only_where_backing_down_is_worse():
    assert fights(0.60, 0.25, 0.50, 0.20)
    assert not fights(0.60, 0.25, 0.50, 0.10)
