"""Outcomes of which draws' moments are kept in place of the rows of worlds."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.errors import InvalidInput
from alliancesim.outcomes.metrics import METRICS, Level
from alliancesim.outcomes.tally import Tally
from alliancesim.stats.moments import Moments

__all__ = ["ReducedTally"]


@attrs.frozen(kw_only=True, eq=False, slots=False)
class ReducedTally(Tally):
    """The outcomes of consecutive worlds, reduced to moments of each draw.

    It stands wherever a `Tally` does that is asked for means and differences. Its rows are empty,
    and what needs the value of a single world raises an error.

    Parameters
    ----------
    read : callable
        Returns the moments of a metric by its name.
    worlds_with_war : int array, shape (arms,)
        Worlds in which a war began by or on the focus within the horizon.
    outcomes : str
        The digest of all outcomes that were reduced.
    """

    read: Callable[[str], Moments]
    worlds_with_war: NDArray[np.int64]
    outcomes: str

    def shape(self, level: Level) -> tuple[int, ...]:
        """Return the shape of rows: there are none."""
        return (0, *super().shape(level)[1:])

    @property
    def metrics(self) -> tuple[str, ...]:  # type: ignore[override]
        """Names of the metrics recorded."""
        return tuple(METRICS)

    @property
    def digest(self) -> str:  # type: ignore[override]
        """The digest of all outcomes that were reduced."""
        return self.outcomes

    def moments(self, metric: str) -> Moments:
        """Return what each draw left of a metric."""
        if metric not in METRICS:
            raise InvalidInput(f"no metric {metric!r}", where="metric", allowed=", ".join(METRICS))
        return self.read(metric)

    def values(self, metric: str, focus: str | None = None) -> NDArray[np.float64]:
        """Reject what needs rows, which were not kept."""
        raise InvalidInput(
            f"values of {metric} world by world were not kept",
            where="outcomes of a campaign",
            allowed="means, differences, drivers and sign changes; or play the worlds by compare",
        )
