import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.narrative.formatting import factor, number, plus_minus, span

finite = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("value", "text"),
    [(13.58, "13.6"), (0.0123456, "0.0123"), (-2, "−2.00"), (0, "0"), (1234.5, "1234")],
)
def test_a_number_has_three_significant_figures(value, text):
    assert number(value) == text


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_a_dash(value):
    assert number(value) == "–"


def test_a_difference_has_the_digits_its_interval_supports():
    assert plus_minus(-0.72149, 0.0213) == "−0.721 ± 0.021"
    assert plus_minus(0, 0) == "0 ± 0"


def test_an_interval_has_true_signs():
    assert span(-0.128, 0.0166) == "−0.128 to +0.017"
    assert span(math.nan, math.nan) == "–"


def test_what_rounds_to_zero_has_no_sign():
    assert plus_minus(-0.0001, 0.5) == "0.00 ± 0.50"


@given(finite)
def test_a_number_reads_back_close_to_itself(value):
    assert float(number(value).replace("−", "-")) == pytest.approx(value, rel=0.006, abs=1e-6)


def test_an_infinite_factor_is_shown_as_such():
    assert (factor(8.349), factor(math.inf), factor(math.nan)) == ("8.3", "∞", "–")


def test_tiny_intervals_have_a_power_of_ten():
    assert plus_minus(-1.2e-8, 3e-8) == "−1e−08 ± 3e−08"
    assert span(-4e-8, 2e-8) == "−4e−08 to +2e−08"
