import json
from pathlib import Path

import pytest
from click.testing import CliRunner

SMALL = Path(__file__).parents[1] / "scenario" / "small.toml"


@pytest.fixture(scope="module")
def run(benchmark, tmp_path_factory):
    """Run the benchmark at a tiny size; return what it printed and its figures."""
    path = tmp_path_factory.mktemp("benchmark") / "figures.json"
    sizes = {"worlds": 8, "twin-worlds": 2, "counted-worlds": 8, "repeats": 1, "seed": 3}
    options = [f"--scenario={SMALL}", f"--json={path}", *(f"--{n}={v}" for n, v in sizes.items())]
    done = CliRunner().invoke(benchmark("worlds_per_second").main, options)
    assert done.exit_code == 0, done.output
    return done.output, json.loads(path.read_text())


def test_the_benchmark_prints_each_way_to_play_and_the_ratios(run):
    printed, figures = run
    for way in ("engine, 1 thread", "engine, 2 threads", "agents", "idle Mesa model", "floor"):
        assert f"\n{way} " in printed
        assert min(figures["arm_worlds_per_second"][way]) > 0.0
        assert min(figures["arm_worlds_per_cpu_second"][way]) > 0.0
    assert "engine over agents" in printed
    assert "engine over an idle Mesa model" in printed
    assert "time over floor" in printed
    assert figures["time_over_floor"] > 1.0


def test_the_benchmark_compares_the_same_worlds(run):
    assert run[1]["agents_equal_engine"] is True


def test_the_floor_counts_draws_and_functions(run):
    needs = run[1]["needs_per_arm_world"]
    assert needs["draw"] > 8.0
    assert needs["exp"] > 0.0
    assert needs["log"] > 0.0


def test_a_function_is_counted_once_by_whatever_name_it_is_called(benchmark):
    count = benchmark("floor")._Count()
    exponential = count.counted(abs, "exp2")
    assert exponential(-2.0) == 2.0
    nested = count.counted(lambda x: exponential(x), "normal")
    assert nested([1.0, 2.0, 3.0][0]) == 1.0
    assert (count.found["exp"], count.found["normal"]) == (1.0, 1.0)
    assert count.counted(abs, "fabs") is abs
