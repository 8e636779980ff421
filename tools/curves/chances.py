"""Curves of random draws, of the nuclear brink, and of treaties in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alliancesim import chance
from alliancesim.rules.challenge import heat_kept, heat_norm, yearly_rate
from alliancesim.rules.course import acceptance, stands, waiting
from alliancesim.rules.nuclear import retaliation, use_hazard
from curves import Curve, curve, draw, dress, panels, values

MONTHS = 60
YEARLY = 0.3  #: probability of a dispute a year, of the pair whose candidates are drawn
PAIR = (1, 2)  #: its codes


def quantiles() -> Curve:
    """A standard normal draw, by the uniform draw that it is made of."""
    return curve(lambda u, _: chance.normal_quantile(u), np.linspace(0.0005, 0.9995, 400))


def candidates(p: Any, seed: int = 0, world: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return the months of a pair's candidates, and the heat that each needs."""
    rate = yearly_rate(YEARLY) / 12.0 / p.challenge_base * p.heat_cap
    when, needs, now = [], [], 0.0
    for number in range(10_000):
        now -= np.log(chance.uniform_at(seed, world, number, chance.ARRIVAL, *PAIR, 0)) / rate
        if now >= MONTHS:
            break
        u = chance.uniform_at(seed, world, number, chance.THINNING, *PAIR, 0)
        when.append(now)
        needs.append(u * p.heat_cap)
    return np.array(when), np.array(needs)


def heated(p: Any, disputes: tuple[float, ...], when: np.ndarray) -> np.ndarray:
    """Return heat over its mean at some months, after disputes at others, from the mean on."""
    norm = heat_norm(yearly_rate(YEARLY), p.heat_jump, p.heat_memory)
    kept = heat_kept(p.heat_memory)
    rise = (norm - 1.0) * kept ** np.floor(when)
    for month in disputes:
        rise += np.where(when > month, p.heat_jump * kept ** (np.floor(when) - month), 0.0)
    return (1.0 + rise) / norm


def random_draws() -> Figure:
    """Draw normal from uniform draws, and the same candidates under two histories of heat."""
    figure, (left, right) = panels(1, 2)
    draw(left, quantiles())
    left.axhline(0.0, color="#8c8c8c", linewidth=0.8)
    dress(left, "Normal draws from uniform draws", "u", "standard normal quantile of u")
    p = values()
    when, needs = candidates(p)
    fine = np.linspace(0.0, MONTHS, 601)
    calm, tense = heated(p, (), fine), heated(p, (14.0, 16.0, 20.0), fine)
    right.plot(fine, calm, color="#1a1a1a", linewidth=1.5, label="heat in one arm")
    right.plot(fine, tense, color="#0072b2", linestyle="--", linewidth=1.5, label="in another")
    comes = needs < heated(p, (), when)
    between = ~comes & (needs < heated(p, (14.0, 16.0, 20.0), when))
    for chosen, look in (
        (comes, {"marker": "o", "color": "#1a1a1a", "label": "comes in both"}),
        (between, {"marker": "D", "color": "#0072b2", "label": "comes in the other alone"}),
        (
            ~comes & ~between,
            {"marker": "o", "facecolor": "none", "edgecolor": "#8c8c8c", "label": "in neither"},
        ),
    ):
        right.scatter(when[chosen], needs[chosen], s=16, linewidth=0.9, zorder=3, **look)
    right.set_ylim(0.0, 6.2)
    right.set_xticks(range(0, MONTHS + 1, 12))
    dress(right, "The same candidates in every arm", "month", "heat over its mean, or needed")
    right.legend(fontsize=8, frameon=False, loc="upper left", ncols=2, columnspacing=1.0)
    return figure


def use(*uncertain: str) -> Curve:
    """Monthly chance of use after a signal, percent, by the belief in an answer."""

    def rule(belief: float, p: Any) -> float:
        answered = retaliation(0.0, 0.0, belief)
        return 100.0 * use_hazard(True, p.nuclear_hazard, p.nuclear_retaliation, answered)

    return curve(rule, np.linspace(0.0, 1.0, 51), *uncertain)


def by_month(kind: str) -> Curve:
    """Chance that a war in which a signal stands was settled, or saw use, within some months."""

    def rule(months: float, p: Any) -> float:
        going, settled, used = 1.0, 0.0, 0.0
        for month in range(int(months)):
            settled += going * p.nuclear_settlement
            going *= 1.0 - p.nuclear_settlement
            if month > 0:
                belief = retaliation(1.0, p.own_deterrent_belief, 0.0)
                hazard = use_hazard(True, p.nuclear_hazard, p.nuclear_retaliation, belief)
                used += going * hazard
                going *= 1.0 - hazard
        return settled if kind == "settled" else used

    uncertain = ("nuclear_settlement", "nuclear_hazard", "nuclear_retaliation")
    return curve(rule, np.arange(25.0), *uncertain)


def nuclear_brink() -> Figure:
    """Draw the chance of use, and what the months after a signal bring."""
    figure, (left, right) = panels(1, 2)
    draw(left, use("nuclear_hazard", "nuclear_retaliation"))
    left.set_yscale("log")
    left.set_ylim(0.005, 3.0)
    left.set_yticks([0.01, 0.1, 1.0], labels=["0.01", "0.1", "1"])
    dress(
        left,
        "Use, in a month after the signal",
        "belief that the enemy would retaliate",
        "chance [% a month]",
    )
    draw(right, by_month("settled"), "settled")
    draw(right, by_month("used"), "used", 1)
    right.set_ylim(0.0, 1.02)
    right.set_xticks(range(0, 25, 6))
    dress(
        right,
        "If the war would go on",
        "months since the signal, its own counted",
        "chance that it has come to this",
        "upper left",
    )
    return figure


def share_of_draws(holds: Callable[[float], bool]) -> float:
    """Return the share of draws at which a rule says yes, by halving; its answer turns once."""
    low, high, first = 0.0, 1.0, holds(1e-12)
    for _ in range(30):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if holds(middle) == first else (low, middle)
    return low if first else 1.0 - low


def within(months: np.ndarray, wait: Callable[[float, Any], float], *uncertain: str) -> Curve:
    """Chance that a wait is over within some months, from what the rule makes of a draw."""

    def rule(month: float, p: Any) -> float:
        return share_of_draws(lambda u: wait(u, p) <= month)

    return curve(rule, months, *uncertain)


def ratifying() -> Curve:
    """Chance that a state ratifies, by what it expects to gain."""

    def rule(gain: float, p: Any) -> float:
        return acceptance(gain, p.ratification_base, p.ratification_scale)

    return curve(rule, np.linspace(-0.15, 0.1, 101), "ratification_base", "ratification_scale")


def standing(stood: bool) -> Curve:
    """Chance that a revocable guarantee stands, in the months after it stood or did not."""

    def rule(month: float, p: Any) -> float:
        keeps, returns = (
            share_of_draws(lambda u, was=was: stands(was, p.withdrawal_rate, p.renewal_rate, u))
            for was in (True, False)
        )
        share = float(stood)
        for _ in range(int(month)):
            share = share * keeps + (1.0 - share) * returns
        return share

    return curve(rule, np.arange(0.0, 121.0, 3.0), "withdrawal_rate", "renewal_rate")


def membership() -> Figure:
    """Draw waits, ratification, exit, and whether a guarantee stands."""
    figure, (talks, vote, leaving, guarantee) = panels(2, 2)
    months = np.arange(61.0)
    announced = within(months, lambda u, p: waiting(p.negotiation_months, u), "negotiation_months")
    ratified = within(months, lambda u, p: waiting(p.ratification_months, u), "ratification_months")
    draw(talks, announced, "announced")
    draw(talks, ratified, "ratified by one state", 1)
    talks.set_xticks(range(0, 61, 12))
    dress(talks, "Waits", "months", "chance that it is over", "lower right")
    draw(vote, ratifying())
    vote.axvline(0.0, color="#8c8c8c", linewidth=0.8)
    dress(vote, "Does a state ratify?", "expected gain [stakes a year]", "chance")
    years = np.arange(121.0)
    leaves = within(years, lambda u, p: waiting(12.0 / p.notice_rate, u) + 12, "notice_rate")
    draw(leaving, leaves)
    dress(leaving, "Has a member left?", "months; a year's notice", "chance")
    draw(guarantee, standing(True), "stands at the start")
    draw(guarantee, standing(False), "withdrawn at the start", 1)
    dress(guarantee, "Does a guarantee stand?", "months", "chance", "lower right")
    for ax in (leaving, guarantee):
        ax.set_xticks(range(0, 121, 24))
    for ax in (talks, vote, leaving, guarantee):
        full(ax)
    return figure


def full(ax: Axes) -> None:
    """Let an axis run from 0 to 1."""
    ax.set_ylim(0.0, 1.02)


FIGURES = {"random-draws": random_draws, "nuclear-brink": nuclear_brink, "membership": membership}
