"""A scenario: what a run is about, in Python and as a file."""

from alliancesim.scenario.arms import (
    Accession,
    Arm,
    CommonShock,
    Exit,
    Gain,
    Negotiation,
    Notice,
    Transfer,
    Umbrella,
)
from alliancesim.scenario.files import dump, dumps, load, loads
from alliancesim.scenario.run_options import RunOptions
from alliancesim.scenario.scenario import Scenario

__all__ = [
    "Accession",
    "Arm",
    "CommonShock",
    "Exit",
    "Gain",
    "Negotiation",
    "Notice",
    "RunOptions",
    "Scenario",
    "Transfer",
    "Umbrella",
    "dump",
    "dumps",
    "load",
    "loads",
]
