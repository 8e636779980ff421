"""What is a side worth that fights together, each at the share it commits?

Helpers come as rows: ``strength`` and ``parts`` (five domains) as they would fight at the place
with all they have, ``depth`` of the pact they share with the target, ``utility`` to answer, and
``chance`` to arrive before the war ends.
"""

from __future__ import annotations

import numpy as np

from alliancesim._compile import compilable
from alliancesim.rules.response import AID, DEPLOYMENT, LIMITED_FORCE
from alliancesim.rules.strength import aggregate

__all__ = ["HELPER", "ces", "coalition", "commitment"]

#: One state that may help: see the module's text; ``who`` is its row on the board, ``level`` the
#: duty it owes (0 none to 3 defend) and ``delay`` its months to arrive. Once it has answered,
#: ``answer`` is the level of the ladder, ``share`` what it commits, ``arrives`` the turn;
#: ``reluctance`` is exp(-utility).
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
        ("reluctance", np.float64),
    ],
    align=True,
)


@compilable
def commitment(level, theta):
    """Share φ of its strength that a state commits at a level of the ladder."""
    if level < AID:
        return 0.0
    if level == AID:
        return theta.share_aid
    if level == DEPLOYMENT:
        return theta.share_deployment
    return theta.share_limited if level == LIMITED_FORCE else 1.0


@compilable
def coalition(home, home_parts, helpers, parts, count, theta):
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


@compilable
def _pooling_gain(home, home_parts, helpers, parts, count, deepest, theta):
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


@compilable
def ces(g1, g2, g3, g4, g5, theta):
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
