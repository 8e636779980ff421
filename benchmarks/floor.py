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
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np

from alliancesim import chance
from alliancesim._compile import compiled
from alliancesim.stats import quantiles

__all__ = ["COUNTED", "count", "spend"]

COUNTED = ("draw", "exp", "log", "sqrt", "erfc", "normal", "beta")
"""Draws, functions of one number, and quantiles of the normal and the beta distribution."""
BATCH = 1024
_SAME = {"exp2": "exp", "expm1": "exp", "log2": "log", "log1p": "log", "uniform": "draw"}


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
    shares = np.random.default_rng(seed).uniform(size=BATCH)
    _loop(seed, *numbers, shares)
    _whole(quantiles.normal, counts["normal"], shares)
    _whole(lambda u: quantiles.beta(2.0, 3.0, u), counts["beta"], shares)


_uniform = chance.uniform if hasattr(chance.uniform, "py_func") else compiled(chance.uniform)


@numba.njit
def _loop(seed, draws, exponentials, logarithms, roots, tails, shares):  # type: ignore[no-untyped-def]
    total = 0.0
    for n in range(draws):
        total += _uniform(seed, n, 1, 2, 3, 4, 5, 6)
    for n in range(exponentials):
        total += math.exp(shares[n % BATCH])
    for n in range(logarithms):
        total += math.log(shares[n % BATCH])
    for n in range(roots):
        total += math.sqrt(shares[n % BATCH])
    for n in range(tails):
        total += math.erfc(shares[n % BATCH])
    return total


def _whole(function: Any, number: float, shares: np.ndarray[Any, Any]) -> None:
    left = math.ceil(number)
    while left > 0:
        function(shares[:left])
        left -= len(shares)


class _Count:
    """Counts calls of functions, each element of an array for one; not those within another."""

    def __init__(self) -> None:
        self.found = dict.fromkeys(COUNTED, 0.0)
        self.within = False

    def counted(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """Return a function that does the same and is counted, where it is one of those counted."""
        name = _SAME.get(name, name)
        if name not in self.found:
            return function

        def call(*arguments: Any) -> Any:
            if self.within:
                return function(*arguments)
            self.found[name] += 1 if name == "draw" else np.size(arguments[-1])
            self.within = True
            try:
                return function(*arguments)
            finally:
                self.within = False

        return call

    def everywhere(self) -> None:
        """Count the functions by whatever name a module of the library has them."""
        modules = {n: m for n, m in sys.modules.items() if n.startswith("alliancesim")}
        own = [chance, quantiles, modules.get("alliancesim.rules.numeric")]
        known = {
            function: self.counted(function, name)
            for module in (math, *filter(None, own))
            for name, function in vars(module).items()
            if callable(function) and not name.startswith("_")
        }
        for module in modules.values():
            for name, value in list(vars(module).items()):
                if value is math:
                    vars(module)[name] = _Math(self)
                elif callable(value) and getattr(value, "__hash__", None) and value in known:
                    vars(module)[name] = known[value]


class _Math:
    """The module math, its functions counted."""

    def __init__(self, count: _Count) -> None:
        self._count = count

    def __getattr__(self, name: str) -> Any:
        value = getattr(math, name)
        return self._count.counted(value, name) if callable(value) else value


def _count_here(scenario: str, worlds: int, seed: int) -> dict[str, float]:
    from alliancesim import load
    from alliancesim.engine import play as engine

    count, loaded = _Count(), load(scenario)
    count.everywhere()
    tally = engine.play(loaded, worlds=worlds, seed=seed, threads=1)
    played = worlds * len(tally.arms)
    means = {name: value / played for name, value in count.found.items()}
    return {**means, "disputes": float(np.mean(tally.world["disputes"]))}


if __name__ == "__main__":
    print(json.dumps(_count_here(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
