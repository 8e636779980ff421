"""A game at a table: a world with seats that goes on month by month, and can be saved."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import attrs

from alliancesim.agents.ensemble import replay
from alliancesim.agents.wargame import Wargame
from alliancesim.data.arguments import checked
from alliancesim.data.names import known_name
from alliancesim.errors import InvalidInput
from alliancesim.room.record import Record
from alliancesim.scenario import Scenario, load
from alliancesim.seats import Debrief, Decision, Game, debrief

__all__ = ["Table"]


@checked
class Table:
    """A world with seats, one month at a time; what is recorded plays it again to the last bit.

    Parameters
    ----------
    record : Record
        Which world it is, who sits where, and what was chosen; it is played to where it stood.
    scenario : Scenario, optional
        Stands for the one that the record names, where that is not of the catalogue.

    Attributes
    ----------
    game : Game
    lock : threading.RLock
        Held while the world goes on or is read; one for each table.

    Raises
    ------
    InvalidInput
        If there is no such scenario, arm or state, or the record's choices do not fit the world.
    """

    @checked
    def __init__(self, record: Record, scenario: Scenario | None = None) -> None:
        self.start: Record = attrs.evolve(record, months=0, choices="")
        self.scenario: Scenario = load(record.scenario) if scenario is None else scenario
        self.lock: threading.RLock = threading.RLock()
        self.game: Game = Game(
            self.scenario,
            record.arm,
            record.seats,
            seed=record.seed,
            world=record.world,
            monthly=True,
        )
        self._beside: dict[str, Wargame] = {}
        self._debrief: Debrief | None = None
        self._play_again(record)

    def _play_again(self, record: Record) -> None:
        for option in map(int, record.choices):
            while self.game.decision is None and not self.game.over:
                self.game.advance()
            self.game.send(option)
        while self.month < record.months and self.game.decision is None and not self.game.over:
            self.game.advance()
        if self.month != record.months:
            raise InvalidInput(
                f"{record.months} months do not fit the choices, which lead to month {self.month}",
                where="months", allowed="a game as it was saved",
            )  # fmt: skip

    @property
    def month(self) -> int:
        """Months played."""
        return int(self.game.model.turn)

    @property
    def over(self) -> bool:
        """Whether the world is played to its end."""
        return self.game.over

    @property
    def decision(self) -> Decision | None:
        """The decision that waits."""
        return self.game.decision

    @property
    def record(self) -> Record:
        """What plays the game again to where it stands."""
        choices = "".join(str(move.chosen) for move in self.game.moves)
        return attrs.evolve(self.start, months=self.month, choices=choices)

    def step(self) -> None:
        """Play to the end of the month, or to a decision that comes before.

        Raises
        ------
        InvalidInput
            If a decision waits, or the world is over.
        """
        with self.lock:
            self.game.advance()

    def run(self) -> Iterator[int]:
        """Play month by month to the next decision or the end.

        Yields
        ------
        int
            Months played, after each month; the lock is free in between.

        Raises
        ------
        InvalidInput
            As `step`.
        """
        while True:
            self.step()
            yield self.month
            if self.game.decision is not None or self.over:
                return

    def decide(self, state: str, option: int) -> None:
        """Choose for a seat, and play on to the end of the month or the next decision.

        Raises
        ------
        InvalidInput
            If no decision of this seat waits, or the option is none of it.
        """
        with self.lock:
            waiting = self.game.decision
            if waiting is None or waiting.state != state:
                who = "no decision waits" if waiting is None else f"it is {waiting.state}'s turn"
                raise InvalidInput(who, where=state, allowed="the seat whose decision waits")
            self.game.send(option)

    def follow_model(self) -> None:
        """Decide as the model does for the seat that waits; do nothing where none does."""
        with self.lock:
            if self.game.decision is not None:
                self.game.send(self.game.decision.model_choice)

    def finish(self) -> Iterator[int]:
        """Play to the end, every seat as the model decides.

        Yields
        ------
        int
            Months played, after each stop; the lock is free in between.
        """
        while not self.over:
            with self.lock:
                if self.game.decision is not None:
                    self.follow_model()
                elif not self.over:
                    self.step()
            yield self.month

    def beside(self, arm: str) -> Wargame:
        """Return the same world in another arm, played by the model alone as far as this one.

        Parameters
        ----------
        arm : str
            The table's own arm shows the world as it goes without seats.

        Raises
        ------
        InvalidInput
            If there is no such arm.
        """
        known_name(arm, [each.name for each in self.scenario.arms], what="arm", where="arm")
        with self.lock:
            found = self._beside.get(arm)
            if found is None or found.turn > self.month:
                found = self._beside[arm] = Wargame(self.scenario, arm, **self.game.numbers)
            while found.turn < self.month:
                found.step()
            return found

    def others(self, worlds: int = 10) -> Iterator[Wargame]:
        """Play the next worlds of the same arm, by the model alone: how much is chance.

        Parameters
        ----------
        worlds : int

        Yields
        ------
        Wargame
            At its end.
        """
        numbers = self.game.numbers
        for world in range(numbers["world"] + 1, numbers["world"] + 1 + worlds):
            yield replay(self.scenario, arm=self.start.arm, **{**numbers, "world": world})

    def debrief(self) -> Debrief:
        """Return the world as played beside the world by the model alone.

        Raises
        ------
        InvalidInput
            If the world is not over.
        """
        with self.lock:
            if self._debrief is None:
                self._debrief = debrief(self.game)
            return self._debrief
