"""Fits of the record find what was put into data of a known kind."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
fit = importlib.import_module("fit_history")

TRACE = pd.read_csv(fit.TRACE)


def test_weights_of_answers_are_found():
    rng = np.random.default_rng(0)
    x = np.column_stack([rng.normal(size=20_000), rng.integers(0, 2, 20_000)])
    y = (rng.random(20_000) < expit(-2 + x @ [0.5, 1.5])).astype(float)
    assert fit.logit(x, y) == pytest.approx([-2, 0.5, 1.5], abs=0.1)
    twice = fit.logit(np.vstack([x, x]), np.concatenate([y, y]))
    assert fit.logit(x, y, np.full(len(y), 2.0)) == pytest.approx(twice, abs=1e-3)


@pytest.mark.parametrize("shape", [0.5, 2.0])
def test_the_spread_of_rates_is_found(shape):
    rng = np.random.default_rng(1)
    expected = rng.uniform(0.5, 4, 3000)
    onsets = rng.poisson(expected * rng.gamma(shape, 1 / shape, 3000)).astype(float)
    value, low, high = fit.overdispersion(onsets, expected)
    assert low < shape < high
    assert value == pytest.approx(shape, rel=0.15)


def test_without_the_files_the_kept_table_is_made_again():
    again = pd.DataFrame([*fit.from_counts(TRACE)], columns=fit.COLUMNS).round(4)
    pd.testing.assert_frame_equal(again, TRACE, check_dtype=False)


def test_disputes_are_counted_from_originators_and_in_the_class_of_their_year():
    disputes = pd.DataFrame({
        "dispute": [1, 1, 2], "start_year": [1950, 1951, 1980], "war": [1, 1, 0],
        "challenger_ccode": [5, 5, 2], "target_ccode": [2, 3, 5],
        "challenger_originator": 1, "target_originator": [1, 0, 1], "ongoing_end_1999": 0,
    })  # fmt: skip
    pairs = pd.DataFrame({
        "ccode1": 2, "ccode2": 5, "start_year": [1946, 1960], "end_year": [1959, 1999],
        "class": ["rival", "land"],
    })  # fmt: skip
    found = fit.in_classes(fit.originators(disputes), pairs)
    assert found["class"].tolist() == ["rival", "land"]
    rows = {row["term"]: row for row in fit.wars_by_class(found) if row["fit"] == "wars"}
    assert (rows["rival"]["value"], rows["land"]["value"], rows["all"]["cases"]) == (1, 0, 2)


def test_the_bands_of_the_patterns_are_those_of_the_table():
    from alliancesim.validation.patterns import patterns

    bands = {each.measure: (each.low, each.high) for each in patterns()}
    terms = {"rival": "rival", "others": "all but rivals", "land": "land", "relevant": "relevant"}
    rows = {row.term: row for row in TRACE[TRACE["fit"] == "wars"].itertuples()}
    for measure, term in (*terms.items(), ("unrelated", "unrelated")):
        ends = (rows[term].low, rows[term].high)
        assert bands[f"wars_{measure}"] == pytest.approx(ends, rel=0.03), measure
    (yields,) = TRACE[TRACE["term"] == "challenger yields, of resisted"].itertuples()
    assert bands["yielded"] == pytest.approx((yields.low, yields.high))
