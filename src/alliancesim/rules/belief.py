"""What chance does the challenger give itself against a target whose allies may or may not come?

The expectation is over the joint distribution of the allies' answers, by the very rule that
they answer by (:mod:`alliancesim.rules.response`): credibility is computed, never assumed. The
shock that they share is integrated by Gauss-Hermite quadrature (under the rival form, in which
each has a shock of its own, each chance is). This is the definition; the kernel and the agents
call :mod:`alliancesim.rules.lanes`, which gives the same number several times as fast.
Helpers are rows of :data:`alliancesim.rules.coalition.HELPER`.
"""

from __future__ import annotations

import math

from alliancesim._compile import compilable
from alliancesim.rules.basics import clip
from alliancesim.rules.coalition import coalition
from alliancesim.rules.contest import win_chance_given

__all__ = [
    "expected_commitment",
    "expected_win",
    "lift_of",
    "points",
    "pooling_lifts",
    "sides_of",
    "strongest",
]

#: Gauss-Hermite nodes and weights for a standard normal variable, the middle first: what pooling
#: is worth is reckoned there.
NODES = (0.0, -2.856970013872806, -1.355626179974266, 1.355626179974266, 2.856970013872806)
WEIGHTS = (
    0.5333333333333333,
    0.011257411327720689,
    0.22207592200561264,
    0.22207592200561264,
    0.011257411327720689,
)


#: Where the others' help is taken, as a share of all that they could bring: see :func:`points`.
LOW, MIDDLE, HIGH = 0.23, 0.73, 1.0
LEAST, MOST, LOW_MOST, MIDDLE_MOST = 1e-3, 0.9, 0.2, 0.6


@compilable
def _odds(theta):
    """Exponentials of the four cutpoints at which strength is committed."""
    return (
        math.exp(theta.cut_aid),
        math.exp(theta.cut_deployment),
        math.exp(theta.cut_limited),
        math.exp(theta.cut_full),
    )


@compilable
def _reaches(weight, odds):
    """Chances to pass those cutpoints, 1 / (1 + exp(c - u - ζ)); ``weight`` is exp(-u - ζ)."""
    return (
        1.0 / (1.0 + odds[0] * weight),
        1.0 / (1.0 + odds[1] * weight),
        1.0 / (1.0 + odds[2] * weight),
        1.0 / (1.0 + odds[3] * weight),
    )


@compilable
def _reaches_at(reluctance, shock, odds, theta):
    """Chances to pass those cutpoints at a shared shock, or over a shock of its own."""
    if theta.shock_common > 0.0:
        return _reaches(reluctance * shock, odds)
    sd = theta.shock_sd
    r2, r3, r4, r5 = 0.0, 0.0, 0.0, 0.0
    for each in range(5):
        reach = _reaches(reluctance * math.exp(-sd * NODES[each]), odds)
        r2, r3 = r2 + WEIGHTS[each] * reach[0], r3 + WEIGHTS[each] * reach[1]
        r4, r5 = r4 + WEIGHTS[each] * reach[2], r5 + WEIGHTS[each] * reach[3]
    return r2, r3, r4, r5


@compilable
def _mean(f2, f3, f4, f5, reach):
    """Mean of a quantity that is 0 below aid and f2 to f5 at the levels from aid up."""
    low = f2 * reach[0] + (f3 - f2) * reach[1]
    return low + (f4 - f3) * reach[2] + (f5 - f4) * reach[3]


@compilable
def expected_commitment(utility, theta):
    """Mean share that an ally commits, over its own random draw and the shared shock."""
    f2, f3, f4 = theta.share_aid, theta.share_deployment, theta.share_limited
    odds, mean = _odds(theta), 0.0
    for node in range(5):
        reach = _reaches(math.exp(-utility - theta.shock_sd * NODES[node]), odds)
        mean += WEIGHTS[node] * _mean(f2, f3, f4, 1.0, reach)
    return mean


@compilable
def expected_win(challenger, home, home_parts, helpers, parts, count, theta):
    """p̂: the challenger's chance to win a decided war, over all that the allies may answer.

    The strongest ally's five possible shares are taken as they are, and the help of the others at
    four points: nothing, with the chance that nobody comes, and three more, weighted at each node
    of the shared shock to give the mean and the variance of what comes if somebody does. So twenty
    forces are held against the challenger, and the nodes only change how likely each is.

    Parameters
    ----------
    challenger : float
        Its strength at the place of the fight.
    home, home_parts, helpers, parts, count, theta
        See :func:`coalition`; the helpers' shares are overwritten.

    Returns
    -------
    float
        In [0, 1]; within 1e-3 of full enumeration where strengths add, and within 3e-3 in 99 % of
        cases where they pool.
    """
    if count == 0:
        return win_chance_given(challenger, home, theta)
    first, rest = strongest(helpers, count), 0.0
    odds, common = _odds(theta), theta.shock_common > 0.0
    for k in range(count):
        helpers[k].reluctance = math.exp(-helpers[k].utility)
        if k != first:
            rest += helpers[k].strength * helpers[k].chance
    value, lift, at = 0.0, 1.0, (0.0, 0.0, 0.0, 0.0)
    sides = (home, home, home, home, home)
    for node in range(5 if common else 1):
        shock = math.exp(-theta.shock_sd * NODES[node])
        mean, spread, none = _others(helpers, count, first, shock, odds, theta)
        if node == 0:
            lifts = pooling_lifts(home, home_parts, helpers, parts, count, first, mean, theta)
            sides = sides_of(home, helpers[first], mean, lifts, theta)
            lift, at = lift_of(home, mean, lifts[1]), points(mean, none, rest)
        weights = _weights(mean, spread, none, rest, at)
        r2, r3, r4, r5 = _reaches_at(helpers[first].reluctance, shock, odds, theta)
        likely = (1.0 - r2, r2 - r3, r3 - r4, r4 - r5, r5)
        for level in range(5):
            for point in range(4):
                p = win_chance_given(challenger, sides[level] + lift * rest * at[point], theta)
                value += (WEIGHTS[node] if common else 1.0) * likely[level] * weights[point] * p
    return clip(value, 0.0, 1.0)


@compilable
def strongest(helpers, count):
    """Row of the helper that could bring most, by strength and chance to arrive in time."""
    first = 0
    for k in range(1, count):
        size = helpers[k].strength * helpers[k].chance
        if size > helpers[first].strength * helpers[first].chance:
            first = k
    return first


@compilable
def _others(helpers, count, first, shock, odds, theta):
    """Set every share to its mean; return mean and variance of the others' help, and P(none)."""
    f2, f3, f4 = theta.share_aid, theta.share_deployment, theta.share_limited
    rest, spread, none = 0.0, 0.0, 1.0
    for k in range(count):
        reach = _reaches_at(helpers[k].reluctance, shock, odds, theta)
        mean = _mean(f2, f3, f4, 1.0, reach)
        helpers[k].share = mean * helpers[k].chance
        if k != first:
            size = helpers[k].strength * helpers[k].chance
            square = _mean(f2 * f2, f3 * f3, f4 * f4, 1.0, reach)
            none *= 1.0 - reach[0]
            rest += mean * size
            spread += (square - mean * mean) * size * size
    return rest, spread, none


@compilable
def points(mean, none, rest):
    """Where the others' help is taken, as shares of all that they could bring.

    At nothing, at .23 e, at .73 √e and at all of it, where e is the mean share that comes if
    somebody does, at the middle node; e is held in [.001, .9], the second point under .2 and the
    third between twice the second and .6. Chosen to make the greatest error against full
    enumeration small over sides drawn from the priors, sides far weaker than their helpers, and
    those that the main scenario plays.
    """
    come = mean / ((1.0 - none) * rest) if rest > 0.0 and none < 1.0 else MOST
    come = clip(come, LEAST, MOST)
    low = min(LOW * come, LOW_MOST)
    return 0.0, low, clip(MIDDLE * math.sqrt(come), 2.0 * low, MIDDLE_MOST), HIGH


@compilable
def lift_of(home, rest, without):
    """Multiple that pooling makes of the others' help, the strongest ally being absent."""
    return without + (without - 1.0) * home / rest if rest > 0.0 else 1.0


@compilable
def _weights(mean, spread, none, rest, at):
    """Weights of the four points of the others' help: that of nothing, and Lagrange's of the rest.

    Those of the three others match the mean and the mean square of what comes if somebody does;
    one of them can fall a little below zero.
    """
    if mean <= 0.0 or none >= 1.0:
        return 1.0, 0.0, 0.0, 0.0
    some, x1, x2, x3 = 1.0 - none, at[1], at[2], at[3]
    one, two = mean / rest, (spread + mean * mean) / (rest * rest)
    return (
        none,
        (two - (x2 + x3) * one + x2 * x3 * some) / ((x1 - x2) * (x1 - x3)),
        (two - (x1 + x3) * one + x1 * x3 * some) / ((x2 - x1) * (x2 - x3)),
        (two - (x1 + x2) * one + x1 * x2 * some) / ((x3 - x1) * (x3 - x2)),
    )


@compilable
def pooling_lifts(home, home_parts, helpers, parts, count, first, rest, theta):
    """Multiples that pooling makes of a side: strongest ally at its mean, absent, and in full."""
    pooled = False
    for k in range(count):
        pooled = pooled or helpers[k].depth > 0.0
    if not pooled or theta.substitution == 1.0:
        return 1.0, 1.0, 1.0
    mean, size = helpers[first].share, helpers[first].strength
    whole = coalition(home, home_parts, helpers, parts, count, theta)
    helpers[first].share = 0.0
    without = coalition(home, home_parts, helpers, parts, count, theta)
    helpers[first].share = helpers[first].chance
    full = coalition(home, home_parts, helpers, parts, count, theta)
    helpers[first].share = mean
    return (
        _ratio(whole, home + rest + mean * size),
        _ratio(without, home + rest),
        _ratio(full, home + rest + helpers[first].chance * size),
    )


@compilable
def _ratio(pooled, plain):
    return pooled / plain if plain > 0.0 else 1.0


@compilable
def sides_of(home, ally, rest, lifts, theta):
    """Strength of the side at each share of the strongest ally, less the others' help.

    It is taken with the strongest ally absent, at its mean and in full at the middle node, and
    between those on straight lines.
    """
    mean, top, size = ally.share, ally.chance, ally.strength
    whole = lifts[0] * (home + rest + mean * size)
    without = lifts[1] * (home + rest)
    full = lifts[2] * (home + rest + top * size)
    helped = without - home if rest > 0.0 else 0.0
    return (
        without - helped,
        _between(theta.share_aid * top, mean, top, without, whole, full) - helped,
        _between(theta.share_deployment * top, mean, top, without, whole, full) - helped,
        _between(theta.share_limited * top, mean, top, without, whole, full) - helped,
        full - helped,
    )


@compilable
def _between(share, mean, top, without, whole, full):
    if share < mean:
        return without + (whole - without) * share / mean
    if share < top:
        return whole + (full - whole) * (share - mean) / (top - mean)
    return full
