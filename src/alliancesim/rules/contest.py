"""Who wins a fight, and how often is it left undecided?"""

from __future__ import annotations

import math

from alliancesim._compile import compilable
from alliancesim.rules.basics import logistic

__all__ = [
    "DRAWN",
    "LOST",
    "WON",
    "draw_chance",
    "outcome",
    "outcome_given",
    "win_chance",
    "win_chance_given",
]

LOST, DRAWN, WON = -1, 0, 1


@compilable
def win_chance(challenger, defender, advantage, decisiveness):
    """Chance that the challenger wins if the fight is decided.

    logit p = a + m · ln(S_C / S_D).

    Parameters
    ----------
    challenger, defender : float
        Strengths of the two sides, at least 0; a side without strength loses, two such sides
        are equals.
    advantage : float
        a, log-odds.
    decisiveness : float
        m, log-odds per log ratio.
    """
    if challenger <= 0.0 and defender <= 0.0:
        return logistic(advantage)
    if challenger <= 0.0:
        return 0.0
    if defender <= 0.0:
        return 1.0
    return logistic(advantage + decisiveness * math.log(challenger / defender))


@compilable
def draw_chance(p, weight):
    """Chance that the fight is left undecided, ν √(p(1-p)) / (1 + ν √(p(1-p))).

    Parameters
    ----------
    p : float
        Chance that the challenger wins if it is decided, in [0, 1].
    weight : float
        ν, at least 0.

    References
    ----------
    Davidson (1970), "On extending the Bradley-Terry model to accommodate ties".
    """
    tie = weight * math.sqrt(p * (1.0 - p))
    return tie / (1.0 + tie)


@compilable
def outcome(p, weight, random_draw):
    """Outcome for the challenger: WON (1), DRAWN (0) or LOST (-1), by a draw uniform on (0, 1)."""
    decided = 1.0 - draw_chance(p, weight)
    if random_draw < decided * p:
        return WON
    return LOST if random_draw > 1.0 - decided * (1.0 - p) else DRAWN


@compilable
def win_chance_given(challenger, defender, theta):
    """Chance that the challenger wins if the fight is decided; see `win_chance`."""
    return win_chance(challenger, defender, theta.initiator_advantage, theta.decisiveness)


@compilable
def outcome_given(p, random_draw, theta):
    """Outcome for the challenger; see `outcome`."""
    return outcome(p, theta.draw_weight, random_draw)
