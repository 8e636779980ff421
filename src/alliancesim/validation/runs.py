"""What the patterns are measured on: worlds played in batches, and summed batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.data.checks import as_plain, integer
from alliancesim.engine.play import play
from alliancesim.outcomes import Tally
from alliancesim.scenario import Scenario, load
from alliancesim.scenario.run_options import LARGEST_SEED, MOST_WORLDS
from alliancesim.stats.paired import Design
from alliancesim.validation._replays import Replays, replayed
from alliancesim.validation.generic import generic, provoking

__all__ = ["BATCHES", "CLIENTS", "LONGER", "NUCLEAR", "Plays", "Run", "World"]

BATCHES = 12
"""Batches that a run is played in, at most; as many maps of the generic world."""
NUCLEAR = ("CHN", "IND", "ISR", "PAK", "USA")
"""States of the SMDA world with warheads."""
CLIENTS = ("GRC", "SAU", "TUR")
"""States of the SMDA world under a belief in another's deterrent."""
REPLAYED = 8
"""One world in so many is replayed by agents, for what the engine's rows do not keep."""
LONGER = 4
"""How many times as many worlds of the SMDA world tell how allies answer."""
PROVOCATEUR_FACTOR = 3.0
"""How many times as often the provoking member begins disputes, where one is looked at."""

World = str
Sums = NDArray[np.void]


@attrs.frozen(eq=False, slots=False)
class Run:
    """Totals of every batch of a run.

    Attributes
    ----------
    scenarios : tuple of Scenario
        What each batch played.
    size : tuple of int
        Worlds in each batch.
    world : structured array, shape (batches, arms)
    focus : structured array, shape (batches, arms, focus states)
    adversary : structured array, shape (batches, arms, focus states, states)
    pairs : structured array, shape (batches, arms, states, states)
        Challenger first.
    durations : array of int, shape (batches, arms, months + 1)
    focus_states : tuple of tuple of str
        Whom the rows of focus states are, for each batch.
    states : tuple of str
    """

    scenarios: tuple[Scenario, ...]
    size: tuple[int, ...]
    world: Sums
    focus: Sums
    adversary: Sums
    pairs: Sums
    durations: NDArray[np.int64]
    focus_states: tuple[tuple[str, ...], ...]
    states: tuple[str, ...]

    @property
    def design(self) -> Design:
        """Batches as the independent units of an interval."""
        return Design(worlds=len(self.size))

    def total(self, field: str, arm: int = 0) -> NDArray[np.float64]:
        """Return a count of worlds, summed for each batch."""
        total: NDArray[np.float64] = self.world[field][:, arm]
        return total

    @cached_property
    def pair_classes(self) -> NDArray[np.str_]:
        """Class of each pair of states, shape (batches, states, states); empty on the diagonal."""
        row = {name: i for i, name in enumerate(self.states)}
        classes = np.zeros((len(self.scenarios), len(row), len(row)), "U9")
        for batch, scenario in enumerate(self.scenarios):
            for pair in scenario.pairs:
                i, j = row[pair.a], row[pair.b]
                classes[batch, i, j] = classes[batch, j, i] = pair.dispute_class
        return classes

    @cached_property
    def touching(self) -> NDArray[np.bool_]:
        """Whether two states share a land border, shape (batches, states, states)."""
        row = {name: i for i, name in enumerate(self.states)}
        touching = np.zeros((len(self.scenarios), len(row), len(row)), np.bool_)
        for batch, scenario in enumerate(self.scenarios):
            for pair in scenario.pairs:
                i, j = row[pair.a], row[pair.b]
                touching[batch, i, j] = touching[batch, j, i] = pair.land_contiguous
        return touching

    @property
    def years(self) -> NDArray[np.float64]:
        """Years played in each batch, over all its worlds."""
        months = [scenario.horizon_months for scenario in self.scenarios]
        years: NDArray[np.float64] = np.array(self.size) * np.array(months) / 12.0
        return years


def _sums(tally: Tally) -> dict[str, Any]:
    """Sum a batch over its worlds, field by field."""
    sums: dict[str, Any] = {"pairs": tally.pair_sum, "durations": tally.durations}
    for level in ("world", "focus", "adversary"):
        rows = getattr(tally, level)
        sums[level] = np.zeros(rows.shape[1:], rows.dtype)
        for field in rows.dtype.names:
            sums[level][field] = rows[field].sum(axis=0)
    return sums


@attrs.frozen(eq=False, slots=False)
class Plays:
    """The runs that patterns ask for, each played when it is first asked for.

    Parameters
    ----------
    worlds : int
        Worlds of each run, at least 4.
    seed : int
        0 to 2**64 - 1.
    preset : str
        Preset of the parameters, unless a pattern asks for another.
    change : callable, optional
        Applied to every scenario before it is played: a way to break it on purpose.
    longer : int
        How many times as many worlds of the SMDA world tell how allies answer: a decade of it
        calls one that owes defence but once in ten, so that `worlds` hold too few calls.
    """

    worlds: int = attrs.field(converter=as_plain, validator=integer(4, MOST_WORLDS))
    seed: int = attrs.field(converter=as_plain, validator=integer(0, LARGEST_SEED))
    preset: str
    change: Callable[[Scenario], Scenario] = lambda scenario: scenario
    longer: int = LONGER
    _kept: dict[str, Run] = attrs.field(factory=dict, init=False)
    _replayed: dict[World, Replays] = attrs.field(factory=dict, init=False)

    def reference(self, world: World, preset: str | None = None) -> Run:
        """Return the reference arm of the generic or the SMDA world under a preset."""
        preset = preset or self.preset
        return self._once(f"{world}, {preset}", _MADE[world], preset)

    def answers(self, world: World, preset: str | None = None) -> Run:
        """Return the reference arm, in the SMDA world played over more worlds."""
        preset = preset or self.preset
        if world == "generic" or self.longer == 1:
            return self.reference(world, preset)
        return self._once(f"answers, {preset}", _smda, preset, worlds=self.longer * self.worlds)

    def pacts(self) -> Run:
        """Return the generic world's three arms: reference, conditional, unconditional pact."""
        return self._once("pacts", generic, self.preset, arms=None)

    def provoked(self) -> Run:
        """Return the reference and unconditional arms with a member that provokes."""
        return self._once(
            "provoked", _with_provocateur, self.preset, ("reference", "unconditional")
        )

    def riding(self, publicness: float) -> Run:
        """Return the generic world's reference and unconditional arms at one publicness."""
        return self._once(
            f"publicness {publicness:g}",
            lambda number: generic(number).fixing(publicness=publicness),
            self.preset,
            ("reference", "unconditional"),
        )

    def unarmed(self) -> Run:
        """Return the SMDA world's reference arm without warheads."""
        return self._once("unarmed", _without_warheads, self.preset)

    def uncovered(self) -> Run:
        """Return the SMDA world's reference arm without belief in a patron's deterrent."""
        return self._once("uncovered", _without_umbrellas, self.preset)

    def replays(self, world: World) -> Replays:
        """Return one world in `REPLAYED` of the reference arm, replayed by agents."""
        if world not in self._replayed:
            count = max(BATCHES, self.worlds // REPLAYED)
            batches = [_MADE[world](batch).with_preset(self.preset) for batch in range(BATCHES)]
            scenarios = [self.change(scenario) for scenario in batches]
            self._replayed[world] = replayed(scenarios, count, self.seed)
        return self._replayed[world]

    def _once(
        self,
        name: str,
        made: Callable[[int], Scenario],
        preset: str,
        arms: Sequence[str] | None = (),
        worlds: int | None = None,
    ) -> Run:
        if name not in self._kept:
            self._kept[name] = self._played(made, preset, arms, worlds or self.worlds)
        return self._kept[name]

    def _played(
        self,
        made: Callable[[int], Scenario],
        preset: str,
        arms: Sequence[str] | None,
        worlds: int,
    ) -> Run:
        """Play a run; an empty choice of arms stands for the reference arm."""
        starts = np.linspace(0, worlds, min(BATCHES, worlds // 2) + 1).astype(int)
        scenarios, tallies = [], []
        for batch, start in enumerate(starts[:-1]):
            scenario = self.change(made(batch).with_preset(preset))
            size = int(starts[batch + 1] - start)
            tallies.append(
                play(
                    scenario,
                    [scenario.reference] if arms == () else arms,
                    worlds=size,
                    seed=self.seed,
                    first_world=int(start),
                    chunk=max(1, -(-size // 4)),
                )
            )
            scenarios.append(scenario)
        sums = [_sums(tally) for tally in tallies]
        return Run(
            scenarios=tuple(scenarios),
            size=tuple(tally.worlds for tally in tallies),
            focus_states=tuple(tally.focus_states for tally in tallies),
            states=tallies[0].states,
            **{name: np.stack([each[name] for each in sums]) for name in sums[0]},
        )


def _smda(_: int) -> Scenario:
    return _smda_followed()


@cache
def _smda_followed() -> Scenario:
    return attrs.evolve(load("smda"), focus=tuple(sorted({*NUCLEAR, *CLIENTS})))


def _with_provocateur(number: int) -> Scenario:
    scenario = generic(number)
    return provoking(scenario, scenario.focus[0], PROVOCATEUR_FACTOR)


def _without_warheads(number: int) -> Scenario:
    scenario = _smda(number)
    none = {
        state.id: attrs.evolve(state.nuclear_warheads, value=0.0, prior=None)
        for state in scenario.states
    }
    states = tuple(
        attrs.evolve(state, nuclear_warheads=none[state.id]) for state in scenario.states
    )
    return attrs.evolve(scenario, states=states)


def _without_umbrellas(number: int) -> Scenario:
    return attrs.evolve(_smda(number), umbrellas=())


_MADE: dict[World, Callable[[int], Scenario]] = {
    "generic": generic,
    "smda": _smda,
}
