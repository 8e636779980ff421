import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.rules.challenge import (
    AGAINST_OPPONENT,
    AGAINST_OWN,
    ANY_ALLY,
    advantage,
    challenge_chance,
    challenger_cost,
    cover,
    heat_kept,
    heat_norm,
    shrunk,
    status_quo,
    yearly_rate,
)

strength = st.one_of(st.just(0.0), st.floats(1e-6, 1.0))
change = st.floats(-2.0, 2.0)


@given(change, st.floats(0.01, 1.0), st.floats(0.01, 0.99))
def test_base_rates_hold_where_nothing_has_changed(outlook, scale, base):
    assert challenge_chance(outlook, outlook, scale, base, 3.0) == pytest.approx(base, rel=1e-12)


@given(change, change, change, st.floats(0.01, 1.0))
def test_a_better_outlook_never_lowers_the_chance_of_a_challenge(now, better, reference, scale):
    now, better = sorted((now, better))
    worse_chance = challenge_chance(now, reference, scale, 0.25, 3.0)
    assert worse_chance <= challenge_chance(better, reference, scale, 0.25, 3.0)


@given(change, change, st.floats(0.01, 1.0))
def test_a_change_of_outlook_is_bounded(now, reference, scale):
    odds = challenge_chance(now, reference, scale, 0.25, 3.0)
    logit = math.log(odds / (1.0 - odds))
    expected = np.clip((now - reference) / scale, -3.0, 3.0)
    assert logit - math.log(1 / 3) == pytest.approx(expected, abs=1e-9)


forms = st.sampled_from([AGAINST_OWN, AGAINST_OPPONENT, ANY_ALLY])
chance = st.floats(0.0, 1.0)


@given(st.floats(0.0, 10.0), strength, strength, chance, forms)
def test_cover_is_a_share_of_the_whole(allies, own, opponent, none, form):
    covered = cover(allies, own, opponent, none, form)
    assert 0.0 <= covered <= 1.0
    if form == AGAINST_OWN and own > 1e-6 * allies:
        assert covered < 1.0
    if allies == 0.0:
        assert covered == 0.0


@given(st.floats(0.0, 10.0), st.floats(0.0, 10.0), strength, strength, chance, chance, forms)
def test_more_allies_never_give_less_cover(allies, more, own, opponent, none, fewer, form):
    before = cover(allies, own, opponent, none, form)
    assert cover(allies + more, own, opponent, none * fewer, form) >= before


def test_allies_as_strong_as_oneself_cover_half_by_the_first_form():
    assert cover(0.02, 0.02, 0.5, 0.1, AGAINST_OWN) == 0.5


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_cover_without_insurance_and_insurance_without_cover_change_nothing(covered, insured):
    plain = challenger_cost(0.285, 0.12, 0.3, 0.0, 0.0, 0.15, 0.0)
    assert challenger_cost(0.285, 0.12, 0.3, covered, 0.0, 0.15, 0.0) == plain
    assert challenger_cost(0.285, 0.12, 0.3, 0.0, insured, 0.15, 0.0) == plain
    assert challenger_cost(0.285, 0.12, 0.3, covered, insured, 0.15, 0.0) <= plain


@given(st.floats(-1.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_insurance_leaves_the_fear_of_a_nuclear_answer(deviation, covered, belief):
    with_fear = challenger_cost(0.285, 0.12, deviation, covered, 0.5, 0.15, belief)
    without = challenger_cost(0.285, 0.12, deviation, covered, 0.5, 0.15, 0.0)
    assert with_fear - without == pytest.approx(0.15 * belief)
    assert without == pytest.approx((0.285 + 0.12 * deviation) * (1 - 0.5 * covered))


def test_power_is_weighed_against_what_is_held_and_what_war_costs():
    assert advantage(0.7, 0.5, 0.3) == pytest.approx(-0.1)


@given(strength, strength, st.floats(0.01, 1.5))
def test_what_one_holds_at_the_start_the_other_does_not(one, other, m):
    assert status_quo(one, other, m) + status_quo(other, one, m) == pytest.approx(1.0, abs=1e-15)
    if one > other:
        assert status_quo(one, other, m) >= 0.5


@given(st.floats(0.0, 0.99))
def test_a_rate_gives_back_its_yearly_probability(probability):
    assert 1.0 - math.exp(-yearly_rate(probability)) == pytest.approx(probability, abs=1e-12)


@given(st.integers(0, 65), st.integers(0, 65), st.floats(1e-4, 0.5), st.floats(0.0, 100.0))
def test_a_pair_lies_between_its_own_record_and_its_class(onsets, years, mean, weight):
    onsets = min(onsets, years)
    value = shrunk(onsets, years, mean, weight)
    ends = [mean, onsets / years] if years > 0 else [mean]
    assert min(ends) - 1e-12 <= value <= max(ends) + 1e-12


def test_a_pair_without_a_record_is_its_class():
    assert shrunk(0.0, 0.0, 0.2, 20.0) == 0.2
    assert shrunk(0.0, 0.0, 0.2, 0.0) == 0.2
    assert shrunk(10.0, 20.0, 0.2, 20.0) == pytest.approx(0.35)


@given(st.floats(0.001, 1.5), st.floats(0.0, 1.0), st.floats(6.0, 24.0))
def test_the_norm_of_heat_is_its_stationary_mean(rate, jump, memory):
    # In a month heat rises by a jump for each dispute, at the rate times heat over its norm.
    norm, kept = heat_norm(rate, jump, memory), heat_kept(memory)
    rise = norm - 1.0
    for _ in range(1200):
        a_month = rate / 12.0 * (1.0 + rise) / norm
        rise = kept * (rise + jump * a_month / 2) + jump * a_month / 2
    assert 1.0 + rise == pytest.approx(norm, rel=3e-3)


def test_heat_falls_to_its_e_th_part_in_its_memory():
    assert heat_kept(12.0) ** 12 == pytest.approx(math.exp(-1.0))
    assert heat_norm(0.3, 0.5, 12.0) == pytest.approx(1.15)
