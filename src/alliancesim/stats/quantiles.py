"""Quantiles of standard distributions, which no version of a library can move.

What a world draws depends on the seed alone. So everything here is made of sums, products,
quotients and square roots, each rounded as IEEE 754 asks, element by element: a quantile has the
same bits on every machine, under every version of NumPy, and in an array of any length.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["beta", "exp", "log", "normal", "normal_share", "student_t"]

Array = NDArray[np.float64]

# fmt: off
# Argument reductions and coefficients of FreeBSD's msun, e_log.c and e_exp.c.
_LN2 = 0.69314718055994530942
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-1, 1.90821492927058770002e-10
_LOG = (6.666666666666735130e-1, 3.999999999940941908e-1, 2.857142874366239149e-1,
        2.222219843214978396e-1, 1.818357216161805012e-1, 1.531383769920937332e-1,
        1.479819860511658591e-1)
_EXP = (1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5,
        -1.65339022054652515390e-6, 4.13813679705723846039e-8)
# Algorithm AS 241 (PPND16): numerator and denominator near the middle, beside it, and far out.
_CENTRE = ((3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
            1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
            3.3430575583588128105e4, 2.5090809287301226727e3),
           (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
            2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
            5.2264952788528545610e3))
_SHOULDER = ((1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
              3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
              2.27238449892691845833e-2, 7.74545014278341407640e-4),
             (1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
              1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
              1.05075007164441684324e-9))
_TAIL = ((6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
          2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
          2.71155556874348757815e-5, 2.01033439929228813265e-7),
         (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
          7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
          2.04426310338993978564e-15))
# Stirling's series for the logarithm of the gamma function, from an argument of 10 upward.
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
# fmt: on
_HALF_LOG_2PI = 0.91893853320467274178
_NEAR = 2.5  # z from which the continued fraction is the quicker
_STEPS = 64  # of Newton's method at most; some six are needed
_REACH, _PER_UNIT = 37, 8  # knots of t; a draw has 53 bits, so |t| < 37
_SMOOTH = 0.5  # shapes below which quintics are too coarse


def log(x: ArrayLike) -> Array:
    """Return the natural logarithm of positive numbers, within one unit in the last place."""
    fraction, power = np.frexp(np.asarray(x, np.float64))
    small = fraction < math.sqrt(0.5)
    f = np.where(small, 2.0 * fraction, fraction) - 1.0
    k = power - np.asarray(small, np.float64)
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (_LOG[1] + w * (_LOG[3] + w * _LOG[5]))
    odd = z * (_LOG[0] + w * (_LOG[2] + w * (_LOG[4] + w * _LOG[6])))
    half = 0.5 * f * f
    value: Array = k * _LN2_HIGH - ((half - (s * (half + (even + odd)) + k * _LN2_LOW)) - f)
    return value


def exp(x: ArrayLike) -> Array:
    """Return e to the power of numbers up to 709, within one unit in the last place."""
    held = np.clip(np.asarray(x, np.float64), -746.0, 709.7)
    k = np.rint(held / _LN2)
    high, low = held - k * _LN2_HIGH, k * _LN2_LOW
    r = high - low
    t = r * r
    c = r - t * _polynomial(_EXP, t)
    value: Array = np.ldexp(1.0 - ((low - (r * c) / (2.0 - c)) - high), k.astype(np.int32))
    return value


def _polynomial(coefficients: Sequence[float] | Array, x: Array) -> Array:
    value = np.asarray(coefficients[-1] * x + coefficients[-2])
    for coefficient in coefficients[-3::-1]:
        value *= x
        value += coefficient
    return value


def normal(u: ArrayLike) -> Array:
    """Return quantiles of the standard normal distribution, for u in (0, 1).

    Algorithm AS 241 (PPND16), relative accuracy about 1e-15: Wichura (1988), Applied Statistics
    37, 477-484, doi:10.2307/2347330.
    """
    u = np.asarray(u, np.float64)
    q = u - 0.5
    r = 0.180625 - q * q
    value: Array = np.asarray(q * _ratio(_CENTRE, r))
    out = np.abs(q) > 0.425
    if out.any():
        r = np.sqrt(-log(np.minimum(u[out], 1.0 - u[out])))
        far = np.where(r <= 5.0, _ratio(_SHOULDER, r - 1.6), _ratio(_TAIL, r - 5.0))
        value[out] = np.copysign(far, q[out])
    return value


def _ratio(terms: tuple[tuple[float, ...], tuple[float, ...]], r: Array) -> Array:
    return _polynomial(terms[0], r) / _polynomial(terms[1], r)


def normal_share(z: float) -> float:
    """Return the share of the standard normal distribution below z, within 1e-13 of itself.

    A power series near zero (Marsaglia 2004, doi:10.18637/jss.v011.i04), Laplace's continued
    fraction far from it (DLMF 7.9.1).
    """
    density = float(exp(max(-z * z / 2.0, -746.0))) / math.sqrt(2.0 * math.pi)
    if abs(z) < _NEAR:
        term = total = z
        for n in range(3, 80, 2):
            term *= z * z / n
            total += term
        return 0.5 + density * total
    rest = abs(z)
    for n in range(60, 0, -1):
        rest = abs(z) + n / rest
    return density / rest if z < 0.0 else 1.0 - density / rest


def beta(a: float, b: float, u: ArrayLike) -> Array:
    """Return quantiles of the beta distribution with shapes a and b, for u in (0, 1).

    The logarithm of the quantile's odds is smooth in the logarithm t of the odds of u. It is
    solved for at knots of t, once, and joined by quintics that have its value and two derivatives
    there. Relative error below 1e-10 for shapes from 0.01 to 10,000.
    """
    u = np.asarray(u, np.float64)
    below, above = log(u.ravel()), log(1.0 - u.ravel())
    t = below - above
    if min(a, b) < _SMOOTH or np.max(np.abs(t), initial=0.0) >= _REACH:
        y = _log_odds(a, b, below, above)
    else:
        place = (t + _REACH) * _PER_UNIT
        knot = place.astype(np.intp)
        y = _polynomial(_quintics(a, b)[:, knot], place - knot)
    small = exp(-np.abs(y))
    value: Array = np.where(y < 0.0, small, 1.0) / (1.0 + small)
    return value.reshape(u.shape)


@lru_cache(maxsize=4096)
def student_t(probability: float, freedom: float) -> float:
    """Return a quantile of Student's t distribution; a probability in (0.5, 1), freedom > 0.

    By the beta distribution: t = √(freedom · (1 - x)/x) where x has the probability
    2 (1 - probability) under shapes freedom/2 and 1/2 (Abramowitz & Stegun 26.7.1).
    """
    u = np.array([2.0 * (1.0 - probability)])
    return math.sqrt(freedom * float(exp(-_log_odds(freedom / 2.0, 0.5, log(u), log(1.0 - u)))[0]))


@lru_cache(maxsize=64)
def _quintics(a: float, b: float) -> Array:
    """Return the coefficients from each knot to the next, shape (6, knots), lowest power first."""
    t = np.arange(2 * _REACH * _PER_UNIT + 1) / _PER_UNIT - _REACH
    below, above = -_log_one_plus_exp(-t), -_log_one_plus_exp(t)
    y = _log_odds(a, b, below, above)
    share_above, x_above = exp(above), exp(-_log_one_plus_exp(y))
    slope = exp(below + above - _log_density(a, b, y))
    bend = slope * (2.0 * share_above - 1.0 - ((a + b) * x_above - b) * slope)
    first, second = slope / _PER_UNIT, bend / _PER_UNIT**2
    rise, start, end = y[1:] - y[:-1], first[:-1], first[1:]
    bend, turn = second[:-1] / 2.0, second[1:] / 2.0
    return np.array(
        [
            y[:-1],
            start,
            bend,
            10.0 * rise - 6.0 * start - 4.0 * end - 3.0 * bend + turn,
            -15.0 * rise + 8.0 * start + 7.0 * end + 3.0 * bend - 2.0 * turn,
            6.0 * rise - 3.0 * (start + end) - bend + turn,
        ]
    )


def _log_odds(a: float, b: float, below: Array, above: Array) -> Array:
    """Return the logarithm of the odds of quantiles, given the logarithms of u and of 1 - u.

    The logarithm of the distribution function, and of what is left to one, are concave in it, so
    Newton's method overshoots once at most. Each is used where its continued fraction is quick.
    """
    start = log((a + 1.0) / (b + 1.0))
    low = below <= _log_share(a, b, start[None])[0]
    y = np.empty_like(below)
    y[low] = _solved(a, b, below[low], float(start))
    y[~low] = -_solved(b, a, above[~low], -float(start))
    return y


def _solved(a: float, b: float, aim: Array, start: float) -> Array:
    """Return where the logarithm of the distribution function is as aimed at."""
    y = np.full_like(aim, start)
    moving = np.ones(aim.shape, bool)
    for _ in range(_STEPS):
        found, steepness = _log_share(a, b, y[moving])
        step = (aim[moving] - found) / steepness
        y[moving] += step
        moving[moving] = np.abs(step) > 1e-9 * (1.0 + np.abs(y[moving]))
        if not moving.any():
            break
    return y


def _log_share(a: float, b: float, y: Array) -> tuple[Array, Array]:
    """Return log I(x; a, b), where y is the logarithm of x/(1-x), and its derivative in y.

    The continued fraction DLMF 8.17.22, from its far end, with as many terms as it needs where it
    is slowest: how many does not depend on the other elements.
    """
    x = exp(-_log_one_plus_exp(-y))
    value = np.ones_like(x)
    for m in range(8 + math.ceil(2.0 * math.sqrt(max(a, b))), -1, -1):
        odd = -(a + m) * (a + b + m) / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        even = (m + 1.0) * (b - m - 1.0) / ((a + 2.0 * m + 1.0) * (a + 2.0 * m + 2.0))
        for term in (even, odd):
            np.divide(term * x, value, out=value)
            value += 1.0
    return _log_density(a, b, y) - log(a) - log(value), a * value


def _log_density(a: float, b: float, y: Array) -> Array:
    """Return the logarithm of the density of the logarithm of the odds."""
    density: Array = -a * _log_one_plus_exp(-y) - b * _log_one_plus_exp(y) - _log_beta(a, b)
    return density


def _log_one_plus_exp(y: Array) -> Array:
    small = exp(-np.abs(y))
    whole = 1.0 + small
    # What the sum rounds off is put back (Kahan).
    exact: Array = np.maximum(y, 0.0) + log(whole) + (small - (whole - 1.0)) / whole
    return exact


@lru_cache(maxsize=1024)
def _log_beta(a: float, b: float) -> float:
    """Return the logarithm of B(a, b), by Stirling's series from shapes of 10 upward."""
    raised = 1.0
    while a < 10.0:
        raised, a = raised * (a + b) / a, a + 1.0
    while b < 10.0:
        raised, b = raised * (a + b) / b, b + 1.0
    odds = np.array([float(log(a) - log(b))])
    shares = -a * _log_one_plus_exp(-odds) - b * _log_one_plus_exp(odds)
    series = [_polynomial(_STIRLING, np.array(1.0 / (x * x))) / x for x in (a, b, a + b)]
    roots = _HALF_LOG_2PI + (log(a + b) - log(a) - log(b)) / 2.0
    return float(shares[0] + roots + series[0] + series[1] - series[2] + log(raised))
