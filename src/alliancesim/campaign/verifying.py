"""A stored campaign checked: files against their digests, blocks against a replay."""

from __future__ import annotations

import attrs
import numpy as np

from alliancesim.campaign.plan import Plan
from alliancesim.campaign.reading import names_of_plan, segment_moments
from alliancesim.campaign.reduction import play_block, reduce_block
from alliancesim.campaign.store import Segment, Store
from alliancesim.data.checks import whole_number
from alliancesim.stats.moments import MOMENTS

__all__ = ["Verification", "verify"]


@attrs.frozen(kw_only=True)
class Verification:
    """What a check of a campaign found.

    Parameters
    ----------
    files : int
        Segments whose files were checked.
    replayed : tuple of int
        Numbers of the blocks that were played again.
    faults : tuple of str
        What is damaged, foreign, or has other outcomes here; empty if nothing is.
    repaired : bool
        Whether that was removed, to be played again.
    """

    files: int
    replayed: tuple[int, ...]
    faults: tuple[str, ...]
    repaired: bool = False

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def __str__(self) -> str:
        """Return it in lines."""
        lines = [
            f"{self.files:,} files a folder checked, {len(self.replayed)} blocks played again: "
            f"{'sound' if self.sound else f'{len(self.faults)} faults'}"
        ]
        lines += self.faults
        if self.repaired:
            lines.append("removed; play plays it again")
        return "\n".join(lines)


def verify(store: Store, plan: Plan, sample: int, *, repair: bool) -> Verification:
    """Check every file, and play a sample of blocks again; see `Campaign.verify`."""
    whole_number("sample", sample, 0, 2**31)
    segments = store.segments()
    faults = [
        f"{path.parent.name}/{path.name} does not count: damaged, foreign or left over"
        for path in store.stray()
    ]
    bad: list[Segment] = []
    for each in segments:
        fault = store.fault(each)
        if fault:
            faults.append(fault)
            bad.append(each)
    sound = [each for each in segments if each not in bad]
    chosen = _spread([k for each in sound for k in each.blocks], sample)
    for number in chosen:
        segment = next(each for each in sound if number in each.blocks)
        problem = _replay(store, plan, segment, number)
        if problem:
            faults.append(problem)
            bad.append(segment)
    if repair and faults:
        with store.writing():
            store.remove(bad)
            store.tidy()
    return Verification(
        files=len(segments),
        replayed=tuple(chosen),
        faults=tuple(faults),
        repaired=repair and bool(faults),
    )


def _spread(numbers: list[int], sample: int) -> list[int]:
    """Return so many of some numbers, evenly spread, the first among them."""
    count = min(sample, len(numbers))
    return [numbers[k * len(numbers) // count] for k in range(count)]


def _replay(store: Store, plan: Plan, segment: Segment, number: int) -> str:
    block = reduce_block(plan, number, play_block(plan, number))
    if block.digest != segment.digests[number - segment.first]:
        return f"block {number} has other outcomes when it is played here"
    names = names_of_plan(plan)
    within = slice((number - segment.first) * plan.draws, (number - segment.first + 1) * plan.draws)
    for metric, found in block.moments.items():
        kept = segment_moments(store, segment, plan, names, metric)
        if not all(
            np.array_equal(getattr(found, field), getattr(kept, field)[within]) for field in MOMENTS
        ):
            return f"block {number} has other moments of {metric} than its outcomes give"
    return ""
