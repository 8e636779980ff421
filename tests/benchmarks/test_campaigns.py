import pandas as pd
import pytest

from alliancesim.comparison import runner
from tests import synthetic


@pytest.fixture
def made_up(monkeypatch):
    monkeypatch.setattr(
        runner, "play", lambda _, arms, options, *__: synthetic.played(arms, options)
    )


def test_tables_of_moments_are_those_of_rows_up_to_rounding(benchmark, made_up):
    found = benchmark("campaigns").against_rows(800)
    assert set(found) >= {"differences", "means", "drivers", "sign changes"}
    assert max(found.values()) < 1e-9


def test_a_difference_and_a_missing_number_are_seen(benchmark):
    relative = benchmark("campaigns")._relative
    one = pd.DataFrame({"metric": ["wars"], "mean": [2.0]})
    assert list(relative(one, one.assign(mean=1.0))) == [0.5]
    with pytest.raises(AssertionError, match="missing"):
        list(relative(one, one.assign(mean=float("nan"))))


def test_a_report_has_a_line_for_each_campaign(benchmark):
    row = {"worlds": 8000, "seconds": 16.0, "worlds_per_second": 500.0, "bytes": 800_000}
    row |= {"caller_mib": 270.0, "worker_mib": 430.0, "digest": "00"}
    printed = benchmark("campaigns").report([row, {**row, "show_seconds": 3.0, "show_mib": 440.0}])
    assert len(printed.splitlines()) == 4
    assert "8,000" in printed
