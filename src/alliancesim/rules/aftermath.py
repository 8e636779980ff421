"""What is left after: benefits, recovery, and what a state has gained or lost."""

from __future__ import annotations

from alliancesim._compile import compiled
from alliancesim.rules.basics import clip

__all__ = ["moved", "recovered", "welfare_of_month"]


@compiled
def moved(held_by_loser, step):
    """Benefits that move to the winner: the step, or all the loser holds if that is less."""
    return clip(step, 0.0, held_by_loser)


@compiled
def recovered(now, before, share):
    """Value a year later that returns toward what it was by a share of the gap."""
    return now + share * (before - now)


@compiled
def welfare_of_month(benefits, loss, burden_change, paid, weight_loss, weight_burden):
    """Welfare of one month, in stakes per year at the month's rate.

    Parameters
    ----------
    benefits : float
        Σ_j stake_ij · q_ij, in [0, 1].
    loss : float
        Share of initial forces lost in the month.
    burden_change : float
        Military burden less that of the start, percent of GDP.
    paid : float
        Audience costs paid in the month, stakes.
    weight_loss : float
        Stakes per share of forces.
    weight_burden : float
        Stakes per percent of GDP.
    """
    return benefits - 12.0 * (weight_loss * loss + paid) - weight_burden * burden_change
