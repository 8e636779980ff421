"""Choices of seats on treaties: whether to ratify an accession, whether to leave."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs
import numpy as np

from alliancesim import chance
from alliancesim.agents.choices import Choices, choose
from alliancesim.arrays.layout import LEAVES
from alliancesim.chance import uniform
from alliancesim.engine.kernel.course import NEVER
from alliancesim.rules.course import (
    acceptance_given,
    notice_rate_given,
    ratification_wait_given,
)

if TYPE_CHECKING:
    from alliancesim.agents.wargame import Wargame

__all__ = ["Ratification", "choose_membership", "entry_of", "plan_ratifications"]


@attrs.frozen
class Ratification:
    """A state's turn to ratify: in which month, with what chance, and whether the model does."""

    state: str
    month: int
    likely: float
    planned: bool


def plan_ratifications(model: Wargame) -> list[Ratification]:
    """Return who ratifies when, one after another, as if each before had accepted.

    Empty where the arm has no accession, or no seat has a say in it.
    """
    law, row = model.law, model.arm_row
    course, seed = law.course[row], np.uint64(model.world_seed)
    if course.then < 0 or course.kind == LEAVES:
        return []
    by_code = {
        int(code): name for code, name in zip(model.board.codes, model.board.states, strict=True)
    }
    month, found = model.announced, []
    for k in range(int(course.ratifiers)):
        who, likely = law.ratifier[row, k], acceptance_given(law.gain[row, k], model.theta)
        place = (seed, model.world, 0, chance.RATIFICATION)
        planned = bool(uniform(*place, 0, course.treaty, course.state, who) < likely)
        wait = uniform(*place, 1, course.treaty, course.state, who)
        month += int(ratification_wait_given(wait, model.theta))
        found.append(Ratification(by_code[int(who)], month, float(likely), planned))
    return found if model.seats & {each.state for each in found} else []


def choose_membership(model: Wargame) -> Choices:
    """Ask the seats that have a say in a change of membership this month."""
    arm = model.board.scenario.arm(model.arm)
    if arm.notice is not None and arm.notice.state in model.seats and not model.turn % 12:
        yield from _choose_to_leave(model, arm.notice.treaty, arm.notice.state)
    for place, each in enumerate(model.ratifications):
        asked = all(before.planned for before in model.ratifications[:place])
        if asked and each.month == model.turn and each.state in model.seats:
            assert arm.negotiation is not None
            on = {"treaty": arm.negotiation.treaty, "state": arm.negotiation.state}
            agent = model.state(each.state)
            if (yield from choose(model, "ratify", agent, each.planned, each.likely, **on)):
                model.ratifications[place] = attrs.evolve(each, planned=True)
                model.entry = entry_of(model)
            else:
                model.ratifications, model.entry = [], int(NEVER)
                return


def entry_of(model: Wargame) -> int:
    """Return the month in which all have ratified, or `NEVER` if one that is no seat declines.

    A seat that is still to be asked counts as one that accepts.
    """
    pending = model.ratifications
    accepted = all(each.planned or each.state in model.seats for each in pending)
    return pending[-1].month if accepted else int(NEVER)


def _choose_to_leave(model: Wargame, treaty: str, state: str) -> Choices:
    """Ask once a year whether to give notice; the model has drawn the month in which it does."""
    if model.announced < model.turn:
        return
    notice = int(model.law.course[model.arm_row].notice)
    likely = 1.0 - math.exp(-notice_rate_given(model.theta))
    planned = model.announced < model.turn + 12
    on = {"treaty": treaty, "state": state}
    leaves = yield from choose(model, "leave", model.state(state), planned, likely, **on)
    if leaves and not planned:
        model.announced, model.entry = model.turn, model.turn + notice
    elif planned and not leaves:
        model.announced = model.entry = int(NEVER)
