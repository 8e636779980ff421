"""One seat as an environment of Gymnasium."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gymnasium
import numpy as np
from numpy.typing import NDArray

from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.data.names import known_name
from alliancesim.envs.features import FEATURES, LEVELS, action_mask, features, option_of
from alliancesim.errors import InvalidInput
from alliancesim.scenario import Scenario, load
from alliancesim.scenario.run_options import LARGEST_SEED
from alliancesim.seats import Game, Policy

__all__ = ["SeatEnv"]

Numbers = NDArray[np.float32]
MOST_WORLDS = 2**31
TRIES = 100


@checked
class SeatEnv(gymnasium.Env):  # type: ignore[misc,type-arg]
    """One seat: an episode is a world, a step is a decision of the state.

    Parameters
    ----------
    scenario : Scenario or str
    arm : str
        Name of the arm.
    state : str
        Id of the state whose seat it is.
    seed : int
        Seed of the run; a world is drawn at each `reset`.
    worlds_per_draw : int
        Worlds that share one draw of the parameters; 1 by default, for independent episodes.
    beliefs : bool
        Whether observations hold beliefs (``win``, ``nuclear``, ``cover``, ``cost``), which take
        most of the time; without, these features are 0.
    others : mapping of str to callable, optional
        Policies of other seats; other states follow the model.

    Attributes
    ----------
    game : Game
        The world under way.

    Raises
    ------
    InvalidInput
        If the arm or a state is unknown.

    Notes
    -----
    An observation is the vector of `alliancesim.envs.FEATURES`, all in [0, 1]. An action is a level
    of the ladder, 0 to 5, or 0 and 1 for no and yes; ``info["action_mask"]`` says which are
    options, and one above the last option counts as the last. ``info`` holds besides the
    ``observation`` in full, the ``kind`` of decision and the number of the ``world``.

    The reward of a step is the state's welfare since the last decision, as a share of the horizon;
    over an episode rewards add up to the outcome ``welfare``; what it is made of is on the page of
    metrics. It leaves out what the model does not count: lives and displacement, the welfare of
    others, what comes after the horizon, legitimacy, and the good of keeping one's word, except as
    reputation moves others to help.

    ``reset(options={"world": n})`` plays world ``n``.
    """

    metadata: dict[str, Any] = {"render_modes": []}  # noqa: RUF012 - as the base class has it

    @checked
    def __init__(
        self,
        scenario: Scenario | str = "smda",
        arm: str = "three-member",
        state: str = "PAK",
        *,
        seed: int = 0,
        worlds_per_draw: int = 1,
        beliefs: bool = True,
        others: Mapping[str, Policy] | None = None,
    ) -> None:
        self.scenario: Scenario = scenario if isinstance(scenario, Scenario) else load(scenario)
        self.arm: str = self.scenario.arm(arm).name
        known = [each.id for each in self.scenario.states]
        self.state: str = known_name(state, known, what="state", where="state")
        self.others: dict[str, Policy] = dict(others or {})
        for name in self.others:
            known_name(name, known, what="state", where="others")
        if state in self.others:
            raise InvalidInput("two policies in one seat", where="others", allowed="other states")
        self._numbers: dict[str, Any] = {
            "seed": seed,
            "worlds_per_draw": worlds_per_draw,
            "beliefs": beliefs,
        }
        self.observation_space: Any = gymnasium.spaces.Box(0.0, 1.0, (len(FEATURES),), np.float32)
        self.action_space: Any = gymnasium.spaces.Discrete(LEVELS)
        self.render_mode: str | None = None
        self.game: Game | None = None

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Numbers, dict[str, Any]]:
        """Open a world, and play up to the seat's first decision.

        Parameters
        ----------
        seed : int, optional
            Of the draw of worlds, as Gymnasium has it; 0 to 2**64 - 1.
        options : dict, optional
            ``world``, the number of the world to play; else it is drawn.

        Raises
        ------
        InvalidInput
            If the seed is out of range, the options hold anything else, or the state has nothing to
            decide in that world.
        """
        if seed is not None:
            whole_number("seed", seed, 0, LARGEST_SEED)
        super().reset(seed=seed)
        given = dict(options or {})
        world = given.pop("world", None)
        if given:
            raise InvalidInput(f"unknown: {', '.join(given)}", where="options", allowed="world")
        for _ in range(TRIES if world is None else 1):
            number = int(self.np_random.integers(MOST_WORLDS)) if world is None else world
            self.game = Game(
                self.scenario, self.arm, (self.state, *self.others), world=number, **self._numbers
            )
            self._paid = 0.0
            self._let_others_decide()
            if not self.game.over:
                return self._seen(), self._info()
        raise InvalidInput(
            f"{self.state} has nothing to decide", where="world", allowed="another world or state"
        )

    def step(self, action: Any) -> tuple[Numbers, float, bool, bool, dict[str, Any]]:
        """Decide, and play up to the seat's next decision.

        Parameters
        ----------
        action : int
            0 to 5.

        Raises
        ------
        InvalidInput
            If the action is none, or no world is under way.
        """
        if self.game is None or self.game.decision is None:
            raise InvalidInput("no world is under way", where="step", allowed="after `reset`")
        if not self.action_space.contains(action):
            raise InvalidInput(f"no action {action!r}", where="action", allowed="0 to 5")
        self.game.send(option_of(self.game.decision, action))
        self._let_others_decide()
        total = welfare_so_far(self.game, self.state)
        reward, self._paid = total - self._paid, total
        return self._seen(), reward, self.game.over, False, self._info()

    def _let_others_decide(self) -> None:
        assert self.game is not None
        while (decision := self.game.decision) is not None and decision.state in self.others:
            self.game.send(self.others[decision.state](decision))

    def _seen(self) -> Numbers:
        assert self.game is not None
        if self.game.decision is None:
            return np.zeros(len(FEATURES), np.float32)
        return features(self.game.decision, self.scenario)

    def _info(self) -> dict[str, Any]:
        assert self.game is not None
        decision = self.game.decision
        return {
            "action_mask": action_mask(decision),
            "world": self.game.model.world,
            "kind": decision.kind if decision else "",
            "observation": decision.observation if decision else None,
        }


def welfare_so_far(game: Game, state: str) -> float:
    """Return a state's welfare up to now, as a share of the horizon; at the end the outcome."""
    return float(game.model.state(state).now.welfare_sum / game.model.board.horizon)
