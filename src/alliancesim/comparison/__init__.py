"""Arms compared on the same worlds: what one treaty arrangement changes against another."""

from alliancesim.comparison.estimates import Contrast
from alliancesim.comparison.precision import PreciseComparison, play_until
from alliancesim.comparison.result import Comparison
from alliancesim.comparison.run import compare
from alliancesim.comparison.several import Comparisons
from alliancesim.stats.stopping import Look

__all__ = [
    "Comparison",
    "Comparisons",
    "Contrast",
    "Look",
    "PreciseComparison",
    "compare",
    "play_until",
]
