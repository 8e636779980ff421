"""What a draw leaves of a metric once its worlds are forgotten, and statistics from that alone.

Of each draw of the parameters are kept the sum in every arm, the sum of squares about the mean,
the same of the paired difference of every two arms, and a few counts. Sums of counts are exact.
Means, intervals, the split of noise and priors and the drivers are functions of these, and equal
those from rows up to rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.stats.paired import (
    PRIOR_FIELDS,
    Design,
    Difference,
    Estimate,
    interval_about,
    prior_spread,
    shared_priors_factor,
    variance_of_sum,
    without_rounding,
    worlds_needed,
)

__all__ = ["MOMENTS", "Moments", "Paired", "concatenated", "moments_of", "pairs_of"]

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def pairs_of(arms: int) -> tuple[tuple[int, int], ...]:
    """Return every two arms as (later, earlier), in the order in which moments keep them."""
    return tuple((later, earlier) for earlier, later in combinations(range(arms), 2))


@attrs.frozen(eq=False, kw_only=True)
class Paired:
    """Moments of the difference of two arms, draw by draw.

    Parameters
    ----------
    worlds_per_draw : int
    total : float array, shape (draws, ...)
        Sum over the draw's worlds.
    square : float array, shape (draws, ...)
        Sum over the draw's worlds of squares about the draw's mean.
    differing : int array, shape (draws, ...)
        Worlds of the draw in which the arms differ.
    """

    worlds_per_draw: int
    total: Floats
    square: Floats
    differing: Counts

    @property
    def turned(self) -> Paired:
        """The same of the other arm less the one."""
        return attrs.evolve(self, total=-self.total)

    @property
    def means(self) -> Floats:
        """Mean difference of each draw."""
        return self.total / self.worlds_per_draw

    def estimate(self) -> Estimate:
        """Return the mean difference and its sampling interval."""
        return _estimate(self.total, len(self.total) * self.worlds_per_draw)

    @property
    def within(self) -> Floats:
        """Variance of the difference between a draw's worlds; it takes two a draw."""
        return self.square / (self.worlds_per_draw - 1)


@attrs.frozen(eq=False, kw_only=True)
class Moments:
    """What is kept of one metric, draw by draw.

    Parameters
    ----------
    worlds_per_draw : int
        Worlds of each draw, all of them played.
    total, square : float array, shape (draws, arms, ...)
        Sum over the draw's worlds, and sum of squares about the draw's mean.
    zeros, ones : int array, shape (draws, arms, ...)
        Worlds of the draw in which the value is 0, and in which it is 1.
    paired_total, paired_square : float array, shape (draws, pairs of arms, ...)
        The same of paired differences, in the order of `pairs_of`.
    differing : int array, shape (draws, pairs of arms, ...)
        Worlds of the draw in which two arms differ.
    """

    worlds_per_draw: int
    total: Floats
    square: Floats
    zeros: Counts
    ones: Counts
    paired_total: Floats
    paired_square: Floats
    differing: Counts

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.total)

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return self.draws * self.worlds_per_draw

    def leading(self, draws: int) -> Moments:
        """Return the moments of so many draws, from the first on."""
        kept: dict[str, Any] = {name: getattr(self, name)[:draws] for name in MOMENTS}
        return attrs.evolve(self, **kept)

    @property
    def constant(self) -> float | None:
        """The value in every world and arm, where it is one."""
        if self.square.any() or not self.total.size or np.ptp(self.total):
            return None
        return float(self.total.flat[0] / self.worlds_per_draw)

    def mean(self, arm: int) -> Floats:
        """Return the mean of an arm over all worlds."""
        return np.asarray(self.total[:, arm].sum(axis=0) / self.worlds)

    def estimate(self, arm: int) -> Estimate:
        """Return the mean of an arm and its sampling interval, as `Estimate.of` from rows."""
        return _estimate(self.total[:, arm], self.worlds)

    def paired(self, arm: int, against: int) -> Paired:
        """Return the moments of one arm less another."""
        pairs = pairs_of(self.total.shape[1])
        turned = (arm, against) not in pairs
        place = pairs.index((against, arm) if turned else (arm, against))
        found = Paired(
            worlds_per_draw=self.worlds_per_draw,
            total=self.paired_total[:, place],
            square=self.paired_square[:, place],
            differing=self.differing[:, place],
        )
        return found.turned if turned else found

    def difference(self, arm: int, against: int, design: Design) -> Difference:
        """Compare two arms, as `alliancesim.stats.paired.difference` does from rows.

        Parameters
        ----------
        arm, against : int
            Places of the arms.
        design : Design
            Which worlds share a draw; of whole draws.
        """
        paired = self.paired(arm, against)
        sampling = paired.estimate()
        totals = (self.total[:, arm], self.total[:, against], paired.total)
        spread = [
            variance_of_sum(without_rounding(each - each.mean(axis=0), np.abs(each).max(axis=0)))
            for each in totals
        ]
        with np.errstate(invalid="ignore", divide="ignore"):
            factor = np.asarray((spread[0] + spread[1]) / spread[2])
        return Difference(
            sampling=sampling,
            variance_factor=factor,
            variance_factor_shared_priors=self._shared(arm, against, paired, design, factor),
            differing=np.asarray(paired.differing.sum(axis=0) / self.worlds),
            needed=worlds_needed(sampling, design),
            why_no_prior=design.no_prior_interval,
            **self._over_priors(paired, design),
        )

    def _shared(
        self, arm: int, against: int, paired: Paired, design: Design, factor: Floats
    ) -> Floats:
        if not design.priors:
            return factor
        if self.worlds_per_draw == 1 or self.draws < 2:
            return np.full(paired.total.shape[1:], np.nan)
        squares = (self.square[:, arm], self.square[:, against], paired.square)
        within = [each / (self.worlds_per_draw - 1) for each in squares]
        return shared_priors_factor(paired.means, within, self.worlds_per_draw)

    def _over_priors(self, paired: Paired, design: Design) -> dict[str, Floats]:
        if design.no_prior_interval:
            return dict.fromkeys(PRIOR_FIELDS, np.full(paired.total.shape[1:], np.nan))
        return prior_spread(paired.means, paired.within, self.worlds_per_draw)


MOMENTS = tuple(each.name for each in attrs.fields(Moments) if each.name != "worlds_per_draw")
"""Names of the arrays of `Moments`, whose first axis is the draw."""


def _estimate(total: Floats, worlds: int) -> Estimate:
    mean = total.sum(axis=0) / worlds
    return interval_about(mean, (total - mean * (worlds / len(total))) / worlds)


def moments_of(values: Floats, worlds_per_draw: int) -> Moments:
    """Reduce the rows of a metric to moments of each draw.

    Parameters
    ----------
    values : float array, shape (worlds, arms, ...)
        Of whole draws, one after another.
    worlds_per_draw : int
        1 or more.
    """
    split = values.reshape(-1, worlds_per_draw, *values.shape[1:])
    pairs = pairs_of(values.shape[1])
    total, square = _two(split)
    shape = (len(split), len(pairs), *values.shape[2:])
    paired = [_two(split[:, :, i] - split[:, :, j]) for i, j in pairs]
    differ = [(split[:, :, i] != split[:, :, j]).sum(axis=1) for i, j in pairs]
    return Moments(
        worlds_per_draw=worlds_per_draw,
        total=total,
        square=square,
        zeros=(split == 0).sum(axis=1),
        ones=(split == 1).sum(axis=1),
        paired_total=_beside([each for each, _ in paired], shape),
        paired_square=_beside([each for _, each in paired], shape),
        differing=_beside(differ, shape).astype(np.int64),
    )


def _two(split: Floats) -> tuple[Floats, Floats]:
    """Return sums and sums of squares about the mean over axis 1; no squares if nothing varies."""
    first = split[:, :1]
    mean = first + (split - first).mean(axis=1, keepdims=True)
    return split.sum(axis=1), np.square(split - mean).sum(axis=1)


def _beside(parts: Sequence[NDArray[np.generic]], shape: tuple[int, ...]) -> Floats:
    return np.stack(parts, axis=1).astype(np.float64) if parts else np.empty(shape)


def concatenated(parts: Sequence[Moments]) -> Moments:
    """Join the moments of draws that follow one another."""
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(each, name) for each in parts]) for name in MOMENTS
    }
    return attrs.evolve(parts[0], **joined)
