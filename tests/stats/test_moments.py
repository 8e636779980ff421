import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.stats.moments import concatenated, moments_of, pairs_of
from alliancesim.stats.paired import Design, Estimate, difference

CLOSE = {"rtol": 1e-9, "atol": 1e-12, "equal_nan": True}


def rows(seed, draws, share, arms=3, cells=4):
    """Return values of counts, rare counts, shares, and a metric that never varies."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(draws, 1, 1)).repeat(share, axis=1).reshape(draws * share, 1)
    values = np.empty((draws * share, arms, cells))
    values[..., 0] = rng.poisson(np.exp(common), size=(draws * share, arms))
    values[..., 1] = rng.random((draws * share, arms)) < 0.02
    values[..., 2] = 1 / (1 + np.exp(common + 0.1 * rng.normal(size=(draws * share, arms))))
    values[..., 3] = 0.25
    return values


def same(one, other):
    for field in attrs.fields(type(one)):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if field.name == "sampling":
            same(a, b)
        elif field.name != "why_no_prior":
            np.testing.assert_allclose(a, b, **CLOSE, err_msg=field.name)


@given(
    st.integers(0, 99),
    st.integers(2, 60),
    st.sampled_from([1, 2, 3, 8]),
    st.sampled_from([(1, 0), (0, 1), (2, 0)]),
)
def test_a_difference_from_moments_is_the_one_from_rows_up_to_rounding(seed, draws, share, pair):
    values = rows(seed, draws, share)
    design = Design(len(values), share)
    arm, against = pair
    found = moments_of(values, share).difference(arm, against, design)
    same(found, difference(values[:, arm], values[:, against], design))


@pytest.mark.parametrize("share", [1, 8])
def test_a_mean_from_moments_has_the_interval_of_the_rows(share):
    values = rows(3, 50, share)
    found = moments_of(values, share).estimate(2)
    same(found, Estimate.of(values[:, 2], Design(len(values), share)))


def test_what_never_varies_has_squares_of_exactly_zero():
    found = moments_of(np.full((21, 2), 0.1), 3)
    assert not found.square.any()
    assert np.ptp(found.total) == 0
    assert not found.paired_total.any()


def test_worlds_that_differ_are_counted_even_where_their_differences_cancel():
    values = np.array([[0.0, 1.0], [1.0, 0.0]])
    found = moments_of(values, 2)
    assert found.paired_total.tolist() == [[0.0]]
    assert found.differing.tolist() == [[2]]
    assert found.zeros.tolist() == found.ones.tolist() == [[1, 1]]


def test_moments_of_parts_joined_are_those_of_the_whole():
    values = rows(1, 6, 4)
    joined = concatenated([moments_of(values[:8], 4), moments_of(values[8:], 4)])
    whole = moments_of(values, 4)
    for field in attrs.fields(type(whole)):
        assert np.array_equal(getattr(joined, field.name), getattr(whole, field.name))


def test_every_two_arms_are_paired_once():
    assert pairs_of(3) == ((1, 0), (2, 0), (2, 1))
    assert pairs_of(1) == ()
