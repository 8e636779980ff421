"""Arms compared on the same worlds: what one treaty arrangement changes against another."""

from alliancesim.comparison.frames import Contrast
from alliancesim.comparison.precision import Campaign, play_until
from alliancesim.comparison.run import compare
from alliancesim.comparison.stopping import Look
from alliancesim.comparison.value import Comparison

__all__ = ["Campaign", "Comparison", "Contrast", "Look", "compare", "play_until"]
