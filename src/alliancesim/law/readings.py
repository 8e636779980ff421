"""Every way to read the unknown clauses of a treaty together, each with its weight."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from math import prod
from typing import Any

import attrs

from alliancesim.law.clauses import Obligation
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Reading, Unknown

__all__ = ["JointReading", "readings"]

Where = tuple[int, str]
"""The number of an obligation, and a clause of it."""


@attrs.frozen(kw_only=True)
class JointReading:
    """The treaty with every unknown clause read one way.

    Attributes
    ----------
    weight : float
        The probability of reading it so.
    words : str
        The readings in words; empty where nothing is unknown.
    treaty : Treaty
        The treaty so read: nothing in its obligations is unknown.
    """

    weight: float
    words: str
    treaty: Treaty


def unknown_clauses(treaty: Treaty) -> dict[Where, Unknown[Any]]:
    """Return the unknown clauses of the obligations by number and field."""
    return {
        (n, name): unknown
        for n, obligation in enumerate(treaty.obligations)
        for name, unknown in obligation.unknowns.items()
    }


def groups(treaty: Treaty) -> list[list[Where]]:
    """Return the places of unknown clauses, those that are read together in one list."""
    found: dict[str, list[Where]] = {}
    for where, unknown in unknown_clauses(treaty).items():
        found.setdefault(unknown.group or f"{where}", []).append(where)
    return list(found.values())


@lru_cache(maxsize=256)
def readings(treaty: Treaty) -> tuple[JointReading, ...]:
    """Return every way to read the unknown clauses together, with the product of the weights.

    Readings that read an obligation alike share it, so that what it owes is asked once.
    """
    unknowns = unknown_clauses(treaty)
    if not unknowns:
        return (JointReading(weight=1.0, words="", treaty=treaty),)
    together = groups(treaty)
    made: dict[Any, Obligation] = {}
    choices = product(*(range(len(unknowns[group[0]].readings)) for group in together))
    return tuple(
        read(treaty, unknowns, list(zip(together, choice, strict=True)), made) for choice in choices
    )


def told(reading: Reading[Any]) -> str:
    """Return a reading in words, with who holds it where that is disputed."""
    return reading.words + (f" (so {', '.join(reading.held_by)})" if reading.held_by else "")


def read(
    treaty: Treaty,
    unknowns: dict[Where, Unknown[Any]],
    chosen: list[tuple[list[Where], int]],
    made: dict[Any, Obligation],
) -> JointReading:
    """Read the groups of unknown clauses as chosen, by the number of the reading."""
    clauses: dict[int, dict[str, int]] = {}
    words: list[str] = []
    for group, index in chosen:
        for n, name in group:
            clauses.setdefault(n, {})[name] = index
            words.append(told(unknowns[n, name].readings[index]))
    obligations = list(treaty.obligations)
    for n, fields in clauses.items():
        key = (n, *fields.items())
        if key not in made:
            values = {name: unknowns[n, name].readings[at].value for name, at in fields.items()}
            made[key] = obligations[n].reading(values)
        obligations[n] = made[key]
    return JointReading(
        weight=prod(unknowns[group[0]].readings[index].weight for group, index in chosen),
        words="; ".join(dict.fromkeys(words)),
        treaty=attrs.evolve(treaty, obligations=tuple(obligations)),
    )
