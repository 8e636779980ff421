"""Scores of forecasts, against exact values and simulated truth."""

import numpy as np
import pytest
from scipy.stats import rankdata

from alliancesim.history.logistic import fit_logistic
from alliancesim.history.scores import (
    auc,
    bins,
    bootstrap,
    brier,
    log_score,
    rank_histogram,
    ranks,
)


def test_brier_and_log_scores_are_their_definitions():
    chance, happened = np.array([0.2, 0.9]), np.array([0.0, 1.0])
    assert brier(chance, happened) == pytest.approx([0.04, 0.01])
    assert log_score(chance, happened) == pytest.approx(np.log([0.8, 0.9]))


def test_a_certain_miss_is_finite_and_worse_than_any_other():
    assert np.isfinite(log_score(np.array([0.0]), np.array([1.0]))).all()
    assert log_score(np.array([0.0]), np.array([1.0])) < log_score(np.array([1e-6]), np.ones(1))


def test_auc_is_that_of_ranks_with_ties():
    drawn = np.random.default_rng(0)
    chance = drawn.integers(0, 8, 300) / 8.0
    happened = (drawn.random(300) < 0.1 + 0.6 * chance).astype(float)
    yes = happened.sum()
    rank = rankdata(chance)[happened > 0].sum()
    exact = (rank - yes * (yes + 1) / 2) / (yes * (300 - yes))
    assert auc(chance, happened) == pytest.approx(exact)


def test_weights_of_auc_count_cases_again():
    chance, happened = np.array([0.1, 0.4, 0.3, 0.8]), np.array([0.0, 0.0, 1.0, 1.0])
    weight = np.array([2.0, 1.0, 3.0, 1.0])
    again = np.repeat(np.arange(4), weight.astype(int))
    assert auc(chance, happened, weight) == pytest.approx(auc(chance[again], happened[again]))


def test_the_bootstrap_of_clusters_covers_what_one_of_cases_does_not():
    drawn = np.random.default_rng(1)
    inside = {"clusters": 0, "cases": 0}
    for seed in range(100):
        effect = np.repeat(drawn.normal(0, 1, 40), 25)
        values = {"x": effect + drawn.normal(0, 0.1, 1000)}
        clusters = np.repeat(np.arange(40), 25)
        for name, each in (("clusters", clusters), ("cases", np.arange(1000))):
            _, low, high = bootstrap(values, each, samples=300, seed=seed)["x"]
            inside[name] += low <= 0.0 <= high
    assert inside["clusters"] >= 86
    assert inside["cases"] <= 60


def test_bins_hold_every_case_once_with_an_interval_around_what_is_seen():
    drawn = np.random.default_rng(2)
    chance = drawn.random(500)
    happened = (drawn.random(500) < chance).astype(float)
    found = bins(chance, happened, (0.0, 0.25, 0.5, 1.0))
    assert sum(each["cases"] for each in found) == 500
    assert sum(each["events"] for each in found) == happened.sum()
    assert all(each["seen_low"] <= each["seen"] <= each["seen_high"] for each in found)


def test_ranks_are_even_where_worlds_and_record_are_one_distribution():
    drawn = np.random.default_rng(3)
    counts = drawn.poisson(0.7, (201, 4000)).astype(float)
    histogram = rank_histogram(ranks(counts[1:], counts[0]))
    assert sum(histogram) == 4000
    assert max(abs(each - 400) for each in histogram) < 80


def test_worlds_that_spread_too_little_fill_the_outer_tenths():
    drawn = np.random.default_rng(4)
    seen = drawn.poisson(3.0, 2000).astype(float)
    histogram = rank_histogram(ranks(np.full((200, 2000), 3.0), seen))
    assert histogram[0] + histogram[-1] > 1000


def test_a_logistic_regression_finds_the_slopes_that_made_the_data():
    drawn = np.random.default_rng(5)
    x = drawn.normal(0.0, [1.0, 2.0], (20_000, 2))
    chance = 1 / (1 + np.exp(-(-1.0 + 0.8 * x[:, 0] - 0.5 * x[:, 1])))
    fit = fit_logistic(x, (drawn.random(20_000) < chance).astype(float), np.ones(20_000))
    assert fit.slopes / fit.scale == pytest.approx([0.8, -0.5], abs=0.05)
    assert fit.probability(x).mean() == pytest.approx(chance.mean(), abs=0.01)


def test_grouped_counts_fit_as_single_cases_do():
    x = np.repeat([[0.0], [1.0], [3.0]], [40, 60, 50], axis=0)
    y = np.zeros(150)
    y[[1, 2, 45, 46, 47, 120, 121, 122, 123, 124, 125]] = 1.0
    events = np.array([2.0, 3.0, 6.0])
    one = fit_logistic(x, y, np.ones(150))
    other = fit_logistic(np.array([[0.0], [1.0], [3.0]]), events, np.array([40.0, 60.0, 50.0]))
    assert one.intercept == pytest.approx(other.intercept, abs=1e-6)
    assert one.slopes == pytest.approx(other.slopes, abs=1e-6)


def test_covariates_that_say_all_do_not_break_the_fit():
    x = np.array([[0.0], [1.0]])
    fit = fit_logistic(x, np.array([0.0, 50.0]), np.array([50.0, 50.0]))
    assert fit.probability(x)[0] < 0.1 < 0.9 < fit.probability(x)[1]
