"""How many worlds a second: the engine, the agents, and the floor that neither can go below.

python benchmarks/worlds_per_second.py
python benchmarks/worlds_per_second.py --worlds 100 --repeats 3 --json result.json
"""

from __future__ import annotations

import json
import platform
import statistics
import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

import attrs
import click
import floor
import numpy as np

import alliancesim
from alliancesim import agents, engine
from alliancesim.scenario import Scenario

Ways = dict[str, tuple[int, Callable[[], object]]]


@attrs.frozen
class Timed:
    """Arm-worlds a second of one way to play, measured several times.

    ``processors`` is how many processors the play had on average: less than its threads where
    other work kept the machine busy, and the rate is then too low.
    """

    name: str
    rates: tuple[float, ...]
    processors: tuple[float, ...]

    @property
    def median(self) -> float:
        """The rate that half of the measurements exceed."""
        return statistics.median(self.rates)

    def row(self) -> str:
        """Write a line of the table."""
        spread = f"{min(self.rates):,.1f} to {max(self.rates):,.1f}"
        had = statistics.median(self.processors)
        return f"{self.name:<20}{self.median:>12,.1f}   {spread:<26}{had:>6.2f}"


def interleave(ways: Ways, repeats: int) -> dict[str, Timed]:
    """Time each way to play in turn, over and over, so that none has the quiet hour to itself."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, (played, play) in ways.items():
            wall, cpu = perf_counter(), process_time()
            play()
            wall, cpu = perf_counter() - wall, process_time() - cpu
            seen[name].append((played / wall, cpu / wall))
    return {name: Timed(name, *zip(*each, strict=True)) for name, each in seen.items()}


def measure(
    scenario: str, worlds: int, twin_worlds: int, counted_worlds: int, repeats: int, seed: int
) -> dict[str, Any]:
    """Play, count and time; return all figures."""
    loaded = alliancesim.load(scenario)
    arms = len(loaded.arms_by_default)
    start = perf_counter()
    engine.play(loaded, worlds=1, seed=seed, threads=1)
    first_use = perf_counter() - start
    same = same_worlds(loaded, twin_worlds, seed)

    needs = floor.count(scenario, counted_worlds, seed)
    mean = float(np.mean(engine.play(loaded, worlds=worlds, seed=seed).world["disputes"]))
    scale = mean / needs["disputes"] if needs["disputes"] > 0.0 else 1.0
    needs = {name: scale * value for name, value in needs.items()}
    batch = {name: value * worlds * arms for name, value in needs.items()}

    def run(threads: int) -> Callable[[], object]:
        chunk = max(1, min(256, worlds // (4 * threads)))
        return lambda: engine.play(loaded, worlds=worlds, seed=seed, threads=threads, chunk=chunk)

    floor.spend(dict.fromkeys(floor.COUNTED, 1.0), seed)
    timed = interleave(
        {
            "engine, 1 thread": (worlds * arms, run(1)),
            "engine, 2 threads": (worlds * arms, run(2)),
            "agents": (
                twin_worlds * arms,
                lambda: agents.play(loaded, worlds=twin_worlds, seed=seed),
            ),
            "floor": (worlds * arms, lambda: floor.spend(batch, seed)),
        },
        repeats,
    )
    one, twin, least = (timed[name].median for name in ("engine, 1 thread", "agents", "floor"))
    return {
        "scenario": loaded.name,
        "version": alliancesim.__version__,
        "platform": f"{platform.platform()}, Python {platform.python_version()}",
        "arms": arms,
        "states": len(loaded.states),
        "months": loaded.horizon_months,
        "worlds": worlds,
        "seed": seed,
        "first_use_seconds": first_use,
        "agents_equal_engine": same,
        "needs_per_arm_world": needs,
        "arm_worlds_per_second": {name: each.rates for name, each in timed.items()},
        "processors_had": {name: each.processors for name, each in timed.items()},
        "engine_over_agents": one / twin,
        "two_threads_over_one": timed["engine, 2 threads"].median / one,
        "time_over_floor": least / one,
        "table": [each.row() for each in timed.values()],
    }


def same_worlds(scenario: Scenario, worlds: int, seed: int) -> bool:
    """Whether the agents' worlds are the engine's, to the last bit."""
    one = engine.play(scenario, worlds=worlds, seed=seed, threads=1)
    other = agents.play(scenario, worlds=worlds, seed=seed)
    return one.world.tobytes() == other.world.tobytes()


def report(figures: dict[str, Any]) -> str:
    """Write the figures as a table."""
    needs = figures["needs_per_arm_world"]
    same = "yes" if figures["agents_equal_engine"] else "NO"
    lines = [
        f"{figures['scenario']}: {figures['states']} states, {figures['months']} months, "
        f"{figures['arms']} arms, {figures['worlds']} worlds; {figures['platform']}",
        "",
        f"{'arm-worlds a second':<20}{'median':>12}   {'least to most':<26}{'processors had':>6}",
        *figures["table"],
        "",
        f"engine over agents, one thread each   {figures['engine_over_agents']:.0f}",
        f"two threads over one                  {figures['two_threads_over_one']:.2f}",
        f"time over floor, one thread           {figures['time_over_floor']:.1f}",
        f"agents' worlds are the engine's       {same}",
        "",
        "an arm-world needs " + ", ".join(f"{needs[name]:,.0f} {name}" for name in floor.COUNTED),
    ]
    return "\n".join(lines)


@click.command()
@click.option("--scenario", default="smda", show_default=True, help="Name or path.")
@click.option("--worlds", default=300, show_default=True, help="Worlds the engine plays a time.")
@click.option("--twin-worlds", default=2, show_default=True, help="Worlds the agents play a time.")
@click.option(
    "--counted-worlds", default=2, show_default=True, help="Worlds counted for the floor."
)
@click.option("--repeats", default=5, show_default=True, help="Times each is measured, in turn.")
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "path", default=None, help="Also write all figures to this file.")
def main(path: str | None, **sizes: Any) -> None:
    """Print arm-worlds a second of the engine and the agents, and how far the floor lies below."""
    figures = measure(**sizes)
    print(report(figures))
    if path is not None:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)
    sys.exit(0 if figures["agents_equal_engine"] else 1)


if __name__ == "__main__":
    main()
