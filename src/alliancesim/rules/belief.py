"""What chance does the challenger give itself against a target whose allies may or may not come?

The expectation is over the joint distribution of the allies' answers, by the very rule that
they answer by (:mod:`alliancesim.rules.response`): credibility is computed, never assumed. The
shock that they share is integrated by Gauss-Hermite quadrature (under the rival form, in which
each has a shock of its own, each chance is); within it the strongest ally is
enumerated, and so is the chance that no other comes; if some do, they enter by two values that
match the first three moments of what they bring. Helpers are rows of
:data:`alliancesim.rules.coalition.HELPER`.
"""

from __future__ import annotations

import math

from alliancesim._compile import compilable
from alliancesim.rules.coalition import coalition, commitment
from alliancesim.rules.contest import win_chance
from alliancesim.rules.response import AID, FULL

__all__ = ["expected_commitment", "expected_win"]

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
    """Mean share that an ally commits, over its own luck and the shared shock."""
    f2, f3, f4 = theta.share_aid, theta.share_deployment, theta.share_limited
    odds, mean = _odds(theta), 0.0
    for node in range(5):
        reach = _reaches(math.exp(-utility - theta.shock_sd * NODES[node]), odds)
        mean += WEIGHTS[node] * _mean(f2, f3, f4, 1.0, reach)
    return mean


@compilable
def expected_win(challenger, home, home_parts, helpers, parts, count, theta):
    """p̂: the challenger's chance to win a decided war, over all that the allies may answer.

    Parameters
    ----------
    challenger : float
        Its strength at the place of the fight.
    home, home_parts, helpers, parts, count, theta
        See :func:`coalition`; the helpers' shares are overwritten.

    Returns
    -------
    float
        In [0, 1]; within 3e-3 of full enumeration where strengths add, and in 99 % of cases where
        they pool.
    """
    if count == 0:
        return win_chance(challenger, home, theta.initiator_advantage, theta.decisiveness)
    first = _strongest(helpers, count)
    odds = _odds(theta)
    for k in range(count):
        helpers[k].reluctance = math.exp(-helpers[k].utility)
    value, lifts = 0.0, (1.0, 1.0, 1.0)
    common = theta.shock_common > 0.0
    for node in range(5 if common else 1):
        shock = math.exp(-theta.shock_sd * NODES[node])
        rest = _others(helpers, count, first, shock, odds, theta)
        if node == 0:
            lifts = _lifts(home, home_parts, helpers, parts, count, first, rest[0], theta)
        reach = _reaches_at(helpers[first].reluctance, shock, odds, theta)
        weight = WEIGHTS[node] if common else 1.0
        value += weight * _over_strongest(
            challenger, home, helpers[first], rest, lifts, reach, theta
        )
    return value


@compilable
def _strongest(helpers, count):
    first = 0
    for k in range(1, count):
        size = helpers[k].strength * helpers[k].chance
        if size > helpers[first].strength * helpers[first].chance:
            first = k
    return first


@compilable
def _others(helpers, count, first, shock, odds, theta):
    """Set every share to its mean; return moments of the others' help and the chance of none."""
    f2, f3, f4 = theta.share_aid, theta.share_deployment, theta.share_limited
    rest, spread, skew, none = 0.0, 0.0, 0.0, 1.0
    for k in range(count):
        reach = _reaches_at(helpers[k].reluctance, shock, odds, theta)
        mean = _mean(f2, f3, f4, 1.0, reach)
        helpers[k].share = mean * helpers[k].chance
        if k != first:
            size = helpers[k].strength * helpers[k].chance
            square = _mean(f2 * f2, f3 * f3, f4 * f4, 1.0, reach)
            cube = _mean(f2 * f2 * f2, f3 * f3 * f3, f4 * f4 * f4, 1.0, reach)
            none *= 1.0 - reach[0]
            rest += mean * size
            spread += (square - mean * mean) * size * size
            third = cube - 3.0 * mean * square + 2.0 * mean * mean * mean
            skew += third * size * size * size
    return rest, spread, skew, none


@compilable
def _lifts(home, home_parts, helpers, parts, count, first, rest, theta):
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
def _over_strongest(challenger, home, ally, rest, lifts, reach, theta):
    """Mean over the strongest ally's answer, given the shock and the moments of the others' help.

    A side's strength is taken with the strongest ally absent, at its mean and in full, and
    between those on straight lines.
    """
    mean, top, size = ally.share, ally.chance, ally.strength
    whole = lifts[0] * (home + rest[0] + mean * size)
    without = lifts[1] * (home + rest[0])
    full = lifts[2] * (home + rest[0] + top * size)
    lift = (without - home) / rest[0] if rest[0] > 0.0 else 0.0
    points = _two_points(rest, lift)
    helped = lift * rest[0]
    value = (1.0 - reach[0]) * _over_rest(challenger, without - helped, rest[3], points, theta)
    for level in range(AID, FULL + 1):
        p = reach[level - AID]
        if level < FULL:
            p -= reach[level - AID + 1]
        share = commitment(level, theta) * top
        if share < mean:
            side = without + (whole - without) * share / mean
        elif share < top:
            side = whole + (full - whole) * (share - mean) / (top - mean)
        else:
            side = full
        value += p * _over_rest(challenger, side - helped, rest[3], points, theta)
    return value


@compilable
def _two_points(rest, lift):
    """Two values of the others' help, given that some come, that match its first three moments.

    Returns
    -------
    low, high, up : float
        The values, times the lift of pooling, and the chance of the higher.
    """
    mean, spread, skew, none = rest
    if mean <= 0.0 or none >= 1.0:
        return 0.0, 0.0, 0.0
    some = 1.0 - none
    centre = mean / some
    second = (spread + mean * mean) / some
    third = (skew + 3.0 * mean * spread + mean * mean * mean) / some
    variance = second - centre * centre
    if variance <= 1e-9 * second:
        return lift * centre, lift * centre, 0.5
    sd = math.sqrt(variance)
    lean = third - 3.0 * centre * second + 2.0 * centre * centre * centre
    lean = 0.5 * lean / (variance * sd)
    span = math.sqrt(1.0 + lean * lean)
    low = lift * max(centre + sd * (lean - span), 0.0)
    return low, lift * (centre + sd * (lean + span)), 0.5 * (1.0 - lean / span)


@compilable
def _over_rest(challenger, alone, none, points, theta):
    """Mean of the chance to win over the others' help, on top of a side without it."""
    a, m = theta.initiator_advantage, theta.decisiveness
    p = win_chance(challenger, alone, a, m)
    low, high, up = points
    if high <= 0.0:
        return p
    above = win_chance(challenger, alone + high, a, m)
    below = win_chance(challenger, alone + low, a, m)
    return none * p + (1.0 - none) * (up * above + (1.0 - up) * below)
