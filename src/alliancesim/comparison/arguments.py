"""Check the scenario and the arms of a run before any work starts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alliancesim.data.names import known_name
from alliancesim.errors import InvalidInput
from alliancesim.scenario import Scenario, load

__all__ = ["arms_of", "scenario_of"]


def scenario_of(given: Scenario | str | Path) -> Scenario:
    """Return a scenario, or that of a name in the catalogue or of a file."""
    return given if isinstance(given, Scenario) else load(given)


def arms_of(scenario: Scenario, given: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of arms to compare: two or more, by default those of the scenario."""
    known = tuple(arm.name for arm in scenario.arms)
    chosen = scenario.arms_by_default if given is None else given
    names = (chosen,) if isinstance(chosen, str) else tuple(chosen)
    for name in names:
        known_name(name, known, what="arm", where="arms")
    if len(set(names)) != len(names):
        raise InvalidInput("an arm is named twice", where="arms", allowed="each arm once")
    if len(names) < 2:
        raise InvalidInput(
            f"{len(names)} to compare",
            where="arms",
            allowed=f"two or more of {', '.join(known)}",
        )
    return names
