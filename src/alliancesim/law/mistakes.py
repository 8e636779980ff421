"""Helpers by which a clause says what a wrong encoding of it would be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

__all__ = ["Mistake", "changed", "fewer_of"]

Mistake = tuple[str, Any]
"""A mistake in words, and the clause that has it."""


def changed(clause: Any, **fields: Any) -> Any:
    """Return a clause with some fields changed."""
    return attrs.evolve(clause, **fields)


def fewer_of(clause: Any, *names: str) -> Iterator[Mistake]:
    """Yield a clause without one element of each list, the last one included."""
    for name in names:
        values = getattr(clause, name)
        for n in range(len(values)):
            left = values[:n] + values[n + 1 :]
            words = f"{name} {list(left)}" if left else f"any {name}"
            yield words, changed(clause, **{name: left})
