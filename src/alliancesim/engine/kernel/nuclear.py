"""A war on the nuclear brink: a signal, a settlement under it, or use."""

from __future__ import annotations

import numpy as np

from alliancesim import chance
from alliancesim._compile import compilable
from alliancesim.chance import uniform, uniform_at
from alliancesim.engine.kernel.belligerents import CHALLENGER, TARGET, fighting, lose, present
from alliancesim.engine.kernel.workspace import PRESENT
from alliancesim.levels import Level
from alliancesim.rules.basics import ZERO
from alliancesim.rules.nuclear import (
    able,
    extended,
    losing_given,
    losses_of_use,
    retaliation_given,
    settlement_chance,
    use_hazard_given,
    welfare_of_use,
)

__all__ = ["GOES_ON", "SETTLED", "USED", "brink"]

GOES_ON, SETTLED, USED = np.int64(0), np.int64(1), np.int64(2)  #: what a month on the brink brings


@compilable
def brink(seed, world, turn, slot, theta, workspace):
    """Let a nuclear side that loses past its threshold signal, once; then use, or be settled with.

    Use can follow from the month after the signal on, and only while the side still loses so.

    Returns
    -------
    int
        `GOES_ON`, or what ended the war: `SETTLED` or `USED`.
    """
    war, states, row = workspace.war[slot], workspace.state[PRESENT], workspace.world[0]
    lost, enemy_lost = 1.0 - war.left_challenger, 1.0 - war.left_target
    side, own, enemy = CHALLENGER, war.challenger, war.target
    if lost < enemy_lost:
        side, own, enemy = TARGET, war.target, war.challenger
        lost, enemy_lost = enemy_lost, lost
    if not losing_given(lost, enemy_lost, theta):
        return GOES_ON
    code, other = workspace.note[own].code, workspace.note[enemy].code
    first, second = min(code, other), max(code, other)
    u = uniform_at(seed, world, war.number, chance.UMBRELLA, first, second, code)
    armed = able(states[own].warheads, extended(_umbrella(slot, side, own, workspace), u))
    if not armed:
        return GOES_ON
    before = war.signals & (side + 1)
    if before == 0:
        war.signals |= side + 1
        row.nuclear_signals += 1.0
    # A pair fights one war at a time, and another only from a later month on: no month is shared.
    u = uniform(seed, world, turn, chance.SETTLEMENT, ZERO, first, second, code)
    if u < settlement_chance(theta):
        row.nuclear_settled += 1.0
        return SETTLED
    if before == 0:
        return GOES_ON
    umbrella = _umbrella(slot, TARGET + CHALLENGER - side, enemy, workspace)
    belief = retaliation_given(states[enemy].warheads, umbrella, theta)
    hazard = use_hazard_given(armed, belief, theta)
    _expect(slot, hazard, workspace)
    u = uniform(seed, world, turn, chance.USE, ZERO, first, second, code)
    if u >= hazard:
        return GOES_ON
    _use(slot, turn, theta, workspace)
    return USED


@compilable
def _umbrella(slot, side, client, workspace):
    """Greatest belief in cover by a patron on a side: one that owes assistance, or fights.

    One that fights the client, in this war or another, covers it no more.
    """
    belief = 0.0
    for k in range(workspace.allies[slot, side]):
        ally = workspace.ally[slot, side, k]
        committed = ally.level >= Level.ASSIST or fighting(ally)
        hostile = workspace.link[ally.who, client].hostile > 0.0
        if committed and not hostile and workspace.state[PRESENT, ally.who].warheads > 0.0:
            belief = max(belief, workspace.stake[ally.who, client].umbrella)
    return belief


@compilable
def _expect(slot, hazard, workspace):
    """Book the chance of use for the world and for all who fight the war."""
    war, member = workspace.war[slot], workspace.member
    workspace.world[0].nuclear_uses_expected += hazard
    member[war.challenger].nuclear_uses_expected += hazard
    member[war.target].nuclear_uses_expected += hazard
    for side in range(2):
        for k in range(workspace.allies[slot, side]):
            if fighting(workspace.ally[slot, side, k]):
                member[workspace.ally[slot, side, k].who].nuclear_uses_expected += hazard


@compilable
def _use(slot, turn, theta, workspace):
    """Charge use to all who fight the war: forces of those there, and welfare."""
    war, loss = workspace.war[slot], losses_of_use(theta)
    workspace.world[0].nuclear_uses += 1.0
    for own in (war.challenger, war.target):
        lose(workspace.state[PRESENT, own], loss, theta)
        _charge(own, theta, workspace)
    war.left_challenger *= 1.0 - loss
    war.left_target *= 1.0 - loss
    for side in range(2):
        for k in range(workspace.allies[slot, side]):
            ally = workspace.ally[slot, side, k]
            if fighting(ally):
                _charge(ally.who, theta, workspace)
            if present(ally, turn):
                lose(workspace.state[PRESENT, ally.who], loss * ally.share, theta)


@compilable
def _charge(i, theta, workspace):
    workspace.state[PRESENT, i].nuclear += welfare_of_use(theta)
    workspace.member[i].nuclear_uses += 1.0
