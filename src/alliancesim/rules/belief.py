"""What chance does the challenger give itself against a target whose allies may or may not come?

The expectation is over the joint distribution of the allies' answers, by the very rule that
they answer by (:mod:`alliancesim.rules.response`): credibility is computed, never assumed. The
shock that they share is integrated by Gauss-Hermite quadrature; within it the strongest ally is
enumerated, and the others enter by the mean and the variance of what they bring.

Helpers come as rows: ``strength`` and ``parts`` (five domains) as they would fight at the place
with all they have, ``depth`` of the pact they share with the target, ``utility`` to answer, and
``chance`` to arrive before the war ends.
"""

from __future__ import annotations

import math

import numpy as np

from alliancesim._compile import compiled
from alliancesim.rules.contest import win_chance
from alliancesim.rules.response import AID, DEPLOYMENT, FULL, LIMITED_FORCE
from alliancesim.rules.strength import aggregate

__all__ = [
    "HELPER",
    "ces",
    "coalition",
    "commitment",
    "expected_commitment",
    "expected_win",
]

#: One state that may help: see the module's text; ``who`` is its row on the board, ``level`` the
#: duty it owes (0 none to 3 defend) and ``delay`` its months to arrive. Once it has answered,
#: ``answer`` is the level of the ladder, ``share`` what it commits, ``arrives`` the turn.
HELPER = np.dtype(
    [
        ("who", np.int64),
        ("level", np.int64),
        ("delay", np.int64),
        ("answer", np.int64),
        ("arrives", np.int64),
        ("strength", np.float64),
        ("depth", np.float64),
        ("utility", np.float64),
        ("chance", np.float64),
        ("share", np.float64),
    ],
    align=True,
)

#: Gauss-Hermite nodes and weights for a standard normal variable.
NODES = (-2.856970013872806, -1.355626179974266, 0.0, 1.355626179974266, 2.856970013872806)
WEIGHTS = (
    0.011257411327720689,
    0.22207592200561264,
    0.5333333333333333,
    0.22207592200561264,
    0.011257411327720689,
)


@compiled
def commitment(level, theta):  # type: ignore[no-untyped-def]
    """Share φ of its strength that a state commits at a level of the ladder."""
    if level < AID:
        return 0.0
    if level == AID:
        return theta.share_aid
    if level == DEPLOYMENT:
        return theta.share_deployment
    return theta.share_limited if level == LIMITED_FORCE else 1.0


@compiled
def _odds(theta):  # type: ignore[no-untyped-def]
    """exp of the four cutpoints at which strength is committed."""
    return (
        math.exp(theta.cut_aid),
        math.exp(theta.cut_deployment),
        math.exp(theta.cut_limited),
        math.exp(theta.cut_full),
    )


@compiled
def _reaches(weight, odds):  # type: ignore[no-untyped-def]
    """Chances to pass those cutpoints, 1 / (1 + exp(c - u - ζ)); ``weight`` is exp(-u - ζ)."""
    return (
        1.0 / (1.0 + odds[0] * weight),
        1.0 / (1.0 + odds[1] * weight),
        1.0 / (1.0 + odds[2] * weight),
        1.0 / (1.0 + odds[3] * weight),
    )


@compiled
def _mean(f2, f3, f4, f5, reach):  # type: ignore[no-untyped-def]
    """Mean of a quantity that is 0 below aid and f2 to f5 at the levels from aid up."""
    low = f2 * reach[0] + (f3 - f2) * reach[1]
    return low + (f4 - f3) * reach[2] + (f5 - f4) * reach[3]


@compiled
def expected_commitment(utility, theta):  # type: ignore[no-untyped-def]
    """Mean share that an ally commits, over its own luck and the shared shock."""
    f2, f3, f4 = theta.share_aid, theta.share_deployment, theta.share_limited
    odds, mean = _odds(theta), 0.0
    for node in range(5):
        reach = _reaches(math.exp(-utility - theta.shock_sd * NODES[node]), odds)
        mean += WEIGHTS[node] * _mean(f2, f3, f4, 1.0, reach)
    return mean


@compiled
def coalition(home, home_parts, helpers, parts, count, theta):  # type: ignore[no-untyped-def]
    """Strength of the target with its helpers, each at the share of its strength it commits.

    What stands in pacts of depth χ fights as one force in that measure, the rest side by side:
    for one pact, χ · CES(Σ v_k) + (1 - χ) · Σ CES(v_k). Where the helpers' pacts with the target
    differ in depth, the same is taken layer by layer of depth, so that more help never weakens.

    Parameters
    ----------
    home : float
        Strength of the target.
    home_parts : ndarray of float64, shape (5,)
        Its domains.
    helpers : ndarray of HELPER, shape (n,)
        With the ``share`` that each commits, in [0, 1]; those at 0 are skipped before any sum.
    parts : ndarray of float64, shape (n, 5)
        Domains of each helper at the place.
    count : int
        How many rows are in use.
    theta : record
        Parameters.
    """
    plain = home
    deepest = 0.0
    for k in range(count):
        if helpers[k].share > 0.0:
            plain += helpers[k].share * helpers[k].strength
            deepest = max(deepest, helpers[k].depth)
    if deepest <= 0.0 or theta.substitution == 1.0:
        return plain
    return plain + _pooling_gain(home, home_parts, helpers, parts, count, deepest, theta)


@compiled
def _pooling_gain(home, home_parts, helpers, parts, count, deepest, theta):  # type: ignore[no-untyped-def]
    gain = 0.0
    while deepest > 0.0:
        g1, g2, g3, g4, g5 = home_parts
        apart, below = home, 0.0
        for k in range(count):
            if helpers[k].share <= 0.0:
                continue
            if helpers[k].depth >= deepest:
                apart += helpers[k].share * helpers[k].strength
                g1 += helpers[k].share * parts[k, 0]
                g2 += helpers[k].share * parts[k, 1]
                g3 += helpers[k].share * parts[k, 2]
                g4 += helpers[k].share * parts[k, 3]
                g5 += helpers[k].share * parts[k, 4]
            else:
                below = max(below, helpers[k].depth)
        gain += (deepest - below) * max(0.0, ces(g1, g2, g3, g4, g5, theta) - apart)
        deepest = below
    return gain


@compiled
def ces(g1, g2, g3, g4, g5, theta):  # type: ignore[no-untyped-def]
    """Strength of five domains by a world's weights and substitution; see `aggregate`."""
    return aggregate(
        g1,
        g2,
        g3,
        g4,
        g5,
        theta.weight_manpower,
        theta.weight_materiel,
        theta.weight_strike,
        theta.weight_industry,
        theta.weight_finance,
        theta.substitution,
    )


@compiled
def expected_win(challenger, home, home_parts, helpers, parts, count, theta):  # type: ignore[no-untyped-def]
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
        In [0, 1]; within 3e-3 of full enumeration.
    """
    if count == 0:
        return win_chance(challenger, home, theta.initiator_advantage, theta.decisiveness)
    first = _strongest(helpers, count)
    odds = _odds(theta)
    f2, f3, f4 = theta.share_aid, theta.share_deployment, theta.share_limited
    value = 0.0
    for node in range(5):
        shift = theta.shock_sd * NODES[node]
        spread = 0.0
        for k in range(count):
            reach = _reaches(math.exp(-helpers[k].utility - shift), odds)
            mean = _mean(f2, f3, f4, 1.0, reach)
            helpers[k].share = mean * helpers[k].chance
            if k != first:
                size = helpers[k].strength * helpers[k].chance
                spread += (_mean(f2 * f2, f3 * f3, f4 * f4, 1.0, reach) - mean * mean) * size * size
        reach = _reaches(math.exp(-helpers[first].utility - shift), odds)
        value += WEIGHTS[node] * _over_strongest(
            challenger, home, home_parts, helpers, parts, count, first, reach, spread, theta
        )
    return value


@compiled
def _strongest(helpers, count):  # type: ignore[no-untyped-def]
    first = 0
    for k in range(1, count):
        size = helpers[k].strength * helpers[k].chance
        if size > helpers[first].strength * helpers[first].chance:
            first = k
    return first


@compiled
def _over_strongest(
    challenger, home, home_parts, helpers, parts, count, first, reach, spread, theta
):  # type: ignore[no-untyped-def]
    """Mean over the strongest ally's answer, given the shock and the others' mean and spread.

    A coalition's strength is taken with the strongest ally absent, at its mean and in full, and
    between those on straight lines.
    """
    mean, top = helpers[first].share, helpers[first].chance
    whole = coalition(home, home_parts, helpers, parts, count, theta)
    helpers[first].share = 0.0
    without = coalition(home, home_parts, helpers, parts, count, theta)
    rest = 0.0
    for k in range(count):
        rest += helpers[k].share * helpers[k].strength
    if rest > 0.0:
        lift = (without - home) / rest
        spread *= lift * lift
    helpers[first].share = top
    full = coalition(home, home_parts, helpers, parts, count, theta)
    value = (1.0 - reach[0]) * _over_rest(challenger, without, spread, theta)
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
        value += p * _over_rest(challenger, side, spread, theta)
    return value


@compiled
def _over_rest(challenger, side, spread, theta):  # type: ignore[no-untyped-def]
    """Second-order mean of the chance to win over a side's strength of known variance."""
    a, m = theta.initiator_advantage, theta.decisiveness
    p = win_chance(challenger, side, a, m)
    if spread <= 0.0 or side <= 0.0:
        return p
    return p + 0.5 * p * (1.0 - p) * m * (1.0 + m * (1.0 - 2.0 * p)) * spread / (side * side)
