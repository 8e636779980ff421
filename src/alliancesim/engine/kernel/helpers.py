"""Who may help whom against whom: what the law says, and what each could bring."""

from __future__ import annotations

import numpy as np

from alliancesim._compile import compilable
from alliancesim.levels import Gate, Level
from alliancesim.rules.basics import ZERO
from alliancesim.rules.challenge import cover_given
from alliancesim.rules.lanes import expected_commitment
from alliancesim.rules.nuclear import own_deterrent
from alliancesim.rules.response import duty_weight_given, utility_given, weigh
from alliancesim.rules.strength import brought

# Which rows of ``workspace.helper`` are whose. Typed: a literal would be compiled for each value.
HELPERS, BACKERS, SCRATCH = np.int64(0), np.int64(1), np.int64(2)

__all__ = [
    "BACKERS",
    "HELPERS",
    "SCRATCH",
    "covered",
    "deterrent_belief",
    "fill_parts",
    "gather_helpers",
    "look_up",
]


@compilable(inline=True)
def look_up(law, in_force, reading, depth, circumstance, attacker, victim, theta, notes):
    """Fill the notes with what each state owes the victim: strongest duty, weight, conflict, depth.

    Several treaties merge by maximum; depth is the greatest of those under which the victim is
    owed something. A duty that waits for an organ weighs by the chance that the organ consents,
    and is not owed before it has; the victim always requests help.

    Returns
    -------
    bool
        Whether anybody owes assistance or defence.
    """
    cells, who, place = law.cells, law.who, law.place
    for k in range(len(notes)):
        note = notes[k]
        note.owed, note.weight, note.conflict, note.depth = 0, 0.0, 0.0, 0.0
    bound = False
    for each in range(law.concern[attacker, victim, 0], law.concern[attacker, victim, 1]):
        v = law.concerned[each]
        if not in_force[v]:
            continue
        treaty, foe, friend = law.treaty[v], place[v, attacker], place[v, victim]
        size = treaty.parties
        if foe >= 0:
            start = treaty.conflicts + (reading[v] * size + foe) * size
            for k in range(size):
                if law.conflicts[start + k] > 0:
                    notes[who[v, k]].conflict = 1.0
        if friend < 0:
            continue
        start = reading[v] * len(law.provocation) + circumstance
        start = (start * place.shape[1] + attacker) * size + friend
        start = treaty.cells + start * size
        for k in range(size):
            note, cell = notes[who[v, k]], cells[start + k]
            if cell.level > 0:
                note.depth = max(note.depth, depth[v])
                duty = duty_weight_given(cell.level, cell.binding, cell.gate, theta)
                note.weight = max(note.weight, duty)
                if cell.gate < Gate.IF_CONSENSUS:
                    note.owed = max(note.owed, cell.level)
                    bound = bound or cell.level >= Level.ASSIST
    return bound


@compilable(inline=True)
def gather_helpers(
    attacker, victim, place, provocation, dutiful, now, state, workspace, notes, rows, parts, theta
):
    """Fill rows of those who may help the victim, in code order; return how many.

    Call :func:`look_up` first. Not asked are states without strength, states already fighting
    the victim (if it is asked of ``now``, not of the start), and states neither bound nor
    interested (or, where ``dutiful``, not bound to assist). The fight is at the home of ``place``.
    """
    count, link = ZERO, workspace.link
    for k in range(len(state)):
        note = notes[k]
        if (
            note.owed < Level.ASSIST
            if dutiful
            else not (note.weight > 0.0 or workspace.interested[victim, k])
        ):
            continue
        if k in (attacker, victim) or (now and link[k, victim].hostile > 0.0):
            continue
        there, row = link[k, place], rows[count]
        factor = brought(state[k].free, state[k].experience, there.reach)
        if factor * state[k].force <= 0.0:
            continue
        row.who, row.level, row.delay = k, note.owed, int(there.delay)
        row.strength = factor * state[k].force
        row.depth, row.chance = note.depth, there.chance
        paid = link[victim, k].pays if now else workspace.stake[victim, k].pays_start
        reasons = weigh(
            own=state[k],
            duty=note,
            friend=link[k, victim],
            there=there,
            foe=link[k, attacker],
            attacker=state[attacker],
            reach=link[attacker, k].reach,
            paid=paid,
            provocation=provocation,
            theta=theta,
        )
        row.utility = utility_given(reasons, theta)
        own = state[k]
        parts[count, 0], parts[count, 1] = factor * own.g1, factor * own.g2
        parts[count, 2], parts[count, 3] = factor * own.g3, factor * own.g4
        parts[count, 4] = factor * own.g5
        count += 1
    return count


@compilable(inline=True)
def fill_parts(parts, factor, row):
    """Fill five domains as a state brings them to a place."""
    parts[0], parts[1], parts[2] = factor * row.g1, factor * row.g2, factor * row.g3
    parts[3], parts[4] = factor * row.g4, factor * row.g5


@compilable(inline=True)
def deterrent_belief(victim, state, stake, notes, theta):
    """Belief that an attack on the victim is answered by a deterrent: its own, or a patron's.

    A patron counts where it owes the victim assistance or defence; see :func:`look_up`.
    """
    belief = own_deterrent(state[victim].warheads, theta)
    for k in range(len(state)):
        if notes[k].owed >= Level.ASSIST and state[k].warheads > 0.0:
            belief = max(belief, stake[k, victim].umbrella)
    return belief


@compilable(inline=True)
def covered(count, backers, own, opponent, theta, work):
    """Cover that its backers would give a challenger of strength ``own`` at the same place."""
    allies, none = 0.0, 1.0
    for k in range(count):
        committed = expected_commitment(backers[k].utility, theta, work)
        allies += committed * backers[k].strength
        none *= 1.0 - committed
    return cover_given(allies, own, opponent, none, theta)
