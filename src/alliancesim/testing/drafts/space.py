"""The attacks that can make a difference to a treaty, axis by axis, in the treaty's own words."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from typing import Any, Literal, get_args, get_origin

import attrs

from alliancesim.errors import InvalidInput
from alliancesim.law import Attack, Obligation, Place, Tenure, Treaty, members_on
from alliancesim.law.places import Position, atlas, home_regions
from alliancesim.testing.drafts.vocabulary import Vocabulary, fields_within, vocabulary

__all__ = ["GROUP", "NEWCOMER", "STRANGER", "Axis", "Space", "busiest", "space"]

STRANGER = "ZZZ"
"""The id of a state that the treaty does not name."""

NEWCOMER = "YYY"
"""The id of a state that joins later."""

ALSO = "WWW"
"""The id of another such state, which attacks together with it."""

GROUP = "a group"
STRUCK = (None, "territory", "forces")
LONG = dt.timedelta(days=1000)

Change = dict[str, Any] | Callable[[Attack], dict[str, Any]]
Axis = tuple[Change, ...]

BLOCKS = (
    ("victim", "place", "target"),
    ("aggressor", "tags", "kind"),
    ("victim", "aggressor"),
    ("victim", "date"),
    ("kind", "place", "target"),
)
"""Axes that clauses ask about together."""

PAIRS = (
    ("victim", "place"),
    ("place", "target"),
    ("aggressor", "tags"),
    ("kind", "tags"),
    ("victim", "date"),
    ("place", "date"),
)
"""Axes on which an attack and its neighbours may differ together."""


@attrs.frozen(kw_only=True)
class Space:
    """The values that each part of an attack may take.

    Attributes
    ----------
    start : Attack
        The plainest attack.
    axes : dict of str to tuple
        By name, the changes that lead to each value.
    states : frozenset of str
        The states that may be attacked.
    """

    start: Attack
    axes: dict[str, Axis]
    states: frozenset[str] = frozenset()

    def without(self, *names: str) -> Space:
        """Return the attacks in which some parts stay as they are."""
        kept = {name: axis for name, axis in self.axes.items() if name not in names}
        return attrs.evolve(self, axes=kept)

    def moves(self, attack: Attack, *names: str) -> Iterator[Attack]:
        """Yield the attacks that differ in some parts only."""
        for changes in product(*(self.axes[name] for name in names if name in self.axes)):
            moved = changed(attack, changes)
            if moved is not None and moved != attack:
                yield moved

    def neighbours(self, attack: Attack) -> Iterator[Attack]:
        """Yield the attacks that differ in one part, then those that differ in two."""
        for name in self.axes:
            yield from self.moves(attack, name)
        for pair in PAIRS:
            yield from self.moves(attack, *pair)


def changed(attack: Attack, changes: Iterable[Change]) -> Attack | None:
    """Return an attack after some changes, or None where no such attack can be."""
    fields: dict[str, Any] = {}
    for change in changes:
        if callable(change):
            fields |= change(_Seen(attack, fields))  # type: ignore[arg-type]
        else:
            fields |= change
    try:
        return attrs.evolve(attack, **fields)
    except InvalidInput:
        return None


class _Seen:
    """An attack as it will be after the changes so far."""

    def __init__(self, attack: Attack, fields: dict[str, Any]) -> None:
        self.attack, self.fields = attack, fields

    def __getattr__(self, name: str) -> Any:
        return self.fields[name] if name in self.fields else getattr(self.attack, name)


def space(
    treaty: Treaty,
    parts: Iterable[Obligation],
    *,
    places: Iterable[Place] = (),
    days: Iterable[dt.date] = (),
    every_state: bool = False,
) -> Space:
    """Return the attacks that can make a difference to some obligations of a treaty.

    Parameters
    ----------
    treaty : Treaty
        The treaty.
    parts : iterable of Obligation
        Its obligations, or some of them.
    places : iterable of Place
        Places of the author's own.
    days : iterable of date
        Further days to ask about.
    every_state : bool
        Whether all states are asked about, and not one for each way of being named.
    """
    parts = tuple(parts)
    words = vocabulary(*parts)
    ruled = any(part.rule is not None for part in parts)
    states = treaty.concerned if every_state or ruled else representatives(treaty, words)
    others = tuple(dict.fromkeys((*states, *words.named, STRANGER)))
    asked = sorted({busiest(treaty), *eves(words.days), *days} - {None})  # type: ignore[type-var]
    axes: dict[str, Axis] = {
        "victim": tuple({"victim": one} for one in others),
        "aggressor": tuple(aggressors(dict.fromkeys((STRANGER, *others)), words)),
        "date": tuple({"date": day} for day in asked or [None]),
        "place": (*({"place": p} for p in get_args(Position)), *holds(treaty, words, places)),
        "tags": tags(words),
        "co_attackers": tuple({"co_attackers": one} for one in ((), *alone(words.foes), (ALSO,))),
        "co_victims": tuple({"co_victims": one} for one in ((), *alone(states[:2]))),
        "organ": tuple(organs(treaty)),
        "force_consents": ({"force_consents": ()}, {"force_consents": treaty.members}),
        "until": ({"until": None}, lasting),
    }
    if not ruled:
        axes["target"] = tuple({"target": one} for one in (*STRUCK, *words.targets))
    for name, values in simple_axes().items():
        axes.setdefault(name, tuple({name: value} for value in values))
    first = states[0] if states[0] != STRANGER else states[1]
    start = Attack(attacker=STRANGER, victim=first, date=busiest(treaty))
    return Space(start=start, axes=axes, states=frozenset(others))


def alone(states: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield each state by itself."""
    return ((state,) for state in states)


def organs(treaty: Treaty) -> Iterator[Change]:
    """Yield what the organ may decide, as one word or party by party."""
    yield from ({"consent": one, "consents": None} for one in (None, True, False))
    yield from ({"consent": None, "consents": one} for one in ((), treaty.members))


def lasting(attack: Attack) -> dict[str, Any]:
    """Return an attack that goes on for some time, where it has a day."""
    return {"until": attack.date + LONG} if attack.date else {}


def simple_axes() -> dict[str, tuple[Any, ...]]:
    """Return the parts of an attack that take one of a few words, or yes and no."""
    hints = typing.get_type_hints(Attack)
    found = {}
    for field in attrs.fields(Attack):
        values = words_of(hints[field.name])
        if values and field.name not in ("actor", "consent"):
            found[field.name] = values
    return found


def words_of(hint: Any) -> tuple[Any, ...]:
    """Return the few values that a type allows; none where a part may be anything."""
    options = (hint,) if get_origin(hint) is Literal else get_args(hint) or (hint,)
    values: list[Any] = [None] if type(None) in options else []
    for option in options:
        if get_origin(option) is Literal:
            values += get_args(option)
        elif option is bool:
            values += [True, False]
        elif option is not type(None):
            return ()
    return tuple(values)


def aggressors(states: Iterable[str], words: Vocabulary) -> Iterator[Change]:
    """Yield who may attack, and how: a state, its proxy, a group alone or with a sponsor."""
    for state in states:
        yield {"attacker": state, "actor": "state", "sponsor": None}
        yield {"attacker": state, "actor": "proxy", "sponsor": None}
        yield {"attacker": GROUP, "actor": "non-state", "sponsor": state}
        if state in words.named and state not in atlas()[0]:
            yield {"attacker": state, "actor": "non-state", "sponsor": None}
    yield {"attacker": GROUP, "actor": "non-state", "sponsor": None}


def tags(words: Vocabulary) -> Axis:
    """Return what the attacker may be: nothing, one of the treaty's words, or all of them."""
    several = (words.tags,) if len(words.tags) > 1 else ()
    return tuple({"tags": one} for one in ((), *((tag,) for tag in words.tags), *several))


def holds(treaty: Treaty, words: Vocabulary, places: Iterable[Place]) -> Iterator[Change]:
    """Yield the places where regions and administration can make a difference.

    Places that are on the map or the author's own are as they are. States of which the map knows
    nothing may hold territory anywhere; of others it is known what they hold.
    """
    holders = (*words.holders, *(treaty.members[:2] if words.hosting else ()))
    yield from ({"place": place} for place in (*words.places, *places))
    yield from ({"place": place.id} for place in charted(treaty, words))
    for regions in ((), *together(words, places)):
        yield {"place": somewhere(regions, "a place under no state")}
        for state in holders:
            yield {"place": soil(regions, state)}
        if words.positions:
            yield {"place": somewhere(regions, "the high seas", high_seas=True)}
            yield {"place": soil(regions, STRANGER)}
        for how in HOLDS if words.positions else HOLDS[:1]:
            yield partial(held, regions, how)


def soil(regions: tuple[str, ...], state: str) -> Place:
    """Return a place on the soil of a state."""
    tenure = (Tenure(state),)
    return somewhere(regions, f"the soil of {state}", territory=tenure, administrators=tenure)


HOLDS = ("metropolitan", "administrators", "territory")


def held(regions: tuple[str, ...], how: str, attack: Attack) -> dict[str, Any]:
    """Return a place of the victim in some regions, where the map knows nothing of it."""
    victim = attack.victim
    if home_regions(victim) and (regions or how == "metropolitan"):
        return {}
    name = f"{'home territory' if how == 'metropolitan' else 'territory'} of {victim}"
    tenures = {"administrators": (Tenure(victim),), how: (Tenure(victim),)}
    if how == "administrators":
        name = f"a place that {victim} administers"
    return {"place": somewhere(regions, name, **tenures)}


def charted(treaty: Treaty, words: Vocabulary) -> Iterator[Place]:
    """Yield the places of the map that the words tell apart, one of each kind."""
    seen, day = set(), busiest(treaty)
    for place in atlas()[1].values():
        regions = tuple(one for one in place.regions if one in words.regions)
        holder = place.administrator(day)
        key = (regions, holder if holder in treaty.concerned or holder in words.holders else None)
        if regions and key not in seen:
            seen.add(key)
            yield place


def together(words: Vocabulary, places: Iterable[Place]) -> tuple[tuple[str, ...], ...]:
    """Return the named regions alone, as they lie together on the map, and with those left out."""
    homes, named = atlas()
    spots = [*homes.values(), *(one.regions for one in (*named.values(), *places))]
    known = {one for spot in spots for one in spot if one in words.regions}
    spots += [(one,) for one in known]
    spots += [(one, out) for one in known for out in known & set(words.outside)]
    found = {tuple(one for one in words.regions if one in spot) for spot in spots}
    return tuple(sorted(found - {()}))


def somewhere(regions: tuple[str, ...], name: str, **facts: Any) -> Place:
    """Return a place in some regions."""
    where = f" in {' and '.join(regions)}" if regions else ""
    return Place(id="somewhere", name=f"{name}{where}", regions=regions, **facts)


def representatives(treaty: Treaty, words: Vocabulary) -> tuple[str, ...]:
    """Return two states at most for each way in which clauses can tell states apart."""
    named: dict[Any, list[str]] = {}
    bound = [members_on(treaty, day) for day in (busiest(treaty), *words.days)]
    lists = [
        value
        for _, value in fields_within(treaty.obligations)
        if isinstance(value, tuple) and value and all(isinstance(one, str) for one in value)
    ]
    for state in treaty.concerned:
        key = (
            state not in treaty.members,
            tuple(region for region in home_regions(state) if region in words.regions),
            tuple(state in some for some in (*bound, *lists)),
        )
        named.setdefault(key, []).append(state)
    kept = {state for states in named.values() for state in (states[0], states[-1])}
    return tuple(state for state in treaty.concerned if state in kept)


def busiest(treaty: Treaty) -> dt.date | None:
    """Return the last day on which most parties are bound; None where nothing has a date."""
    days = vocabulary(treaty).days
    return max(days, key=lambda day: (len(members_on(treaty, day)), day), default=None)


def eves(days: Iterable[dt.date]) -> Iterator[dt.date]:
    """Yield some days, and the day before each."""
    for day in days:
        yield from (day - dt.timedelta(days=1), day)
