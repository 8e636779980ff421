"""Who is protected, who owes, and what cannot be kept together?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import attrs

from alliancesim.law import Attack, Duty, Level, Obligation, Treaty, Unknown, members_on
from alliancesim.law.reasons import sides
from alliancesim.testing.drafts.draft import Draft, Fault, example
from alliancesim.testing.drafts.search import Found, climb
from alliancesim.testing.drafts.space import Space, space
from alliancesim.testing.laws import are_alike, unlike

__all__ = [
    "every_home_is_protected",
    "every_member_is_protected_alike",
    "every_obligor_owes_something",
    "every_state_is_protected",
    "no_clause_contradicts_another",
]


HOME = ("victim", "place", "target")


def every_state_is_protected(draft: Draft) -> Iterator[Fault]:
    """Whoever the treaty is to protect is owed something in some attack."""
    helps = any(one.helps for one in draft.treaty.obligations)
    what = "help" if helps else "anything"
    for state in draft.treaty.concerned if any(draft.living) else ():
        if is_meant(draft, state, 1, helps) and not protecting(draft, state, helps).reached:
            yield Fault(
                check="every_state_is_protected",
                where=state,
                words=f"it is never protected: nobody owes it {what}, whoever attacks it, where "
                "and when",
            )


def every_home_is_protected(draft: Draft) -> Iterator[Fault]:
    """Where an area names regions, no member's own territory is left outside by omission."""
    told = set()
    for bench, alive in zip(draft.benches, draft.living, strict=True):
        whole = bench.whole
        free = anywhere(whole)
        if not alive or not whole.helps or free == whole:
            continue
        for state in left_outside(draft, whole, free):
            if state not in told:
                told.add(state)
                yield Fault(
                    check="every_home_is_protected",
                    where=state,
                    words="its own territory lies in none of the regions that the area of "
                    f"{draft.label(whole)} names, so that nobody owes it that help at home",
                )


def left_outside(draft: Draft, whole: Obligation, free: Obligation) -> Iterator[str]:
    """Yield the members whose territory an area leaves out, because of the regions it names."""
    alone, open_ = (attrs.evolve(draft.treaty, obligations=(one,)) for one in (whole, free))
    for state in draft.treaty.members:
        if (
            state in sides(draft.treaty, whole)[1]
            and is_meant(draft, state, 1, True)
            and not protecting(draft, state, True, home=True, treaty=alone).reached
            and protecting(draft, state, True, home=True, treaty=open_).reached
        ):
            yield state


def anywhere(obligation: Obligation) -> Obligation:
    """Return an obligation whose area names no regions."""
    if isinstance(obligation.area, Unknown):
        return obligation
    covers = tuple(attrs.evolve(one, regions=()) for one in obligation.area.covers)
    return attrs.evolve(obligation, area=attrs.evolve(obligation.area, covers=covers, outside=()))


def every_obligor_owes_something(draft: Draft) -> Iterator[Fault]:
    """Whoever is to owe something owes it in some attack."""
    for state in draft.treaty.members if any(draft.living) else ():
        if is_meant(draft, state, 0) and not sought(draft, state, owing(state)).reached:
            yield Fault(
                check="every_obligor_owes_something",
                where=state,
                words="it is a party and never owes anything, whoever attacks whom",
            )


def owing(state: str) -> Callable[[Duty], bool]:
    """Return whether a duty is owed by a state."""
    return lambda duty: duty.obligor == state and duty.owed


def is_meant(draft: Draft, state: str, side: int, helps: bool = False) -> bool:
    """Tell whether a state that is bound some day is meant to owe (0) or to be protected (1)."""
    if state not in draft.treaty.members:
        return side == 1
    bound = any(state in states for states in draft.bound.values())
    return bound and any(
        state in sides(draft.treaty, one)[side] and (one.helps or not helps)
        for one in draft.treaty.obligations
    )


def protecting(
    draft: Draft, state: str, helps: bool, *, home: bool = False, treaty: Treaty | None = None
) -> Found:
    """Return an attack in which somebody owes a state help, or anything where no help is meant."""

    def wanted(duty: Duty) -> bool:
        return duty.beneficiary == state and duty.owed and (duty.level > 0 or not helps)

    fixed = HOME if home else ("victim",) if helps else ()
    return sought(draft, state, wanted, fixed=fixed, treaty=treaty)


def sought(
    draft: Draft,
    state: str,
    wanted: Callable[[Duty], bool],
    *,
    fixed: tuple[str, ...] = (),
    treaty: Treaty | None = None,
) -> Found:
    """Return an attack in which a duty is owed as wanted; some parts of it stay as they are."""
    found = None
    for obligation in (treaty or draft.treaty).obligations:
        alone = attrs.evolve(draft.treaty, obligations=(obligation,))

        def score(attack: Attack, alone: Treaty = alone) -> tuple[bool, float]:
            duties = [duty for read in draft.ask(alone, attack) for duty in read.duties]
            mine = [duty for duty in duties if state in (duty.obligor, duty.beneficiary)]
            return any(map(wanted, mine)), max((len(duty.chain) for duty in mine), default=0)

        found = climb(score, own_space(draft, alone, state).without(*fixed))
        if found.reached:
            break
    assert found is not None
    return found


def is_inside(draft: Draft, state: str, day: dt.date) -> bool:
    """Tell whether a state is bound on a day, or protected without being a party."""
    if state in draft.treaty.members:
        return state in draft.bound[day]
    return draft.treaty.why_not_protected(state, day) is None


def own_space(draft: Draft, treaty: Treaty, state: str) -> Space:
    """Return the attacks to search for one state, on the busiest day on which it is bound."""
    own = [day for day, bound in draft.bound.items() if day and is_inside(draft, state, day)]
    day = max(own, key=lambda each: (len(draft.bound[each]), each), default=None)
    made = space(treaty, treaty.obligations, places=draft.places, days=[day] if day else [])
    victim = state if state != made.start.attacker else made.start.victim
    return attrs.evolve(made, start=attrs.evolve(made.start, victim=victim, date=day))


def every_member_is_protected_alike(draft: Draft) -> Iterator[Fault]:
    """Where it is meant so, an attack on one member owes what the same attack on another owes."""
    if not draft.meant_mutual:
        return
    for attack in dict.fromkeys(one for bench in draft.benches for one in bench.pool):
        for other in draft.treaty.members:
            if not are_alike(draft.treaty, attack, other):
                continue
            words = unlike(draft.treaty, attack, other, draft.ask)
            if words:
                yield Fault(
                    check="every_member_is_protected_alike",
                    where=f"{attack.victim} and {other}",
                    words=f"they {words}; attack: {example(attack)}",
                )
                return


def no_clause_contradicts_another(draft: Draft) -> Iterator[Fault]:
    """Nobody owes help and something that forbids it in the same attack by an outsider."""
    if len({one.kind for one in draft.treaty.obligations}) < 2:
        return
    told = set()
    for attack in attacks_by_outsiders(draft):
        for read in draft.ask(draft.treaty, attack):
            for duty, other in opposed([one for one in read.duties if one.owed], attack):
                key = (duty.article, duty.kind, other.article, other.kind)
                if key in told:
                    continue
                told.add(key)
                yield Fault(
                    check="no_clause_contradicts_another",
                    where=f"Articles {duty.article} and {other.article}",
                    words=f"{duty.obligor} owes {duty.beneficiary} {duty.kind} and "
                    f"{other.beneficiary} {other.kind}, in {example(attack)}",
                )


def attacks_by_outsiders(draft: Draft) -> Iterator[Attack]:
    """Yield the attacks of the pools by states that are not bound on their day."""
    for bench in draft.benches:
        for witness in bench.witnesses:
            for attack in (witness, *bench.space.moves(witness, "aggressor")):
                if not set(attack.aggressors) & set(members_on(draft.treaty, attack.date)):
                    yield attack


def opposed(owed: list[Duty], attack: Attack) -> Iterator[tuple[Duty, Duty]]:
    """Yield the duties of help beyond consultation with what is owed against each."""
    against = {
        "non-aggression": attack.aggressors,
        "offence": attack.aggressors,
        "neutrality": (attack.victim, *attack.aggressors),
    }
    for duty in owed:
        for other in owed if duty.level >= Level.ASSIST else ():
            mine = other.obligor == duty.obligor
            if mine and other.beneficiary in against.get(other.kind, ()):
                yield duty, other
