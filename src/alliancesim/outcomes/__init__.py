"""What a run leaves: metrics, rows of every world, and the labelled data set made from them."""

from alliancesim.outcomes.metrics import METRICS, Metric
from alliancesim.outcomes.tally import Tally, concatenate

__all__ = ["METRICS", "Metric", "Tally", "concatenate"]
