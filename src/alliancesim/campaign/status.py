"""How much of a campaign is held, and what it was made with."""

from __future__ import annotations

import json
from typing import Any

import attrs

from alliancesim.campaign.digests import tree_digest
from alliancesim.campaign.plan import Plan
from alliancesim.campaign.store import Store, digests_of

__all__ = ["Status", "status_of"]


@attrs.frozen(kw_only=True)
class Status:
    """How much of a campaign is held.

    Parameters
    ----------
    scenario : str
        Its name.
    arms : tuple of str
    seed, worlds_per_draw, block : int
        See `Campaign`.
    worlds : int
        Worlds held, in each arm.
    blocks : int
        Blocks held.
    missing : tuple of tuple of int
        First and last number of each stretch of blocks that is missing before the last one held.
    files, bytes : int
        Segments, each a file in every folder, and bytes of the whole folder.
    stray : int
        Files that do not count: leftovers of a kill, damaged and foreign ones.
    marked : tuple of str
        In what machines differed whose blocks were kept all the same.
    machine : dict of str to str
        What the first blocks were made with.
    digest : str
        Of all blocks held.
    """

    scenario: str
    arms: tuple[str, ...]
    seed: int
    worlds_per_draw: int
    block: int
    worlds: int
    blocks: int
    missing: tuple[tuple[int, int], ...]
    files: int
    bytes: int
    stray: int
    marked: tuple[str, ...]
    machine: dict[str, str]
    digest: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, fit for JSON."""
        return attrs.asdict(self)

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.to_dict(), indent=1)

    def __str__(self) -> str:
        """Return it in lines."""
        lines = [
            f"campaign of {self.scenario}: {', '.join(self.arms)}; seed {self.seed}, "
            f"{self.worlds_per_draw} worlds a draw",
            f"{self.worlds:,} worlds in {self.blocks:,} blocks of {self.block:,}, "
            f"{self.files:,} files a folder, {self.bytes / 1e6:,.1f} MB",
        ]
        for first, last in self.missing:
            lines.append(f"missing: blocks {first} to {last}")
        if self.stray:
            lines.append(f"{self.stray} files do not count: verify with repair removes them")
        lines += [f"marked: {each}" for each in self.marked]
        if self.machine:
            made = self.machine
            lines.append(
                f"made with alliancesim {made['version']}, numpy {made['numpy']}, "
                f"numba {made['numba']}, {made['platform']}, {made['processor']}"
            )
        return "\n".join([*lines, f"digest {self.digest}"])


def status_of(store: Store, plan: Plan) -> Status:
    """Return how much of a campaign is held, by markers and the sizes of files."""
    segments = store.segments()
    digests = digests_of(segments)
    missing, following = [], 0
    for each in segments:
        if each.first > following:
            missing.append((following, each.first - 1))
        following = each.blocks.stop
    return Status(
        scenario=plan.scenario.name,
        arms=plan.arms,
        seed=plan.seed,
        worlds_per_draw=plan.worlds_per_draw,
        block=plan.block,
        worlds=len(digests) * plan.block,
        blocks=len(digests),
        missing=tuple(missing),
        files=len(segments),
        bytes=store.size(),
        stray=len(store.stray()),
        marked=tuple(dict.fromkeys(text for each in segments for text in each.others)),
        machine=store.machine() or {},
        digest=tree_digest(digests),
    )
