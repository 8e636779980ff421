import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "scenario" / "small.toml"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run the benchmark at a tiny size; return what it printed and its figures."""
    path = tmp_path_factory.mktemp("benchmark") / "figures.json"
    sizes = {"worlds": 8, "twin-worlds": 1, "counted-worlds": 8, "repeats": 1, "seed": 3}
    options = [f"--{name}={value}" for name, value in sizes.items()]
    script = ROOT / "benchmarks" / "worlds_per_second.py"
    command = [sys.executable, script, f"--scenario={SMALL}", f"--json={path}", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads(path.read_text())


def test_the_benchmark_prints_each_way_to_play_and_the_ratios(run):
    printed, figures = run
    for way in ("engine, 1 thread", "engine, 2 threads", "agents", "floor"):
        assert f"\n{way} " in printed
        assert min(figures["arm_worlds_per_second"][way]) > 0.0
    assert "engine over agents" in printed
    assert "time over floor" in printed
    assert figures["time_over_floor"] > 1.0


def test_the_benchmark_compares_the_same_worlds(run):
    assert run[1]["agents_equal_engine"] is True


def test_the_floor_counts_draws_and_functions(run):
    needs = run[1]["needs_per_arm_world"]
    assert needs["draw"] > 8.0
    assert needs["exp"] > 0.0
    assert needs["log"] > 0.0
