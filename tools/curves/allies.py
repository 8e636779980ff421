"""Curves of how allies answer, what they are worth, and what is expected of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from scipy.special import ndtri
from scipy.stats import binom

from alliancesim.arrays.layout import rows
from alliancesim.rules.basics import logit
from alliancesim.rules.belief import expected_commitment, expected_win
from alliancesim.rules.coalition import HELPER, ces, coalition, commitment
from alliancesim.rules.contest import win_chance
from alliancesim.rules.response import (
    AID,
    LIMITED_FORCE,
    answer,
    at_stake,
    duty_weight,
    interest,
    utility,
)
from curves import PALE, STYLES, Curve, curve, draw, dress, ends, panels, values

LEVELS = ("renege", "diplomatic", "aid", "deployment", "limited force", "full belligerence")
GREYS = ("#f2f2f2", "#d9e3ea", "#a9c6d9", "#74a3c0", "#3f7ba3", "#124a70")
EVENLY = (np.arange(200) + 0.5) / 200.0  #: random draws, spread evenly


def reaching(level: int, u: float, shock: float, p: Any) -> float:
    """Chance to answer at a level or above, counted over even random draws."""
    cuts = (p.cut_diplomatic, p.cut_aid, p.cut_deployment, p.cut_limited, p.cut_full)
    return float(
        np.mean([answer(u, shock, logit(random_draw), *cuts) >= level for random_draw in EVENLY])
    )


def shocks(p: Any, count: int = 25) -> np.ndarray:
    """Return shocks, each as likely as any other."""
    return p.shock_sd * ndtri((np.arange(count) + 0.5) / count)


def ladder() -> tuple[np.ndarray, np.ndarray]:
    """Propensities, and the chance of each level there without a shock, shape (6, n)."""
    u, p = np.linspace(-6.0, 12.0, 73), values()
    above = np.array([[reaching(level, each, 0.0, p) for each in u] for level in range(7)])
    return u, above[:-1] - above[1:]


def answers(level: int, *uncertain: str) -> Curve:
    """Chance to answer at a level or above, over the shared shock, by propensity."""

    def rule(u: float, p: Any) -> float:
        return float(np.mean([reaching(level, u, shock, p) for shock in shocks(p)]))

    return curve(rule, np.linspace(-6.0, 8.0, 29), *uncertain, points=2)


def together(common: bool, allies: int = 4, u: float = 2.0) -> np.ndarray:
    """Chance that none, one, ... of so many allies fight, with a shared shock or each its own."""
    p = values()
    each = np.array([reaching(LIMITED_FORCE, u, shock, p) for shock in shocks(p)])
    if not common:
        each = np.array([each.mean()])
    return np.mean([binom.pmf(range(allies + 1), allies, chance) for chance in each], axis=0)


def near(tie: float, *uncertain: str) -> Curve:
    """Interest of an ally, by its distance from the target."""

    def rule(km: float, p: Any) -> float:
        return interest(tie, 0.0, km, p.interest_proximity, p.interest_range)

    return curve(rule, np.linspace(0.0, 5000.0, 101), *uncertain)


def response() -> Figure:
    """Draw the ladder, the answers, how allies fail together, and interest."""
    figure, (first, second, third, fourth) = panels(2, 2)
    u, chances = ladder()
    first.stackplot(u, chances, labels=LEVELS, colors=GREYS, edgecolor="white", linewidth=0.4)
    first.set_ylim(0.0, 1.0)
    dress(first, "Levels of the answer, no shock", "propensity u [log-odds]", "chance")
    handles, names = first.get_legend_handles_labels()
    first.legend(handles[::-1], names[::-1], fontsize=7.5, loc="lower right", framealpha=1.0)
    draw(second, answers(AID, "cut_aid"), "aid or more")
    draw(second, answers(LIMITED_FORCE, "cut_limited"), "limited force or more", 1)
    second.set_ylim(0.0, 1.0)
    dress(
        second,
        "Answers, over the shared shock",
        "propensity u [log-odds]",
        "chance",
        "upper left",
    )
    for offset, common in ((-0.2, True), (0.2, False)):
        look = STYLES[0 if common else 1]["color"]
        name = "shared shock" if common else "a shock each"
        hatch = "" if common else "////"
        face = look if common else "white"
        third.bar(
            np.arange(5) + offset, together(common), 0.38, color=face, edgecolor=look,
            hatch=hatch, label=name,
        )  # fmt: skip
    dress(third, "How many of four allies fight", "allies", "chance", "upper right")
    third.margins(x=0.03)
    draw(fourth, near(0.0, "interest_proximity", "interest_range"), "no tie")
    draw(fourth, near(0.4), "tie of 0.4", 1)
    fourth.axhline(values().interest_threshold, color=PALE, linewidth=0.9)
    fourth.set_ylim(0.0, 0.8)
    dress(fourth, "Interest of an ally", "border to border [km]", "interest", "upper right")
    return figure


INPUTS = (
    "interest_in_target", "threat_to_self", "duty", "reputation", "payment", "invoked",
    "distance_km", "pinned", "exposed", "provocation", "conflict",
)  # fmt: skip
TERMS = (
    "interest", "threat", "duty", "reputation", "payment", "invocation", "severity", "distance",
    "pinned", "nuclear", "provocation", "conflict",
)  # fmt: skip


def propensity(p: Any, *, severity: bool = True, **inputs: float) -> float:
    """Propensity to answer with the inputs named; the others at zero."""
    weights = [p[f"term_{term}"] for term in TERMS]
    if not severity:
        weights[TERMS.index("severity")] = 0.0
    given = [inputs.get(name, 0.0) for name in INPUTS]
    return utility(p.response_intercept, *given, *weights)


def effect(term: str, p: Any) -> float:
    """Return what a term moves the propensity by, at the whole of what it multiplies."""
    if term == "severity":
        return propensity(p) - propensity(p, severity=False)
    defence = duty_weight(3, 1.0, p.duty_consult, p.duty_assist, p.duty_defend)
    whole = {
        "duty": defence,
        "reputation": at_stake(p.reputation_start, p.visibility, defence),
        "distance": 5000.0,
    }
    name = INPUTS[[each for each in TERMS if each != "severity"].index(term)]
    return propensity(p, **{name: whole.get(term, 1.0)}) - propensity(p)


LABELS = {
    "interest": "interest in the target, whole",
    "threat": "threat to itself, whole",
    "duty": "duty to defend, binding words",
    "reputation": "reputation at stake",
    "payment": "side payment, own budget",
    "invocation": "formal call",
    "severity": "war, not force short of it",
    "distance": "5,000 km away",
    "pinned": "all forces held elsewhere",
    "nuclear": "nuclear challenger",
    "provocation": "target provoked",
    "conflict": "owes challenger non-aggression",
}


def effects() -> dict[str, tuple[float, float, float]]:
    """What each term moves the propensity by, and the range over its own weight's prior."""
    found = {}
    for term in TERMS:
        at = [effect(term, values(**{f"term_{term}": end})) for end in ends(f"term_{term}")]
        found[term] = (effect(term, values()), min(at), max(at))
    return found


def terms() -> Figure:
    """Draw what each term moves the propensity by."""
    figure, (ax,) = panels(1, 1)
    figure.set_size_inches(7.2, 4.0)
    found = sorted(effects().items(), key=lambda item: item[1][0])
    for place, (_, (middle, low, high)) in enumerate(found):
        ax.plot([low, high], [place, place], color=STYLES[1]["color"], linewidth=5, alpha=0.35)
        ax.plot([middle], [place], "o", color=STYLES[0]["color"], markersize=5)
    ax.axvline(0.0, color=PALE, linewidth=0.8)
    ax.set_yticks(range(len(found)), [LABELS[term] for term, _ in found])
    dress(ax, "What moves an ally", "change of the propensity u [log-odds]", "term")
    ax.margins(x=0.03)
    return figure


def side(p: Any, sizes: list[float], propensities: float, depth: float = 0.0) -> tuple[Any, ...]:
    """Return a target of strength 1 and its helpers, as the rules of belief take them."""
    home = np.full(5, 1.0)
    parts = np.array(sizes).reshape(-1, 1) * np.ones(5)
    helpers = rows(len(sizes), HELPER)
    for k in range(len(sizes)):
        helpers["strength"][k] = ces(*parts[k], p)
    helpers["utility"], helpers["chance"], helpers["depth"] = propensities, 1.0, depth
    return ces(*home, p), home, helpers, parts, len(sizes)


def outlook(sizes: list[float], *uncertain: str) -> Curve:
    """The challenger's chance to win against an equal with allies, by their propensity."""

    def rule(u: float, p: Any) -> float:
        return expected_win(1.0, *side(p, sizes, u), p)

    return curve(rule, np.linspace(-6.0, 8.0, 57), *uncertain)


def as_if_sure(size: float) -> Curve:
    """The same if the ally were sure to commit what it commits on average."""

    def rule(u: float, p: Any) -> float:
        there = 1.0 + size * expected_commitment(u, p)
        return win_chance(1.0, there, p.initiator_advantage, p.decisiveness)

    return curve(rule, np.linspace(-6.0, 8.0, 57))


def committed(*uncertain: str) -> Curve:
    """Share that an ally is expected to commit, by its propensity."""
    return curve(expected_commitment, np.linspace(-6.0, 8.0, 57), *uncertain)


def belief() -> Figure:
    """Draw the commitment expected, and what it makes of the chance to win."""
    figure, (left, right) = panels(1, 2)
    draw(left, committed("share_aid", "share_deployment", "share_limited"))
    left.set_ylim(0.0, 1.0)
    dress(
        left,
        "What an ally is expected to commit",
        "propensity u [log-odds]",
        "share of its strength",
    )
    draw(right, outlook([5.0], "decisiveness"), "as reckoned")
    draw(right, as_if_sure(5.0), "as if the mean were sure", 1)
    dress(
        right,
        "Chance to win against an equal and its ally",
        "propensity u of the ally [log-odds]",
        "p̂",
        "lower left",
    )
    right.set_ylim(0.25, 0.75)
    return figure


DOMAINS = ("manpower", "materiel", "strike", "industry", "finance")
ONE, OTHER = (3.0, 1.0, 1.0, 1.0, 0.3), (0.3, 1.0, 1.0, 1.0, 3.0)  #: two states by domain


def pooled(substitution: float) -> Curve:
    """Strength of two unlike states together, over their sum, by the depth of their pact."""
    one, other = np.array(ONE), np.array(OTHER)

    def rule(depth: float, p: Any) -> float:
        helpers = rows(1, HELPER)
        helpers["strength"], helpers["share"], helpers["depth"] = ces(*other, p), 1.0, depth
        home = ces(*one, p)
        whole = coalition(home, one, helpers, other.reshape(1, 5), 1, p)
        return whole / (home + helpers["strength"][0])

    return curve(rule, np.linspace(0.0, 1.0, 21), substitution=substitution)


def commitments() -> dict[str, tuple[float, float, float]]:
    """Share committed at each level of the ladder, and its range over the prior."""
    found = {}
    names = {2: "share_aid", 3: "share_deployment", 4: "share_limited"}
    for level, name in enumerate(LEVELS):
        middle = commitment(level, values())
        at = (
            [commitment(level, values(**{names[level]: end})) for end in ends(names[level])]
            if (level in names)
            else [middle]
        )
        found[name] = (middle, min(at), max(at))
    return found


def coalitions() -> Figure:
    """Draw what a level commits, and what pooling is worth."""
    figure, (left, right) = panels(1, 2)
    found = commitments()
    middles = np.array([each[0] for each in found.values()])
    reach = [
        [each[0] - each[1] for each in found.values()],
        [each[2] - each[0] for each in found.values()],
    ]
    left.barh(range(6), middles, 0.6, color="#74a3c0")
    left.errorbar(middles, range(6), xerr=reach, fmt="none", ecolor="#1a1a1a", capsize=3)
    left.set_yticks(range(6), list(found))
    dress(left, "What an answer commits", "share of strength", "level")
    for style, substitution in enumerate((-1.0, 0.0, 0.5, 1.0)):
        draw(right, pooled(substitution), f"ρ = {substitution:g}".replace("-", "−"), style)
    dress(
        right,
        "Two states that complement each other",
        "depth of their pact, χ",
        "strength over the plain sum",
        "upper left",
    )
    return figure


FIGURES = {"belief": belief, "coalition": coalitions, "response": response, "terms": terms}
