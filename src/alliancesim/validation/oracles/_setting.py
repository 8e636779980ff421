"""What the oracles are asked about: parameters, a pair of states, a target and its helpers."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim import catalogue
from alliancesim.arrays.layout import rows
from alliancesim.engine.kernel.workspace import NOTE, STAKE
from alliancesim.rules.challenge import heat_norm
from alliancesim.rules.coalition import HELPER
from alliancesim.validation.oracles.closed_forms import ces

__all__ = ["Side", "cuts", "pair", "parameters", "side"]

Array = NDArray[np.float64]


def parameters(**values: float) -> Any:
    """Return a record of the parameters at their defaults, but for the values given."""
    known = catalogue.parameters()
    record = rows(1, np.dtype([(each.name, np.float64) for each in known]))[0]
    for each in known:
        record[each.name] = values.get(each.name, each.value)
    return record


def cuts(theta: Any) -> list[float]:
    """Return the five cutpoints of the ladder."""
    names = ("diplomatic", "aid", "deployment", "limited", "full")
    return [float(theta[f"cut_{name}"]) for name in names]


def pair(rate: float, theta: Any) -> tuple[Any, Any]:
    """Return stakes and notes of two states that dispute at a rate a year."""
    stake, note = rows((2, 2), STAKE), rows(2, NOTE)
    stake.rate, stake.norm = rate, heat_norm(rate, theta.heat_jump, theta.heat_memory)
    note.code = np.array([1, 2])
    return stake, note


@attrs.frozen(eq=False)
class Side:
    """A challenger, and a target with those who may help it."""

    challenger: float
    home_parts: Array
    parts: Array
    helpers: Any
    theta: Any

    @property
    def home(self) -> float:
        """Strength of the target alone."""
        return float(ces(self.home_parts, self.theta))


def side(
    challenger: Array, home: Array, parts: Array, theta: Any, *, depth: Any, utility: Any,
    chance: Any = 1.0,
) -> Side:  # fmt: skip
    """Return a side from domains; depth, utility and chance are one number, or one a helper."""
    helpers = rows(len(parts), HELPER)
    helpers["strength"] = ces(parts, theta)
    helpers["depth"], helpers["utility"], helpers["chance"] = depth, utility, chance
    return Side(float(ces(challenger, theta)), home, parts, helpers, theta)
