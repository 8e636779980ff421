"""The patient rule induction method: a box of the inputs in which an event is frequent.

Friedman and Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9,
123-143; as a box of scenarios in Bryant and Lempert (2010), Technological Forecasting and Social
Change 77, 34-49.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.errors import InvalidInput

__all__ = ["Box", "Limit", "peeled"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_STEP = 0.05
"""Share of the points in the box that a peel of a number takes off at most."""
_GAIN = 1e-12


@attrs.frozen(kw_only=True)
class Limit:
    """What a box asks of one input.

    Parameters
    ----------
    low, high : float
        Both within the box; infinite where there is no limit on that side.
    without : tuple of float
        Categories that are left out, for an input of categories.
    """

    low: float = -np.inf
    high: float = np.inf
    without: tuple[float, ...] = ()

    def holds(self, values: Floats) -> Bools:
        """Return which values satisfy it."""
        return (values >= self.low) & (values <= self.high) & ~np.isin(values, self.without)


@attrs.frozen(kw_only=True)
class Box:
    """A box of inputs.

    Parameters
    ----------
    limits : dict of str to Limit
        By input; inputs without a limit are left out.
    """

    limits: dict[str, Limit]

    def holds(self, inputs: Mapping[str, Floats], points: int) -> Bools:
        """Return which points lie within it."""
        inside = np.ones(points, bool)
        for name, limit in self.limits.items():
            inside &= limit.holds(inputs[name])
        return inside


def peeled(
    inputs: Mapping[str, Floats],
    event: Bools,
    *,
    categories: frozenset[str] = frozenset(),
    least: float = 0.1,
    step: float = _STEP,
) -> Box:
    """Return the box, of those that peeling passes through, with the greatest rise of frequency.

    A peel takes off the lowest or highest points of one number, or one category of another input:
    that after which the event is most frequent for each point taken off. Of all boxes on the way
    the one is returned whose excess of events, over what the frequency of all points would give
    it, is greatest; so a box is neither a few points by chance nor all of them.

    Parameters
    ----------
    inputs : mapping of str to float array, shape (points,)
    event : bool array, shape (points,)
    categories : frozenset of str
        Inputs whose values are codes of categories.
    least : float
        Share of the points that a box holds at least, above 0 and below 1.
    step : float
        Share of a box's points that a peel takes off at most, above 0 and below 1.

    Returns
    -------
    Box
        Without limits if nothing makes the event more frequent.

    Raises
    ------
    InvalidInput
        If a share is out of range, or an input has another number of points.
    """
    for name, share in (("least", least), ("step", step)):
        if not 0 < share < 1:
            raise InvalidInput(f"{share}", where=name, allowed="above 0 and below 1")
    for name, values in inputs.items():
        if values.shape != event.shape:
            raise InvalidInput(
                f"{len(values)} points", where=name, allowed=f"{len(event)}, as many as events"
            )
    if not len(event):
        raise InvalidInput("no points", where="event", allowed="one or more")
    common = event.mean()
    limits: dict[str, Limit] = {}
    best, most = Box(limits={}), 0.0
    inside = np.ones(len(event), bool)
    while True:
        found = None
        here = inside.sum()
        for name, limit in _peels(inputs, limits, inside, categories, step):
            kept = inside & limit.holds(inputs[name])
            left = kept.sum()
            if left < least * len(event) or left == here:
                continue
            rise = (event[kept].mean() - event[inside].mean()) / (here - left)
            if found is None or rise > found[0]:
                found = rise, name, limit, kept
        if found is None:
            return best
        _, name, limit, inside = found
        limits = {**limits, name: limit}
        excess = float((event[inside] - common).sum())
        if excess > most + _GAIN:
            best, most = Box(limits=limits), excess


def _peels(
    inputs: Mapping[str, Floats],
    limits: Mapping[str, Limit],
    inside: Bools,
    categories: frozenset[str],
    step: float,
) -> Iterator[tuple[str, Limit]]:
    """Yield every limit that takes a little off the box."""
    for name, all_values in inputs.items():
        values, limit = all_values[inside], limits.get(name, Limit())
        if name in categories:
            for code in np.unique(values):
                yield name, attrs.evolve(limit, without=(*limit.without, float(code)))
            continue
        ordered = np.sort(values)
        taken = max(int(step * len(ordered)), 1)
        if taken < len(ordered):  # else it would empty the box
            yield name, attrs.evolve(limit, low=float(ordered[taken]))
            yield name, attrs.evolve(limit, high=float(ordered[-taken - 1]))
