"""What came out of a run: the rows of every world, joined and digested."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.data.arguments import checked
from alliancesim.data.names import listed
from alliancesim.errors import InvalidInput
from alliancesim.outcomes.metrics import (
    ADVERSARY,
    FOCUS,
    LEVELS,
    METRICS,
    PAIR,
    WORLD,
    Level,
)

__all__ = ["Tally", "concatenate"]

_ROWS: dict[Level, np.dtype[np.void]] = {"world": WORLD, "focus": FOCUS, "adversary": ADVERSARY}


@attrs.frozen(kw_only=True, eq=False, slots=False, repr=False)
@checked
class Tally:
    """The outcomes of consecutive worlds, each played in every arm.

    Parameters
    ----------
    arms : tuple of str
        Names of the arms, in the order played.
    focus_states : tuple of str
        Ids of the states followed (the scenario's focus), in code order.
    states : tuple of str
        Ids of all states, in code order.
    seed : int
        Seed of the run, 0 to 2**64 - 1.
    first_world : int
        Number of the first world.
    worlds : int
        Number of worlds finished.
    worlds_per_draw : int
        Worlds that share one draw of the parameters.
    priors : bool
        Whether parameters were drawn from their priors; if not, all worlds share one set.
    world : structured array, shape (worlds, arms)
        Rows of type `WORLD`.
    focus : structured array, shape (worlds, arms, focus states)
        Rows of type `FOCUS`.
    adversary : structured array, shape (worlds, arms, focus states, states)
        Rows of type `ADVERSARY`.
    pair_sum, pair_square : structured array, shape (arms, states, states)
        Rows of type `PAIR`: totals over worlds of the counts of challenger (first) and target
        (second), and of their squares. Fractions are taken in steps of 2⁻²⁸ so that sums are exact
        (`alliancesim.rules.aftermath.in_steps`).
    durations : int array, shape (arms, months + 1)
        Number of wars that ended after so many months.
    draws : structured array, shape (draws,)
        What was drawn, a field each: parameters, figures that have a prior (``SMDA: depth``,
        ``AFG on PAK: rate_multiplier``), and the code of the reading of each unknown clause
        (``SMDA: provocation``), whose words `alliancesim.scenario.unknowns.scenario_clauses` gives.

    Raises
    ------
    InvalidInput
        If an array has another shape or row type, or holds a value that is not finite.
    """

    arms: tuple[str, ...]
    focus_states: tuple[str, ...]
    states: tuple[str, ...]
    seed: int
    first_world: int = 0
    worlds: int
    worlds_per_draw: int = 1
    priors: bool = True
    world: NDArray[np.void]
    focus: NDArray[np.void]
    adversary: NDArray[np.void]
    pair_sum: NDArray[np.void]
    pair_square: NDArray[np.void]
    durations: NDArray[np.int64]
    draws: NDArray[np.void]

    def __attrs_post_init__(self) -> None:
        """Refuse arrays that do not fit each other."""
        for level, dtype in _ROWS.items():
            _expect(level, self.rows(level), self.shape(level), dtype)
        pairs = (len(self.arms), len(self.states), len(self.states))
        _expect("pair_sum", self.pair_sum, pairs, PAIR)
        _expect("pair_square", self.pair_square, pairs, PAIR)

    def __repr__(self) -> str:
        return f"<Tally: {self.worlds:,} worlds of {', '.join(self.arms)}, seed {self.seed}>"

    def rows(self, level: Level) -> NDArray[np.void]:
        """Return the rows of a level: "world", "focus" or "adversary"."""
        rows: NDArray[np.void] = getattr(self, level)
        return rows

    def shape(self, level: Level) -> tuple[int, ...]:
        """Return the shape that the rows of a level must have."""
        sizes = {"arm": self.arms, "focus": self.focus_states, "adversary": self.states}
        return (self.worlds, *(len(sizes[dim]) for dim in LEVELS[level] if dim != "world"))

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """Names of the metrics recorded: all, but for those added since an older run was saved."""
        return tuple(
            name
            for name, metric in METRICS.items()
            if metric.field in names_of(self.rows(metric.level))
        )

    def values(self, metric: str, focus: str | None = None) -> NDArray[np.float64]:
        """Return one metric's values, shape (worlds, arms[, focus states[, states]]).

        Those of one focus state, if one is named, have no axis of focus states.
        """
        if metric not in self.metrics:
            raise InvalidInput(
                f"no metric {metric!r} in this run", where="metric", allowed=", ".join(self.metrics)
            )
        known = METRICS[metric]
        values: NDArray[np.float64] = self.rows(known.level)[known.field]
        if not focus:
            return values
        if known.level == "world" or focus not in self.focus_states:
            allowed = "none" if known.level == "world" else listed(self.focus_states)
            raise InvalidInput(f"{focus!r} for {metric}", where="focus", allowed=allowed)
        return values[:, :, self.focus_states.index(focus)]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the outcomes of every world, in hex.

        It covers the names of arms, focus states and states and the raw little-endian bytes of the
        rows and of the sums over worlds, and so is the same for any chunk size and threads.
        """
        sha = hashlib.sha256()
        for names in (self.arms, self.focus_states, self.states):
            sha.update(("\x1f".join(names) + "\x1e").encode())
        for level in _ROWS:
            rows = np.ascontiguousarray(self.rows(level))
            sha.update(rows.astype(rows.dtype.newbyteorder("<"), copy=False).tobytes())
        for name in _SUMS:
            sums = np.ascontiguousarray(getattr(self, name))
            sha.update(sums.astype(sums.dtype.newbyteorder("<"), copy=False).tobytes())
        return sha.hexdigest()

    def part(self, start: int, stop: int) -> dict[Level, NDArray[np.void]]:
        """Return the rows of worlds numbered from `start` up to, not including, `stop`."""
        chosen = slice(start - self.first_world, stop - self.first_world)
        return {level: self.rows(level)[chosen] for level in _ROWS}


def names_of(array: NDArray[np.void]) -> tuple[str, ...]:
    """Return the names of the fields of a structured array."""
    return array.dtype.names or ()


def _expect(
    name: str, array: NDArray[np.void], shape: tuple[int, ...], dtype: np.dtype[np.void]
) -> None:
    if array.shape != shape:
        raise InvalidInput(f"shape {array.shape}", where=f"tally: {name}", allowed=str(shape))
    fields = [field for field in dtype.names or () if field in names_of(array)]
    recorded = np.dtype([(field, np.float64) for field in fields])
    if array.dtype != recorded or not recorded.names:
        raise InvalidInput(
            f"rows of {array.dtype.names}", where=f"tally: {name}", allowed=str(dtype.names)
        )
    numbers = np.ascontiguousarray(array).view(np.float64)
    if not np.isfinite(numbers).all():
        raise InvalidInput("a value that is not finite", where=f"tally: {name}")


@checked
def concatenate(parts: Sequence[Tally]) -> Tally:
    """Join the tallies of consecutive worlds, in any order given, in the order of their worlds.

    Parameters
    ----------
    parts : sequence of Tally
        Chunks of one run, without a gap between them.

    Returns
    -------
    Tally

    Raises
    ------
    InvalidInput
        If there are none, if worlds are missing or played twice, or if the runs differ.
    """
    if not parts:
        raise InvalidInput("no parts", where="concatenate", allowed="one or more")
    ordered = sorted(parts, key=lambda part: part.first_world)
    first = ordered[0]
    following = first.first_world
    for part in ordered:
        _same_run(first, part)
        if part.first_world != following:
            raise InvalidInput(
                f"world {part.first_world} follows world {following - 1}",
                where="concatenate",
                allowed="consecutive worlds",
            )
        following += part.worlds
    total = {name: np.zeros_like(getattr(first, name)) for name in _SUMS}
    for part in ordered:
        add_sums(total, {name: getattr(part, name) for name in _SUMS})
    shared = [part.first_world % part.worlds_per_draw != 0 or not part.priors for part in ordered]
    joined: dict[str, Any] = {
        level: np.concatenate([part.rows(level) for part in ordered]) for level in _ROWS
    }
    return attrs.evolve(
        first,
        worlds=following - first.first_world,
        draws=join_draws([part.draws for part in ordered], shared),
        **total,
        **joined,
    )


def _same_run(first: Tally, other: Tally) -> None:
    for name in ("arms", "focus_states", "states", "seed", "worlds_per_draw", "priors"):
        if getattr(first, name) != getattr(other, name):
            raise InvalidInput(f"different {name}", where="concatenate", allowed="parts of one run")


_SUMS = ("pair_sum", "pair_square", "durations")


def add_sums(total: dict[str, Any], more: dict[str, Any]) -> None:
    """Add sums over some worlds to those over others, in place."""
    for name, array in more.items():
        for field in array.dtype.names or (...,):
            total[name][field] += array[field]


def join_draws(parts: Sequence[NDArray[np.void]], shared: Sequence[bool]) -> NDArray[np.void]:
    """Join the draws of parts that follow one another.

    Parameters
    ----------
    parts : sequence of structured array
        A row a draw.
    shared : sequence of bool
        Whether a part's first draw is the last one of the part before; it is kept once.
    """
    rest = zip(parts[1:], shared[1:], strict=True)
    return np.concatenate([parts[0], *(draws[1:] if twice else draws for draws, twice in rest)])
