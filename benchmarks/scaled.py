"""The generic world of the validation, cut to a size: so many states, months, arms and treaties."""

from __future__ import annotations

from itertools import combinations

import attrs

from alliancesim.law import Treaty
from alliancesim.scenario import Arm, Scenario
from alliancesim.validation.generic import generic

__all__ = ["MOST_STATES", "scaled"]

MOST_STATES = 41
"""How many states the generic world has."""
_PACT = (
    "PACT-COND",
    "PACT-UNCOND",
)  # the same pact of the states in focus, with and without a clause


def scaled(states: int = 16, months: int = 120, arms: int = 3, treaties: int = 6) -> Scenario:
    """Return the generic world with so many of everything, the states in focus among them.

    Parameters
    ----------
    states : int
        6 to `MOST_STATES`: those in focus, then members of standing pacts, then the others.
    months : int
        How long a world is played.
    arms : int
        2 or more: without the pact, with it in either form, then the same again with other names.
    treaties : int
        2 or more: the pact's two forms, then standing pacts of two members.
    """
    whole = generic()
    kept = _states(whole, states)
    named = [whole.treaty(pact) for pact in _PACT]
    standing = _standing(whole, kept, treaties - len(named))
    return attrs.evolve(
        whole,
        name="scaled",
        horizon_months=months,
        states=tuple(state for state in whole.states if state.id in kept),
        pairs=tuple(pair for pair in whole.pairs if pair.a in kept and pair.b in kept),
        treaties=(*named, *standing),
        standing=tuple(treaty.id for treaty in standing),
        arms=tuple(_arm(number) for number in range(arms)),
    )


def _states(whole: Scenario, count: int) -> set[str]:
    members = [state for pact in whole.standing for state in whole.treaty(pact).members]
    everyone = [*whole.focus, *members, *(state.id for state in whole.states)]
    return set(list(dict.fromkeys(everyone))[:count])


def _standing(whole: Scenario, kept: set[str], count: int) -> list[Treaty]:
    """Return pacts between two states that are no rivals, as many as are asked for."""
    model = whole.treaty("PACT-B1")
    rivals = {(pair.a, pair.b) for pair in whole.pairs if pair.rivalry != "none"}
    friends = [both for both in combinations(sorted(kept), 2) if both not in rivals]
    if count > len(friends):
        raise ValueError(f"{count} standing pacts among {len(kept)} states")
    spread = friends[:: max(1, len(friends) // max(count, 1))][:count]
    return [
        attrs.evolve(model, id=f"PACT-{number}", code=500 + number, parties=both)
        for number, both in enumerate(spread)
    ]


def _arm(number: int) -> Arm:
    if number == 0:
        return Arm("reference", "The standing pacts alone")
    pact = _PACT[(number - 1) % len(_PACT)]
    return Arm(f"pact-{number}", f"With the pact, {pact}", (pact,))
