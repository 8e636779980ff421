"""Several seats as an environment of PettingZoo, in which agents act one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gymnasium
import numpy as np
from numpy.typing import NDArray
from pettingzoo.utils.env import AECEnv

from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.data.names import known_name
from alliancesim.envs.features import FEATURES, LEVELS, action_mask, features, option_of
from alliancesim.envs.seat_env import MOST_WORLDS, TRIES, welfare_so_far
from alliancesim.errors import InvalidInput
from alliancesim.scenario import Scenario, load
from alliancesim.scenario.run_options import LARGEST_SEED
from alliancesim.seats import Game

__all__ = ["SeatsEnv"]


@checked
class SeatsEnv(AECEnv):  # type: ignore[misc,type-arg]
    """Several seats of one world; whoever has a decision acts.

    Parameters
    ----------
    scenario : Scenario or str
    arm : str
    states : sequence of str
        Ids of the states whose seats they are.
    seed, worlds_per_draw, beliefs
        As for `SeatEnv`.

    Attributes
    ----------
    game : Game
        The world under way.

    Raises
    ------
    InvalidInput
        If the arm or a state is unknown, or no state is given.

    Notes
    -----
    Observations, actions and rewards are those of `SeatEnv`, one of each for a state. Every step
    pays all states their welfare since the last. `observe` gives the zero vector to a state that
    has nothing to decide, so that nobody sees what another is asked. All end with the world.
    """

    metadata: dict[str, Any] = {  # noqa: RUF012 - as the base class has it
        "name": "alliancesim_seats_v0",
        "render_modes": ["ansi"],
        "is_parallelizable": False,
    }

    @checked
    def __init__(
        self,
        scenario: Scenario | str = "smda",
        arm: str = "three-member",
        states: Sequence[str] = ("PAK", "SAU", "TUR"),
        *,
        seed: int = 0,
        worlds_per_draw: int = 1,
        beliefs: bool = True,
    ) -> None:
        super().__init__()
        self.scenario: Scenario = scenario if isinstance(scenario, Scenario) else load(scenario)
        self.arm: str = self.scenario.arm(arm).name
        known = [each.id for each in self.scenario.states]
        self.possible_agents: list[str] = [
            known_name(s, known, what="state", where="states") for s in states
        ]
        if not states or len(set(states)) < len(states):
            raise InvalidInput("each state once", where="states", allowed=", ".join(known))
        self._numbers: dict[str, Any] = {
            "seed": seed,
            "worlds_per_draw": worlds_per_draw,
            "beliefs": beliefs,
        }
        box = gymnasium.spaces.Box(0.0, 1.0, (len(FEATURES),), np.float32)
        self.observation_spaces: dict[str, Any] = dict.fromkeys(self.possible_agents, box)
        self.action_spaces: dict[str, Any] = {
            name: gymnasium.spaces.Discrete(LEVELS) for name in self.possible_agents
        }
        self.render_mode: str | None = "ansi"
        self.game: Game | None = None
        self._rng = np.random.default_rng(seed)

    def observation_space(self, agent: str) -> Any:
        """Return the space of a state's observations."""
        self._check_agent(agent)
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> Any:
        """Return the space of a state's actions."""
        self._check_agent(agent)
        return self.action_spaces[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Open a world, and play up to the first decision of any seat.

        Parameters
        ----------
        seed : int, optional
            Of the draw of worlds.
        options : dict, optional
            ``world``, the number of the world to play; else it is drawn. Other options are for
            other environments, as PettingZoo has it, and have no effect.

        Raises
        ------
        InvalidInput
            If the seed is out of range, or no seat has anything to decide in that world.
        """
        if seed is not None:
            whole_number("seed", seed, 0, LARGEST_SEED)
            self._rng = np.random.default_rng(seed)
        world = (options or {}).get("world")
        for _ in range(TRIES if world is None else 1):
            number = int(self._rng.integers(MOST_WORLDS)) if world is None else world
            seats = tuple(self.possible_agents)
            self.game = Game(self.scenario, self.arm, seats, world=number, **self._numbers)
            if not self.game.over:
                break
        else:
            raise InvalidInput("nothing to decide", where="world", allowed="another world")
        self.agents: list[str] = list(self.possible_agents)
        self.rewards: dict[str, float] = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations: dict[str, bool] = dict.fromkeys(self.agents, False)
        self.truncations: dict[str, bool] = dict.fromkeys(self.agents, False)
        self._paid = dict.fromkeys(self.agents, 0.0)
        self._turn_to_whoever_decides()

    def observe(self, agent: str) -> NDArray[np.float32]:
        """Return what a state sees of its decision; zeros where it has none."""
        self._check_agent(agent)
        self._check_open()
        assert self.game is not None
        decision = self.game.decision
        if decision is None or decision.state != agent:
            return np.zeros(len(FEATURES), np.float32)
        return features(decision, self.scenario)

    def close(self) -> None:
        """Leave the world that is under way."""
        self.game = None

    def render(self) -> str:
        """Return in words what waits to be decided."""
        if self.game is None or self.game.decision is None:
            return "no world is under way"
        decision, seen = self.game.decision, self.game.decision.observation
        about = f"{seen.challenger} against {seen.target}" if seen.challenger else seen.treaty
        options = ", ".join(f"{each} {decision.words(each)}" for each in decision.options)
        return f"month {seen.month}: {decision.state}, {decision.kind} ({about}): {options}"

    def step(self, action: Any) -> None:
        """Decide for the state that is selected, and play up to the next decision.

        Raises
        ------
        InvalidInput
            If the action is none, or no world is under way.
        """
        self._check_open()
        if not self.agents:
            raise InvalidInput("the world is over", where="step", allowed="after `reset`")
        agent = self.agent_selection
        if self.terminations[agent]:
            if action is not None:
                raise InvalidInput("the world is over", where="action", allowed="None")
            self._was_dead_step(action)
            return
        assert self.game is not None
        assert self.game.decision is not None
        if not self.action_spaces[agent].contains(action):
            raise InvalidInput(f"no action {action!r}", where="action", allowed="0 to 5")
        self._cumulative_rewards[agent] = 0.0
        self.game.send(option_of(self.game.decision, action))
        for name in self.agents:
            total = welfare_so_far(self.game, name)
            self.rewards[name], self._paid[name] = total - self._paid[name], total
        self._turn_to_whoever_decides()
        self._accumulate_rewards()

    def _check_agent(self, agent: str) -> None:
        known_name(agent, self.possible_agents, what="seat", where="agent")

    def _check_open(self) -> None:
        if self.game is None:
            raise InvalidInput("no world is under way", where="step", allowed="after `reset`")

    def _turn_to_whoever_decides(self) -> None:
        assert self.game is not None
        decision = self.game.decision
        if decision is None:
            self.terminations = dict.fromkeys(self.agents, True)
            self.agent_selection: str = self.agents[0]
        else:
            self.agent_selection = decision.state
        world = self.game.model.world
        self.infos: dict[str, dict[str, Any]] = {
            name: {
                "action_mask": action_mask(
                    decision if decision is not None and decision.state == name else None
                ),
                "world": world,
            }
            for name in self.agents
        }
