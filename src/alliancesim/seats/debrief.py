"""What a seat changed: its decisions against the model's, in one world and in many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from alliancesim.agents.ensemble import replay
from alliancesim.agents.wargame import Wargame
from alliancesim.data.arguments import checked
from alliancesim.data.names import known_name
from alliancesim.errors import InvalidInput
from alliancesim.scenario import RunOptions, Scenario, load
from alliancesim.seats.game import Game, Move, Policy, outcomes_of, play
from alliancesim.stats.paired import Design, Difference, difference

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Debrief", "Effect", "debrief", "effect", "tournament"]

SHOWN = (
    *("welfare", "benefits", "spending_share", "reputation", "loss_share"),
    *("wars_on", "wars_by", "wars_drawn_in", "calls", "answered_aid", "answered_force"),
    *("world_disputes", "world_wars"),
)
"""Outcomes that are shown by default."""


@attrs.frozen(eq=False)
class Debrief:
    """One world as it was played, beside the same world without seats.

    Attributes
    ----------
    game : Game
        At its end.
    without : Wargame
        The same world, with the same random draws, played by the model alone.
    """

    game: Game
    without: Wargame

    @property
    def deviations(self) -> tuple[Move, ...]:
        """Moves that are not the model's, in order."""
        return tuple(move for move in self.game.moves if move.deviates)

    @property
    def first(self) -> Move | None:
        """The move after which the worlds differ; None if all moves are the model's.

        Every move before it, and all that happened, is the same in both worlds.
        """
        return self.game.first_deviation

    @property
    def moves(self) -> DataFrame:
        """Every move: month, state, kind, pair, what was chosen, and what the model does there.

        ``probability`` is the model's chance to choose what was chosen.
        """
        import pandas as pd

        rows = [
            {
                "month": move.decision.observation.month,
                "state": move.decision.state,
                "kind": move.decision.kind,
                "challenger": move.decision.observation.challenger,
                "target": move.decision.observation.target,
                "chosen": move.decision.words(move.chosen),
                "model": move.decision.words(move.decision.model_choice),
                "probability": move.decision.probabilities[move.chosen],
                "deviates": move.deviates,
            }
            for move in self.game.moves
        ]
        return pd.DataFrame(rows)

    def outcomes(self, state: str) -> DataFrame:
        """Return what was counted in both worlds, and the difference.

        Parameters
        ----------
        state : str
            Id of a state; see `Game.outcomes` for what is counted.

        Returns
        -------
        pandas.DataFrame
            Columns ``played``, ``model`` and ``difference``, one row an outcome.
        """
        import pandas as pd

        played = pd.Series(self.game.outcomes(state))
        model = pd.Series(outcomes_of(self.without, state))
        return pd.DataFrame({"played": played, "model": model, "difference": played - model})

    def __str__(self) -> str:
        """Say how often the seats departed from the model, where first, and what came of it."""
        lines = [
            f"{len(self.game.moves)} decisions, {len(self.deviations)} not as the model decides."
        ]
        if self.first is not None:
            decision = self.first.decision
            seen = decision.observation
            about = f"{seen.challenger} against {seen.target}" if seen.challenger else seen.treaty
            lines.append(
                f"The worlds differ from month {seen.month}: {decision.state}, "
                f"{decision.kind} ({about}): {decision.words(self.first.chosen)}, where the model "
                f"says {decision.words(decision.model_choice)} "
                f"(chance {decision.probabilities[decision.model_choice]:.0%})."
            )
        for state in sorted(self.game.model.seats):
            table = self.outcomes(state).loc[list(SHOWN)]
            lines += [f"\n{state}", table.to_string(float_format=lambda value: f"{value:.3f}")]
        lines.append("\nOne world shows one course; `effect` plays many. Illustrative.")
        return "\n".join(lines)


@checked
def debrief(game: Game) -> Debrief:
    """Play the world of a game that is over without seats, and set both side by side.

    Parameters
    ----------
    game : Game

    Returns
    -------
    Debrief

    Raises
    ------
    InvalidInput
        If the game is not over.
    """
    if not game.over:
        raise InvalidInput("the world is not over", where="game", allowed="a game at its end")
    return Debrief(game, replay(game.model.board.scenario, arm=game.model.arm, **game.numbers))


@attrs.frozen(eq=False)
class Effect:
    """What policies change in the outcomes of a state, over many worlds.

    Attributes
    ----------
    state : str
        Whose outcomes they are.
    names : tuple of str
        Of the outcomes; see `Game.outcomes`.
    played, against : array of float, shape (worlds, outcomes)
        With the policies, and in the same worlds with those they are compared with.
    difference : Difference
        Paired, one for each outcome, with its intervals.
    """

    state: str
    names: tuple[str, ...]
    played: np.ndarray[Any, np.dtype[np.float64]]
    against: np.ndarray[Any, np.dtype[np.float64]]
    difference: Difference

    @property
    def table(self) -> DataFrame:
        """Means, their paired difference and its 95 % sampling interval, one row an outcome.

        An interval is NaN where nothing differs or the event is too rare; ``differing`` is the
        share of worlds in which the outcome differs at all.
        """
        import pandas as pd

        found = self.difference.sampling
        columns = {
            "played": self.played.mean(axis=0),
            "against": self.against.mean(axis=0),
            "difference": found.mean,
            "low": found.low,
            "high": found.high,
            "differing": self.difference.differing,
        }
        return pd.DataFrame(columns, index=pd.Index(self.names, name="outcome"))

    def __str__(self) -> str:
        """Return the outcomes that are shown by default."""
        shown = [name for name in SHOWN if name in self.names]
        return str(self.table.loc[shown].to_string(float_format=lambda value: f"{value:.4f}"))


@checked
def effect(
    scenario: Scenario | str,
    arm: str,
    policies: Mapping[str, Policy],
    *,
    state: str = "",
    against: Mapping[str, Policy] | None = None,
    worlds: int,
    seed: int = 0,
    first_world: int = 0,
    worlds_per_draw: int = 1,
    priors: bool = True,
    beliefs: bool = False,
) -> Effect:
    """Play the same worlds with policies and without, and say what differs and how sure it is.

    Parameters
    ----------
    scenario : Scenario or str
    arm : str
    policies : mapping of str to callable
        What decides for each seat.
    state : str
        Whose outcomes are compared; by default the first seat's.
    against : mapping of str to callable, optional
        Policies to compare with; by default the model in every seat.
    worlds : int
        2 or more. A world takes about a second for both.
    seed, first_world, priors
        As in `alliancesim.compare`.
    worlds_per_draw : int
        Worlds that share one draw of the parameters; 1 by default, because the interval rests on
        the draws and a world takes long.
    beliefs : bool
        Whether observations hold beliefs, which takes most of the time; for policies that use them.

    Returns
    -------
    Effect
        On common random numbers: both are played in the same worlds with the same draws.

    Raises
    ------
    InvalidInput
        As `play`; or if there are fewer than 2 worlds, or the state is unknown.
    """
    given = scenario if isinstance(scenario, Scenario) else load(scenario)
    options = RunOptions(
        worlds=worlds,
        seed=seed,
        first_world=first_world,
        worlds_per_draw=worlds_per_draw,
        priors=priors,
    )
    if worlds < 2:
        raise InvalidInput(f"{worlds} worlds have no interval", where="worlds", allowed="2 or more")
    who = state or next(iter(policies), "")
    known_name(who, [each.id for each in given.states], what="state", where="state")
    numbers = [
        {"seed": seed, "world": world, "worlds_per_draw": worlds_per_draw, "priors": priors}
        for world in range(options.first_world, options.first_world + options.worlds)
    ]
    ours = [_outcomes(given, arm, policies, who, each, beliefs) for each in numbers]
    theirs = [_outcomes(given, arm, against or {}, who, each, beliefs) for each in numbers]
    played, other = (np.array([list(each.values()) for each in rows]) for rows in (ours, theirs))
    design = Design(
        worlds=worlds, worlds_per_draw=worlds_per_draw, first_world=first_world, priors=priors
    )
    return Effect(who, tuple(ours[0]), played, other, difference(played, other, design))


def _outcomes(
    scenario: Scenario,
    arm: str,
    policies: Mapping[str, Policy],
    state: str,
    numbers: dict[str, Any],
    beliefs: bool,
) -> dict[str, float]:
    if policies:
        return play(scenario, arm, policies, **numbers, beliefs=beliefs).outcomes(state)
    return outcomes_of(replay(scenario, arm=arm, **numbers), state)


@checked
def tournament(
    scenario: Scenario | str,
    arm: str,
    state: str,
    policies: Mapping[str, Policy],
    *,
    worlds: int,
    outcomes: Sequence[str] = ("welfare", "wars_by", "wars_drawn_in", "reputation"),
    seed: int = 0,
) -> DataFrame:
    """Compare policies for one seat, each against the model in the same worlds.

    Parameters
    ----------
    scenario : Scenario or str
    arm : str
    state : str
        The seat.
    policies : mapping of str to callable
        By name, such as `POLICIES`.
    worlds : int
        2 or more.
    outcomes : sequence of str
        Names of outcomes; see `Game.outcomes`.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row a policy and outcome: means, the paired difference from the model and its 95 %
        sampling interval. Intervals are of each comparison by itself; of twenty, one is expected to
        leave out the truth.

    Raises
    ------
    InvalidInput
        As `effect`; or if an outcome is unknown.
    """
    import pandas as pd

    given = scenario if isinstance(scenario, Scenario) else load(scenario)
    rows = []
    for name, policy in policies.items():
        found = effect(given, arm, {state: policy}, worlds=worlds, seed=seed)
        for outcome in outcomes:
            known_name(outcome, found.names, what="outcome", where="outcomes")
        rows.append(found.table.loc[list(outcomes)].assign(policy=name).reset_index())
    return pd.concat(rows).set_index(["policy", "outcome"])
