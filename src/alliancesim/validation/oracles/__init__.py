"""Every submodel that draws, against an exact counterpart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from alliancesim.errors import InvalidInput
from alliancesim.validation.oracles import (
    _addresses,
    _answers,
    _brinks,
    _courses,
    _crises,
    _fights,
    _opportunities,
    _worlds,
)
from alliancesim.validation.rows import Row, Verification

__all__ = ["FAMILIES", "verify"]

Oracle = Callable[[int, int], Iterator[Row]]

FAMILIES: dict[str, Oracle] = {
    "chance": _addresses.addressed,
    "normal": _addresses.normal,
    "priors": _addresses.priors,
    "contest": _fights.contest,
    "ladder": _answers.ladder,
    "shared shock": _answers.shared_shock,
    "commitment": _answers.commitments,
    "belief": _answers.belief,
    "quadrature": _answers.quadrature,
    "thinning": _opportunities.arrivals,
    "heat": _opportunities.heat,
    "challenge": _crises.challenge,
    "resistance": _crises.resistance,
    "demand": _crises.demands,
    "durations": _fights.durations,
    "attrition": _fights.attrition,
    "experience": _fights.experience,
    "brink": _brinks.brinks,
    "membership": _courses.membership,
    "guarantees": _courses.guarantees,
    "readings": _worlds.readings,
    "worlds": _worlds.worlds,
}
"""Oracles by the submodel that they hold to account; each takes draws and a seed."""

_FEWEST = 1000


def verify(
    draws: int = 1_000_000, seed: int = 0, families: Sequence[str] | None = None
) -> Verification:
    """Hold the library's submodels against closed forms, quadrature and small chains.

    Parameters
    ----------
    draws : int
        Draws for each number where they are cheap, at least 1000; fewer where a draw is a decade
        of a pair or a whole world.
    seed : int
        0 to 2**64 - 1.
    families : sequence of str, optional
        Keys of `FAMILIES`; all by default.

    Returns
    -------
    Verification
        A row a number. Print it for the table; ``failed`` holds what disagrees.

    Raises
    ------
    InvalidInput
        If a number is out of range or a family unknown.
    """
    _check(draws, "draws", _FEWEST, 2**32)
    _check(seed, "seed", 0, 2**64 - 1)
    chosen: Iterable[str] = FAMILIES if families is None else families
    rows: list[Row] = []
    for family in chosen:
        if family not in FAMILIES:
            raise InvalidInput(f"{family!r}", where="families", allowed=", ".join(FAMILIES))
        rows.extend(FAMILIES[family](draws, seed))
    return Verification(tuple(rows), draws, seed)


def _check(value: int, name: str, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        allowed = f"a whole number from {low} to {high}"
        raise InvalidInput(f"{value!r}", where=name, allowed=allowed)
