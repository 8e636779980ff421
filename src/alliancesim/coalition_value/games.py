"""What does each player add to a coalition? Marginal contributions and Shapley values.

A game of n players is an array whose last axis has 2**n values: the worth of the coalition in
which player k is present where bit k of the place is one. All other axes, such as worlds, are
games beside each other. Nothing but sums, differences and one division by n! is done, so games of
fractions give fractions.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput

__all__ = ["marginals", "players", "shapley", "subsets"]


def players(values: NDArray[Any]) -> int:
    """Return how many players a game has; refuse an array that is no game.

    Parameters
    ----------
    values : array, shape (..., 2**n)

    Raises
    ------
    InvalidInput
        If the last axis is not a power of two.
    """
    size = values.shape[-1] if values.ndim else 0
    n = size.bit_length() - 1
    if size < 1 or size != 2**n:
        raise InvalidInput(f"{size} coalitions", where="game", allowed="a power of two")
    return n


def subsets(n: int, player: int) -> Iterator[int]:
    """Yield the places of all coalitions of n players without one of them."""
    return (place for place in range(2**n) if not place >> player & 1)


def marginals(values: NDArray[Any], player: int) -> dict[int, NDArray[Any]]:
    """Return what a player adds to each coalition without it, by the coalition's place."""
    n = players(values)
    return {
        place: values[..., place | 1 << player] - values[..., place] for place in subsets(n, player)
    }


@checked
def shapley(values: NDArray[Any]) -> NDArray[Any]:
    r"""Return each player's Shapley value: what it adds, averaged over all orders of joining.

    .. math:: \phi_i = \sum_{S \not\ni i} \frac{|S|!\,(n - |S| - 1)!}{n!} (v(S \cup i) - v(S))

    Shapley (1953), "A value for n-person games". The values sum to what the grand coalition adds
    to the empty one, in floating point up to rounding.

    Parameters
    ----------
    values : array, shape (..., 2**n)
        The worth of each coalition.

    Returns
    -------
    array, shape (..., n)

    Raises
    ------
    InvalidInput
        If the last axis is not a power of two.
    """
    n = players(values)
    found = []
    for player in range(n):
        total = sum(
            factorial(place.bit_count()) * factorial(n - place.bit_count() - 1) * added
            for place, added in marginals(values, player).items()
        )
        found.append(total / factorial(n))
    return np.stack(found, axis=-1) if found else values[..., :0]
