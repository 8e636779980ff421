"""The agents' world and the engine's are one: a check on any scenario."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from alliancesim.data.arguments import checked
from alliancesim.scenario import Scenario

__all__ = ["assert_twin"]


@checked
def assert_twin(
    scenario: Scenario,
    arms: Sequence[str] | None = None,
    *,
    worlds: int = 2,
    seed: int = 0,
    first_world: int = 0,
    priors: bool = True,
) -> None:
    """Play a scenario with agents and with the engine, and compare every bit of the outcomes.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    arms : sequence of str, optional
        Which arms; by default all.
    worlds : int
        How many worlds; agents play some ten a second.
    seed, first_world, priors
        As in `alliancesim.compare`.

    Raises
    ------
    AssertionError
        When the outcomes differ; names the first field that does, and the world and arm.
    """
    from alliancesim import agents
    from alliancesim.engine import play as engine

    how = {"worlds": worlds, "seed": seed, "first_world": first_world, "priors": priors}
    fast = engine.play(scenario, arms, threads=1, **how)  # type: ignore[arg-type]
    slow = agents.play(scenario, arms, **how)  # type: ignore[arg-type]
    for name in ("world", "focus", "adversary"):
        one, two = getattr(fast, name), getattr(slow, name)
        for field in one.dtype.names:
            differs = np.argwhere(~same(one[field], two[field]))
            if len(differs):
                world, arm = differs[0][:2]
                raise AssertionError(
                    f"{field} differs in world {first_world + world}, arm {fast.arms[arm]}: "
                    f"engine {one[field][tuple(differs[0])]}, "
                    f"agents {two[field][tuple(differs[0])]}"
                )
    if fast.digest != slow.digest:
        raise AssertionError("the digests of engine and agents differ")


def same(one: np.ndarray, two: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """Return where two arrays hold the same number; a missing one is the same as another."""
    return np.asarray((one == two) | (np.isnan(one) & np.isnan(two)))
