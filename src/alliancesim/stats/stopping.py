"""When is a difference known closely enough to stop? One rule, asked after every batch.

It is sequential and of fixed width (Chow and Robbins 1965, doi:10.1214/aoms/1177700156): stop at
the first look at which the usual 95 % sampling interval is narrow enough. Its coverage holds as the
width shrinks. Where few draws carry the difference an early look can see too little of it, so play
goes on until enough draws were seen, enough of them that differ, and 25 for each unit of squared
skewness: then a 95 % interval misses no more than 6 % (Cochran 1977, *Sampling Techniques*, 2.15).
"""

from __future__ import annotations

import math

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.stats.paired import Design, Estimate, skewness

__all__ = ["COCHRAN", "FEWEST_DRAWS", "FEWEST_EVENTS", "Look", "look_at", "look_at_draws"]

FEWEST_DRAWS = 100
"""Draws (worlds, where each has its own) before which play never stops."""
FEWEST_EVENTS = 50
"""Draws that differ from the commonest value before which it never stops."""
COCHRAN = 25.0
"""Draws for each unit of squared skewness: a 95 % interval then misses no more than 6 %."""


@attrs.frozen(kw_only=True)
class Look:
    """What was seen after a batch.

    Parameters
    ----------
    worlds, draws : int
        Worlds played until then, and draws of the parameters (worlds, where each has its own).
    mean, low, high : float
        The paired difference and its 95 % sampling interval, in the metric's unit.
    asked : float
        Full width, from low to high, at which the interval is narrow enough.
    events : int
        Draws whose difference is not the commonest one, which for a rare event is zero.
    skewness : float
        Of the draws' differences; NaN where they do not vary.
    """

    worlds: int
    draws: int
    mean: float
    low: float
    high: float
    asked: float
    events: int
    skewness: float

    @property
    def width(self) -> float:
        """Full width of the interval, in the metric's unit."""
        return self.high - self.low

    @property
    def lacking(self) -> str:
        """Why play goes on: "draws", "events", "skewness" or "width"; empty if it stops."""
        if self.draws < FEWEST_DRAWS:
            return "draws"
        if self.events < FEWEST_EVENTS:
            return "events"
        if math.isnan(self.width):
            return "skewness"
        if self.width > self.asked:
            return "width"
        return "skewness" if self.skewed() else ""

    def skewed(self, times: float = 1.0) -> bool:
        """Tell whether there are fewer than so many times the draws that Cochran's rule asks."""
        return self.draws < times * COCHRAN * self.skewness**2


def look_at(
    paired: NDArray[np.float64], design: Design, width: float, *, relative: bool = False
) -> Look:
    """Look at a paired difference and say whether it is known closely enough.

    Parameters
    ----------
    paired : float array, shape (worlds,)
        The difference, world by world.
    design : Design
        Which worlds share a draw of the parameters; draws are whole.
    width : float
        As for `play_until`.
    relative : bool
        As for `play_until`.

    Returns
    -------
    Look
    """
    found = Estimate.of(paired, design)
    starts = design.starts
    draws = np.add.reduceat(paired, starts) / (design.worlds / len(starts))
    return _look(found, draws, design.worlds, width, relative=relative)


def look_at_draws(
    means: NDArray[np.float64], design: Design, width: float, *, relative: bool = False
) -> Look:
    """Look at a paired difference of which each draw's mean alone is kept, as `look_at`.

    Parameters
    ----------
    means : float array, shape (draws,)
        Mean difference of each draw; of each world, where worlds have no draws in common.
    design, width, relative
        As for `look_at`.

    Returns
    -------
    Look
        The one that `look_at` returns, up to rounding.
    """
    found = Estimate.of(means, Design(len(means)))
    return _look(found, means, design.worlds, width, relative=relative)


def _look(
    found: Estimate, draws: NDArray[np.float64], worlds: int, width: float, *, relative: bool
) -> Look:
    _, times = np.unique(draws, return_counts=True)
    return Look(
        worlds=worlds,
        draws=len(draws),
        mean=float(found.mean),
        low=float(found.low),
        high=float(found.high),
        asked=width * abs(float(found.mean)) if relative else width,
        events=len(draws) - int(times.max()),
        skewness=skewness(draws),
    )
