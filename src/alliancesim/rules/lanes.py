"""Belief and strength laid out in lanes, for a processor that takes several numbers at once.

What :mod:`alliancesim.rules.belief` and :mod:`alliancesim.rules.strength` define one number after
another stands here as loops over lanes: over the nodes of the shared shock, over twenty forces,
over all the states or layers of pacts whose strength is wanted. The body of such a loop is
arithmetic on fields of one workspace and nothing else: no call to a library, no branch, no sum
that runs from turn to turn; so the compiler takes four or eight turns at a time.

Strengths are those of the definition to the last bit. A belief agrees with its definition within
1e-11. Where something does not fit the lanes, the definition is called: more helpers than `ROOM`,
more sums of domains than `ROWS`, shocks of their own, domains that substitute as 0 or 1.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np

from alliancesim._compile import compilable
from alliancesim.rules.basics import ZERO, clip
from alliancesim.rules.belief import (
    NODES,
    WEIGHTS,
    lift_of,
    points,
    pooling_lifts,
    sides_of,
    strongest,
)
from alliancesim.rules.belief import expected_win as defined_win
from alliancesim.rules.coalition import ces, coalition
from alliancesim.rules.contest import win_chance_given
from alliancesim.rules.numeric import exp2, log2, power, share_of_power
from alliancesim.rules.strength import COBB_DOUGLAS

__all__ = [
    "ROWS",
    "WORK",
    "aggregate_rows",
    "expected_commitment",
    "expected_win",
    "lane_workspace",
    "pooled_coalition",
    "prepare",
]

LANES = 8  #: nodes of the shared shock, and idle ones that fill the processor's width
FORCES = 24  #: twenty, and idle ones
ROOM = 64  #: helpers that fit
ROWS = 64  #: sums of domains whose strength is taken at once
NO_ONE = np.int64(-1)  #: in place of a helper's row
PER_LN2 = 1.0 / math.log(2.0)

#: The workspace. What a world's parameters alone decide: ``shock``, exp(-ζ) at each node, and the
#: exponentials of the cutpoints. Of one helper at each node: its chances to reach ``aid`` to
#: ``full``. Of the others' help at each node: the ``share`` of the helper added last, what is
#: ``expected`` of all, its ``spread`` (variance), the chance of ``none``, the weights of four
#: points of it, and the chance to ``win``. Then the twenty ``force``s of the target's side, and
#: the ``chance`` to win against each. Then, a row a sum of domains: five ``domain``s, ``raised``
#: to the power of substitution, what they would be ``apart``, the ``width`` of their layer of
#: depth, and their ``strength`` together.
WORK = np.dtype(
    [
        *((name, np.float64) for name in ("cut_aid", "cut_deployment", "cut_limited", "cut_full")),
        *((name, np.float64, LANES) for name in ("shock", "aid", "deployment", "limited", "full")),
        *((name, np.float64, LANES) for name in ("share", "expected", "spread", "none", "win")),
        *((name, np.float64, LANES) for name in ("nobody", "low", "middle", "high")),
        *((name, np.float64, FORCES) for name in ("force", "chance")),
        ("reluctance", np.float64, ROOM),
        *((name, np.float64, 5 * ROWS) for name in ("domain", "raised")),
        *((name, np.float64, ROWS) for name in ("apart", "width", "strength")),
    ]
)


def lane_workspace() -> Any:
    """Return a workspace as plain Python works on it fastest."""
    blank = np.zeros((), WORK)
    return SimpleNamespace(**{name: blank[name].tolist() for name in WORK.names or ()})


@compilable
def prepare(theta, work):
    """Fill in what a world's parameters alone decide."""
    work.cut_aid, work.cut_deployment = math.exp(theta.cut_aid), math.exp(theta.cut_deployment)
    work.cut_limited, work.cut_full = math.exp(theta.cut_limited), math.exp(theta.cut_full)
    for n in range(LANES):
        work.shock[n] = 1.0
    for n in range(5):
        work.shock[n] = math.exp(-theta.shock_sd * NODES[n])


# -- belief ------------------------------------------------------------------------------------


@compilable
def expected_win(challenger, home, home_parts, helpers, parts, count, theta, work):
    """p̂ as :func:`alliancesim.rules.belief.expected_win` defines it.

    ``work`` must be prepared for ``theta`` (:func:`prepare`), and is overwritten. A helper's
    ``strength`` must be that of its ``parts``, as the definition assumes too.
    """
    a, m = theta.initiator_advantage, theta.decisiveness
    if count == 0 or challenger <= 0.0:
        return win_chance_given(challenger, home, theta)
    if theta.shock_common <= 0.0 or count > ROOM:
        return defined_win(challenger, home, home_parts, helpers, parts, count, theta)
    first = strongest(helpers, count)
    rest = _take_moments(helpers, count, first, theta, work)
    mean, none = work.expected[0], work.none[0]
    lifts = _lifts(home, home_parts, helpers, parts, count, first, mean, theta, work)
    at = points(mean, none, rest)
    _weigh_points(rest, at, work)
    _write_forces(
        sides_of(home, helpers[first], mean, lifts, theta),
        lift_of(home, mean, lifts[1]) * rest,
        at,
        work,
    )
    scale = a * PER_LN2 + m * log2(challenger)
    for n in range(FORCES):
        work.chance[n] = share_of_power(work.force[n], m, scale)
    _win_at_nodes(work)
    value = 0.0
    for n in range(5):
        value += WEIGHTS[n] * work.win[n]
    return clip(value, 0.0, 1.0)


@compilable
def expected_commitment(utility, theta, work):
    """Mean share that an ally commits, as :func:`alliancesim.rules.belief.expected_commitment`."""
    f2, f3, f4 = theta.share_aid, theta.share_deployment, theta.share_limited
    _reach(exp2(-PER_LN2 * utility), work)
    for n in range(LANES):
        share = f2 * work.aid[n] + (f3 - f2) * work.deployment[n]
        work.expected[n] = share + (f4 - f3) * work.limited[n] + (1.0 - f4) * work.full[n]
    mean = 0.0
    for n in range(5):
        mean += WEIGHTS[n] * work.expected[n]
    return mean


@compilable
def _reach(reluctance, work):
    """Chances to pass the four cutpoints at every node, 1 / (1 + exp(c - u - ζ)), by one division.

    ``reluctance`` is exp(-u).
    """
    c2, c3, c4, c5 = work.cut_aid, work.cut_deployment, work.cut_limited, work.cut_full
    for n in range(LANES):
        w = reluctance * work.shock[n]
        a, b, c, d = 1.0 + c2 * w, 1.0 + c3 * w, 1.0 + c4 * w, 1.0 + c5 * w
        ab, cd = a * b, c * d
        whole = 1.0 / (ab * cd)
        ab, cd = ab * whole, cd * whole
        work.aid[n], work.deployment[n] = b * cd, a * cd
        work.limited[n], work.full[n] = d * ab, c * ab


@compilable
def _take_moments(helpers, count, first, theta, work):
    """Set every share to its mean at the middle node, and moments of the others' help at all.

    Returns
    -------
    float
        All that the others could bring. The strongest's chances are left in ``aid`` to ``full``.
    """
    for n in range(LANES):
        work.expected[n], work.spread[n], work.none[n] = 0.0, 0.0, 1.0
    for k in range(count):
        work.reluctance[k] = -PER_LN2 * helpers[k].utility
    for k in range(_filled(count)):
        work.reluctance[k] = exp2(work.reluctance[k])
    rest = 0.0
    for k in range(count):
        if k != first:
            size = helpers[k].strength * helpers[k].chance
            rest += size
            _add_moments(work.reluctance[k], size, theta, work)
            helpers[k].share = work.share[0] * helpers[k].chance
    _reach(work.reluctance[first], work)
    f2, f3, f4 = theta.share_aid, theta.share_deployment, theta.share_limited
    share = f2 * work.aid[0] + (f3 - f2) * work.deployment[0]
    share += (f4 - f3) * work.limited[0] + (1.0 - f4) * work.full[0]
    helpers[first].share = share * helpers[first].chance
    return rest


@compilable
def _filled(count):
    """Round up to whole strides of lanes, so that none is left for one number at a time."""
    return (count + LANES - 1) // LANES * LANES


@compilable
def _add_moments(reluctance, size, theta, work):
    """Add a helper of a size to the mean and variance of the others' help, and P(none)."""
    f2, f3, f4 = theta.share_aid, theta.share_deployment, theta.share_limited
    s2, s3, s4, s5 = f2, f3 - f2, f4 - f3, 1.0 - f4
    t2, t3, t4, t5 = f2 * f2, f3 * f3 - f2 * f2, f4 * f4 - f3 * f3, 1.0 - f4 * f4
    c2, c3, c4, c5 = work.cut_aid, work.cut_deployment, work.cut_limited, work.cut_full
    for n in range(LANES):
        w = reluctance * work.shock[n]
        a, b, c, d = 1.0 + c2 * w, 1.0 + c3 * w, 1.0 + c4 * w, 1.0 + c5 * w
        ab, cd = a * b, c * d
        whole = 1.0 / (ab * cd)
        ab, cd = ab * whole, cd * whole
        r2, r3, r4, r5 = b * cd, a * cd, d * ab, c * ab
        mean = s2 * r2 + s3 * r3 + s4 * r4 + s5 * r5
        square = t2 * r2 + t3 * r3 + t4 * r4 + t5 * r5
        work.share[n] = mean
        work.none[n] *= 1.0 - r2
        work.expected[n] += mean * size
        work.spread[n] += (square - mean * mean) * size * size


@compilable
def _write_forces(sides, rest, at, work):
    """Write the target's side at every share of the strongest ally and point of the others."""
    force, low, middle, high = work.force, rest * at[1], rest * at[2], rest * at[3]
    a, b, c, d, e = sides
    force[0], force[1], force[2], force[3] = a, a + low, a + middle, a + high
    force[4], force[5], force[6], force[7] = b, b + low, b + middle, b + high
    force[8], force[9], force[10], force[11] = c, c + low, c + middle, c + high
    force[12], force[13], force[14], force[15] = d, d + low, d + middle, d + high
    force[16], force[17], force[18], force[19] = e, e + low, e + middle, e + high


@compilable
def _weigh_points(rest, at, work):
    """Weights of the four points of the others' help at every node; see the definition."""
    x1, x2, x3 = at[1], at[2], at[3]
    scale = 1.0 / rest if rest > 0.0 else 0.0
    d1, d2, d3 = (x1 - x2) * (x1 - x3), (x2 - x1) * (x2 - x3), (x3 - x1) * (x3 - x2)
    d1, d2, d3 = 1.0 / d1, 1.0 / d2, 1.0 / d3
    for n in range(LANES):
        mean, some = work.expected[n], 1.0 - work.none[n]
        one, two = mean * scale, (work.spread[n] + mean * mean) * scale * scale
        work.nobody[n] = 1.0 - some
        work.low[n] = (two - (x2 + x3) * one + x2 * x3 * some) * d1
        work.middle[n] = (two - (x1 + x3) * one + x1 * x3 * some) * d2
        work.high[n] = (two - (x1 + x2) * one + x1 * x2 * some) * d3


@compilable
def _win_at_nodes(work):
    """Mean of the twenty chances to win at every node, by how likely each is there."""
    p = work.chance
    for n in range(LANES):
        w0, w1, w2, w3 = work.nobody[n], work.low[n], work.middle[n], work.high[n]
        r2, r3, r4, r5 = work.aid[n], work.deployment[n], work.limited[n], work.full[n]
        win = (1.0 - r2) * ((w0 * p[0] + w1 * p[1]) + (w2 * p[2] + w3 * p[3]))
        win += (r2 - r3) * ((w0 * p[4] + w1 * p[5]) + (w2 * p[6] + w3 * p[7]))
        win += (r3 - r4) * ((w0 * p[8] + w1 * p[9]) + (w2 * p[10] + w3 * p[11]))
        win += (r4 - r5) * ((w0 * p[12] + w1 * p[13]) + (w2 * p[14] + w3 * p[15]))
        work.win[n] = win + r5 * ((w0 * p[16] + w1 * p[17]) + (w2 * p[18] + w3 * p[19]))


# -- strength ----------------------------------------------------------------------------------


@compilable
def aggregate_rows(rows, theta, work):
    """Strength of each of the first ``rows`` sums of domains; see `strength.aggregate`."""
    rho, d = theta.substitution, work.domain
    w1, w2, w3 = theta.weight_manpower, theta.weight_materiel, theta.weight_strike
    w4, w5 = theta.weight_industry, theta.weight_finance
    total = w1 + w2 + w3 + w4 + w5
    if total <= 0.0 or rho == 1.0 or abs(rho) < COBB_DOUGLAS:
        for n in range(rows):
            at = 5 * n
            work.strength[n] = ces(d[at], d[at + 1], d[at + 2], d[at + 3], d[at + 4], theta)
        return
    for n in range(_filled(5 * rows)):
        work.raised[n] = power(d[n], rho)
    for n in range(rows):
        at, p = 5 * n, work.raised
        powers = w1 * p[at] + w2 * p[at + 1] + w3 * p[at + 2]
        powers += w4 * p[at + 3] + w5 * p[at + 4]
        least = min(d[at], d[at + 1], d[at + 2], d[at + 3], d[at + 4])
        work.strength[n] = 0.0 if rho < 0.0 and least <= 0.0 else powers / total
    root = 1.0 / rho
    for n in range(_filled(rows)):
        work.strength[n] = power(work.strength[n], root)


@compilable
def _add_layer(row, home, home_parts, helpers, parts, count, without, depth, work):
    """Write the sum of domains of those in pacts at least so deep, but for one helper.

    Returns
    -------
    float
        Depth of the next layer.
    """
    g1, g2, g3, g4, g5 = home_parts[0], home_parts[1], home_parts[2], home_parts[3], home_parts[4]
    apart, below = home, 0.0
    for k in range(count):
        share = helpers[k].share
        if k == without or share <= 0.0:
            continue
        if helpers[k].depth >= depth:
            apart += share * helpers[k].strength
            g1, g2 = g1 + share * parts[k, 0], g2 + share * parts[k, 1]
            g3, g4 = g3 + share * parts[k, 2], g4 + share * parts[k, 3]
            g5 += share * parts[k, 4]
        else:
            below = max(below, helpers[k].depth)
    at, d = 5 * row, work.domain
    d[at], d[at + 1], d[at + 2], d[at + 3], d[at + 4] = g1, g2, g3, g4, g5
    work.apart[row], work.width[row] = apart, depth - below
    return below


@compilable
def pooled_coalition(home, home_parts, helpers, parts, count, theta, work):
    """Strength of a side, as :func:`alliancesim.rules.coalition.coalition` to the last bit."""
    plain, deepest = home, 0.0
    for k in range(count):
        if helpers[k].share > 0.0:
            plain += helpers[k].share * helpers[k].strength
            deepest = max(deepest, helpers[k].depth)
    if deepest <= 0.0 or theta.substitution == 1.0:
        return plain
    rows = ZERO
    while deepest > 0.0:
        if rows == ROWS:
            return coalition(home, home_parts, helpers, parts, count, theta)
        deepest = _add_layer(rows, home, home_parts, helpers, parts, count, NO_ONE, deepest, work)
        rows += 1
    aggregate_rows(rows, theta, work)
    gain = 0.0
    for n in range(rows):
        gain += work.width[n] * max(0.0, work.strength[n] - work.apart[n])
    return plain + gain


@compilable
def _lifts(home, home_parts, helpers, parts, count, first, rest, theta, work):
    """Multiples that pooling makes of a side, with every layer of all three sides in one go."""
    deepest = 0.0
    for k in range(count):
        deepest = max(deepest, helpers[k].depth)
    if deepest <= 0.0 or theta.substitution == 1.0:
        return 1.0, 1.0, 1.0
    ally, rows = helpers[first], ZERO
    mean, full, size = ally.share, ally.chance, ally.strength
    while deepest > 0.0:
        if rows + 3 > ROWS:
            return pooling_lifts(home, home_parts, helpers, parts, count, first, rest, theta)
        below = _add_layer(rows, home, home_parts, helpers, parts, count, first, deepest, work)
        if ally.depth < deepest:
            below = max(below, ally.depth)
        work.width[rows] = deepest - below
        for case in range(1, 3):
            share = (mean if case == 1 else full) if ally.depth >= deepest else 0.0
            for m in range(5):
                own = work.domain[5 * rows + m]
                work.domain[5 * (rows + case) + m] = own + share * parts[first, m]
            work.apart[rows + case] = work.apart[rows] + share * size
        rows, deepest = rows + 3, below
    aggregate_rows(rows, theta, work)
    without, whole, most = 0.0, 0.0, 0.0
    for n in range(0, rows, 3):
        width = work.width[n]
        without += width * max(0.0, work.strength[n] - work.apart[n])
        whole += width * max(0.0, work.strength[n + 1] - work.apart[n + 1])
        most += width * max(0.0, work.strength[n + 2] - work.apart[n + 2])
    return (
        _lifted(home + rest + mean * size, whole),
        _lifted(home + rest, without),
        _lifted(home + rest + full * size, most),
    )


@compilable
def _lifted(plain, gain):
    return (plain + gain) / plain if plain > 0.0 else 1.0
