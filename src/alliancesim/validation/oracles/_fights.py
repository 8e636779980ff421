"""Contest, duration, attrition and experience."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from alliancesim.rules.strength import experience_after
from alliancesim.rules.war import arrival_chance, monthly_loss
from alliancesim.validation.oracles import _loops, closed_forms
from alliancesim.validation.oracles._setting import parameters
from alliancesim.validation.rows import Row, share, within

__all__ = ["attrition", "contest", "durations", "experience"]

_EULER = (
    "losses are taken month by month at the month's first ratio: local error ½ α² h² |A - B²/A| "
    "(square law) or ¼ α² h² |A - B| (linear law), summed over the months and grown by exp(α T)"
)
_ROUNDING = "rounding: a few units in the last place an operation"
_TINY = 1e-12


def contest(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on who wins, and how often nobody does."""
    theta = parameters()
    a, m, nu = theta.initiator_advantage, theta.decisiveness, theta.draw_weight
    for case, (challenger, defender) in enumerate([(0.02, 0.02), (0.01, 0.05), (0.09, 0.01)]):
        counts = _loops.outcomes(np.uint64(seed), draws, case, challenger, defender, a, m, nu)
        exact = closed_forms.outcome_shares((challenger, defender), a, m, nu)
        for word, hits, p in zip(("lost", "drawn", "won"), counts, exact, strict=True):
            yield share("contest", f"{word}, {challenger:g} against {defender:g}", hits, draws, p)


def durations(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on how long wars last, their hazard, and who arrives in time."""
    from scipy import stats

    theta, longest = parameters(), 120
    median, sd = float(theta.duration_median), float(theta.duration_log_sd)
    counts = _loops.durations(np.uint64(seed), draws, median, sd, longest)
    lasting = stats.lognorm(sd, scale=median)
    for months in (1, 4, 12, 36):
        what = f"war over after {months} months"
        yield share("duration", what, counts[: months + 1].sum(), draws, lasting.cdf(months))
    for months in (2, 6, 24):
        alive = int(counts[months:].sum())
        hazard = 1.0 - lasting.sf(months) / lasting.sf(months - 1)
        yield share("duration", f"hazard in month {months}", counts[months], alive, hazard)
    for delay in (1, 3, 9):
        what = f"war goes on after {delay} months, as believed"
        hits = counts[delay + 1 :].sum()
        yield share("arrival", what, hits, draws, lasting.sf(delay))
        yield within(
            "arrival", f"belief itself, {delay} months", arrival_chance(delay, median, sd),
            float(lasting.sf(delay)), _TINY, _ROUNDING,
        )  # fmt: skip


def _fought(a: float, b: float, rate: float, exponent: float, steps: int) -> tuple[float, float]:
    """Return both sides after so many steps of losses without replacement."""
    for _ in range(steps):
        ours, theirs = monthly_loss(a, b, rate, exponent), monthly_loss(b, a, rate, exponent)
        a, b = a * (1.0 - ours), b * (1.0 - theirs)
    return a, b


def attrition(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on losses month by month against the two laws of Lanchester; nothing is drawn."""
    rate, months, a, b = float(parameters().attrition), 60, 0.05, 0.02
    for finer in (1, 50):
        step = f"{months} months" if finer == 1 else f"{months} months in steps of 1/{finer}"
        # A ratio only grows while the weaker side melts, so its last value bounds the error.
        growth = math.exp(rate * months) * rate * rate * months / finer

        left = closed_forms.lanchester_square(a, b, rate, months)
        found = _fought(a, b, rate / finer, 1.0, months * finer)
        allowed = 0.5 * growth * max(abs(x - y * y / x) for x, y in (left, left[::-1]))
        invariant = 2.0 * (a + b) * allowed
        yield from _sides("square law", step, found, left, allowed)
        yield within(
            "attrition", f"square law, A² - B², {step}", found[0] ** 2 - found[1] ** 2,
            a * a - b * b, invariant, _EULER,
        )  # fmt: skip

        left = closed_forms.lanchester_linear(a, b, rate, months)
        found = _fought(a, b, rate / finer, 0.5, months * finer)
        allowed = 0.25 * growth * (a - b)
        yield from _sides("linear law", step, found, left, allowed)
        yield within(
            "attrition", f"linear law, A - B, {step}", found[0] - found[1], a - b,
            2.0 * allowed, _EULER,
        )  # fmt: skip
    for law, exponent in (("square", 1.0), ("linear", 0.5)):
        found = _fought(a, a, rate, exponent, months)
        yield within(
            "attrition", f"{law} law, equal sides melt as exp(-αT)", found[0],
            a * math.exp(-rate * months), _TINY, _ROUNDING,
        )  # fmt: skip


def _sides(
    law: str, step: str, found: tuple[float, float], left: tuple[float, float], allowed: float
) -> Iterator[Row]:
    for side, value, exact in zip("AB", found, left, strict=True):
        yield within("attrition", f"{law}, {side} after {step}", value, exact, allowed, _EULER)


def experience(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on how experience fades and gathers; nothing is drawn."""
    theta = parameters()
    half, gain, start = int(theta.experience_half_life), float(theta.experience_gain), 0.1
    value = start + 0.08
    for _ in range(half):
        value = experience_after(value, start, 0.0, gain, float(half))
    what = f"what war added, after {half} years of peace"
    yield within("experience", what, value - start, 0.04, _TINY, _ROUNDING)
    value = start
    for _ in range(100 * half):
        value = experience_after(value, start, 6.0, gain, float(half))
    steady = 6.0 * gain / (1.0 - 0.5 ** (1.0 / half))
    what = "what six months of war a year come to"
    yield within("experience", what, value - start, steady, _TINY, _ROUNDING)
