"""How a world begins: strengths, rates, interests and benefits from its own parameters."""

from __future__ import annotations

from alliancesim._compile import compiled
from alliancesim.kernel.holdings import holdings
from alliancesim.rules.belief import ces
from alliancesim.rules.budget import pressure
from alliancesim.rules.challenge import heat_norm, shrunk, status_quo, yearly_rate
from alliancesim.rules.response import interest
from alliancesim.rules.strength import floored, median_positive, projection
from alliancesim.rules.war import arrival_chance, arrival_delay

__all__ = ["open_world", "reckon", "reset", "threat_to"]


UNKNOWN = -1.0  #: in the table of what is known: not asked yet


@compiled
def reckon(row, theta):  # type: ignore[no-untyped-def]
    """Reckon a state's strength from its domains and experience, in place."""
    middle = median_positive(row.manpower, row.materiel, row.strike, row.industry, row.finance)
    row.g1 = floored(row.manpower, middle, theta.share_floor)
    row.g2 = floored(row.materiel, middle, theta.share_floor)
    row.g3 = floored(row.strike, middle, theta.share_floor)
    row.g4 = floored(row.industry, middle, theta.share_floor)
    row.g5 = floored(row.finance, middle, theta.share_floor)
    row.base = ces(row.g1, row.g2, row.g3, row.g4, row.g5, theta)
    row.strength = (1.0 + row.experience) * row.base


@compiled
def threat_to(i, state, tie, bond):  # type: ignore[no-untyped-def]
    """Sum of what each rival of state i threatens, in code order."""
    total = 0.0
    for j in range(len(state)):
        if tie[i, j].rival > 0.0:
            heat = 1.0 + bond[min(i, j), max(i, j)].rise
            total += pressure(state[j].strength, tie[j, i].reach, heat, tie[i, j].norm)
    return total


@compiled
def open_world(theta, drawn_state, drawn_pair, shares, desk):  # type: ignore[no-untyped-def]
    """Fill the desk's origin, ties and circumstances for a world; forget what was known."""
    n = len(drawn_state)
    for i in range(n):
        desk.origin[i] = drawn_state[i]
        reckon(desk.origin[i], theta)
        desk.origin[i].free, desk.origin[i].left = 1.0, 1.0
    for i in range(n):
        for j in range(n):
            if i != j:
                _open_tie(i, j, theta, drawn_pair, desk)
    for i in range(n):
        _stakes(i, desk)
    total = 0.0
    for c in range(len(shares)):
        total += shares[c]
    running = 0.0
    for c in range(len(shares)):
        running += shares[c]
        desk.cumulative[c] = running / total
    desk.known[:] = UNKNOWN


@compiled
def _open_tie(i, j, theta, drawn_pair, desk):  # type: ignore[no-untyped-def]
    given, tie = drawn_pair[i, j], desk.tie[i, j]
    mine, theirs = given.multiplier, drawn_pair[j, i].multiplier
    probability = shrunk(given.onsets, given.years, class_rate(given.category, theta), theta.rate_shrinkage)
    tie.km = given.km
    tie.rival = 1.0 if given.category == 0.0 else 0.0
    tie.rate = yearly_rate(probability) * (mine + theirs) / 2.0
    tie.mover = mine / (mine + theirs) if mine + theirs > 0.0 else 0.5
    tie.norm = heat_norm(tie.rate, theta.heat_jump, theta.heat_memory)
    decay = theta.decay_sea if desk.origin[i].sea > 0.0 else theta.decay_land
    tie.reach = projection(given.km, decay)
    tie.interest = interest(given.tie, given.km, theta.interest_proximity, theta.interest_range)
    tie.delay = float(arrival_delay(given.km, theta.mobilisation, theta.travel))
    tie.chance = arrival_chance(tie.delay, theta.duration_median, theta.duration_log_sd)
    tie.umbrella = given.umbrella
    tie.q = status_quo(desk.origin[i].strength, desk.origin[j].strength, theta.decisiveness)
    tie.cost = theta.cost_base_rival if tie.rival > 0.0 else theta.cost_base
    if i > j:
        tie.q = 1.0 - desk.tie[j, i].q


@compiled
def class_rate(category, theta):  # type: ignore[no-untyped-def]
    """Mean yearly dispute probability of a class: 0 rival, 1 land, 2 relevant, 3 unrelated."""
    if category == 0.0:
        return theta.rate_rival
    if category == 1.0:
        return theta.rate_land
    return theta.rate_relevant if category == 2.0 else theta.rate_unrelated


@compiled
def _stakes(i, desk):  # type: ignore[no-untyped-def]
    """A state's stakes are shared among the others as its disputes with them are."""
    total = 0.0
    for j in range(len(desk.origin)):
        if j != i:
            total += desk.tie[i, j].rate
    for j in range(len(desk.origin)):
        if j != i:
            desk.tie[i, j].stake = desk.tie[i, j].rate / total if total > 0.0 else 0.0


@compiled
def reset(desk):  # type: ignore[no-untyped-def]
    """Put states and bonds back to where the world begins, and clear the books."""
    n = len(desk.origin)
    for i in range(n):
        for j in range(n):
            bond = desk.bond[i, j]
            bond.q, bond.rise = desk.tie[i, j].q, desk.tie[i, j].norm - 1.0
            bond.at_war, bond.hostile = 0.0, 0.0
    for i in range(n):
        desk.origin[i].benefits = holdings(i, desk.tie, desk.bond)
        desk.origin[i].threat = threat_to(i, desk.origin, desk.tie, desk.bond)
    for i in range(n):
        desk.state[i] = desk.origin[i]
        desk.member[i] = desk.blank_member[0]
        for j in range(n):
            desk.pair[i, j] = desk.blank_pair[0]
    desk.world[0] = desk.blank_world[0]
    desk.active[0] = 0
