"""How a world begins: strengths, rates, interests and benefits from its own parameters."""

from __future__ import annotations

from alliancesim._compile import compilable
from alliancesim.engine.kernel.benefits import holdings
from alliancesim.engine.kernel.pacts import spill_to
from alliancesim.engine.kernel.workspace import ORIGIN, PRESENT
from alliancesim.rules.aftermath import reputation_at_start
from alliancesim.rules.budget import pressure_given
from alliancesim.rules.challenge import (
    cost_at_start,
    heat_norm_given,
    may_be_hot_given,
    status_quo_given,
    yearly_rate_given,
)
from alliancesim.rules.coalition import ces
from alliancesim.rules.lanes import ROWS, aggregate_rows, prepare
from alliancesim.rules.response import concerned_given, interest_given
from alliancesim.rules.strength import (
    felt_distance_given,
    floored_given,
    median_positive,
    projection_given,
)
from alliancesim.rules.war import arrival_chance_given, arrival_delay_given

__all__ = ["note_warmth", "open_world", "reset", "threat_to", "update_strength", "update_strengths"]


UNKNOWN = -1.0  #: in the table of what is known: not asked yet


@compilable
def update_strength(row, theta):
    """Reckon a state's strength from its domains and experience, in place."""
    _floor_domains(row, theta)
    row.force = ces(row.g1, row.g2, row.g3, row.g4, row.g5, theta)
    row.strength = (1.0 + row.experience) * row.force


@compilable
def update_strengths(states, theta, work):
    """Reckon the strength of every state, as many at a time as the workspace holds."""
    n, start = len(states), 0
    while start < n:
        stop = min(n, start + ROWS)
        for i in range(start, stop):
            row, at = states[i], 5 * (i - start)
            _floor_domains(row, theta)
            work.domain[at], work.domain[at + 1], work.domain[at + 2] = row.g1, row.g2, row.g3
            work.domain[at + 3], work.domain[at + 4] = row.g4, row.g5
        aggregate_rows(stop - start, theta, work)
        for i in range(start, stop):
            states[i].force = work.strength[i - start]
            states[i].strength = (1.0 + states[i].experience) * states[i].force
        start = stop


@compilable
def _floor_domains(row, theta):
    middle = median_positive(row.manpower, row.materiel, row.strike, row.industry, row.finance)
    row.g1 = floored_given(row.manpower, middle, theta)
    row.g2 = floored_given(row.materiel, middle, theta)
    row.g3 = floored_given(row.strike, middle, theta)
    row.g4 = floored_given(row.industry, middle, theta)
    row.g5 = floored_given(row.finance, middle, theta)


@compilable
def threat_to(i, state, workspace, pledged, theta):
    """Sum of what each rival of state i and those that owe it defence threaten, in code order."""
    total, link, rise = 0.0, workspace.link, workspace.rise
    for j in range(len(state)):
        if link[i, j].rival > 0.0:
            heat = 1.0 + rise[min(i, j), max(i, j)]
            allied = 0.0
            for k in range(len(state)):
                if k != i and pledged[j, k]:
                    allied += state[k].strength * link[k, i].reach
            projected = state[j].strength * link[j, i].reach
            total += pressure_given(projected, allied, heat, workspace.stake[i, j].norm, theta)
    return total


@compilable
def open_world(theta, drawn_state, drawn_pair, shares, workspace):
    """Fill the workspace's origin, ties and circumstances for a world; forget what was known."""
    n = len(drawn_state)
    prepare(theta, workspace.work[0])
    for i in range(n):
        workspace.state[ORIGIN, i] = drawn_state[i]
        workspace.state[ORIGIN, i].free, workspace.state[ORIGIN, i].left = 1.0, 1.0
        workspace.state[ORIGIN, i].reputation = reputation_at_start(
            drawn_state[i].reputation, theta
        )
    update_strengths(workspace.state[ORIGIN], theta, workspace.work[0])
    for i in range(n):
        for j in range(n):
            if i != j:
                _open_link(i, j, theta, drawn_pair, workspace)
    for i in range(n):
        _stakes(i, workspace)
    total = 0.0
    for c in range(len(shares)):
        total += shares[c]
    running = 0.0
    for c in range(len(shares)):
        running += shares[c]
        workspace.cumulative[c] = running / total
    _forget(workspace.known)


@compilable
def _forget(known):
    """Mark every outlook of the reference arm as one that nobody has asked for."""
    n, circumstances, _ = known.shape[1:]
    for c in range(n):
        for t in range(n):
            for circumstance in range(circumstances):
                known[c, t, circumstance, 0] = UNKNOWN


@compilable
def _open_link(i, j, theta, drawn_pair, workspace):
    given, link, stake = drawn_pair[i, j], workspace.link[i, j], workspace.stake[i, j]
    mine, theirs = given.multiplier, drawn_pair[j, i].multiplier
    link.rival = 1.0 if given.category == 0.0 else 0.0
    stake.rate = yearly_rate_given(given, theta) * (mine + theirs) / 2.0
    stake.mover = mine / (mine + theirs) if mine + theirs > 0.0 else 0.5
    stake.norm = heat_norm_given(stake.rate, theta)
    sea = workspace.state[ORIGIN, i].sea
    link.reach = projection_given(given.km, sea, theta)
    link.interest = interest_given(given.tie, link.rival, given.km, theta)
    link.felt_km = felt_distance_given(given.km, sea, theta)
    link.delay = float(arrival_delay_given(link.felt_km, theta))
    link.chance = arrival_chance_given(link.delay, theta)
    workspace.interested[j, i] = concerned_given(0.0, link.interest, theta)
    stake.umbrella, stake.heat = given.umbrella, given.heat
    stake.q_start = status_quo_given(
        workspace.state[ORIGIN, i].strength, workspace.state[ORIGIN, j].strength, theta
    )
    stake.cost = cost_at_start(link.rival, theta)
    if i > j:
        stake.q_start = 1.0 - workspace.stake[j, i].q_start


@compilable
def _stakes(i, workspace):
    """Share a state's stakes among the others as its disputes with them are."""
    total = 0.0
    for j in range(workspace.state.shape[1]):
        if j != i:
            total += workspace.stake[i, j].rate
    for j in range(workspace.state.shape[1]):
        if j != i:
            workspace.stake[i, j].stake = workspace.stake[i, j].rate / total if total > 0.0 else 0.0


@compilable
def reset(theta, workspace):
    """Put states and bonds back to where the world begins, and clear the books.

    What the reference arm pledges and pays must be settled; what this arm does is settled after.

    The last row of members and of worlds is never written, and so is the blank one.
    """
    n = workspace.state.shape[1]
    workspace.warm[0] = 0
    for i in range(n):
        for j in range(n):
            stake, pair = workspace.stake[i, j], workspace.pair[i, j]
            stake.q, workspace.rise[i, j] = stake.q_start, stake.norm - 1.0 + stake.heat
            workspace.link[i, j].hostile, pair.disputes, pair.wars = 0.0, 0.0, 0.0
            pair.disputes_expected, pair.wars_expected, pair.war_months = 0.0, 0.0, 0.0
            workspace.is_warm[i, j] = False
            if i < j:
                note_warmth(i, j, theta, workspace)
    for i in range(n):
        workspace.state[ORIGIN, i].benefits = holdings(i, workspace.stake)
        row = workspace.state[ORIGIN, i]
        row.threat = threat_to(
            i, workspace.state[ORIGIN], workspace, workspace.pledged[ORIGIN], theta
        )
        row.spill = spill_to(
            i, row.spending, workspace.state[ORIGIN], workspace.pledged[ORIGIN], theta
        )
    for i in range(n):
        workspace.state[PRESENT, i] = workspace.state[ORIGIN, i]
        workspace.member[i] = workspace.member[n]
    workspace.world[0] = workspace.world[1]
    workspace.active[0] = 0


@compilable
def note_warmth(i, j, theta, workspace):
    """List a pair, i before j, if its heat may hold forces; see `kernel.world` for the rest."""
    if may_be_hot_given(workspace.rise[i, j], theta) and not workspace.is_warm[i, j]:
        workspace.warm[0] += 1
        workspace.warm[workspace.warm[0]] = i * len(workspace.rise) + j
        workspace.is_warm[i, j] = True
