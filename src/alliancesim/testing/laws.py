"""The laws of collective defence, as checks on any treaty.

Each law is a function of a `Case`: it returns whether its precondition held, and raises
`LawBroken`, in words, where the law does not hold. The functions under test come as a `System`, so
that a law can be shown able to fail.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import attrs

from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Adversaries,
    Area,
    Attack,
    Duties,
    Duty,
    Level,
    Obligation,
    Proviso,
    Read,
    Treaty,
    Unknown,
    accede,
    dumps_treaty,
    loads_treaty,
    members_on,
)
from alliancesim.law.attack import GENERIC
from alliancesim.law.duty import strength
from alliancesim.law.reasons import sides
from alliancesim.law.terms import Accession
from alliancesim.law.version import change_days
from alliancesim.testing.case import LAWS, Case, Law, LawBroken, System, law

__all__ = ["LAWS", "Case", "Law", "LawBroken", "System"]


def owed(read: Read) -> list[Duty]:
    """Return the duties of a reading that are owed."""
    return [duty for duty in read.duties if duty.owed]


def helping(read: Read) -> list[Duty]:
    """Return the duties of help of a reading that are owed."""
    return [duty for duty in owed(read) if duty.level]


def broken(case: Case, words: str) -> LawBroken:
    """Return the failure of a law, with the case in words."""
    return LawBroken(f"{case.treaty.id}: {words}; attack: {case.attack}")


@law
def nothing_is_owed_to_the_attacker(case: Case, system: System) -> bool:
    """No duty of help is owed to the attacker, or to the state behind it."""
    for read in system.duties(case.treaty, case.attack):
        for duty in helping(read):
            if duty.beneficiary in case.attack.aggressors:
                raise broken(case, f"help is owed to the attacker: {duty}")
    return True


@law
def nobody_owes_itself(case: Case, system: System) -> bool:
    """No state owes a duty to itself."""
    for read in system.duties(case.treaty, case.attack):
        for duty in owed(read):
            if duty.obligor == duty.beneficiary:
                raise broken(case, f"{duty.obligor} owes itself: {duty}")
    return True


@law
def duties_run_between_their_sides(case: Case, system: System) -> bool:
    """Duties are owed by bound obligors only, to beneficiaries only."""
    treaty = case.treaty
    bound = {state for day in days_of(case) for state in members_on(treaty, day)}
    for read in system.duties(treaty, case.attack):
        for duty in owed(read):
            under = [
                sides(treaty, one)
                for one in treaty.obligations
                if (one.kind, one.article) == (duty.kind, duty.article)
            ]
            obligors = {state for owing, _ in under for state in owing}
            beneficiaries = {state for _, owed_to in under for state in owed_to}
            if duty.obligor not in obligors or duty.obligor not in bound:
                raise broken(case, f"{duty.obligor} is not an obligor, and owes: {duty}")
            if duty.beneficiary not in beneficiaries:
                raise broken(case, f"{duty.beneficiary} is no beneficiary, and is owed: {duty}")
    return True


def days_of(case: Case) -> list[dt.date | None]:
    """Return the day of an attack, and those to come on which something changes while it lasts."""
    first, last = case.attack.date, case.attack.until
    if first is None or last is None:
        return [first]
    return [first, *(day for day in change_days(case.treaty) if first < day < last)]


def is_mutual(treaty: Treaty) -> bool:
    """Tell whether a treaty has no sides, areas, named adversaries, exceptions or rules."""
    return all(
        one.obligors is None
        and one.rule is None
        and not one.exceptions
        and is_open(one.area, Area)
        and is_open(one.adversaries, Adversaries)
        for one in treaty.obligations
    )


def is_open(clause: object, cls: type[Area] | type[Adversaries]) -> bool:
    """Tell whether a clause, article and source apart, sets no limit."""
    if isinstance(clause, Unknown):
        return all(is_open(reading.value, cls) for reading in clause.readings)
    return isinstance(clause, cls) and attrs.evolve(clause, article="", source="") == cls()


def on_another(attack: Attack, other: str) -> Attack:
    """Return an attack in which the victim and another state have changed places."""

    def moved(states: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(exchanged(state, attack.victim, other) for state in states)

    return attrs.evolve(
        attack,
        victim=other,
        consents=None if attack.consents is None else moved(attack.consents),
        force_consents=moved(attack.force_consents),
    )


def content(duty: Duty | None) -> tuple[object, ...]:
    """Return what is owed, whoever owes it."""
    if duty is None:
        return ("nothing",)
    return str(duty.level), str(duty.gate), round(duty.binding, 9), duty.means


def exchanged(state: str, one: str, other: str) -> str:
    """Return a state after two have changed places."""
    return {one: other, other: one}.get(state, state)


@law
def members_are_protected_alike(case: Case, system: System) -> bool:
    """In a mutual pact an attack on one member owes what the same attack on another owes."""
    treaty, attack, other = case.treaty, case.attack, case.other_victim
    if not is_mutual(treaty) or not are_alike(treaty, attack, other):
        return False
    words = unlike(treaty, attack, other, system.duties)
    if words:
        raise broken(case, f"{attack.victim} and {other} {words}")
    return True


def are_alike(treaty: Treaty, attack: Attack, other: str) -> bool:
    """Tell whether an attack can be compared with the same attack on another member."""
    bound = set(members_on(treaty, attack.date))
    pair = {attack.victim, other}
    generic = attack.place in GENERIC and not attack.co_victims
    return generic and len(pair) == 2 and pair <= bound and not pair & set(attack.aggressors)


def unlike(
    treaty: Treaty, attack: Attack, other: str, ask: Callable[[Treaty, Attack], Duties]
) -> str:
    """Say how an attack on another member owes otherwise; nothing where it does not."""
    here, there = ask(treaty, attack), ask(treaty, on_another(attack, other))
    for one, two in zip(here, there, strict=True):
        for obligor in members_on(treaty, attack.date):
            mirror = exchanged(obligor, attack.victim, other)
            mine, theirs = here.strongest(obligor, one), there.strongest(mirror, two)
            if content(mine) != content(theirs):
                return (
                    f"are not protected alike: {obligor} owes {attack.victim} {describe(mine)}, "
                    f"{mirror} owes {other} {describe(theirs)}"
                )
    return ""


def describe(duty: Duty | None) -> str:
    """Return what is owed in a few words."""
    return f"{duty.level} ({duty.gate}, {duty.binding:.2f})" if duty else "nothing"


def may_join(treaty: Treaty, state: str) -> bool:
    """Tell whether a treaty that is opened for anybody can be joined at all."""
    try:
        accede(attrs.evolve(treaty, accession=Accession(rule="open")), state)
    except InvalidInput:
        return False
    return True


def joined(treaty: Treaty, state: str, system: System) -> Treaty:
    """Return the treaty, opened for anybody, after an accession."""
    return system.accede(attrs.evolve(treaty, accession=Accession(rule="open")), state)


@law
def a_newcomer_removes_nothing(case: Case, system: System) -> bool:
    """No duty that was owed is removed by a new member that is not the attacker."""
    treaty, attack, newcomer = case.treaty, case.attack, case.newcomers[0]
    fighting = newcomer in attack.aggressors or newcomer in attack.victims
    if fighting or attack.consents is not None or not may_join(treaty, newcomer):
        return False
    before = system.duties(treaty, attack)
    after = system.duties(joined(treaty, newcomer, system), attack)
    for one, two in zip(before, after, strict=True):
        for duty in helping(one):
            now = after.strongest(duty.obligor, two)
            if now is None or strength(now) < strength(duty):
                raise broken(case, f"the accession of {newcomer} takes away: {duty}")
    return True


@law
def an_exception_adds_nothing(case: Case, system: System) -> bool:
    """No first-order exception adds a duty, or strengthens one."""
    limited = attrs.evolve(
        case.treaty,
        obligations=tuple(
            attrs.evolve(
                one, exceptions=(*one.exceptions, narrowed(case.proviso, case.treaty, one))
            )
            for one in case.treaty.obligations
        ),
    )
    before = system.duties(case.treaty, case.attack)
    after = system.duties(limited, case.attack)
    for one, two in zip(before, after, strict=True):
        for was, now in zip(one.duties, two.duties, strict=True):
            if now.owed and (not was.owed or now.level > was.level or now.binding > was.binding):
                raise broken(case, f"an exception adds: {now}")
    return True


def narrowed(proviso: Proviso, treaty: Treaty, obligation: Obligation) -> Proviso:
    """Return an exception fit for an obligation: it names parties, and lifts what is no help."""
    if not obligation.helps:
        proviso = attrs.evolve(proviso, cap=Level.NONE, wording=None, means=None)
    if proviso.applies_to is None:
        return proviso
    named = tuple(state for state in proviso.applies_to if state in treaty.members)
    return attrs.evolve(proviso, applies_to=named or None)


@law
def accession_then_exit_restores(case: Case, system: System) -> bool:
    """After an accession and an exit of the same state the treaty is as it was."""
    opened = attrs.evolve(case.treaty, accession=Accession(rule="open"))
    newcomer = case.newcomers[0]
    if not may_join(case.treaty, newcomer):
        return False
    restored = system.withdraw(system.accede(opened, newcomer), newcomer)
    if restored != opened:
        raise broken(case, f"the accession and exit of {newcomer} change the treaty")
    if system.duties(restored, case.attack) != system.duties(opened, case.attack):
        raise broken(case, f"the accession and exit of {newcomer} change its duties")
    return True


@law
def the_order_of_accession_is_irrelevant(case: Case, system: System) -> bool:
    """Two states that join make the same treaty in either order."""
    opened = attrs.evolve(case.treaty, accession=Accession(rule="open"))
    first, second = case.newcomers
    if not may_join(case.treaty, first):
        return False
    one = system.accede(system.accede(opened, first), second)
    two = system.accede(system.accede(opened, second), first)
    if one != two or system.duties(one, case.attack) != system.duties(two, case.attack):
        raise broken(case, f"{first} before {second} differs from {second} before {first}")
    return True


@law
def an_allys_ally_is_not_an_ally(case: Case, system: System) -> bool:
    """Members owe nothing to a state that only a fellow member has a treaty with."""
    stranger = case.newcomers[0]
    if stranger in case.attack.aggressors:
        return False
    attack = attrs.evolve(case.attack, victim=stranger, co_victims=())
    pact = case.side_treaty.members
    for read in system.resolve([case.treaty, case.side_treaty], attack).reads:
        for duty in read.strongest:
            if duty.obligor not in pact:
                raise broken(case, f"{stranger} is an ally of {', '.join(pact)} only, yet {duty}")
    return True


@law
def stacked_treaties_give_the_stronger_duty(case: Case, system: System) -> bool:
    """Under two treaties each obligor owes at least what it owes under either."""
    both = (case.treaty, case.stacked)
    named = {case.treaty.id, case.stacked.id}
    if any(named & {*one.primacy.over, *one.primacy.under} for one in both):
        return False
    together = system.resolve(both, case.attack)
    answers = [system.duties(treaty, case.attack) for treaty in both]
    joint = [(one, two) for one in answers[0] for two in answers[1]]
    for read, parts in zip(together.reads, joint, strict=True):
        for duty in (duty for part in parts for duty in helping(part)):
            now = read.duty(duty.obligor)
            if now is None or strength(now) < strength(duty):
                raise broken(case, f"two treaties together give less than {duty}")
    return True


def names_regions(treaty: Treaty) -> bool:
    """Tell whether an area names regions, which depend on who a state really is."""
    areas = [area for one in treaty.obligations for area in values_of(one.area)]
    covers = [cover for area in areas for cover in area.covers]
    for obligation in treaty.obligations:
        covers += [cover for proviso in obligation.exceptions for cover in proviso.when.covers]
    return any(cover.regions for cover in covers) or any(area.outside for area in areas)


def values_of(area: Area | Unknown[Area]) -> list[Area]:
    """Return an area, or what it may be read as."""
    return [one.value for one in area.readings] if isinstance(area, Unknown) else [area]


NAMING = (
    *("attacker", "sponsor", "co_attackers", "victim", "co_victims"),
    *("consents", "force_consents"),
)
"""What of an attack names states."""


def marked(named: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
    """Return one name or several, renamed."""
    if named is None:
        return None
    return f"X-{named}" if isinstance(named, str) else tuple(f"X-{one}" for one in named)


@law
def renaming_states_renames_duties(case: Case, system: System) -> bool:
    """Duties depend on what a treaty says of states, not on what the states are called."""
    treaty, attack = case.treaty, case.attack
    generic = attack.place in GENERIC
    ruled = any(one.rule is not None for one in treaty.obligations)
    if ruled or not generic or names_regions(treaty):
        return False
    text = dumps_treaty(treaty)
    for state in {*treaty.concerned, *attack.aggressors, *attack.victims}:
        text = re.sub(rf'"{re.escape(state)}"', f'"X-{state}"', text)
    renamed = attrs.evolve(loads_treaty(text), id=treaty.id)
    names: dict[str, Any] = {name: marked(getattr(attack, name)) for name in NAMING}
    moved = attrs.evolve(attack, **names)
    for one, two in zip(system.duties(treaty, attack), system.duties(renamed, moved), strict=True):
        was = {(f"X-{d.obligor}", f"X-{d.beneficiary}", d.kind, *content(d)) for d in owed(one)}
        now = {(d.obligor, d.beneficiary, d.kind, *content(d)) for d in owed(two)}
        if was != now:
            raise broken(case, "renaming the states changes what is owed")
    return True


@law
def a_file_keeps_the_treaty(case: Case, system: System) -> bool:
    """Treaties written to a file and read back are the same, and owe the same."""
    if any(one.rule is not None for one in case.treaty.obligations):
        return False
    again = system.loads(system.dumps(case.treaty))
    if again != case.treaty:
        raise broken(case, "the treaty changes when it is written to a file and read back")
    if system.duties(again, case.attack) != system.duties(case.treaty, case.attack):
        raise broken(case, "the duties change when the treaty is read back from a file")
    return True


@law
def readings_are_a_distribution(case: Case, system: System) -> bool:
    """Weights of readings sum to one, and asking twice gives the same answer."""
    answer = system.duties(case.treaty, case.attack)
    total = sum(read.weight for read in answer)
    if abs(total - 1) > 1e-9:
        raise broken(case, f"the weights of the readings sum to {total}")
    if answer != system.duties(case.treaty, case.attack):
        raise broken(case, "asking twice gives two answers")
    return True
