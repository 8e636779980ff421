"""The two sides of a war: who fights on them, and how they lose forces."""

from __future__ import annotations

import numpy as np

from alliancesim._compile import compilable
from alliancesim.engine.kernel.opening import update_strength
from alliancesim.rules.response import LIMITED_FORCE

__all__ = ["CHALLENGER", "TARGET", "fighting", "lose", "present"]

# Typed, since a literal would be compiled anew for each value.
TARGET, CHALLENGER = np.int64(0), np.int64(1)  #: the two sides of a war


@compilable
def fighting(ally):
    """Whether an ally answered as a belligerent."""
    return ally.answer >= LIMITED_FORCE


@compilable
def present(ally, turn):
    """Whether an ally fights and has arrived."""
    return fighting(ally) and ally.arrives <= turn


@compilable
def lose(row, loss, theta):
    """Take a share from a state's manpower and materiel for good."""
    row.manpower *= 1.0 - loss
    row.materiel *= 1.0 - loss
    row.loss += row.left * loss
    row.left *= 1.0 - loss
    update_strength(row, theta)
