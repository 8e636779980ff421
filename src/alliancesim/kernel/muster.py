"""Who may help whom against whom: what the law says, and what each could bring."""

from __future__ import annotations

from alliancesim._compile import compiled
from alliancesim.rules.belief import expected_commitment
from alliancesim.rules.challenge import cover
from alliancesim.rules.response import concerned, duty_weight, threat, utility
from alliancesim.rules.strength import brought

CONSENSUS, MAJORITY = 2, 3  #: gates: an organ must consent, by its rule

__all__ = ["covered", "deterrent_belief", "fill_parts", "look_up", "muster"]


@compiled
def look_up(law, arm, reading, depth, circumstance, attacker, victim, theta, desk):  # type: ignore[no-untyped-def]
    """Fill the desk with what each state owes the victim: strongest duty, weight, conflict, depth.

    Several treaties merge by maximum; depth is the greatest of those shared with the victim. A
    duty that waits for an organ weighs by the chance that the organ consents, and is not owed
    before it has; the victim always requests help.
    """
    desk.owed[:], desk.weight[:], desk.conflict[:], desk.depth[:] = 0, 0.0, 0.0, 0.0
    for v in range(len(law.offset)):
        if not law.in_arm[arm, v]:
            continue
        size, foe, friend = law.size[v], law.place[v, attacker], law.place[v, victim]
        if foe >= 0:
            start = law.conflict_offset[v] + (reading[v] * size + foe) * size
            for k in range(size):
                if law.conflict[start + k] > 0:
                    desk.conflict[law.who[v, k]] = 1.0
        if friend < 0:
            continue
        start = reading[v] * len(law.provocation) + circumstance
        start = (start * law.place.shape[1] + attacker) * size + friend
        start = law.offset[v] + start * size
        for k in range(size):
            who = law.who[v, k]
            desk.depth[who] = max(desk.depth[who], depth[v])
            level = law.level[start + k]
            if level > 0:
                gate = law.gate[start + k]
                binding = law.binding[start + k] / 100.0 * _consent(gate, theta)
                duty = duty_weight(
                    level, binding, theta.duty_consult, theta.duty_assist, theta.duty_defend
                )
                desk.weight[who] = max(desk.weight[who], duty)
                if gate < CONSENSUS:
                    desk.owed[who] = max(desk.owed[who], level)


@compiled
def _consent(gate, theta):  # type: ignore[no-untyped-def]
    """Chance that an organ consents, by its rule; 1 where none must, or a request is enough."""
    if gate < CONSENSUS:
        return 1.0
    if gate == CONSENSUS:
        return theta.consent_consensus
    return theta.consent_majority if gate == MAJORITY else theta.consent_two_thirds


@compiled
def muster(attacker, victim, provocation, dutiful, now, state, theta, desk, helpers, parts):  # type: ignore[no-untyped-def]
    """Fill rows of those who may help the victim, in code order; return how many.

    Call :func:`look_up` first. Not asked are states without strength, states already fighting
    the victim (if it is asked of ``now``, not of the start), and states neither bound nor
    interested (or, where ``dutiful``, not bound).
    """
    count = 0
    for k in range(len(state)):
        if k == attacker or k == victim or (now and desk.bond[k, victim].hostile > 0.0):
            continue
        tie = desk.tie[k, victim]
        threshold = 2.0 if dutiful else theta.interest_threshold
        if not concerned(desk.weight[k], tie.interest, threshold):
            continue
        factor = brought(state[k].free, state[k].experience, tie.reach)
        if factor * state[k].base <= 0.0:
            continue
        row = helpers[count]
        row.who, row.level, row.delay = k, desk.owed[k], int(tie.delay)
        row.strength = factor * state[k].base
        row.depth, row.chance = desk.depth[k], tie.chance
        row.utility = _utility(k, attacker, victim, provocation, state, theta, desk)
        fill_parts(parts[count], factor, state[k])
        count += 1
    return count


@compiled
def _utility(k, attacker, victim, provocation, state, theta, desk):  # type: ignore[no-untyped-def]
    foe, friend = desk.tie[k, attacker], desk.tie[k, victim]
    projected = state[attacker].strength * desk.tie[attacker, k].reach
    exposed = 1.0 if state[attacker].warheads > 0.0 and state[k].warheads <= 0.0 else 0.0
    return utility(
        theta.response_intercept,
        friend.interest,
        threat(foe.rival, projected, state[k].strength),
        desk.weight[k],
        1.0 if desk.owed[k] >= 2 else 0.0,
        friend.km,
        state[k].busy,
        exposed,
        provocation,
        desk.conflict[k],
        theta.term_interest,
        theta.term_threat,
        theta.term_duty,
        theta.term_invocation,
        theta.term_severity,
        theta.term_distance,
        theta.term_pinned,
        theta.term_nuclear,
        theta.term_provocation,
        theta.term_conflict,
    )


@compiled
def fill_parts(parts, factor, row):  # type: ignore[no-untyped-def]
    """Fill five domains as a state brings them to a place."""
    parts[0], parts[1], parts[2] = factor * row.g1, factor * row.g2, factor * row.g3
    parts[3], parts[4] = factor * row.g4, factor * row.g5


@compiled
def deterrent_belief(victim, state, theta, desk):  # type: ignore[no-untyped-def]
    """Belief that an attack on the victim is answered by a deterrent: its own, or a patron's.

    A patron counts where it owes the victim assistance or defence; see :func:`look_up`.
    """
    belief = theta.own_deterrent_belief if state[victim].warheads > 0.0 else 0.0
    for k in range(len(state)):
        if desk.owed[k] >= 2 and state[k].warheads > 0.0:
            belief = max(belief, desk.tie[k, victim].umbrella)
    return belief


@compiled
def covered(count, helpers, own, theta):  # type: ignore[no-untyped-def]
    """Cover that these helpers would give a challenger of strength ``own``."""
    allies = 0.0
    for k in range(count):
        allies += expected_commitment(helpers[k].utility, theta) * helpers[k].strength
    return cover(allies, own)
