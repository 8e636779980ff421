"""How often do 95 % sampling intervals of short runs hold the truth?

Run ``python tools/interval_coverage.py``. The main case is played in many worlds, whose mean is
taken as the truth. From their draws runs of 400 worlds are drawn again and again, with replacement,
so that each is a run of its own, and the intervals of each metric of the printed table are held
against the truth. A cell is *told* where the run gives an interval, and not "too rare". It takes
ten minutes; the table is ``docs/_static/coverage.txt``: the worst cell of each metric over
contrasts, arms and states.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import alliancesim as al
from alliancesim.outcomes import Tally
from alliancesim.outcomes.metrics import FOCUS_HEADLINES, HEADLINES, METRICS
from alliancesim.stats.paired import Design, Estimate

TABLE = Path(__file__).parents[1] / "docs" / "_static" / "coverage.txt"
WORLDS, SHORT, RUNS = 40_000, 400, 1000
SHARED = (1, 8)
RARE = ("backed_down", "nuclear_uses_expected")
"""Metrics that the table does not print, looked at as they are rare."""

Floats = NDArray[np.float64]


def main() -> None:
    """Play, resample and keep the table."""
    found = {each: dict(covered(play(each))) for each in SHARED}
    TABLE.write_text("\n".join(table(found)) + "\n", encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))


def play(worlds_per_draw: int) -> Tally:
    """Return the worlds that stand for the truth."""
    run = al.compare("smda", worlds=WORLDS, seed=11, worlds_per_draw=worlds_per_draw)
    return run.tally


def covered(tally: Tally) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Yield for each metric its worst cell: how often told, told and wrong, right where told."""
    size = tally.worlds_per_draw
    draws = tally.worlds // size
    chosen = np.random.default_rng(5).integers(0, draws, (SHORT // size, RUNS))
    for name in (*HEADLINES, *FOCUS_HEADLINES, *RARE):
        values = tally.values(name).reshape(tally.worlds, len(tally.arms), -1)
        cells = []
        for each in looked_at(values):
            whole = each.reshape(draws, size).mean(axis=1)
            run = Estimate.of(whole[chosen], Design(SHORT // size))
            told = np.isfinite(run.low)
            right = (run.low <= whole.mean()) & (whole.mean() <= run.high)
            cells.append((told.mean(), (told & ~right).mean()))
        share, wrong = max(cells, key=lambda cell: cell[1])
        yield name, (share, wrong, 1 - wrong / share if share else np.nan)


def looked_at(values: Floats) -> Iterator[Floats]:
    """Yield the differences of neighbouring arms, and the first arm alone, state by state."""
    for state in range(values.shape[2]):
        for arm in range(1, values.shape[1]):
            yield values[:, arm, state] - values[:, arm - 1, state]
        yield values[:, 0, state]


def table(found: dict[int, dict[str, tuple[float, float, float]]]) -> Iterator[str]:
    """Yield the lines of the table, for a terminal and a Markdown page both."""
    yield (
        "| metric, its worst cell | "
        + " | ".join(f"told, {size} a draw | told and wrong | right where told" for size in found)
        + " |"
    )
    yield "|---" * (1 + 3 * len(found)) + "|"
    for name in found[SHARED[0]]:
        mark = ", expected" if METRICS[name].kind == "expectation" else ""
        cells = (
            f"{100 * x:.0f} %" if np.isfinite(x) else "–"
            for size in found
            for x in found[size][name]
        )
        yield f"| {METRICS[name].label}{mark} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
