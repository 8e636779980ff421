"""What worlds draw: parameters, figures and readings, each at an address of its own.

A draw is a function of the seed and its own number alone, whatever is drawn beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim import chance
from alliancesim._compile import compiled
from alliancesim.arrays.layout import DRAWN_PAIR, STATE, rows
from alliancesim.data.quantity import Parameter, Quantity
from alliancesim.scenario.unknowns import choices, clauses, record

if TYPE_CHECKING:
    from alliancesim.arrays.board import Board

__all__ = ["Draws", "RandomDraws", "draw"]

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

_REPUTATION = 16

# Which draw of the decision FIGURE belongs to what.
_STATE, _PAIR, _UMBRELLA, _TRANSFER, _DEPTH, _SHOCK, _SHARE = 0, 32, 48, 52, 56, 60, 64

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
    transfer : array, shape (draws, transfers)
        USD bn a year.
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
    transfer: Array
    named: dict[str, Array]

    def record(self) -> NDArray[np.void]:
        """Return all that was drawn as a structured array, a row a draw and a field a name."""
        return record(self.theta, self.named)


@attrs.frozen
class RandomDraws:
    """Quantiles for consecutive draws, one address for each thing that is uncertain."""

    seed: int
    first: int
    count: int
    priors: bool
    interpreted: bool = True
    named: dict[str, Array] = attrs.field(factory=dict)

    def uniforms(self, decision: int, draw: int, a: int = 0, b: int = 0, c: int = 0) -> Array:
        """Return the random draw at an address, one value a draw."""
        out = np.empty(self.count)
        fill = chance.fill_uniform if self.interpreted else compiled(chance.fill_uniform)
        fill(np.uint64(self.seed), self.first, 0, decision, draw, a, b, c, out)
        return out

    def figure(
        self, name: str, figure: Quantity, draw: int, a: int = 0, b: int = 0, c: int = 0
    ) -> Array:
        """Return a figure as drawn, and keep it by name; its value where it has no prior."""
        if figure.prior is None or not self.priors:
            return np.full(self.count, figure.value)
        self.named[name] = figure.prior.quantile(self.uniforms(chance.FIGURE, draw, a, b, c))
        return self.named[name]

    def parameter(self, parameter: Parameter) -> Array:
        """Return a parameter as drawn."""
        if parameter.prior is None or not self.priors:
            return np.full(self.count, parameter.value)
        return parameter.draw(self.uniforms(chance.PARAMETER, 0, parameter.code))

    def reading(self, weights: Array, code: int) -> NDArray[np.int64]:
        """Return which joint reading a treaty takes, by the weights of its readings."""
        if not self.priors or len(weights) == 1:
            return np.full(self.count, int(np.argmax(weights)))
        steps = np.cumsum(weights)
        u = self.uniforms(chance.READING, 0, code) * steps[-1]
        return np.minimum(np.searchsorted(steps, u, side="right"), len(weights) - 1)


def draw(board: Board, draws: RandomDraws) -> Draws:
    """Return what a stretch of draws gives the kernel."""
    scenario = board.scenario
    theta = rows(draws.count, np.dtype([(p.name, np.float64) for p in scenario.parameters]))
    for parameter in scenario.parameters:
        theta[parameter.name] = draws.parameter(parameter)
    shares = [
        draws.figure(f"{circumstance.name}: share", circumstance.share, _SHARE + row)
        for row, circumstance in enumerate(scenario.circumstances)
    ]
    readings = [
        draws.reading(block.weights, treaty.code)
        for block, treaty in zip(board.blocks, board.treaties, strict=True)
    ]
    depths = [
        draws.figure(f"{treaty.id}: depth", treaty.depth, _DEPTH, treaty.code)
        for treaty in board.treaties
    ]
    for treaty, block, reading in zip(board.treaties, board.blocks, readings, strict=True):
        if draws.priors and not block.inert:
            draws.named.update(choices(reading, clauses(treaty, scenario.start)))
    return Draws(
        first=draws.first,
        theta=theta,
        state=_draw_states(board, draws),
        pair=_draw_pairs(board, draws),
        shares=np.ascontiguousarray(np.array(shares).reshape(len(shares), draws.count).T),
        reading=np.array(readings, np.int64).reshape(len(readings), draws.count).T.copy(),
        depth=np.array(depths, np.float64).reshape(len(depths), draws.count).T.copy(),
        transfer=_draw_transfers(board, draws),
        named=draws.named,
    )


def _draw_states(board: Board, draws: RandomDraws) -> Any:
    drawn = rows((draws.count, len(board.states)), STATE)
    world = board.scenario.totals
    for i, name in enumerate(board.states):
        state = board.scenario.state(name)
        figures = {
            figure: draws.figure(
                f"{name}: {figure}", getattr(state, figure), _STATE + number, state.code
            )
            for number, figure in enumerate([*_DOMAINS.values(), "experience", "nuclear_warheads"])
        }
        for field, figure in _DOMAINS.items():
            total = getattr(world, figure).value
            drawn[field][:, i] = figures[figure] / total if total > 0.0 else 0.0
        for field, figure in _AS_IT_IS.items():
            drawn[field][:, i] = figures[figure]
        drawn["sea"][:, i] = float(state.projection == "sea")
        if state.reputation is not None:
            name = f"{state.id}: reputation at the start"
            number = _STATE + _REPUTATION
            drawn["reputation"][:, i] = draws.figure(name, state.reputation, number, state.code)
    return drawn


def _draw_transfers(board: Board, draws: RandomDraws) -> Array:
    scenario = board.scenario
    drawn = np.zeros((draws.count, len(scenario.transfers)))
    for row, each in enumerate(scenario.transfers):
        payer, payee = scenario.state(each.payer).code, scenario.state(each.payee).code
        name = f"{each.payer} to {each.payee}: transfer under {each.treaty}"
        treaty = scenario.treaty(each.treaty).code
        drawn[:, row] = draws.figure(name, each.amount, _TRANSFER, payer, payee, treaty)
    return drawn


def _draw_pairs(board: Board, draws: RandomDraws) -> Any:
    n = len(board.states)
    drawn = rows((draws.count, n, n), DRAWN_PAIR)
    row = {name: i for i, name in enumerate(board.states)}
    for pair in board.scenario.pairs:
        # By code, not by name: a renamed state keeps its random draws.
        (i, j), own = sorted((row[pair.a], row[pair.b])), row[pair.a] < row[pair.b]
        a, b = int(board.codes[i]), int(board.codes[j])
        multipliers = (pair.rate_multiplier_a, pair.rate_multiplier_b)[:: 1 if own else -1]
        both = f"{board.states[i]}-{board.states[j]}"
        km = draws.figure(f"{both}: distance_km", pair.distance_km, _PAIR, a, b)
        tie = 0.0 if pair.tie is None else draws.figure(f"{both}: tie", pair.tie, _PAIR + 3, a, b)
        if pair.heat is not None:
            heat = draws.figure(f"{both}: heat at the start", pair.heat, _PAIR + 4, a, b)
            drawn["heat"][:, i, j] = drawn["heat"][:, j, i] = heat
        for here, there, number in ((i, j, 0), (j, i, 1)):
            drawn["km"][:, here, there], drawn["tie"][:, here, there] = km, tie
            drawn["category"][:, here, there] = _CATEGORIES.index(pair.dispute_class)
            drawn["years"][:, here, there] = pair.dyad_years
            drawn["onsets"][:, here, there] = pair.onsets
            factor = multipliers[number]
            name = f"{board.states[here]} on {board.states[there]}: rate_multiplier"
            drawn["multiplier"][:, here, there] = (
                1.0 if factor is None else draws.figure(name, factor, _PAIR + 1 + number, a, b)
            )
    for shock in sorted(board.scenario.common_shocks, key=lambda each: row[each.state]):
        code = board.scenario.state(shock.state).code
        common = draws.figure(f"{shock.state}: common shock", shock.factor, _SHOCK, code)
        at = row[shock.state]
        drawn["multiplier"][:, at, :] *= common[:, np.newaxis]
        drawn["multiplier"][:, :, at] *= common[:, np.newaxis]
    for umbrella in board.scenario.umbrellas:
        patron, client = (
            board.scenario.state(each).code for each in (umbrella.patron, umbrella.client)
        )
        name = f"{umbrella.patron} over {umbrella.client}: umbrella"
        belief = draws.figure(name, umbrella.belief, _UMBRELLA, patron, client)
        drawn["umbrella"][:, row[umbrella.patron], row[umbrella.client]] = belief
    return drawn
