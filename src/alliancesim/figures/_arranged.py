"""Where does each state lie on a schematic map that is drawn from distances alone?

A scenario knows how far its states' borders lie apart, not where they lie. They are placed by
multidimensional scaling, so that what is near is near on the page as well; the far is drawn in,
since a figure with one state across an ocean would show little else. Which way is up is a
convention, see `arranged`: this is no map to measure on.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from alliancesim.law.places import home_regions

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["arranged"]

Array = NDArray[np.float64]

NEAR_KM = 400.0
"""Up to about here distances are drawn in proportion, and beyond ever shorter."""
COMPASS = {
    "americas": (-80, 5),
    "north-america": (-100, 45),
    "north-atlantic": (-10, 55),
    "europe": (15, 50),
    "mediterranean": (20, 36),
    "turkish-territory": (35, 39),
    "caucasus": (45, 41),
    "post-soviet": (60, 55),
    "central-asia": (66, 43),
    "middle-east": (43, 29),
    "arab": (40, 24),
    "gulf": (51, 26),
    "south-asia": (75, 27),
    "southeast-asia": (108, 10),
    "east-asia": (115, 37),
    "korea": (127, 38),
    "japan": (138, 36),
    "southwest-pacific": (150, -30),
}
"""Roughly the middle of regions that treaties name, degrees east and north: which way is up."""
_ROUNDS = 400
_RADIUS_KM = 6371.0  # of the earth


def arranged(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Return a place on the page for each state, at most 1 from the middle.

    The stress of `apart` over all pairs is lowered from the classical solution by majorization
    [1]_, each pair weighted by the inverse square of its distance. The whole is then turned, and
    mirrored if need be, to lie as near as it can to the middles of the regions of its states, see
    `COMPASS`, as they are seen from amid them (azimuthal equidistant); so north is roughly up.
    Where fewer than three states have a region on file, the arrangement lies along its longer
    side, its first state to the left and above.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    dict of str to (float, float)
        By the identifiers of states, in their order in the scenario.

    References
    ----------
    .. [1] Gansner, Koren & North (2004), "Graph drawing by stress majorization".
    """
    ids = [state.id for state in scenario.states]
    target = apart(scenario, ids)
    places = _oriented(_majorized(_classical(target), target), ids)
    places = places / max(float(np.abs(places).max()), 1e-12)
    return {name: (float(x), float(y)) for name, (x, y) in zip(ids, places, strict=True)}


def apart(scenario: Scenario, ids: list[str]) -> Array:
    """Return how far pairs should lie apart: 1 + ln(1 + km / 400), so 1 for neighbours."""
    row = {name: i for i, name in enumerate(ids)}
    found = np.zeros((len(ids), len(ids)))
    for pair in scenario.pairs:
        i, j = row[pair.a], row[pair.b]
        found[i, j] = found[j, i] = 1.0 + math.log1p(pair.distance_km.value / NEAR_KM)
    return found


def _classical(target: Array) -> Array:
    """Return the plane nearest to all distances: Torgerson's classical scaling."""
    n = len(target)
    centre = np.eye(n) - 1.0 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ target**2 @ centre)
    vectors = vectors * np.where(vectors.sum(axis=0) < 0.0, -1.0, 1.0)
    plane: Array = vectors[:, :-3:-1] * np.sqrt(np.clip(values[:-3:-1], 1e-9, None))
    return plane if plane.shape[1] == 2 else np.column_stack([plane, np.zeros(n)])


def _majorized(places: Array, target: Array) -> Array:
    weights = np.divide(1.0, target**2, out=np.zeros_like(target), where=target > 0.0)
    laplacian = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    for _ in range(_ROUNDS):
        lengths = np.hypot(*np.moveaxis(places[:, None] - places[None, :], -1, 0))
        ratio = np.divide(weights * target, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        places = laplacian @ (np.diag(ratio.sum(axis=1)) - ratio) @ places
    centred: Array = places - places.mean(axis=0)
    return centred


def _oriented(places: Array, ids: list[str]) -> Array:
    """Turn and mirror an arrangement by the rule of `arranged`."""
    middles = [[COMPASS[each] for each in home_regions(name) if each in COMPASS] for name in ids]
    known = np.array([bool(each) for each in middles])
    if known.sum() >= 3:
        compass = _projected(np.array([np.mean(each, axis=0) for each in middles if each]))
        here = places[known] - places[known].mean(axis=0)
        left, _, right = np.linalg.svd(here.T @ (compass - compass.mean(axis=0)))
        turned: Array = places @ (left @ right)
        return turned
    along = places @ np.linalg.svd(places)[2].T
    mirrored: Array = along * np.where(along[0] * (1.0, -1.0) > 0.0, -1.0, 1.0)
    return mirrored


def _projected(degrees: Array) -> Array:
    """Return places on a plane that touches the globe amid them, drawn in as `apart` is."""
    east, north = np.radians(degrees).T
    ball = np.column_stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)]
    )
    middle = ball.mean(axis=0)
    middle = middle / np.linalg.norm(middle)
    to_east = np.cross((0.0, 0.0, 1.0), middle)
    to_east = to_east / max(float(np.linalg.norm(to_east)), 1e-12)
    plane = np.column_stack([ball @ to_east, ball @ np.cross(middle, to_east)])
    angle = np.arccos(np.clip(ball @ middle, -1.0, 1.0))
    length = np.maximum(np.hypot(*plane.T), 1e-12)
    projected: Array = plane * (np.log1p(angle * _RADIUS_KM / NEAR_KM) / length)[:, None]
    return projected
