"""Strategies for what decides the draws of a world: the seed, and its number in the run."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from alliancesim.data.arguments import checked

__all__ = ["worlds"]


@checked
def worlds(*, max_seed: int = 2**64 - 1, max_world: int = 2**20) -> SearchStrategy[dict[str, int]]:
    """Draw a seed and the number of a world, as ``replay`` and ``Wargame`` take them.

    Parameters
    ----------
    max_seed, max_world : int
        The largest of each; both shrink to 0.

    Examples
    --------
    ``alliancesim.replay("smda", arm="two-member", **world)`` plays a drawn ``world``.
    """
    return st.fixed_dictionaries(
        {"seed": st.integers(0, max_seed), "world": st.integers(0, max_world)}
    )
