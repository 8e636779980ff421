"""A treaty as arrays: what the engine looks up instead of asking the law each time.

One block holds, for every reading of what is unknown, every circumstance, attacker, beneficiary
and obligor, what `Treaty.duties` would answer. Built-in clauses are asked once for each value of
the axes that they hang on and broadcast; a rule in plain Python is asked about every attack.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.arrays.table import CircumstanceLike, Table
from alliancesim.data.arguments import checked
from alliancesim.law.attack import Actor, Kind, Provocation
from alliancesim.law.duties import readings_on
from alliancesim.law.places import Position
from alliancesim.law.treaty import Treaty

__all__ = ["Block", "CircumstanceLike", "compile_treaty"]

Bytes = NDArray[np.uint8]


@attrs.frozen(kw_only=True, eq=False)
class Block:
    """A treaty compiled for some states and circumstances.

    Attributes
    ----------
    level, binding, gate, conflict : array of uint8
        Shape [reading, circumstance, attacker, beneficiary, obligor]. Level 0 none, 1 consult,
        2 assist, 3 defend; binding in percent; gate 0 owed, 1 if requested, 2 if the organ
        consents by consensus, 3 by majority, 4 by two thirds; conflict 1 where the obligor owes
        the attacker non-aggression under this treaty.
    weights : array of float
        The probability of each reading.
    words : tuple of str
        Each reading in words.
    inert : bool
        Whether fewer than two of the treaty's states are present: all is then zero.
    """

    level: Bytes
    binding: Bytes
    gate: Bytes
    conflict: Bytes
    weights: NDArray[np.float64]
    words: tuple[str, ...]
    inert: bool

    @property
    def cells(self) -> int:
        """The number of cells in each array."""
        return self.level.size


@checked
def compile_treaty(
    treaty: Treaty,
    states: Sequence[str],
    circumstances: Sequence[CircumstanceLike],
    on: dt.date | None,
) -> Block:
    """Compile a treaty to the block that the engine looks up.

    Parameters
    ----------
    treaty : Treaty
        The treaty; its members that are not among the states are left out.
    states : sequence of str
        The states present, in the order of the arrays' axes.
    circumstances : sequence of Circumstance
        Anything with kind, place, actor and provocation.
    on : date or None
        The day on which the duties are asked; whether help will be requested, and whether the
        organ will consent, is left open.

    Returns
    -------
    Block
        See there. All zero, with one reading, where fewer than two of its states are present.
    """
    cases = tuple(Case(one.kind, one.place, one.actor, one.provocation) for one in circumstances)
    return compiled(treaty, tuple(states), cases, on)


@attrs.frozen
class Case:
    """A circumstance without the rest of what it carries."""

    kind: Kind
    place: Position
    actor: Actor
    provocation: Provocation


@lru_cache(maxsize=128)
def compiled(
    treaty: Treaty, states: tuple[str, ...], cases: tuple[Case, ...], on: dt.date | None
) -> Block:
    """Compile a treaty once; the arrays of a block are not written to."""
    if sum(state in states for state in treaty.concerned) < 2:
        return inert(len(states), len(cases))
    table = shared_table(states, cases, on)
    reads = readings_on(treaty, on)
    level, gate, binding = zip(*(unpacked(table.help_keys(r.treaty)) for r in reads), strict=True)
    return Block(
        level=kept(np.stack(level)),
        gate=kept(np.stack(gate)),
        binding=kept(np.stack(binding)),
        conflict=kept(np.stack([table.conflicts(read.treaty) for read in reads])),
        weights=frozen(np.array([read.weight for read in reads])),
        words=tuple(read.words for read in reads),
        inert=False,
    )


@lru_cache(maxsize=8)
def shared_table(states: tuple[str, ...], cases: tuple[Case, ...], on: dt.date | None) -> Table:
    """Return the attacks that all treaties of a scenario are asked about, and what was asked."""
    return Table(states, cases, on)


def unpacked(keys: NDArray[np.int32]) -> tuple[Bytes, Bytes, Bytes]:
    """Return level, gate and binding of packed duties."""
    gate = np.where(keys > 0, 15 - ((keys >> 8) & 255), 0)
    return (keys >> 16).astype(np.uint8), gate.astype(np.uint8), (keys & 255).astype(np.uint8)


def inert(states: int, cases: int) -> Block:
    """Return the block of a treaty with fewer than two of its states present."""
    zero = kept(np.zeros((1, cases, states, states, states), np.uint8))
    return Block(
        level=zero,
        binding=zero,
        gate=zero,
        conflict=zero,
        weights=frozen(np.ones(1)),
        words=("",),
        inert=True,
    )


def frozen(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weights that cannot be written to."""
    weights.setflags(write=False)
    return weights


def kept(values: NDArray[Any]) -> Bytes:
    """Return values as bytes that cannot be written to, since blocks are shared."""
    cells = values.astype(np.uint8, copy=False)
    cells.setflags(write=False)
    return cells
