"""Whole worlds: what happens, against the chances of it summed along the way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from alliancesim.arrays.board import board
from alliancesim.engine.play import play
from alliancesim.scenario import load
from alliancesim.validation.oracles._setting import parameters
from alliancesim.validation.rows import Row, mean, share, sizes

__all__ = ["readings", "worlds"]


def worlds(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on worlds of the shipped scenario, in its reference arm and its last.

    Counts less their conditional expectations are a martingale, so their mean is 0; and of the
    disputes that end without a refused demand a fixed share ends in a concession.
    """
    scenario = load("smda")
    arms = [scenario.reference, scenario.arms_by_default[-1]]
    tally = play(scenario, arms, worlds=max(64, draws // 1000), seed=seed, priors=False)
    for column, arm in enumerate(arms):
        row = tally.world[:, column]
        for what in ("disputes", "wars", "member_disputes_on"):
            words = what.replace("_", " ")
            gap = row[what] - row[f"{what}_expected"]
            yield mean("worlds", f"{words} less expected, {arm}", gap, 0.0)
        chances = int((row["disputes"] - row["crises"]).sum())
        given = parameters().concession_chance
        what = f"concessions of disputes without a crisis, {arm}"
        yield share("worlds", what, row["conceded"].sum(), chances, given)


def readings(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on how often each unknown clause is read in each way."""
    compiled = board(load("smda"))
    drawn = compiled.draws(seed, 0, max(500, draws // 500)).reading
    seen = set()
    for k, (treaty, block) in enumerate(zip(compiled.treaties, compiled.blocks, strict=True)):
        weights = np.asarray(block.weights)
        if len(weights) > 1 and treaty.id not in seen:
            seen.add(treaty.id)
            counts = np.bincount(drawn[:, k], minlength=len(weights))
            what = f"chi-square, {len(weights)} readings of {treaty.id}"
            yield sizes("readings", what, counts, weights / weights.sum() * len(drawn))
