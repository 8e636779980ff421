"""Worlds played by agents: one to its end, or many with the engine's statistics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from alliancesim.agents.wargame import Wargame
from alliancesim.arrays.board import board
from alliancesim.data.arguments import checked
from alliancesim.engine.play import stretches
from alliancesim.outcomes import Tally, concatenate
from alliancesim.outcomes.metrics import ADVERSARY, FOCUS, PAIR, WORLD
from alliancesim.rules.aftermath import in_steps
from alliancesim.scenario import RunOptions, Scenario, load
from alliancesim.scenario.run_options import WORLDS_PER_DRAW

__all__ = ["play", "replay"]


@checked
def replay(
    scenario: Scenario | str,
    *,
    arm: str,
    seed: int = 0,
    world: int = 0,
    worlds_per_draw: int = WORLDS_PER_DRAW,
    priors: bool = True,
    model: type[Wargame] = Wargame,
) -> Wargame:
    """Play one world of one arm to its end, and return it.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or what `load` takes.
    arm : str
        Name of the arm.
    seed, world : int
        Seed of the run, and number of the world in it.
    worlds_per_draw : int
        Worlds that share one draw of the parameters.
    priors : bool
        Whether parameters are drawn from their priors.
    model : type
        `Wargame`, or a class of its kind.

    Returns
    -------
    Wargame
        With its ``events``, its ``states`` and its ``datacollector``.

    Raises
    ------
    InvalidInput
        If the arm is unknown or a number is out of range.
    """
    given = scenario if isinstance(scenario, Scenario) else load(scenario)
    game = model(given, arm, seed=seed, world=world, worlds_per_draw=worlds_per_draw, priors=priors)
    return _to_the_end(game)


def _to_the_end(game: Wargame, *, noting: bool = True) -> Wargame:
    game.noting = noting
    while game.turn < game.board.horizon:
        game.step()
    return game


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
    model: type[Wargame] = Wargame,
    progress: Callable[[int], object] | None = None,
) -> Tally:
    """Play many worlds with agents; see `alliancesim.engine.play.play`, which is far faster.

    Parameters
    ----------
    model : type
        `Wargame`, or a class of its kind.
    scenario, arms, worlds, seed, first_world, worlds_per_draw, priors, progress
        As for the engine.

    Returns
    -------
    Tally
        Unchanged agents give the engine's, to the last bit.
    """
    options = RunOptions(
        worlds=worlds,
        seed=seed,
        first_world=first_world,
        worlds_per_draw=worlds_per_draw,
        priors=priors,
    )
    compiled = board(scenario)
    names = [compiled.arms[row] for row in compiled.arm_rows(arms)]
    parts: list[Tally] = []
    try:
        for world in range(options.first_world, options.first_world + options.worlds):
            games = [
                _to_the_end(
                    model(
                        scenario,
                        name,
                        seed=options.seed,
                        world=world,
                        worlds_per_draw=options.worlds_per_draw,
                        priors=options.priors,
                        compiled=compiled,
                    ),
                    noting=False,
                )
                for name in names
            ]
            parts.append(_tally(games, options))
            if progress is not None:
                progress(1)
    except KeyboardInterrupt:
        if not parts:
            raise
    return concatenate(parts)


def _tally(games: list[Wargame], options: RunOptions) -> Tally:
    first = games[0]
    states, focus = first.board.states, first.board.focus_states
    out: dict[str, Any] = {
        "world": np.zeros((1, len(games)), WORLD),
        "focus": np.zeros((1, len(games), len(focus)), FOCUS),
        "adversary": np.zeros((1, len(games), len(focus), len(states)), ADVERSARY),
        "pair_sum": np.zeros((len(games), len(states), len(states)), PAIR),
        "pair_square": np.zeros((len(games), len(states), len(states)), PAIR),
    }
    for a, game in enumerate(games):
        world, closed = game.outcome_rows()
        out["world"][0, a] = tuple(world.values())
        for m, state in enumerate(focus):
            out["focus"][0, a, m] = tuple(closed[state].values())
            for k, other in enumerate(states):
                out["adversary"][0, a, m, k] = tuple(
                    vars(game.pair_counters[other, state]).values()
                )
        for i, challenger in enumerate(states):
            for j, target in enumerate(states):
                row = tuple(vars(game.pair_counters[challenger, target]).values())
                out["pair_sum"][a, i, j] = tuple(in_steps(value) for value in row)
                out["pair_square"][a, i, j] = tuple(in_steps(value * value) for value in row)
    _, count = stretches(first.world, 1, options.worlds_per_draw)
    return Tally(
        arms=tuple(game.arm for game in games),
        focus_states=focus,
        states=states,
        seed=first.world_seed,
        first_world=first.world,
        worlds=1,
        worlds_per_draw=options.worlds_per_draw,
        priors=options.priors,
        durations=np.array([game.durations for game in games]),
        draws=first.drawn[:count],
        **out,
    )
