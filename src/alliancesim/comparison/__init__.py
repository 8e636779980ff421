"""Arms compared on the same worlds: what one treaty arrangement changes against another."""

from alliancesim.comparison.frames import Contrast
from alliancesim.comparison.run import compare
from alliancesim.comparison.value import Comparison

__all__ = ["Comparison", "Contrast", "compare"]
