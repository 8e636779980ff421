"""A comparison made from the blocks of a campaign."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.campaign.digests import tree_digest
from alliancesim.campaign.plan import Plan
from alliancesim.campaign.reduction import Block, in_order
from alliancesim.comparison import Comparison, runner
from alliancesim.data.arguments import checked
from alliancesim.outcomes.metrics import ADVERSARY, FOCUS, PAIR, WORLD
from alliancesim.outcomes.reduced import ReducedTally
from alliancesim.stats.moments import Moments, concatenated

__all__ = ["Totals", "combine_blocks", "comparison_from", "exact_sum"]


@attrs.frozen(eq=False, kw_only=True)
class Totals:
    """Sums over the worlds of some blocks; see `alliancesim.outcomes.Tally`."""

    pair_sum: NDArray[np.void]
    pair_square: NDArray[np.void]
    durations: NDArray[np.int64]
    worlds_with_war: NDArray[np.int64]


def exact_sum(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Return the sum of arrays cell by cell, rounded once: it does not depend on their order."""
    stacked = np.stack(parts)
    if stacked.dtype.kind == "i":
        return np.asarray(stacked.sum(axis=0))
    cells = stacked.reshape(len(parts), -1).T
    summed = np.array([math.fsum(cell) if cell.any() else 0.0 for cell in cells])
    return summed.reshape(stacked.shape[1:])


def _pairs(parts: Sequence[NDArray[np.void]]) -> NDArray[np.void]:
    total = np.zeros(parts[0].shape, PAIR)
    for field in PAIR.names or ():
        total[field] = exact_sum([each[field] for each in parts])
    return total


def total_of(parts: Sequence[Totals]) -> Totals:
    """Return the totals of blocks together."""
    return Totals(
        pair_sum=_pairs([each.pair_sum for each in parts]),
        pair_square=_pairs([each.pair_square for each in parts]),
        durations=exact_sum([each.durations for each in parts]),
        worlds_with_war=exact_sum([each.worlds_with_war for each in parts]),
    )


def comparison_from(
    plan: Plan,
    blocks: range,
    *,
    digest: str,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    read: Callable[[str], Moments],
    draws: NDArray[np.void],
    totals: Totals,
    made_with: dict[str, str],
) -> Comparison:
    """Return the comparison of consecutive blocks.

    Parameters
    ----------
    plan : Plan
    blocks : range
        Their numbers.
    digest : str
        Their `tree_digest`.
    names : two tuples of str
        Ids of the states followed, and of all states.
    read : callable
        Returns the moments of a metric, of all draws in order.
    draws : structured array, shape (draws,)
    totals : Totals
    made_with : dict of str to str
    """
    arms, focus, states = len(plan.arms), len(names[0]), len(names[1])
    worlds = len(blocks) * plan.block
    tally = ReducedTally(
        arms=plan.arms,
        focus_states=names[0],
        states=names[1],
        seed=plan.seed,
        first_world=blocks.start * plan.block,
        worlds=worlds,
        worlds_per_draw=plan.worlds_per_draw,
        priors=plan.priors,
        world=np.empty((0, arms), WORLD),
        focus=np.empty((0, arms, focus), FOCUS),
        adversary=np.empty((0, arms, focus, states), ADVERSARY),
        draws=draws,
        read=read,
        outcomes=digest,
        **attrs.asdict(totals, recurse=False),
    )
    return Comparison(plan.scenario, tally, worlds, made_with)


@checked
def combine_blocks(plan: Plan, blocks: Sequence[Block]) -> Comparison:
    """Return the comparison of consecutive blocks of a plan, in whatever order they come.

    Parameters
    ----------
    plan : Plan
    blocks : sequence of Block

    Returns
    -------
    Comparison
        With the moments of each draw in place of rows; its digest is that of `tree_digest`.

    Raises
    ------
    InvalidInput
        If there are none, or one is missing or comes twice.
    """
    ordered = in_order(blocks)
    parts = [each.draws for each in ordered]
    names = [each.name for each in attrs.fields(Totals)]
    totals = [Totals(**{name: getattr(each, name) for name in names}) for each in ordered]
    return comparison_from(
        plan,
        range(ordered[0].number, ordered[-1].number + 1),
        digest=tree_digest({each.number: each.digest for each in ordered}),
        names=(ordered[0].focus_states, ordered[0].states),
        read=lambda metric: concatenated([each.moments[metric] for each in ordered]),
        draws=np.concatenate(parts) if plan.priors else parts[0],
        totals=total_of(totals),
        made_with=runner.made_with(),
    )
