"""Curves of what states can fight with, who wins, and what a war costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alliancesim import catalogue
from alliancesim.rules.coalition import ces
from alliancesim.rules.contest import DRAWN, LOST, WON, draw_chance, win_chance
from alliancesim.rules.strength import (
    available,
    experience_after,
    felt_distance,
    floored,
    median_positive,
    projection,
)
from alliancesim.rules.war import (
    arrival_chance,
    arrival_delay,
    monthly_loss,
    unreplaced,
)
from curves import Curve, curve, draw, dress, panels

RATIOS = np.geomspace(1 / 8, 8, 65)
KM = np.linspace(0.0, 6000.0, 121)


def of_materiel(form: str, *uncertain: str) -> Curve:
    """Strength of a state by its share of military capital, its other four shares held at 1."""

    def rule(share: float, p: Any) -> float:
        shares = (1.0, share, 1.0, 1.0, 1.0)
        middle = median_positive(*shares)
        return ces(*(floored(each, middle, p.share_floor) for each in shares), p)

    held = dict(catalogue.variant("strength", form).values)
    return curve(rule, np.geomspace(0.02, 10.0, 81), *uncertain, **held)


def arriving(decay: str) -> Curve:
    """Share of strength that arrives at a distance."""
    return curve(lambda km, p: projection(km, p[decay]), KM, decay)


def left_free(pin: str) -> Curve:
    """Share of forces that some fronts leave free."""
    return curve(lambda fronts, p: available(int(fronts), p[pin]), np.arange(5.0), pin)


def learnt(months: int) -> Curve:
    """Experience beyond that of the start, in the years after some months of war."""

    def rule(year: float, p: Any) -> float:
        gained = experience_after(0.0, 0.0, months, p.experience_gain, p.experience_half_life)
        for _ in range(int(year)):
            gained = experience_after(gained, 0.0, 0.0, p.experience_gain, p.experience_half_life)
        return gained

    return curve(rule, np.arange(21.0), "experience_gain", "experience_half_life")


def strength() -> Figure:
    """Draw strength by one of its domains, and by distance."""
    figure, (domains, distance) = panels(1, 2)
    draw(domains, of_materiel("ces", "substitution"), "ces")
    draw(domains, of_materiel("cinc"), "cinc", 1)
    draw(domains, of_materiel("spending"), "spending", 2)
    logarithmic(domains, x=(0.02, 0.1, 1, 10), y=(0.1, 0.3, 1, 3, 10))
    domains.set_ylim(0.05, 10.0)
    dress(
        domains,
        "One domain alone rises or falls",
        "military capital [other domains = 1]",
        "strength [all equal = 1]",
        "upper left",
    )
    draw(distance, arriving("decay_land"), "land power")
    draw(distance, arriving("decay_sea"), "with bases or sea control", 1)
    share(distance)
    dress(distance, "Far from home", "km from the border", "share that arrives", "lower left")
    return figure


def experience() -> Figure:
    """Draw what fronts leave free, and what war taught."""
    figure, (fronts, learning) = panels(1, 2)
    draw(fronts, left_free("pin_war"), "wars")
    draw(fronts, left_free("pin_hot"), "hot rivals", 1)
    fronts.set_xticks(range(5))
    share(fronts)
    dress(fronts, "Forces held elsewhere", "number of fronts", "share left free", "lower left")
    draw(learning, learnt(12))
    learning.set_ylim(bottom=0.0)
    learning.set_xticks(range(0, 21, 5))
    dress(
        learning,
        "After a year of war",
        "years since",
        "experience gained [share of strength]",
    )
    return figure


def winning(decisiveness: float | None = None) -> Curve:
    """Chance that the challenger wins if it is decided, by the ratio of strengths."""

    def rule(ratio: float, p: Any) -> float:
        return win_chance(ratio, 1.0, p.initiator_advantage, p.decisiveness)

    if decisiveness is not None:
        return curve(rule, RATIOS, decisiveness=decisiveness)
    return curve(rule, RATIOS, "initiator_advantage", "decisiveness")


def ending(result: int) -> Curve:
    """Chance of one outcome for the challenger, by the ratio of strengths."""

    def rule(ratio: float, p: Any) -> float:
        win = win_chance(ratio, 1.0, p.initiator_advantage, p.decisiveness)
        drawn = draw_chance(win, p.draw_weight)
        if result == DRAWN:
            return drawn
        return (1.0 - drawn) * (win if result == WON else 1.0 - win)

    return curve(rule, RATIOS, "draw_weight")


def contest() -> Figure:
    """Draw who wins by the ratio of strengths, if it is decided and in all."""
    figure, (decided, all_in) = panels(1, 2)
    draw(decided, winning(), "the catalogue's m")
    draw(decided, winning(1.0), "m = 1, usual in textbooks", 1)
    draw(all_in, ending(WON), "the challenger wins")
    draw(all_in, ending(DRAWN), "undecided", 1)
    draw(all_in, ending(LOST), "the target wins", 2)
    for ax in (decided, all_in):
        logarithmic(ax, x=(1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8))
        ax.axvline(1.0, color="#8c8c8c", linewidth=0.8)
        share(ax)
    ratio = "challenger's strength [target's = 1]"
    dress(decided, "If it is decided", ratio, "chance that the challenger wins", "lower right")
    dress(all_in, "In all", ratio, "chance", "upper left")
    return figure


def going_on() -> Curve:
    """Chance that a war lasts longer than some months."""

    def rule(months: float, p: Any) -> float:
        return arrival_chance(months, p.duration_median, p.duration_log_sd)

    return curve(rule, np.linspace(0.0, 48.0, 97), "duration_median", "duration_log_sd")


def losing(exponent: float | None = None) -> Curve:
    """Monthly loss of a side, percent, by the strength of the enemy."""

    def rule(ratio: float, p: Any) -> float:
        return 100.0 * monthly_loss(1.0, ratio, p.attrition, p.attrition_exponent)

    if exponent is not None:
        return curve(rule, RATIOS, attrition_exponent=exponent)
    return curve(rule, RATIOS, "attrition", "attrition_exponent")


def waiting_for(decay: str, *uncertain: str) -> Curve:
    """Months before an ally at a distance arrives."""

    def rule(km: float, p: Any) -> float:
        felt = felt_distance(km, p[decay], p.decay_land)
        return arrival_delay(felt, p.mobilisation, p.travel)

    return curve(rule, np.linspace(0.0, 6000.0, 1201), *uncertain)


def remaining(ratio: float) -> Curve:
    """Share of its forces that a side has left while strengths stand in one ratio."""

    def rule(months: float, p: Any) -> float:
        loss = monthly_loss(1.0, ratio, p.attrition, p.attrition_exponent)
        return (1.0 - unreplaced(loss, 1.0, 1.0, p.replacement)) ** months

    uncertain = ("attrition", "replacement") if ratio == 1.0 else ()
    return curve(rule, np.linspace(0.0, 60.0, 61), *uncertain)


def war() -> Figure:
    """Draw how long wars last, what a month costs, when allies come, and what is left."""
    figure, (lasting, month, allies, left) = panels(2, 2)
    draw(lasting, going_on())
    share(lasting)
    lasting.set_xticks(range(0, 49, 12))
    dress(lasting, "Does it still go on?", "months", "chance that it lasts longer")
    draw(month, losing(), "the catalogue's")
    draw(month, losing(1.0), "θ = 1, the square law", 1)
    logarithmic(month, x=(1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8))
    month.set_ylim(0.0, 3.5)
    dress(
        month,
        "What a month costs",
        "enemy's strength [own = 1]",
        "loss [% of forces]",
        "upper left",
    )
    draw(allies, waiting_for("decay_land", "mobilisation", "travel"), "land power")
    draw(allies, waiting_for("decay_sea"), "with bases or sea control", 1)
    allies.set_ylim(bottom=0.0)
    dress(allies, "When does an ally arrive?", "km to the target", "whole months", "upper left")
    for style, (ratio, words) in enumerate(
        ((1.0, "as"), (2.0, "twice as"), (4.0, "four times as"))
    ):
        draw(left, remaining(ratio), f"enemy {words} strong", style)
    exhausted = 1.0 - next(p.value for p in catalogue.parameters() if p.name == "exhaustion")
    left.axhline(exhausted, color="#8c8c8c", linewidth=0.8)
    left.annotate("exhausted", (1.0, exhausted), fontsize=8, va="bottom", color="#595959")
    share(left)
    dress(left, "What is left", "months of war", "share of forces", "lower left")
    return figure


def share(ax: Axes) -> None:
    """Let an axis run from 0 to 1."""
    ax.set_ylim(0.0, 1.02)


def logarithmic(ax: Axes, **ticks: tuple[float, ...]) -> None:
    """Scale axes by logarithms, with ticks in plain numbers."""
    for name, values in ticks.items():
        scale: Callable[..., None] = getattr(ax, f"set_{name}scale")
        scale("log")
        axis = getattr(ax, f"{name}axis")
        axis.set_ticks(values, labels=[plain(value) for value in values])
        axis.set_ticks([], minor=True)


def plain(value: float) -> str:
    """Write a tick: ``1/4``, ``0.1``, ``3``."""
    inverse = 1 / value
    return f"1/{inverse:.0f}" if value < 1 and inverse in (2.0, 4.0, 8.0) else f"{value:g}"


FIGURES = {"strength": strength, "experience": experience, "contest": contest, "war": war}
