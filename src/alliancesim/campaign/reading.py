"""Stored blocks read as one comparison, metric by metric."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from alliancesim.arrays.board import board
from alliancesim.campaign.digests import tree_digest
from alliancesim.campaign.extras import parquet
from alliancesim.campaign.plan import Plan
from alliancesim.campaign.result import Totals, comparison_from, total_of
from alliancesim.campaign.store import Segment, Store, digests_of
from alliancesim.campaign.tables import Names, read_draws, read_moments, read_totals
from alliancesim.errors import InvalidInput
from alliancesim.stats.moments import Moments, concatenated

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison

__all__ = ["leading_moments", "names_of_plan", "read_comparison", "segment_moments"]

_KEPT = 2
"""Metrics whose moments are kept in memory, as a table asks for one contrast after another."""


def names_of_plan(plan: Plan) -> Names:
    """Return the names of what the blocks of a plan hold numbers of."""
    compiled = board(plan.scenario)
    return Names(plan.arms, compiled.focus_states, compiled.states)


def read_comparison(store: Store, plan: Plan) -> Comparison:
    """Return the comparison of all blocks held; reject gaps and damage."""
    segments = store.segments()
    blocks = _consecutive(segments, store)
    for each in segments:
        fault = store.fault(each)
        if fault:
            allowed = "verify(repair=True), then play, which plays it again"
            raise InvalidInput(fault, where=str(store.path), allowed=allowed)
    names = names_of_plan(plan)

    @functools.lru_cache(maxsize=_KEPT)
    def read(metric: str) -> Moments:
        parts = [segment_moments(store, each, plan, names, metric) for each in segments]
        return parts[0] if len(parts) == 1 else concatenated(parts)

    return comparison_from(
        plan,
        blocks,
        digest=tree_digest(digests_of(segments)),
        names=(names.focus, names.states),
        read=read,
        draws=_draws(store, segments, plan),
        totals=_totals(store, segments, plan, names),
        made_with=store.made_with(),
    )


def _consecutive(segments: Sequence[Segment], store: Store) -> range:
    """Return the numbers of blocks held; reject none, and a gap between them."""
    where = str(store.path)
    if not segments:
        raise InvalidInput("nothing was played yet", where=where, allowed="play(to=...) first")
    following = segments[0].first
    for each in segments:
        if each.first != following:
            raise InvalidInput(
                f"blocks {following} to {each.first - 1} are missing",
                where=where,
                allowed="consecutive blocks: play or merge what is missing",
            )
        following = each.blocks.stop
    return range(segments[0].first, following)


def segment_moments(
    store: Store, segment: Segment, plan: Plan, names: Names, metric: str
) -> Moments:
    """Return the moments of a metric that a segment holds."""
    with parquet().ParquetFile(store.file(segment, "moments")) as file:
        return read_moments(file, names, metric, plan.cluster)


def leading_moments(store: Store, plan: Plan, stop: int, metric: str) -> Moments:
    """Return the moments of a metric of the blocks below a number, all of which must be held."""
    segments = [each for each in store.segments() if each.first < stop]
    held = _consecutive(segments, store)
    if held.start > 0 or held.stop < stop:
        raise InvalidInput(
            f"blocks below {stop} are missing", where=str(store.path), allowed="play them first"
        )
    names = names_of_plan(plan)
    found = concatenated([segment_moments(store, each, plan, names, metric) for each in segments])
    return found.leading(stop * plan.draws)


def _draws(store: Store, segments: Sequence[Segment], plan: Plan) -> NDArray[np.void]:
    parts = [read_draws(_table(store, each, "draws")) for each in segments]
    return np.concatenate(parts) if plan.priors else parts[0][:1]


def _totals(store: Store, segments: Sequence[Segment], plan: Plan, names: Names) -> Totals:
    months = plan.scenario.horizon_months
    return total_of(
        [
            totals
            for each in segments
            for totals in read_totals(_table(store, each, "totals"), names, months).values()
        ]
    )


def _table(store: Store, segment: Segment, folder: str) -> Any:
    return parquet().read_table(store.file(segment, folder), partitioning=None)
