"""Which treaties are honoured when invoked, and are they invoked where they are honoured less?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from alliancesim.stats.paired import Design, Estimate, jackknifed
from alliancesim.validation._replays import CHANCES
from alliancesim.validation.runs import BATCHES, Plays, World

__all__ = ["less_reliable", "selected"]

Floats = NDArray[np.float64]


def selected(*treaties: str, by: str = "invoked_honoured") -> Callable[[Plays, World], Estimate]:
    """Make the share honoured when invoked, less the propensity over all opportunities.

    The gap is taken within each treaty and batch of worlds, and averaged by the calls expected,
    so that it holds no difference between treaties. Calls enter by the chance that the
    opportunity becomes war, a conditional expectation.

    Parameters
    ----------
    treaties : str
        Ids; none stands for all that owe defence.
    by : str
        One of `CHANCES`: ``"invoked_honoured"``, or ``"invoked_propensity"`` for what of the gap
        the propensities alone make, before anybody's random draw.
    """

    def measure(plays: Plays, world: World) -> Estimate:
        found = plays.replays(world).calls
        chosen = [sums for treaty, sums in found.items() if not treaties or treaty in treaties]
        if not chosen:
            return Estimate.absent()
        return _gap(np.stack(chosen), by)

    return measure


def _gap(sums: Floats, by: str) -> Estimate:
    """Return the gap from the sums of `CHANCES`, shape (treaties, batches, chances)."""
    opportunities, propensity, invoked, honoured = (
        sums[..., CHANCES.index(each)] for each in (*CHANCES[:3], by)
    )
    share = np.divide(
        propensity, opportunities, out=np.zeros_like(propensity), where=opportunities > 0.0
    )
    beyond, calls = (honoured - invoked * share).sum(axis=0), invoked.sum(axis=0)
    return Estimate.of_ratio(beyond, calls, Design(worlds=len(calls)))


def less_reliable(some: Sequence[str], others: Sequence[str]) -> Callable[[Plays, World], Estimate]:
    """Make the share honoured when invoked of some treaties, all together, less that of others.

    Calls and answers enter by their chances, as in `selected`.
    """

    def measure(plays: Plays, world: World) -> Estimate:
        found = plays.replays(world).calls
        sums = [
            np.sum([found.get(each, _NONE) for each in treaties], axis=0)
            for treaties in (some, others)
        ]
        return jackknifed(_reliability, np.concatenate(sums, axis=1))

    return measure


_NONE = np.zeros((BATCHES, len(CHANCES)))


def _reliability(total: Floats) -> Floats:
    """Return the difference of two shares, from the sums of `CHANCES` of both in a row."""
    several = total.reshape(2, len(CHANCES))
    shares = several[:, CHANCES.index("invoked_honoured")] / several[:, CHANCES.index("invoked")]
    return np.asarray(shares[0] - shares[1])
