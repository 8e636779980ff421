import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim._compile import compiled
from alliancesim.arrays.layout import rows
from alliancesim.rules import lanes
from alliancesim.rules.numeric import exp2, log2, power, share_of_power

from .cases import drawn

positive = st.floats(1e-300, 1e300)
exponents = st.floats(-1000.0, 1000.0)


@given(positive)
def test_the_logarithm_is_that_of_the_library_within_two_units_in_the_last_place(x):
    assert log2(x) == pytest.approx(math.log2(x), rel=4.5e-16, abs=2e-16)


@given(exponents)
def test_the_exponential_is_that_of_the_library_within_two_units_in_the_last_place(y):
    assert exp2(y) == pytest.approx(2.0**y, rel=4.5e-16, abs=0.0)


@given(st.integers(-1000, 1000))
def test_powers_of_two_are_exact_both_ways(k):
    assert exp2(float(k)) == 2.0**k
    assert log2(2.0**k) == k


def test_what_is_too_small_is_nothing_and_what_is_too_large_is_held():
    assert exp2(-1022.5) == 0.0
    assert exp2(-math.inf) == 0.0
    assert exp2(2000.0) == exp2(math.inf) == 2.0**1023


@given(positive, exponents)
def test_machine_code_gives_the_same_bits(x, y):
    assert compiled(log2)(x) == log2(x)
    assert compiled(exp2)(y) == exp2(y)


def test_a_loop_that_takes_several_at_once_gives_the_bits_of_one_at_a_time():
    rng = np.random.default_rng(5)
    theta = drawn(rng, substitution=-0.4)
    work = lanes.lane_workspace()
    lanes_work = rows(1, lanes.WORK)
    values = 10.0 ** rng.uniform(-6, 0, 5 * lanes.ROWS)
    work.domain[:] = values.tolist()
    lanes_work[0].domain[:] = values
    lanes.aggregate_rows(lanes.ROWS, theta, work)
    compiled(lanes.aggregate_rows)(lanes.ROWS, theta, lanes_work[0])
    assert lanes_work[0].strength.tolist() == work.strength


@given(st.one_of(st.just(0.0), st.floats(1e-30, 1e6)), st.floats(-2.0, 2.0))
def test_a_power_is_that_of_python(x, exponent):
    expected = x**exponent if x > 0.0 else 0.0
    assert power(x, exponent) == pytest.approx(expected, rel=1e-13, abs=1e-300)


@given(st.floats(1e-6, 1e6), st.floats(0.05, 2.0), st.floats(-20.0, 20.0))
def test_a_share_of_powers_is_a_logistic_of_logarithms(x, exponent, scale):
    expected = 1.0 / (1.0 + math.exp(math.log(2.0) * (exponent * math.log2(x) - scale)))
    assert share_of_power(x, exponent, scale) == pytest.approx(expected, rel=1e-12)


def test_without_force_the_share_is_all():
    assert share_of_power(0.0, 0.4, 1.0) == 1.0
