import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from alliancesim.chance import normal_quantile
from alliancesim.rules.war import (
    arrival_chance,
    arrival_delay,
    duration,
    monthly_loss,
    unreplaced,
)

strength = st.floats(1e-6, 1.0)
median_months = st.floats(0.5, 20.0)
log_sd = st.floats(0.1, 3.0)


@given(st.floats(1e-9, 1.0 - 1e-9), median_months, log_sd)
def test_a_duration_is_the_quantile_of_its_distribution_in_whole_months(u, median, sd):
    exact = stats.lognorm.ppf(u, sd, scale=median)
    months = duration(median, sd, normal_quantile(u))
    assert months >= 1
    assert months - 1 <= exact * (1 + 1e-9)
    assert exact * (1 - 1e-9) <= months


def test_durations_have_the_heavy_tail_of_wars():
    evenly = (np.arange(10000) + 0.5) / 10000
    months = np.array([duration(4.0, 1.25, normal_quantile(u)) for u in evenly])
    middle, late = np.quantile(months, [0.5, 0.9], method="inverted_cdf")
    assert middle == 4
    assert late == math.ceil(4.0 * math.exp(1.25 * stats.norm.ppf(0.9)))
    assert late / middle >= 3


@given(st.integers(1, 24), median_months, st.floats(0.3, 3.0))
def test_an_ally_arrives_in_time_as_often_as_wars_outlast_its_delay(delay, median, sd):
    evenly = (np.arange(2000) + 0.5) / 2000
    lasts = [duration(median, sd, normal_quantile(u)) > delay for u in evenly]
    assert arrival_chance(delay, median, sd) == pytest.approx(np.mean(lasts), abs=1e-3)


@given(st.integers(0, 24), median_months)
def test_a_war_of_known_length_is_reached_or_not(delay, median):
    expected = 1.0 if delay == 0 or duration(median, 0.0, 1.0) > delay else 0.0
    assert arrival_chance(delay, median, 0.0) == expected


def test_who_need_not_wait_is_always_in_time():
    assert arrival_chance(0, 4.0, 1.25) == 1.0


@given(st.floats(0.0, 20000.0), st.floats(0.0, 1000.0), st.floats(0.0, 3.0), st.floats(0.0, 1.0))
def test_a_longer_way_takes_no_less_time(km, more, mobilisation, travel):
    delay = arrival_delay(km, mobilisation, travel)
    assert 0 <= delay <= arrival_delay(km + more, mobilisation, travel)
    assert delay >= mobilisation + travel * km / 1000.0 > delay - 1


@given(strength, st.floats(0.0, 0.5), st.floats(0.0, 2.0))
def test_equal_sides_lose_alike(force, rate, exponent):
    assert monthly_loss(force, force, rate, exponent) == pytest.approx(
        1.0 - math.exp(-rate), abs=1e-12
    )


@given(strength, strength, st.floats(0.0, 0.5), st.floats(0.0, 2.0))
def test_a_loss_is_a_share_and_the_weaker_side_never_loses_the_lesser(one, other, rate, exponent):
    weaker, stronger = sorted((one, other))
    less = monthly_loss(stronger, weaker, rate, exponent)
    assert 0.0 <= less <= monthly_loss(weaker, stronger, rate, exponent) <= 1.0


def test_the_exponents_are_those_of_the_two_laws():
    def log_survival(own, enemy, exponent):
        return -math.log(1.0 - monthly_loss(own, enemy, 0.01, exponent))

    # Square law: A² - B² is kept where losses in forces are B and A; linear law: A - B.
    assert 4.0 * log_survival(4.0, 1.0, 1.0) == pytest.approx(0.01 * 1.0)
    assert 1.0 * log_survival(1.0, 4.0, 1.0) == pytest.approx(0.01 * 4.0)
    assert 4.0 * log_survival(4.0, 1.0, 0.5) == pytest.approx(1.0 * log_survival(1.0, 4.0, 0.5))


def test_no_enemy_no_loss():
    assert monthly_loss(0.5, 0.0, 0.004, 0.5) == 0.0
    assert monthly_loss(0.0, 0.5, 0.004, 0.5) == 0.0


@given(st.floats(0.0, 1.0), strength, st.one_of(st.just(0.0), strength), st.floats(0.0, 1.0))
def test_industry_makes_good_some_losses_and_never_more_than_were_lost(
    loss, materiel, industry, replacement
):
    left = unreplaced(loss, industry, materiel, replacement)
    assert loss * (1.0 - replacement) - 1e-15 <= left <= loss
    if industry == 0.0 or replacement == 0.0:
        assert left == loss
