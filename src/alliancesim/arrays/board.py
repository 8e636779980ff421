"""A scenario and its arms as arrays: what a world draws, and what the law says.

The board is compiled once. For each draw of the parameters it gives the rows that the kernel
plays on: parameters, states, pairs, weights of circumstances, readings of unknown clauses.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.arrays.blocks import Block, compile_treaty
from alliancesim.arrays.draws import Draws, RandomDraws, draw
from alliancesim.arrays.layout import CELL, COURSE, JOINS, LEAVES, TRANSFER, TREATY, Law, rows
from alliancesim.law import Treaty
from alliancesim.law.membership import notice_months
from alliancesim.levels import Level, Provocation
from alliancesim.scenario import Scenario
from alliancesim.scenario.arms import Arm
from alliancesim.scenario.treaties import treaties_after_change

__all__ = ["Board", "Draws", "board", "pledged", "quarrels"]


@attrs.frozen(kw_only=True, eq=False)
class Board:
    """A scenario compiled for play.

    Attributes
    ----------
    scenario : Scenario
    states : tuple of str
        Ids in the order of their codes, which is the order of every sum.
    codes : array of int, shape (states,)
    arms : tuple of str
        All arms of the scenario; the first rows of the law's ``in_arm``.
    reference : int
        The row of the reference arm.
    followed : array of int
        Rows of the states in focus, in code order.
    law : Law
    treaties : tuple of Treaty
        Each treaty as some arm has it.
    blocks : tuple of Block
        The same, compiled.
    """

    scenario: Scenario
    states: tuple[str, ...]
    codes: NDArray[np.int64]
    arms: tuple[str, ...]
    reference: int
    followed: NDArray[np.int64]
    law: Law
    treaties: tuple[Treaty, ...]
    blocks: tuple[Block, ...]

    @property
    def horizon(self) -> int:
        """Months played."""
        return self.scenario.horizon_months

    @property
    def focus_states(self) -> tuple[str, ...]:
        """Ids of the states in focus, in code order."""
        return tuple(self.states[i] for i in self.followed)

    @property
    def in_focus(self) -> NDArray[np.bool_]:
        """Whether each state is in focus."""
        return np.isin(np.arange(len(self.states)), self.followed)

    def arm_rows(self, names: Sequence[str] | None) -> NDArray[np.int64]:
        """Return the rows of arms by name, by default all but those on request; refuse others."""
        chosen = self.scenario.arms_by_default if names is None else names
        return np.array([self.arms.index(self.scenario.arm(name).name) for name in chosen])

    def draws(
        self, seed: int, first: int, count: int, *, priors: bool = True, interpreted: bool = True
    ) -> Draws:
        """Return a stretch of draws; each is a function of the seed and its own number alone.

        Parameters
        ----------
        seed : int
            0 to 2**64 - 1.
        first, count : int
            Number of the first draw, and how many.
        priors : bool
            Whether to draw at all; if not, everything takes its default, and an unknown clause
            its most probable reading.
        interpreted : bool
            Whether plain Python draws, or machine code; both draw the same.
        """
        return draw(self, RandomDraws(seed, first, count, priors, interpreted))


_KEPT: dict[int, tuple[Any, Board]] = {}  # by identity: to hash a scenario is to read all of it


def board(scenario: Scenario) -> Board:
    """Compile a scenario, once for as long as it lives.

    Its treaties are compiled in every arm, its states and pairs are put in code order.
    """
    kept = _KEPT.get(id(scenario))
    if kept is None or kept[0]() is not scenario:
        kept = _KEPT[id(scenario)] = (weakref.ref(scenario), _compile(scenario))
        weakref.finalize(scenario, _KEPT.pop, id(scenario), None).atexit = False
    return kept[1]


def _compile(scenario: Scenario) -> Board:
    order = sorted(scenario.states, key=lambda state: state.code)
    ids = tuple(state.id for state in order)
    variants, in_arm, course = _variants(scenario)
    blocks = [
        compile_treaty(each, ids, scenario.circumstances, scenario.start) for each in variants
    ]
    return Board(
        scenario=scenario,
        states=ids,
        codes=np.array([state.code for state in order], np.int64),
        arms=tuple(arm.name for arm in scenario.arms),
        reference=[arm.name for arm in scenario.arms].index(scenario.reference),
        followed=np.array([i for i, name in enumerate(ids) if name in scenario.focus], np.int64),
        law=_law(scenario, ids, variants, blocks, in_arm, course),
        treaties=tuple(variants),
        blocks=tuple(blocks),
    )


def _variants(scenario: Scenario) -> tuple[list[Treaty], NDArray[np.bool_], Any]:
    """List each treaty as some arm has it, which arms have which, and what arms change.

    After a row an arm come the rows of what the changes of membership lead to.
    """
    course = rows(len(scenario.arms), COURSE)
    in_row = [scenario.treaties_in(arm.name) for arm in scenario.arms]
    for row, arm in enumerate(scenario.arms):
        course[row].then = -1
        if arm.negotiation or arm.notice:
            course[row].then = len(in_row)
            in_row.append(treaties_after_change(scenario, arm))
    variants: list[Treaty] = []
    for treaties in in_row:
        variants += [each for each in treaties if each not in variants]
    in_arm = np.zeros((len(in_row), len(variants)), np.bool_)
    for row, treaties in enumerate(in_row):
        for treaty in treaties:
            in_arm[row, variants.index(treaty)] = True
    return variants, in_arm, course


def _course(scenario: Scenario, course: Any) -> dict[str, Any]:
    """Say who joins or leaves what, who ratifies in which order, and what each expects."""
    ratifiers = [_ratifiers(scenario, arm) for arm in scenario.arms]
    widest = max(1, *(len(each) for each in ratifiers))
    who = np.zeros((len(ratifiers), widest), np.int64)
    gain = np.zeros((len(ratifiers), widest))
    for row, (arm, states) in enumerate(zip(scenario.arms, ratifiers, strict=True)):
        change = arm.negotiation or arm.notice
        if change is None:
            continue
        treaty = scenario.treaty(change.treaty)
        course[row].kind = JOINS if arm.negotiation else LEAVES
        course[row].treaty, course[row].state = treaty.code, scenario.state(change.state).code
        course[row].notice = notice_months(treaty)
        course[row].ratifiers = len(states)
        gains = arm.negotiation.gains if arm.negotiation else ()
        expected = {each.state: each.value for each in gains}
        who[row, : len(states)] = [scenario.state(each).code for each in states]
        gain[row, : len(states)] = [expected.get(each, 0.0) for each in states]
    return {"course": course, "ratifier": who, "gain": gain}


def _ratifiers(scenario: Scenario, arm: Arm) -> list[str]:
    """Return who ratifies an accession: the members present in code order, then the state."""
    if arm.negotiation is None:
        return []
    treaty = next(t for t in scenario.treaties_in(arm.name) if t.id == arm.negotiation.treaty)
    present = [s for s in scenario.states if s.id in treaty.members]
    ordered = sorted(present, key=lambda state: state.code)
    return [*(state.id for state in ordered), arm.negotiation.state]


def _law(
    scenario: Scenario,
    ids: tuple[str, ...],
    variants: list[Treaty],
    blocks: list[Block],
    in_arm: NDArray[np.bool_],
    course: Any,
) -> Law:
    parties = [_parties(block) for block in blocks]
    widest = max([len(each) for each in parties], default=0)
    who = np.zeros((len(blocks), max(1, widest)), np.int64)
    place = np.full((len(blocks), len(ids)), -1, np.int64)
    conflicts, pledges, against_whom = [], [], quarrels(scenario, ids)
    for v, (block, members) in enumerate(zip(blocks, parties, strict=True)):
        who[v, : len(members)] = members
        place[v, members] = np.arange(len(members))
        against = block.conflict.max(axis=(1, 3))
        conflicts.append(against[:, members, :][..., members])
        owed = pledged(block, against_whom).astype(np.uint8)
        pledges.append(owed[:, members, :][..., members])

    def cells(field: str) -> list[NDArray[np.uint8]]:
        each = zip(blocks, parties, strict=True)
        return [getattr(block, field)[..., members, :][..., members] for block, members in each]

    concern, concerned = _concern(blocks, len(ids))
    treaty = rows(len(blocks), TREATY)
    treaty.cells, treaty.conflicts = _starts(cells("level")), _starts(conflicts)
    treaty.parties = [len(each) for each in parties]
    cell = rows(sum(each.size for each in cells("level")), CELL)
    for field in CELL.names or ():
        cell[field] = _flat(cells(field))
    return Law(
        treaty=treaty,
        cells=cell,
        conflicts=_flat(conflicts),
        pledges=_flat(pledges),
        who=who,
        place=place,
        in_arm=in_arm,
        transfer=_transfers(scenario, ids),
        covers=_covers(scenario, variants),
        concern=concern,
        concerned=concerned,
        **_course(scenario, course),
        code=np.array([treaty.code for treaty in variants], np.int64),
        revocable=np.array([treaty.form.at_will for treaty in variants], np.bool_),
        provocation=np.array(
            [Provocation[c.provocation.upper()].share for c in scenario.circumstances]
        ),
        mirror=_mirror(scenario),
    )


def quarrels(scenario: Scenario, ids: tuple[str, ...]) -> NDArray[np.bool_]:
    """Tell which states can ever come to a dispute: their multipliers are not both held at 0."""
    found = np.zeros((len(ids), len(ids)), np.bool_)
    for pair in scenario.pairs:
        i, j = ids.index(pair.a), ids.index(pair.b)
        found[i, j] = found[j, i] = any(
            each is None or each.value > 0.0 or each.prior is not None
            for each in (pair.rate_multiplier_a, pair.rate_multiplier_b)
        )
    return found


def pledged(block: Block, against: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell who may owe whom defence at all: in some circumstance, against some who may attack.

    Parameters
    ----------
    block : Block
    against : array of bool, shape (states, states)
        See `quarrels`; an attacker that never comes to a dispute with the victim does not count.

    Returns
    -------
    array of bool, shape (readings, beneficiaries, obligors)
    """
    owed = (block.level == Level.DEFEND).any(axis=1) & against[None, :, :, None]
    pledges: NDArray[np.bool_] = owed.any(axis=1)
    return pledges


def _concern(blocks: list[Block], n: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List, for each attacker and victim, the treaties that can say anything of such an attack."""
    says = np.zeros((len(blocks), n, n), np.bool_)
    for v, block in enumerate(blocks):
        says[v] = block.level.any(axis=(0, 1, 4))
        says[v] |= block.conflict.any(axis=(0, 1, 3, 4)).reshape(n, 1)
    where = np.argwhere(says.transpose(1, 2, 0))
    counts = says.sum(axis=0).ravel()
    stops = np.cumsum(counts).reshape(n, n)
    concern = np.stack([stops - counts.reshape(n, n), stops], axis=-1)
    return concern.astype(np.int64), where[:, 2].astype(np.int64)


def _transfers(scenario: Scenario, ids: tuple[str, ...]) -> Any:
    made = rows(len(scenario.transfers), TRANSFER)
    for row, transfer in zip(made, scenario.transfers, strict=True):
        row.payer, row.payee = ids.index(transfer.payer), ids.index(transfer.payee)
    return made


def _covers(scenario: Scenario, variants: list[Treaty]) -> NDArray[np.bool_]:
    """Mark the treaties under which each transfer is made: its own, where both are members."""
    covers = np.zeros((len(scenario.transfers), len(variants)), np.bool_)
    for row, each in enumerate(scenario.transfers):
        for v, treaty in enumerate(variants):
            both = {each.payer, each.payee} <= set(treaty.members)
            covers[row, v] = treaty.id == each.treaty and both
    return covers


def _parties(block: Block) -> NDArray[np.int64]:
    """Rows of the states that owe or are owed anything under any reading."""
    any_duty = block.level.max(axis=(0, 1, 2))
    conflict = block.conflict.max(axis=(0, 1, 3))
    touched = any_duty.max(axis=0) | any_duty.max(axis=1) | conflict.max(0) | conflict.max(1)
    return np.flatnonzero(touched).astype(np.int64)


def _flat(arrays: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    parts = [each.ravel() for each in arrays]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint8)


def _starts(arrays: list[NDArray[np.uint8]]) -> NDArray[np.int64]:
    return np.cumsum([0, *(each.size for each in arrays)])[:-1].astype(np.int64)


def _mirror(scenario: Scenario) -> int:
    """Row of the circumstance in which an attack answers a provocation, or -1."""

    def distance(row: int) -> tuple[bool, bool, bool, bool]:
        c = scenario.circumstances[row]
        return (
            c.provocation != "provoked",
            c.kind != "attack",
            c.place != "home",
            c.actor != "state",
        )

    provoked = [row for row in range(len(scenario.circumstances)) if not distance(row)[0]]
    return min(provoked, key=distance, default=-1)
