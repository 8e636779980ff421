"""One obligation on the bench: attacks that bring it about, and those just beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

import attrs

from alliancesim.law import (
    Attack,
    Cover,
    Duty,
    Level,
    Obligation,
    Place,
    Proviso,
    Treaty,
    Unknown,
    When,
    members_on,
)
from alliancesim.law.checks import PARTIES
from alliancesim.testing.drafts.search import Ask, Found, Score, climb, furthest
from alliancesim.testing.drafts.space import Space, space

__all__ = ["Bench", "content"]

Content = tuple[tuple[Any, float], ...]
FEW = 8
"""From so many parties on, those whom no clause tells apart are tried by two of them."""

MOST_READINGS = 12


def content(ask: Ask, treaty: Treaty, attack: Attack) -> Content:
    """Return what is owed in an attack, and how probably, without the reasons."""
    weights: dict[Any, float] = {}
    for read in ask(treaty, attack):
        owed = frozenset(
            (one.kind, one.article, one.obligor, one.beneficiary, *strength_of(one))
            for one in read.duties
            if one.owed
        )
        weights[owed] = weights.get(owed, 0.0) + read.weight
    return tuple(sorted(((o, round(w, 9)) for o, w in weights.items()), key=lambda p: hash(p[0])))


def strength_of(duty: Duty) -> tuple[Any, ...]:
    """Return how much is owed, on what condition, how binding and by what means."""
    return duty.level, duty.gate, round(duty.binding, 9), duty.means


class Bench:
    """One obligation of a treaty by itself, with the attacks that tell its parts apart.

    Parameters
    ----------
    treaty : Treaty
        The treaty.
    obligation : Obligation
        One of its obligations.
    ask : callable
        Returns who owes what under a treaty in an attack.
    places : iterable of Place
        Places of the author's own.
    days : iterable of date
        Further days to ask about.
    most : int, optional
        How many attacks each search tries at most.
    """

    def __init__(
        self,
        treaty: Treaty,
        obligation: Obligation,
        ask: Ask,
        *,
        places: Iterable[Place] = (),
        days: Iterable[dt.date] = (),
        most: int | None = None,
    ) -> None:
        self.most: int | None = most
        self.ask: Ask = lru_cache(maxsize=None)(ask)
        self.whole: Obligation = obligation
        self._answers: dict[Attack, Content] = {}
        self.space: Space = space(treaty, [obligation], places=places, days=days)
        kept = self.space.states
        few = len(treaty.concerned) <= FEW
        self.obligation: Obligation = obligation if few else trimmed(obligation, kept)
        parties = [one for one in treaty.parties if few or one.state in kept]
        self.treaty: Treaty = attrs.evolve(
            treaty,
            parties=parties,
            protected=tuple(one for one in treaty.protected if few or one.state in kept),
            obligations=(self.obligation,),
        )

    def under(self, obligation: Obligation) -> Treaty:
        """Return the treaty with another obligation in this one's place."""
        return attrs.evolve(self.treaty, obligations=(self.narrowed(obligation),))

    def narrowed(self, obligation: Obligation) -> Obligation:
        """Return an obligation of every party as one of a few, where no clause tells them apart."""
        if obligation.obligors is not None or obligation.rule is not None:
            return obligation
        members = self.treaty.members
        if len(members) <= len(self.few):
            return obligation
        return attrs.evolve(obligation, obligors=self.few, beneficiaries=members)

    @cached_property
    def few(self) -> tuple[str, ...]:
        """Two obligors for each way in which exceptions and dates can tell obligors apart."""
        lists = [path[-1].applies_to or () for path in paths(self.obligation)]
        days = [move["date"] for move in self.space.axes["date"]]  # type: ignore[index]
        bound = [members_on(self.treaty, day) for day in days]
        classes: dict[object, list[str]] = {}
        for state in self.treaty.members:
            key = tuple(state in named for named in (*bound, *lists))
            classes.setdefault(key, []).append(state)
        kept = {state for alike in classes.values() for state in alike[:2]}
        return tuple(state for state in self.treaty.members if state in kept)

    def readings(self, obligation: Obligation) -> list[Treaty]:
        """Return the treaty in each way to read the obligation, the first dozen."""
        return [one.treaty for one in self.under(obligation).readings[:MOST_READINGS]]

    def witness(self, obligation: Obligation, start: Attack | None = None) -> Found:
        """Return an attack in which an obligation is owed, or the one that comes nearest."""
        best: Found | None = None
        for treaty in self.readings(obligation):
            found = climb(self.towards(treaty), self.space, start, most=self.most)
            best = found if best is None or found.reached else best
            if found.reached:
                break
        assert best is not None
        lines = self._by_line(obligation) if not best.reached else ()
        return next((found for found in lines if found.reached), best)

    def towards(self, treaty: Treaty) -> Score:
        """Return how near an attack comes to a duty under a treaty."""
        return lambda attack: furthest(self.ask(treaty, attack))[0]

    @cached_property
    def found(self) -> Found:
        """An attack in which the obligation is owed, or the one that comes nearest."""
        return self.witness(self.obligation)

    @cached_property
    def fullest(self) -> Found:
        """An attack in which as much help is owed as the text has it, or the most that is found."""
        most = max((one.level for one in values_of(self.obligation.response) if one), default=None)
        treaty = self.under(self.obligation)

        def score(attack: Attack) -> tuple[bool, float]:
            duties = [duty for read in self.ask(treaty, attack) for duty in read.duties]
            level = max((duty.level for duty in duties if duty.owed), default=Level.NONE)
            length = max((len(duty.chain) for duty in duties), default=0)
            return level == most, 100 * level + length

        return climb(score, self.space, self.found.attack, most=self.most) if most else self.found

    @cached_property
    def witnesses(self) -> tuple[Attack, ...]:
        """Attacks in which the obligation, each line of its area and each exception matter."""
        open_ = attrs.evolve(self.obligation, exceptions=())
        found = [self.found, self.fullest, *self._by_reading(), *self._by_line(open_)]
        base = next((one.attack for one in found if one.reached), None)
        if base is not None:
            found += [self._by_exception(open_, path, base) for path in paths(self.obligation)]
        return tuple(dict.fromkeys(one.attack for one in found))

    def _by_reading(self) -> Iterator[Found]:
        for treaty in self.readings(self.obligation)[1:]:
            yield climb(self.towards(treaty), self.space)

    def _by_line(self, obligation: Obligation) -> Iterator[Found]:
        """Search for an attack on each line of an area, limit by limit."""
        for area in values_of(obligation.area):
            for cover in area.covers:
                alone = attrs.evolve(obligation, area=attrs.evolve(area, covers=(cover,)))
                yield self.aimed(alone, [one.holds for one in atoms_of(cover)])

    def _by_exception(
        self, obligation: Obligation, path: tuple[Proviso, ...], base: Attack
    ) -> Found:
        """Search for a case of an exception, and of those above it, limit by limit."""
        atoms = [atom.met for proviso in path for atom in atoms_of(values_of(proviso.when)[0])]
        return self.aimed(obligation, atoms, base)

    def aimed(
        self,
        obligation: Obligation,
        limits: Sequence[Callable[[Attack], bool]],
        start: Attack | None = None,
    ) -> Found:
        """Return an attack in which an obligation is owed and some limits are met."""
        treaty = self.readings(obligation)[0]

        def score(attack: Attack) -> tuple[bool, float]:
            (owed, length), _ = furthest(self.ask(treaty, attack))
            met = sum(limit(attack) for limit in limits)
            return owed and met == len(limits), length + met

        return climb(score, self.space, start, most=self.most)

    @cached_property
    def pool(self) -> tuple[Attack, ...]:
        """The witnesses and their neighbours, those that differ in one part first."""
        near = [list(self.space.neighbours(one)) for one in self.witnesses]
        rounds = chain.from_iterable(near)
        return tuple(dict.fromkeys((*self.witnesses, *rounds)))

    def differs(self, other: Obligation) -> Attack | None:
        """Return an attack in which another obligation answers otherwise, or None."""
        treaty = self.under(other)
        return next((a for a in self.pool if content(self.ask, treaty, a) != self.answer(a)), None)

    def answer(self, attack: Attack) -> Content:
        """Return what is owed in an attack, remembered."""
        if attack not in self._answers:
            self._answers[attack] = content(self.ask, self.under(self.obligation), attack)
        return self._answers[attack]


def values_of(clause: Any) -> list[Any]:
    """Return a clause, or what an unknown one may be read as."""
    return [one.value for one in clause.readings] if isinstance(clause, Unknown) else [clause]


def paths(holder: Obligation | Proviso) -> Iterator[tuple[Proviso, ...]]:
    """Yield every exception with those above it, the outermost first."""
    for proviso in holder.exceptions:
        yield (proviso,)
        for below in paths(proviso):
            yield (proviso, *below)


def atoms_of(cases: When | Cover) -> list[Any]:
    """Return the cases of an exception, or a line of an area, one for each thing that is asked.

    A list of states that names ``parties`` means other states each day, and is left out.
    """
    cls: Any = type(cases)
    found = []
    for field in attrs.fields(cls):
        value = getattr(cases, field.name)
        if field.name == "covers" and len(value) == 1:
            found += [cls(covers=(one,)) for one in atoms_of(value[0])]
        elif value and value != field.default and PARTIES not in as_list(value):
            found.append(cls(**{field.name: value}))
    return found


def as_list(value: Any) -> tuple[Any, ...]:
    """Return a list as it is, and anything else as one."""
    return value if isinstance(value, tuple) else (value,)


def trimmed(value: Any, kept: Collection[str]) -> Any:
    """Return an obligation, or an exception, that names only some states as sides."""

    def out(named: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if named is None else tuple(one for one in named if one in kept)

    sides = ("applies_to",) if isinstance(value, Proviso) else ("obligors", "beneficiaries")
    return attrs.evolve(
        value,
        exceptions=tuple(trimmed(one, kept) for one in value.exceptions),
        **{side: out(getattr(value, side)) for side in sides},
    )
