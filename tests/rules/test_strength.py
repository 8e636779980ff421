import itertools
import math
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.rules.strength import (
    aggregate,
    available,
    brought,
    experience_after,
    felt_distance,
    floored,
    median_positive,
    projection,
)

share = st.floats(1e-5, 1.0)
domains = st.tuples(*[share] * 5)
some_empty = st.tuples(*[st.one_of(st.just(0.0), share)] * 5)
weights = st.tuples(*[st.floats(0.05, 1.0)] * 5)
substitution = st.one_of(st.floats(-1.0, 1.0), st.sampled_from([-1.0, 0.0, 1e-4, -1e-4, 1.0]))


def loose(rho):
    """Rounding that the power 1/ρ magnifies."""
    return 1e-14 / max(abs(rho), 1e-4) + 1e-13


@given(domains, weights, substitution, st.floats(1e-3, 1e3))
def test_twice_of_everything_is_twice_as_strong(g, w, rho, scale):
    scaled = aggregate(*(scale * share for share in g), *w, rho)
    assert scaled == pytest.approx(scale * aggregate(*g, *w, rho), rel=loose(rho))


@given(domains, weights, substitution, st.floats(0.1, 10.0))
def test_only_the_ratios_of_weights_count(g, w, rho, scale):
    scaled = aggregate(*g, *(scale * weight for weight in w), rho)
    assert scaled == pytest.approx(aggregate(*g, *w, rho), rel=loose(rho))


@given(share, weights, substitution)
def test_equal_shares_in_all_domains_are_that_share(g, w, rho):
    assert aggregate(g, g, g, g, g, *w, rho) == pytest.approx(g, rel=loose(rho))


@given(weights, substitution)
def test_nothing_in_any_domain_is_no_strength_at_all(w, rho):
    assert aggregate(0.0, 0.0, 0.0, 0.0, 0.0, *w, rho) == 0.0


@given(some_empty, weights, substitution)
def test_strength_is_never_negative_and_never_undefined(g, w, rho):
    assert 0.0 <= aggregate(*g, *w, rho) <= max(g) * (1 + loose(rho))


@given(some_empty, weights)
def test_one_empty_domain_decides_where_domains_cannot_replace_one_another(g, w):
    for rho in (-1.0, -0.5, 0.0):
        assert (aggregate(*g, *w, rho) > 0.0) == (min(g) > 0.0)


@given(some_empty, some_empty, weights)
def test_perfect_substitutes_add(one, other, w):
    both = aggregate(*map(sum, zip(one, other, strict=True)), *w, 1.0)
    apart = aggregate(*one, *w, 1.0) + aggregate(*other, *w, 1.0)
    assert both == pytest.approx(apart, rel=8 * np.finfo(float).eps, abs=0.0)


@given(st.tuples(*[st.integers(0, 2**20)] * 5), st.tuples(*[st.integers(0, 2**20)] * 5))
def test_perfect_substitutes_add_to_the_bit_where_nothing_is_rounded(one, other):
    w = (1.0, 2.0, 1.0, 2.0, 2.0)
    both = aggregate(*map(sum, zip(one, other, strict=True)), *w, 1.0)
    assert both == aggregate(*one, *w, 1.0) + aggregate(*other, *w, 1.0)


@given(some_empty, some_empty, weights, substitution)
def test_forces_that_complement_each_other_are_worth_more_together(one, other, w, rho):
    both = aggregate(*map(sum, zip(one, other, strict=True)), *w, rho)
    apart = aggregate(*one, *w, rho) + aggregate(*other, *w, rho)
    assert both >= apart * (1 - loose(rho))


def test_money_and_men_apart_are_worth_less_than_together():
    w = (0.25, 0.30, 0.15, 0.15, 0.15)
    men, money = (0.09, 0.01, 0.01, 0.01, 0.01), (0.01, 0.09, 0.01, 0.01, 0.09)
    both = tuple(map(sum, zip(men, money, strict=True)))
    gains = [
        aggregate(*both, *w, rho) / (aggregate(*men, *w, rho) + aggregate(*money, *w, rho))
        for rho in (1.0, 0.5, 0.0, -1.0)
    ]
    assert gains[0] == pytest.approx(1.0)
    assert gains == sorted(gains)
    assert gains[-1] > 1.2


@given(some_empty, weights, substitution, st.integers(0, 4), st.floats(1e-6, 1.0))
def test_more_in_a_domain_never_weakens(g, w, rho, domain, more):
    richer = [share + more * (n == domain) for n, share in enumerate(g)]
    assert aggregate(*richer, *w, rho) >= aggregate(*g, *w, rho) * (1 - loose(rho))


@given(domains, weights, st.sampled_from([1.0, -1.0]))
def test_the_geometric_mean_continues_its_neighbours(g, w, sign):
    at, beside = aggregate(*g, *w, 0.0), aggregate(*g, *w, sign * 1.0001e-4)
    logs = np.log(g)
    spread = np.average(logs**2, weights=w) - np.average(logs, weights=w) ** 2
    assert at == aggregate(*g, *w, sign * 0.9999e-4)
    assert math.log(beside / at) == pytest.approx(sign * 0.5e-4 * spread, rel=1e-2, abs=1e-9)


@given(domains, weights)
def test_strength_rises_with_substitution(g, w):
    values = [aggregate(*g, *w, rho) for rho in (-1.0, -0.5, -1e-3, 0.0, 1e-3, 0.5, 1.0)]
    assert all(b >= a * (1 - 1e-11) for a, b in itertools.pairwise(values))


@given(domains, weights)
def test_harmonic_and_arithmetic_means_are_the_ends(g, w):
    harmonic = sum(w) / sum(weight / share for weight, share in zip(w, g, strict=True))
    assert aggregate(*g, *w, -1.0) == pytest.approx(harmonic, rel=1e-12)
    assert aggregate(*g, *w, 1.0) == pytest.approx(np.average(g, weights=w), rel=1e-12)


@given(some_empty)
def test_the_median_is_of_the_shares_above_nothing(g):
    held = [share for share in g if share > 0.0]
    assert median_positive(*g) == (median(held) if held else 0.0)


@given(some_empty, st.floats(0.001, 1.0))
def test_a_floor_lifts_empty_domains_alone(g, floor):
    middle = median_positive(*g)
    for each in g:
        lifted = floored(each, middle, floor)
        assert lifted == (each if each >= floor * middle else floor * middle)
        assert (lifted > 0.0) == (max(g) > 0.0)


def test_strength_fades_with_distance_by_the_exponential_law():
    assert projection(0.0, 0.25) == 1.0
    assert projection(1000.0, 0.25) == pytest.approx(math.exp(-0.25))
    assert projection(3000.0, 0.25) == pytest.approx(projection(1000.0, 0.25) ** 3)
    assert projection(4000.0, 0.10) > projection(4000.0, 0.25)


def test_distance_is_felt_less_by_who_loses_less_strength_on_the_way():
    assert felt_distance(2000.0, 0.25, 0.25) == 2000.0
    assert felt_distance(2000.0, 0.10, 0.25) == pytest.approx(800.0)
    assert felt_distance(2000.0, 0.10, 0.0) == 2000.0
    assert projection(felt_distance(3000.0, 0.1, 0.25), 0.25) == pytest.approx(
        projection(3000.0, 0.1)
    )


@given(st.integers(0, 10), st.floats(0.0, 1.0))
def test_each_front_holds_a_share_of_what_is_left(wars, pin):
    assert available(wars, pin) == pytest.approx((1.0 - pin) ** wars, rel=1e-12)


def test_what_war_adds_to_experience_halves_in_its_half_life():
    now = 0.4
    for _ in range(10):
        now = experience_after(now, 0.1, 0.0, 0.01, 10.0)
    assert now == pytest.approx(0.1 + 0.15)
    assert experience_after(0.0, 0.0, 6.0, 0.01, 10.0) == pytest.approx(0.06)


@given(st.floats(0.0, 1.0), st.floats(1.0, 50.0))
def test_exercises_keep_the_experience_of_the_start(start, half_life):
    assert experience_after(start, start, 0.0, 0.01, half_life) == start


def test_what_is_brought_is_what_is_free_and_arrives():
    assert brought(1.0, 0.0, 1.0) == 1.0
    assert brought(0.5, 0.2, 0.8) == pytest.approx(0.48)
