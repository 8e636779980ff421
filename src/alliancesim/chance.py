"""Chance is addressed: a draw is a function of where it is used, and nothing is advanced.

A counter-based generator, Philox 4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405),
turns an address into bits. The key is the seed (64 bits); the counter is the address:

===========  ====  =====================================================
part         bits  meaning
===========  ====  =====================================================
world          48  number of the simulated future
entities     3×16  codes of the states, treaties or parameters concerned
turn           12  month, or the high bits of an opportunity's number
decision        8  what is decided, one of the constants below
draw            8  which draw of that decision, or the low bits of a number
===========  ====  =====================================================

A decision so has the same random draw in every arm, chunk, thread and engine.
"""

from __future__ import annotations

import math

import numpy as np

from alliancesim._compile import compilable

__all__ = ["fill_uniform", "normal_quantile", "philox", "uniform", "uniform_at"]

PARAMETER = 1  #: a parameter's value; entity: its code
FIGURE = 2  #: a judged figure's value; entities: codes of what it belongs to
READING = 3  #: how an unknown clause is read; entity: the treaty's code
ARRIVAL = 4  #: waiting time to a pair's next candidate opportunity
THINNING = 5  #: whether a candidate is an opportunity
MOVER = 6  #: which side of the pair moves
CIRCUMSTANCE = 7  #: how, where and by whom
CHALLENGE = 8  #: whether the mover challenges
COST = 9  #: the challenger's cost of war in this crisis
RESISTANCE = 10  #: whether the target resists
GAIN = 11  #: whether the challenger gains without war
REFUSAL = 12  #: the target's private cost of war
SHOCK = 13  #: the shock shared by the target's allies
ANSWER = 14  #: one ally's own answer to the target; third entity: the ally
SHOCK_CHALLENGER = 15  #: the shock shared by the challenger's allies
ANSWER_CHALLENGER = 16  #: one ally's own answer to the challenger
DURATION = 17  #: how long the war lasts
OUTCOME = 18  #: who wins
INTENSITY = 19  #: how far the dispute goes short of war
AGAIN = 20  #: whether an ally is asked again in a war, and its answer; draw: side; third: the ally
ANNOUNCEMENT = 30  #: when a change of membership is announced; entities: treaty, state
RATIFICATION = 31  #: whether (draw 0) and how soon (draw 1) it is ratified; third: by whom
WITHDRAWAL = 32  #: whether a revocable guarantee is withdrawn or renewed; entity: treaty
UMBRELLA = 40  #: whether a patron's umbrella is extended in a war; third entity: the client
SETTLEMENT = 41  #: whether a war is settled under a signal, by turn; third entity: who signalled
USE = 42  #: whether a side uses nuclear weapons, by turn; third entity: the side's principal

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_SIXTEEN = np.uint64(0xFFFF)
_S6, _S8, _S16, _S20, _S26, _S32 = (np.uint64(n) for n in (6, 8, 16, 20, 26, 32))
_SCALE = 2.0**-52


@compilable
def philox(c0, c1, c2, c3, k0, k1):
    """Philox 4x32-10: ten rounds on a counter of four 32-bit words under a key of two.

    Parameters
    ----------
    c0, c1, c2, c3, k0, k1 : uint64
        Words of counter and key, each below 2**32.

    Returns
    -------
    tuple of four uint64
        Each below 2**32.

    References
    ----------
    Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
    """
    for _ in range(10):
        left, right = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (
            (right >> _S32) ^ c1 ^ k0,
            right & _LOW,
            (left >> _S32) ^ c3 ^ k1,
            left & _LOW,
        )
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@compilable
def uniform(seed, world, turn, decision, draw, first, second, third):
    """Uniform draw in the open interval (0, 1) at an address; 52 bits.

    Parameters
    ----------
    seed : int
        0 to 2**64 - 1.
    world : int
        0 to 2**48 - 1.
    turn, decision, draw : int
        0 to 4095, 255 and 255.
    first, second, third : int
        Entity codes, 0 to 65535; 0 where there is none.
    """
    key, where = np.uint64(seed), np.uint64(world)
    c0 = where & _LOW
    c1 = ((where >> _S32) & _SIXTEEN) | (np.uint64(first) << _S16)
    c2 = np.uint64(second) | (np.uint64(third) << _S16)
    c3 = (np.uint64(turn) << _S20) | (np.uint64(decision) << _S8) | np.uint64(draw)
    high, low, _, _ = philox(c0, c1, c2, c3, key & _LOW, key >> _S32)
    return (np.float64(((high >> _S6) << _S26) | (low >> _S6)) + 0.5) * _SCALE


@compilable
def fill_uniform(seed, first_world, turn, decision, draw, first, second, third, out):
    """Fill ``out`` with the draws of consecutive worlds at one address; see :func:`uniform`."""
    for n in range(len(out)):
        out[n] = uniform(seed, first_world + n, turn, decision, draw, first, second, third)


@compilable
def uniform_at(seed, world, number, decision, first, second, third):
    """Uniform draw that belongs to a pair's opportunity ``number`` (0 to 2**20 - 1)."""
    return uniform(seed, world, number >> 8, decision, number & 255, first, second, third)


@compilable
def normal_quantile(u):
    """Inverse of the standard normal distribution function, for u in (0, 1).

    Algorithm AS 241 (PPND16), relative accuracy about 1e-16: Wichura (1988), Applied
    Statistics 37, 477-484. Written out because the kernel cannot call a library here.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _centre(r)
    r = u if q < 0.0 else 1.0 - u
    r = math.sqrt(-math.log(r))
    value = _shoulder(r - 1.6) if r <= 5.0 else _tail(r - 5.0)
    return -value if q < 0.0 else value


@compilable
def _ratio(r, a, b):
    top, bottom = a[7], b[7]
    for i in range(6, -1, -1):
        top, bottom = top * r + a[i], bottom * r + b[i]
    return top / bottom


# fmt: off
_A = (3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
      1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
      3.3430575583588128105e4, 2.5090809287301226727e3)
_B = (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
      2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
      5.2264952788528545610e3)
_C = (1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
      3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
      2.27238449892691845833e-2, 7.74545014278341407640e-4)
_D = (1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
      1.05075007164441684324e-9)
_E = (6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
      2.71155556874348757815e-5, 2.01033439929228813265e-7)
_F = (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15)
# fmt: on


@compilable
def _centre(r):
    return _ratio(r, _A, _B)


@compilable
def _shoulder(r):
    return _ratio(r, _C, _D)


@compilable
def _tail(r):
    return _ratio(r, _E, _F)
