from pathlib import Path

import numpy as np
import pytest

SOURCE = Path(__file__).parents[2] / "src"


@pytest.mark.slow
def test_a_checkout_against_itself_gives_the_same_outcomes(benchmark):
    against = benchmark("against")
    found = against.against(SOURCE, "korea", worlds=4, repeats=1, outcomes=4)
    printed = against.report(found)
    assert found["differences"] == {}
    assert "same outcomes" in printed
    for each in found["measured"].values():
        assert min(each["this"]) > 0.0
        assert len(each["this"]) == len(each["other"]) == 1


def test_the_ratio_is_of_medians(benchmark):
    measured = {"rate": {"this": [1.0, 30.0, 4.0], "other": [2.0, 2.0, 9.0]}}
    found = {"scenario": "x", "worlds": 1, "measured": measured, "differences": {"a: b": 1e-9}}
    printed = benchmark("against").report(found)
    assert "4.00        2.00    2.00" in printed
    assert "1.0e-09" in printed


def test_a_gap_of_nothing_is_none(benchmark):
    gap = benchmark("against")._gap
    assert gap(np.array([1, 2]), np.array([1, 2])) == 0.0
    assert gap(np.array([1.0, np.nan]), np.array([1.5, np.nan])) == 0.5
