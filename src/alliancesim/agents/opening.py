"""How a world opens for agents: the bonds between states, from the world's own parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliancesim.agents.values import Bond
from alliancesim.arrays.layout import plain_record
from alliancesim.rules.challenge import (
    cost_at_start,
    heat_norm_given,
    status_quo_given,
    yearly_rate_given,
)
from alliancesim.rules.response import interest_given
from alliancesim.rules.strength import felt_distance_given, projection_given
from alliancesim.rules.war import arrival_chance_given, arrival_delay_given

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
        for j, other in enumerate(model.states[i + 1 :], i + 1):
            bond, back = agent.bonds[other.id], other.bonds[agent.id]
            bond.heat = back.heat = [bond.norm - 1.0 + float(drawn[0, i, j].heat)]
            back.q_start = 1.0 - bond.q_start
            bond.q, back.q = bond.q_start, back.q_start
    for agent in model.states:
        _stakes(agent)


def _bond(model: Wargame, agent: Any, other: Any, given: Any, back: Any) -> Bond:
    theta, sea = model.theta, agent.at_start.sea
    given, km, theirs = plain_record(given), float(given.km), float(back.multiplier)
    mine = given.multiplier
    rate = yearly_rate_given(given, theta) * (mine + theirs) / 2.0
    rival = 1.0 if given.category == 0.0 else 0.0
    felt = felt_distance_given(km, sea, theta)
    delay = arrival_delay_given(felt, theta)
    return Bond(
        felt_km=felt,
        rival=rival,
        rate=rate,
        mover=mine / (mine + theirs) if mine + theirs > 0.0 else 0.5,
        norm=heat_norm_given(rate, theta),
        reach=projection_given(km, sea, theta),
        interest=interest_given(given.tie, rival, km, theta),
        chance=arrival_chance_given(float(delay), theta),
        delay=delay,
        umbrella=given.umbrella,
        q_start=status_quo_given(agent.at_start.strength, other.at_start.strength, theta),
        cost=cost_at_start(rival, theta),
        heat=[0.0],
    )


def _stakes(agent: Any) -> None:
    total = 0.0
    for bond in agent.bonds.values():
        total += bond.rate
    for bond in agent.bonds.values():
        bond.stake = bond.rate / total if total > 0.0 else 0.0
