"""When does a treaty gain or lose a member, and does a revocable guarantee still stand?"""

from __future__ import annotations

import math

from alliancesim._compile import compilable
from alliancesim.rules.basics import logistic, logit

__all__ = [
    "acceptance",
    "acceptance_given",
    "notice_rate_given",
    "ratification_wait_given",
    "stands",
    "stands_given",
    "waiting",
]

LONGEST = 1e6  #: months; longer than any horizon, so that a wait is always a whole number


@compilable
def waiting(mean_months, random_draw):
    """Whole months until what may come in any month alike: an exponential time, rounded up.

    Parameters
    ----------
    mean_months : float
        Above 0.
    random_draw : float
        Uniform on (0, 1).
    """
    return math.ceil(min(-mean_months * math.log(random_draw), LONGEST))


@compilable
def acceptance(gain, base, scale):
    """Chance that a state ratifies: σ(logit(base) + gain / scale).

    Parameters
    ----------
    gain : float
        What it expects to gain from the change, stakes a year.
    base : float
        Chance where it expects neither gain nor loss, in (0, 1).
    scale : float
        Gain that moves the log-odds by one, above 0.
    """
    return logistic(logit(base) + gain / scale)


@compilable
def stands(stood, withdrawal, renewal, random_draw):
    """Whether a revocable guarantee stands this month: a chain of two states.

    Parameters
    ----------
    stood : bool
        Whether it stood the month before.
    withdrawal, renewal : float
        Hazards a year of being withdrawn and renewed, at least 0.
    random_draw : float
        Uniform on (0, 1).
    """
    rate = withdrawal if stood else renewal
    turns = random_draw < 1.0 - math.exp(-rate / 12.0)
    return stood != turns


@compilable
def acceptance_given(gain, theta):
    """Chance that a state ratifies; see `acceptance`."""
    return acceptance(gain, base=theta.ratification_base, scale=theta.ratification_scale)


@compilable
def stands_given(stood, random_draw, theta):
    """Whether a revocable guarantee stands this month; see `stands`."""
    return stands(stood, theta.withdrawal_rate, theta.renewal_rate, random_draw)


@compilable
def notice_rate_given(theta):
    """How often a year a member gives notice; 0 where none ever does."""
    return max(0.0, theta.notice_rate)


@compilable
def ratification_wait_given(random_draw, theta):
    """Whole months that one state takes to ratify, in its turn; see `waiting`."""
    return waiting(theta.ratification_months, random_draw)
