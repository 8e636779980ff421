"""Is the challenge resisted, and does it come to war?

The first road to war is private information: the challenger demands without knowing the
target's cost of war, and a refused demand must be fought for or given up.
"""

from __future__ import annotations

import math

from alliancesim._compile import compilable
from alliancesim.rules.basics import clip, logistic, logit

__all__ = ["coalition_cost", "demand", "fights", "resistance_chance", "war_risk"]


@compilable
def resistance_chance(win, win_reference, scale, base):
    """Chance that the target resists: σ(logit(base) + (p̂⁰ - p̂) / s_R).

    Parameters
    ----------
    win, win_reference : float
        The challenger's chance to win now, and in the reference arm at the start.
    scale : float
        s_R, above 0.
    base : float
        Share of disputes resisted.
    """
    return logistic(logit(base) + (win_reference - win) / scale)


@compilable
def coalition_cost(coalition, target, weight):
    """Costs that the coalition now visible adds to the challenger's cost: κ_coal · ln(S_D / S_t).

    Parameters
    ----------
    coalition, target : float
        Strength of the target with its visible helpers, and alone.
    weight : float
        κ_coal, shares of the stake per log ratio.
    """
    if coalition <= target or target <= 0.0:
        return 0.0
    return weight * math.log(coalition / target)


@compilable
def demand(cost, win, bound):
    """Best demand of the challenger, z = clip((κ̄ - κ_c) / 2, 0, 1 - p).

    The target's cost of war is uniform on (0, κ̄) to the challenger's knowledge.

    References
    ----------
    Fearon (1995), "Rationalist explanations for war"; Powell (1999).
    """
    return clip((bound - cost) / 2.0, 0.0, 1.0 - win)


@compilable
def war_risk(demanded, bound):
    """Chance that the demand is refused: r = z / κ̄."""
    return demanded / bound


@compilable
def fights(win, cost, benefits, audience):
    """Whether a refused challenger fights: p - κ_c > q - α, with α its audience cost."""
    return win - cost > benefits - audience
