"""Which treaties agents live under this month: members join and leave, guarantees waver."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np

from alliancesim import chance
from alliancesim.agents.choices import Choice
from alliancesim.agents.membership import choose_membership, entry_of, plan_ratifications
from alliancesim.chance import uniform
from alliancesim.engine.kernel.course import changes_at
from alliancesim.rules.course import stands_given

if TYPE_CHECKING:
    from alliancesim.agents.wargame import Wargame

__all__ = ["keep_law", "open_law"]


def open_law(model: Wargame) -> None:
    """Put in force what the arm begins with, and learn when its membership will change."""
    seed, law = np.uint64(model.world_seed), model.law
    dates = changes_at(seed, model.world, law, model.arm_row, model.theta)
    model.announced, model.entry = (int(month) for month in dates)
    model.standing = [True] * len(law.treaty)
    model.in_force = law.in_arm[model.arm_row].tolist()
    model.ratifications = plan_ratifications(model)
    if model.ratifications:
        model.entry = entry_of(model)


def keep_law(model: Wargame) -> Generator[Choice, int, bool]:
    """Put in force what the month has; return whether anything changed."""
    yield from choose_membership(model)
    law, seed = model.law, np.uint64(model.world_seed)
    changed = model.turn == model.entry
    if model.turn == model.announced:
        _tell_change(model, "announced")
    if changed:
        model.counters.memberships_changed += 1.0
        _tell_change(model, "in-force")
    for v in np.flatnonzero(law.revocable) if model.turn else ():
        code = int(law.code[v])
        u = uniform(seed, model.world, model.turn, chance.WITHDRAWAL, 0, code, 0, 0)
        stood = model.standing[v]
        model.standing[v] = bool(stands_given(stood, u, model.theta))
        if model.standing[v] != stood:
            changed = True
            if law.in_arm[model.arm_row, v]:
                model.counters.guarantees_withdrawn += float(stood)
                kind = "withdrawn" if stood else "renewed"
                model.tell(kind, treaty=model.board.treaties[v].id)
    if changed:
        row = model.arm_row
        if model.turn >= model.entry:
            row = int(law.course[row].then)
        model.in_force = (law.in_arm[row] & model.standing).tolist()
        model.forget_duties()
    return changed


def _tell_change(model: Wargame, kind: str) -> None:
    arm = model.board.scenario.arm(model.arm)
    change = arm.negotiation or arm.notice
    if change is not None:
        joins = arm.negotiation is not None
        model.tell(kind, treaty=change.treaty, state=change.state, joins=joins)
