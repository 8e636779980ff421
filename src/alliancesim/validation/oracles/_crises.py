"""Challenge, resistance, demand and refusal."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from alliancesim import chance
from alliancesim.rules.bargaining import demand, war_risk
from alliancesim.validation.oracles import _loops
from alliancesim.validation.oracles._setting import parameters
from alliancesim.validation.rows import Row, mean, share, within

__all__ = ["challenge", "demands", "resistance"]

_GRID = 20001
_STEP = "the grid's step: the best demand of all lies within one of the best on the grid"


def _odds(base: float, change: float) -> float:
    return base * math.exp(change) / (1.0 - base + base * math.exp(change))


def challenge(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on how often an opportunity is taken, as prospects change or not."""
    theta = parameters()
    scale, base, bound = theta.challenge_scale, theta.challenge_base, theta.challenge_bound
    cases = [("nothing changed", 0.0), ("prospects down 0.1", -0.1), ("up beyond the bound", 0.9)]
    for what, change in cases:
        hits = _loops.yes(np.uint64(seed), draws, chance.CHALLENGE, change, 0.0, scale, base, bound)
        exact = _odds(float(base), min(change / scale, bound))
        yield share("challenge", f"opportunity taken, {what}", hits, draws, exact)


def resistance(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on how often a challenge is resisted."""
    theta = parameters()
    scale, base = theta.resistance_scale, theta.resistance_base
    for what, win in (("nothing changed", 0.5), ("challenger likelier to win", 0.7)):
        hits = _loops.yes(np.uint64(seed), draws, chance.RESISTANCE, win, 0.5, scale, base, 0.0)
        exact = _odds(float(base), (0.5 - win) / scale)
        yield share("resistance", f"challenge resisted, {what}", hits, draws, exact)


def _earned(asked: float, cost: float, win: float, bound: float) -> float:
    """Return what a demand earns in the mean: accepted or, below the drawn cost, war."""
    refused = asked / bound
    return (1.0 - refused) * (win + asked) + refused * (win - cost)


def demands(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on the best demand when the target's cost is uniform, and how it fares."""
    bound = float(parameters().cost_bound)
    for cost, win in ((0.1, 0.6), (0.2, 0.5), (0.05, 0.93), (0.35, 0.6)):
        where = f"cost {cost:g}, p {win:g}"
        most = min(bound, 1.0 - win)
        grid = np.linspace(0.0, most, _GRID)
        best = float(grid[np.argmax([_earned(z, cost, win, bound) for z in grid])])
        asked = demand(cost, win, bound)
        yield within("demand", f"best demand, {where}", asked, best, most / (_GRID - 1), _STEP)
        earned, refused = _loops.payoffs(np.uint64(seed), draws, cost, win, bound)
        yield share("demand", f"demand refused, {where}", refused, draws, best / bound)
        if war_risk(asked, bound) > 0.0:
            exact = _earned(best, cost, win, bound)
            yield mean("demand", f"what it earns, {where}", earned, exact)
