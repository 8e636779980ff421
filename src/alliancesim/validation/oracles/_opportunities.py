"""When opportunities come, and whether heat leaves the rate of disputes where it was put."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from alliancesim.arrays.layout import rows
from alliancesim.engine.kernel.workspace import CANDIDATE
from alliancesim.outcomes.metrics import WORLD
from alliancesim.validation.oracles import _loops, closed_forms
from alliancesim.validation.oracles._setting import pair, parameters
from alliancesim.validation.rows import Row, mean, share, sizes, within

__all__ = ["arrivals", "heat"]

_MONTHS = 120
_CELLS = 60
_ROOM = 1024  # candidates of one pair in ten years: some 30 are expected
_START = (
    "heat starts at its mean and cools before anything comes: half a month of what heat is above "
    "1 is missed once, ω/12 · (norm - 1)/2 disputes"
)
_MONTHLY = "heat cools once a month, not all the time: relative error at most (norm - 1)/(12 τ²)"


def arrivals(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on the candidates of a pair: a Poisson process at the majorant rate."""
    theta, rate = parameters(), 0.2
    stake, note = pair(rate, theta)
    worlds = max(100, draws // 20)
    counts, when = _loops.opportunities(
        np.uint64(seed), worlds, _MONTHS, stake, note, theta, rows(_ROOM, CANDIDATE), _CELLS
    )
    expected = rate / theta.challenge_base * theta.heat_cap * _MONTHS / 12.0
    name = "thinning"
    yield Row(
        name, "candidates in ten years", counts.mean(), expected, (expected / worlds) ** 0.5
    )  # fmt: skip
    yield mean(name, "their variance", (counts - expected) ** 2, expected)
    total = int(counts.sum())
    yield sizes(name, f"chi-square of when, {_CELLS} cells", when, np.full(_CELLS, total / _CELLS))
    for times in (1.0, 0.5, 9.0):
        row = rows(2, WORLD)[0]
        norm = stake[0, 1].norm
        hits = _loops.openings(np.uint64(seed), draws, times * norm - 1.0, norm, row, theta)
        exact = min(times, theta.heat_cap) / theta.heat_cap
        yield share(name, f"candidate kept at heat {times:g} of its mean", hits, draws, exact)


def heat(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on a pair whose prospects never change: its disputes come at its own rate.

    The cap of heat is lifted out of reach, since with it the mean follows no chain of its own.
    """
    theta = parameters(heat_cap=16.0)
    jump, memory = float(theta.heat_jump), float(theta.heat_memory)
    for rate, worlds in ((0.22, draws // 25), (0.037, draws // 5)):
        stake, note = pair(rate, theta)
        opened, disputes = _loops.histories(
            np.uint64(seed), max(100, worlds), _MONTHS, stake, note, rows(2, WORLD)[0], theta,
            rows(_ROOM, CANDIDATE),
        )  # fmt: skip
        exact = closed_forms.disputes(rate, jump, memory, _MONTHS)
        where = f"in ten years, {rate:g} a year"
        yield mean("heat", f"opportunities {where}", opened, exact / theta.challenge_base)
        yield mean("heat", f"disputes {where}", disputes, exact)
        given, above = rate * _MONTHS / 12.0, stake[0, 1].norm - 1.0
        lost = rate / 12.0 * above / 2.0
        yield within("heat", f"disputes expected {where}", exact, given, lost, _START)
        resting = closed_forms.disputes_a_year(rate, jump, memory)
        off = rate * above / (12.0 * memory**2)
        yield within("heat", f"a year in the end, {rate:g} a year", resting, rate, off, _MONTHLY)
