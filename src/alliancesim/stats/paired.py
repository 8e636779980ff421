"""How sure a number is: means and paired differences over worlds, with their intervals.

Two intervals are kept apart. The *sampling* interval is for a mean over draws and priors, and
shrinks as more worlds are played. The *prior* interval is how far the expected difference itself
moves over the priors of the parameters; more worlds make it sharper, not narrower.

Every function takes values whose first axis is the world, and works on all other axes at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.errors import InvalidInput
from alliancesim.stats.quantiles import student_t

__all__ = [
    "ENOUGH_DRAWS",
    "ENOUGH_WORLDS",
    "MOST_NOISE",
    "Design",
    "Difference",
    "Estimate",
    "by_draw",
    "difference",
    "jackknifed",
]

Floats = NDArray[np.float64]

ENOUGH_WORLDS = 8
"""Worlds a draw below which sampling noise and priors cannot be told apart."""
ENOUGH_DRAWS = 40
"""Draws below which the 2.5 % and 97.5 % points of the priors cannot be read off."""
MOST_NOISE = 0.5
"""Share of noise in the spread of draws' means above which it is not read as the priors'."""
LEVEL = 0.95
"""Coverage of both intervals."""


@attrs.frozen
class Design:
    """Which worlds share a draw of the parameters.

    Parameters
    ----------
    worlds : int
        Number of worlds, 2 or more.
    worlds_per_draw : int
        Consecutive worlds that share one draw, 1 or more.
    first_world : int
        Number of the first world; a draw may have begun before it.
    priors : bool
        False if all worlds share one set of parameters: each world is then on its own.
    """

    worlds: int
    worlds_per_draw: int = 1
    first_world: int = 0
    priors: bool = True

    def __attrs_post_init__(self) -> None:
        """Refuse a run too short for an interval."""
        if self.worlds < 2:
            raise InvalidInput(f"{self.worlds} worlds", where="statistics", allowed="2 or more")

    @property
    def starts(self) -> NDArray[np.intp]:
        """Position of the first world of each draw; of each world where draws do not matter."""
        if not self.priors or self.worlds_per_draw == 1:
            return np.arange(self.worlds)
        draw = (np.arange(self.worlds) + self.first_world) // self.worlds_per_draw
        return np.flatnonzero(np.diff(draw, prepend=-1))

    @property
    def whole_draws(self) -> slice:
        """The worlds of draws that were played in full."""
        size = self.worlds_per_draw
        skipped = -self.first_world % size
        return slice(skipped, skipped + max(0, self.worlds - skipped) // size * size)

    @property
    def no_prior_interval(self) -> str:
        """Why there can be no prior interval; empty if there can."""
        if not self.priors:
            return "parameters were fixed"
        if self.worlds_per_draw < ENOUGH_WORLDS:
            return f"fewer than {ENOUGH_WORLDS} worlds a draw of the parameters"
        whole = self.whole_draws
        draws = (whole.stop - whole.start) // self.worlds_per_draw
        if draws < ENOUGH_DRAWS:
            return f"fewer than {ENOUGH_DRAWS} draws of the parameters"
        return ""


@attrs.frozen(eq=False)
class Estimate:
    """A mean and its 95 % sampling interval; NaN where one draw alone was played.

    Parameters
    ----------
    mean, low, high : float array
        The estimate and the ends of its interval, in the metric's unit.
    """

    mean: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, values: Floats, design: Design) -> Estimate:
        """Estimate the mean of `values`, shape (worlds, ...).

        Worlds of one draw are alike, so the interval rests on the draws: Student's t over their
        means (sums about the grand mean where the last draw is not whole).
        """
        mean = values.mean(axis=0)
        return _about(mean, _cluster_sums(values - mean, design.starts) / len(values))

    @classmethod
    def of_ratio(cls, numerator: Floats, denominator: Floats, design: Design) -> Estimate:
        """Estimate a ratio of means, such as calls answered over calls, by the delta method.

        NaN where the denominator is zero throughout.
        """
        total = denominator.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio = np.where(total == 0, np.nan, numerator.sum(axis=0) / total)
            parts = _cluster_sums(numerator - ratio * denominator, design.starts) / total
        return _about(ratio, parts)


def jackknifed(statistic: Callable[[Floats], Floats], sums: Floats) -> Estimate:
    """Estimate a smooth function of totals by the jackknife; `sums` has a row a batch."""
    n, total = len(sums), sums.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        without = np.array([statistic(total - each) for each in sums])
        pseudo = n * statistic(total) - (n - 1) * without
    return Estimate.of(pseudo, Design(worlds=n))


def skewness(values: Floats) -> float:
    """Return the skewness of values, m₃/m₂^1.5; NaN where they do not vary."""
    spread = values - values.mean()
    largest = float(np.abs(spread).max())
    if np.ptp(values) == 0 or largest == 0:
        return math.nan
    scaled = spread / largest
    return float(np.mean(scaled**3) / np.mean(scaled**2) ** 1.5)


def _cluster_sums(values: Floats, starts: NDArray[np.intp]) -> Floats:
    sums: Floats = np.add.reduceat(values, starts, axis=0)
    return sums


def _about(mean: Floats, parts: Floats) -> Estimate:
    """Return the interval of a mean from what each cluster adds to its error."""
    half = student_t(0.5 + LEVEL / 2, max(len(parts) - 1, 1)) * np.sqrt(_variance(parts))
    return Estimate(np.asarray(mean), np.asarray(mean - half), np.asarray(mean + half))


def _variance(parts: Floats) -> Floats:
    clusters = len(parts)
    if clusters < 2:
        return np.full(parts.shape[1:], np.nan)
    variance: Floats = clusters / (clusters - 1) * np.square(parts).sum(axis=0)
    return variance


@attrs.frozen(eq=False, kw_only=True)
class Difference:
    """What one arm changes against another, in the same worlds.

    Parameters
    ----------
    sampling : Estimate
        Mean of the paired difference, arm minus the other, with its 95 % sampling interval.
    prior_low, prior_high : float array
        Central 95 % of the expected difference given the parameters, over their priors; NaN
        where it is absent: for the reason in `why_no_prior`, or because most is sampling noise.
    positive : float array
        Probability over the priors that the expected difference is above zero, 0 to 1, or NaN.
    noise_share : float array
        Share of the variance between draws' means that is sampling noise, 0 to 1, or NaN. Above
        one half there is no prior interval: more worlds a draw are needed.
    variance_factor : float array
        How many times the variance would be larger with independent seeds. Infinite where the
        arms never differ; NaN where neither arm varies.
    differing : float array
        Share of worlds in which the arms differ, 0 to 1.
    needed : float array
        Worlds at which the sampling interval would leave out zero, if the mean stays; infinite
        where the mean is zero.
    why_no_prior : str
        Why the prior interval is absent for all; empty if it is not.
    """

    sampling: Estimate
    prior_low: Floats
    prior_high: Floats
    positive: Floats
    noise_share: Floats
    variance_factor: Floats
    differing: Floats
    needed: Floats
    why_no_prior: str


def difference(arm: Floats, other: Floats, design: Design) -> Difference:
    """Compare two arms played in the same worlds.

    Parameters
    ----------
    arm, other : float array, shape (worlds, ...)
        A metric's values in either arm, world by world.
    design : Design
        Which worlds share a draw of the parameters.

    Returns
    -------
    Difference
        Arrays of the shape of one world's values.
    """
    paired = np.asarray(arm - other)
    sampling = Estimate.of(paired, design)
    return Difference(
        sampling=sampling,
        variance_factor=_variance_factor(arm, other, paired, design),
        differing=np.asarray(np.mean(arm != other, axis=0)),
        needed=_needed(sampling, design),
        why_no_prior=design.no_prior_interval,
        **_over_priors(paired, design),
    )


def _variance_factor(arm: Floats, other: Floats, paired: Floats, design: Design) -> Floats:
    spread = [
        _variance(_cluster_sums(values - values.mean(axis=0), design.starts))
        for values in (arm, other, paired)
    ]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((spread[0] + spread[1]) / spread[2])


def _needed(sampling: Estimate, design: Design) -> Floats:
    half = sampling.high - sampling.mean
    with np.errstate(invalid="ignore", divide="ignore"):
        worlds = design.worlds * np.square(half / sampling.mean)
    step = design.worlds_per_draw if design.priors else 1
    whole = np.maximum(2, np.ceil(worlds / step) * step)
    return np.asarray(np.where(sampling.mean == 0, np.inf, whole))


def by_draw(paired: Floats, design: Design) -> Floats:
    """Return the worlds of whole draws, shape (draws, worlds per draw, ...)."""
    return paired[design.whole_draws].reshape(-1, design.worlds_per_draw, *paired.shape[1:])


def _over_priors(paired: Floats, design: Design) -> dict[str, Any]:
    """Split draws' means into priors and sampling noise, and read the spread of the first off them.

    Each draw's mean is pulled to the grand mean by the root of the share of variance that is not
    noise, so that what is left is as spread out as the expectations themselves are (Louis 1984,
    doi:10.1080/01621459.1984.10478062); shrinking by the share itself would leave too little.
    Its shape is still that of means with noise, so where noise is most of it nothing is said.
    """
    absent = np.full(paired.shape[1:], np.nan)
    names = ("prior_low", "prior_high", "positive", "noise_share")
    if design.no_prior_interval:
        return dict.fromkeys(names, absent)
    draws = by_draw(paired, design)
    means = draws.mean(axis=1)
    noise_share = _noise_share(draws, means)
    shrunk = means.mean(axis=0) + np.sqrt(1 - noise_share) * (means - means.mean(axis=0))
    tail = (1 - LEVEL) / 2
    spread = (
        np.quantile(shrunk, tail, axis=0),
        np.quantile(shrunk, 1 - tail, axis=0),
        np.mean(shrunk > 0, axis=0),
    )
    told_apart = noise_share <= MOST_NOISE
    values = [np.where(told_apart, value, np.nan) for value in spread]
    return dict(zip(names, [*values, noise_share], strict=True))


def _noise_share(draws: Floats, means: Floats) -> Floats:
    """Return the share of the variance between draws' means that noise explains, 0 to 1."""
    within = draws.var(axis=1, ddof=1).mean(axis=0) / draws.shape[1]
    between = means.var(axis=0, ddof=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(between == 0, within > 0, within / between)
    return np.asarray(np.minimum(share, 1.0), dtype=np.float64)
