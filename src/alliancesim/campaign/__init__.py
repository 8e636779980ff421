"""Campaigns: very many worlds in a folder, stopped and continued, on threads or a cluster."""

from alliancesim.campaign.campaign import Campaign
from alliancesim.campaign.designs import Design, grid, latin_hypercube, sobol
from alliancesim.campaign.plan import Plan
from alliancesim.campaign.reduction import Block, play_blocks
from alliancesim.campaign.result import combine_blocks
from alliancesim.campaign.status import Status
from alliancesim.campaign.verifying import Verification

__all__ = [
    "Block",
    "Campaign",
    "Design",
    "Plan",
    "Status",
    "Verification",
    "combine_blocks",
    "grid",
    "latin_hypercube",
    "play_blocks",
    "sobol",
]
