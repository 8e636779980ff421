"""Arms compared on the same worlds: what one treaty arrangement changes against another."""

from alliancesim.comparison.campaign import Campaign, play_until
from alliancesim.comparison.estimates import Contrast
from alliancesim.comparison.result import Comparison
from alliancesim.comparison.run import compare
from alliancesim.stats.stopping import Look

__all__ = ["Campaign", "Comparison", "Contrast", "Look", "compare", "play_until"]
