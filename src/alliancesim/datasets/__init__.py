"""Readers of the field's own data sets: National Material Capabilities, and ATOP's alliances."""

from alliancesim.data.codes import known_states, state_id
from alliancesim.datasets._rows import cow_states
from alliancesim.datasets.atop import Atop, read_atop
from alliancesim.datasets.nmc import Nmc, read_nmc

__all__ = ["Atop", "Nmc", "cow_states", "known_states", "read_atop", "read_nmc", "state_id"]
