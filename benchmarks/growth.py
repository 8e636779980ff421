"""What an arm-world costs as a scenario grows: states, months, arms, treaties, worlds; and memory.

python benchmarks/growth.py
python benchmarks/growth.py --worlds 200 --repeats 3 --json growth.json
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
from measuring import interleave
from scaled import scaled

import alliancesim
from alliancesim.scenario import Scenario

__all__ = ["AXES", "grow", "report"]

AXES: dict[str, tuple[int, ...]] = {
    "states": (6, 16, 24, 40),
    "months": (12, 60, 120, 240),
    "arms": (2, 3, 6),
    "treaties": (2, 6, 12, 24),
}
"""What is varied, one at a time, about 16 states, 120 months, 3 arms and 6 treaties."""
WORLDS = (100, 1_000, 10_000)
"""Numbers of worlds of the catalogue's main scenario."""
MEASURED = (2_000, 10_000)
"""Numbers of worlds whose memory is compared; fewer fit in what starting up takes."""


def grow(worlds: int, repeats: int, seed: int, numbers: tuple[int, ...] = WORLDS) -> dict[str, Any]:
    """Return rows of what was varied, and memory a world.

    Parameters
    ----------
    worlds : int
        Worlds of each run in which something other than their number is varied.
    repeats : int
        Times each is measured, in turn.
    """
    cases = {(axis, size): scaled(**{axis: size}) for axis, sizes in AXES.items() for size in sizes}
    rows = _rows(cases, worlds, repeats, seed)
    smda = alliancesim.load("smda")
    for number in numbers:
        rows += _rows({("worlds", number): smda}, number, repeats if number < 5_000 else 1, seed)
    return {"rows": rows, "bytes_a_world": _memory(seed)}


def _rows(
    cases: dict[tuple[str, int], Scenario], worlds: int, repeats: int, seed: int
) -> list[dict[str, Any]]:
    disputes = {}
    for case, scenario in cases.items():  # which also compiles and warms what is kept
        first = alliancesim.compare(scenario, worlds=worlds, seed=seed, threads=1)
        disputes[case] = float(first.tally.world["disputes"].mean())
    calls = {str(case): _call(scenario, worlds, seed) for case, scenario in cases.items()}
    timed = interleave(calls, repeats)
    return [
        {
            "axis": axis,
            "size": size,
            "microseconds": 1e6
            * timed[str((axis, size))].cpu
            / worlds
            / len(scenario.arms_by_default),
            "disputes": disputes[axis, size],
        }
        for (axis, size), scenario in cases.items()
    ]


def _call(scenario: Scenario, worlds: int, seed: int) -> Any:
    return lambda: alliancesim.compare(scenario, worlds=worlds, seed=seed, threads=1)


def _memory(seed: int) -> float:
    """Return how many bytes a further world takes at the peak, each run in its own process."""
    peaks = [
        int(
            subprocess.run(
                [sys.executable, __file__, "peak", str(number), str(seed)],
                stdout=subprocess.PIPE,
                check=True,
            ).stdout
        )
        for number in MEASURED
    ]
    return (peaks[1] - peaks[0]) / (MEASURED[1] - MEASURED[0])


def peak(worlds: int, seed: int) -> int:
    """Return the most memory that this process held to play so many worlds, in bytes."""
    alliancesim.compare("smda", worlds=worlds, seed=seed, threads=1)
    status = Path("/proc/self/status")
    if not status.exists():
        return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # The other figure counts what the process that started this one held, too.
    held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return 1024 * int(held.split()[1])


def report(found: dict[str, Any]) -> str:
    """Write what was found as a table."""
    lines = [f"{'':10}{'':>8}{'us an arm-world':>18}{'disputes in it':>16}"]
    for row in found["rows"]:
        lines.append(
            f"{row['axis']:10}{row['size']:>8,}{row['microseconds']:>18,.0f}{row['disputes']:>16.1f}"
        )
    lines.append(f"memory: {found['bytes_a_world'] / 1000:,.1f} kB for each further world of smda")
    return "\n".join(lines)


@click.command()
@click.option("--worlds", default=100, show_default=True, help="Worlds of a run.")
@click.option("--repeats", default=3, show_default=True, help="Times each is measured, in turn.")
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "path", type=click.Path(path_type=Path), help="Write the figures here.")
def main(worlds: int, repeats: int, seed: int, path: Path | None) -> None:
    """Print what an arm-world costs as the scenario grows."""
    found = grow(worlds, repeats, seed)
    click.echo(report(found))
    if path:
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["peak"]:
        print(peak(int(sys.argv[2]), int(sys.argv[3])))
    else:
        main()
