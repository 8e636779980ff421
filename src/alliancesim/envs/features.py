"""A decision as numbers: what a learning program sees of an observation."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from alliancesim.data.arguments import checked
from alliancesim.levels import Level, Provocation, Rung
from alliancesim.scenario import Scenario
from alliancesim.seats import KINDS, Decision, Observation

__all__ = ["FEATURES", "LEVELS", "action_mask", "features", "option_of"]

LEVELS = len(Rung)
"""Number of actions: a level of the ladder each; of a yes or no, 0 and 1 are used."""

FEATURES = (
    *(f"kind_{kind}" for kind in KINDS),
    *("is_challenger", "is_target"),
    *(f"owed_{level}" for level in Level),
    *("win", "nuclear", "cover", "cost", "visible"),
    *("held", "provocation", "elapsed"),
    *("reputation", "free", "busy", "at_war"),
    *("reputation_challenger", "reputation_target", "nuclear_challenger", "nuclear_target"),
    *("strength_to_challenger", "strength_to_target", "challenger_to_target"),
)
"""Names of the features, all in [0, 1].

One ``kind_…`` is 1; ``owed_…`` are probabilities; ``cost`` is c / (1 + c) of the cost of war, and
0 where it is not known; ``held`` is 0 where the state is no principal; ``elapsed`` is the share of
the horizon; ``…_to_…`` are shares a / (a + b) of two strengths.
"""


@checked
def features(decision: Decision, scenario: Scenario) -> NDArray[np.float32]:
    """Return a decision as numbers, from its observation alone.

    Parameters
    ----------
    decision : Decision
    scenario : Scenario
        The one that is played.

    Returns
    -------
    array of float32, shape (features,)
        In the order of `FEATURES`.
    """
    seen = decision.observation
    values = {f"kind_{decision.kind}": 1.0, "elapsed": seen.month / scenario.horizon_months}
    values |= {f"owed_{level}": seen.owed[level] for level in Level}
    values |= {name: seen.own[name] for name in ("reputation", "free", "busy")}
    values["at_war"] = float(bool(seen.at_war_with))
    if seen.challenger:
        values |= _of_dispute(seen, scenario)
    found = np.array([values.get(name, 0.0) for name in FEATURES], np.float32)
    return np.clip(found, 0.0, 1.0)


def _of_dispute(seen: Observation, scenario: Scenario) -> dict[str, float]:
    challenger, target = seen.states[seen.challenger], seen.states[seen.target]
    own = seen.states[seen.state].strength
    case = next(each for each in scenario.circumstances if each.name == seen.circumstance)
    cost = max(0.0, seen.beliefs.get("cost", 0.0))
    return {
        **{name: value for name, value in seen.beliefs.items() if name != "cost"},
        "cost": cost / (1.0 + cost),
        "is_challenger": float(seen.state == seen.challenger),
        "is_target": float(seen.state == seen.target),
        "held": seen.held or 0.0,
        "provocation": Provocation[case.provocation.upper()].share,
        "reputation_challenger": challenger.reputation,
        "reputation_target": target.reputation,
        "nuclear_challenger": float(challenger.nuclear),
        "nuclear_target": float(target.nuclear),
        "strength_to_challenger": _share(own, challenger.strength),
        "strength_to_target": _share(own, target.strength),
        "challenger_to_target": _share(challenger.strength, target.strength),
    }


def _share(a: float, b: float) -> float:
    return a / (a + b) if a + b > 0.0 else 0.5


@checked
def action_mask(decision: Decision | None) -> NDArray[np.int8]:
    """Return which actions are options: 1 or 0 for each level, shape (levels,)."""
    mask = np.zeros(LEVELS, np.int8)
    if decision is not None:
        mask[list(decision.options)] = 1
    return mask


def option_of(decision: Decision, action: Any) -> int:
    """Return the option that an action stands for: itself, or the last where it is above it."""
    return min(int(action), decision.options[-1])
