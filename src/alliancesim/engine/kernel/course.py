"""Which treaties are in force this month: members join and leave, revocable guarantees waver."""

from __future__ import annotations

import numpy as np

from alliancesim import chance
from alliancesim._compile import compilable
from alliancesim.arrays.layout import LEAVES
from alliancesim.chance import uniform
from alliancesim.rules.basics import ONE, ZERO
from alliancesim.rules.course import (
    acceptance_given,
    notice_rate_given,
    ratification_wait_given,
    stands_given,
    waiting,
)

__all__ = ["NEVER", "changes_at", "changes_law", "keep_law", "open_law"]

NEVER = np.int64(2**31)  #: a month after every horizon


@compilable
def changes_at(seed, world, law, arm, theta):
    """Months in which an arm's change of membership is announced and in force, or `NEVER`.

    An accession is announced after negotiation and ratified by one member after another and by
    the state itself, each with its own chance to accept; an exit is announced by notice, and the
    notice has to run. Nothing in the world bears on either, so both are known from the start.

    Returns
    -------
    announced, entry : int
    """
    course = law.course[arm]
    if course.then < 0:
        return NEVER, NEVER
    treaty, state = course.treaty, course.state
    u = uniform(seed, world, ZERO, chance.ANNOUNCEMENT, ZERO, treaty, state, ZERO)
    if course.kind == LEAVES:
        rate = notice_rate_given(theta)
        if rate <= 0.0:
            return NEVER, NEVER
        announced = waiting(12.0 / rate, u)
        return announced, announced + course.notice
    announced = waiting(theta.negotiation_months, u)
    entry = announced
    for k in range(course.ratifiers):
        who, gain = law.ratifier[arm, k], law.gain[arm, k]
        u = uniform(seed, world, ZERO, chance.RATIFICATION, ZERO, treaty, state, who)
        if u >= acceptance_given(gain, theta):
            return announced, NEVER
        u = uniform(seed, world, ZERO, chance.RATIFICATION, ONE, treaty, state, who)
        entry += ratification_wait_given(u, theta)
    return announced, entry


@compilable
def open_law(law, arm, workspace):
    """Put in force what an arm begins with."""
    for v in range(len(law.treaty)):
        workspace.standing[v] = True
        workspace.in_force[v] = law.in_arm[arm, v]


@compilable
def changes_law(seed, world, turn, entry, revocable, code, standing, theta):
    """Whether a month brings a treaty into force or out of it: then law has to be kept."""
    if turn == entry:
        return True
    if turn > 0:
        for v in range(len(code)):
            stood = standing[v]
            if revocable[v] and _stands(seed, world, turn, code[v], stood, theta) != stood:
                return True
    return False


@compilable
def _stands(seed, world, turn, code, stood, theta):
    u = uniform(seed, world, turn, chance.WITHDRAWAL, ZERO, code, ZERO, ZERO)
    return stands_given(stood, u, theta)


@compilable
def keep_law(seed, world, turn, arm, entry, law, theta, workspace):
    """Put in force what a month has; return whether anything changed."""
    changed = turn == entry
    row = workspace.world[0]
    if changed:
        row.memberships_changed += 1.0
    if turn > 0:
        for v in range(len(law.treaty)):
            if law.revocable[v]:
                stood = workspace.standing[v]
                now = _stands(seed, world, turn, law.code[v], stood, theta)
                if now != stood:
                    workspace.standing[v] = now
                    changed = True
                    if stood and law.in_arm[arm, v]:
                        row.guarantees_withdrawn += 1.0
    if changed:
        place = law.course[arm].then if turn >= entry else arm
        for v in range(len(law.treaty)):
            workspace.in_force[v] = law.in_arm[place, v] and workspace.standing[v]
    return changed
