"""What is a state's strength, and what does it bring to a fight far from home?"""

from __future__ import annotations

import math

from alliancesim._compile import compilable
from alliancesim.rules.numeric import power

__all__ = [
    "COBB_DOUGLAS",
    "aggregate",
    "available",
    "available_given",
    "brought",
    "experience_after",
    "experience_given",
    "felt_distance",
    "felt_distance_given",
    "floored",
    "floored_given",
    "median_positive",
    "pinned_given",
    "projection",
    "projection_given",
]

COBB_DOUGLAS = 1e-4  #: below this |ρ| the logarithmic branch stands in: ρ/2 · Var(ln g) off


@compilable
def floored(share, median_share, floor):
    """Share of a domain that enters strength: at least ``floor`` times the median share.

    Parameters
    ----------
    share : float
        Share of the world total of the domain.
    median_share : float
        Median of the state's own positive shares; 0 where it has none.
    floor : float
        In (0, 1]; see the parameter ``share_floor``.
    """
    return max(share, floor * median_share)


@compilable
def aggregate(g1, g2, g3, g4, g5, w1, w2, w3, w4, w5, rho):
    """How strong are five domains together? Constant elasticity of substitution.

    S = (Σ_m w_m g_m^ρ)^(1/ρ), with weights scaled to sum to 1; the geometric mean where
    |ρ| < 1e-4. All domains zero give exactly 0.

    Parameters
    ----------
    g1, ..., g5 : float
        Shares of manpower, materiel, strike, industry and finance, each at least 0.
    w1, ..., w5 : float
        Their weights, at least 0; none at all gives 0.
    rho : float
        Substitution, -1 (poor) to 1 (perfect).

    Returns
    -------
    float
        Strength as a share of the world.

    References
    ----------
    Arrow, Chenery, Minhas & Solow (1961), "Capital-labor substitution and economic efficiency".
    """
    total = w1 + w2 + w3 + w4 + w5
    if total <= 0.0:
        return 0.0
    if rho == 1.0:
        return (w1 * g1 + w2 * g2 + w3 * g3 + w4 * g4 + w5 * g5) / total
    if min(g1, g2, g3, g4, g5) <= 0.0 and (
        rho <= 0.0 or abs(rho) < COBB_DOUGLAS or max(g1, g2, g3, g4, g5) <= 0.0
    ):
        return 0.0
    if abs(rho) < COBB_DOUGLAS:
        logs = w1 * math.log(g1) + w2 * math.log(g2) + w3 * math.log(g3)
        return math.exp((logs + w4 * math.log(g4) + w5 * math.log(g5)) / total)
    powers = w1 * power(g1, rho) + w2 * power(g2, rho) + w3 * power(g3, rho)
    powers += w4 * power(g4, rho) + w5 * power(g5, rho)
    return power(powers / total, 1.0 / rho)


@compilable
def projection(distance_km, decay):
    """Share of strength that arrives: exp(-λ · km / 1000) (Boulding 1962).

    Parameters
    ----------
    distance_km : float
        From the state's border to the place of the fight; 0 at home.
    decay : float
        λ, per 1,000 km.
    """
    return math.exp(-decay * distance_km / 1000.0)


@compilable
def felt_distance(distance_km, decay, decay_land):
    """Distance as a state feels it, in km: shorter with bases or sea control, as λ is.

    Parameters
    ----------
    distance_km : float
    decay, decay_land : float
        The state's own λ and that of a land power, per 1,000 km.
    """
    return distance_km * decay / decay_land if decay_land > 0.0 else distance_km


@compilable
def available(wars, pin):
    """Share of forces that own fronts leave free: (1 - pin)^fronts.

    Parameters
    ----------
    wars : int
        Fronts that hold forces.
    pin : float
        Share of what is left that one front more holds.
    """
    free = 1.0
    for _ in range(wars):
        free *= 1.0 - pin
    return free


@compilable
def experience_after(experience, at_start, months_at_war, gain, half_life_years):
    """Experience a year later: exercises keep that of the start, war adds, and what it added fades.

    Parameters
    ----------
    experience, at_start : float
        Share by which experience raises effectiveness, now and at the start; at least 0.
    months_at_war : float
        Months of war fought in the year, summed over wars.
    gain : float
        Per month of war.
    half_life_years : float
        Above 0.
    """
    kept = math.exp(-math.log(2.0) / half_life_years)
    return at_start + (experience - at_start) * kept + gain * months_at_war


@compilable
def brought(free, experience, reach):
    """Multiple of its own domains that a state can bring to a place.

    Parameters
    ----------
    free : float
        Share of forces not held by own fronts.
    experience : float
        Effectiveness is 1 + experience.
    reach : float
        See :func:`projection`; 1 at home.
    """
    return free * (1.0 + experience) * reach


@compilable
def median_positive(g1, g2, g3, g4, g5):
    """Median of those of five shares that are above 0; 0 where none is."""
    shares = _ordered(g1, g2, g3, g4, g5)
    empty = 0
    for share in shares:
        if share <= 0.0:
            empty += 1
    held = 5 - empty
    if held == 0:
        return 0.0
    middle = empty + held // 2
    return shares[middle] if held % 2 == 1 else 0.5 * (shares[middle - 1] + shares[middle])


@compilable
def _ordered(a, b, c, d, e):
    """Five numbers in rising order, by nine exchanges: no list has to be made for it."""
    a, b = min(a, b), max(a, b)
    d, e = min(d, e), max(d, e)
    c, e = min(c, e), max(c, e)
    c, d = min(c, d), max(c, d)
    b, e = min(b, e), max(b, e)
    a, d = min(a, d), max(a, d)
    a, c = min(a, c), max(a, c)
    b, d = min(b, d), max(b, d)
    b, c = min(b, c), max(b, c)
    return a, b, c, d, e


@compilable
def floored_given(share, median_share, theta):
    """Share of a domain that enters strength; see `floored`."""
    return floored(share, median_share, theta.share_floor)


@compilable
def _decay(sea, theta):
    """Loss of strength with distance, λ: lower with control of the sea."""
    return theta.decay_sea if sea > 0.0 else theta.decay_land


@compilable
def projection_given(distance_km, sea, theta):
    """Share of a state's strength that arrives; see `projection`."""
    return projection(distance_km, _decay(sea, theta))


@compilable
def felt_distance_given(distance_km, sea, theta):
    """Distance as a state feels it, in km; see `felt_distance`."""
    return felt_distance(distance_km, _decay(sea, theta), theta.decay_land)


@compilable
def available_given(wars, theta):
    """Share of forces that so many wars leave free; see `available`."""
    return available(wars, theta.pin_war)


@compilable
def pinned_given(free, hot, theta):
    """Share of forces that wars and so many hot rivals hold together."""
    return 1.0 - free * available(hot, theta.pin_hot)


@compilable
def experience_given(row, start, theta):
    """Experience of a state a year later; see `experience_after`."""
    return experience_after(
        row.experience,
        start.experience,
        row.war_months,
        gain=theta.experience_gain,
        half_life_years=theta.experience_half_life,
    )
