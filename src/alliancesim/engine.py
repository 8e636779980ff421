"""Many worlds: chunks of them, played by the compiled kernel, on threads.

Working memory is bounded by the chunk; what a world does depends on the seed and its own number
alone, so neither the chunks nor the threads change a bit of the outcomes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

import numpy as np

from alliancesim._compile import announce
from alliancesim.board import Board, board
from alliancesim.errors import InvalidInput
from alliancesim.kernel.layout import desk, plain, rows
from alliancesim.kernel.world import play_chunk
from alliancesim.outcomes import Tally, concatenate
from alliancesim.outcomes.metrics import ADVERSARY, MEMBER, PAIR, WORLD
from alliancesim.scenario import Scenario

__all__ = ["check_numbers", "play", "stretches"]

Progress = Callable[[int], object]


def play(
    scenario: Scenario,
    arms: Sequence[str] | None = None,
    *,
    worlds: int,
    seed: int = 0,
    first_world: int = 0,
    worlds_per_draw: int = 1,
    priors: bool = True,
    threads: int | None = None,
    chunk: int = 256,
    progress: Progress | None = None,
) -> Tally:
    """Play many worlds of a scenario, each in every arm.

    Parameters
    ----------
    scenario : Scenario
    arms : sequence of str, optional
        Names of the arms, in order; all by default.
    worlds : int
        How many worlds, at least 1.
    seed : int
        0 to 2**64 - 1.
    first_world : int
        Number of the first world.
    worlds_per_draw : int
        Worlds that share one draw of the parameters.
    priors : bool
        Whether parameters are drawn from their priors; if not, they take their defaults.
    threads : int, optional
        How many threads; by default as many as there are processors.
    chunk : int
        Worlds played at a time by one thread, which bounds the working memory.
    progress : callable, optional
        Called with the number of worlds finished since the last call.

    Returns
    -------
    Tally
        If the run is interrupted from the keyboard, of the worlds finished without a gap.

    Raises
    ------
    InvalidInput
        If an arm is unknown or a number out of range.
    """
    check_numbers(
        worlds=worlds,
        seed=seed,
        first_world=first_world,
        worlds_per_draw=worlds_per_draw,
        threads=1 if threads is None else threads,
        chunk=chunk,
    )
    announce()
    compiled = board(scenario)
    rows_of_arms = compiled.arm_rows(arms)
    starts = range(first_world, first_world + worlds, chunk)

    def one(start: int) -> Tally:
        count = min(chunk, first_world + worlds - start)
        return _chunk(compiled, rows_of_arms, start, count, seed, worlds_per_draw, priors)

    parts = _in_order(one, starts, threads or os.cpu_count() or 1, progress)
    if not parts:
        raise KeyboardInterrupt
    return concatenate(parts)


def _in_order(
    one: Callable[[int], Tally], starts: range, threads: int, progress: Progress | None
) -> list[Tally]:
    """Play chunks on threads, few ahead at a time; return the finished ones without a gap."""
    done: dict[int, Tally] = {}
    waiting: Iterator[int] = iter(starts)
    running: dict[Future[Tally], int] = {}
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


def _chunk(
    compiled: Board,
    arms: Any,
    first_world: int,
    worlds: int,
    seed: int,
    per_draw: int,
    priors: bool,
) -> Tally:
    first_draw, count = stretches(first_world, worlds, per_draw) if priors else (0, 1)
    draws = compiled.draws(seed, first_draw, count, priors=priors)
    n, members = len(compiled.states), len(compiled.followed)
    out = {
        "world": rows((worlds, len(arms)), WORLD),
        "member": rows((worlds, len(arms), members), MEMBER),
        "adversary": rows((worlds, len(arms), members, n), ADVERSARY),
        "pair_sum": rows((len(arms), n, n), PAIR),
        "pair_square": rows((len(arms), n, n), PAIR),
        "durations": np.zeros((len(arms), compiled.horizon + 1), np.int64),
    }
    play_chunk(
        np.uint64(seed),
        first_world,
        worlds,
        per_draw if priors else first_world + worlds,
        first_draw,
        compiled.horizon,
        arms,
        compiled.reference,
        compiled.law,
        draws.theta,
        draws.state,
        draws.pair,
        draws.shares,
        draws.reading,
        draws.depth,
        draws.transfer,
        compiled.in_focus,
        compiled.followed,
        desk(compiled.codes, draws.shares.shape[1], len(compiled.treaties)),
        *out.values(),
    )
    return Tally(
        arms=tuple(compiled.arms[row] for row in arms),
        members=compiled.members,
        states=compiled.states,
        seed=seed,
        first_world=first_world,
        worlds=worlds,
        worlds_per_draw=per_draw,
        priors=priors,
        draws=draws.record(),
        **{name: plain(array) for name, array in out.items()},
    )


_RANGES = {
    "worlds": (1, 2**40),
    "seed": (0, 2**64 - 1),
    "first_world": (0, 2**47),
    "world": (0, 2**48 - 1),
    "worlds_per_draw": (1, 2**40),
    "threads": (1, 1024),
    "chunk": (1, 2**20),
}


def check_numbers(**given: int) -> None:
    """Refuse a number of a run that is out of its range, by its name."""
    for name, value in given.items():
        low, high = _RANGES[name]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            allowed = f"a whole number from {low} to {high}"
            raise InvalidInput(f"{value!r} cannot be used", where=name, allowed=allowed)
