"""Which world to read: a typical one, one in which two arms differ, or one with an event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from alliancesim.comparison import runner
from alliancesim.comparison.result import Comparison
from alliancesim.comparison.worlds_that_differ import worlds_that_differ
from alliancesim.data.arguments import checked
from alliancesim.data.names import known_name
from alliancesim.errors import InvalidInput
from alliancesim.outcomes.metrics import METRICS
from alliancesim.scenario import RunOptions
from alliancesim.scenario.run_options import WORLDS_PER_DRAW

if TYPE_CHECKING:
    from alliancesim.outcomes import Tally
    from alliancesim.scenario import Scenario

__all__ = ["FoundWorld", "find_world"]

LOOKED_AT = 256
"""Worlds among which a typical or an instructive one is chosen."""
MOST = 20_480
"""Worlds that are searched at most for what seldom occurs."""
_BLOCK = 512
TYPICAL = (
    *("disputes", "wars", "focus_disputes_on", "focus_wars_on", "focus_wars_principal"),
    *("focus_wars_involving", "calls", "answered_force"),
)
"""Counts by which a world is typical: nearest to their means, each in standard deviations."""
INSTRUCTIVE = (
    "focus_wars_principal",
    "focus_wars_involving",
    "wars",
    "focus_disputes_on",
    "disputes",
)
"""Counts by which a world is instructive; the first in which any world differs decides."""
_WORDS = re.compile(
    r"(?:first\s+)?(?P<what>war|dispute|nuclear signal)"
    r"(?:\s+(?:of|by)\s+(?P<by>\S+))?(?:\s+on\s+(?P<on>\S+))?"
)
ALLOWED = (
    "typical; instructive, with two arms; or such as 'first war', 'first war on SAU', "
    "'first dispute of IRN on SAU', 'first nuclear signal'"
)


@attrs.frozen
class FoundWorld:
    """A world's number, and why it is the one.

    Parameters
    ----------
    world : int
        Its number, as `alliancesim.replay` takes it.
    why : str
        A sentence.
    """

    world: int
    why: str


@checked
def find_world(
    scenario: Scenario,
    arm: str,
    what: str | None = None,
    against: str | None = None,
    *,
    seed: int = 0,
    worlds_per_draw: int = WORLDS_PER_DRAW,
    priors: bool = True,
) -> FoundWorld:
    """Return a world worth reading, and why.

    Parameters
    ----------
    scenario : Scenario
    arm : str
        The arm in which it is looked for.
    what : str, optional
        ``"typical"``: of the first 256 worlds, that whose counts of disputes, wars and calls lie
        nearest to their means. ``"instructive"``: of the first 256, one in which the two arms
        differ in the direction in which they differ on average, and in which least else differs.
        Or what is to occur in it, such as ``"first war on SAU"`` or ``"first dispute of IRN on
        SAU"``: the world of lowest number in which it does. By default instructive where `against`
        is given, else typical.
    against : str, optional
        The arm compared with.
    seed, worlds_per_draw, priors
        See `alliancesim.compare`.

    Returns
    -------
    FoundWorld

    Raises
    ------
    InvalidInput
        If there is no such arm or state, the words are others, or nothing of the kind occurs in
        20,480 worlds.
    """
    known = [each.name for each in scenario.arms]
    known_name(arm, known, what="arm", where="arm")
    if against is not None:
        known_name(against, known, what="arm", where="against")
        if against == arm:
            raise InvalidInput("the same arm twice", where="against", allowed="another arm")
    run: dict[str, Any] = {"seed": seed, "worlds_per_draw": worlds_per_draw, "priors": priors}
    chosen = " ".join((what or ("instructive" if against else "typical")).split())
    if chosen == "typical":
        return _typical(_played(scenario, (arm,), 0, LOOKED_AT, run))
    if chosen == "instructive":
        if against is None:
            raise InvalidInput("one arm", where="against", allowed="an arm to differ from")
        return _instructive(scenario, arm, against, run)
    return _occurring(scenario, arm, chosen, run)


def _played(
    scenario: Scenario, arms: tuple[str, ...], first: int, worlds: int, run: dict[str, Any]
) -> Tally:
    return runner.play(scenario, arms, RunOptions(worlds=worlds, first_world=first, **run))


def _typical(tally: Tally) -> FoundWorld:
    distance = np.zeros(tally.worlds)
    for metric in TYPICAL:
        values = np.asarray(tally.values(metric)[:, 0], float)
        if values.std() > 0.0:
            distance += ((values - values.mean()) / values.std()) ** 2
    world = tally.first_world + int(distance.argmin())
    return FoundWorld(
        world,
        f"World {world}, the most typical of worlds 0 to {tally.worlds - 1}: its disputes, wars "
        "and calls lie nearest to the mean.",
    )


def _instructive(scenario: Scenario, arm: str, against: str, run: dict[str, Any]) -> FoundWorld:
    tally = _played(scenario, (against, arm), 0, LOOKED_AT, run)
    compared = Comparison(scenario, tally, tally.worlds, runner.made_with())
    for metric in INSTRUCTIVE:
        found = worlds_that_differ(compared, metric, (arm, against), None)
        values = tally.values(metric)
        mean = float(np.mean(values[:, 1]) - np.mean(values[:, 0]))
        same_way = found[found["difference"] * mean > 0.0] if mean else found
        if len(same_way):
            world = int(same_way["world"].iloc[0])
            return FoundWorld(world, _why_instructive(world, metric, arm, against))
    raise InvalidInput(
        f"{arm} and {against} differ in none of {tally.worlds} worlds",
        where="against",
        allowed="another arm, or --world",
    )


def _why_instructive(world: int, metric: str, arm: str, against: str) -> str:
    label = METRICS[metric].label
    return (
        f"World {world}, an instructive one of worlds 0 to {LOOKED_AT - 1}: {label} "
        f"differ between {arm} and {against} as they do on average, and least else differs."
    )


def _occurring(scenario: Scenario, arm: str, words: str, run: dict[str, Any]) -> FoundWorld:
    match = _WORDS.fullmatch(words)
    if match is None or (match["what"] == "nuclear signal" and (match["by"] or match["on"])):
        raise InvalidInput(f"{words!r} cannot be looked for", where="find", allowed=ALLOWED)
    kind, by, on = match["what"], match["by"], match["on"]
    states = [state.id for state in scenario.states]
    for state in filter(None, (by, on)):
        known_name(state, states, what="state", where="find")
    wanted = [state for state in (on or by,) if state and state not in scenario.focus]
    followed = attrs.evolve(scenario, focus=(*scenario.focus, *wanted)) if wanted else scenario
    for first in range(0, MOST, _BLOCK):
        tally = _played(followed, (arm,), first, _BLOCK, run)
        places = np.flatnonzero(_counts(tally, kind, by, on))
        if len(places):
            world = first + int(places[0])
            return FoundWorld(world, f"World {world}, the first of {arm} with a {_named(match)}.")
    raise InvalidInput(
        f"no {_named(match)} in {MOST:,} worlds of {arm}", where="find", allowed="what occurs"
    )


def _counts(tally: Tally, kind: str, by: str | None, on: str | None) -> Any:
    """Return how often it occurs in each world."""
    if kind == "nuclear signal":
        return tally.values("nuclear_signals")[:, 0]
    if by and on:
        values = tally.values(f"adversary_{kind}s")[:, 0]
        return values[:, tally.focus_states.index(on), tally.states.index(by)]
    if by or on:
        return tally.values(f"{kind}s_{'on' if on else 'by'}", on or by)[:, 0]
    return tally.values(f"{kind}s")[:, 0]


def _named(match: re.Match[str]) -> str:
    by, on = match["by"], match["on"]
    return match["what"] + (f" of {by}" if by else "") + (f" on {on}" if on else "")
