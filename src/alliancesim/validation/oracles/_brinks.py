"""Wars on the nuclear brink: signal, settlement and use against a chain of three states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from alliancesim.engine.kernel.belligerents import CHALLENGER
from alliancesim.engine.kernel.nuclear import SETTLED, USED
from alliancesim.engine.kernel.workspace import Workspace, make_workspace
from alliancesim.rules.response import LIMITED_FORCE
from alliancesim.validation.oracles import _loops, closed_forms
from alliancesim.validation.oracles._setting import parameters
from alliancesim.validation.rows import Row, mean, share

__all__ = ["brinks"]

_MONTHS = 12
_LOSER, _ENEMY, _PATRON = range(3)


@attrs.frozen
class _Case:
    """What stands behind either side: warheads, and belief in the loser's patron."""

    what: str
    own: bool
    umbrella: float
    enemy: bool


_CASES = (
    _Case("own deterrent", True, 0.0, False),
    _Case("retaliation", True, 0.0, True),
    _Case("umbrella", False, 0.4, False),
)


def brinks(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on how wars on the brink end, and on the chance of use booked along the way."""
    # Frequent enough to be counted; no forces are lost, so that a workspace serves many wars.
    theta = parameters(nuclear_hazard=0.08, nuclear_settlement=0.06, nuclear_losses=0.0)
    count = max(1000, draws // 10)
    for case in _CASES:
        ends, expected = _loops.brinks(np.uint64(seed), count, _MONTHS, theta, _workspace(case))
        able = 1.0 if case.own else case.umbrella
        restraint = theta.nuclear_retaliation * theta.own_deterrent_belief if case.enemy else 0.0
        hazard = float(theta.nuclear_hazard * (1.0 - restraint))
        settled, used = closed_forms.brink(hazard, float(theta.nuclear_settlement), _MONTHS)
        what = f"after {_MONTHS} months, {case.what}"
        yield share("brink", f"settled {what}", ends[SETTLED], count, able * settled)
        yield share("brink", f"used {what}", ends[USED], count, able * used)
        yield mean("brink", f"use expected {what}", expected, able * used)


def _workspace(case: _Case) -> Workspace:
    """Lay out one war whose challenger loses, and a patron that fights beside it."""
    table: Any = make_workspace(np.array([11, 22, 33]), 1, 1)
    warheads = (case.own, case.enemy, case.umbrella > 0.0)
    table.state.warheads = np.array(warheads, dtype=np.float64)
    war = table.war[0]
    war.challenger, war.target, war.left_target = _LOSER, _ENEMY, 1.0
    table.allies[0, CHALLENGER] = 1
    ally = table.ally[0, CHALLENGER, 0]
    ally.who, ally.answer = _PATRON, LIMITED_FORCE
    table.stake[_PATRON, _LOSER].umbrella = case.umbrella
    made: Workspace = table
    return made
