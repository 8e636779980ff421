"""Many worlds: chunks of them, played by the compiled kernel, on threads.

Working memory is bounded by the chunk; what a world does depends on the seed and its own number
alone, so neither the chunks nor the threads change a bit of the outcomes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim._compile import announce, can_compile, compiled, is_cached, say, uncollected
from alliancesim.arrays.board import Board, board
from alliancesim.arrays.layout import PlainRows, plain, plain_record, rows
from alliancesim.data.arguments import checked
from alliancesim.engine.kernel.workspace import Workspace, make_workspace
from alliancesim.engine.kernel.world import play_chunk
from alliancesim.errors import InvalidInput
from alliancesim.outcomes.metrics import ADVERSARY, FOCUS, PAIR, WORLD
from alliancesim.outcomes.tally import Tally, add_sums, join_draws
from alliancesim.scenario import RunOptions, Scenario, load
from alliancesim.scenario.run_options import WORLDS_PER_DRAW

__all__ = ["play", "stretches", "warm"]

Progress = Callable[[int], object]

FEW_MONTHS = 40 * 120  #: months of arm-worlds that plain Python plays in ten seconds or so
ROOM = 1024  #: candidates of opportunities that the working memory has room for at first


@checked
def play(
    scenario: Scenario,
    arms: Sequence[str] | None = None,
    *,
    worlds: int,
    seed: int = 0,
    first_world: int = 0,
    worlds_per_draw: int = WORLDS_PER_DRAW,
    priors: bool = True,
    threads: int | None = None,
    chunk: int | None = None,
    progress: Progress | None = None,
    interpreted: bool | None = None,
) -> Tally:
    """Play many worlds of a scenario, each in every arm.

    Parameters
    ----------
    scenario : Scenario
    arms : sequence of str, optional
        Names of the arms, in order; all by default.
    worlds, seed, first_world, worlds_per_draw, priors, threads, chunk
        See `alliancesim.scenario.RunOptions`.
    progress : callable, optional
        Called with the number of worlds finished since the last call.
    interpreted : bool, optional
        Whether plain Python plays, or machine code; both give the same bits. By default plain
        Python plays few worlds where nothing is compiled yet, and all where nothing can be.

    Returns
    -------
    Tally
        If the run is interrupted from the keyboard, of the worlds finished without a gap.

    Raises
    ------
    InvalidInput
        If an arm is unknown or a number out of range.
    """
    options = RunOptions(
        worlds=worlds,
        seed=seed,
        first_world=first_world,
        worlds_per_draw=worlds_per_draw,
        priors=priors,
        threads=threads,
        chunk=chunk,
    )
    worlds, first_world = options.worlds, options.first_world
    compiled_scenario = board(scenario)
    rows_of_arms = compiled_scenario.arm_rows(arms)
    if interpreted is None:
        interpreted = _interpret(worlds * len(rows_of_arms) * compiled_scenario.horizon)
    if not interpreted:
        announce(play_chunk)
    run = _Run(
        board=compiled_scenario,
        arms=rows_of_arms,
        seed=options.seed,
        per_draw=options.worlds_per_draw,
        priors=options.priors,
        interpreted=interpreted,
    )
    threads = options.threads or os.cpu_count() or 1
    size = options.chunk or max(1, min(1024, -(-worlds // (4 * threads))))
    check_memory(run, worlds)
    out, starts = run.rows(worlds), range(0, worlds, size)

    def one(start: int) -> _Played:
        part = {name: array[start : start + size] for name, array in out.items()}
        return run.play(first_world + start, part)

    with nullcontext() if interpreted or is_cached(play_chunk) else uncollected():
        parts = _in_order(one, starts, threads, progress)
    if not parts:
        raise KeyboardInterrupt
    return _tally(run, first_world, out, parts)


def warm() -> bool:
    """Compile the engine and keep it for later runs; return whether there was anything to do."""
    if not can_compile():
        raise InvalidInput(
            "nothing can be compiled: numba is not installed, or NUMBA_DISABLE_JIT is set",
            where="warm",
        )
    if is_cached(play_chunk):
        return False
    play(load("smda"), worlds=1, threads=1, interpreted=False)
    return True


def _interpret(months: int) -> bool:
    """Whether plain Python plays so many months of arm-worlds sooner than they are compiled."""
    if not can_compile():
        if months > FEW_MONTHS:
            say("numba is not installed: plain Python plays, some hundred times as slowly")
        return True
    few = months <= FEW_MONTHS and not is_cached(play_chunk)
    if few:
        say("the engine is not compiled yet: plain Python plays so few worlds")
    return few


def check_memory(run: _Run, worlds: int) -> None:
    """Reject a run whose outcomes do not fit the machine's memory, before any work starts."""
    needed = worlds * sum(array.nbytes for array in run.rows(1).values())
    have = _memory()
    if have is not None and needed > 0.8 * have:
        raise InvalidInput(
            f"outcomes of {worlds:,} worlds in {len(run.arms)} arms take {needed / 1e9:,.1f} GB, "
            f"and this machine has {have / 1e9:,.1f} GB of memory",
            where="worlds",
            allowed=f"up to {int(0.8 * have / needed * worlds):,} here, or fewer arms",
        )


def _memory() -> int | None:
    """Bytes of memory that the machine has, where the system tells."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _tally(run: _Run, first_world: int, out: dict[str, Any], parts: list[_Played]) -> Tally:
    """Return the outcomes of the chunks that were played without a gap."""
    worlds = sum(part.worlds for part in parts)
    total = run.sums()
    for part in parts:
        add_sums(total, part.sums)
    firsts = np.cumsum([first_world, *(part.worlds for part in parts[:-1])])
    shared = (firsts % run.per_draw != 0).tolist() if run.priors else [True] * len(parts)
    return Tally(
        arms=tuple(run.board.arms[row] for row in run.arms),
        focus_states=run.board.focus_states,
        states=run.board.states,
        seed=run.seed,
        first_world=first_world,
        worlds=worlds,
        worlds_per_draw=run.per_draw,
        priors=run.priors,
        draws=join_draws([part.draws for part in parts], shared),
        **{name: plain(array[:worlds]) for name, array in out.items()},
        **{name: plain(array) for name, array in total.items()},
    )


def _in_order(
    one: Callable[[int], _Played], starts: range, threads: int, progress: Progress | None
) -> list[_Played]:
    """Play chunks on threads, few ahead at a time; return the finished ones without a gap."""
    done: dict[int, _Played] = {}
    waiting: Iterator[int] = iter(starts)
    running: dict[Future[_Played], int] = {}
    with ThreadPoolExecutor(threads) as pool:
        try:
            while True:
                for start in waiting:
                    running[pool.submit(one, start)] = start
                    if len(running) > threads:
                        break
                if not running:
                    break
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    start = running.pop(future)
                    done[start] = future.result()
                    if progress is not None:
                        progress(done[start].worlds)
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            for future, start in running.items():
                if future.done() and not future.cancelled():
                    done[start] = future.result()
    kept = []
    for start in starts:
        if start not in done:
            break
        kept.append(done[start])
    return kept


def stretches(first_world: int, worlds: int, per_draw: int) -> tuple[int, int]:
    """Return the first draw that some consecutive worlds use, and how many."""
    first = first_world // per_draw
    return first, (first_world + worlds - 1) // per_draw - first + 1


@attrs.frozen(kw_only=True)
class _Run:
    """What every chunk of a run is played with."""

    board: Board
    arms: NDArray[np.int64]
    seed: int
    per_draw: int
    priors: bool
    interpreted: bool

    def rows(self, worlds: int) -> dict[str, Any]:
        """Return zeroed rows for the outcomes of so many worlds."""
        arms, focus = len(self.arms), len(self.board.followed)
        states = len(self.board.states)
        return {
            "world": rows((worlds, arms), WORLD),
            "focus": rows((worlds, arms, focus), FOCUS),
            "adversary": rows((worlds, arms, focus, states), ADVERSARY),
        }

    def sums(self) -> dict[str, Any]:
        """Return zeroed sums over worlds."""
        arms, states = len(self.arms), len(self.board.states)
        return {
            "pair_sum": rows((arms, states, states), PAIR),
            "pair_square": rows((arms, states, states), PAIR),
            "durations": np.zeros((arms, self.board.horizon + 1), np.int64),
        }

    def play(self, first_world: int, out: dict[str, Any]) -> _Played:
        """Play consecutive worlds, one for each of the rows given, and fill these."""
        board, worlds = self.board, len(out["world"])
        first, count = stretches(first_world, worlds, self.per_draw) if self.priors else (0, 1)
        draws = board.draws(
            self.seed, first, count, priors=self.priors, interpreted=self.interpreted
        )
        call = self._interpret if self.interpreted else compiled(play_chunk)
        sums, played, room = self.sums(), 0, ROOM
        while played < worlds:
            left = [array[played:] for array in out.values()]
            played += call(
                np.uint64(self.seed),
                first_world + played,
                worlds - played,
                self.per_draw if self.priors else first_world + worlds,
                draws.first,
                board.horizon,
                self.arms,
                board.reference,
                board.law,
                draws.theta,
                draws.state,
                draws.pair,
                draws.shares,
                draws.reading,
                draws.depth,
                draws.transfer,
                board.in_focus,
                board.followed,
                self._workspace(room),
                *left,
                *sums.values(),
            )
            room *= 4
        return _Played(worlds, sums, draws.record())

    def _interpret(self, *given: Any) -> int:
        """Play as plain Python, on rows that it reads fast."""
        values = list(given)
        values[_THETA] = [plain_record(row) for row in given[_THETA]]
        values[_ROWS] = [PlainRows(array.shape, array.dtype) for array in given[_ROWS]]
        played = play_chunk(*values)
        for plain_rows, array in zip(values[_ROWS], given[_ROWS], strict=True):
            plain_rows.add_to(array)
        return played

    def _workspace(self, room: int) -> Workspace:
        return make_workspace(
            self.board.codes,
            len(self.board.scenario.circumstances),
            len(self.board.treaties),
            horizon=self.board.horizon,
            candidates=room,
            interpreted=self.interpreted,
        )


# Where `play_chunk` takes the parameters, and the rows that it writes.
_THETA, _ROWS = 9, slice(19, 24)


@attrs.frozen
class _Played:
    """A chunk that was played: its sums over worlds, and what its worlds drew."""

    worlds: int
    sums: dict[str, Any]
    draws: NDArray[np.void]
