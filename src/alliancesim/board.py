"""A scenario and its arms as arrays: what a world draws, and what the law says.

The board is compiled once. For each draw of the parameters it gives the rows that the kernel
plays on: parameters, states, pairs, weights of circumstances, readings of unknown clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim import catalogue, chance
from alliancesim.kernel.layout import CELL, DRAWN_PAIR, STATE, TREATY, Law, rows
from alliancesim.law import Treaty
from alliancesim.law.blocks import Block, compile_treaty
from alliancesim.quantity import Figure, Parameter
from alliancesim.record import choices, clauses, record
from alliancesim.scenario import Scenario

__all__ = ["Board", "Draws", "board"]

_DOMAINS = {
    "manpower": "active_personnel",
    "materiel": "military_expenditure",
    "strike": "missile_class",
    "industry": "arms_industry",
    "finance": "gdp",
}
_AS_IT_IS = {
    "experience": "experience",
    "warheads": "nuclear_warheads",
    "spending": "military_expenditure",
    "gdp": "gdp",
}
_CATEGORIES = ("rival", "land", "relevant", "unrelated")
_PROVOCATION = {"unprovoked": 0.0, "contested": 0.5, "provoked": 1.0}

# Which draw of the decision FIGURE belongs to what.
_STATE, _PAIR, _UMBRELLA, _DEPTH, _SHARE = 0, 32, 48, 56, 64

Array = NDArray[np.float64]


@attrs.frozen(kw_only=True, eq=False)
class Draws:
    """What a stretch of parameter draws gives the kernel, a row a draw.

    Attributes
    ----------
    first : int
        Number of the first draw.
    theta : record array, shape (draws,)
        Parameters, a field each.
    state : record array, shape (draws, states)
    pair : record array, shape (draws, states, states)
    shares : array, shape (draws, circumstances)
        Weights of the circumstances, not yet scaled to sum to one.
    reading : array of int, shape (draws, treaties)
        Which reading of its unknown clauses each treaty takes.
    depth : array, shape (draws, treaties)
    named : dict of str to array, shape (draws,)
        Every figure with a prior as it was drawn, and the code of each unknown clause's reading.
    """

    first: int
    theta: Any
    state: Any
    pair: Any
    shares: Array
    reading: NDArray[np.int64]
    depth: Array
    named: dict[str, Array]

    def record(self) -> NDArray[np.void]:
        """Return all that was drawn as a structured array, a row a draw and a field a name."""
        return record(self.theta, self.named)


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
        All arms of the scenario; the rows of the law's ``in_arm``.
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
    def members(self) -> tuple[str, ...]:
        """Ids of the states in focus, in code order."""
        return tuple(self.states[i] for i in self.followed)

    @property
    def in_focus(self) -> NDArray[np.bool_]:
        """Whether each state is in focus."""
        return np.isin(np.arange(len(self.states)), self.followed)

    def arm_rows(self, names: Sequence[str] | None) -> NDArray[np.int64]:
        """Return the rows of arms by name, all of them by default; refuse unknown ones."""
        chosen = self.arms if names is None else names
        return np.array([self.arms.index(self.scenario.arm(name).name) for name in chosen])

    def draws(self, seed: int, first: int, count: int, *, priors: bool = True) -> Draws:
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
        """
        return _draw(self, _Luck(seed, first, count, priors))


@attrs.frozen
class _Luck:
    """Quantiles for consecutive draws, one address for each thing that is uncertain."""

    seed: int
    first: int
    count: int
    priors: bool
    named: dict[str, Array] = attrs.field(factory=dict)

    def uniforms(self, decision: int, draw: int, a: int = 0, b: int = 0, c: int = 0) -> Array:
        numbers = range(self.first, self.first + self.count)
        seed = np.uint64(self.seed)
        return np.array([chance.uniform(seed, d, 0, decision, draw, a, b, c) for d in numbers])

    def figure(self, name: str, figure: Figure, draw: int, a: int = 0, b: int = 0) -> Array:
        if figure.prior is None or not self.priors:
            return np.full(self.count, figure.value)
        self.named[name] = figure.prior.quantile(self.uniforms(chance.FIGURE, draw, a, b))
        return self.named[name]

    def parameter(self, parameter: Parameter) -> Array:
        if parameter.prior is None or not self.priors:
            return np.full(self.count, parameter.value)
        return parameter.draw(self.uniforms(chance.PARAMETER, 0, parameter.code))

    def reading(self, weights: Array, code: int) -> NDArray[np.int64]:
        if not self.priors or len(weights) == 1:
            return np.full(self.count, int(np.argmax(weights)))
        steps = np.cumsum(weights)
        u = self.uniforms(chance.READING, 0, code) * steps[-1]
        return np.minimum(np.searchsorted(steps, u, side="right"), len(weights) - 1)


def board(scenario: Scenario) -> Board:
    """Compile a scenario: its treaties in every arm, its states and pairs in code order."""
    order = sorted(scenario.states, key=lambda state: state.code)
    ids = tuple(state.id for state in order)
    variants, in_arm = _variants(scenario)
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
        law=_law(scenario, ids, blocks, in_arm),
        treaties=tuple(variants),
        blocks=tuple(blocks),
    )


def _variants(scenario: Scenario) -> tuple[list[Treaty], NDArray[np.bool_]]:
    """List each treaty as some arm has it, and which arms have which."""
    variants: list[Treaty] = []
    for arm in scenario.arms:
        variants += [each for each in scenario.treaties_in(arm.name) if each not in variants]
    in_arm = np.zeros((len(scenario.arms), len(variants)), np.bool_)
    for row, arm in enumerate(scenario.arms):
        for treaty in scenario.treaties_in(arm.name):
            in_arm[row, variants.index(treaty)] = True
    return variants, in_arm


def _law(
    scenario: Scenario, ids: tuple[str, ...], blocks: list[Block], in_arm: NDArray[np.bool_]
) -> Law:
    parties = [_parties(block) for block in blocks]
    widest = max([len(each) for each in parties], default=0)
    who = np.zeros((len(blocks), max(1, widest)), np.int64)
    place = np.full((len(blocks), len(ids)), -1, np.int64)
    conflicts = []
    for v, (block, members) in enumerate(zip(blocks, parties, strict=True)):
        who[v, : len(members)] = members
        place[v, members] = np.arange(len(members))
        against = block.conflict.max(axis=(1, 3))
        conflicts.append(against[:, members, :][..., members])

    def cells(field: str) -> list[NDArray[np.uint8]]:
        each = zip(blocks, parties, strict=True)
        return [getattr(block, field)[..., members, :][..., members] for block, members in each]

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
        who=who,
        place=place,
        in_arm=in_arm,
        provocation=np.array([_PROVOCATION[c.provocation] for c in scenario.circumstances]),
        mirror=_mirror(scenario),
    )


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


def _draw(board: Board, luck: _Luck) -> Draws:
    scenario = board.scenario
    theta = rows(luck.count, np.dtype([(p.name, np.float64) for p in scenario.parameters]))
    for parameter in scenario.parameters:
        theta[parameter.name] = luck.parameter(parameter)
    shares = [
        luck.figure(f"{circumstance.name}: share", circumstance.share, _SHARE + row)
        for row, circumstance in enumerate(scenario.circumstances)
    ]
    readings = [
        luck.reading(block.weights, treaty.code)
        for block, treaty in zip(board.blocks, board.treaties, strict=True)
    ]
    depths = [
        luck.figure(f"{treaty.id}: depth", treaty.depth, _DEPTH, treaty.code)
        for treaty in board.treaties
    ]
    for treaty, block, reading in zip(board.treaties, board.blocks, readings, strict=True):
        if luck.priors and not block.inert:
            luck.named.update(choices(reading, clauses(treaty, scenario.start)))
    return Draws(
        first=luck.first,
        theta=theta,
        state=_draw_states(board, luck),
        pair=_draw_pairs(board, luck),
        shares=np.ascontiguousarray(np.array(shares).reshape(len(shares), luck.count).T),
        reading=np.array(readings, np.int64).reshape(len(readings), luck.count).T.copy(),
        depth=np.array(depths, np.float64).reshape(len(depths), luck.count).T.copy(),
        named=luck.named,
    )


def _draw_states(board: Board, luck: _Luck) -> Any:
    drawn = rows((luck.count, len(board.states)), STATE)
    world = catalogue.world()
    for i, name in enumerate(board.states):
        state = board.scenario.state(name)
        figures = {
            figure: luck.figure(
                f"{name}: {figure}", getattr(state, figure), _STATE + number, state.code
            )
            for number, figure in enumerate([*_DOMAINS.values(), "experience", "nuclear_warheads"])
        }
        for field, figure in _DOMAINS.items():
            drawn[field][:, i] = figures[figure] / getattr(world, figure).value
        for field, figure in _AS_IT_IS.items():
            drawn[field][:, i] = figures[figure]
        drawn["sea"][:, i] = float(state.projection == "sea")
    return drawn


def _draw_pairs(board: Board, luck: _Luck) -> Any:
    n = len(board.states)
    drawn = rows((luck.count, n, n), DRAWN_PAIR)
    row = {name: i for i, name in enumerate(board.states)}
    for pair in board.scenario.pairs:
        # By code, not by name: a renamed state keeps its luck.
        (i, j), own = sorted((row[pair.a], row[pair.b])), row[pair.a] < row[pair.b]
        a, b = int(board.codes[i]), int(board.codes[j])
        multipliers = (pair.rate_multiplier_a, pair.rate_multiplier_b)[:: 1 if own else -1]
        both = f"{board.states[i]}-{board.states[j]}"
        km = luck.figure(f"{both}: distance_km", pair.distance_km, _PAIR, a, b)
        tie = 0.0 if pair.tie is None else luck.figure(f"{both}: tie", pair.tie, _PAIR + 3, a, b)
        for here, there, number in ((i, j, 0), (j, i, 1)):
            drawn["km"][:, here, there], drawn["tie"][:, here, there] = km, tie
            drawn["category"][:, here, there] = _CATEGORIES.index(pair.dispute_class)
            drawn["years"][:, here, there] = pair.dyad_years
            drawn["onsets"][:, here, there] = pair.onsets
            factor = multipliers[number]
            name = f"{board.states[here]} on {board.states[there]}: rate_multiplier"
            drawn["multiplier"][:, here, there] = (
                1.0 if factor is None else luck.figure(name, factor, _PAIR + 1 + number, a, b)
            )
    for umbrella in board.scenario.umbrellas:
        patron, client = (
            board.scenario.state(each).code for each in (umbrella.patron, umbrella.client)
        )
        name = f"{umbrella.patron} over {umbrella.client}: umbrella"
        belief = luck.figure(name, umbrella.belief, _UMBRELLA, patron, client)
        drawn["umbrella"][:, row[umbrella.patron], row[umbrella.client]] = belief
    return drawn
