"""What a state may know when it chooses: nothing hidden from it, and no random draw.

A state knows its own forces, what is public of others, the treaties as they are written, what it
believes of the chance to win, and what happened in public. It does not know how a clause that is
not public is read in its world: duties are given under every reading with its probability, and
beliefs are means over the readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np

from alliancesim.agents.choices import Choice
from alliancesim.agents.values import Dispute, Event
from alliancesim.agents.wargame import Wargame
from alliancesim.arrays.table import Table
from alliancesim.law.attack import Attack
from alliancesim.law.duty import Duties
from alliancesim.levels import Gate, Level
from alliancesim.rules.lanes import expected_commitment

__all__ = ["OWN", "Neighbour", "Observation", "Observer"]

OWN = (
    *("manpower", "materiel", "strike", "industry", "finance", "experience", "strength"),
    *("free", "busy", "wars", "warheads", "spending", "gdp", "given", "received"),
    *("benefits", "reputation"),
)
"""What a state knows of itself, fields of `alliancesim.arrays.layout.STATE`."""

_PUBLIC: Mapping[str, tuple[str, ...]] = {
    "challenge": ("challenger", "target", "circumstance", "intensity", "answers"),
    "resisted": ("challenger", "target"),
    "unresisted": ("challenger", "target"),
    "refused": ("challenger", "target"),
    "backs-down": ("challenger", "target"),
    "concession": ("challenger", "target", "moved"),
    "stands": ("challenger", "target"),
    "war": ("challenger", "target", "answers", "backers"),
    "rise": ("challenger", "target", "state", "side", "before", "answer"),
    "nuclear-signal": ("challenger", "target", "by", "patron"),
    "peace": ("challenger", "target", "result", "months", "settled", "used", "moved", "losses"),
    "announced": ("treaty", "state", "joins"),
    "in-force": ("treaty", "state", "joins"),
    "withdrawn": ("treaty",),
    "renewed": ("treaty",),
    "budgets": ("before", "after", "transfers"),
}
"""Facts of each kind of event that are public; chances, beliefs and duties as read are not."""


@attrs.frozen
class Neighbour:
    """What is public of a state.

    Attributes
    ----------
    strength : float
        Strength at its home.
    reputation : float
        In [0, 1].
    wars : int
        Wars that it fights.
    nuclear : bool
        Whether it has nuclear weapons.
    """

    strength: float
    reputation: float
    wars: int
    nuclear: bool


@attrs.frozen(kw_only=True)
class Observation:
    """What a state may know at a decision.

    Attributes
    ----------
    month : int
        Months since the start.
    state : str
        Who observes.
    challenger, target : str
        The pair in whose dispute it decides; empty where it decides on a treaty.
    circumstance : str
        How the dispute looks to the law, by name; empty where it decides on a treaty.
    intensity : int or None
        How far the dispute goes as long as it is not war: 0 threat or display, 1 use of force, 2
        force with deaths; None where it decides on a treaty.
    treaty, joins : str
        The treaty that it decides on, and who would join or leave it; else empty.
    own : mapping of str to float
        Its own forces, money and standing; see `OWN`.
    held : float or None
        Share of what lies between the principals that the state holds against the other, in
        [0, 1]; None where it is no principal.
    states : mapping of str to Neighbour
        What is public of every state.
    at_war_with : tuple of str
        States that it fights.
    treaties : tuple of str
        Ids of the treaties in force.
    duties : tuple of Duties
        What each treaty in force makes owed to the victim here, by article and with reasons, under
        each reading; empty where nothing is owed.
    owed : tuple of float
        Probability that the state itself owes nothing, consultation, assistance or defence, without
        an organ's consent still to come; four that sum to one.
    beliefs : mapping of str to float
        "win", the challenger's chance to win against help as expected; "nuclear", that a nuclear
        deterrent answers; "cover", that the challenger's own allies carry its risk; each in [0, 1].
        Means over the readings. For the challenger also "cost", its cost of war here, a share of
        the stake. Where it is decided to refuse or to fight, "visible", the chance to win against
        those who answered the dispute. Empty where it decides on a treaty.
    help : mapping of str to float
        Share of its forces that each third state is expected to commit to the target, in [0, 1];
        a mean over the readings, without the state itself.
    events : tuple of Event
        What happened in public, in order.
    """

    month: int
    state: str
    challenger: str = ""
    target: str = ""
    circumstance: str = ""
    intensity: int | None = None
    treaty: str = ""
    joins: str = ""
    own: Mapping[str, float]
    held: float | None = None
    states: Mapping[str, Neighbour]
    at_war_with: tuple[str, ...]
    treaties: tuple[str, ...]
    duties: tuple[Duties, ...] = ()
    owed: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0)
    beliefs: Mapping[str, float] = MappingProxyType({})
    help: Mapping[str, float] = MappingProxyType({})
    events: tuple[Event, ...]


class Observer:
    """Makes the observations of one world; keeps what the law says, which never changes.

    Parameters
    ----------
    model : Wargame
    beliefs : bool
        Whether to form beliefs, which takes most of the time.
    """

    def __init__(self, model: Wargame, *, beliefs: bool = True) -> None:
        self._model = model
        self._believes = beliefs
        scenario = model.board.scenario
        self._table = Table(model.board.states, scenario.circumstances, scenario.start)
        self._rows = {name: n for n, name in enumerate(model.board.states)}
        self._duties: dict[tuple[int, ...], Duties] = {}
        self._events: list[Event] = []
        self._read = 0

    def observe(self, choice: Choice) -> Observation:
        """Return what the state that chooses may know."""
        model, agent = self._model, choice.by
        common: dict[str, Any] = {
            "month": model.turn,
            "state": agent.id,
            "own": _frozen({name: float(getattr(agent.now, name)) for name in OWN}),
            "states": _frozen({each.id: _public(each) for each in model.states}),
            "at_war_with": tuple(name for name, bond in agent.bonds.items() if bond.hostile > 0),
            "treaties": tuple(
                treaty.id
                for treaty, stands in zip(model.board.treaties, model.in_force, strict=True)
                if stands
            ),
            "events": self._happened(),
        }
        if choice.dispute is None:
            return Observation(**common, treaty=choice.treaty, joins=choice.state)
        return Observation(**common, **self._of_dispute(choice, choice.dispute))

    def _of_dispute(self, choice: Choice, dispute: Dispute) -> dict[str, Any]:
        model, agent = self._model, choice.by
        c, t = dispute.challenger, dispute.target
        other = {c.id: t, t.id: c}.get(agent.id)
        call = _call(model, choice.kind, dispute)
        beliefs, help_ = self._beliefs(choice, dispute) if self._believes else ({}, {})
        if choice.visible is not None:
            beliefs["visible"] = float(choice.visible)
        return {
            "challenger": c.id,
            "target": t.id,
            "circumstance": model.board.scenario.circumstances[dispute.circumstance].name,
            "intensity": int(dispute.intensity),
            "held": None if other is None else float(agent.bonds[other.id].q),
            "duties": tuple(self._says(call)),
            "owed": self._owed(call, agent.id),
            "beliefs": _frozen(beliefs),
            "help": _frozen(help_),
        }

    def _happened(self) -> tuple[Event, ...]:
        for event in self._model.events[self._read :]:
            kept = _PUBLIC[event.kind]
            facts = {name: event.facts[name] for name in kept}
            self._events.append(Event(event.turn, event.kind, facts))
        self._read = len(self._model.events)
        return tuple(self._events)

    # -- the law ------------------------------------------------------------------------------

    def _says(self, call: tuple[int, str, str]) -> Iterator[Duties]:
        """Yield what each treaty in force makes owed to the victim."""
        circumstance, attacker, victim = call
        foe, friend = self._rows[attacker], self._rows[victim]
        for v, block in enumerate(self._model.board.blocks):
            if self._model.in_force[v] and block.level[:, circumstance, foe, friend].any():
                key = (v, circumstance, foe, friend)
                if key not in self._duties:
                    self._duties[key] = self._model.board.treaties[v].duties(self._attack(key))
                yield self._duties[key]

    def _attack(self, key: tuple[int, ...]) -> Attack:
        return self._table.attack(*key[1:])

    def _owed(self, call: tuple[int, str, str], state: str) -> tuple[float, ...]:
        """Return the probability of each level of help owed; treaties are read independently."""
        circumstance, attacker, victim = call
        cell = (circumstance, self._rows[attacker], self._rows[victim], self._rows[state])
        at_most = np.ones(len(Level))
        for v, block in enumerate(self._model.board.blocks):
            if self._model.in_force[v]:
                level, gate = block.level[:, *cell], block.gate[:, *cell]
                level = np.where(gate < Gate.IF_CONSENSUS, level, 0)
                at_most *= [block.weights[level <= most].sum() for most in Level]
        return tuple(float(each) for each in np.diff(at_most, prepend=0.0))

    # -- beliefs ------------------------------------------------------------------------------

    def _beliefs(
        self, choice: Choice, dispute: Dispute
    ) -> tuple[dict[str, float], dict[str, float]]:
        model, agent = self._model, choice.by
        c, t = dispute.challenger, dispute.target
        found = dict.fromkeys(("win", "nuclear", "cover"), 0.0)
        if agent is c:
            found["cost"] = 0.0
        helping: dict[str, float] = {}
        for weight, reading in self._readings(dispute):
            with model.supposing(reading):
                outlook = c.look_ahead(t, dispute.circumstance)
                found["win"] += weight * outlook.win
                found["nuclear"] += weight * outlook.belief
                found["cover"] += weight * outlook.cover
                if agent is c:
                    found["cost"] += weight * c.cost_of_war(t, outlook, choice.deviation)
                for offer in outlook.offers:
                    if offer.agent is not agent:
                        share = expected_commitment(offer.utility, model.theta, model.work)
                        name = offer.agent.id
                        helping[name] = helping.get(name, 0.0) + weight * float(share)
        return {name: float(value) for name, value in found.items()}, helping

    def _readings(self, dispute: Dispute) -> Iterator[tuple[float, Any]]:
        """Yield joint readings that differ for this dispute, and the probability of each."""
        model = self._model
        cases = [_call(model, kind, dispute) for kind in ("answer", "back")]
        places = tuple(
            (circumstance, self._rows[attacker], self._rows[victim])
            for circumstance, attacker, victim in cases
            if circumstance >= 0
        )
        chosen = np.zeros(len(model.board.blocks), np.int64)
        open_: list[tuple[int, list[tuple[int, float]]]] = []
        for v, block in enumerate(model.board.blocks):
            if model.in_force[v] and len(block.weights) > 1:
                groups = _groups(block, places)
                chosen[v] = groups[0][0]
                if len(groups) > 1:
                    open_.append((v, groups))
        for joint in product(*(groups for _, groups in open_)):
            reading, weight = chosen.copy(), 1.0
            for (v, _), (row, share) in zip(open_, joint, strict=True):
                reading[v] = row
                weight *= share
            yield weight, reading


@lru_cache(maxsize=65536)
def _groups(block: Any, places: tuple[tuple[int, int, int], ...]) -> list[tuple[int, float]]:
    """Return readings that say different things of some attacks: the first of each, its weight."""
    found: dict[bytes, tuple[int, float]] = {}
    total = float(block.weights.sum())
    for row, weight in enumerate(block.weights):
        said = [
            getattr(block, field)[row, *place]
            for place in places
            for field in ("level", "binding", "gate")
        ]
        ends = sorted({end for _, *pair in places for end in pair})
        said.append(block.conflict[row].any(axis=(0, 2))[ends])
        key = b"".join(each.tobytes() for each in said)
        first, before = found.get(key, (row, 0.0))
        found[key] = (first, before + float(weight) / total)
    return list(found.values())


def _call(model: Wargame, kind: str, dispute: Dispute) -> tuple[int, str, str]:
    """Return the circumstance, the attacker and the victim that duties are asked about."""
    ends = (dispute.challenger.id, dispute.target.id)
    if kind == "back":
        return int(model.law.mirror), *ends[::-1]
    return dispute.circumstance, *ends


def _public(agent: Any) -> Neighbour:
    now = agent.now
    return Neighbour(
        float(now.strength), float(now.reputation), int(now.wars), bool(now.warheads > 0.0)
    )


def _frozen(values: dict[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(values)
