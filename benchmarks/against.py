"""Two checkouts side by side in one run: medians, and their ratio.

python benchmarks/against.py ../other/src
python benchmarks/against.py ../other/src --worlds 1000 --repeats 5 --outcomes 2000

Each measurement is a process of its own with one checkout on its path, and the two take turns. The
other checkout may be older: only ``load``, ``compare`` and the command line are used.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import numpy as np

import alliancesim

__all__ = ["against", "report"]

HERE = Path(__file__).parents[1] / "src"

_RATE = """
import json, resource, sys, time
import alliancesim
scenario, worlds, threads = alliancesim.load(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
play = lambda n: alliancesim.compare(scenario, worlds=n, seed=1, threads=threads)
play(max(8, 2 * threads))
wall, cpu = time.perf_counter(), time.process_time()
found = play(worlds)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak, "played": worlds * len(found.arms)}))
"""
_AGENTS = """
import json, sys, time
import alliancesim
scenario = alliancesim.load(sys.argv[1])
play = lambda: alliancesim.compare(scenario, worlds=2, seed=1, model=alliancesim.Wargame)
play()
cpu = time.process_time()
found = play()
print(json.dumps({"cpu": time.process_time() - cpu, "played": 2 * len(found.arms)}))
"""
_OUTCOMES = """
import sys
import numpy as np, alliancesim
found = alliancesim.compare(sys.argv[1], worlds=int(sys.argv[2]), seed=7)
np.savez(sys.argv[3], **{name: getattr(found.tally, name) for name in ("world", "focus")})
"""


def against(
    other: Path, scenario: str, worlds: int, repeats: int, outcomes: int = 0
) -> dict[str, Any]:
    """Measure this checkout and another in turn.

    Parameters
    ----------
    other : path
        The other checkout's ``src``.
    scenario : str
        Name of a scenario that both have.
    worlds, repeats : int
    outcomes : int
        Worlds whose outcomes are compared, field by field; none by default.
    """
    sources = {"this": HERE, "other": other.resolve()}
    one, two = [scenario, str(worlds), "1"], [scenario, str(worlds), "2"]
    command = ["compare", scenario, "--worlds", "100"]
    replay = ["replay", scenario, "--arm", alliancesim.load(scenario).reference]
    seen: dict[str, dict[str, list[float]]] = {}
    for repeat in range(repeats + 1):
        for name, source in sources.items():
            single, double = _run(source, _RATE, *one), _run(source, _RATE, *two)
            agents = _run(source, _AGENTS, scenario)
            found = {
                "arm-worlds a CPU second, 1 thread": single["played"] / single["cpu"],
                "arm-worlds a second, 2 threads": double["played"] / double["wall"],
                "agents, arm-worlds a CPU second": agents["played"] / agents["cpu"],
                "CPU s, compare of 100 worlds from the shell": _shell(source, *command),
                "CPU s, replay of a world from the shell": _shell(source, *replay),
                "peak memory, MB": single["peak"] / 1e6,
            }
            for what, value in found.items() if repeat else ():  # the first compiles
                seen.setdefault(what, {}).setdefault(name, []).append(value)
    return {
        "scenario": scenario,
        "worlds": worlds,
        "measured": seen,
        "differences": _differing(sources, scenario, outcomes) if outcomes else None,
    }


def _environment(source: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(source)}


def _run(source: Path, code: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=_environment(source), stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout or "{}")
    return found


def _shell(source: Path, *arguments: str) -> float:
    """Return the CPU seconds of one command, from its start to its end."""
    before = os.times()
    command = [sys.executable, "-m", "alliancesim", *arguments]
    subprocess.run(command, env=_environment(source), stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    user = after.children_user - before.children_user
    return user + after.children_system - before.children_system


def _differing(sources: dict[str, Path], scenario: str, worlds: int) -> dict[str, float]:
    """Return, for each field that differs, the largest difference between the two checkouts."""
    with TemporaryDirectory() as folder:
        paths = {name: Path(folder, f"{name}.npz") for name in sources}
        for name, source in sources.items():
            _run(source, _OUTCOMES, scenario, str(worlds), str(paths[name]))
        mine, theirs = (np.load(path) for path in paths.values())
        return {
            f"{level}: {field}": gap
            for level in mine.files
            for field in set(mine[level].dtype.names) & set(theirs[level].dtype.names)
            if (gap := _gap(mine[level][field], theirs[level][field])) > 0.0
        }


def _gap(one: Any, other: Any) -> float:
    return float(np.nanmax(np.abs(one.astype(np.float64) - other.astype(np.float64))))


def report(found: dict[str, Any]) -> str:
    """Write what was found as a table."""
    lines = [
        f"{found['scenario']}, {found['worlds']:,} worlds; medians, the two in turn",
        f"{'':46}{'this':>12}{'other':>12}{'ratio':>8}",
    ]
    for what, each in found["measured"].items():
        mine, theirs = statistics.median(each["this"]), statistics.median(each["other"])
        lines.append(f"{what:46}{mine:>12,.2f}{theirs:>12,.2f}{mine / theirs:>8.2f}")
    if found["differences"] is not None:
        lines += [
            "",
            "largest differences of outcomes" if found["differences"] else "same outcomes",
        ]
        lines += [f"  {name:44}{gap:.1e}" for name, gap in sorted(found["differences"].items())]
    return "\n".join(lines)


@click.command()
@click.argument("other", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--scenario", default="smda", show_default=True)
@click.option("--worlds", default=600, show_default=True, help="Worlds of a run.")
@click.option("--repeats", default=3, show_default=True, help="Times each is measured, in turn.")
@click.option("--outcomes", default=0, help="Compare the outcomes of so many worlds, too.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="Write the figures here.")
def main(
    other: Path, scenario: str, worlds: int, repeats: int, outcomes: int, path: Path | None
) -> None:
    """Compare this checkout with OTHER, the ``src`` of another."""
    found = against(other, scenario, worlds, repeats, outcomes)
    click.echo(report(found))
    if path:
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
