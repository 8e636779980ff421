"""A campaign: many worlds of one plan in a folder, played in any order, by anybody, at any time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from alliancesim._compile import can_compile
from alliancesim.campaign.compacting import compact
from alliancesim.campaign.executors import opened, packed_blocks
from alliancesim.campaign.merging import merge
from alliancesim.campaign.plan import BLOCK, Plan
from alliancesim.campaign.reading import read_comparison
from alliancesim.campaign.status import Status, status_of
from alliancesim.campaign.store import Segment, Store, store_of
from alliancesim.campaign.until import play_until_precise
from alliancesim.campaign.verifying import Verification, verify
from alliancesim.campaign.worker import Packed, differences, known
from alliancesim.comparison import runner
from alliancesim.comparison.arguments import arms_of, scenario_of
from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.engine.play import FEW_MONTHS, warm
from alliancesim.errors import InvalidInput
from alliancesim.scenario.run_options import LARGEST_SEED, MOST_WORLDS

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast
    from alliancesim.scenario import Scenario
    from alliancesim.stats.stopping import Look

__all__ = ["Campaign"]


@checked
class Campaign:
    """Worlds of a scenario in a folder: played in blocks, stopped and continued, merged, compared.

    What is kept of a block is moments of each draw of the parameters, from which `comparison`
    computes every table. A stored campaign needs the extra ``campaign`` (pyarrow and filelock).

    Parameters
    ----------
    folder : str or path
        A new or an empty folder, or one of a campaign, which is then continued.
    scenario : Scenario, str or path, optional
        What to play: a scenario, the name of one in the catalogue, or a TOML file. Not needed
        where the folder has a campaign; if it is given it must be the same.
    arms : sequence of str, optional
        Two or more names of its arms, in order; those of the scenario by default.
    seed : int
        0 to 2**64 - 1.
    worlds_per_draw : int
        Worlds that share a draw of the parameters; from 8 on, noise and priors are told apart.
    priors : bool
        Draw parameters from their priors. If not, nothing can be reduced: moments are of worlds.
    block : int, optional
        Worlds of a block, a multiple of `worlds_per_draw`, 2 to 2**20: what one worker plays at a
        time, and what a kill loses at most of its work. By default 4,000 or a little fewer.

    Raises
    ------
    InvalidInput
        If an argument cannot be used, the folder holds something else or another campaign, its
        manifest was edited, or a library is missing.
    """

    @checked
    def __init__(
        self,
        folder: str | PathLike[str],
        scenario: Scenario | str | Path | None = None,
        arms: Sequence[str] | None = None,
        *,
        seed: int = 0,
        worlds_per_draw: int = 8,
        priors: bool = True,
        block: int | None = None,
    ) -> None:
        self._store: Store = store_of(folder)
        if scenario is None:
            self._plan = self._store.plan()
            return
        chosen = scenario_of(scenario)
        plan = Plan(
            scenario=chosen,
            arms=arms_of(chosen, arms),
            seed=whole_number("seed", seed, 0, LARGEST_SEED),
            worlds_per_draw=worlds_per_draw,
            priors=priors,
            block=Plan.blocks_of(worlds_per_draw, priors) if block is None else block,
        )
        if not self._store.exists:
            self._store.create(plan, runner.made_with())
        self._plan = self._store.plan()
        if self._plan.identity != plan.identity:
            raise InvalidInput(
                "has a campaign of something else",
                where=str(self._store.path),
                allowed="the same scenario, arms, seed, worlds a draw, priors and block, or none",
            )

    @property
    def folder(self) -> Path:
        """The folder."""
        return self._store.path

    @property
    def plan(self) -> Plan:
        """What is played."""
        return self._plan

    @property
    def worlds(self) -> int:
        """Number of worlds held, in each arm."""
        return sum(len(each.blocks) for each in self._store.segments()) * self._plan.block

    @property
    def digest(self) -> str:
        """Digest of all blocks held; see `alliancesim.campaign.digests.tree_digest`."""
        return self.status().digest

    def play(
        self,
        to: int | None = None,
        *,
        first: int = 0,
        until: str | None = None,
        width: float | None = None,
        contrast: Contrast | tuple[str, str] | None = None,
        focus: str | None = None,
        relative: bool = False,
        batch: int = 4 * BLOCK,
        most: int = 1_000_000,
        executor: Executor | Literal["threads", "processes"] | None = None,
        workers: int | None = None,
        others: Literal["reject", "mark"] = "reject",
        progress: bool | runner.Progress = False,
    ) -> tuple[Look, ...]:
        """Play what is not held yet of some worlds, or until a difference is precise.

        Parameters
        ----------
        to : int, optional
            Number of worlds: those from `first` on, below `to`, are held afterwards. Both ends are
            moved outwards to whole blocks.
        first : int
            Number of the first world, 0 by default.
        until, width, contrast, focus, relative, batch, most
            In place of `to`: see `alliancesim.comparison.play_until`, of whose rule this is, with
            `until` for its metric. Batches are whole blocks, from world 0 on; what is held already
            is looked at, and not played again.
        executor : Executor, "threads" or "processes", optional
            Any executor as of `concurrent.futures`: also ``Client.get_executor()`` of Dask, or
            those of loky and mpi4py. Threads by default.
        workers : int, optional
            Threads or processes, if no executor is given; by default one for each processor.
        others : {"reject", "mark"}
            What to do with blocks of a worker whose versions, sources or trial worlds differ from
            those of the first blocks: reject them, which ends play, or keep and mark them.
        progress : bool or callable
            As for `compare`.

        Returns
        -------
        tuple of Look
            One for each look taken; empty if `to` was given.

        Raises
        ------
        InvalidInput
            If an argument cannot be used, another process writes to the folder, the disk is full,
            workers were lost or one differs. Blocks that were finished are kept.
        KeyboardInterrupt
            If interrupted; blocks that were finished are kept.
        """
        if (to is None) == (until is None):
            raise InvalidInput("one of them", where="to or until", allowed="one, not both")
        if others not in ("reject", "mark"):
            raise InvalidInput(f"{others!r}", where="others", allowed='"reject" or "mark"')
        if until is not None:
            return play_until_precise(
                self._store,
                self._plan,
                until,
                width,
                contrast=contrast,
                focus=focus,
                relative=relative,
                batch=batch,
                most=most,
                play=lambda stop: self._play(0, stop, executor, workers, others, progress),
            )
        start = whole_number("first", first, 0, MOST_WORLDS) // self._plan.block
        stop = self._plan.blocks(to or 0, "to")
        if stop <= start:
            raise InvalidInput(f"{to}", where="to", allowed=f"more than first, {first}")
        self._play(start, stop, executor, workers, others, progress)
        return ()

    def _play(
        self,
        start: int,
        stop: int,
        executor: Executor | str | None,
        workers: int | None,
        others: str,
        progress: bool | runner.Progress,
    ) -> None:
        """Play the blocks of a range that are not held."""
        plan = self._plan
        with self._store.writing():
            held = {k for each in self._store.segments() for k in each.blocks}
            missing = [k for k in range(start, stop) if k not in held]
            if not missing:
                return
            worlds = len(missing) * plan.block
            with (
                runner.shown(progress, worlds) as report,
                opened(executor, workers) as (pool, ahead),
            ):
                self._begin(len(missing), others)
                for packed in packed_blocks(plan, iter(missing), pool, ahead):
                    self._keep(packed, others)
                    if report is not None:
                        report(plan.block)
            compact(self._store, plan)

    def _begin(self, blocks: int, others: str) -> None:
        """Play the trial here: it compiles the engine once, and says what blocks are made with."""
        plan = self._plan
        months = blocks * plan.block * len(plan.arms) * plan.scenario.horizon_months
        if can_compile() and months > FEW_MONTHS:
            warm()
        _, here = known(plan.identity, lambda: plan)
        before = self._store.machine()
        if before is None:
            self._store.set_machine(here)
        else:
            self._check(before, here, others, "this machine")

    def _keep(self, packed: Packed, others: str) -> Segment:
        before = self._store.machine()
        differs = self._check(before or packed.machine, packed.machine, others, "a worker")
        return self._store.write_block(self._plan.identity, packed, differs)

    @staticmethod
    def _check(
        before: dict[str, str], here: dict[str, str], others: str, who: str
    ) -> tuple[str, ...]:
        found = differences(before, here)
        if found and others == "reject":
            raise InvalidInput(
                f"{who} differs from what the first blocks were made with: {'; '.join(found)}",
                where="campaign",
                allowed='the same versions and trial worlds, or others="mark"',
            )
        return found

    def comparison(self) -> Comparison:
        """Return the comparison of all worlds held, from the moments of their draws.

        Returns
        -------
        Comparison
            Its tables, drivers and sign changes equal those from rows up to rounding. What needs
            the value of a single world raises `InvalidInput`.

        Raises
        ------
        InvalidInput
            If nothing is held, there is a gap between blocks, or a file was damaged since.
        """
        return read_comparison(self._store, self._plan)

    def status(self) -> Status:
        """Return how much is held, what is missing, and by what it was made."""
        return status_of(self._store, self._plan)

    def verify(self, sample: int = 2, *, repair: bool = False) -> Verification:
        """Check every file against its digest, and play a sample of blocks again.

        Parameters
        ----------
        sample : int
            Blocks to play again, spread evenly; 0 for none.
        repair : bool
            Remove what is damaged, foreign or left over. `play` then plays it again.
        """
        return verify(self._store, self._plan, sample, repair=repair)

    def compact(self, size: int = 64) -> int:
        """Put the files of consecutive blocks together, up to so many; return how many are left.

        `play` does it by itself for every 64 blocks.
        """
        with self._store.writing():
            compact(self._store, self._plan, whole_number("size", size, 2, 10_000), loose=True)
        return len(self._store.segments())

    @classmethod
    def merge(
        cls, folder: str | PathLike[str], *others: str | PathLike[str], mark: bool = False
    ) -> Campaign:
        """Copy into a campaign the blocks that it lacks from others of the same plan.

        Parameters
        ----------
        folder : str or path
            The campaign to extend.
        *others : str or path
            One or more others, which are left as they are.
        mark : bool
            Keep and mark blocks of machines that differ, in place of rejecting them.

        Raises
        ------
        InvalidInput
            If they are of another plan, were made with other versions, are damaged, or a block is
            held by both with different outcomes. Nothing is copied from that folder then.
        """
        merge(store_of(folder), [store_of(each) for each in others], mark=mark)
        return cls(folder)

    def __repr__(self) -> str:
        """Return the status."""
        return str(self.status())

    def segments(self) -> Iterator[Segment]:
        """Yield the files held, in the order of their worlds."""
        yield from self._store.segments()
