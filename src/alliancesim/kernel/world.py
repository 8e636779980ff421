"""One world in every arm: candidates of opportunities once, then the turns of each arm."""

from __future__ import annotations

import math

import numpy as np

from alliancesim import chance
from alliancesim._compile import compiled
from alliancesim.chance import uniform_at
from alliancesim.kernel.course import changes_at, changes_law, keep_law, open_law
from alliancesim.kernel.crisis import crisis
from alliancesim.kernel.layout import ORIGIN, PRESENT
from alliancesim.kernel.opening import open_world, reckon, reset, threat_to
from alliancesim.kernel.pacts import settle, spill_to
from alliancesim.kernel.war import fight_month
from alliancesim.rules.aftermath import recovered, recovery, welfare_of_month
from alliancesim.rules.budget import absorbed, burden, capital_share, materiel_after, spending
from alliancesim.rules.challenge import heat_kept
from alliancesim.rules.strength import available, experience_after
from alliancesim.turn import ACCOUNTS, BUDGETS, COOLING, CRISES, FRONTS, LAW, PHASES, WARS

__all__ = ["candidates", "play_chunk", "play_world"]

LAST_CANDIDATE = 2**20 - 1  #: the address has no room for more of one pair


@compiled
def candidates(seed, world, horizon, link, note, theta):
    """Moments at which opportunities may come: a constant majorant rate, the same in every arm.

    Returns
    -------
    when : ndarray of float64
        Months since the start, rising.
    i, j, number : ndarray of int64
        The pair, and the number of the candidate among the pair's.
    luck : ndarray of float64
        What heat over its cap must exceed for a candidate to be an opportunity.
    """
    size = np.int64(64)
    when, luck = np.empty(size), np.empty(size)
    who = np.empty((size, 3), np.int64)
    used, n = 0, len(note)
    for i in range(n):
        for j in range(i + 1, n):
            rate = link[i, j].rate / 12.0 / theta.challenge_base * theta.heat_cap
            if rate <= 0.0:
                continue
            time, number = 0.0, 0
            while number < LAST_CANDIDATE:
                u = uniform_at(seed, world, number, chance.ARRIVAL, note[i].code, note[j].code, 0)
                time -= math.log(u) / rate
                if time >= horizon:
                    break
                if used == size:
                    when, luck, who, size = _grow(when, luck, who, size)
                when[used] = time
                luck[used] = uniform_at(
                    seed, world, number, chance.THINNING, note[i].code, note[j].code, 0
                )
                who[used, 0], who[used, 1], who[used, 2] = i, j, number
                used, number = used + 1, number + 1
    order = np.argsort(when[:used], kind="mergesort")
    return when[order], who[order], luck[order]


@compiled
def _grow(when, luck, who, size):
    wider_when, wider_luck = np.empty(2 * size), np.empty(2 * size)
    wider_who = np.empty((2 * size, 3), np.int64)
    wider_when[:size], wider_luck[:size], wider_who[:size] = when, luck, who
    return wider_when, wider_luck, wider_who, 2 * size


@compiled
def play_world(
    seed, world, horizon, arm, reference, law, reading, depth, amounts, members, durations, events,
    theta, desk,
):  # fmt: skip
    """Play a world that is open on the desk in one arm, from the start to the horizon."""
    when, who, luck = events
    settle(law, law.in_arm[reference], reading, amounts, ORIGIN, desk)
    reset(theta, desk)
    open_law(law, arm, desk)
    _, entry = changes_at(seed, world, law, arm, theta)
    settle(law, desk.in_force, reading, amounts, PRESENT, desk)
    desk.world[0].first_war = horizon
    link, rise, member = desk.link, desk.rise, desk.member
    state, origin = desk.state[PRESENT], desk.state[ORIGIN]
    kept, following = heat_kept(theta.heat_memory), 0
    for turn in range(horizon):
        for phase in PHASES:
            if phase == LAW:
                if changes_law(
                    seed, world, turn, entry, law.revocable, law.code, desk.standing, theta
                ):
                    keep_law(seed, world, turn, arm, entry, law, theta, desk)
                    settle(law, desk.in_force, reading, amounts, PRESENT, desk)
            elif phase == BUDGETS:
                if turn % 12 == 0 and turn > 0:
                    _budgets(theta, desk)
            elif phase == COOLING:
                rise[:] *= kept
            elif phase == FRONTS:
                _fronts(link, rise, state, theta)
            elif phase == CRISES:
                while following < len(when) and when[following] < turn + 1:
                    i, j, number = who[following]
                    if _opens(link[i, j], rise[i, j], luck[following], desk.world[0], theta):
                        crisis(
                            seed, world, turn, number, i, j, reference, law, reading, depth,
                            members, theta, desk,
                        )  # fmt: skip
                    following += 1
            elif phase == WARS:
                if desk.active[0] > 0:
                    _wars(seed, world, turn, durations, theta, desk)
            elif phase == ACCOUNTS:
                _accounts(state, origin, member, theta)
    _close(horizon, desk)


@compiled
def _opens(link, rise, luck, row, theta):
    """Whether a candidate is an opportunity; two at war have none."""
    if link.hostile > 0.0:
        return False
    heat = (1.0 + rise) / link.norm
    if heat > theta.heat_cap:
        row.heat_cut += 1.0
        heat = theta.heat_cap
    return luck * theta.heat_cap < heat


@compiled
def _budgets(theta, desk):
    """Close a year: spending follows threat and allies, and forces follow spending."""
    states, pledged = desk.state[PRESENT], desk.pledged[PRESENT]
    for i in range(desk.state.shape[1]):
        row = states[i]
        row.threat = threat_to(i, states, desk.link, desk.rise, pledged, theta.pact_threat)
        own = desk.state[ORIGIN, i].spending
        row.spill = spill_to(i, own, states, pledged, theta.spill_counted)
    regained = recovery(theta.reputation_half_life)
    for i in range(desk.state.shape[1]):
        row, start = desk.state[PRESENT, i], desk.state[ORIGIN, i]
        row.spending = spending(
            start.spending, row.threat, start.threat, theta.threat_elasticity, row.spill,
            start.spill, theta.spill_elasticity, theta.publicness,
        )  # fmt: skip
        part = absorbed(row.industry, row.materiel, theta.transfer_absorption)
        bought = part * (row.received - start.received)
        share = capital_share(start.materiel, start.spending, row.spending, bought)
        row.materiel = materiel_after(row.materiel, share, theta.materiel_depreciation)
        row.manpower = recovered(row.manpower, start.manpower, theta.manpower_recovery)
        row.experience = experience_after(
            row.experience, start.experience, row.war_months,
            theta.experience_gain, theta.experience_half_life,
        )  # fmt: skip
        row.reputation = recovered(row.reputation, start.reputation, regained)
        row.war_months = 0.0
        reckon(row, theta)


@compiled
def _fronts(link, rise, state, theta):
    """Count the forces that wars and hot rivals hold; ``busy`` counts rivals until it is known."""
    n, least = len(state), theta.hot_rise
    for i in range(n):
        state[i].busy = 0.0
    for i in range(n):
        for j in range(i + 1, n):
            # A norm is at least 1: where the rise is no more than this, nothing else need be read.
            if rise[i, j] > least:
                if _hot(link[i, j], rise[i, j], least):
                    state[i].busy += 1.0
                if _hot(link[j, i], rise[i, j], least):
                    state[j].busy += 1.0
    for i in range(n):
        row = state[i]
        row.free = available(int(row.wars), theta.pin_war)
        row.busy = 1.0 - row.free * available(int(row.busy), theta.pin_hot)


@compiled
def _hot(link, risen, hot_rise):
    """Whether two are rivals whose heat holds forces."""
    return link.rival > 0.0 and 1.0 + risen > link.norm + hot_rise


@compiled
def _wars(seed, world, turn, durations, theta, desk):
    """Fight all wars in the order they began; close the ranks over those that ended."""
    for i in range(len(desk.note)):
        desk.member[i].months_at_war += 1.0 if desk.state[PRESENT, i].wars > 0.0 else 0.0
    kept = np.int64(0)
    for slot in range(desk.active[0]):
        if not fight_month(seed, world, turn, slot, durations, theta, desk):
            if kept != slot:
                _move_war(slot, kept, desk)
            kept += 1
    desk.active[0] = kept


@compiled
def _move_war(slot, to, desk):
    desk.war[to] = desk.war[slot]
    for side in range(2):
        desk.allies[to, side] = desk.allies[slot, side]
        desk.principal_part[to, side] = desk.principal_part[slot, side]
        for k in range(desk.allies[slot, side]):
            desk.ally[to, side, k] = desk.ally[slot, side, k]
            desk.ally_part[to, side, k] = desk.ally_part[slot, side, k]


@compiled
def _accounts(state, origin, member, theta):
    for i in range(len(state)):
        row, start = state[i], origin[i]
        carried = burden(row.spending + row.given, row.gdp)
        row.benefits_sum += row.benefits
        row.burden_sum += carried
        row.transfers_sum += row.received - row.given
        row.welfare_sum += welfare_of_month(
            row.benefits,
            row.loss,
            carried - burden(start.spending + start.given, start.gdp),
            burden(row.received - start.received, row.gdp),
            row.paid,
            row.nuclear,
            theta.welfare_losses,
            theta.welfare_burden,
            theta.welfare_transfers,
        )
        member[i].loss_share += row.loss
        row.loss, row.paid, row.nuclear = 0.0, 0.0, 0.0


@compiled
def _close(horizon, desk):
    """Book for each state what its pairs add up to, and its means over the months."""
    states, link, member = desk.state[PRESENT], desk.link, desk.member
    n = len(states)
    for i in range(n):
        row, state = member[i], states[i]
        for j in range(n):
            on, by = link[j, i], link[i, j]
            row.disputes_on += on.disputes
            row.disputes_on_expected += on.disputes_expected
            row.wars_on += on.wars
            row.wars_on_expected += on.wars_expected
            row.disputes_by += by.disputes
            row.disputes_by_expected += by.disputes_expected
            row.wars_by += by.wars
            row.wars_by_expected += by.wars_expected
        row.wars_involved = row.wars_on + row.wars_by + row.wars_drawn_in
        row.benefits = state.benefits_sum / horizon
        row.spending_share = state.burden_sum / horizon
        row.welfare = state.welfare_sum / horizon
        row.reputation = state.reputation
        row.transfers_net = state.transfers_sum / horizon


@compiled
def play_chunk(
    seed, first_world, worlds, per_draw, first_draw, horizon, arms, reference, law, theta,
    drawn_state, drawn_pair, shares, readings, depths, amounts, members, followed, desk, out_world,
    out_member, out_adversary, pair_sum, pair_square, durations,
):  # fmt: skip
    """Play consecutive worlds in every arm, and write the rows of each."""
    n, link = len(desk.note), desk.link
    for w in range(worlds):
        world = first_world + w
        d = world // per_draw - first_draw
        open_world(theta[d], drawn_state[d], drawn_pair[d], shares[d], desk)
        events = candidates(seed, world, horizon, desk.link, desk.note, theta[d])
        for a in range(len(arms)):
            play_world(
                seed, world, horizon, arms[a], reference, law, readings[d], depths[d], amounts[d],
                members, durations[a], events, theta[d], desk,
            )  # fmt: skip
            out_world[w, a] = desk.world[0]
            for m in range(len(followed)):
                out_member[w, a, m] = desk.member[followed[m]]
                for k in range(n):
                    _add(out_adversary[w, a, m, k], link[k, followed[m]])
            for i in range(n):
                for j in range(n):
                    _add(pair_sum[a, i, j], link[i, j])
                    _add_squares(pair_square[a, i, j], link[i, j])


@compiled
def _add(total, link):
    total.disputes += link.disputes
    total.disputes_expected += link.disputes_expected
    total.wars += link.wars
    total.wars_expected += link.wars_expected
    total.war_months += link.war_months


@compiled
def _add_squares(total, link):
    total.disputes += link.disputes * link.disputes
    total.disputes_expected += link.disputes_expected * link.disputes_expected
    total.wars += link.wars * link.wars
    total.wars_expected += link.wars_expected * link.wars_expected
    total.war_months += link.war_months * link.war_months
