"""Every way to read the unknown clauses of a treaty together, each with its weight."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from math import prod
from typing import Any

import attrs

from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown

__all__ = ["JointReading", "readings"]


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


def unknown_clauses(treaty: Treaty) -> dict[tuple[int, str], Unknown[Any]]:
    """Return the unknown clauses of the obligations by number and field."""
    return {
        (n, name): unknown
        for n, obligation in enumerate(treaty.obligations)
        for name, unknown in obligation.unknowns.items()
    }


def groups(treaty: Treaty) -> list[list[tuple[int, str]]]:
    """Return the places of unknown clauses, those that are read together in one list."""
    found: dict[str, list[tuple[int, str]]] = {}
    for where, unknown in unknown_clauses(treaty).items():
        found.setdefault(unknown.group or f"{where}", []).append(where)
    return list(found.values())


@lru_cache(maxsize=256)
def readings(treaty: Treaty) -> tuple[JointReading, ...]:
    """Return every way to read the unknown clauses together, with the product of the weights."""
    unknowns = unknown_clauses(treaty)
    if not unknowns:
        return (JointReading(weight=1.0, words="", treaty=treaty),)
    together = groups(treaty)
    choices = product(*(range(len(unknowns[group[0]].readings)) for group in together))
    return tuple(read(treaty, unknowns, together, choice) for choice in choices)


def read(
    treaty: Treaty,
    unknowns: dict[tuple[int, str], Unknown[Any]],
    together: list[list[tuple[int, str]]],
    choice: tuple[int, ...],
) -> JointReading:
    """Read the groups of unknown clauses as chosen."""
    obligations = list(treaty.obligations)
    words: list[str] = []
    for group, index in zip(together, choice, strict=True):
        for n, name in group:
            reading = unknowns[n, name].readings[index]
            obligations[n] = attrs.evolve(obligations[n], **{name: reading.value})
            words.append(reading.words)
    weight = prod(
        unknowns[group[0]].readings[index].weight
        for group, index in zip(together, choice, strict=True)
    )
    return JointReading(
        weight=weight,
        words="; ".join(dict.fromkeys(words)),
        treaty=attrs.evolve(treaty, obligations=tuple(obligations)),
    )
