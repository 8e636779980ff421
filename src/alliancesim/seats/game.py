"""A world with seats: it stops at each of their decisions, and goes on with what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from typing import Any

import attrs

from alliancesim.agents.choices import ANSWER_KINDS, Choice
from alliancesim.agents.wargame import Wargame
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.levels import Rung
from alliancesim.scenario import Scenario, load
from alliancesim.scenario.run_options import WORLDS_PER_DRAW
from alliancesim.seats.observation import Observation, Observer

__all__ = ["KINDS", "Decision", "Game", "Move", "Policy", "decisions", "play"]

KINDS = ("challenge", "resist", "refuse", "fight", *ANSWER_KINDS, "ratify", "leave")
"""Kinds of decision."""


@checked
@attrs.frozen(eq=False, kw_only=True)
class Decision:
    """A decision that waits for a seat.

    Attributes
    ----------
    state : str
        Who decides.
    kind : str
        One of `KINDS`; see the notes.
    options : tuple of int
        0 no and 1 yes; or levels of the ladder, 0 renege to 5 full belligerence.
    observation : Observation
        What the state may know.
    model_choice : int
        What the model does here. It follows from the random draw of this decision, which no state
        knows: for policies that follow the model, and for a debrief.
    probabilities : dict of int to float
        Of each option by the model, before its draw; they sum to one. They rest on the world's own
        reading of unknown clauses, which no state knows. Of an answer in war they take no account
        of what the state answered to the dispute before.
    world : int
        Number of the world.

    Notes
    -----
    - "challenge": whether to take an opportunity to challenge the target;
    - "answer": how to answer a dispute of others short of war, 0 to 3, or 4 where it sees deaths;
    - "resist", "refuse": as the target, whether to resist, and whether to refuse the demand;
    - "fight": as the challenger, whether to fight once refused, or else back down;
    - "war-answer", "back": how to answer a war, on the target's or the challenger's side, 0 to 5;
    - "ratify": whether to ratify an accession; one no ends it;
    - "leave": each year, whether to give notice to a treaty that the arm lets the state leave.
    """

    state: str
    kind: str
    options: tuple[int, ...]
    observation: Observation
    model_choice: int
    probabilities: Mapping[int, float]
    world: int = 0

    @property
    def is_answer(self) -> bool:
        """Whether the options are levels of the ladder."""
        return self.kind in ANSWER_KINDS

    def words(self, option: int) -> str:
        """Return an option in words."""
        if self.is_answer:
            return Rung(option).name.lower().replace("_", " ")
        return "yes" if option else "no"


@attrs.frozen(eq=False)
class Move:
    """A decision and what was chosen."""

    decision: Decision
    chosen: int

    @property
    def deviates(self) -> bool:
        """Whether the choice is not the model's."""
        return self.chosen != self.decision.model_choice


Policy = Callable[[Decision], int]
"""What decides for a seat: takes a decision and returns one of its options."""


@checked
class Game:
    """A world in which some states are seats.

    It is played up to the first decision when it is made. Where every seat follows the model, it is
    the engine's world to the last bit.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or what `load` takes.
    arm : str
        Name of the arm.
    seats : collection of str
        Ids of the states that are seats, one or more.
    seed, world : int
        Seed of the run, and number of the world in it.
    worlds_per_draw : int
        Worlds that share one draw of the parameters.
    priors : bool
        Whether parameters are drawn from their priors.
    beliefs : bool
        Whether observations hold ``beliefs`` and ``help``, which take most of the time of a game;
        without, only "visible" is among the beliefs.
    monthly : bool
        Whether the world also stops before its first month and after each; `advance` plays on.

    Attributes
    ----------
    model : Wargame
        The world itself, in which everything can be seen: not for a policy.
    decision : Decision or None
        The one that waits; None once the world is over, and between months.
    moves : list of Move
        Decisions made, in order.
    numbers : dict
        Which world it is: ``seed``, ``world``, ``worlds_per_draw`` and ``priors``.

    Raises
    ------
    InvalidInput
        If the arm or a seat is unknown, no seat is taken, or a number is out of range.
    """

    @checked
    def __init__(
        self,
        scenario: Scenario | str,
        arm: str,
        seats: Collection[str],
        *,
        seed: int = 0,
        world: int = 0,
        worlds_per_draw: int = WORLDS_PER_DRAW,
        priors: bool = True,
        beliefs: bool = True,
        monthly: bool = False,
    ) -> None:
        given = scenario if isinstance(scenario, Scenario) else load(scenario)
        if isinstance(seats, str) or not len(seats):
            raise InvalidInput("no seat", where="seats", allowed="a list of ids of states")
        self.model: Wargame = Wargame(
            given,
            arm,
            seed=seed,
            world=world,
            worlds_per_draw=worlds_per_draw,
            priors=priors,
            seats=seats,
        )
        self.numbers: dict[str, Any] = {
            "seed": seed,
            "world": world,
            "worlds_per_draw": worlds_per_draw,
            "priors": priors,
        }
        self.moves: list[Move] = []
        self.decision: Decision | None = None
        self._observer = Observer(self.model, beliefs=beliefs)
        self._monthly = monthly
        self._run = self._play()
        self._go_on(None)

    @property
    def over(self) -> bool:
        """Whether the world is played to its end."""
        return self.decision is None and self.model.turn >= self.model.board.horizon

    def send(self, option: int) -> Decision | None:
        """Choose an option of the decision that waits, and play up to the next.

        Parameters
        ----------
        option : int

        Returns
        -------
        Decision or None
            The next decision of any seat; None where the world is over.

        Raises
        ------
        InvalidInput
            If the option is none of the decision's, or the world is over.
        """
        if self.decision is None:
            allowed = "nothing more" if self.over else "`advance`"
            problem = "the world is over" if self.over else "no decision waits"
            raise InvalidInput(problem, where="option", allowed=allowed)
        if option not in self.decision.options:
            raise InvalidInput(
                f"{option} is no option of this decision ({self.decision.kind})",
                where="option",
                allowed=", ".join(map(str, self.decision.options)),
            )
        self.moves.append(Move(self.decision, option))
        self._go_on(option)
        return self.decision

    def advance(self) -> Decision | None:
        """Play to the end of the month, or to a decision that comes before; of a monthly game.

        Returns
        -------
        Decision or None
            The decision that waits; None at the end of a month.

        Raises
        ------
        InvalidInput
            If a decision waits already, or the world is over.
        """
        if self.decision is not None:
            raise InvalidInput(
                f"a decision of {self.decision.state} waits", where="advance", allowed="`send`"
            )
        if self.over:
            raise InvalidInput("the world is over", where="advance", allowed="nothing more")
        self._go_on(None)
        return self.decision

    def _go_on(self, option: int | None) -> None:
        try:
            choice: Choice | None = self._run.send(option)
        except StopIteration:
            choice = None
        if choice is None:
            self.decision = None
            return
        self.decision = Decision(
            state=choice.by.id,
            kind=choice.kind,
            options=choice.options,
            observation=self._observer.observe(choice),
            model_choice=choice.model_choice,
            probabilities=choice.probabilities,
            world=self.model.world,
        )

    def _play(self) -> Generator[Choice | None, int | None, None]:
        if self._monthly:
            yield None
        while self.model.turn < self.model.board.horizon:
            yield from self.model.moves()  # type: ignore[misc]
            if self._monthly:
                yield None

    @property
    def first_deviation(self) -> Move | None:
        """The first move that is not the model's; None if there is none."""
        return next((move for move in self.moves if move.deviates), None)

    def outcomes(self, state: str) -> dict[str, float]:
        """Return what is counted of a state and of the world; the game must be over.

        Parameters
        ----------
        state : str
            Id of any state.

        Returns
        -------
        dict of str to float
            Metrics of the state by their names in `alliancesim.outcomes.metrics.FOCUS`, and of the
            world by those in ``WORLD`` with ``world_`` before them. Left out are expected counts:
            they add up the model's probabilities, which a seat does not follow.

        Raises
        ------
        InvalidInput
            If the world is not over, or the state is unknown.
        """
        if not self.over:
            raise InvalidInput(
                "the world is not over", where="outcomes", allowed="a game at its end"
            )
        return outcomes_of(self.model, state)


def outcomes_of(model: Wargame, state: str) -> dict[str, float]:
    """Return what is counted of a state and of a world that is over; see `Game.outcomes`."""
    world, closed = model.outcome_rows()
    if state not in closed:
        raise InvalidInput(f"no state {state!r}", where="state", allowed=", ".join(closed))
    rows = {**closed[state], **{f"world_{name}": value for name, value in world.items()}}
    return {name: float(value) for name, value in rows.items() if "_expected" not in name}


@checked
def decisions(
    scenario: Scenario | str, arm: str, seats: Collection[str], **numbers: Any
) -> Generator[Decision, int, Game]:
    """Play a world as a generator of decisions: send an option, get the next decision.

    Parameters
    ----------
    scenario, arm, seats
        As for `Game`.
    **numbers
        ``seed``, ``world``, ``worlds_per_draw``, ``priors`` and ``beliefs``, as for `Game`.

    Yields
    ------
    Decision

    Returns
    -------
    Game
        At its end, as the value of the ``StopIteration``.
    """
    return _decisions(Game(scenario, arm, seats, **numbers))


def _decisions(game: Game) -> Generator[Decision, int, Game]:
    while game.decision is not None:
        game.send((yield game.decision))
    return game


@checked
def play(
    scenario: Scenario | str, arm: str, policies: Mapping[str, Policy], **numbers: Any
) -> Game:
    """Play a world to its end with policies in some seats.

    Parameters
    ----------
    scenario : Scenario or str
    arm : str
    policies : mapping of str to callable
        What decides for each seat, by the state's id.
    **numbers
        ``seed``, ``world``, ``worlds_per_draw``, ``priors`` and ``beliefs``, as for `Game`.

    Returns
    -------
    Game
        At its end.

    Raises
    ------
    InvalidInput
        As `Game`; or if a policy returns what is no option.
    """
    for state, policy in policies.items():
        if not callable(policy):
            raise InvalidInput(
                f"the policy of {state} cannot be called",
                where="policies",
                allowed="functions that take a decision and return an option",
            )
    game = Game(scenario, arm, tuple(policies), **numbers)
    while game.decision is not None:
        game.send(policies[game.decision.state](game.decision))
    return game
