"""Is the challenge resisted, and does it come to war?

The first road to war is private information: the challenger demands without knowing the
target's cost of war, and a refused demand must be fought for or given up.
"""

from __future__ import annotations

import math

from alliancesim._compile import compilable
from alliancesim.rules.basics import clip, logistic, logit

__all__ = [
    "audience_cost_given",
    "coalition_cost",
    "coalition_cost_given",
    "concession_chance_given",
    "demand",
    "fights",
    "fights_given",
    "resistance_chance",
    "resistance_chance_given",
    "war_risk",
    "war_risk_given",
]


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


@compilable
def resistance_chance_given(win, win_reference, theta):
    """Chance that the target resists; see `resistance_chance`."""
    return resistance_chance(
        win, win_reference, scale=theta.resistance_scale, base=theta.resistance_base
    )


@compilable
def coalition_cost_given(coalition, target, theta):
    """Costs that the coalition now visible adds; see `coalition_cost`."""
    return coalition_cost(coalition, target, theta.cost_coalition)


@compilable
def war_risk_given(cost, win, theta):
    """Chance that the best demand is refused, as far as information is private; see `war_risk`."""
    risk = war_risk(demand(cost, win, theta.cost_bound), theta.cost_bound)
    return risk * theta.information_road


@compilable
def fights_given(win, cost, benefits, theta):
    """Whether a refused challenger fights; see `fights`."""
    return fights(win, cost, benefits, theta.audience_cost)


@compilable
def audience_cost_given(stake, theta):
    """Welfare that a challenger pays to back down, in stakes: α times the stake."""
    return theta.audience_cost * stake


@compilable
def concession_chance_given(theta):
    """Chance that a challenger gains where it does not come to war."""
    return theta.concession_chance
