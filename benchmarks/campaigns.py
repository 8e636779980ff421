"""What a campaign of very many worlds costs, and how far moments of draws are from rows.

python benchmarks/campaigns.py                               # 10,000 and 100,000 worlds, minutes
python benchmarks/campaigns.py --worlds 10000 --worlds 100000 --worlds 1000000
python benchmarks/campaigns.py --against-rows 4000           # moments against rows
"""

from __future__ import annotations

import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd

import alliancesim as al
from alliancesim.campaign import Plan, combine_blocks
from alliancesim.campaign.reduction import play_block, reduce_block
from alliancesim.comparison import Comparison

__all__ = ["against_rows", "largest_differences", "played", "report"]

SCENARIO, ARMS = "smda", ("no-smda", "two-member")
_NOTHING = float(np.finfo(float).eps)
"""Numbers below this count as of this size: a share of noise may be 0 here and 3e-33 there."""
_HEAD = (
    "worlds",
    "seconds",
    "worlds/s",
    "caller MiB",
    "worker MiB",
    "bytes/world",
    "print s",
    "MiB",
)


def _peak_mib() -> float:
    """Return the peak resident memory of this process; Linux counts in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _peak_of_worker(wait: float) -> float:
    time.sleep(wait)  # so that the other worker answers the other call
    return _peak_mib()


def play(folder: str, worlds: int, workers: int) -> dict[str, Any]:
    """Play a campaign on processes; called in a fresh process, whose peak memory counts."""
    campaign = al.Campaign(folder, SCENARIO, ARMS, seed=1, worlds_per_draw=8)
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        for future in [pool.submit(_peak_of_worker, 1.0) for _ in range(workers)]:
            future.result()  # processes are up, the library is loaded
        start = time.perf_counter()
        campaign.play(to=worlds, executor=pool)
        seconds = time.perf_counter() - start
        peaks = [pool.submit(_peak_of_worker, 1.0) for _ in range(workers)]
        peak = max(each.result() for each in peaks)
    held = campaign.worlds
    size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return {
        "worlds": held,
        "seconds": seconds,
        "worlds_per_second": held / seconds,
        "caller_mib": _peak_mib(),
        "worker_mib": peak,
        "bytes": size,
        "digest": campaign.digest,
    }


def show(folder: str) -> dict[str, float]:
    """Print a campaign's comparison; called in a fresh process."""
    start = time.perf_counter()
    text = str(al.Campaign(folder).comparison())
    assert text
    return {"show_seconds": time.perf_counter() - start, "show_mib": _peak_mib()}


def _fresh(*words: str) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__)), *words]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def played(worlds: int, workers: int, *, shown: bool = True) -> dict[str, Any]:
    """Play a campaign in a folder that is removed afterwards, and return what it cost."""
    with tempfile.TemporaryDirectory() as home:
        folder = str(Path(home) / "campaign")
        found = _fresh("--one", folder, str(worlds), str(workers))
        return {**found, **(_fresh("--shown", folder) if shown else {})}


def processor() -> str:
    """Return the processor's name."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def against_rows(worlds: int, scenario: str = SCENARIO) -> dict[str, float]:
    """Return the largest relative difference of each table of moments from that of rows.

    The same worlds are played as rows and as blocks of a campaign, of a tenth of them each.
    """
    rows = al.compare(scenario, ARMS, worlds, 1, worlds_per_draw=8)
    plan = Plan(
        scenario=al.load(scenario), arms=ARMS, seed=1, worlds_per_draw=8, block=worlds // 80 * 8
    )
    blocks = [
        reduce_block(plan, number, play_block(plan, number))
        for number in range(worlds // plan.block)
    ]
    return largest_differences(combine_blocks(plan, blocks), rows)


def largest_differences(found: Comparison, rows: Comparison) -> dict[str, float]:
    """Return the largest relative difference of each table of two comparisons."""
    assert found.tally.worlds == rows.tally.worlds
    return {
        name: max(_relative(*both), default=0.0)
        for name, both in {
            "differences": (found.differences(), rows.differences()),
            "differences of adversaries": tuple(
                each.differences(["adversary_wars"]) for each in (found, rows)
            ),
            "means": (found.means(), rows.means()),
            "drivers": tuple(each.drivers("wars_expected") for each in (found, rows)),
            "sign changes": tuple(each.flips("wars_expected") for each in (found, rows)),
        }.items()
    }


def _relative(one: pd.DataFrame, other: pd.DataFrame) -> Iterator[float]:
    assert list(one.columns) == list(other.columns)
    words = one.select_dtypes(exclude="number").columns
    assert one[words].equals(other[words]), "texts differ"
    for name in one.select_dtypes("number").columns:
        a, b = (np.asarray(each[name], float) for each in (one, other))
        assert (np.isnan(a) == np.isnan(b)).all(), f"{name}: one of two is missing"
        scale = np.maximum(np.maximum(np.abs(a), np.abs(b)), _NOTHING)
        same = (a == b) | np.isnan(a)
        with np.errstate(invalid="ignore"):
            yield float(np.where(same, 0.0, np.abs(a - b) / scale).max(initial=0.0))


def report(rows: list[dict[str, Any]]) -> str:
    """Return what campaigns cost as a table."""
    lines = [f"{SCENARIO}, {len(ARMS)} arms, 8 worlds a draw; {processor()}"]
    lines.append("  ".join(f"{name:>11}" for name in _HEAD))
    for each in rows:
        values = (
            f"{each['worlds']:,}",
            f"{each['seconds']:.0f}",
            f"{each['worlds_per_second']:.0f}",
            f"{each['caller_mib']:.0f}",
            f"{each['worker_mib']:.0f}",
            f"{each['bytes'] / each['worlds']:.0f}",
            f"{each['show_seconds']:.0f}" if "show_seconds" in each else "",
            f"{each['show_mib']:.0f}" if "show_mib" in each else "",
        )
        lines.append("  ".join(f"{value:>11}" for value in values))
    return "\n".join(lines)


@click.command()
@click.option("--worlds", type=int, multiple=True, default=(10_000, 100_000), show_default=True)
@click.option("--workers", type=int, default=2, show_default=True, help="Processes.")
@click.option("--no-show", is_flag=True, help="Leave out printing the comparison.")
@click.option(
    "--against-rows", "rows", type=int, help="Compare moments with rows of so many worlds."
)
@click.option("--json", "json_to", type=click.Path(path_type=Path), help="Write results too.")
@click.option("--one", nargs=3, hidden=True)
@click.option("--shown", hidden=True)
def main(
    worlds: tuple[int, ...],
    workers: int,
    no_show: bool,
    rows: int | None,
    json_to: Path | None,
    one: tuple[str, str, str] | None,
    shown: str | None,
) -> None:
    """Measure what campaigns cost: worlds a second, peak memory of each process, bytes on disk."""
    if one:
        click.echo(json.dumps(play(one[0], int(one[1]), int(one[2]))))
        return
    if shown:
        click.echo(json.dumps(show(shown)))
        return
    found: Any
    if rows:
        found = against_rows(rows)
        for name, value in found.items():
            click.echo(f"{name:<28} {value:.1e}")
    else:
        found = []
        for count in worlds:
            found.append(played(count, workers, shown=not no_show))
            click.echo(report(found[-1:]))
        click.echo(report(found))
    if json_to is not None:
        json_to.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
