import numpy as np
import pytest
from click.testing import CliRunner

import alliancesim
from tests.benchmarks.test_worlds_per_second import SMALL

METRIC = "disputes_expected"


@pytest.fixture(scope="module")
def found(benchmark):
    return benchmark("answer").answer(alliancesim.load(SMALL), METRIC, 60, 2, 3)


def test_agents_and_engine_need_the_same_worlds_each_way(found):
    worlds = {row["way"]: row["tenth"]["worlds"] for row in found["rows"]}
    assert len(worlds) == 8
    assert found["agents_are_the_engine"]
    for way in (name for name in worlds if name.startswith("engine")):
        assert worlds[way] == worlds[way.replace("engine", "agents")]


def test_ten_times_the_precision_needs_a_hundred_times_the_worlds(found):
    for row in found["rows"]:
        if row["zero"]["worlds"] > 50:
            ratio = row["tenth"]["worlds"] / row["zero"]["worlds"]
            assert ratio == pytest.approx(100.0, rel=0.02)


def test_at_the_worlds_needed_half_of_the_interval_is_the_share_asked_for(benchmark):
    way = benchmark("answer").Way(name="", variance=4.0, mean=-0.5, cpu_a_world=1.0)
    for share in (1.0, 0.1):
        half = 1.96 * np.sqrt(4.0 / way.worlds(share))
        assert half == pytest.approx(share * 0.5, rel=0.01)


def test_what_is_extrapolated_is_marked(benchmark, found):
    printed = benchmark("answer").report(found)
    assert [row["tenth"]["extrapolated"] for row in found["rows"]] == [False] + 7 * [True]
    assert printed.count("~") == 14
    assert found["ratio_over_mesa"] > 1.0


def test_a_metric_without_a_count_is_refused(benchmark):
    done = CliRunner().invoke(benchmark("answer").main, ["--metric=welfare_expected"])
    assert done.exit_code == 2
    assert "has a count" in done.output
