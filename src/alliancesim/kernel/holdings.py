"""Benefits: what a state holds, and how they move."""

from __future__ import annotations

from alliancesim._compile import compiled
from alliancesim.kernel.layout import PRESENT
from alliancesim.rules.aftermath import moved

__all__ = ["holdings", "transfer"]


@compiled
def holdings(i, link):
    """Benefits that state i holds, weighted by its stakes, in code order."""
    total = 0.0
    for j in range(len(link)):
        total += link[i, j].stake * link[i, j].q
    return total


@compiled
def transfer(winner, loser, step, desk):
    """Move benefits, and reckon anew what both hold."""
    held = desk.link[loser, winner].q
    desk.link[loser, winner].q = held - moved(held, step)
    desk.link[winner, loser].q = 1.0 - desk.link[loser, winner].q
    desk.state[PRESENT, winner].benefits = holdings(winner, desk.link)
    desk.state[PRESENT, loser].benefits = holdings(loser, desk.link)
