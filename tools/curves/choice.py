"""Curves of how states choose to challenge, and to make war."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from alliancesim.rules.bargaining import (
    coalition_cost,
    demand,
    fights,
    resistance_chance,
    war_risk,
)
from alliancesim.rules.challenge import (
    AGAINST_OPPONENT,
    AGAINST_OWN,
    ANY_ALLY,
    challenge_chance,
    challenger_cost,
    cover,
    heat_kept,
    heat_norm,
    shrunk,
    yearly_rate,
)
from curves import PALE, Curve, curve, draw, dress, panels

COMMITTED = 0.3  #: what the one ally of the cover's curves is expected to commit


def taken() -> Curve:
    """Chance that an opportunity is taken, by how the prospect has changed."""

    def rule(change: float, p: Any) -> float:
        return challenge_chance(change, 0.0, p.challenge_scale, p.challenge_base, p.challenge_bound)

    return curve(rule, np.linspace(-0.4, 0.4, 81), "challenge_scale")


def cost_left(form: float, *uncertain: str) -> Curve:
    """Share of its cost that a challenger still feels, by the strength of its one ally."""

    def rule(ally: float, p: Any) -> float:
        held = cover(COMMITTED * ally, 1.0, 0.5, 1.0 - COMMITTED, form)
        return challenger_cost(1.0, 0.0, 0.0, held, p.insured_share, 0.0, 0.0)

    return curve(rule, np.linspace(0.05, 4.0, 80), *uncertain)


def challenge() -> Figure:
    """Draw the chance to challenge, and what cover takes from the cost of war."""
    figure, (left, right) = panels(1, 2)
    draw(left, taken())
    left.axvline(0.0, color=PALE, linewidth=0.8)
    left.set_ylim(0.0, 1.0)
    dress(
        left,
        "Is the opportunity taken?",
        "D − D⁰ [shares of the stake]",
        "chance to challenge",
    )
    draw(right, cost_left(AGAINST_OWN, "insured_share"), "against its own strength")
    draw(right, cost_left(AGAINST_OPPONENT), "against the target's", 1)
    draw(right, cost_left(ANY_ALLY), "that any comes", 2)
    right.set_ylim(0.0, 1.02)
    right.set_xlim(0.0, 4.0)
    dress(
        right,
        "What an ally takes from the cost of war",
        "ally's strength [own strength = 1]",
        "share of the cost still felt",
        "lower left",
    )
    return figure


def cooling(rate: float) -> Curve:
    """Heat over its mean in the months after one dispute, from where there was none."""

    def rule(month: float, p: Any) -> float:
        norm = heat_norm(rate, p.heat_jump, p.heat_memory)
        return (1.0 + p.heat_jump * heat_kept(p.heat_memory) ** month) / norm

    return curve(rule, np.linspace(0.0, 48.0, 97), "heat_jump", "heat_memory")


def record(onsets: float) -> Curve:
    """Yearly probability of a pair of rivals with some disputes, by the years observed."""

    def rule(years: float, p: Any) -> float:
        return shrunk(onsets, years, p.rate_rival, p.rate_shrinkage)

    return curve(rule, np.linspace(onsets, 65.0, 66))


def opportunity() -> Figure:
    """Draw how heat fades, and how a record is drawn toward its class."""
    figure, (left, right) = panels(1, 2)
    draw(left, cooling(yearly_rate(0.2)))
    left.axhline(1.0, color=PALE, linewidth=0.8)
    dress(left, "Heat after one dispute", "months since", "heat over its mean")
    for style, onsets in enumerate((0.0, 5.0, 20.0)):
        draw(right, record(onsets), f"{onsets:.0f} years with a dispute", style)
    right.set_ylim(bottom=0.0)
    dress(
        right,
        "A pair of rivals: record drawn to its class",
        "years observed",
        "probability a year",
        "upper right",
    )
    return figure


def resisted() -> Curve:
    """Chance that the target resists, by how the challenger's chance to win has changed."""

    def rule(change: float, p: Any) -> float:
        return resistance_chance(change, 0.0, p.resistance_scale, p.resistance_base)

    return curve(rule, np.linspace(-0.4, 0.4, 81), "resistance_scale")


def refused(win: float, *uncertain: str) -> Curve:
    """Chance that a demand is refused, by the challenger's cost of war."""

    def rule(cost: float, p: Any) -> float:
        return war_risk(demand(cost, win, p.cost_bound), p.cost_bound)

    return curve(rule, np.linspace(0.0, 0.4, 81), *uncertain)


def bearable() -> Curve:
    """Greatest cost at which a refused challenger that holds half fights, by its chance to win."""

    def rule(win: float, p: Any) -> float:
        low, high = -1.0, 2.0
        for _ in range(40):
            middle = (low + high) / 2.0
            if fights(win, middle, 0.5, p.audience_cost):
                low = middle
            else:
                high = middle
        return max(low, 0.0)

    return curve(rule, np.linspace(0.0, 1.0, 101), "audience_cost")


def added() -> Curve:
    """What a coalition adds to the cost of war, by its strength over the target's."""

    def rule(ratio: float, p: Any) -> float:
        return coalition_cost(ratio, 1.0, p.cost_coalition)

    return curve(rule, np.linspace(1.0, 8.0, 71), "cost_coalition")


def bargaining() -> Figure:
    """Draw the four steps from a challenge to war."""
    figure, (first, second, third, fourth) = panels(2, 2)
    draw(first, resisted())
    first.axvline(0.0, color=PALE, linewidth=0.8)
    first.set_ylim(0.0, 1.0)
    dress(first, "Does the target resist?", "p̂ − p̂⁰", "chance to resist")
    draw(second, added())
    second.set_ylim(bottom=0.0)
    dress(
        second,
        "What a coalition in sight adds",
        "strength with helpers [target alone = 1]",
        "cost of war [shares of the stake]",
    )
    draw(third, refused(0.5, "cost_bound"), "p = 0.5")
    draw(third, refused(0.95), "p = 0.95", 1)
    third.set_ylim(0.0, 0.6)
    dress(
        third,
        "Is the demand refused?",
        "challenger's cost of war [shares of the stake]",
        "chance of refusal",
        "upper right",
    )
    drawn = bearable()
    draw(fourth, drawn)
    fourth.set_ylim(0.0, 1.0)
    fourth.text(0.72, 0.15, "fights", fontsize=9)
    fourth.text(0.15, 0.7, "backs down", fontsize=9)
    dress(
        fourth,
        "Refused, does the challenger fight?",
        "chance to win, p",
        "cost of war [shares of the stake]",
    )
    return figure


FIGURES = {"bargaining": bargaining, "challenge": challenge, "opportunity": opportunity}
