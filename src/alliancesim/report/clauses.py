"""Which treaties make an arm, clause by clause, and what in them is unknown?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.law.clauses import CLAUSES, Obligation, Proviso
from alliancesim.law.unknown import Reading, Unknown
from alliancesim.narrative.wording import listed

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison
    from alliancesim.law import Treaty
    from alliancesim.scenario import Scenario
    from alliancesim.scenario.arms import Arm

__all__ = ["ArmText", "ClauseText", "Standing", "TreatyText", "arms", "standing"]


@attrs.frozen
class ClauseText:
    """One clause: what it is about, its words, or its readings with weights in percent.

    ``standing`` says of readings whether the clause is unknown or disputed.
    """

    what: str
    words: str
    article: str
    source: str
    readings: tuple[tuple[str, str], ...] = ()
    standing: str = ""


@attrs.frozen
class TreatyText:
    """A treaty of an arm, with all its clauses."""

    id: str
    name: str
    members: str
    hypothetical: bool
    status: str
    source: str
    quotations: tuple[tuple[str, str], ...]
    clauses: tuple[ClauseText, ...]


@attrs.frozen
class ArmText:
    """An arm: what it is called, and which treaties it has that others have not."""

    name: str
    title: str
    hypothetical: bool
    reference: bool
    treaties: tuple[TreatyText, ...]
    changes: tuple[str, ...] = ()
    same_as: str = ""


@attrs.frozen
class Standing:
    """A treaty in force in every arm, in a line."""

    id: str
    name: str
    members: str
    duties: str
    unknown: int
    status: str


def arms(comparison: Comparison) -> Iterator[ArmText]:
    """Yield the arms in the order played, each with the treaties that it adds, clause by clause."""
    scenario = comparison.scenario
    told: dict[str, str] = {}
    for name in comparison.arms:
        arm = scenario.arm(name)
        added = [t for t in scenario.treaties_in(name) if t.id not in scenario.standing]
        fresh = []
        for treaty in added:
            supposed = arm.hypothetical and any(a.treaty == treaty.id for a in arm.accessions)
            told.setdefault(treaty.id, name)
            fresh.append(_treaty(scenario, treaty, supposed, full=told[treaty.id] == name))
        first = next((told[t.id] for t in added if told[t.id] != name), "")
        reference = name == scenario.reference
        changes = tuple(_changes(scenario, arm))
        yield ArmText(name, arm.title, arm.hypothetical, reference, tuple(fresh), changes, first)


def _changes(scenario: Scenario, arm: Arm) -> Iterator[str]:
    """Yield who has joined a treaty here, and who is out of one."""
    for many, words in ((arm.accessions, "has joined"), (arm.exits, "is out of")):
        for one in many:
            yield f"{scenario.state(one.state).name} {words} {one.treaty}"


def standing(comparison: Comparison) -> Iterator[Standing]:
    """Yield the treaties in force in every arm, a line each."""
    scenario = comparison.scenario
    for name in scenario.standing:
        treaty = scenario.treaty(name)
        unknown = sum(len(each.unknowns) for each in treaty.obligations)
        duties = ", ".join(dict.fromkeys(each.kind for each in treaty.obligations))
        yield Standing(
            treaty.id, treaty.name, _parties(scenario, treaty), duties, unknown, treaty.status
        )


def _treaty(scenario: Scenario, treaty: Treaty, supposed: bool, *, full: bool) -> TreatyText:
    return TreatyText(
        id=treaty.id,
        name=treaty.name,
        members=_parties(scenario, treaty),
        hypothetical=treaty.hypothetical or supposed,
        status=treaty.status,
        source=treaty.source,
        quotations=tuple((each.words, each.source) for each in treaty.quotations),
        clauses=tuple(_clauses(treaty)) if full else (),
    )


def _names(scenario: Scenario, ids: Sequence[str]) -> str:
    """Return states by name where the scenario knows them; the rest are only counted."""
    named = {state.id: state.name for state in scenario.states}
    known = [named[each] for each in ids if each in named]
    others = len(ids) - len(known)
    tail = [f"{others} state{'s' if others > 1 else ''} not in the scenario"] if others else []
    return listed([*known, *tail]) if known or tail else ""


def _parties(scenario: Scenario, treaty: Treaty) -> str:
    parties = _names(scenario, treaty.members)
    return (
        f"{parties}; protects {_names(scenario, treaty.protected_states)}"
        if treaty.protected
        else parties
    )


def _clauses(treaty: Treaty) -> Iterator[ClauseText]:
    for duty in treaty.obligations:
        yield ClauseText(duty.kind, _sides(duty), duty.article, duty.source)
        if duty.rule is not None:
            yield ClauseText(f"{duty.kind}: rule", "a clause in Python", duty.article, "")
        for field in CLAUSES:
            yield from _clause(f"{duty.kind}: {field}", getattr(duty, field))
        for proviso in duty.exceptions:
            yield _proviso(f"{duty.kind}: exception", proviso)
            yield from _clause(f"{duty.kind}: whether the exception holds", proviso.agreed)
    for field in ("term", "accession", "nuclear"):
        yield from _clause(field, getattr(treaty, field))


def _sides(duty: Obligation) -> str:
    """Return who owes whom, and from and until when where the article has dates."""
    since = f", from {duty.since}" if duty.since else ""
    return _parties_of(duty) + since + (f", until {duty.until}" if duty.until else "")


def _parties_of(duty: Obligation) -> str:
    if duty.obligors is None:
        return "each party to every other"
    return f"{', '.join(duty.obligors)} to {', '.join(duty.beneficiaries or ())}"


def _clause(what: str, value: Any) -> Iterator[ClauseText]:
    """Yield a clause in words; nothing for one that adds no limit and names no article."""
    if isinstance(value, Unknown):
        readings = tuple((f"{each.weight:.0%}", _reading(each)) for each in value.readings)
        standing = "disputed" if value.disputed else "unknown"
        yield ClauseText(what, "", value.article, value.source, readings, standing)
    elif not isinstance(value, bool) and value is not None:
        words = value.in_words()
        if words and (value.article or value.source):
            yield ClauseText(what, words, value.article, value.source)


def _reading(reading: Reading[Any]) -> str:
    """Return a reading, with who holds it where that is disputed."""
    return reading.words + (f" (so {', '.join(reading.held_by)})" if reading.held_by else "")


def _proviso(what: str, proviso: Proviso) -> ClauseText:
    whom = f" for {', '.join(proviso.applies_to)}" if proviso.applies_to else ""
    words = proviso.words or f"at most {proviso.cap}{whom}"
    return ClauseText(what, words, proviso.article, proviso.source)
