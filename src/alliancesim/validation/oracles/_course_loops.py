"""The law of each month, played a great many times: draw ``n`` is that of world ``n``."""

from __future__ import annotations

import numpy as np

from alliancesim._compile import runs_compiled
from alliancesim.engine.kernel.course import changes_at, keep_law, open_law
from alliancesim.engine.kernel.layout import PRESENT
from alliancesim.engine.kernel.muster import HELPERS, look_up, muster
from alliancesim.rules.lanes import expected_win, prepare

__all__ = ["beliefs", "changes", "standings"]

NO = np.bool_(False)  # typed: a literal would be compiled for each value


@runs_compiled
def changes(seed, draws, horizon, arm, after, law, theta, desk):
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
        open_law(law, arm, desk)
        for turn in range(horizon):
            keep_law(seed, n, turn, arm, entry[n], law, theta, desk)
            if desk.in_force[after]:
                months[n] += 1.0
    return announced, entry, months


@runs_compiled
def standings(seed, draws, horizon, arm, guarantee, law, theta, desk):
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
        desk.world[0] = desk.world[1]
        open_law(law, arm, desk)
        for turn in range(horizon):
            keep_law(seed, n, turn, arm, -1, law, theta, desk)
            if desk.in_force[guarantee]:
                standing[turn] += 1
                months[n] += 1.0
            elif first[n] == horizon:
                first[n] = turn
        withdrawn[n] = desk.world[0].guarantees_withdrawn
    return standing, months, withdrawn, first


@runs_compiled
def beliefs(
    seed, draws, month, arm, attacker, victim, away, home, law, reading, depth, theta, desk
):
    """Chance to win that an attacker expects in a month, a world a row.

    What the victim's ally owes is looked up under what that month has in force.
    """
    values, state, notes = np.empty(draws), desk.state[PRESENT], desk.note
    helpers, parts = desk.helper[HELPERS], desk.part[HELPERS]
    prepare(theta, desk.work[0])
    for n in range(draws):
        open_law(law, arm, desk)
        for turn in range(month + 1):
            keep_law(seed, n, turn, arm, -1, law, theta, desk)
        look_up(law, desk.in_force, reading, depth, 0, attacker, victim, theta, notes)
        count = muster(
            attacker, victim, victim, 0.0, NO, True, state, desk, notes, helpers, parts, theta
        )
        values[n] = expected_win(away, home, desk.home, helpers, parts, count, theta, desk.work[0])
    return values
