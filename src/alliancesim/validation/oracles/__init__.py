"""Every submodel that draws, against an exact counterpart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.data.names import known_name
from alliancesim.scenario.run_options import LARGEST_SEED
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
    "intensity": _answers.intensities,
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


@checked
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
    draws = whole_number("draws", draws, _FEWEST, 2**32)
    seed = whole_number("seed", seed, 0, LARGEST_SEED)
    chosen: Iterable[str] = FAMILIES if families is None else families
    rows: list[Row] = []
    for family in chosen:
        known_name(family, FAMILIES, what="family", where="families")
        rows.extend(FAMILIES[family](draws, seed))
    return Verification(tuple(rows), draws, seed)
