"""How a world opens for agents: the bonds between states, from the world's own parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliancesim.agents.values import Bond
from alliancesim.engine.kernel.opening import class_rate
from alliancesim.rules.challenge import heat_norm, shrunk, status_quo, yearly_rate
from alliancesim.rules.response import interest
from alliancesim.rules.strength import felt_distance, projection
from alliancesim.rules.war import arrival_chance, arrival_delay

if TYPE_CHECKING:
    from alliancesim.agents.wargame import Wargame

__all__ = ["open_bonds"]


def open_bonds(model: Wargame, drawn: Any) -> None:
    """Tie every state to every other, both ways, and share out stakes and benefits."""
    for i, agent in enumerate(model.states):
        for j, other in enumerate(model.states):
            if i != j:
                agent.bonds[other.id] = _bond(model, agent, other, drawn[0, i, j], drawn[0, j, i])
    for i, agent in enumerate(model.states):
        for other in model.states[i + 1 :]:
            bond, back = agent.bonds[other.id], other.bonds[agent.id]
            bond.heat = back.heat = [bond.norm - 1.0]
            back.q_start = 1.0 - bond.q_start
            bond.q, back.q = bond.q_start, back.q_start
    for agent in model.states:
        _stakes(agent)


def _bond(model: Wargame, agent: Any, other: Any, given: Any, back: Any) -> Bond:
    p, km, category = model.p, float(given.km), float(given.category)
    mine, theirs = float(given.multiplier), float(back.multiplier)
    probability = shrunk(
        float(given.onsets),
        float(given.years),
        class_rate(category, model.theta),
        p.rate_shrinkage,
    )
    rate = yearly_rate(probability) * (mine + theirs) / 2.0
    rival = 1.0 if category == 0.0 else 0.0
    decay = p.decay_sea if agent.at_start.sea > 0.0 else p.decay_land
    felt = felt_distance(km, decay, p.decay_land)
    delay = arrival_delay(felt, p.mobilisation, p.travel)
    return Bond(
        felt_km=felt,
        rival=rival,
        rate=rate,
        mover=mine / (mine + theirs) if mine + theirs > 0.0 else 0.5,
        norm=heat_norm(rate, p.heat_jump, p.heat_memory),
        reach=projection(km, decay),
        interest=interest(float(given.tie), rival, km, p.interest_proximity, p.interest_range),
        chance=arrival_chance(float(delay), p.duration_median, p.duration_log_sd),
        delay=delay,
        umbrella=float(given.umbrella),
        q_start=status_quo(agent.at_start.strength, other.at_start.strength, p.decisiveness),
        cost=p.cost_base_rival if rival > 0.0 else p.cost_base,
        heat=[0.0],
    )


def _stakes(agent: Any) -> None:
    total = 0.0
    for bond in agent.bonds.values():
        total += bond.rate
    for bond in agent.bonds.values():
        bond.stake = bond.rate / total if total > 0.0 else 0.0
