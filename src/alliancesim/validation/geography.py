"""The map of the generic world: who borders whom, who is a rival, and how far it is."""

from __future__ import annotations

from itertools import combinations

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.data.state import DisputeClass

__all__ = ["RECORDED_PAIR_YEARS", "Geography", "geography"]

RECORDED_PAIR_YEARS: dict[DisputeClass, int] = {
    "rival": 3594,
    "land": 12176,
    "relevant": 59132,
    "unrelated": 647578,
}
"""Pair-years by class, 1946-2010 (Gibler-Miller-Little, Thompson-Dreyer, Correlates of War)."""
NEIGHBOURING_RIVALS = 2523 / 3594
"""Share of rivals' pair-years, 1946-2010, in which the two touch by land."""
_MAP_KM = (14_000.0, 7_000.0)


@attrs.frozen(eq=False)
class Geography:
    """What lies between states, by their places in the order given.

    Parameters
    ----------
    km : array, shape (states, states)
        Distance between borders: between capitals, less that of the farthest neighbours.
    touching, rivals, relevant : set of (int, int)
        Pairs that share a land border, are open rivals, are politically relevant; lower first.
    """

    km: NDArray[np.float64]
    touching: frozenset[tuple[int, int]]
    rivals: frozenset[tuple[int, int]]
    relevant: frozenset[tuple[int, int]]

    def nearest(self, state: int) -> list[int]:
        """Return all other states, the nearest first."""
        return [int(other) for other in np.argsort(self.km[state], kind="stable") if other != state]


def geography(rng: np.random.Generator, power: NDArray[np.float64]) -> Geography:
    """Scatter states over a map and class their pairs in the proportions of the record."""
    n = len(power)
    at = rng.uniform(0.0, 1.0, (n, 2)) * _MAP_KM
    apart = np.hypot(*np.moveaxis(at[:, None] - at[None, :], -1, 0))
    nearest = sorted(combinations(range(n), 2), key=lambda pair: float(apart[pair]))
    counts = _counts(len(nearest))
    near = round(counts["rival"] * NEIGHBOURING_RIVALS)
    touching = nearest[: counts["land"] + near]
    great = int(np.argmax(power))
    # The great power's pairs first, then the nearest of the rest.
    others = sorted(nearest[len(touching) :], key=lambda pair: great not in pair)
    relevant = others[: counts["relevant"] + counts["rival"] - near]
    rivals = [*_some(rng, touching, near), *_some(rng, relevant, counts["rival"] - near)]
    border = float(apart[touching[-1]])
    return Geography(
        km=np.round(np.maximum(0.0, apart - border)),
        touching=frozenset(touching),
        rivals=frozenset(rivals),
        relevant=frozenset(touching) | frozenset(relevant),
    )


def _counts(pairs: int) -> dict[DisputeClass, int]:
    """Share out pairs among the classes as the record has them, to the nearest whole."""
    total = sum(RECORDED_PAIR_YEARS.values())
    return {name: round(pairs * years / total) for name, years in RECORDED_PAIR_YEARS.items()}


def _some(
    rng: np.random.Generator, pairs: list[tuple[int, int]], count: int
) -> list[tuple[int, int]]:
    return [pairs[int(i)] for i in rng.choice(len(pairs), count, replace=False)]
