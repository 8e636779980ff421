"""Worlds replayed by agents, for what the engine's rows do not keep: fights decided, and calls.

At every opportunity each ally that would owe defence is asked what it would do if it came to war:
by chance (its propensity), and by the random draw it would have. Asking moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim import chance
from alliancesim.agents import Wargame
from alliancesim.arrays.board import board
from alliancesim.chance import normal_quantile
from alliancesim.levels import Gate, Level
from alliancesim.rules.response import LIMITED_FORCE
from alliancesim.scenario import Scenario
from alliancesim.validation.oracles import closed_forms

__all__ = ["CHANCES", "Call", "Replays", "Watched", "replayed"]

Floats = NDArray[np.float64]

CHANCES = ("opportunities", "propensity", "invoked", "invoked_propensity", "invoked_honoured")
"""What is summed over the opportunities at which an ally would owe defence.

Their number; propensities to fight; chances that it comes to war, so that the ally is called; the
same times the propensity; and the same where the ally's random draw has it fight.
"""


@attrs.frozen
class Call:
    """What an ally that would owe defence would do if an opportunity became war.

    Parameters
    ----------
    turn : int
    challenger, target, ally : str
    treaties : tuple of str
        Under which the defence is owed, by id.
    utility : float
        Of helping, once it is war.
    honours : bool
        Whether it fights, by the random draw that the opportunity has.
    war : float
        Chance that it comes to war.
    """

    turn: int
    challenger: str
    target: str
    ally: str
    treaties: tuple[str, ...]
    utility: float
    honours: bool
    war: float


class Watched(Wargame):
    """A world that writes down, at each opportunity, every call that might come of it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.calls: list[Call] = []

    def watches(self, dispute: Any, outlook: Any, war: float) -> None:
        """Write down what those that owe defence would do."""
        shared = self.theta.shock_sd * normal_quantile(self.draw(dispute, chance.SHOCK))
        c, t = dispute.challenger.id, dispute.target.id
        for offer in (each for each in outlook.offers if each.level == Level.DEFEND):
            ally = offer.agent
            shock = self.shock_on(dispute, chance.SHOCK, ally, shared)
            level = ally.answers(offer, shock, self.draw(dispute, chance.ANSWER, ally.code), None)
            owed = tuple(self._owed(c, t, ally.id, dispute.circumstance))
            self.calls.append(
                Call(self.turn, c, t, ally.id, owed, offer.utility, level >= LIMITED_FORCE, war)
            )

    def _owed(self, attacker: str, victim: str, ally: str, circumstance: int) -> Iterator[str]:
        """Yield the treaties in force under which an ally owes the victim defence."""
        foe, friend, k = (self._rows[each] for each in (attacker, victim, ally))
        for v, block, parties, _ in self._treaties:
            if self.in_force[v] and friend in parties and k in parties:
                cell = (int(self.reading[v]), circumstance, foe, friend, k)
                if block.level[cell] == Level.DEFEND and block.gate[cell] < Gate.IF_CONSENSUS:
                    yield self.board.treaties[v].id

    def fights(self) -> list[tuple[float, float]]:
        """Return decided wars: log ratio of strengths, and whether the challenger won."""
        found = []
        for event in (each for each in self.events if each.kind == "peace"):
            facts = event.facts
            if facts["result"] and not facts["exhausted"]:
                attack, defence = facts["strengths"].values()
                if attack > 0.0 and defence > 0.0:
                    found.append((float(np.log(attack / defence)), float(facts["result"] > 0)))
        return found

    def chances(self) -> dict[str, Floats]:
        """Return the sums of `CHANCES`, treaty by treaty."""
        sums: dict[str, Floats] = {}
        utilities = np.array([call.utility for call in self.calls])
        fighting = closed_forms.passing(utilities, self.theta.cut_limited, self.theta.shock_sd)
        for call, p in zip(self.calls, fighting, strict=True):
            row = np.array([1.0, p, call.war, call.war * p, call.war * call.honours])
            for treaty in call.treaties:
                sums[treaty] = sums.get(treaty, 0.0) + row
        return sums


@attrs.frozen(eq=False)
class Replays:
    """What replayed worlds show.

    Attributes
    ----------
    fights : list of array, shape (wars, 2)
        A batch each: the log ratio of the strengths that challenger and target committed to a
        decided war, and whether the challenger won; wars ended by exhaustion are left out.
    calls : dict of str to array, shape (batches, 5)
        By treaty: sums of `CHANCES`.
    """

    fights: list[Floats]
    calls: dict[str, Floats]


def replayed(scenarios: list[Scenario], worlds: int, seed: int) -> Replays:
    """Replay worlds of the reference arm, shared out in turn to a batch a scenario."""
    fights, calls = [], {}
    for batch, scenario in enumerate(scenarios):
        compiled, decided = board(scenario), []
        for world in range(batch, worlds, len(scenarios)):
            game = Watched(scenario, scenario.reference, seed=seed, world=world, compiled=compiled)
            while game.running:
                game.step()
            decided += game.fights()
            for treaty, sums in game.chances().items():
                if treaty not in calls:
                    calls[treaty] = np.zeros((len(scenarios), len(CHANCES)))
                calls[treaty][batch] += sums
        fights.append(np.array(decided).reshape(-1, 2))
    return Replays(fights, calls)
