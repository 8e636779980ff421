"""How many worlds a second: the engine, agents, idle models of others, and the floor below all.

python benchmarks/worlds_per_second.py
python benchmarks/worlds_per_second.py --worlds 100 --repeats 3 --json result.json
"""

from __future__ import annotations

import json
import platform
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import floor
import numpy as np
from idle import idle_mesa, idle_starsim
from measuring import interleave, spent

import alliancesim
from alliancesim.comparison import Comparison
from alliancesim.scenario import Scenario

__all__ = ["measure", "report"]

Call = Callable[[], object]


def play(scenario: Scenario, worlds: int, seed: int, threads: int = 1) -> Comparison:
    """Play all arms by the engine."""
    return alliancesim.compare(scenario, worlds=worlds, seed=seed, threads=threads)


def play_agents(scenario: Scenario, worlds: int, seed: int) -> Comparison:
    """Play all arms by agents."""
    return alliancesim.compare(scenario, worlds=worlds, seed=seed, model=alliancesim.Wargame)


def measure(
    scenario: str, worlds: int, twin_worlds: int, counted_worlds: int, repeats: int, seed: int
) -> dict[str, Any]:
    """Play, count and time; return all figures."""
    loaded = alliancesim.load(scenario)
    first_use = spent(lambda: play(loaded, 2, seed))
    same = play(loaded, twin_worlds, seed).digest == play_agents(loaded, twin_worlds, seed).digest
    needs = _needs(loaded, scenario, worlds, counted_worlds, seed)
    ways = _ways(loaded, needs, worlds, twin_worlds, seed)
    timed = interleave({name: call for name, (_, call) in ways.items()}, repeats)
    elapsed = {n: tuple(ways[n][0] / s for s in each.seconds) for n, each in timed.items()}
    rates = {n: tuple(ways[n][0] / s for s in each.cpu_seconds) for n, each in timed.items()}
    one, twin, idle, least = (
        statistics.median(rates[name])
        for name in ("engine, 1 thread", "agents", "idle Mesa model", "floor")
    )
    return {
        "scenario": loaded.name,
        "version": alliancesim.__version__,
        "platform": f"{platform.platform()}, Python {platform.python_version()}",
        "arms": len(loaded.arms_by_default),
        "states": len(loaded.states),
        "months": loaded.horizon_months,
        "worlds": worlds,
        "seed": seed,
        "first_use_seconds": first_use[0],
        "first_use_cpu_seconds": first_use[1],
        "agents_equal_engine": same,
        "needs_per_arm_world": needs,
        "arm_worlds_per_second": elapsed,
        "arm_worlds_per_cpu_second": rates,
        "processors_had": {name: each.processors for name, each in timed.items()},
        "engine_over_agents": one / twin,
        "engine_over_idle_mesa": one / idle,
        "two_threads_over_one": statistics.median(elapsed["engine, 2 threads"])
        / statistics.median(elapsed["engine, 1 thread"]),
        "time_over_floor": least / one,
    }


def _needs(
    loaded: Scenario, scenario: str, worlds: int, counted: int, seed: int
) -> dict[str, float]:
    """Return what an arm-world needs, scaled from the worlds counted to those timed."""
    needs = floor.count(scenario, counted, seed)
    disputes = needs.pop("disputes")
    mean = float(np.mean(play(loaded, worlds, seed).tally.world["disputes"]))
    scale = mean / disputes if disputes > 0.0 else 1.0
    return {name: scale * value for name, value in needs.items()}


def _ways(
    loaded: Scenario, needs: dict[str, float], worlds: int, twin_worlds: int, seed: int
) -> dict[str, tuple[int, Call]]:
    """Return, by name, how many arm-worlds a call plays, and the call."""
    arms, size = len(loaded.arms_by_default), (len(loaded.states), loaded.horizon_months)
    batch = {name: value * worlds * arms for name, value in needs.items()}
    ways: dict[str, tuple[int, Call]] = {
        "engine, 1 thread": (worlds * arms, lambda: play(loaded, worlds, seed)),
        "engine, 2 threads": (worlds * arms, lambda: play(loaded, worlds, seed, threads=2)),
        "agents": (twin_worlds * arms, lambda: play_agents(loaded, twin_worlds, seed)),
        "idle Mesa model": (20, idle_mesa(*size, 20)),
        "floor": (worlds * arms, lambda: floor.spend(batch, seed)),
    }
    starsim = idle_starsim(*size, 4)
    if starsim:
        starsim()
        ways["idle Starsim model"] = (4, starsim)
    floor.spend(dict.fromkeys(floor.COUNTED, 1.0), seed)
    return ways


def report(figures: dict[str, Any]) -> str:
    """Write the figures as a table."""
    needs = figures["needs_per_arm_world"]
    same = "yes" if figures["agents_equal_engine"] else "NO"
    lines = [
        f"{figures['scenario']}: {figures['states']} states, {figures['months']} months, "
        f"{figures['arms']} arms, {figures['worlds']} worlds; {figures['platform']}",
        "",
        f"{'arm-worlds':<20}{'a second':>12}{'a CPU second':>14}   {'least to most':<22}"
        f"{'processors had':>14}",
    ]
    for name, rates in figures["arm_worlds_per_cpu_second"].items():
        elapsed = statistics.median(figures["arm_worlds_per_second"][name])
        spread = f"{min(rates):,.1f} to {max(rates):,.1f}"
        had = figures["processors_had"][name]
        median = statistics.median(rates)
        lines.append(f"{name:<20}{elapsed:>12,.1f}{median:>14,.1f}   {spread:<22}{had:>14.2f}")
    if "idle Starsim model" not in figures["arm_worlds_per_second"]:
        lines.append("idle Starsim model: skipped, Starsim is not installed")
    return "\n".join(
        [
            *lines,
            "",
            f"engine over agents                    {figures['engine_over_agents']:,.0f}",
            f"engine over an idle Mesa model        {figures['engine_over_idle_mesa']:,.1f}",
            f"two threads over one                  {figures['two_threads_over_one']:.2f}",
            f"time over floor, one thread           {figures['time_over_floor']:.1f}",
            f"agents' worlds are the engine's       {same}",
            "",
            "an arm-world needs "
            + ", ".join(f"{needs[name]:,.0f} {name}" for name in floor.COUNTED),
        ]
    )


@click.command()
@click.option("--scenario", default="smda", show_default=True, help="Name or path.")
@click.option("--worlds", default=300, show_default=True, help="Worlds the engine plays a time.")
@click.option("--twin-worlds", default=2, show_default=True, help="Worlds the agents play a time.")
@click.option(
    "--counted-worlds", default=2, show_default=True, help="Worlds counted for the floor."
)
@click.option("--repeats", default=5, show_default=True, help="Times each is measured, in turn.")
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "path", type=click.Path(path_type=Path), help="Write the figures here.")
def main(path: Path | None, **sizes: Any) -> None:
    """Print arm-worlds a second of the engine and the agents, and how far the floor lies below."""
    figures = measure(**sizes)
    click.echo(report(figures))
    if path is not None:
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if figures["agents_equal_engine"] else 1)


if __name__ == "__main__":
    main()
