"""Files of consecutive blocks put together into one, so that a campaign has few of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from alliancesim.campaign.extras import parquet
from alliancesim.campaign.plan import Plan
from alliancesim.campaign.reading import names_of_plan, segment_moments
from alliancesim.campaign.store import FOLDERS, Segment, Store, about_file
from alliancesim.campaign.tables import write_file, write_moments
from alliancesim.data.files import replace_file
from alliancesim.errors import InvalidInput
from alliancesim.outcomes import METRICS
from alliancesim.stats.moments import Moments, concatenated

__all__ = ["SIZE", "compact"]

SIZE = 64
"""Blocks of a file once it is full."""


def compact(store: Store, plan: Plan, size: int = SIZE, *, loose: bool = False) -> None:
    """Put together what is consecutive, within stretches of so many blocks.

    Stretches begin at multiples of `size`, so that the same files result in whatever order blocks
    were played. New files are written and marked before old ones are removed.

    Parameters
    ----------
    store : Store
    plan : Plan
    size : int
        Blocks of a stretch.
    loose : bool
        Whether stretches that are not full are put together too.
    """
    for group in _groups(store.segments(), size):
        blocks = sum(len(each.blocks) for each in group)
        if len(group) > 1 and (loose or blocks == size):
            _join(store, plan, group)


def _groups(segments: Sequence[Segment], size: int) -> Iterator[list[Segment]]:
    """Yield segments that are consecutive and within one stretch."""
    whole = [each for each in segments if each.first // size == (each.blocks.stop - 1) // size]
    for _, stretch in groupby(whole, key=lambda one: (one.first // size, one.others)):
        group: list[Segment] = []
        for each in stretch:
            if group and group[-1].blocks.stop != each.first:
                yield group
                group = []
            group.append(each)
        yield group


def _join(store: Store, plan: Plan, group: Sequence[Segment]) -> None:
    for each in group:
        fault = store.fault(each)
        if fault:
            raise InvalidInput(fault, where=str(store.path), allowed="verify(repair=True) first")
    first = group[0]
    names = names_of_plan(plan)
    joined = Segment(
        first=first.first,
        digests=tuple(digest for each in group for digest in each.digests),
        files={},
        identity=first.identity,
        others=first.others,
    )

    def read(metric: str) -> Moments:
        return concatenated([segment_moments(store, each, plan, names, metric) for each in group])

    def tables(folder: str) -> Iterator[Any]:
        if folder == "moments":
            draw = first.first * plan.draws
            yield from write_moments(names, draw, read, [[each] for each in METRICS])
        else:
            parts = group if plan.priors or folder != "draws" else group[:1]
            for each in parts:
                yield parquet().read_table(store.file(each, folder), partitioning=None)

    for folder in FOLDERS:
        path = store.file(joined, folder)
        replace_file(path, partial(_write, tables(folder)))
        joined.files[folder] = about_file(path)
    store.mark(joined)
    store.remove(group)


def _write(tables: Iterator[Any], path: Path) -> None:
    write_file(path, tables)
