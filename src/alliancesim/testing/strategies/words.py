"""What generated law speaks of: its states, regions, tags, places and days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, get_args

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

__all__ = ["IDS", "Speech", "days", "some", "subsets"]

IDS = tuple(3 * letter for letter in "ABCDEFGH")
"""Ids of made-up states: ``AAA`` to ``HHH``."""

EPOCH = dt.date(2000, 1, 1)
CENTURY = dt.date(2099, 12, 31)


@attrs.frozen(kw_only=True)
class Speech:
    """What generated clauses may name.

    Attributes
    ----------
    members, protected, others : tuple of str
        The parties, the protected that are none, and states besides.
    regions, tags : tuple of str
        Regions and tags.
    dated : bool
        Whether anything may have a date.
    unknowns : bool
        Whether clauses may be unknown.
    """

    members: tuple[str, ...] = IDS[:3]
    protected: tuple[str, ...] = ()
    others: tuple[str, ...] = IDS[3:4]
    regions: tuple[str, ...] = ("europe", "gulf")
    tags: tuple[str, ...] = ("communist", "directed-from-abroad")
    dated: bool = True
    unknowns: bool = True

    @property
    def concerned(self) -> tuple[str, ...]:
        """The parties and the protected."""
        return (*self.members, *self.protected)

    @property
    def states(self) -> tuple[str, ...]:
        """All states."""
        return (*self.concerned, *self.others)


def days() -> SearchStrategy[dt.date]:
    """Return the days of a century, which shrink to the first."""
    return st.dates(EPOCH, CENTURY)


def some(literal: object, *, least: int = 0) -> SearchStrategy[tuple[Any, ...]]:
    """Return tuples of different words of a ``Literal`` type, in its own order."""
    words = get_args(literal)
    return st.lists(st.sampled_from(words), min_size=least, unique=True).map(
        lambda drawn: tuple(word for word in words if word in drawn)
    )


def subsets(words: Sequence[str], *, least: int = 0) -> SearchStrategy[tuple[str, ...]]:
    """Return tuples of different words, in the order of the alphabet."""
    return st.lists(st.sampled_from(words), min_size=least, unique=True).map(
        lambda drawn: tuple(sorted(drawn))
    )
