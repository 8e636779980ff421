"""The ladder, the common shock, and what a challenger believes of both."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alliancesim import catalogue, chance
from alliancesim.rules.belief import expected_commitment, expected_win
from alliancesim.rules.response import LIMITED_FORCE
from alliancesim.validation.oracles import _loops, closed_forms
from alliancesim.validation.oracles._setting import Side, cuts, parameters, side
from alliancesim.validation.rows import Row, mean, share, within

__all__ = ["belief", "commitments", "intensities", "ladder", "quadrature", "shared_shock"]

Array = NDArray[np.float64]

_SIDES = 200
_HOW_FAR = ("threat or display", "force", "deaths")
_WORDS = ("renege", "diplomatic", "aid", "deployment", "limited force", "full")
_FIVE = "five nodes for the shared shock: a third of the 3e-3 that belief may be off in all"
_JOINT = (
    "the strongest ally enumerated, the others by three moments: 3e-3 of full enumeration at the "
    "same nodes, at most where strengths add and in 99 % of cases where they pool"
)


def ladder(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on the six levels when the shock is known, and when it is shared and drawn."""
    theta = parameters()
    points = cuts(theta)
    for ally, u in enumerate((0.0, 1.0, -1.0)):
        counts = _loops.answers(np.uint64(seed), draws, ally, u, 0.0, theta)
        exact = closed_forms.levels(u, points)
        for word, hits, p in zip(_WORDS, counts, exact, strict=True):
            yield share("ladder", f"{word}, u = {u:g}", hits, draws, p)
    sd = float(theta.shock_sd)
    counts = _loops.answers(np.uint64(seed), draws, 3, 0.0, sd, theta)
    for level, (word, hits) in enumerate(zip(_WORDS, counts, strict=True)):
        p = closed_forms.over_shock(partial(_on_level, level=level, points=points), sd)
        yield share("ladder", f"{word}, u = 0 and the shock drawn", hits, draws, p)


def intensities(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on how far disputes go short of war, and how an ally answers there."""
    theta, u = parameters(), 4.0
    counts, levels = _loops.intensities(np.uint64(seed), draws, u, theta)
    force, deaths = float(theta.intensity_force), float(theta.intensity_deaths)
    shares = (1.0 - force - deaths, force, deaths)
    war, sd, points = float(theta.term_severity), float(theta.shock_sd), cuts(theta)
    relative = (-float(theta.severity_display), 0.0, float(theta.severity_deaths))
    name = "intensity"
    for how_far, (word, hits, p) in enumerate(zip(_HOW_FAR, counts, shares, strict=True)):
        yield share(name, f"disputes short of war: {word}", hits, draws, p)
        short = u - war + relative[how_far] * war
        highest = 4 if word == "deaths" else 3
        for level in range(highest + 1):
            last = 6 if level == highest else level + 1
            p = sum(
                closed_forms.over_shock(partial(_on_level, level=each, points=points, u=short), sd)
                for each in range(level, last)
            )
            what = f"{_WORDS[level]}{' or more' if level == highest else ''}, {word}"
            yield share(name, what, levels[how_far, level], int(hits), p)


def shared_shock(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on two allies of one war: how often both fight, and how that correlates."""
    theta, one, other = parameters(), 1.0, 2.5
    found = _loops.together(np.uint64(seed), draws, one, other, LIMITED_FORCE, theta)
    cut, sd = float(theta.cut_limited), float(theta.shock_sd)
    p, q, both = (
        closed_forms.over_shock(partial(_fighting, utilities=chosen, cut=cut), sd)
        for chosen in ((one,), (other,), (one, other))
    )
    name = "shared shock"
    yield share(name, "both allies fight", found.all(axis=1).sum(), draws, both)
    scale = math.sqrt(p * (1.0 - p) * q * (1.0 - q))
    products = (found[:, 0] - p) * (found[:, 1] - q) / scale
    yield mean(name, "correlation of two allies within wars", products, (both - p * q) / scale)


def _on_level(shock: float, level: int, points: list[float], u: float = 0.0) -> float:
    return float(closed_forms.levels(u + shock, points)[level])


def _fighting(shock: float, utilities: tuple[float, ...], cut: float) -> float:
    return math.prod(closed_forms.reaching(u + shock, cut) for u in utilities)


def commitments(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on what an ally commits, and what it is expected to."""
    theta = parameters()
    for ally, u in enumerate((-1.0, 1.0)):
        exact = closed_forms.over_shock(
            partial(_committed, u=u, theta=theta), float(theta.shock_sd)
        )
        drawn = _loops.commitments(np.uint64(seed), draws, ally, u, theta)
        yield mean("commitment", f"share committed, u = {u:g}", drawn, exact)
        what = f"share expected, u = {u:g}"
        found = expected_commitment(u, theta)
        yield within("commitment", what, found, exact, 1e-3, _FIVE)


def _committed(shock: float, u: float, theta: Any) -> float:
    phi = [0.0, 0.0, theta.share_aid, theta.share_deployment, theta.share_limited, 1.0]
    return float(closed_forms.levels(u + shock, cuts(theta)) @ np.array(phi))


def belief(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on one war with three allies, one of them strong: answers drawn, and believed."""
    domains = np.array([[8.0, 7, 6, 9, 7], [3.0, 4, 2, 3, 5], [20.0, 25, 15, 30, 20],
                        [2.0, 3, 4, 1, 2], [3.0, 2, 2, 3, 1]]) * 1e-3  # fmt: skip
    for what, depth in (("side by side", 0.0), ("pooling in part", 0.6)):
        war = side(
            domains[0], domains[1], domains[2:], parameters(substitution=-0.5),
            depth=depth, utility=np.array([0.5, 1.5, -0.5]),
        )  # fmt: skip
        exact = _enumerated(war, 64)
        drawn = _loops.wars(np.uint64(seed), draws, *_as_rules_take(war))
        yield mean("belief", f"three allies {what}: answers drawn", drawn, exact)
        found = expected_win(*_as_rules_take(war))
        yield within("belief", f"three allies {what}: believed", found, exact, 3e-3, _JOINT)


def _as_rules_take(war: Side) -> tuple[Any, ...]:
    return (
        war.challenger, war.home, war.home_parts, war.helpers, war.parts, len(war.helpers),
        war.theta,
    )  # fmt: skip


def _enumerated(war: Side, nodes: int = 5) -> float:
    return closed_forms.enumerated_win(
        war.challenger, war.home_parts, war.helpers, war.parts, war.theta, nodes
    )


def quadrature(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on the error of p̂ over many sides and parameters, the same for every seed."""
    for pooling, what in ((False, "at most, strengths adding"), (True, "in 99 %, pooling")):
        wars = [_some_side(n, pooling=pooling) for n in range(_SIDES)]
        off = [abs(expected_win(*_as_rules_take(war)) - _enumerated(war)) for war in wars]
        error = float(np.quantile(off, 0.99)) if pooling else max(off)
        yield within("quadrature", f"error over {_SIDES} sides, {what}", error, 0.0, 3e-3, _JOINT)
    found = max(abs(_enumerated(war, 5) - _enumerated(war, 64)) for war in wars[:100])
    what = "error of five nodes over 100 sides, at most"
    yield within("quadrature", what, found, 0.0, 1e-3, _FIVE)


def _some_side(number: int, *, pooling: bool) -> Side:
    """Draw up to three helpers, one of them ten times the rest, and a world's parameters.

    Where strengths are not to pool they add by depth 0 or, as often, by perfect substitution.
    """
    known = catalogue.parameters()
    address = (0, chance.FIGURE, int(pooling), number, 0, 0)
    u = _loops.along_worlds(np.uint64(0), 64 + len(known), *address)
    count = 1 + int(3 * u[0])
    domains = 10.0 ** (u[1 : 1 + 5 * (count + 2)].reshape(-1, 5) - 3.0)
    domains[2] *= 10.0
    drawn = {each.name: float(each.draw(u[[64 + k]])[0]) for k, each in enumerate(known)}
    perfect = not pooling and u[26] < 0.5
    if perfect:
        drawn["substitution"] = 1.0
    depth = u[30 : 30 + count] if pooling or perfect else 0.0
    return side(
        domains[0], domains[1], domains[2:], parameters(**drawn),
        depth=depth, utility=-5.0 + 11.0 * u[40 : 40 + count],
        chance=0.2 + 0.8 * u[50 : 50 + count],
    )  # fmt: skip
