"""The attacks that a block is about, and what the law answers on each, as arrays."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from alliancesim.law import scale
from alliancesim.law.area import Axis
from alliancesim.law.attack import Actor, Attack, Kind, Provocation
from alliancesim.law.clauses import Obligation, Proviso
from alliancesim.law.conditions import Condition
from alliancesim.law.force import why_not_in_force, why_not_party
from alliancesim.law.grades import Gate, Level
from alliancesim.law.places import Position
from alliancesim.law.reasons import asked_of, organ_gate, sides
from alliancesim.law.replies import responding
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import known
from alliancesim.law.version import spelt_out

__all__ = ["CircumstanceLike", "Table"]

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int32]


class CircumstanceLike(Protocol):
    """What the compiler asks of a circumstance."""

    @property
    def kind(self) -> Kind: ...  # noqa: D102
    @property
    def place(self) -> Position: ...  # noqa: D102
    @property
    def actor(self) -> Actor: ...  # noqa: D102
    @property
    def provocation(self) -> Provocation: ...  # noqa: D102


class Table:
    """The attacks that a block is about, and what has been asked about them.

    Arrays are [circumstance, attacker, victim] or, with the obligor, one axis more; a clause that
    does not hang on an axis has length one there. A duty is packed in one integer that orders as
    duties do, level first, then an open gate, then binding words: the strongest is a maximum.
    """

    def __init__(
        self,
        states: tuple[str, ...],
        circumstances: tuple[CircumstanceLike, ...],
        on: dt.date | None,
    ) -> None:
        self.states = states
        self.circumstances = circumstances
        self.on = on
        self.asked: dict[Any, Flags] = {}
        self.attacks: dict[tuple[int, int, int], Attack] = {}
        self.valid: Flags = self._valid()

    def _valid(self) -> Flags:
        """Return where attacker, victim and obligor are three states: [1, A, V, O]."""
        one = np.eye(len(self.states), dtype=bool)
        same = one[:, :, None] | one[:, None, :] | one[None, :, :]
        return ~same[None]

    def attack(self, circumstance: int, attacker: int, victim: int) -> Attack:
        """Return one attack of the table, made when it is first asked for.

        An armed attack by a state itself is taken to be a state of war, on which some texts insist.
        """
        place = (circumstance, attacker, victim)
        if place not in self.attacks:
            case = self.circumstances[circumstance]
            war = case.kind == "attack" and case.actor == "state"
            self.attacks[place] = Attack(
                attacker=self.states[attacker],
                victim=self.states[victim],
                kind=case.kind,
                place=case.place,
                actor=case.actor,
                provocation=case.provocation,
                date=self.on,
                tags=("state-of-war",) if war else (),
            )
        return self.attacks[place]

    def lengths(self, axes: tuple[Axis, ...]) -> tuple[int, int, int]:
        """Return the shape of an answer that hangs on some axes."""
        n = len(self.states)
        return (
            len(self.circumstances) if "circumstance" in axes else 1,
            n if "attacker" in axes else 1,
            n if "victim" in axes else 1,
        )

    def ask(self, condition: Condition) -> Flags:
        """Return where a condition is met, asking it once for each value of its axes."""
        if condition not in self.asked:
            shape = self.lengths(condition.axes)
            both = shape[1] > 1 and shape[2] > 1
            met = np.zeros(shape, bool)
            for k, a, v in np.ndindex(*shape):
                if both and a == v:
                    continue
                attacker = a if shape[1] > 1 else int(v == 0)
                victim = v if shape[2] > 1 else int(a == 0) if shape[1] > 1 else 0
                met[k, a, v] = condition.met(self.attack(k, attacker, victim))
            self.asked[condition] = met
        return self.asked[condition]

    def present(self, named: tuple[str, ...], treaty: Treaty) -> Flags:
        """Return which of the states are named and, if parties, bound on the day."""
        return np.array(
            [state in named and self._present(state, treaty) for state in self.states],
            dtype=bool,
        )

    def _present(self, state: str, treaty: Treaty) -> bool:
        """Return whether a state is a party bound, or protected, on the day."""
        if state in treaty.members:
            return why_not_party(treaty, state, self.on) is None
        return treaty.why_not_protected(state, self.on) is None

    def between(self, treaty: Treaty, obligation: Obligation) -> Flags:
        """Return where beneficiary and obligor are such: [1, 1, V, O]."""
        obligors, beneficiaries = sides(treaty, obligation)
        owed_to = self.present(beneficiaries, treaty)
        owing = self.present(obligors, treaty)
        return (owed_to[:, None] & owing[None, :])[None, None]

    def help_keys(self, treaty: Treaty) -> Whole:
        """Return the strongest help owed, packed: [K, A, V, O]."""
        n = len(self.states)
        keys = np.zeros((len(self.circumstances), n, n, n), np.int32)
        if why_not_in_force(treaty, self.on) is not None:
            return keys
        for obligation in self._obligations(treaty):
            if obligation.helps:
                keys = np.maximum(keys, self.keys(treaty, obligation))
        return keys

    def _obligations(self, treaty: Treaty) -> list[Obligation]:
        """Return the obligations that were agreed and hold on the day."""
        spelt = spelt_out(treaty, self.on)
        return [one for one in spelt.obligations if one.agreed and one.holds_on(self.on)]

    def keys(self, treaty: Treaty, obligation: Obligation) -> Whole:
        """Return what one obligation makes owed, packed: [K, A, V, O]."""
        if obligation.rule is not None:
            level, binding, gate = self.ruled(obligation)
        else:
            level, binding, gate = self.written(obligation)
        level, binding = self.limited(obligation, level[..., None], binding[..., None])
        percent = np.floor(binding * treaty.form.binding * 100 + 0.5).astype(np.int32)
        owed = (level > 0) & (gate[..., None] < Gate.NOT_OWED)
        owed = owed & self.valid & self.between(treaty, obligation)
        packed = (level << 16) | ((15 - gate[..., None]) << 8) | percent
        result: Whole = np.where(owed, packed, 0).astype(np.int32)
        return result

    def written(self, obligation: Obligation) -> tuple[Whole, NDArray[np.float64], Whole]:
        """Return level, binding and gate of the built-in clauses: [K, A, V]."""
        met = self.met(obligation, to_attacker=False)
        response = responding(obligation)
        level = min(response.level, Level.ASSIST if self._unforced(obligation) else Level.DEFEND)
        binding = [response.binding * self._doubt(obligation, k) for k in self._circumstances()]
        gates = [self._gate(obligation, k) for k in self._circumstances()]
        return (
            np.where(met, int(level), 0).astype(np.int32),
            np.array(binding)[:, None, None],
            np.array(gates, np.int32)[:, None, None],
        )

    def met(self, obligation: Obligation, *, to_attacker: bool) -> Flags:
        """Return where every condition of the attack is met: [K, A, V]."""
        met = np.ones((1, 1, 1), bool)
        for condition in asked_of(obligation, to_attacker=to_attacker):
            met = met & self.ask(condition)
        return met

    def _circumstances(self) -> range:
        return range(len(self.circumstances))

    def _unforced(self, obligation: Obligation) -> bool:
        return known(obligation.decision).force_by_consent

    def _doubt(self, obligation: Obligation, circumstance: int) -> float:
        clause = known(obligation.provocation)
        doubtful = clause.judge == "each" and clause.open(self.attack(circumstance, 0, 1))
        return scale.contested().binding if doubtful else 1.0

    def _gate(self, obligation: Obligation, circumstance: int) -> int:
        organ = organ_gate(obligation, self.attack(circumstance, 0, 1))
        if organ is Gate.OWED and known(obligation.request).needed:
            return int(Gate.IF_REQUESTED)
        return int(organ)

    def ruled(self, obligation: Obligation) -> tuple[Whole, NDArray[np.float64], Whole]:
        """Return level, binding and gate of a user's rule, asked about every attack."""
        assert obligation.rule is not None
        shape = self.lengths(("circumstance", "attacker", "victim"))
        level, gate = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        binding = np.zeros(shape)
        for k, a, v in np.ndindex(*shape):
            if a != v:
                said = obligation.rule(self.attack(k, a, v))
                level[k, a, v], binding[k, a, v] = said.level, said.binding
                gate[k, a, v] = said.gate
        return level, binding, gate

    def limited(
        self, obligation: Obligation, level: Whole, binding: NDArray[np.float64]
    ) -> tuple[Whole, NDArray[np.float64]]:
        """Cap level and binding by the exceptions: [K, A, V, O]."""
        for proviso in obligation.exceptions:
            holds = self.holds(proviso)
            lowered = holds & (level > proviso.cap)
            level = np.where(holds, np.minimum(level, int(proviso.cap)), level)
            if proviso.cap is Level.CONSULT:
                consults = scale.wording("consults").binding
                binding = np.where(lowered, np.minimum(binding, consults), binding)
            if proviso.wording is not None:
                most = scale.wording(proviso.wording).binding
                binding = np.where(holds, np.minimum(binding, most), binding)
        return level.astype(np.int32), binding

    def holds(self, proviso: Proviso) -> Flags:
        """Return where an exception limits an obligor: [K, A, V, O]; nowhere if not agreed."""
        named = proviso.applies_to if known(proviso.agreed) else ()
        mine = np.array([named is None or state in named for state in self.states])
        met: Flags = self.ask(proviso.when)[..., None] & mine
        for below in proviso.exceptions:
            met = met & ~self.holds(below)
        return met

    def conflicts(self, treaty: Treaty) -> Bytes:
        """Return where the obligor owes the attacker non-aggression: [K, A, V, O]."""
        n = len(self.states)
        found = np.zeros((len(self.circumstances), n, n, n), bool)
        if why_not_in_force(treaty, self.on) is None:
            for obligation in self._obligations(treaty):
                if obligation.kind == "non-aggression":
                    found |= self.peace(treaty, obligation)
        return (found & self.valid).astype(np.uint8)

    def peace(self, treaty: Treaty, obligation: Obligation) -> Flags:
        """Return where one duty of non-aggression to the attacker stands: [K, A, V, O]."""
        to_attacker = self.between(treaty, obligation)[0, 0][None, :, None, :]
        if obligation.rule is not None:
            level, _, gate = self.ruled(obligation)
            stands: Flags = ((level > 0) & (gate < Gate.NOT_OWED))[..., None]
        else:
            required = known(obligation.provocation).required
            stands = self.met(obligation, to_attacker=True)[..., None] & (not required)
        for proviso in obligation.exceptions:
            if proviso.wording is None:
                stands = stands & ~self.holds(proviso)
        found: Flags = stands & to_attacker
        return found
