"""How long does a war last, and what does a month of it cost?"""

from __future__ import annotations

import math

from alliancesim._compile import compilable

__all__ = [
    "arrival_chance",
    "arrival_chance_given",
    "arrival_delay",
    "arrival_delay_given",
    "duration",
    "duration_given",
    "exhausted_given",
    "monthly_loss",
    "monthly_loss_given",
    "unreplaced",
    "unreplaced_given",
]


@compilable
def duration(median_months, log_sd, normal):
    """Months a war lasts unless a side is exhausted first: log-normal, rounded up, at least 1.

    Parameters
    ----------
    median_months : float
        Above 0; settlement is part of it.
    log_sd : float
        Of the logarithm.
    normal : float
        Standard normal random draw.
    """
    return max(1, math.ceil(median_months * math.exp(log_sd * normal)))


@compilable
def arrival_delay(distance_km, mobilisation, travel):
    """Whole months before an ally's forces arrive.

    Parameters
    ----------
    distance_km : float
        To the target's border.
    mobilisation : float
        Months before they move.
    travel : float
        Months per 1,000 km.
    """
    return math.ceil(mobilisation + travel * distance_km / 1000.0)


@compilable
def arrival_chance(delay, median_months, log_sd):
    """Chance that a war still goes on after a delay of whole months.

    The war lasts longer than ``delay`` months with 1 - Φ((ln delay - ln median) / sd).
    """
    if delay <= 0:
        return 1.0
    if log_sd <= 0.0:
        return 1.0 if delay < median_months else 0.0
    z = (math.log(delay) - math.log(median_months)) / log_sd
    return 0.5 * math.erfc(z / math.sqrt(2.0))


@compilable
def monthly_loss(own, enemy, rate, exponent):
    """Share of a side's engaged forces lost in a month: 1 - exp(-α_L (B/A)^θ).

    Parameters
    ----------
    own, enemy : float
        A and B, strengths present; no enemy, no loss.
    rate : float
        α_L, per month.
    exponent : float
        θ: 1 for the square law, 1/2 for the linear law.

    References
    ----------
    Lanchester (1916), "Aircraft in Warfare"; Taylor (1983), "Lanchester Models of Warfare".
    """
    if enemy <= 0.0 or own <= 0.0:
        return 0.0
    ratio = math.exp(min(exponent * math.log(enemy / own), 50.0))
    return 1.0 - math.exp(-rate * ratio)


@compilable
def unreplaced(loss, industry, materiel, replacement):
    """Share of forces lost for good after own industry has made some good.

    Parameters
    ----------
    loss : float
        See :func:`monthly_loss`.
    industry, materiel : float
        Shares of the world; what is replaced grows with industry beside materiel.
    replacement : float
        Greatest share made good.
    """
    if industry <= 0.0:
        return loss
    return loss * (1.0 - replacement * industry / (industry + materiel))


@compilable
def duration_given(normal, theta):
    """Months a war lasts unless a side is exhausted first; see `duration`."""
    return duration(theta.duration_median, theta.duration_log_sd, normal)


@compilable
def arrival_delay_given(distance_km, theta):
    """Whole months before an ally's forces arrive; see `arrival_delay`."""
    return arrival_delay(distance_km, theta.mobilisation, theta.travel)


@compilable
def arrival_chance_given(delay, theta):
    """Chance that a war still goes on after a delay; see `arrival_chance`."""
    return arrival_chance(delay, theta.duration_median, theta.duration_log_sd)


@compilable
def monthly_loss_given(own, enemy, theta):
    """Share of a side's engaged forces lost in a month; see `monthly_loss`."""
    return monthly_loss(own, enemy, rate=theta.attrition, exponent=theta.attrition_exponent)


@compilable
def unreplaced_given(loss, row, theta):
    """Share of a state's forces lost for good; see `unreplaced`."""
    return unreplaced(loss, row.industry, row.materiel, theta.replacement)


@compilable
def exhausted_given(left_challenger, left_target, theta):
    """Whether a principal has lost so much that the war ends."""
    limit = 1.0 - theta.exhaustion
    return left_challenger <= limit or left_target <= limit
