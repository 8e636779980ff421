"""What pacts mean to agents between fights: who may owe whom defence, and who pays whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from alliancesim.arrays.board import pledged

if TYPE_CHECKING:
    from alliancesim.agents.wargame import Wargame

__all__ = ["settle"]


def settle(model: Wargame, *, at_start: bool) -> None:
    """Note guarantors and transfers by the treaties in force: now, or in the reference arm."""
    in_force = (
        model.law.in_arm[model.board.reference] if at_start else np.array(model.in_force, np.bool_)
    )
    pledges = []
    for v, block in enumerate(model.board.blocks):
        if in_force[v]:
            pledges.append(pledged(block, model.quarrels)[int(model.reading[v])])
    for b, agent in enumerate(model.states):
        agent.guarantors[at_start] = [
            other for k, other in enumerate(model.states) if any(each[b, k] for each in pledges)
        ]
    _pay(model, in_force, at_start=at_start)


def _pay(model: Wargame, in_force: object, *, at_start: bool) -> None:
    for agent in model.states:
        condition = agent.condition(at_start)
        condition.given = condition.received = 0.0
        for bond in agent.bonds.values():
            if at_start:
                bond.pays_start = 0.0
            else:
                bond.pays = 0.0
    for transfer, covers, amount in zip(
        model.board.scenario.transfers, model.law.covers, model.amounts, strict=True
    ):
        if (covers & in_force).any():
            payer, payee = model.state(transfer.payer), model.state(transfer.payee)
            payer.condition(at_start).given += amount
            payee.condition(at_start).received += amount
            bond = payer.bonds[payee.id]
            if at_start:
                bond.pays_start += amount
            else:
                bond.pays += amount
