"""Benefits: what a state holds, and how they move."""

from __future__ import annotations

import numpy as np

from alliancesim._compile import compilable
from alliancesim.engine.kernel.workspace import PRESENT
from alliancesim.rules.aftermath import moved_given

__all__ = ["NO", "YES", "holdings", "shift_benefits"]

YES, NO = np.bool_(True), np.bool_(False)  # typed: a literal would be compiled for each value


@compilable
def holdings(i, stake):
    """Benefits that state i holds, weighted by its stakes, in code order."""
    total = 0.0
    for j in range(len(stake)):
        total += stake[i, j].stake * stake[i, j].q
    return total


@compilable
def shift_benefits(winner, loser, by_war, theta, workspace):
    """Shift benefits from loser to winner, and update what both hold."""
    stake = workspace.stake
    held = stake[loser, winner].q
    stake[loser, winner].q = held - moved_given(held, by_war, theta)
    stake[winner, loser].q = 1.0 - stake[loser, winner].q
    workspace.state[PRESENT, winner].benefits = holdings(winner, stake)
    workspace.state[PRESENT, loser].benefits = holdings(loser, stake)
