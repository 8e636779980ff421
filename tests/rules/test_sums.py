"""Sums over worlds are exact, so that how a run is divided moves no bit of them."""

import math

from hypothesis import given
from hypothesis import strategies as st

from alliancesim.rules.aftermath import in_steps

values = st.floats(0.0, 2.0**20)


@given(values)
def test_a_number_is_kept_within_half_a_step(value):
    assert abs(in_steps(value) - value) <= 2.0**-29


@given(st.integers(0, 2**23))
def test_a_count_is_kept_as_it_is(count):
    assert in_steps(float(count)) == count


@given(st.lists(st.floats(0.0, 100.0), max_size=60), st.integers(0, 60))
def test_a_sum_is_exact_however_it_is_divided(listed, cut):
    steps = [in_steps(value) for value in listed]
    whole = 0.0
    for step in steps:
        whole += step
    assert whole == math.fsum(steps)
    assert sum(steps[:cut]) + sum(steps[cut:]) == whole
