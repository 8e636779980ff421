"""The same turn as Mesa agents: one world, to watch, to step and to subclass."""

from __future__ import annotations

from alliancesim.agents.decisions import Decision
from alliancesim.agents.ensemble import play, replay
from alliancesim.agents.state_agent import StateAgent
from alliancesim.agents.twins import Divergence, Twins, twins
from alliancesim.agents.wargame import Wargame

__all__ = ["Decision", "Divergence", "StateAgent", "Twins", "Wargame", "play", "replay", "twins"]
