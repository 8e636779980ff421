"""What is left after: benefits, recovery, and what a state has gained or lost."""

from __future__ import annotations

import math

from alliancesim._compile import compilable
from alliancesim.rules.basics import clip
from alliancesim.rules.response import rung_owed

__all__ = [
    "add_pair_counts",
    "close_counters",
    "in_steps",
    "manpower_given",
    "moved",
    "moved_given",
    "recovered",
    "recovery",
    "reputation_after_call",
    "reputation_after_call_given",
    "reputation_after_retreat",
    "reputation_after_retreat_given",
    "reputation_after_rise_given",
    "reputation_at_start",
    "reputation_given",
    "welfare_of_month",
    "welfare_of_month_given",
]


@compilable
def moved(held_by_loser, step):
    """Benefits that move to the winner: the step, or all the loser holds if that is less."""
    return clip(step, 0.0, held_by_loser)


@compilable
def recovered(now, before, share):
    """Value a year later that returns toward what it was by a share of the gap."""
    return now + share * (before - now)


@compilable
def recovery(half_life):
    """Share of a gap that a year closes, of which half is closed in ``half_life`` years."""
    return 1.0 - math.exp(-math.log(2.0) / half_life)


@compilable
def reputation_after_call(before, given, owed, step, loss):
    """Reputation after a call in war, in [0, 1]: it moves with what was given beyond what was owed.

    r + step · (given - owed) / 5, a fall counted ``loss`` times.

    Parameters
    ----------
    before : float
        In [0, 1].
    given, owed : float
        Rungs of the ladder, 0 to 5; see :func:`alliancesim.rules.response.rung_owed`.
    step : float
        What the whole ladder's height moves it by.
    loss : float
        How many times a fall counts.
    """
    change = step * (given - owed) / 5.0
    return clip(before + (loss * change if change < 0.0 else change), 0.0, 1.0)


@compilable
def reputation_after_retreat(before, cost):
    """Reputation of a challenger that backs down in sight of all, in [0, 1]."""
    return clip(before - cost, 0.0, 1.0)


@compilable
def welfare_of_month(
    benefits, loss, burden_change, received_change, paid, nuclear, weight_loss, weight_burden,
    weight_transfers,
):  # fmt: skip
    """Welfare of one month, in stakes per year at the month's rate.

    Parameters
    ----------
    benefits : float
        Σ_j stake_ij · q_ij, in [0, 1].
    loss : float
        Share of initial forces lost in the month.
    burden_change : float
        Military burden, with what it transfers to others, less that of the start, percent of GDP.
    received_change : float
        Transfers from others less those at the start, percent of GDP.
    paid : float
        Audience costs paid in the month, stakes.
    nuclear : float
        L_N for each nuclear use of the month in wars it fought, stakes.
    weight_loss : float
        Stakes per share of forces.
    weight_burden, weight_transfers : float
        Stakes per percent of GDP.
    """
    held = benefits - 12.0 * (weight_loss * loss + paid + nuclear)
    return held - weight_burden * burden_change + weight_transfers * received_change


@compilable
def moved_given(held_by_loser, by_war, theta):
    """Benefits that move to the winner of a war, or of a dispute that is conceded; see `moved`."""
    return moved(held_by_loser, theta.step_war if by_war else theta.step_concession)


@compilable
def manpower_given(row, start, theta):
    """Manpower of a state a year later; see `recovered`."""
    return recovered(row.manpower, start.manpower, theta.manpower_recovery)


@compilable
def reputation_at_start(given, theta):
    """Reputation of a state as a world begins, in [0, 1]: its own where one is given, above 0."""
    return given if given > 0.0 else theta.reputation_start


@compilable
def reputation_given(row, start, theta):
    """Reputation of a state a year later; see `recovered`."""
    return recovered(row.reputation, start.reputation, recovery(theta.reputation_half_life))


@compilable
def reputation_after_call_given(before, level, given, theta):
    """Reputation after answering a call of a duty's level; see `reputation_after_call`."""
    owed = rung_owed(level, theta.rung_consult, theta.rung_assist, theta.rung_defend)
    return reputation_after_call(
        before, float(given), owed, step=theta.reputation_step, loss=theta.reputation_loss
    )


@compilable
def reputation_after_rise_given(before, level, first, last, theta):
    """Reputation once an answer has risen: it moves by what the last rung moves beyond the first.

    From the middle of its range both moves are those of `reputation_after_call`, unclipped.
    """
    gain = reputation_after_call_given(0.5, level, last, theta)
    return clip(before + gain - reputation_after_call_given(0.5, level, first, theta), 0.0, 1.0)


@compilable
def reputation_after_retreat_given(before, theta):
    """Reputation of a challenger that backs down; see `reputation_after_retreat`."""
    return reputation_after_retreat(before, theta.reputation_retreat)


@compilable
def welfare_of_month_given(row, theta):
    """Welfare of a state in one month; see `welfare_of_month`."""
    return welfare_of_month(
        benefits=row.benefits,
        loss=row.loss,
        burden_change=row.carried_more,
        received_change=row.received_more,
        paid=row.paid,
        nuclear=row.nuclear,
        weight_loss=theta.welfare_losses,
        weight_burden=theta.welfare_burden,
        weight_transfers=theta.welfare_transfers,
    )


@compilable
def add_pair_counts(row, on, by):
    """Add to a state's counters those of its pair with one other: attacks on it and by it.

    Parameters
    ----------
    row : record
        Counters of the state, changed in place.
    on, by : record
        Counters of the other as challenger of it, and of it as challenger of the other.
    """
    row.disputes_on += on.disputes
    row.disputes_on_expected += on.disputes_expected
    row.wars_on += on.wars
    row.wars_on_expected += on.wars_expected
    row.disputes_by += by.disputes
    row.disputes_by_expected += by.disputes_expected
    row.wars_by += by.wars
    row.wars_by_expected += by.wars_expected


STEPS_OF_A_SUM = 2.0**28  #: steps of one in which sums over worlds are taken


@compilable
def in_steps(value):
    """Return a number of a world to the nearest 2⁻²⁸, as sums over worlds take it.

    Sums of such numbers are exact below 2²⁵, whatever their order: three million worlds of ten
    disputes each. They then do not depend on how a run is divided. Counts stay as they are.

    Parameters
    ----------
    value : float
        At least 0 and below 2²⁴.

    Returns
    -------
    float
        Within 2⁻²⁹ (1.9e-9) of it.
    """
    return math.floor(value * STEPS_OF_A_SUM + 0.5) / STEPS_OF_A_SUM


@compilable
def close_counters(row, state, horizon):
    """Write what a state's counters say of the whole horizon: sums over pairs, means over months.

    Parameters
    ----------
    row : record
        Counters of the state, after `add_pair_counts` of every pair; changed in place.
    state : record
        The state at the end.
    horizon : int
        Months played.
    """
    row.wars_involved = row.wars_on + row.wars_by + row.wars_drawn_in
    row.benefits = state.benefits_sum / horizon
    row.spending_share = state.burden_sum / horizon
    row.welfare = state.welfare_sum / horizon
    row.reputation = state.reputation
    row.transfers_net = state.transfers_sum / horizon
