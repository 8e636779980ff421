"""Which prior an answer depends on, and where it would flip: statistics of draws' means.

Everything here is about E[difference | draw], known from the mean over the worlds of each draw.
Such a mean carries sampling noise; what is said of the priors is corrected for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.stats.paired import skewness
from alliancesim.stats.quantiles import student_t

__all__ = [
    "Curve",
    "Dummy",
    "Split",
    "Surface",
    "curve",
    "dummy",
    "index",
    "interval",
    "readings",
    "split",
    "surface",
    "verdict",
]

Floats = NDArray[np.float64]
Verdict = Literal["flips", "unclear", "does not flip"]

RESAMPLES = 400
"""Resamples of the draws behind each interval."""
BATCH = 20
"""Resamples that are in memory at a time."""
DUMMIES = 100
"""Made-up inputs that have no part in the outcome."""
LEVEL = 0.95
TAIL = (1 - LEVEL) / 2
PLAUSIBLE = (0.05, 0.95)
"""Quantiles of a prior that bound its plausible range."""
POINTS = 181
GRID = 61
DEGREE = 3
_SEED = 20000
_BAND = ("mean", "low", "high")


@attrs.frozen(kw_only=True)
class Split:
    """How much of a difference is the priors', and how sure its sign is over them.

    Parameters
    ----------
    priors, priors_low, priors_high : float
        Share of the variance of one world's difference that is the parameters', 0 to 1, with its
        95 % interval; the rest is sampling noise.
    noise_share : float
        Share of sampling noise in the variance between draws' means, 0 to 1.
    positive, positive_low, positive_high : float
        Probability over the priors that the expected difference is above zero, with its 95 %
        interval.
    """

    priors: float
    priors_low: float
    priors_high: float
    noise_share: float
    positive: float
    positive_low: float
    positive_high: float


def split(means: Floats, within: Floats, worlds_per_draw: int) -> Split:
    """Split the variance of a difference into priors and sampling noise.

    Parameters
    ----------
    means, within : float array, shape (draws,)
        Mean paired difference of each draw, and its variance between the draw's worlds.
    worlds_per_draw : int
        2 or more.
    """
    priors, noise_share, positive = _split(means[None], within[None], worlds_per_draw)
    resampled = [
        _split(means[chosen], within[chosen], worlds_per_draw) for chosen in _batches(len(means))
    ]
    shares, _, signs = (np.concatenate(each) for each in zip(*resampled, strict=True))
    low, high = np.quantile(shares, [TAIL, 1 - TAIL])
    least, most = np.quantile(signs, [TAIL, 1 - TAIL])
    return Split(
        priors=float(priors[0]),
        priors_low=float(low),
        priors_high=float(high),
        noise_share=float(noise_share[0]),
        positive=float(positive[0]),
        positive_low=float(least),
        positive_high=float(most),
    )


def _split(means: Floats, within: Floats, worlds: int) -> tuple[Floats, Floats, Floats]:
    """Return the priors' share of variance, noise's share in means, and P(> 0), a row each."""
    between, noise = means.var(axis=1, ddof=1), within.mean(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        noise_share = np.where(between == 0, 1.0, np.minimum(noise / worlds / between, 1.0))
        theirs = between * (1 - noise_share)
        priors = np.where(theirs + noise == 0, 0.0, theirs / (theirs + noise))
    middle = means.mean(axis=1, keepdims=True)
    shrunk = middle + np.sqrt(1 - noise_share)[:, None] * (means - middle)
    return np.nan_to_num(priors), noise_share, np.mean(shrunk > 0, axis=1)


def _resampled(count: int) -> NDArray[np.int64]:
    return np.concatenate(list(_batches(count)))


def _batches(count: int) -> Iterator[NDArray[np.int64]]:
    """Yield the resamples of so many draws, a few at a time, so that memory stays small."""
    rng = np.random.default_rng(_SEED)
    for _ in range(RESAMPLES // BATCH):
        yield rng.integers(count, size=(BATCH, count))


def index(values: Floats, means: Floats, noise_share: float) -> float:
    """Return the first-order sensitivity index of E[difference | draw] to one input.

    Parameters
    ----------
    values, means : float array, shape (draws,)
        The input's value in each draw, and the mean difference over the draw's worlds.
    noise_share : float
        Share of sampling noise in the variance of the means, below 1.

    Returns
    -------
    float
        Share of the variance of the expected difference that the input alone explains, about 0
        to 1. EASI (Plischke 2010, doi:10.1016/j.ress.2009.11.005), its bias removed (Tissot &
        Prieur 2012, doi:10.1016/j.ress.2012.06.010), as SALib has it; then divided by what is
        not sampling noise.
    """
    from SALib.analyze import rbd_fast

    count = len(means)
    ordered = rbd_fast.permute_outputs(values, means)
    raw = rbd_fast.compute_first_order(ordered, _harmonics(count))
    return float(rbd_fast.unskew_S1(raw, _harmonics(count), count)) / (1 - noise_share)


def interval(values: Floats, means: Floats, noise_share: float) -> float:
    """Return half of the 95 % interval of `index`.

    SALib resamples half as many draws as there are, which widens its interval by a root of two;
    that is taken back.
    """
    from SALib.analyze import rbd_fast

    rng = np.random.default_rng(_SEED)
    half = rbd_fast.bootstrap(values, means, _harmonics(len(means)), 100, LEVEL, rng)
    return float(half / np.sqrt(2) / (1 - noise_share))


def _harmonics(count: int) -> int:
    """Return how many harmonics describe a conditional mean: fewer where draws are few."""
    return min(10, max(4, count // 50))


@attrs.frozen
class Dummy:
    """What an input without any part in the outcome scores by chance.

    Parameters
    ----------
    mean : float
        Mean index of such inputs.
    highest : float
        What the highest index of as many such inputs as were searched stays below in 95 % of
        cases.
    """

    mean: float
    highest: float


def dummy(means: Floats, noise_share: float, inputs: int) -> Dummy:
    """Return what inputs without a part score, if so many of them are searched.

    The indices of `DUMMIES` random inputs, before their bias is removed, are those of a gamma
    distribution, whose upper tail is read off.
    """
    from SALib.analyze import rbd_fast
    from scipy.special import gammainccinv

    rng, count = np.random.default_rng(_SEED), len(means)
    harmonics = _harmonics(count)
    raw = np.array(
        [rbd_fast.compute_first_order(rng.permutation(means), harmonics) for _ in range(DUMMIES)]
    )
    shape = raw.mean() ** 2 / raw.var(ddof=1)
    highest = gammainccinv(shape, (1 - LEVEL) / inputs) * raw.mean() / shape
    found = rbd_fast.unskew_S1(np.array([raw.mean(), highest]), harmonics, count)
    return Dummy(*(float(each) for each in found / (1 - noise_share)))


@attrs.frozen(eq=False, kw_only=True)
class Curve:
    """The expected difference against one input, over its plausible range.

    Parameters
    ----------
    at : float array, shape (points,)
        Values of the input, rising.
    mean, low, high : float array, shape (points,)
        E[difference | input], with a 95 % band for the whole curve.
    verdict : {"flips", "unclear", "does not flip"}
        It flips if the band lies below zero somewhere and above it elsewhere; it does not if
        the band leaves out zero everywhere.
    flip, flip_low, flip_high : float
        Where the curve crosses zero, with a 95 % interval; NaN where it does not cross, infinite
        where the interval runs out of the plausible range.
    """

    at: Floats
    mean: Floats
    low: Floats
    high: Floats
    verdict: Verdict
    flip: float = np.nan
    flip_low: float = np.nan
    flip_high: float = np.nan


def curve(values: Floats, means: Floats) -> Curve:
    """Fit a smooth curve of draws' means on one input.

    A cubic by least squares, in the input or in its logarithm, whichever is less skewed, so that
    a long tail does not rule the fit. Draws are resampled for its band.
    """
    count = len(values)
    scaled = _scale(values)
    low, high = (float(end) for end in np.quantile(values, PLAUSIBLE))
    at = np.linspace(low, high, POINTS)
    basis, there = _basis(scaled(values)), _basis(scaled(at))
    weights = np.apply_along_axis(np.bincount, 1, _resampled(count), minlength=count)
    fits = _fits(basis, means, np.vstack([np.ones(count), weights])) @ there.T
    mean, others = fits[0], fits[1:]
    reach = _reach(mean, others)
    return Curve(
        at=at,
        mean=mean,
        low=mean - reach,
        high=mean + reach,
        verdict=verdict(mean - reach, mean + reach),
        **_crossing(at, mean, others),
    )


def _scale(values: Floats) -> Callable[[Floats], Floats]:
    """Return what takes an input to -1 to 1, by its logarithm where that is less skewed."""
    logs = values.min() > 0 and abs(skewness(np.log(values))) < abs(skewness(values))
    low, high = (np.log if logs else np.asarray)(np.array([values.min(), values.max()]))

    def scaled(x: Floats) -> Floats:
        return np.asarray(2 * ((np.log(x) if logs else x) - low) / (high - low) - 1)

    return scaled


def _basis(scaled: Floats) -> Floats:
    return np.asarray(np.polynomial.legendre.legvander(scaled, DEGREE), dtype=np.float64)


def _fits(basis: Floats, means: Floats, weights: Floats) -> Floats:
    """Return coefficients of weighted least squares, a row for each row of weights."""
    terms = basis.shape[1]
    products = (basis[:, :, None] * basis[:, None, :]).reshape(len(basis), -1)
    left = (weights @ products).reshape(-1, terms, terms)
    right = (weights @ (basis * means[:, None]))[..., None]
    return np.asarray(np.linalg.solve(left, right)[..., 0], dtype=np.float64)


def verdict(low: Floats, high: Floats) -> Verdict:
    """Tell whether means with such bands lie on both sides of zero."""
    if (high < 0).any() and (low > 0).any():
        return "flips"
    if (high < 0).all() or (low > 0).all():
        return "does not flip"
    return "unclear"


def _crossing(at: Floats, mean: Floats, others: Floats) -> dict[str, float]:
    """Return where a curve crosses zero between its lowest and its highest point."""
    if not mean.min() < 0 < mean.max():
        return {}
    first, last = sorted((int(mean.argmin()), int(mean.argmax())))
    sign = 1 if mean[last] > mean[first] else -1
    place = _zero(at, sign * mean, (at[first] + at[last]) / 2)
    turned = [_zero(at, sign * one, place) for one in others]
    low, high = np.quantile(turned, [TAIL, 1 - TAIL], method="inverted_cdf")
    return {"flip": place, "flip_low": float(low), "flip_high": float(high)}


def _zero(at: Floats, rising: Floats, near: float) -> float:
    """Return the place nearest to a value where a curve turns from negative to positive."""
    ups = np.flatnonzero((rising[:-1] < 0) & (rising[1:] >= 0))
    if not len(ups):
        return float(np.inf if rising.mean() < 0 else -np.inf)
    k = ups[np.argmin(np.abs(at[ups] - near))]
    return float(np.interp(0, rising[k : k + 2], at[k : k + 2]))


@attrs.frozen(eq=False, kw_only=True)
class Surface:
    """The expected difference against two inputs, over their plausible ranges.

    Parameters
    ----------
    across, up : float array
        Values of the two inputs, rising.
    mean, low, high : float array, shape (up, across)
        E[difference | both], with a 95 % band for the whole surface.
    """

    across: Floats
    up: Floats
    mean: Floats
    low: Floats
    high: Floats


def surface(first: Floats, second: Floats, means: Floats) -> Surface:
    """Fit a smooth surface of draws' means on two inputs: products of squares, least squares.

    Draws are resampled for its standard error; the band is as many of them to either side as
    holds the whole surface in 95 % of resamples.
    """
    count, scales, places = len(means), (_scale(first), _scale(second)), []
    for values in (first, second):
        low, high = (float(end) for end in np.quantile(values, PLAUSIBLE))
        places.append(np.linspace(low, high, GRID))
    terms = _products(scales[0](first), scales[1](second))
    across, up = np.meshgrid(*places)
    there = _products(scales[0](across), scales[1](up)).reshape(GRID * GRID, -1)
    weights = np.apply_along_axis(np.bincount, 1, _resampled(count), minlength=count)
    fits = _fits(terms, means, np.vstack([np.ones(count), weights])) @ there.T
    mean, reach = fits[0], _reach(fits[0], fits[1:])
    shaped = (each.reshape(GRID, GRID) for each in (mean, mean - reach, mean + reach))
    return Surface(across=places[0], up=places[1], **dict(zip(_BAND, shaped, strict=True)))


def _products(first: Floats, second: Floats) -> Floats:
    return np.asarray(np.polynomial.legendre.legvander2d(first, second, [2, 2]))


def _reach(mean: Floats, others: Floats) -> Floats:
    """Return half the width of a band that holds a whole fit in 95 % of resamples."""
    spread = others.std(axis=0)
    farthest = np.max(np.abs(others - mean) / spread, axis=1)
    return np.asarray(np.quantile(farthest, LEVEL) * spread)


def readings(codes: Floats, means: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the codes of a clause's readings, the mean difference under each, and its interval.

    Student's t over the draws with that reading, 95 %.
    """
    found = np.unique(codes)
    parts = [means[codes == code] for code in found]
    middle = np.array([part.mean() for part in parts])
    half = np.array(
        [
            student_t(1 - TAIL, len(part) - 1) * part.std(ddof=1) / np.sqrt(len(part))
            if len(part) > 1
            else np.inf
            for part in parts
        ]
    )
    return found, middle, middle - half, middle + half
