"""Blocks copied from one campaign to another of the same plan."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from alliancesim.campaign.store import Segment, Store, digests_of
from alliancesim.campaign.worker import differences
from alliancesim.data.files import make_folder, read_bytes, write_bytes
from alliancesim.errors import InvalidInput

__all__ = ["merge"]


def merge(into: Store, others: Sequence[Store], *, mark: bool) -> None:
    """Copy what is lacking; see `Campaign.merge`."""
    plan = into.plan()
    if not others:
        raise InvalidInput("no other campaign", where="merge", allowed="one or more folders")
    with into.writing():
        for other in others:
            if other.plan().identity != plan.identity:
                raise InvalidInput(
                    "is a campaign of something else",
                    where=str(other.path),
                    allowed="the same scenario, arms, seed, worlds a draw, priors and block",
                )
            differs = _machines(into, other, mark=mark)
            for segment in _lacking(into, other):
                _copy(into, other, segment, differs)


def _machines(into: Store, other: Store, *, mark: bool) -> tuple[str, ...]:
    """Return in what the machines of two campaigns differ; reject it unless it is to be marked."""
    mine, theirs = into.machine(), other.machine()
    if mine is None and theirs is not None:
        into.set_machine(theirs)
    if mine is None or theirs is None:
        return ()
    found = differences(mine, theirs)
    if found and not mark:
        raise InvalidInput(
            f"was made with others: {'; '.join(found)}",
            where=str(other.path),
            allowed="the same versions and trial worlds, or mark=True",
        )
    return found


def _lacking(into: Store, other: Store) -> list[Segment]:
    """Return the segments to copy; reject damage, and blocks held with different outcomes."""
    held = digests_of(into.segments())
    lacking = []
    for each in other.segments():
        fault = other.fault(each)
        if fault:
            allowed = "a sound campaign: verify(repair=True) there first"
            raise InvalidInput(fault, where=str(other.path), allowed=allowed)
        for number, digest in zip(each.blocks, each.digests, strict=True):
            if held.get(number, digest) != digest:
                raise InvalidInput(
                    f"block {number} has other outcomes than in {into.path}",
                    where=str(other.path),
                    allowed="equal outcomes; verify both to see which differs",
                )
        new = [number for number in each.blocks if number not in held]
        if new and len(new) < len(each.blocks):
            raise InvalidInput(
                f"its file of blocks {each.first} to {each.blocks.stop - 1} has some that "
                f"{into.path} has too",
                where=str(other.path),
                allowed="files without an overlap, or with a whole one",
            )
        if new:
            lacking.append(each)
    return lacking


def _copy(into: Store, other: Store, segment: Segment, differs: tuple[str, ...]) -> None:
    for folder in segment.files:
        make_folder(into.path / folder)
        write_bytes(into.file(segment, folder), read_bytes(other.file(segment, folder)))
    others = tuple(dict.fromkeys((*segment.others, *differs)))
    into.mark(attrs.evolve(segment, others=others))
