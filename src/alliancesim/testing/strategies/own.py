"""Attacks in a treaty's own words: the states, tags, days and places that it names itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from alliancesim.data.arguments import checked
from alliancesim.law import Attack, Level, Place, Treaty, duties
from alliancesim.testing.drafts.bench import Bench
from alliancesim.testing.drafts.draft import enacted
from alliancesim.testing.drafts.space import Axis, Space, changed, eves, space
from alliancesim.testing.drafts.vocabulary import vocabulary

__all__ = ["attacks_on"]

KEPT = 128
BRIEF = 150
OFTEN = ("aggressor", "victim", "place", "date", "tags", "kind")
"""Parts of an attack that are changed twice as often as the others."""


@checked
def attacks_on(
    treaty: Treaty, *, places: Iterable[Place] = (), brief: bool = False
) -> SearchStrategy[Attack]:
    """Return attacks that tell the clauses of a treaty apart.

    Most lie a few changes away from an attack in which something is owed, help before all else;
    the others are any. All speak the treaty's own words: its states and some that it does not
    name, its tags, its places and regions, and the days on which something about it changes.

    Parameters
    ----------
    treaty : Treaty
        The treaty.
    places : iterable of Place
        Places of the author's own.
    brief : bool
        Whether to search briefly for what obliges somebody: for treaties that are drawn too.
    """
    return near(*grounds(treaty, tuple(places), brief))


@lru_cache(maxsize=KEPT)
def grounds(
    treaty: Treaty, places: tuple[Place, ...], brief: bool
) -> tuple[Space, tuple[Attack, ...], tuple[Attack, ...]]:
    """Return all attacks, those in which help is owed, and those in which another duty is."""
    alive = enacted(treaty)
    days = (*eves(vocabulary(alive).days),)
    wide = space(alive, alive.obligations, places=places, days=days, every_state=True)
    axes: dict[str, Axis] = {**wide.axes, "date": ({"date": None}, *wide.axes["date"])}
    helping: list[Attack] = []
    others: list[Attack] = []
    for obligation in alive.obligations:
        bench = Bench(alive, obligation, duties, places=places, most=BRIEF if brief else None)
        found = (bench.fullest.attack, *(() if brief else bench.witnesses))
        for attack in found:
            (helping if assists(alive, attack) else others).append(attack)
    return attrs.evolve(wide, axes=axes), tuple(helping), tuple(others)


def assists(treaty: Treaty, attack: Attack) -> bool:
    """Tell whether an attack obliges somebody to more than consultation."""
    owed = (duty for read in duties(treaty, attack) for duty in read.duties if duty.owed)
    return any(duty.level > Level.CONSULT for duty in owed)


@st.composite
def near(
    draw: DrawFn, where: Space, helping: tuple[Attack, ...], others: tuple[Attack, ...]
) -> Attack:
    """Draw an attack a few changes away from one in which something is owed, or any."""
    known = helping or others or (where.start,)
    kind = draw(st.integers(0, 7))
    start = draw(st.sampled_from(others if kind == 6 and others else known))
    some = st.lists(st.sampled_from((*OFTEN, *where.axes)), max_size=2)
    for name in draw(some) if kind < 7 else where.axes:
        start = changed(start, [draw(st.sampled_from(where.axes[name]))]) or start
    return start
