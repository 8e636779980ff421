"""The options of a run, checked once: which worlds, what they draw, and how they are played."""

from __future__ import annotations

from typing import Any

import attrs

from alliancesim.data.checks import as_plain, flag, integer, whole_number
from alliancesim.errors import InvalidInput

__all__ = ["LARGEST_SEED", "MOST_WORLDS", "WORLDS_PER_DRAW", "RunOptions"]

LARGEST_SEED = 2**64 - 1
"""The seed is the 64-bit key of every draw."""
WORLDS_PER_DRAW = 8
"""Worlds that share one draw by default: the least that tells priors from sampling noise."""
MOST_WORLDS = 2**48 - 1
"""The largest number of a world, which has 48 bits in the address of every draw."""
MOST_THREADS = 1024
LARGEST_CHUNK = 2**20


def _whole(default: int, low: int, high: int) -> Any:
    return attrs.field(default=default, converter=as_plain, validator=integer(low, high))


def _whole_or_none(low: int, high: int) -> Any:
    check = attrs.validators.optional(integer(low, high))
    return attrs.field(default=None, converter=as_plain, validator=check)


@attrs.frozen(kw_only=True)
class RunOptions:
    """The options that every way to play worlds shares, with their ranges.

    Whole numbers of Python and of numpy are taken alike; true and false are none.

    Parameters
    ----------
    worlds : int
        Number of worlds, 1 to 2**48 - 1, each played in every arm.
    seed : int
        0 to 2**64 - 1. The same seed gives the same outcomes to the last bit.
    first_world : int
        Number of the first world, 0 to 2**48 - 1. What a world is depends on the seed and on its
        number, not on how many others are played.
    worlds_per_draw : int
        Consecutive worlds that share one draw of the parameters, 1 to 2**48 - 1. From 8 on,
        the effect of the priors and sampling noise are told apart.
    priors : bool
        Draw parameters from their priors. If not, all take their central values.
    threads : int, optional
        Number of threads, 1 to 1024; by default one for each processor. No result depends on it.
    chunk : int, optional
        Worlds that a thread plays at a time, 1 to 2**20, which bounds the working memory; by
        default up to 1024, and few enough that every thread has some. No result depends on it.

    Raises
    ------
    InvalidInput
        If a value is of another kind or out of its range.
    """

    worlds: int = _whole(2000, 1, MOST_WORLDS)
    seed: int = _whole(0, 0, LARGEST_SEED)
    first_world: int = _whole(0, 0, MOST_WORLDS)
    worlds_per_draw: int = _whole(WORLDS_PER_DRAW, 1, MOST_WORLDS)
    priors: bool = attrs.field(default=True, converter=as_plain, validator=flag())
    threads: int | None = _whole_or_none(1, MOST_THREADS)
    chunk: int | None = _whole_or_none(1, LARGEST_CHUNK)

    def __attrs_post_init__(self) -> None:
        """Check that the last world has a number."""
        if self.first_world + self.worlds - 1 > MOST_WORLDS:
            raise InvalidInput(
                f"{self.worlds} worlds from number {self.first_world} on",
                where="worlds",
                allowed=f"up to {MOST_WORLDS - self.first_world + 1}",
            )

    @classmethod
    def paired(cls, *, worlds: int, **others: Any) -> RunOptions:
        """Return options of a run whose arms are compared, which takes two worlds or more."""
        return cls(worlds=whole_number("worlds", worlds, 2, MOST_WORLDS), **others)

    @classmethod
    def of_world(cls, world: int, **others: Any) -> RunOptions:
        """Return options of one world, by its number: 0 to 2**48 - 1."""
        return cls(worlds=1, first_world=whole_number("world", world, 0, MOST_WORLDS), **others)

    @property
    def world(self) -> int:
        """Number of the first world, where one is played."""
        return self.first_world
