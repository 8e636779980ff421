"""Chance and priors: uniform, independent, and spread as they say."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alliancesim import chance
from alliancesim.data.priors import Beta, LogNormal, Normal, TwoNormals, Uniform
from alliancesim.validation.oracles import _loops
from alliancesim.validation.rows import Row, mean, share, sizes

__all__ = ["addressed", "normal", "priors"]

Array = NDArray[np.float64]

_ADDRESS = (17, chance.ANSWER, 3, 40, 50, 60)  # turn, decision, draw, three entities
_PARTS = ("turn", "decision", "draw", "first entity", "second entity", "third entity")
_CELLS = 256


def addressed(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on the draws of addresses: uniformity, and independence along each part."""
    name = "chance"
    u = _loops.along_worlds(np.uint64(seed), draws, *_ADDRESS)
    flat = np.full(_CELLS, draws / _CELLS)
    yield mean(name, "mean of a draw", u, 0.5)
    yield sizes(name, f"chi-square, {_CELLS} cells, along worlds", _cells(u), flat)
    low = (u * 2.0**20) % 1.0
    yield sizes(name, f"chi-square, {_CELLS} cells, low bits", _cells(low), flat)
    # A pair's opportunities are numbered through turn and draw, so this runs along both.
    numbered = _loops.along_numbers(np.uint64(seed), draws, chance.ARRIVAL, 40, 50)
    yield sizes(name, f"chi-square, {_CELLS} cells, along turns", _cells(numbered), flat)
    yield _correlation("worlds next to each other", u[:-1], u[1:])
    yield _serial("worlds next to each other", u[:-1:2], u[1::2])
    yield _correlation("opportunities next to each other", numbered[:-1], numbered[1:])
    for part, what in enumerate(_PARTS):
        address = list(_ADDRESS)
        address[part] += 1
        yield _correlation(f"{what} next", u, _loops.along_worlds(np.uint64(seed), draws, *address))
    other = np.uint64((seed + 1) % 2**64)
    yield _correlation("seed next", u, _loops.along_worlds(other, draws, *_ADDRESS))


def _cells(u: Array) -> NDArray[np.int64]:
    return np.bincount(np.minimum((u * _CELLS).astype(np.int64), _CELLS - 1), minlength=_CELLS)


def _correlation(what: str, u: Array, v: Array) -> Row:
    """Compare a correlation with 0; the moments of the uniform are known, not estimated."""
    found = 12.0 * float(((u - 0.5) * (v - 0.5)).mean())
    return Row("chance", f"correlation, {what}", found, 0.0, 1.0 / math.sqrt(len(u)))


def _serial(what: str, u: Array, v: Array) -> Row:
    """Compare pairs of draws with an even spread over a square."""
    square = np.minimum((u * 16).astype(np.int64), 15) * 16
    counts = np.bincount(square + np.minimum((v * 16).astype(np.int64), 15), minlength=256)
    return sizes("chance", f"chi-square, 16 × 16 cells, {what}", counts, np.full(256, len(u) / 256))


def normal(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on the normal draws that the inverse distribution function makes."""
    name = "normal"
    u = _loops.along_worlds(np.uint64(seed), draws, 0, chance.SHOCK, 0, 1, 2, 0)
    z = _loops.normals(u)
    for power, exact in ((1, 0.0), (2, 1.0), (4, 3.0)):
        yield mean(name, f"mean of z to the power {power}", z**power, exact)
    for far in (1.0, 3.0):
        exact = math.erfc(far / math.sqrt(2.0))
        yield share(name, f"share beyond ±{far:g}", (np.abs(z) > far).sum(), draws, exact)


def priors(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on the five distributions that parameters are drawn from, one of them cut."""
    from scipy import stats

    low, high = (0.0 - 0.36) / 0.15, math.inf
    spread = (math.log(0.20) - math.log(0.05)) / 2.0 / stats.norm.ppf(0.95)
    known: list[tuple[str, Any, Any]] = [
        ("uniform 0.2 to 0.6", Uniform(0.2, 0.6), stats.uniform(0.2, 0.4)),
        ("normal 0.65, 0.25", Normal(0.65, 0.25), stats.norm(0.65, 0.25)),
        ("normal above 0", Normal(0.36, 0.15, low=0.0), stats.truncnorm(low, high, 0.36, 0.15)),
        ("log-normal 0.05 to 0.20", LogNormal(0.05, 0.20), stats.lognorm(spread, scale=0.1)),
        ("beta 1, 9", Beta(1.0, 9.0), stats.beta(1.0, 9.0)),
        ("two normals", TwoNormals(0.4, -5.0, 0.3, -0.5, 0.2), _Two(0.4, (-5.0, 0.3), (-0.5, 0.2))),
    ]
    for code, (what, prior, exact) in enumerate(known):
        u = _loops.along_worlds(np.uint64(seed), draws, 0, chance.PARAMETER, 0, code, 0, 0)
        values = prior.quantile(u)
        yield mean("prior", f"{what}: mean", values, exact.mean())
        for tail in (0.05, 0.95):
            below = (values < exact.ppf(tail)).sum()
            yield share("prior", f"{what}: share below its {tail:.0%} point", below, draws, tail)


class _Two:
    """A mixture of two truncated normal distributions that do not overlap, by its definition."""

    def __init__(self, share: float, low: tuple[float, float], high: tuple[float, float]) -> None:
        from scipy import stats

        self.share = share
        self.low, self.high = (stats.truncnorm(-4.0, 4.0, *part) for part in (low, high))

    def mean(self) -> float:
        return float(self.share * self.low.mean() + (1.0 - self.share) * self.high.mean())

    def ppf(self, tail: float) -> float:
        if tail < self.share:
            return float(self.low.ppf(tail / self.share))
        return float(self.high.ppf((tail - self.share) / (1.0 - self.share)))
