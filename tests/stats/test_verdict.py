"""The graded scale: monotone in the share of draws, and the same for a difference turned round."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.stats.verdict import ENOUGH_EVENTS, grade

shares = st.floats(0, 1)
TURNED = {
    "rises": "falls",
    "leans to a rise": "leans to a fall",
    "open": "open",
    "leans to a fall": "leans to a rise",
    "falls": "rises",
}
ORDER = ["falls", "leans to a fall", "open", "leans to a rise", "rises"]


@given(shares)
def test_a_difference_turned_round_has_the_opposite_verdict(positive):
    verdict = grade(-1, 1, positive, 1000)
    turned = grade(-1, 1, 1 - positive, 1000)
    near = any(abs(positive - edge) < 1e-9 for edge in (0.05, 0.2, 0.8, 0.95))
    assert near or turned.grade == TURNED[verdict.grade]


@given(shares, shares)
def test_more_draws_above_zero_never_lower_the_verdict(one, other):
    low, high = sorted((one, other))
    first, second = (ORDER.index(grade(-1, 1, share, 1000).grade) for share in (low, high))
    assert first <= second


@given(st.floats(-10, 10), st.floats(0, 10), st.integers(1, 10**6))
def test_without_draws_the_sampling_interval_decides(low, width, differing):
    verdict = grade(low, low + width, math.nan, differing, count=False)
    assert verdict.by == "sampling"
    assert verdict.sign == (1 if low > 0 else -1 if low + width < 0 else 0)
    assert not verdict.certain


@pytest.mark.parametrize("positive", [0.0, 0.5, 1.0, math.nan])
def test_what_never_differs_or_hardly_ever_is_not_graded(positive):
    assert grade(0, 0, positive, 0).grade == "no change"
    few = ENOUGH_EVENTS - 1
    assert grade(1, 2, positive, few).grade == "too rare to say"
    assert grade(1, 2, positive, few, count=False).grade != "too rare to say"


@pytest.mark.parametrize(
    ("positive", "said"),
    [
        (0.97, "rises in 97 of 100 draws"),
        (0.02, "falls in 98 of 100 draws"),
        (0.85, "leans to a rise: in 85 of 100 draws"),
        (0.4, "open: rises in 40 of 100 draws"),
    ],
)
def test_a_verdict_in_words_gives_the_count_of_draws(positive, said):
    assert str(grade(-1, 1, positive, 1000)) == said
