"""Scores of forecasts: Brier, logarithmic, AUC, bins, ranks; and intervals over clusters.

All scores are means over cases. The logarithmic score is ln p of what happened: higher is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alliancesim.errors import InvalidInput

__all__ = [
    "auc",
    "bins",
    "bootstrap",
    "bootstrap_auc",
    "brier",
    "clipped",
    "expected_and_seen",
    "log_score",
    "rank_histogram",
    "ranks",
]

Array = NDArray[np.float64]
LEAST = 1e-7
"""A forecast of 0 or 1 is scored as one so far from it: one miss is then -16 and not -inf."""


def clipped(probability: Array) -> Array:
    """Return probabilities kept `LEAST` away from 0 and 1."""
    found: Array = np.clip(np.asarray(probability, float), LEAST, 1.0 - LEAST)
    return found


def brier(probability: Array, happened: Array) -> Array:
    """Return each case's squared error (Brier 1950)."""
    error: Array = (np.asarray(probability, float) - happened) ** 2
    return error


def log_score(probability: Array, happened: Array) -> Array:
    """Return each case's logarithm of the chance given to what happened (Good 1952)."""
    p = clipped(probability)
    found: Array = np.where(np.asarray(happened) > 0, np.log(p), np.log1p(-p))
    return found


def auc(probability: Array, happened: Array, weight: Array | None = None) -> float:
    """Return the chance that a case that happened was given more than one that did not.

    Parameters
    ----------
    probability : array
        Forecasts; ties count one half.
    happened : array
        0 or 1.
    weight : array, optional
        How often each case counts, as in a bootstrap.

    Returns
    -------
    float
        0 to 1; NaN where all cases are alike.
    """
    p, y = np.asarray(probability, float), np.asarray(happened) > 0
    w = np.ones(len(p)) if weight is None else np.asarray(weight, float)
    _, group = np.unique(p, return_inverse=True)
    return _area(np.bincount(group, w * y), np.bincount(group, w * ~y))


def _area(yes: NDArray[Any], no: NDArray[Any]) -> float:
    """Return the AUC of how many cases happened, and how many not, at each level of forecast."""
    if yes.sum() == 0.0 or no.sum() == 0.0:
        return float("nan")
    below = np.cumsum(no) - no
    return float((yes * (below + 0.5 * no)).sum() / (yes.sum() * no.sum()))


def bins(probability: Array, happened: Array, edges: Sequence[float]) -> list[dict[str, float]]:
    """Return, for each bin of forecasts that holds any, its mean, the share seen, and an interval.

    Parameters
    ----------
    probability, happened : array
    edges : sequence of float
        Rising, from 0 to 1.

    Returns
    -------
    list of dict
        ``low``, ``high``, ``cases``, ``events``, ``forecast``, ``seen``, and ``seen_low`` and
        ``seen_high``, Wilson's 95 % interval.
    """
    p, y = np.asarray(probability, float), np.asarray(happened, float)
    place = np.clip(np.searchsorted(edges, p, side="right") - 1, 0, len(edges) - 2)
    rows = []
    for k in range(len(edges) - 1):
        inside = place == k
        n = int(inside.sum())
        if n:
            seen = float(y[inside].mean())
            low, high = _wilson(seen, n)
            rows.append(
                {
                    "low": float(edges[k]),
                    "high": float(edges[k + 1]),
                    "cases": float(n),
                    "events": float(y[inside].sum()),
                    "forecast": float(p[inside].mean()),
                    "seen": seen,
                    "seen_low": low,
                    "seen_high": high,
                }
            )
    return rows


def _wilson(share: float, n: int) -> tuple[float, float]:
    z = 1.959964
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def expected_and_seen(probability: Array, happened: Array) -> tuple[float, float]:
    """Return the sum of the forecasts and the number of cases that happened."""
    return float(np.sum(probability)), float(np.sum(happened))


def bootstrap(
    values: dict[str, Array],
    clusters: NDArray[np.int64],
    *,
    samples: int = 1000,
    seed: int = 0,
) -> dict[str, tuple[float, float, float]]:
    """Return means over cases with 95 % intervals, whole clusters drawn again.

    Parameters
    ----------
    values : dict of str to array, shape (cases,)
        Scores of the same cases; all are drawn together, so that differences are paired.
    clusters : array of int, shape (cases,)
        The cluster of each case, such as its pair or its dispute.
    samples : int
        How often to draw.
    seed : int
        Of the draws.

    Returns
    -------
    dict of str to (mean, low, high)

    Raises
    ------
    InvalidInput
        If there is no case.
    """
    if not len(clusters):
        raise InvalidInput("no case to score", where="scores", allowed="one case or more")
    _, group = np.unique(clusters, return_inverse=True)
    size = np.bincount(group).astype(float)
    sums = np.column_stack([size, *(np.bincount(group, each) for each in values.values())])
    even, drawn = np.full(len(size), 1.0 / len(size)), np.random.default_rng(seed)
    totals = np.concatenate(
        [
            drawn.multinomial(len(size), even, size=min(AT_A_TIME, samples - done)) @ sums
            for done in range(0, samples, AT_A_TIME)
        ]
    )
    means = totals[:, 1:] / totals[:, :1]
    ends = np.quantile(means, (0.025, 0.975), axis=0)
    return {
        name: (float(np.mean(each)), float(low), float(high))
        for (name, each), (low, high) in zip(values.items(), ends.T, strict=True)
    }


AT_A_TIME = 100


def bootstrap_auc(
    probability: Array,
    happened: Array,
    clusters: NDArray[np.int64],
    *,
    samples: int = 100,
    seed: int = 0,
) -> tuple[float, float]:
    """Return the 95 % interval of the AUC, whole clusters drawn again; NaN where none can be had.

    Parameters
    ----------
    probability, happened : array
        As in :func:`auc`.
    clusters, samples, seed :
        As in :func:`bootstrap`.
    """
    y = np.asarray(happened) > 0
    if not 0 < y.sum() < len(y):
        return float("nan"), float("nan")
    _, level = np.unique(np.asarray(probability, float), return_inverse=True)
    _, group = np.unique(clusters, return_inverse=True)
    size, levels = int(group.max()) + 1, int(level.max()) + 1
    even, drawn = np.full(size, 1.0 / size), np.random.default_rng(seed)
    values = []
    for _ in range(samples):
        weight = drawn.multinomial(size, even)[group].astype(float)
        yes = np.bincount(level[y], weight[y], levels)
        no = np.bincount(level[~y], weight[~y], levels)
        values.append(_area(yes, no))
    low, high = np.nanquantile(values, (0.025, 0.975))
    return float(low), float(high)


def ranks(ensemble: Array, seen: Array, *, seed: int = 0) -> Array:
    """Return where what was seen lies among worlds, 0 to 1; ties are broken at random.

    Parameters
    ----------
    ensemble : array, shape (worlds, cases)
        Counts that worlds gave.
    seen : array, shape (cases,)
        Counts that happened.
    seed : int
        Of the breaking of ties.
    """
    drawn = np.random.default_rng(seed).random(len(seen))
    below = (ensemble < seen).sum(axis=0)
    level = (ensemble == seen).sum(axis=0)
    found: Array = (below + drawn * (level + 1)) / (len(ensemble) + 1)
    return found


def rank_histogram(rank: Array, parts: int = 10) -> list[int]:
    """Return how many ranks lie in each of some equal parts of 0 to 1."""
    return [int(each) for each in np.histogram(rank, bins=parts, range=(0.0, 1.0))[0]]
