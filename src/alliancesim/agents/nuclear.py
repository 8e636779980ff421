"""A war on the nuclear brink, as agents come to it: a signal, a settlement under it, or use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from alliancesim import chance
from alliancesim.agents.values import Offer, Side, War
from alliancesim.chance import uniform
from alliancesim.levels import Level
from alliancesim.rules.nuclear import (
    able,
    extended,
    losses_of_use,
    retaliation_given,
    settlement_chance,
    welfare_of_use,
)

if TYPE_CHECKING:
    from alliancesim.agents.wargame import Wargame

__all__ = ["Ending", "belligerents", "brink", "present"]


@attrs.frozen
class Ending:
    """How a war ends on the brink: settled under a signal, or by use, and then by whom."""

    used: str | None = None


def belligerents(side: Side) -> list[Offer]:
    """Return the allies of a side that fight."""
    return [offer for offer in side.offers if offer.fights()]


def present(model: Wargame, side: Side) -> list[Offer]:
    """Return the allies of a side that fight and have arrived."""
    return [offer for offer in belligerents(side) if offer.arrives <= model.turn]


def brink(model: Wargame, war: War) -> Ending | None:
    """Let a nuclear side that loses past its threshold signal, once; then use, or be settled with.

    Use can follow from the month after the signal on, and only while the side still loses so.
    """
    theta, dispute, counters = model.theta, war.dispute, model.counters
    own, enemy, side, other = dispute.challenger, dispute.target, war.attack, war.defence
    lost, enemy_lost = 1.0 - war.left_challenger, 1.0 - war.left_target
    if lost < enemy_lost:
        own, enemy, side, other = enemy, own, other, side
        lost, enemy_lost = enemy_lost, lost
    if not own.nears_the_brink(lost, enemy_lost):
        return None
    umbrella, patron = _umbrella(side, own)
    random_draw = model.draw(dispute, chance.UMBRELLA, own.code)
    covered = able(own.now.warheads, extended(umbrella, random_draw))
    if own.now.warheads <= 0.0 and umbrella > 0.0:
        model.decides(dispute, "umbrella", own, covered, chance=umbrella, random_draw=random_draw)
    if not covered:
        return None
    before, side.signalled = side.signalled, True
    if not before:
        counters.nuclear_signals += 1.0
        _tell(model, war, own, None if own.now.warheads > 0.0 else patron, lost, enemy_lost)
    random_draw, likely = _random_draw(model, war, chance.SETTLEMENT, own), settlement_chance(theta)
    model.decides(
        dispute, "settle", own, random_draw < likely, chance=likely, random_draw=random_draw
    )
    if random_draw < likely:
        counters.nuclear_settled += 1.0
        return Ending()
    if not before:
        return None
    umbrella, _ = _umbrella(other, enemy)
    belief = retaliation_given(enemy.now.warheads, umbrella, theta)
    hazard = own.chance_to_use(belief)
    counters.nuclear_uses_expected += hazard
    for agent in _fighters(war):
        agent.counters.nuclear_uses_expected += hazard
    random_draw = _random_draw(model, war, chance.USE, own)
    used = random_draw < hazard
    terms = {"belief in retaliation": belief}
    model.decides(dispute, "use", own, used, chance=hazard, random_draw=random_draw, terms=terms)
    if not used:
        return None
    _use(model, war)
    return Ending(own.id)


def _umbrella(side: Side, client: Any) -> tuple[float, str | None]:
    """Greatest belief in cover by a patron on a side: one that owes assistance, or fights.

    One that fights the client, in this war or another, covers it no more.
    """
    belief, patron = 0.0, None
    for offer in side.offers:
        bond = offer.agent.bonds[client.id]
        committed = (offer.level >= Level.ASSIST or offer.fights()) and bond.hostile == 0
        if committed and offer.agent.now.warheads > 0.0 and bond.umbrella > belief:
            belief, patron = bond.umbrella, offer.agent.id
    return belief, patron


def _random_draw(model: Wargame, war: War, decision: int, own: Any) -> float:
    """Return the random draw of a month of a war; a pair fights one war at a time."""
    seed, first, second = np.uint64(model.world_seed), war.dispute.first, war.dispute.second
    return uniform(seed, model.world, model.turn, decision, 0, first, second, own.code)


def _fighters(war: War) -> list[Any]:
    """Return all who fight a war, principals first."""
    allies = [*belligerents(war.defence), *belligerents(war.attack)]
    return [war.dispute.challenger, war.dispute.target, *(offer.agent for offer in allies)]


def _use(model: Wargame, war: War) -> None:
    """Charge use to all who fight the war: forces of those there, and welfare."""
    loss = losses_of_use(model.theta)
    model.counters.nuclear_uses += 1.0
    for agent in _fighters(war):
        agent.now.nuclear += welfare_of_use(model.theta)
        agent.counters.nuclear_uses += 1.0
    for agent in (war.dispute.challenger, war.dispute.target):
        agent.lose(loss)
    war.left_challenger *= 1.0 - loss
    war.left_target *= 1.0 - loss
    for side in (war.defence, war.attack):
        for offer in present(model, side):
            offer.agent.lose(loss * offer.share)


def _tell(
    model: Wargame, war: War, own: Any, patron: str | None, lost: float, enemy_lost: float
) -> None:
    model.tell(
        "nuclear-signal",
        challenger=war.dispute.challenger.id,
        target=war.dispute.target.id,
        by=own.id,
        patron=patron,
        lost=lost,
        enemy_lost=enemy_lost,
    )
