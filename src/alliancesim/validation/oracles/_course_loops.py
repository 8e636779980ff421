"""The law of each month, played a great many times: draw ``n`` is that of world ``n``."""

from __future__ import annotations

import numpy as np

from alliancesim._compile import runs_compiled
from alliancesim.engine.kernel.course import changes_at, keep_law, open_law
from alliancesim.engine.kernel.helpers import HELPERS, gather_helpers, look_up
from alliancesim.engine.kernel.workspace import PRESENT
from alliancesim.rules.lanes import expected_win, prepare

__all__ = ["beliefs", "changes", "standings"]

NO = np.bool_(False)  # typed: a literal would be compiled for each value


@runs_compiled
def changes(seed, draws, horizon, arm, after, law, theta, workspace):
    """When an arm's change of membership comes, and what the months then have in force.

    Returns
    -------
    announced, entry : ndarray of int64, shape (draws,)
        Months, or `NEVER`.
    months : ndarray of float64, shape (draws,)
        Of the horizon, those in which treaty ``after`` is in force.
    """
    announced, entry = np.empty(draws, np.int64), np.empty(draws, np.int64)
    months = np.zeros(draws)
    for n in range(draws):
        announced[n], entry[n] = changes_at(seed, n, law, arm, theta)
        open_law(law, arm, workspace)
        for turn in range(horizon):
            keep_law(seed, n, turn, arm, entry[n], law, theta, workspace)
            if workspace.in_force[after]:
                months[n] += 1.0
    return announced, entry, months


@runs_compiled
def standings(seed, draws, horizon, arm, guarantee, law, theta, workspace):
    """How a revocable guarantee fares.

    Returns
    -------
    standing : ndarray of int64, shape (horizon,)
        Worlds in which it is in force, month by month.
    months, withdrawn : ndarray of float64, shape (draws,)
        Months in which it is in force, and how often it was withdrawn.
    first : ndarray of int64, shape (draws,)
        Month of the first withdrawal; the horizon where there was none.
    """
    standing, first = np.zeros(horizon, np.int64), np.full(draws, horizon)
    months, withdrawn = np.zeros(draws), np.zeros(draws)
    for n in range(draws):
        workspace.world[0] = workspace.world[1]
        open_law(law, arm, workspace)
        for turn in range(horizon):
            keep_law(seed, n, turn, arm, -1, law, theta, workspace)
            if workspace.in_force[guarantee]:
                standing[turn] += 1
                months[n] += 1.0
            elif first[n] == horizon:
                first[n] = turn
        withdrawn[n] = workspace.world[0].guarantees_withdrawn
    return standing, months, withdrawn, first


@runs_compiled
def beliefs(
    seed, draws, month, arm, attacker, victim, away, home, law, reading, depth, theta, workspace
):
    """Chance to win that an attacker expects in a month, a world a row.

    What the victim's ally owes is looked up under what that month has in force.
    """
    values, state, notes = np.empty(draws), workspace.state[PRESENT], workspace.note
    helpers, parts = workspace.helper[HELPERS], workspace.part[HELPERS]
    prepare(theta, workspace.work[0])
    for n in range(draws):
        open_law(law, arm, workspace)
        for turn in range(month + 1):
            keep_law(seed, n, turn, arm, -1, law, theta, workspace)
        look_up(law, workspace.in_force, reading, depth, 0, attacker, victim, theta, notes)
        count = gather_helpers(
            attacker, victim, victim, 0.0, NO, True, state, workspace, notes, helpers, parts, theta
        )
        values[n] = expected_win(
            away, home, workspace.home, helpers, parts, count, theta, workspace.work[0]
        )
    return values
