"""What is a contribution worth? The same scenario in which a member brings a median share of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Literal, get_args

import attrs

from alliancesim.data.names import known_name
from alliancesim.data.quantity import Quantity
from alliancesim.errors import InvalidInput
from alliancesim.scenario import Scenario

__all__ = ["KINDS", "LEVELS", "Contribution", "Level", "contributions", "levelled"]

Level = Literal["median", "others"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""What a contribution is set to: the median of all members, or of those but the one it is of."""

KINDS: dict[str, tuple[str, ...]] = {
    "money": ("gdp",),
    "deterrent": ("nuclear_warheads",),
    "missiles": ("missile_class",),
    "manpower": ("active_personnel",),
    "materiel": ("military_expenditure",),
    "forces": ("active_personnel", "military_expenditure"),
    "experience": ("experience",),
    "industry": ("arms_industry",),
}
"""Which figures of a state each contribution is; beliefs in its cover go with its warheads."""

_SAID_TO_BRING = {
    "SAU": ("money",),
    "PAK": ("deterrent", "missiles", "manpower"),
    "TUR": ("forces", "experience", "industry"),
}
"""What these are commonly said to bring to a common pact."""
_ALL = tuple(kind for kind in KINDS if kind != "forces")


@attrs.frozen
class Contribution:
    """Something that a member brings.

    Parameters
    ----------
    state : str
        The member.
    kind : str
        A key of `KINDS`.
    """

    state: str
    kind: str

    def __str__(self) -> str:
        return f"{self.state}: {self.kind}"


def contributions(
    members: Sequence[str], given: Mapping[str, Sequence[str]] | None
) -> tuple[Contribution, ...]:
    """Return what is to be valued, by default what members are commonly said to bring, or all.

    Raises
    ------
    InvalidInput
        If a state is no member, or there is no such kind.
    """
    asked = {m: _SAID_TO_BRING.get(m, _ALL) for m in members} if given is None else given
    found = []
    for state, kinds in asked.items():
        if state not in members:
            problem, allowed = f"{state!r} is no member", ", ".join(members)
            raise InvalidInput(problem, where="contributions", allowed=allowed)
        for kind in (kinds,) if isinstance(kinds, str) else kinds:
            known_name(kind, KINDS, what="contribution", where=f"contributions: {state}")
            found.append(Contribution(state, kind))
    return tuple(found)


def levelled(
    scenario: Scenario, what: Contribution, members: Sequence[str], level: Level
) -> tuple[Scenario, str]:
    """Return the scenario with one contribution at the members' median, and what that is in words.

    A figure that is set so loses its prior; one that is at the median already is left alone.
    Where warheads become none, beliefs in their cover go with them.

    Parameters
    ----------
    scenario : Scenario
    what : Contribution
    members : sequence of str
        Of whom the median is taken, over their central figures.
    level : {"median", "others"}
        Whether the member that brings it counts among them.

    Returns
    -------
    scenario : Scenario
        The same object if nothing changes.
    words : str
        Such as ``gdp 1100.7 → 840.15 USD bn``.
    """
    state, words = scenario.state(what.state), []
    changed: dict[str, Any] = {}
    among = [m for m in members if level == "median" or m != what.state]
    for name in KINDS[what.kind]:
        figure: Quantity = getattr(state, name)
        value = float(median(getattr(scenario.state(m), name).value for m in among))
        value = float(math.floor(value)) if name == "nuclear_warheads" else value
        if value == figure.value:
            continue
        words.append(f"{name} {figure.value:g} → {value:g} {figure.unit}")
        source = f"supposed: {what} at the median of {', '.join(among)}"
        changed[name] = Quantity(value, figure.unit, figure.year, source, "derived")
    if not changed:
        return scenario, "is the median"
    put = attrs.evolve(state, **changed)
    states = tuple(put if each.id == what.state else each for each in scenario.states)
    kept = scenario.umbrellas
    if put.nuclear_warheads.value == 0:
        kept = tuple(each for each in kept if each.patron != what.state)
    return attrs.evolve(scenario, states=states, umbrellas=kept), ", ".join(words)
