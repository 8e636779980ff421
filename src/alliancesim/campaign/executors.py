"""Blocks on any executor: few ahead at a time, each plan sent once to each worker."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from multiprocessing import get_context

from alliancesim.campaign.plan import Plan
from alliancesim.campaign.worker import Order, Packed, play_order
from alliancesim.errors import InvalidInput

__all__ = ["AHEAD", "opened", "packed_blocks"]

AHEAD = 256
"""Blocks that are handed at once to an executor of the user's."""
_ALLOWED = '"threads", "processes", or an executor as of concurrent.futures'


@contextmanager
def opened(given: Executor | str | None, workers: int | None) -> Iterator[tuple[Executor, int]]:
    """Give an executor, and how many blocks to hand to it at once.

    One that was made here is closed at the end; one that was given is left open.
    """
    count = workers or os.cpu_count() or 1
    if given is None or given == "threads":
        with ThreadPoolExecutor(count) as pool:
            yield pool, count + 1
    elif given == "processes":
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as processes:
            yield processes, count + 1
    elif callable(getattr(given, "submit", None)):
        assert not isinstance(given, str)
        yield given, AHEAD
    else:
        raise InvalidInput(f"{given!r}"[:80], where="executor", allowed=_ALLOWED)


def packed_blocks(
    plan: Plan,
    numbers: Iterator[int],
    executor: Executor,
    ahead: int,
    *,
    rows: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Packed]:
    """Play blocks on an executor and yield each as it is finished, in any order.

    Orders go out with the plan until the first block is back, then without; a worker that does not
    have it says so, and is sent it.

    Raises
    ------
    InvalidInput
        If the executor lost its workers.
    """
    text, known = plan.to_json(), False
    running: set[Future[Packed]] = set()

    def order(number: int, *, whole: bool) -> Order:
        return Order(identity=plan.identity, plan=text if whole else "", number=number, rows=rows)

    try:
        while True:
            while len(running) < ahead and not stop() and (number := next(numbers, -1)) >= 0:
                running.add(executor.submit(play_order, order(number, whole=not known)))
            if not running:
                return
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                packed = future.result()
                if packed.digest:
                    known = True
                    yield packed
                else:
                    again = order(packed.number, whole=True)
                    running.add(executor.submit(play_order, again))
    except BrokenExecutor as problem:
        raise InvalidInput(
            f"workers were lost: {problem}"[:300],
            where="executor",
            allowed="play again with a new one: what was finished is kept",
        ) from problem
    finally:
        for future in running:
            future.cancel()
