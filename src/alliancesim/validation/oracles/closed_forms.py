"""Exact counterparts, written apart from the rules: closed forms, quadrature, enumeration."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "accepted",
    "brink",
    "ces",
    "disputes",
    "disputes_a_year",
    "enumerated_win",
    "lanchester_linear",
    "lanchester_square",
    "levels",
    "outcome_shares",
    "over_shock",
    "passing",
    "reaching",
    "standing",
    "through",
    "waits",
]

Array = NDArray[np.float64]


def outcome_shares(strengths: tuple[float, float], a: float, m: float, nu: float) -> list[float]:
    """Return the chances that the challenger loses, draws and wins: Davidson's three weights."""
    challenger, defender = strengths
    wins, loses = math.exp(a) * challenger**m, defender**m
    tie = nu * math.sqrt(wins * loses)
    total = wins + loses + tie
    # The weight of a draw is ν √(p(1-p)) beside p and 1-p, which sum to one.
    return [loses / total, tie / total, wins / total]


def reaching(u: float, cut: float) -> float:
    """Return the chance that a logistic variable about ``u`` passes a cutpoint."""
    return 0.5 * (1.0 + math.tanh((u - cut) / 2.0))


def levels(u: float, cuts: Sequence[float]) -> Array:
    """Return the chance of each of six levels, the shock given within ``u``."""
    above = np.array([1.0, *(reaching(u, cut) for cut in cuts), 0.0])
    return above[:-1] - above[1:]


def over_shock(value: Callable[[float], float], sd: float) -> float:
    """Return the mean of a function of the shared shock, by adaptive quadrature."""
    from scipy.integrate import quad

    def weighed(z: float) -> float:
        return value(sd * z) * math.exp(-z * z / 2.0) / math.sqrt(2.0 * math.pi)

    return float(quad(weighed, -10.0, 10.0, epsabs=1e-12, limit=200)[0])


def ces(domains: Array, theta: Any) -> Array:
    """Return strength by constant elasticity of substitution along the last axis."""
    names = ("manpower", "materiel", "strike", "industry", "finance")
    weights = np.array([theta[f"weight_{name}"] for name in names])
    weights = weights / weights.sum()
    rho = theta.substitution
    if abs(rho) < 1e-4:
        return np.asarray(np.exp((weights * np.log(domains)).sum(axis=-1)))
    return np.asarray((weights * domains**rho).sum(axis=-1) ** (1.0 / rho))


def _in_layers(home: Array, helpers: Any, parts: Array, shares: Array, theta: Any) -> Array:
    """Return a side's strength: at each depth, those in pacts so deep fight as one force."""
    steps = np.unique(np.concatenate([[0.0, 1.0], helpers["depth"]]))
    total = np.zeros(shares.shape[:-1])
    for low, high in pairwise(steps):
        pooled = np.where(helpers["depth"] >= high, shares, 0.0)
        apart = ((shares - pooled) * helpers["strength"]).sum(axis=-1)
        total += (high - low) * (ces(home + pooled @ parts, theta) + apart)
    return total


def passing(u: Array, cut: float, sd: float, nodes: int = 40) -> Array:
    """Return the chances that logistic variables about ``u`` and a shared shock pass a cutpoint."""
    at, mass = _nodes(nodes)
    return np.asarray(mass @ (1.0 / (1.0 + np.exp(cut - u - sd * at[:, None]))), np.float64)


@lru_cache
def _nodes(count: int) -> tuple[Array, Array]:
    at, mass = np.polynomial.hermite_e.hermegauss(count)
    return at, mass / mass.sum()


def enumerated_win(
    challenger: float, home: Array, helpers: Any, parts: Array, theta: Any, nodes: int = 5
) -> float:
    """Return the challenger's chance to win, every combination of the helpers' answers in turn.

    The shared shock is integrated by Gauss-Hermite quadrature with so many nodes.
    """
    phi = np.array([0.0, theta.share_aid, theta.share_deployment, theta.share_limited, 1.0])
    cuts = np.array([theta.cut_aid, theta.cut_deployment, theta.cut_limited, theta.cut_full])
    count = len(helpers)
    chosen = np.array(list(product(range(5), repeat=count)))
    side = _in_layers(home, helpers, parts, phi[chosen] * helpers["chance"], theta)
    odds = theta.initiator_advantage + theta.decisiveness * np.log(challenger / side)
    wins = 1.0 / (1.0 + np.exp(-odds))
    at, mass = _nodes(nodes)
    u = helpers["utility"][:, None] + theta.shock_sd * at[:, None, None]
    above = 1.0 / (1.0 + np.exp(cuts - u))
    ends = np.ones((nodes, count, 1))
    each = np.concatenate([ends, above], axis=2) - np.concatenate([above, 0.0 * ends], axis=2)
    joint = each[:, np.arange(count), chosen].prod(axis=2)
    return float(mass @ (joint @ wins))


def lanchester_square(a: float, b: float, rate: float, time: float) -> tuple[float, float]:
    """Return both sides after a time under dA/dt = -αB, dB/dt = -αA."""
    c, s = math.cosh(rate * time), math.sinh(rate * time)
    return a * c - b * s, b * c - a * s


def lanchester_linear(a: float, b: float, rate: float, time: float) -> tuple[float, float]:
    """Return both sides, a > b, after a time under dA/dt = dB/dt = -α √(AB).

    A - B = D stays, and A = D cosh² x, B = D sinh² x with x falling at α/2.
    """
    gap = a - b
    x = math.atanh(math.sqrt(b / a)) - rate * time / 2.0
    return gap * math.cosh(x) ** 2, gap * math.sinh(x) ** 2


def disputes(rate: float, jump: float, memory: float, months: int) -> float:
    """Return the expected disputes of a pair whose prospects never change, heat never cut.

    The mean of heat follows a chain of its own. Each month heat above 1 first cools to
    exp(-1/τ) of itself; then disputes come at ω/12 · heat/norm and each raises it, so that over
    the month the mean of heat grows as exp(ω · jump / (12 · norm)).
    """
    norm = 1.0 + rate * jump * memory / 12.0
    growth = math.exp(rate / 12.0 / norm * jump)
    rise, total = norm - 1.0, 0.0
    for _ in range(months):
        heat = 1.0 + rise * math.exp(-1.0 / memory)
        total += heat * (growth - 1.0) / jump
        rise = heat * growth - 1.0
    return total


def disputes_a_year(rate: float, jump: float, memory: float) -> float:
    """Return the yearly rate that the same chain comes to rest at."""
    norm = 1.0 + rate * jump * memory / 12.0
    growth, kept = math.exp(rate / 12.0 / norm * jump), math.exp(-1.0 / memory)
    rise = (growth - 1.0) / (1.0 - growth * kept)
    return 12.0 * (1.0 + rise * kept) * (growth - 1.0) / jump


def brink(hazard: float, settlement: float, months: int) -> tuple[float, float]:
    """Return the chances that a war is settled, and ends with use, within months of a signal.

    A chain of three states; use can follow only from the second month on.
    """
    first = np.array([1.0 - settlement, settlement, 0.0])
    step = np.eye(3)
    step[0] = [(1.0 - settlement) * (1.0 - hazard), settlement, (1.0 - settlement) * hazard]
    _, settled, used = first @ np.linalg.matrix_power(step, months - 1)
    return float(settled), float(used)


def waits(mean_months: float) -> float:
    """Return the mean of an exponential time rounded up to whole months: a geometric one."""
    return 1.0 / (1.0 - math.exp(-1.0 / mean_months))


def through(steps: Sequence[float], months: int) -> Array:
    """Return the chances that steps, one after another, are all done by each month from 0 on.

    A chain with a state a step, each given by its mean months; at most one is done in a month.
    """
    done = 1.0 - np.exp(-1.0 / np.asarray(steps, dtype=np.float64))
    chain = np.diag(np.append(1.0 - done, 1.0)) + np.diag(done, 1)
    where, found = np.eye(len(chain))[0], np.empty(months + 1)
    for month in range(months + 1):
        found[month] = where[-1]
        where = where @ chain
    return found


def accepted(gain: float, base: float, scale: float) -> float:
    """Return the chance to ratify: odds of the base, times exp(gain / scale)."""
    odds = base / (1.0 - base) * math.exp(gain / scale)
    return odds / (1.0 + odds)


def standing(withdrawal: float, renewal: float, months: int) -> Array:
    """Return the chances that a guarantee which stands in month 0 stands in each month.

    A chain of two states with hazards a year; what is left of the start shrinks by a constant
    factor each month.
    """
    out, back = 1.0 - math.exp(-withdrawal / 12.0), 1.0 - math.exp(-renewal / 12.0)
    if out + back == 0.0:
        return np.ones(months)
    rest = back / (out + back)
    return np.asarray(rest + (1.0 - rest) * (1.0 - out - back) ** np.arange(months), np.float64)
