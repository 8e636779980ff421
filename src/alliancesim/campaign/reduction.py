"""A block played and reduced: moments of every draw, what was drawn, and totals over worlds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.campaign.digests import block_digest
from alliancesim.campaign.plan import Plan
from alliancesim.comparison import runner
from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.errors import InvalidInput
from alliancesim.outcomes import METRICS, Tally
from alliancesim.scenario.run_options import MOST_WORLDS
from alliancesim.stats.moments import Moments, moments_of

__all__ = ["Block", "in_order", "play_block", "play_blocks", "reduce_block"]


@attrs.frozen(eq=False, kw_only=True)
class Block:
    """What is kept of a block of worlds.

    Parameters
    ----------
    number : int
        Its number: block `k` has the worlds from `k` times the plan's `block` on.
    worlds : int
    digest : str
        SHA-256 of the rows of its worlds and of its totals, in hex.
    focus_states, states : tuple of str
        Ids of the states followed, and of all states, in code order.
    moments : dict of str to Moments
        By metric.
    draws : structured array, shape (draws,)
        What was drawn, a field each.
    pair_sum, pair_square, durations
        As of a `Tally`.
    worlds_with_war : int array, shape (arms,)
        Worlds in which a war began by or on the focus.
    rows : Tally or None
        The rows of every world, where they are kept.
    """

    number: int
    worlds: int
    digest: str
    focus_states: tuple[str, ...]
    states: tuple[str, ...]
    moments: dict[str, Moments]
    draws: NDArray[np.void]
    pair_sum: NDArray[np.void]
    pair_square: NDArray[np.void]
    durations: NDArray[np.int64]
    worlds_with_war: NDArray[np.int64]
    rows: Tally | None = None


def play_block(plan: Plan, number: int) -> Tally:
    """Play the worlds of a block, in their order, on one thread."""
    tally = runner.play(plan.scenario, plan.arms, plan.options(number))
    if tally.worlds < plan.block:
        raise KeyboardInterrupt
    return tally


def reduce_block(plan: Plan, number: int, tally: Tally, *, rows: bool = False) -> Block:
    """Reduce the outcomes of a block's worlds to what is kept of them.

    Raises
    ------
    InvalidInput
        If the outcomes are of other worlds than the block's.
    """
    first = number * plan.block
    if (tally.first_world, tally.worlds) != (first, plan.block):
        raise InvalidInput(
            f"{tally.worlds} worlds from {tally.first_world} on",
            where=f"block {number}",
            allowed=f"the {plan.block} from {first} on",
        )
    early = tally.values("first_war") < plan.scenario.horizon_months
    return Block(
        number=number,
        worlds=tally.worlds,
        digest=block_digest(tally),
        focus_states=tally.focus_states,
        states=tally.states,
        moments={name: moments_of(tally.values(name), plan.cluster) for name in METRICS},
        draws=tally.draws,
        pair_sum=tally.pair_sum,
        pair_square=tally.pair_square,
        durations=tally.durations,
        worlds_with_war=early.sum(axis=0),
        rows=tally if rows else None,
    )


@checked
def play_blocks(plan: Plan, first: int, stop: int) -> Iterator[Block]:
    """Play and reduce a range of blocks, one after another.

    Parameters
    ----------
    plan : Plan
    first, stop : int
        Numbers of the first block, and of the one after the last.

    Yields
    ------
    Block

    Raises
    ------
    InvalidInput
        If a number is out of range: blocks hold up to 2**48 worlds together.
    """
    most = MOST_WORLDS // plan.block
    whole_number("first", first, 0, most)
    whole_number("stop", stop, first, most)
    for number in range(first, stop):
        yield reduce_block(plan, number, play_block(plan, number))


def in_order(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks by their numbers; reject a gap, and one that comes twice."""
    ordered = sorted(blocks, key=lambda each: each.number)
    numbers = [each.number for each in ordered]
    if not numbers or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        allowed = "one or more, consecutive, each once"
        raise InvalidInput(f"blocks {numbers}"[:200], where="blocks", allowed=allowed)
    return ordered
