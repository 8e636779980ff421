"""How sure a number is: means and paired differences over worlds, with their intervals.

Two intervals are kept apart. The *sampling* interval is for a mean over draws and priors, and
shrinks as more worlds are played. The *prior* interval is how far the expected difference itself
moves over the priors of the parameters; more worlds make it sharper, not narrower.

Neither has a width of zero: where nothing varied, or too little happened to say how large the error
is, its ends are NaN, and `Estimate.effective` says on how many draws the standard error rests.

Every function takes values whose first axis is the world, and works on all other axes at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.errors import InvalidInput
from alliancesim.stats.quantiles import normal, student_t

__all__ = [
    "ENOUGH_DRAWS",
    "ENOUGH_EFFECTIVE",
    "ENOUGH_WORLDS",
    "MOST_NOISE",
    "Design",
    "Difference",
    "Estimate",
    "by_draw",
    "difference",
    "interval_about",
    "jackknifed",
    "prior_spread",
    "score_interval",
    "shared_priors_factor",
    "variance_of_sum",
    "without_rounding",
    "worlds_needed",
]

Floats = NDArray[np.float64]

ENOUGH_WORLDS = 8
"""Worlds a draw below which sampling noise and priors cannot be told apart."""
ENOUGH_DRAWS = 40
"""Draws below which no pair of them holds 95 % of the priors on average."""
ENOUGH_EFFECTIVE = 8.0
"""Effective draws that an error must rest on; with fewer the event is too rare for an interval."""
FEW_SHARE = 1 / 6
"""Share of the draws that is always enough, half of what it is for a normal distribution, so that a
short run of common events is not rare."""
MOST_NOISE = 0.5
"""Share of noise in the spread of draws' means above which it is not read as the priors'."""
LEVEL = 0.95
"""Coverage of both intervals."""
TINY_SKEW = 1e-6
"""Skewness of the mean below which it is taken as none."""
EPSILON = float(np.finfo(np.float64).eps)
PRIOR_FIELDS = (
    *("prior_low", "prior_high", "prior_low_error", "prior_high_error"),
    *("positive", "noise_share"),
)
"""Fields of `Difference` that need a prior interval, and the share of noise."""


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
    """A mean and its 95 % sampling interval.

    Parameters
    ----------
    mean : float array
        The estimate, in the metric's unit.
    low, high : float array
        Ends of its interval, in the same unit; about the mean they need not be symmetric. NaN where
        one draw alone was played, where nothing varied, and where the event is too rare.
    error : float array
        Standard error of the mean, in the same unit, at least 0; NaN where one draw alone was
        played.
    effective : float array
        Effective number of draws that the standard error rests on, (Σx²)² / Σx⁴ over what each
        draw adds to the error: near the number of draws with an event, if that is rare; a third of
        the draws, if they are normal; 0 where all are alike; NaN where one draw alone was played.
        Below `ENOUGH_EFFECTIVE`, and below a sixth of the draws, the event is too rare.
    """

    mean: Floats
    low: Floats
    high: Floats
    error: Floats
    effective: Floats

    @classmethod
    def absent(cls) -> Estimate:
        """Return the estimate of what was not seen: no number at all."""
        return cls(*(np.asarray(np.nan) for _ in range(5)))

    @classmethod
    def of(cls, values: Floats, design: Design) -> Estimate:
        """Estimate the mean of `values`, shape (worlds, ...).

        Worlds of one draw are alike, so the interval rests on the draws: Student's t over their
        means (sums about the grand mean where the last draw is not whole), corrected for their
        skewness (Hall 1992, doi:10.1111/j.2517-6161.1992.tb01872.x).
        """
        mean = values.mean(axis=0)
        parts = _cluster_sums(values - mean, design.starts) / len(values)
        return interval_about(mean, parts)

    @classmethod
    def of_ratio(cls, numerator: Floats, denominator: Floats, design: Design) -> Estimate:
        """Estimate a ratio of means, such as calls answered over calls, by the delta method.

        NaN where the denominator is zero throughout.
        """
        total = denominator.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio = np.where(total == 0, np.nan, numerator.sum(axis=0) / total)
            parts = _cluster_sums(numerator - ratio * denominator, design.starts) / total
        return interval_about(ratio, parts)

    @property
    def too_rare(self) -> NDArray[np.bool_]:
        """Where some draws contribute, but too few for an interval."""
        return np.asarray(np.isnan(self.low) & (self.effective > 0) & (self.error > 0))


def score_interval(successes: float, trials: float) -> Estimate:
    """Estimate a share of independent trials, with Wilson's interval (1927).

    Its width is never zero: it is for shares of which no part, or all, was seen. No number at all
    where there are no trials.
    """
    if trials == 0:
        return Estimate.absent()
    z = float(normal(0.5 + LEVEL / 2))
    share, weight = successes / trials, z * z / trials
    middle = (share + weight / 2) / (1 + weight)
    error = math.sqrt(share * (1 - share) / trials)
    half = z / (1 + weight) * math.sqrt(error**2 + weight / (4 * trials))
    ends = (share, max(middle - half, 0.0), min(middle + half, 1.0), error, successes)
    return Estimate(*(np.asarray(each, dtype=np.float64) for each in ends))


def jackknifed(statistic: Callable[[Floats], Floats], sums: Floats) -> Estimate:
    """Estimate a smooth function of totals by the jackknife; `sums` has a row a batch."""
    n, total = len(sums), sums.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        without = np.array([statistic(total - each) for each in sums])
        pseudo = np.asarray(n * statistic(total) - (n - 1) * without)
    mean = pseudo.mean(axis=0)
    return interval_about(mean, (pseudo - mean) / n)


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


def interval_about(mean: Floats, parts: Floats) -> Estimate:
    """Return the interval of a mean from what each cluster adds to its error.

    With T the studentised mean and a the skewness of the clusters over the root of their number,
    g(T) = ((1 + aT/3)³ − 1)/a + a/6 is nearly free of skew (Hall 1992). Either end is the farther
    one of where T has Student's quantile and where g(T) has it.
    """
    n = len(parts)
    effective = _effective(parts, mean)
    # Where clusters differ by rounding alone, there is no error either.
    error = np.where(effective == 0, 0.0, np.sqrt(variance_of_sum(parts)))
    quantile = student_t(0.5 + LEVEL / 2, max(n - 1, 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        skew = n / max(n - 2, 1) * np.power(parts / error, 3).sum(axis=0)
        below = np.maximum(_unskewed(skew, quantile), quantile)
        above = np.minimum(_unskewed(skew, -quantile), -quantile)
    rare = (effective < ENOUGH_EFFECTIVE) & (effective < FEW_SHARE * n)
    low, high = (np.asarray(np.where(rare, np.nan, mean - t * error)) for t in (below, above))
    return Estimate(np.asarray(mean), low, high, error, effective)


def _unskewed(skew: Floats, quantile: float) -> Floats:
    """Return T at which Hall's g(T) is a quantile."""
    small = np.abs(skew) < TINY_SKEW
    a = np.where(small, 1.0, skew)
    return np.asarray(
        np.where(small, quantile, 3.0 / a * (np.cbrt(1.0 + a * (quantile - a / 6.0)) - 1.0))
    )


def _effective(parts: Floats, mean: Floats) -> Floats:
    """Return on how many clusters a variance rests; 0 where they differ by rounding alone."""
    n = len(parts)
    if n < 2:
        return np.full(parts.shape[1:], np.nan)
    largest = np.abs(parts).max(axis=0)
    alike = n * largest <= 8 * EPSILON * np.abs(mean)
    squares = np.square(parts / np.where(alike, 1.0, largest))
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.square(squares.sum(axis=0)) / np.square(squares).sum(axis=0)
    return np.asarray(np.where(alike, 0.0, found))


def without_rounding(parts: Floats, largest: Floats) -> Floats:
    """Return clusters' deviations from their mean, exactly zero where rounding alone made them.

    Parameters
    ----------
    parts : float array, shape (clusters, ...)
        Deviation of each cluster's sum.
    largest : float array, shape (...)
        Largest size that a cluster's sum can have.
    """
    alike = np.abs(parts).max(axis=0) <= 8 * EPSILON * largest
    return np.asarray(np.where(alike, 0.0, parts))


def variance_of_sum(parts: Floats) -> Floats:
    """Return the variance of a sum of independent parts that have a mean of zero; NaN of one."""
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
        where it is absent: for the reason in `why_no_prior`, because most is sampling noise, or
        because nothing varies. The ends are order statistics that hold 95 % of the priors on
        average at any number of draws (Guttman's tolerance interval of 95 % expectation).
    prior_low_error, prior_high_error : float array
        Standard errors of these two ends.
    positive : float array
        Probability over the priors that the expected difference is above zero, 0 to 1, or NaN.
    noise_share : float array
        Share of the variance between draws' means that is sampling noise, 0 to 1, or NaN. Above
        one half there is no prior interval: more worlds a draw are needed.
    variance_factor : float array
        How many times the variance of the mean would be larger if each arm were run by itself,
        with draws of the parameters of its own. Infinite where the arms never differ; NaN where
        neither arm varies.
    variance_factor_shared_priors : float array
        The same against arms that share their draws of the parameters, and have independent seeds
        for all else: what common random numbers give beyond common parameters. NaN with one world a
        draw, where the two cannot be told apart; equal to `variance_factor` with fixed parameters.
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
    prior_low_error: Floats
    prior_high_error: Floats
    positive: Floats
    noise_share: Floats
    variance_factor: Floats
    variance_factor_shared_priors: Floats
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
        variance_factor_shared_priors=_shared_priors_factor(arm, other, paired, design),
        differing=np.asarray(np.mean(arm != other, axis=0)),
        needed=worlds_needed(sampling, design),
        why_no_prior=design.no_prior_interval,
        **_over_priors(paired, design),
    )


def _variance_factor(arm: Floats, other: Floats, paired: Floats, design: Design) -> Floats:
    size = design.worlds_per_draw if design.priors else 1
    spread = [
        variance_of_sum(
            without_rounding(
                _cluster_sums(values - values.mean(axis=0), design.starts),
                size * np.abs(values).max(axis=0),
            )
        )
        for values in (arm, other, paired)
    ]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((spread[0] + spread[1]) / spread[2])


def _shared_priors_factor(arm: Floats, other: Floats, paired: Floats, design: Design) -> Floats:
    if not design.priors:
        return _variance_factor(arm, other, paired, design)
    draws = by_draw(paired, design)
    if design.worlds_per_draw == 1 or len(draws) < 2:
        return np.full(paired.shape[1:], np.nan)
    within = [by_draw(values, design).var(axis=1, ddof=1) for values in (arm, other, paired)]
    return shared_priors_factor(draws.mean(axis=1), within, design.worlds_per_draw)


def shared_priors_factor(means: Floats, within: Sequence[Floats], worlds_per_draw: int) -> Floats:
    """Return `Difference.variance_factor_shared_priors` from each draw's moments.

    Parameters
    ----------
    means : float array, shape (draws, ...)
        Mean paired difference of each draw.
    within : three float arrays, shape (draws, ...)
        Variance between a draw's worlds of either arm and of the difference.
    worlds_per_draw : int
        2 or more.
    """
    noise = [each.mean(axis=0) / worlds_per_draw for each in within]
    together = means.var(axis=0, ddof=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((together - noise[2] + noise[0] + noise[1]) / together)


def worlds_needed(sampling: Estimate, design: Design) -> Floats:
    """Return `Difference.needed`: worlds, of whole draws, at which the interval leaves out zero."""
    draws = len(design.starts)
    half = student_t(0.5 + LEVEL / 2, max(draws - 1, 1)) * sampling.error
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
    if design.no_prior_interval:
        return dict.fromkeys(PRIOR_FIELDS, np.full(paired.shape[1:], np.nan))
    draws = by_draw(paired, design)
    return prior_spread(draws.mean(axis=1), draws.var(axis=1, ddof=1), design.worlds_per_draw)


def prior_spread(means: Floats, within: Floats, worlds_per_draw: int) -> dict[str, Floats]:
    """Return the fields of `Difference` that speak of the priors, from each draw's moments.

    Parameters
    ----------
    means, within : float array, shape (draws, ...)
        Mean paired difference of each draw, and its variance between the draw's worlds.
    worlds_per_draw : int
        2 or more.
    """
    noise_share = _noise_share(means, within.mean(axis=0) / worlds_per_draw)
    shrunk = means.mean(axis=0) + np.sqrt(1 - noise_share) * (means - means.mean(axis=0))
    tail = (1 - LEVEL) / 2
    spread = (
        np.quantile(shrunk, tail, axis=0, method="weibull"),
        np.quantile(shrunk, 1 - tail, axis=0, method="weibull"),
        _quantile_error(shrunk, tail),
        _quantile_error(shrunk, 1 - tail),
        np.mean(shrunk > 0, axis=0),
    )
    told_apart = (noise_share <= MOST_NOISE) & (np.ptp(means, axis=0) > 0)
    values = [np.where(told_apart, value, np.nan) for value in spread]
    return dict(zip(PRIOR_FIELDS, [*values, noise_share], strict=True))


def _quantile_error(values: Floats, share: float) -> Floats:
    """Return the standard error of a quantile, by Woodruff's method.

    The number of values below it is binomial; one standard deviation of that number either way, as
    far as there are values, says how steep the quantiles are there.
    """
    n = len(values)
    spread = math.sqrt(n * share * (1.0 - share))
    rank = np.clip([share * (n + 1) - spread, share * (n + 1) + spread], 1.0, n)
    low, high = np.quantile(values, (rank - 1.0) / (n - 1), axis=0)
    return np.asarray((high - low) * spread / (rank[1] - rank[0]))


def _noise_share(means: Floats, noise: Floats) -> Floats:
    """Return the share of the variance between draws' means that noise explains, 0 to 1."""
    between = means.var(axis=0, ddof=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(between == 0, noise > 0, noise / between)
    return np.asarray(np.minimum(share, 1.0), dtype=np.float64)
