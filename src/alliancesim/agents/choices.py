"""What a seat is asked: a choice that stops the world until it is made."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from alliancesim.agents.values import Dispute, Offer
from alliancesim.rules.response import cap_short_of_war, short_of_war_given

if TYPE_CHECKING:
    from alliancesim.agents.wargame import Wargame

__all__ = [
    "ANSWER_KINDS",
    "YES_NO",
    "Choice",
    "Choices",
    "choose",
    "choose_again",
    "choose_answers",
    "cutpoints",
]

YES_NO = (0, 1)
ANSWER_KINDS = ("answer", "war-answer", "back")
"""Kinds of choice that are a level of the ladder, 0 to 5."""

# The mean over a normal shock, by Gauss-Hermite quadrature; the weights sum to one.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(21)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


@attrs.frozen(eq=False)
class Choice:
    """A choice of a seat, before it is made.

    Attributes
    ----------
    kind : str
        "challenge", "resist", "refuse", "fight", "answer", "war-answer" or "back", as in
        `alliancesim.agents.Decision`; or, of treaties, "ratify" (an accession) and "leave" (give
        notice this year).
    by : StateAgent
        Who chooses.
    options : tuple of int
        0 no and 1 yes, or levels of the ladder.
    model_choice : int
        What the model does here, its random draw included.
    probabilities : dict of int to float
        Of each option, by the model and before its draw.
    dispute : Dispute or None
        In which it is met; None of a treaty.
    treaty, state : str
        Which treaty is joined or left, and by whom; empty in a dispute.
    deviation : float
        How the challenger's cost of war in this crisis departs from its mean, -1 to 1; its own
        knowledge, and 0 for all others.
    visible : float or None
        The challenger's chance to win against those that answered the dispute, once they did.
    """

    kind: str
    by: Any
    options: tuple[int, ...]
    model_choice: int
    probabilities: dict[int, float]
    dispute: Dispute | None = None
    treaty: str = ""
    state: str = ""
    deviation: float = 0.0
    visible: float | None = None


Choices = Generator[Choice, int, Any]
"""Play that stops at each choice of a seat, and goes on with what is sent."""


def choose(
    model: Wargame, kind: str, by: Any, planned: bool, likely: float, **on: Any
) -> Generator[Choice, int, bool]:
    """Return a yes or no: the model's, or that of the seat, which is asked for it."""
    if by.id not in model.seats:
        return planned
    chances = {0: 1.0 - likely, 1: likely}
    return bool((yield Choice(kind, by, YES_NO, int(planned), chances, **on)))


def choose_answers(
    model: Wargame, kind: str, dispute: Dispute, offers: list[Offer]
) -> Generator[Choice, int, bool]:
    """Let seats among the helpers give their answers; return whether any departs from the model's.

    All answer at the same time: nobody knows another's answer.
    """
    changed = False
    taken: list[tuple[Offer, int]] = []
    for offer in offers:
        if offer.agent.id not in model.seats:
            continue
        chances = _ladder(model, offer, dispute.intensity if kind == "answer" else None)
        options = tuple(chances)
        taken.append(
            (offer, (yield Choice(kind, offer.agent, options, offer.answer, chances, dispute)))
        )
    for offer, level in taken:
        changed = changed or level != offer.answer
        offer.answer = level
    return changed


def choose_again(
    model: Wargame, kind: str, dispute: Dispute, offer: Offer, planned: int
) -> Generator[Choice, int, int]:
    """Return the level of an ally that is asked again in a war: as it is, or above."""
    if offer.agent.id not in model.seats:
        return planned
    ladder = _ladder(model, offer, None)
    chances = {level: chance for level, chance in ladder.items() if level > offer.answer}
    chances = {offer.answer: 1.0 - sum(chances.values()), **chances}
    return (yield Choice(kind, offer.agent, tuple(chances), planned, chances, dispute))


def cutpoints(theta: Any, intensity: int | None) -> tuple[float, ...]:
    """Return the cutpoints that an answer may pass: all in war, fewer in a dispute short of it."""
    cuts = ("cut_diplomatic", "cut_aid", "cut_deployment", "cut_limited", "cut_full")
    highest = len(cuts) if intensity is None else cap_short_of_war(intensity)
    return tuple(getattr(theta, name) for name in cuts[:highest])


def _ladder(model: Wargame, offer: Offer, intensity: int | None) -> dict[int, float]:
    """Return the chance of each level by an ally's propensity, the mean over its side's shock."""
    theta = model.theta
    u, cuts = offer.utility, cutpoints(theta, intensity)
    if intensity is not None:
        u = short_of_war_given(u, intensity, theta)
    shocks = theta.shock_sd * _NODES
    passes = [float(_WEIGHTS @ (1.0 / (1.0 + np.exp(cut - u - shocks)))) for cut in cuts]
    steps = [1.0, *passes, 0.0]
    return {level: max(0.0, steps[level] - steps[level + 1]) for level in range(len(cuts) + 1)}
