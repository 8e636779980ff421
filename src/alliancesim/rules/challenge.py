"""When does an opportunity come, and does the mover take it?"""

from __future__ import annotations

import math

from alliancesim._compile import compilable
from alliancesim.rules.basics import clip, logistic, logit

__all__ = [
    "AGAINST_OPPONENT",
    "AGAINST_OWN",
    "ANY_ALLY",
    "advantage",
    "challenge_chance",
    "challenge_chance_given",
    "challenger_cost",
    "challenger_cost_given",
    "cost_at_start",
    "cover",
    "cover_given",
    "heat_is_capped",
    "heat_kept",
    "heat_kept_given",
    "heat_norm",
    "heat_norm_given",
    "heated_given",
    "is_hot_given",
    "is_opportunity_given",
    "may_be_hot_given",
    "opportunity_rate_given",
    "shrunk",
    "status_quo",
    "status_quo_given",
    "yearly_rate",
    "yearly_rate_given",
]

AGAINST_OWN, AGAINST_OPPONENT, ANY_ALLY = 0.0, 1.0, 2.0  #: what cover holds allies against


@compilable
def yearly_rate(probability):
    """Rate of events a year at which one or more come with this probability: -ln(1 - P)."""
    return -math.log(1.0 - probability)


@compilable
def heat_norm(rate, jump, memory_months):
    """Stationary mean of heat, 1 + ω · jump · τ, which keeps heat from inflating base rates.

    Parameters
    ----------
    rate : float
        ω, the pair's disputes a year.
    jump : float
        Rise of heat by a dispute.
    memory_months : float
        τ, months.
    """
    return 1.0 + rate * jump * memory_months / 12.0


@compilable
def heat_kept(memory_months):
    """Share of a rise of heat above 1 that is left a month later: exp(-1/τ)."""
    return math.exp(-1.0 / memory_months)


@compilable
def shrunk(onsets, years, class_rate, weight):
    """Yearly dispute probability of a pair, its own record drawn toward its class.

    Parameters
    ----------
    onsets, years : float
        Years with a new dispute, and years observed.
    class_rate : float
        Mean probability of the class.
    weight : float
        Pair-years that the class mean counts for.
    """
    return (onsets + weight * class_rate) / (years + weight) if years + weight > 0.0 else class_rate


@compilable
def status_quo(own, other, decisiveness):
    """Benefits that a state holds at the start against another: σ(m · ln(S_own / S_other)).

    Parameters
    ----------
    own, other : float
        Strengths; two states without strength share evenly.
    decisiveness : float
        m of the contest.

    References
    ----------
    Powell (1999), "In the Shadow of Power", chapter 3.
    """
    if own <= 0.0 or other <= 0.0:
        return 0.5 if own == other else (0.0 if own <= 0.0 else 1.0)
    return logistic(decisiveness * math.log(own / other))


@compilable
def cover(allies, own, opponent, none, form):
    """How much of a challenger's risk its allies would carry, in [0, 1].

    Three rival forms, since the measure against which allies are held is a judgement: A / (A + S_c)
    against its own strength; A / (A + S_t) against the target's; and the expected share of its
    strength that some ally would commit, 1 - Π(1 - E φ_k), whatever the allies' size.

    Parameters
    ----------
    allies : float
        A, expected strength that allies would commit for it if its own provocation were
        answered by an attack.
    own, opponent : float
        S_c and S_t, its own strength at the place and the target's.
    none : float
        Π(1 - E φ_k) over those allies; 1 without any.
    form : float
        `AGAINST_OWN`, `AGAINST_OPPONENT` or `ANY_ALLY`.
    """
    if allies <= 0.0:
        return 0.0
    if form == ANY_ALLY:
        return 1.0 - none
    return allies / (allies + (own if form == AGAINST_OWN else opponent))


@compilable
def challenger_cost(base, spread, deviation, covered, insured, nuclear, belief):
    """Costs of war to the challenger, before a coalition shows.

    κ_c = (base + spread · u)(1 - ι · cover) + κ_N · b, in shares of the stake.

    Parameters
    ----------
    base, spread : float
        Mean and greatest deviation.
    deviation : float
        u in (-1, 1), the crisis's own.
    covered : float
        See :func:`cover`.
    insured : float
        ι, in [0, 1] (emboldenment, Benson 2012).
    nuclear, belief : float
        κ_N, and the belief b that the target's deterrent, or its patron's, would answer.
    """
    return (base + spread * deviation) * (1.0 - insured * covered) + nuclear * belief


@compilable
def advantage(win, benefits, cost):
    """Gain that a challenger stands to make by force: D = p̂ - q - κ_c, shares of the stake."""
    return win - benefits - cost


@compilable
def challenge_chance(now, reference, scale, base, bound):
    """Chance that the mover takes an opportunity: σ(logit(base) + (D - D⁰) / s_D).

    Parameters
    ----------
    now, reference : float
        D now, and D in the reference arm at the start with the same random draw.
    scale : float
        s_D, above 0.
    base : float
        Chance when nothing has changed.
    bound : float
        Greatest change of the log-odds either way.
    """
    return logistic(logit(base) + clip((now - reference) / scale, -bound, bound))


@compilable
def class_rate(category, theta):
    """Mean yearly dispute probability of a class of pairs."""
    if category == 0.0:
        return theta.rate_rival
    if category == 1.0:
        return theta.rate_land
    return theta.rate_relevant if category == 2.0 else theta.rate_unrelated


@compilable
def yearly_rate_given(pair, theta):
    """Disputes a year by which a pair's record and class are known; see `shrunk`."""
    probability = shrunk(
        pair.onsets, pair.years, class_rate(pair.category, theta), theta.rate_shrinkage
    )
    return yearly_rate(probability)


@compilable
def heat_norm_given(rate, theta):
    """Stationary mean of a pair's heat; see `heat_norm`."""
    return heat_norm(rate, jump=theta.heat_jump, memory_months=theta.heat_memory)


@compilable
def heat_kept_given(theta):
    """Share of a rise of heat that is left a month later; see `heat_kept`."""
    return heat_kept(theta.heat_memory)


@compilable
def heated_given(rise, theta):
    """Rise of heat above 1 after one more dispute."""
    return rise + theta.heat_jump


@compilable
def heat_is_capped(rise, norm, theta):
    """Whether heat over its norm is more than opportunities follow."""
    return (1.0 + rise) / norm > theta.heat_cap


@compilable
def may_be_hot_given(rise, theta):
    """Whether heat may hold forces, whatever its norm, which is at least 1."""
    return rise > theta.hot_rise


@compilable
def is_hot_given(rival, rise, norm, theta):
    """Whether two are rivals whose heat holds forces."""
    return rival > 0.0 and 1.0 + rise > norm + theta.hot_rise


@compilable
def opportunity_rate_given(rate, theta):
    """Greatest rate of opportunities a month of a pair with so many disputes a year."""
    return rate / 12.0 / theta.challenge_base * theta.heat_cap


@compilable
def is_opportunity_given(rise, norm, thinning, theta):
    """Whether a candidate, drawn at the greatest rate, is an opportunity at the present heat."""
    heat = theta.heat_cap if heat_is_capped(rise, norm, theta) else (1.0 + rise) / norm
    return thinning * theta.heat_cap < heat


@compilable
def status_quo_given(own, other, theta):
    """Benefits that a state holds at the start; see `status_quo`."""
    return status_quo(own, other, theta.decisiveness)


@compilable
def cover_given(allies, own, opponent, none, theta):
    """How much of a challenger's risk its allies would carry; see `cover`."""
    return cover(allies, own, opponent, none, theta.cover_form)


@compilable
def cost_at_start(rival, theta):
    """Mean cost of war to a challenger, in shares of the stake: of a rival, or of another."""
    return theta.cost_base_rival if rival > 0.0 else theta.cost_base


@compilable
def challenger_cost_given(base, deviation, covered, belief, theta):
    """Costs of war to the challenger; see `challenger_cost`."""
    return challenger_cost(
        base,
        spread=theta.cost_spread,
        deviation=deviation,
        covered=covered,
        insured=theta.insured_share,
        nuclear=theta.cost_nuclear,
        belief=belief,
    )


@compilable
def challenge_chance_given(now, reference, theta):
    """Chance that the mover takes an opportunity; see `challenge_chance`."""
    return challenge_chance(
        now,
        reference,
        scale=theta.challenge_scale,
        base=theta.challenge_base,
        bound=theta.challenge_bound,
    )
