"""Several treaties together: the strongest duty wins, and conflicts are reported, not hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import product
from math import prod
from typing import Literal

import attrs

from alliancesim.data.arguments import checked
from alliancesim.law.attack import Attack
from alliancesim.law.duties import duties
from alliancesim.law.duty import Duties, Duty, Read, strength
from alliancesim.law.force import members_on
from alliancesim.law.grades import Level
from alliancesim.law.parties import refuse_unknown_states
from alliancesim.law.terms import ALL
from alliancesim.law.treaty import Treaty

__all__ = ["Conflict", "Resolution", "Resolved", "resolve"]

ConflictKind = Literal["non-aggression", "neutrality", "offence", "member against member"]


@attrs.frozen(kw_only=True)
class Conflict:
    """Two duties that cannot both be kept, or a treaty whose own members fight.

    Attributes
    ----------
    kind : str
        non-aggression, neutrality, offence (owed to the attacker, against the help owed to the
        victim), or member against member.
    state : str
        Who is caught: the obligor, or the attacker of a fellow member.
    treaties : tuple of str
        The treaties concerned.
    words : str
        The conflict, in words.
    prevails : str
        The treaty whose duty prevails, by the rank that a treaty claims; empty where none does.
    """

    kind: ConflictKind
    state: str
    treaties: tuple[str, ...]
    words: str
    prevails: str = ""


@attrs.frozen(kw_only=True)
@checked
class Resolved:
    """What several treaties owe together, under one joint reading.

    Attributes
    ----------
    weight : float
        The reading's probability.
    words : str
        The reading in words; empty where nothing is unknown.
    strongest : tuple of Duty
        Each obligor's strongest duty of help, in the order of their ids.
    displaced : tuple of Duty
        Duties that give way to one of a treaty of higher rank that is at least as strong, binding
        words included: rank orders duties and weakens none.
    conflicts : tuple of Conflict
        What cannot all be kept.
    """

    weight: float
    words: str
    strongest: tuple[Duty, ...]
    displaced: tuple[Duty, ...]
    conflicts: tuple[Conflict, ...]

    def duty(self, obligor: str) -> Duty | None:
        """Return an obligor's strongest duty of help, or None."""
        return next((duty for duty in self.strongest if duty.obligor == obligor), None)


@attrs.frozen(kw_only=True)
@checked
class Resolution:
    """The answer of several treaties to an attack.

    Attributes
    ----------
    attack : Attack
        What happened.
    answers : tuple of Duties
        Each treaty's own answer.
    reads : tuple of Resolved
        One for each joint reading of what is unknown in any of them.
    """

    attack: Attack
    answers: tuple[Duties, ...]
    reads: tuple[Resolved, ...]

    def levels(self, obligor: str) -> dict[Level, float]:
        """Return the probability of each level of help that an obligor may owe."""
        found: dict[Level, float] = {}
        for read in self.reads:
            duty = read.duty(obligor)
            level = duty.level if duty else Level.NONE
            found[level] = found.get(level, 0.0) + read.weight
        return dict(sorted(found.items()))


@checked
def resolve(
    treaties: Sequence[Treaty], attack: Attack, *, others: Collection[str] = ()
) -> Resolution:
    """Return who owes what in an attack under several treaties together.

    Parameters
    ----------
    treaties : sequence of Treaty
        The treaties; their unknown clauses are read independently.
    attack : Attack
        What happened.
    others : collection of str, optional
        As in `Treaty.duties`.

    Returns
    -------
    Resolution
        Each obligor's strongest duty in each joint reading, what is displaced, what conflicts.

    Raises
    ------
    InvalidInput
        If the attack speaks of an unknown state.
    """
    refuse_unknown_states(treaties, attack, others)
    return resolve_unchecked(treaties, attack)


def resolve_unchecked(treaties: Sequence[Treaty], attack: Attack) -> Resolution:
    """Return what `resolve` does, of whatever states: laws are tried with made-up strangers."""
    answers = tuple(duties(treaty, attack) for treaty in treaties)
    reads = tuple(
        resolved(treaties, attack, reads)
        for reads in product(*(answer.reads for answer in answers))
    )
    return Resolution(attack=attack, answers=answers, reads=reads)


def resolved(treaties: Sequence[Treaty], attack: Attack, reads: tuple[Read, ...]) -> Resolved:
    """Resolve one joint reading."""
    owed = [duty for read in reads for duty in read.duties if duty.owed]
    helping = [duty for duty in owed if duty.level]
    displaced = tuple(duty for duty in helping if is_displaced(duty, helping, treaties))
    kept = [duty for duty in helping if duty not in displaced]
    obligors = sorted({duty.obligor for duty in kept})
    return Resolved(
        weight=prod(read.weight for read in reads),
        words="; ".join(read.words for read in reads if read.words),
        strongest=tuple(
            max((duty for duty in kept if duty.obligor == obligor), key=strength)
            for obligor in obligors
        ),
        displaced=displaced,
        conflicts=(*torn(kept, owed, treaties, attack), *quarrels(treaties, attack)),
    )


def is_displaced(duty: Duty, others: Sequence[Duty], treaties: Sequence[Treaty]) -> bool:
    """Return whether a treaty of higher rank gives the same ally at least as much."""
    return any(
        other.obligor == duty.obligor
        and other.beneficiary == duty.beneficiary
        and strength(other) >= strength(duty)
        and ranks_over(other.treaty, duty.treaty, treaties)
        for other in others
    )


def ranks_over(higher: str, lower: str, treaties: Sequence[Treaty]) -> bool:
    """Return whether one treaty prevails over another, by the word of either and not of both."""
    rank = {treaty.id: treaty.primacy for treaty in treaties}
    said = names(rank[higher].over, lower) or names(rank[lower].under, higher)
    denied = names(rank[lower].over, higher) or names(rank[higher].under, lower)
    return said and not denied


def names(ranked: tuple[str, ...], treaty: str) -> bool:
    """Return whether a list of ranked treaties names one."""
    return treaty in ranked or ALL in ranked


def torn(
    kept: Sequence[Duty], owed: Sequence[Duty], treaties: Sequence[Treaty], attack: Attack
) -> Iterator[Conflict]:
    """Yield where an obligor owes the victim defence and the attacker something against it."""
    defending = {duty.obligor: duty for duty in kept if duty.kind == "defence"}
    for other in owed:
        duty = defending.get(other.obligor)
        kind = other.kind
        if duty is None or other.beneficiary not in attack.aggressors:
            continue
        if kind == "non-aggression" or kind == "neutrality" or kind == "offence":
            prevails = prevailing(duty.treaty, other.treaty, treaties)
            yield Conflict(
                kind=kind,
                state=other.obligor,
                treaties=tuple(dict.fromkeys((duty.treaty, other.treaty))),
                words=(
                    f"{other.obligor} owes {duty.beneficiary} defence ({duty.treaty} "
                    f"{duty.article}) and {other.beneficiary} {kind} ({other.treaty} "
                    f"{other.article})" + (f"; {prevails} prevails" if prevails else "")
                ),
                prevails=prevails,
            )


def prevailing(one: str, other: str, treaties: Sequence[Treaty]) -> str:
    """Return which of two treaties prevails, or an empty text where neither does."""
    if ranks_over(one, other, treaties):
        return one
    return other if ranks_over(other, one, treaties) else ""


def quarrels(treaties: Sequence[Treaty], attack: Attack) -> Iterator[Conflict]:
    """Yield the treaties whose member attacks another member."""
    for treaty in treaties:
        bound = members_on(treaty, attack.date)
        for aggressor in attack.aggressors:
            for victim in attack.victims if aggressor in bound else ():
                if victim in bound:
                    yield Conflict(
                        kind="member against member",
                        state=aggressor,
                        treaties=(treaty.id,),
                        words=f"{aggressor} and {victim} are both members of {treaty.id}",
                    )
