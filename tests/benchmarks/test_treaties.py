import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "treaties.py"


def test_the_benchmark_of_treaties_prints_cells_seconds_and_both_rates():
    command = [sys.executable, SCRIPT, "--worlds=8", "--repeats=1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for words in ("cells:", "from the cache", "built-in clause", "plain Python over built-in"):
        assert words in done.stdout


def test_the_benchmark_of_duties_prints_each_treaty_and_the_slowest():
    script = SCRIPT.with_name("duties.py")
    command = [sys.executable, script, "--repeats=1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for words in ("NATO", "SMDA", "slowest:", "of the aim"):
        assert words in done.stdout
