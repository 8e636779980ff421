"""How long until an answer is sure: its interval leaves out zero, then is a tenth of the mean.

python benchmarks/answer.py
python benchmarks/answer.py --metric disputes_expected --json answer.json

A difference between two arms is estimated in four ways: by the engine or by agents, on the same
worlds with expected numbers or on independent seeds with counts. The last of the four is how a
user of Mesa would do it. All four have the same expectation. What takes minutes is played; what
would take hours is extrapolated from the variance and the rate measured here, and marked with a ~.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import click
import numpy as np
from measuring import spent
from numpy.typing import NDArray

import alliancesim
from alliancesim.outcomes.metrics import HEADLINES, METRICS
from alliancesim.scenario import Scenario

__all__ = ["answer", "report"]

NORMAL = 1.959963984540054
TENTH = 0.1
MESA = "agents, independent seeds, counts"
"""How a user of Mesa would do it."""
OURS = "engine, same worlds, expected"


@attrs.frozen(kw_only=True)
class Way:
    """A way to estimate a difference, and what it costs.

    Parameters
    ----------
    name : str
    variance : float
        Variance of the estimate from one world in each arm.
    mean : float
        The difference.
    cpu_a_world : float
        CPU seconds of one world in both arms.
    """

    name: str
    variance: float
    mean: float
    cpu_a_world: float

    def worlds(self, share: float) -> int:
        """Worlds until half of the 95 % interval is a share of the mean; 2 or more."""
        return max(2, int(np.ceil(self.variance * (NORMAL / (share * self.mean)) ** 2)))


def answer(
    scenario: Scenario, metric: str, pilot: int, agent_worlds: int, seed: int
) -> dict[str, Any]:
    """Measure four ways to one answer.

    Parameters
    ----------
    scenario : Scenario
    metric : str
        An expectation whose name ends in ``_expected``; without the ending it is the count.
    pilot : int
        Worlds from which mean and variances are taken.
    agent_worlds : int
        Worlds that the agents play.
    """
    arms = scenario.arms_by_default[:2]
    alliancesim.compare(scenario, arms, worlds=2, seed=seed)
    cpu = {
        "engine": spent(lambda: _play(scenario, arms, pilot, seed))[1] / pilot,
        "agents": spent(lambda: _play(scenario, arms, agent_worlds, seed, agents=True))[1]
        / agent_worlds,
    }
    played = alliancesim.compare(scenario, arms, worlds=pilot, seed=seed)
    expected = played.tally.values(metric)
    counted = played.tally.values(metric.removesuffix("_expected"))
    mean = float((expected[:, 1] - expected[:, 0]).mean())
    variances = {
        "same worlds, expected": float(np.var(expected[:, 1] - expected[:, 0], ddof=1)),
        "same worlds, counts": float(np.var(counted[:, 1] - counted[:, 0], ddof=1)),
        "independent seeds, expected": _apart(expected),
        "independent seeds, counts": _apart(counted),
    }
    ways = [
        Way(name=f"{who}, {how}", variance=variance, mean=mean, cpu_a_world=each)
        for who, each in cpu.items()
        for how, variance in variances.items()
    ]
    rows = [_row(way, scenario, arms, metric, seed) for way in ways]
    by_name = {row["way"]: row for row in rows}
    return {
        "scenario": scenario.name,
        "metric": metric,
        "contrast": f"{arms[1]} - {arms[0]}",
        "mean": mean,
        "pilot_worlds": pilot,
        "agents_are_the_engine": _same(scenario, arms, agent_worlds, seed),
        "rows": rows,
        "ratio_over_mesa": by_name[MESA]["tenth"]["cpu_seconds"]
        / by_name[OURS]["tenth"]["cpu_seconds"],
    }


def _play(
    scenario: Scenario, arms: tuple[str, ...], worlds: int, seed: int, *, agents: bool = False
) -> alliancesim.Comparison:
    model = alliancesim.Wargame if agents else None
    threads = None if agents else 1
    return alliancesim.compare(
        scenario, arms, worlds=worlds, seed=seed, threads=threads, model=model
    )


def _same(scenario: Scenario, arms: tuple[str, ...], worlds: int, seed: int) -> bool:
    """Whether the agents' worlds are the engine's, to the last bit."""
    digests = {_play(scenario, arms, worlds, seed, agents=each).digest for each in (True, False)}
    return len(digests) == 1


def _apart(values: NDArray[np.float64]) -> float:
    """Variance of the difference of two arms of which each has its own worlds."""
    return float(np.var(values, axis=0, ddof=1).sum())


def _row(
    way: Way, scenario: Scenario, arms: tuple[str, ...], metric: str, seed: int
) -> dict[str, Any]:
    row: dict[str, Any] = {"way": way.name}
    for target, share in (("zero", 1.0), ("tenth", TENTH)):
        worlds = way.worlds(share)
        row[target] = {
            "worlds": worlds,
            "cpu_seconds": worlds * way.cpu_a_world,
            "extrapolated": way.name != OURS,
        }
        if way.name == OURS:
            timed = [
                spent(lambda n=worlds: _play(scenario, arms, n, seed).differences([metric]))
                for _ in range(5)
            ]
            row[target]["cpu_seconds"] = float(np.median([cpu for _, cpu in timed]))
            row[target]["seconds"] = float(np.median([wall for wall, _ in timed]))
    return row


def report(found: dict[str, Any]) -> str:
    """Write what was found as a table."""
    lines = [
        f"{found['metric']}, {found['contrast']} ({found['scenario']}): {found['mean']:+.3f}; "
        f"variances from {found['pilot_worlds']:,} worlds",
        "",
        f"{'':38}{'interval leaves out zero':>27}{'interval is ± 10 %':>27}",
        f"{'':38}" + f"{'worlds':>13}{'CPU seconds':>14}" * 2,
    ]
    for row in found["rows"]:
        cells = "".join(
            f"{row[target]['worlds']:>13,}{_time(row[target]):>14}" for target in ("zero", "tenth")
        )
        lines.append(f"{row['way']:38}{cells}")
    same = "yes" if found["agents_are_the_engine"] else "NO"
    lines += [
        "",
        f"the last over the first, ± 10 %: {found['ratio_over_mesa']:,.0f}",
        f"agents' worlds are the engine's: {same}",
    ]
    return "\n".join(lines)


def _time(cell: dict[str, Any]) -> str:
    seconds = cell["cpu_seconds"]
    text = f"{seconds:,.3f}" if seconds < 10.0 else f"{seconds:,.0f}"
    return f"~{text}" if cell["extrapolated"] else text


@click.command()
@click.option("--scenario", default="smda", show_default=True, help="Name or path.")
@click.option("--metric", default=HEADLINES[0], show_default=True)
@click.option("--pilot", default=2000, show_default=True, help="Worlds variances are taken from.")
@click.option("--agent-worlds", default=4, show_default=True, help="Worlds that agents play.")
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "path", type=click.Path(path_type=Path), help="Write the figures here.")
def main(
    scenario: str, metric: str, pilot: int, agent_worlds: int, seed: int, path: Path | None
) -> None:
    """Print how long an answer takes in each way."""
    if metric not in METRICS or metric.removesuffix("_expected") not in METRICS:
        raise click.BadParameter("an expectation of worlds that has a count", param_hint="--metric")
    found = answer(alliancesim.load(scenario), metric, pilot, agent_worlds, seed)
    click.echo(report(found))
    if path:
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
