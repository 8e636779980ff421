"""What is asked of a run: scenario, arms and numbers, refused before any work starts."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = [
    "LARGEST_SEED",
    "MOST_WORLDS",
    "arms_of",
    "scenario_of",
    "seeding_of",
    "speed_of",
    "whole",
]

LARGEST_SEED = 2**64 - 1
"""The seed is the 64-bit key of every draw."""
MOST_WORLDS = 2**48 - 1
"""A world's number has 48 bits in the address of every draw."""


def scenario_of(given: Scenario | str | Path) -> Scenario:
    """Return a scenario, or that of a name in the catalogue or of a file."""
    from alliancesim.scenario import Scenario, load

    if isinstance(given, Scenario):
        return given
    if isinstance(given, (str, Path)):
        return load(given)
    raise InvalidInput(
        f"{type(given).__name__} is not a scenario",
        where="scenario",
        allowed="a Scenario, a name in the catalogue, or a file",
    )


def arms_of(scenario: Scenario, given: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of arms to compare: two or more, all by default."""
    known = tuple(arm.name for arm in scenario.arms)
    names = (
        scenario.arms_by_default
        if given is None
        else (given,)
        if isinstance(given, str)
        else tuple(given)
    )
    for name in names:
        if name not in known:
            raise InvalidInput(f"no arm {name!r}", where="arms", allowed=", ".join(known))
    if len(set(names)) != len(names):
        raise InvalidInput("an arm is named twice", where="arms", allowed="each arm once")
    if len(names) < 2:
        raise InvalidInput(
            f"{len(names)} to compare",
            where="arms",
            allowed=f"two or more of {', '.join(known)}",
        )
    return names


def seeding_of(seed: int, worlds_per_draw: int, priors: bool) -> dict[str, Any]:
    """Return what decides the draws of a run, by the names that an engine takes."""
    return {
        "seed": whole("seed", seed, 0, LARGEST_SEED),
        "worlds_per_draw": whole("worlds_per_draw", worlds_per_draw, 1, MOST_WORLDS),
        "priors": bool(priors),
    }


def speed_of(threads: int | None, chunk: int) -> dict[str, Any]:
    """Return what decides the speed of a run alone."""
    return {
        "threads": None if threads is None else whole("threads", threads, 1, 1024),
        "chunk": whole("chunk", chunk, 1, MOST_WORLDS),
    }


def whole(name: str, value: object, low: int, high: int) -> int:
    """Return a whole number in a range, refused by its name if it is none."""
    allowed = f"a whole number from {low} to {high}"
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise InvalidInput(f"{value!r}", where=name, allowed=allowed) from None
    if isinstance(value, bool) or not low <= number <= high:
        raise InvalidInput(f"{value!r}", where=name, allowed=allowed)
    return number
