"""What a world cannot be played without: its random draws and transcendental functions.

How many of each a world needs is counted while plain Python plays it; what they cost is then
timed alone, in a compiled loop that does nothing else.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy import special

from alliancesim import chance
from alliancesim._compile import compiled

COUNTED = ("draw", "exp", "log", "sqrt", "erfc", "ndtri", "betaincinv")
BATCH = 1024


def count(scenario: str, worlds: int, seed: int) -> dict[str, float]:
    """Count what worlds of all arms need, in a process that compiles nothing.

    Returns
    -------
    dict
        The mean an arm-world of each of ``COUNTED``, and of ``disputes``.
    """
    command = [sys.executable, str(Path(__file__)), scenario, str(worlds), str(seed)]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    counts: dict[str, float] = json.loads(done.stdout)
    return counts


def spend(counts: dict[str, float], seed: int) -> None:
    """Make so many draws and call so many functions, and do nothing else."""
    numbers = [math.ceil(counts[name]) for name in COUNTED[:5]]
    quantiles = np.random.default_rng(seed).uniform(size=BATCH)
    _loop(seed, *numbers, quantiles)
    _whole(special.ndtri, counts["ndtri"], quantiles)
    _whole(lambda u: special.betaincinv(2.0, 3.0, u), counts["betaincinv"], quantiles)


@compiled
def _loop(seed, draws, exponentials, logarithms, roots, tails, quantiles):  # type: ignore[no-untyped-def]
    total = 0.0
    for n in range(draws):
        total += chance.uniform(seed, n, 1, 2, 3, 4, 5, 6)
    for n in range(exponentials):
        total += math.exp(quantiles[n % BATCH])
    for n in range(logarithms):
        total += math.log(quantiles[n % BATCH])
    for n in range(roots):
        total += math.sqrt(quantiles[n % BATCH])
    for n in range(tails):
        total += math.erfc(quantiles[n % BATCH])
    return total


def _whole(function: Any, number: float, quantiles: np.ndarray[Any, Any]) -> None:
    left = math.ceil(number)
    while left > 0:
        function(quantiles[:left])
        left -= len(quantiles)


class _Counting:
    """The module math, its functions counted."""

    def __init__(self, counts: dict[str, float]) -> None:
        self._counts = counts

    def __getattr__(self, name: str) -> Any:
        return _counting(getattr(math, name), name, self._counts)


def _counting(function: Any, name: str, counts: dict[str, float]) -> Any:
    def counted(*arguments: Any) -> Any:
        counts[name] = counts.get(name, 0.0) + np.size(arguments[-1])
        return function(*arguments)

    return counted if callable(function) else function


def _count_here(scenario: str, worlds: int, seed: int) -> dict[str, float]:
    from alliancesim import load
    from alliancesim.engine import play

    counts = dict.fromkeys(COUNTED, 0.0)
    for name, module in list(sys.modules.items()):
        if name.startswith("alliancesim") and getattr(module, "math", None) is math:
            vars(module)["math"] = _Counting(counts)
    for name in ("ndtri", "betaincinv"):
        setattr(special, name, _counting(getattr(special, name), name, counts))
    draw = chance.uniform

    def uniform(*arguments: Any) -> Any:
        counts["draw"] += 1
        return draw(*arguments)

    chance.uniform = uniform
    tally = play(load(scenario), worlds=worlds, seed=seed, threads=1)
    played = worlds * len(tally.arms)
    means = {name: counts[name] / played for name in COUNTED}
    return {**means, "disputes": float(np.mean(tally.world["disputes"]))}


if __name__ == "__main__":
    print(json.dumps(_count_here(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
