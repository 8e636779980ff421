"""Are treaties invoked where they are honoured less? Treaty by treaty, then over treaties."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from alliancesim.statistics import Design, Estimate
from alliancesim.validation._replays import CHANCES
from alliancesim.validation.runs import Plays, World

__all__ = ["selected"]

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
        the propensities alone make, before anybody's luck.
    """

    def measure(plays: Plays, world: World) -> Estimate:
        found = plays.replays(world).calls
        chosen = [sums for treaty, sums in found.items() if not treaties or treaty in treaties]
        if not chosen:
            return Estimate(*np.full(3, np.nan))
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
