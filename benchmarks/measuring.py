"""How a call is timed: in turn with the others, over and over, in seconds and in CPU seconds."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from time import perf_counter, process_time
from typing import Any

import attrs

__all__ = ["Spent", "interleave", "spent"]


@attrs.frozen
class Spent:
    """What a call took, measured several times.

    Parameters
    ----------
    seconds, cpu_seconds : tuple of float
        Elapsed time and processor time of this process, a measurement each.
    """

    seconds: tuple[float, ...]
    cpu_seconds: tuple[float, ...]

    @property
    def wall(self) -> float:
        """Median of the elapsed time."""
        return statistics.median(self.seconds)

    @property
    def cpu(self) -> float:
        """Median of the processor time."""
        return statistics.median(self.cpu_seconds)

    @property
    def processors(self) -> float:
        """How many processors it had: fewer than its threads where other work took them."""
        return statistics.median(c / s for c, s in zip(self.cpu_seconds, self.seconds, strict=True))


def spent(call: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds and the CPU seconds of one call."""
    wall, cpu = perf_counter(), process_time()
    call()
    return perf_counter() - wall, process_time() - cpu


def interleave(calls: Mapping[str, Callable[[], Any]], repeats: int) -> dict[str, Spent]:
    """Time calls in turn, over and over, so that none has the quiet minute to itself."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for _ in range(repeats):
        for name, call in calls.items():
            seen[name].append(spent(call))
    return {name: Spent(*zip(*each, strict=True)) for name, each in seen.items()}
