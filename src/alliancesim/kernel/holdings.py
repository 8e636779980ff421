"""Benefits: what a state holds, and how they move."""

from __future__ import annotations

from alliancesim._compile import compiled
from alliancesim.rules.aftermath import moved

__all__ = ["holdings", "transfer"]


@compiled
def holdings(i, tie, bond):  # type: ignore[no-untyped-def]
    """Benefits that state i holds, weighted by its stakes, in code order."""
    total = 0.0
    for j in range(tie.shape[0]):
        total += tie[i, j].stake * bond[i, j].q
    return total


@compiled
def transfer(winner, loser, step, desk):  # type: ignore[no-untyped-def]
    """Move benefits, and reckon anew what both hold."""
    held = desk.bond[loser, winner].q
    desk.bond[loser, winner].q = held - moved(held, step)
    desk.bond[winner, loser].q = 1.0 - desk.bond[loser, winner].q
    desk.state[winner].benefits = holdings(winner, desk.tie, desk.bond)
    desk.state[loser].benefits = holdings(loser, desk.tie, desk.bond)
