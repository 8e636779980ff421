"""What does each state of a scenario bring, at the central values of all that is uncertain?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.arrays.board import Board
from alliancesim.arrays.layout import plain_record
from alliancesim.engine.kernel.opening import update_strength
from alliancesim.rules.coalition import HELPER, coalition
from alliancesim.rules.strength import brought

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DOMAINS", "Forces"]

DOMAINS = ("manpower", "materiel", "strike", "industry", "finance")


@attrs.frozen(eq=False)
class Forces:
    """Strengths at home, nobody at war, as the engine computes them when a world opens.

    Attributes
    ----------
    states : tuple of str
        Ids in the order of their codes.
    theta : record
        Parameters at their central values.
    weights : array of float, shape (5,)
        Weights of the domains, scaled to sum to 1.
    parts : array of float, shape (states, 5)
        Effective shares of the world's total by domain: floored, times 1 + experience.
    strength : array of float, shape (states,)
        Strength as a share of the world: the five domains aggregated.
    """

    states: tuple[str, ...]
    theta: Any
    weights: NDArray[np.float64]
    parts: NDArray[np.float64]
    strength: NDArray[np.float64]

    @classmethod
    def of(cls, board: Board) -> Forces:
        """Return the forces of a board's states."""
        drawn = board.draws(0, 0, 1, priors=False)
        theta = plain_record(drawn.theta[0])
        parts, strength = [], []
        for row in drawn.state[0]:
            update_strength(row, theta)
            factor = brought(1.0, row.experience, 1.0)
            parts.append([factor * getattr(row, f"g{m}") for m in range(1, 6)])
            strength.append(row.strength)
        weights = np.array([getattr(theta, f"weight_{name}") for name in DOMAINS])
        return cls(
            board.states, theta, weights / weights.sum(), np.array(parts), np.array(strength)
        )

    def row(self, state: str) -> int:
        """Return the row of a state."""
        return self.states.index(state)

    def together(self, members: Sequence[str], depth: float) -> float:
        """Return the strength of states that fight side by side with all they have.

        Parameters
        ----------
        members : sequence of str
            One or more.
        depth : float
            How far they fight as one force, share: 0 adds their strengths, 1 pools them by domain.
        """
        first, *others = (self.row(each) for each in members)
        helpers = np.zeros(len(others), HELPER).view(np.recarray)
        helpers.strength, helpers.share, helpers.depth = self.strength[others], 1.0, depth
        return float(
            coalition(
                self.strength[first],
                self.parts[first],
                helpers,
                self.parts[others],
                len(others),
                self.theta,
            )
        )
