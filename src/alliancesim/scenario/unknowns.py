"""What was drawn, by name: parameters, figures with a prior, and readings of unknown clauses."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.data.names import hint, listed
from alliancesim.errors import InvalidInput
from alliancesim.law.force import term_is_open
from alliancesim.law.readings import groups, unknown_clauses
from alliancesim.law.unknown import Unknown

if TYPE_CHECKING:
    from alliancesim.law import Treaty
    from alliancesim.scenario.scenario import Scenario

__all__ = ["Clause", "choices", "clauses", "record", "scenario_clauses", "settled"]

Array = NDArray[np.float64]


@attrs.frozen
class Clause:
    """An unknown clause of a treaty, or a group of them that is read together.

    Parameters
    ----------
    name : str
        The treaty and the clause, as in ``SMDA: provocation``.
    words : tuple of str
        Each reading in words, in the order of the codes 0, 1, ... by which it is recorded.
    """

    name: str
    words: tuple[str, ...]


def clauses(treaty: Treaty, on: dt.date) -> tuple[Clause, ...]:
    """Return a treaty's unknown clauses on a day, in the order in which readings are numbered."""
    found: list[Clause] = []
    if term_is_open(treaty, on) and isinstance(treaty.term, Unknown):
        found.append(Clause(f"{treaty.id}: term", tuple(r.words for r in treaty.term.readings)))
    unknowns = unknown_clauses(treaty)
    for places in groups(treaty):
        first = unknowns[places[0]]
        obligation, field = places[0]
        kind = treaty.obligations[obligation].kind
        name = f"{treaty.id}: {first.group or (kind if field == 'agreed' else field)}"
        if name in {clause.name for clause in found}:
            name = f"{name} ({kind} {obligation + 1})"
        found.append(Clause(name, tuple(reading.words for reading in first.readings)))
    return tuple(found)


def settled(treaty: Treaty, clause: str, words: str, on: dt.date) -> Treaty:
    """Return a treaty with one unknown clause, or group of them, read one way.

    Parameters
    ----------
    treaty : Treaty
    clause : str
        Name of the clause, as in `Clause`.
    words : str
        Words that one of its readings alone has.
    on : date
        The day on which its term is looked at.

    Raises
    ------
    InvalidInput
        If it has no such unknown clause, or not exactly one reading has the words.
    """
    found = {each.name: each for each in clauses(treaty, on)}
    if clause not in found:
        problem = f"{clause!r} is no unknown clause{hint(clause, found)}"
        allowed = listed(found) or "none: nothing in it is unknown"
        raise InvalidInput(problem, where="clause", allowed=allowed)
    fitting = [n for n, each in enumerate(found[clause].words) if _has(each, words)]
    if len(fitting) != 1:
        problem = f"{len(fitting)} readings have the words {words!r}"
        allowed = "; ".join(found[clause].words)
        raise InvalidInput(problem, where=clause, allowed=allowed)
    if clause == f"{treaty.id}: term" and isinstance(treaty.term, Unknown):
        return attrs.evolve(treaty, term=treaty.term.readings[fitting[0]].value)
    number = [name for name in found if name != f"{treaty.id}: term"].index(clause)
    obligations, unknowns = list(treaty.obligations), unknown_clauses(treaty)
    for n, field in groups(treaty)[number]:
        value = unknowns[n, field].readings[fitting[0]].value
        obligations[n] = obligations[n].reading({field: value})
    return attrs.evolve(treaty, obligations=tuple(obligations))


def _has(reading: str, words: str) -> bool:
    """Whether whole words stand in a reading, in their order."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", reading) is not None


def scenario_clauses(scenario: Scenario) -> dict[str, Clause]:
    """Return the unknown clauses of every treaty that an arm has, by name."""
    return {
        clause.name: clause
        for arm in scenario.arms
        for treaty in scenario.treaties_in(arm.name)
        for clause in clauses(treaty, scenario.start)
    }


def choices(reading: NDArray[np.int64], read: tuple[Clause, ...]) -> dict[str, Array]:
    """Return the code of each clause's reading, given the numbers of joint readings."""
    sizes = tuple(len(clause.words) for clause in read)
    codes = np.unravel_index(reading, sizes) if sizes else ()
    return {
        clause.name: np.asarray(code, dtype=np.float64)
        for clause, code in zip(read, codes, strict=True)
    }


def record(theta: Any, named: dict[str, Array]) -> NDArray[np.void]:
    """Return parameters and what else was drawn as one structured array, a row a draw."""
    columns = {name: np.asarray(theta[name]) for name in theta.dtype.names} | named
    rows = np.zeros(len(theta), np.dtype([(name, np.float64) for name in columns]))
    for name, values in columns.items():
        rows[name] = values
    return rows
