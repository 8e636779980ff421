"""Powers of many numbers at a time: logarithm and exponential to base 2 of our own.

Only sums, products, quotients and moves of bits, each rounded once: plain Python and machine code
agree to the last bit on every processor, and the compiler may take four or eight numbers of a loop
at once, which it cannot where a loop calls a library. For one number, ``math.log`` and
``math.exp`` are as fast and slightly more precise.

The coefficients are minimax (Remez exchange, 50 digits) of (2^f - 1) / f for f in [-½, ½] and of
log2((1 + s) / (1 - s)) / s in s² for mantissas from √½ to √2; they are off by less than 1e-16.
"""

from __future__ import annotations

import math

import numpy as np

from alliancesim._compile import compilable

__all__ = ["TINY", "exp2", "log2", "power", "share_of_power"]

TINY = 1e-300  #: what stands in for zero, and for what is below it

_ROUND = 6755399441055744.0  #: 1.5 · 2^52: a number added to it and taken off again is rounded
_ROOT_HALF = math.sqrt(0.5)
_LOG = (
    2.885390081777927, 0.9617966939243164, 0.577078017253619, 0.4121984009747411,
    0.3206164595621476, 0.26144205945078086, 0.24294125527389065,
)  # fmt: skip
_EXP = (
    0.6931471805599453, 0.24022650695910097, 0.05550410866482166, 0.009618129107606887,
    0.0013333558146395995, 0.00015403530441738291, 1.5252733853289477e-05,
    1.3215442586728665e-06, 1.0178051724308302e-07, 7.072586161230777e-09,
    4.456676030826705e-10,
)  # fmt: skip

_HALF_BITS = np.int64(0x3FE6A09E667F3BCD)  # of the root of one half
_UP = np.int64(0x3FF0000000000000 - 0x3FE6A09E667F3BCD)
_MANTISSA = np.int64(0x000FFFFFFFFFFFFF)
_ROUND_BITS = np.int64(0x4338000000000000 - 0x3FF)
_FIFTY_TWO = np.int64(52)


def _split_bits(x):
    bits = np.float64(x).view(np.int64) + _UP
    exponent = np.int64((bits >> _FIFTY_TWO) + _ROUND_BITS).view(np.float64) - _ROUND
    return exponent, np.int64((bits & _MANTISSA) + _HALF_BITS).view(np.float64)


@compilable(machine_code=_split_bits)
def split(x):
    """Return k and m of x = 2^k · m, with m from √½ up to √2; exact."""
    m, k = math.frexp(x)
    return (k - 1.0, 2.0 * m) if m < _ROOT_HALF else (float(k), m)


def _scaled_bits(x, shifted):
    bits = np.float64(x).view(np.int64) + (np.float64(shifted).view(np.int64) << _FIFTY_TWO)
    return np.int64(bits).view(np.float64)


@compilable(machine_code=_scaled_bits)
def scaled(x, shifted):
    """Return x · 2^k, where ``shifted`` is k + 1.5 · 2^52; exact."""
    return math.ldexp(x, int(shifted - _ROUND))


@compilable
def log2(x):
    """Logarithm to base 2, for x from 1e-300 to 1e300.

    Within two units in the last place, and for x from 1/2 to 2 within 3e-16.
    """
    k, m = split(x)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    w = z * z
    odd = _LOG[1] + w * (_LOG[3] + w * _LOG[5])
    return k + s * ((_LOG[0] + w * (_LOG[2] + w * (_LOG[4] + w * _LOG[6]))) + z * odd)


@compilable
def exp2(y):
    """Two to the power y, within two units in the last place; 0 below -1022, capped at 2^1023."""
    held = min(max(y, -1022.0), 1023.0)
    shifted = held + _ROUND
    f = held - (shifted - _ROUND)
    g = f * f
    h = g * g
    low = (_EXP[0] + f * _EXP[1]) + g * (_EXP[2] + f * _EXP[3])
    middle = (_EXP[4] + f * _EXP[5]) + g * (_EXP[6] + f * _EXP[7])
    high = (_EXP[8] + f * _EXP[9]) + g * _EXP[10]
    value = scaled(1.0 + f * (low + h * (middle + h * high)), shifted)
    return value if y >= -1022.0 else 0.0


@compilable
def power(x, exponent):
    """X to a power, for x from 0 to 1e300; 0 gives 0."""
    y = exp2(exponent * log2(max(x, TINY)))
    return y if x > 0.0 else 0.0


@compilable
def share_of_power(x, exponent, scale):
    """1 / (1 + 2^(exponent · log2 x - scale)) for x from 0 to 1e300; 0 and less give 1."""
    y = 1.0 / (1.0 + exp2(exponent * log2(max(x, TINY)) - scale))
    return y if x > 0.0 else 1.0
