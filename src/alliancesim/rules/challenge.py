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
    "challenger_cost",
    "cover",
    "heat_kept",
    "heat_norm",
    "shrunk",
    "status_quo",
    "yearly_rate",
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
        D now, and D in the reference arm at the start with the same luck.
    scale : float
        s_D, above 0.
    base : float
        Chance when nothing has changed.
    bound : float
        Greatest change of the log-odds either way.
    """
    return logistic(logit(base) + clip((now - reference) / scale, -bound, bound))
