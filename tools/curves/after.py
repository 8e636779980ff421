"""Curves of what is left after: reputation, welfare, spending and what it buys."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from alliancesim.rules.aftermath import (
    recovered,
    recovery,
    reputation_after_call,
    reputation_after_retreat,
    welfare_of_month,
)
from alliancesim.rules.budget import absorbed, capital_share, materiel_after, spending
from alliancesim.rules.response import rung_owed
from curves import PALE, STYLES, Curve, curve, draw, dress, ends, panels, values


def judged(level: int, *uncertain: str) -> Curve:
    """Reputation after a call, from one half, by the level of the answer, for a duty owed."""

    def rule(given: float, p: Any) -> float:
        owed = rung_owed(level, p.rung_consult, p.rung_assist, p.rung_defend)
        return reputation_after_call(0.5, given, owed, p.reputation_step, p.reputation_loss)

    return curve(rule, np.arange(6.0), *uncertain)


def regained() -> Curve:
    """Reputation over the years, from nothing, where it was one half at the start."""

    def rule(years: float, p: Any) -> float:
        now = 0.0
        for _ in range(int(years)):
            now = recovered(now, 0.5, recovery(p.reputation_half_life))
        return now

    return curve(rule, np.arange(21.0), "reputation_half_life")


WELFARE = {
    "a tenth of forces lost": ("welfare_losses", {"loss": 0.1}),
    "backing down, whole stake": ("audience_cost", {}),
    "burden up by 1 % of GDP": ("welfare_burden", {"burden_change": 12.0}),
    "transfers up by 1 % of GDP": ("welfare_transfers", {"received_change": 12.0}),
    "nuclear use in own war": ("welfare_nuclear", {}),
}
"""What happens in one month of a year, or in each of its twelve, and the weight it depends on."""


def welfare(what: str, p: Any) -> float:
    """Return what a year's welfare changes by, in stakes."""
    zero = {"benefits": 0.0, "loss": 0.0, "burden_change": 0.0, "received_change": 0.0}
    zero |= {"paid": 0.0, "nuclear": 0.0}
    given = dict(WELFARE[what][1])
    if what.startswith("backing"):
        given["paid"] = p.audience_cost
    if what.startswith("nuclear"):
        given["nuclear"] = p.welfare_nuclear
    weights = (p.welfare_losses, p.welfare_burden, p.welfare_transfers)
    return welfare_of_month(*(zero | given).values(), *weights) / 12.0


def worth() -> dict[str, tuple[float, float, float]]:
    """What each event does to a year's welfare, and the range over its weight's prior."""
    found = {}
    for what, (name, _) in WELFARE.items():
        at = [welfare(what, values(**{name: end})) for end in ends(name)]
        found[what] = (welfare(what, values()), min(at), max(at))
    return found


def reputation() -> Figure:
    """Draw how reputation moves and returns."""
    figure, (left, right) = panels(1, 2)
    draw(left, judged(3, "reputation_step", "reputation_loss"), "owed defence")
    draw(left, judged(2), "owed assistance", 1)
    draw(left, judged(1), "owed consultation", 2)
    left.axhline(0.5, color=PALE, linewidth=0.8)
    left.axhline(reputation_after_retreat(0.5, values().reputation_retreat), color=PALE, ls=":")
    left.set_ylim(0.0, 1.0)
    dress(
        left,
        "Reputation after a call to war, from 0.5",
        "level of the answer [rungs]",
        "reputation",
        "upper left",
    )
    draw(right, regained())
    right.axhline(0.5, color=PALE, linewidth=0.8)
    right.set_ylim(0.0, 0.6)
    dress(right, "What was lost comes back", "years since", "reputation")
    right.set_xticks(range(0, 21, 5))
    return figure


def accounts() -> Figure:
    """Draw what events do to welfare."""
    figure, (ax,) = panels(1, 1)
    figure.set_size_inches(7.2, 2.7)
    found = list(worth().items())[::-1]
    for place, (_, (middle, low, high)) in enumerate(found):
        ax.plot([low, high], [place, place], color=STYLES[1]["color"], linewidth=5, alpha=0.35)
        ax.plot([middle], [place], "o", color=STYLES[0]["color"], markersize=5)
    ax.set_xscale("symlog", linthresh=0.01)
    ax.axvline(0.0, color=PALE, linewidth=0.8)
    ax.set_yticks(range(len(found)), [name for name, _ in found])
    ax.set_xticks([-10.0, -1.0, -0.1, -0.01, 0.0, 0.01, 0.1])
    ax.set_xticklabels(["−10", "−1", "−0.1", "−0.01", "0", "0.01", "0.1"])
    dress(ax, "What a year's welfare changes by", "stakes", "event")
    ax.margins(x=0.03)
    return figure


def spent(by: str) -> Curve:
    """Spending over the start's, by threat or by spill-ins over the start's."""

    def threat(ratio: float, p: Any) -> float:
        return spending(
            1.0, ratio, 1.0, p.threat_elasticity, 1.0, 1.0, p.spill_elasticity, p.publicness
        )

    def spill(ratio: float, p: Any) -> float:
        return spending(
            1.0, 1.0, 1.0, p.threat_elasticity, ratio, 1.0, p.spill_elasticity, p.publicness
        )

    if by == "threat":
        return curve(threat, np.linspace(0.25, 4.0, 76), "threat_elasticity")
    return curve(spill, np.linspace(0.25, 4.0, 76), "spill_elasticity", "publicness")


def capital() -> Curve:
    """Military capital over the start's, by years of spending a half more than at the start."""

    def rule(years: float, p: Any) -> float:
        held = 1.0
        for _ in range(int(years)):
            share = capital_share(1.0, 1.0, 1.5, 0.0)
            held = materiel_after(held, share, p.materiel_depreciation)
        return held

    return curve(rule, np.arange(21.0), "materiel_depreciation")


def kept() -> Curve:
    """Share of money from abroad that becomes capital, by the weight of own industry."""

    def rule(industry: float, p: Any) -> float:
        return absorbed(industry, 1.0 - industry, p.transfer_absorption)

    return curve(rule, np.linspace(0.0, 1.0, 51), "transfer_absorption")


def budget() -> Figure:
    """Draw what moves spending, and what spending and transfers leave."""
    figure, (first, second, third, fourth) = panels(2, 2)
    for ax, by, what in ((first, "threat", "threat"), (second, "spill", "spill-ins")):
        draw(ax, spent(by))
        ax.axhline(1.0, color=PALE, linewidth=0.8)
        ax.set_ylim(0.4, 1.8)
        dress(ax, f"Spending by {what}", f"{what} [start = 1]", "spending [start = 1]")
    draw(third, capital())
    third.axhline(1.5, color=PALE, linewidth=0.8)
    third.set_ylim(1.0, 1.6)
    third.set_xticks(range(0, 21, 5))
    dress(
        third,
        "Military capital, spending half as much again",
        "years since",
        "capital [start = 1]",
    )
    draw(fourth, kept())
    fourth.set_ylim(0.0, 1.0)
    dress(
        fourth,
        "What of a transfer becomes capital",
        "I / (I + K)",
        "share of the transfer",
    )
    return figure


FIGURES = {"accounts": accounts, "reputation": reputation, "spending": budget}
