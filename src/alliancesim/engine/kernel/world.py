"""One world in every arm: candidates of opportunities once, then the turns of each arm."""

from __future__ import annotations

import math

import numpy as np

from alliancesim import chance
from alliancesim._compile import compilable
from alliancesim.chance import uniform_at
from alliancesim.engine.kernel.course import changes_at, changes_law, keep_law, open_law
from alliancesim.engine.kernel.crisis import crisis
from alliancesim.engine.kernel.opening import open_world, reset, threat_to, update_strengths
from alliancesim.engine.kernel.pacts import settle, spill_to
from alliancesim.engine.kernel.war import ask_again, fight_month
from alliancesim.engine.kernel.workspace import ORIGIN, PRESENT
from alliancesim.rules.aftermath import (
    add_pair_counts,
    close_counters,
    in_steps,
    manpower_given,
    reputation_given,
    welfare_of_month_given,
)
from alliancesim.rules.basics import ZERO
from alliancesim.rules.budget import burden, materiel_given, spending_given
from alliancesim.rules.challenge import (
    heat_is_capped,
    heat_kept_given,
    is_hot_given,
    is_opportunity_given,
    may_be_hot_given,
    opportunity_rate_given,
)
from alliancesim.rules.strength import available_given, experience_given, pinned_given
from alliancesim.turn import ACCOUNTS, BUDGETS, COOLING, CRISES, FRONTS, LAW, PHASES, WARS

__all__ = ["FULL", "play_chunk", "play_world", "sort_candidates", "time_candidates"]

LAST_CANDIDATE = 2**20 - 1  #: the address has no room for more of one pair
FULL = -1  #: in place of a count: there is no room for all candidates


@compilable
def time_candidates(seed, world, horizon, stake, note, theta, rows):
    """Write the moments at which opportunities may come: a constant majorant rate, in any arm.

    Parameters
    ----------
    seed, world, horizon : int
    stake : array of STAKE, shape (states, states)
        Only ``rate`` is read.
    note : array of NOTE, shape (states,)
        Only ``code`` is read.
    theta : record
    rows : array of CANDIDATE
        To be filled, pair after pair.

    Returns
    -------
    int
        How many rows were filled, or `FULL` where there is no room for all.
    """
    used, n = 0, len(note)
    for i in range(n):
        for j in range(i + 1, n):
            rate = opportunity_rate_given(stake[i, j].rate, theta)
            if rate <= 0.0:
                continue
            time, number, first, second = 0.0, 0, note[i].code, note[j].code
            while number < LAST_CANDIDATE:
                u = uniform_at(seed, world, number, chance.ARRIVAL, first, second, ZERO)
                time -= math.log(u) / rate
                if time >= horizon:
                    break
                if used == len(rows):
                    return FULL
                row = rows[used]
                row.when, row.i, row.j, row.number, row.is_drawn = time, i, j, number, 0
                row.thinning = uniform_at(seed, world, number, chance.THINNING, first, second, ZERO)
                used, number = used + 1, number + 1
    return used


@compilable
def sort_candidates(rows, used, first, order):
    """Order candidates by time, month by month; those of one moment stay in the order of pairs.

    Parameters
    ----------
    rows : array of CANDIDATE
    used : int
        How many rows are filled.
    first : array of int64, shape (months + 2,)
        To be filled: where the candidates of each month begin in ``order``.
    order : array of int64
        To be filled with the rows' numbers.
    """
    for month in range(len(first)):
        first[month] = 0
    for n in range(used):
        first[int(rows[n].when) + 2] += 1
    for month in range(2, len(first)):
        first[month] += first[month - 1]
    for n in range(used):
        month = int(rows[n].when)
        order[first[month + 1]] = n
        first[month + 1] += 1
    for n in range(1, used):
        row, place = order[n], n
        while place > 0 and rows[order[place - 1]].when > rows[row].when:
            order[place] = order[place - 1]
            place -= 1
        order[place] = row


@compilable(inline=True)
def play_world(
    seed, world, horizon, arm, reference, law, reading, depth, amounts, members, durations, theta,
    workspace,
):  # fmt: skip
    """Play a world that is open on the workspace in one arm, from the start to the horizon."""
    settle(law, law.in_arm[reference], reading, amounts, ORIGIN, workspace)
    reset(theta, workspace)
    open_law(law, arm, workspace)
    _, entry = changes_at(seed, world, law, arm, theta)
    settle(law, workspace.in_force, reading, amounts, PRESENT, workspace)
    workspace.world[0].first_war = horizon
    member, state, origin = workspace.member, workspace.state[PRESENT], workspace.state[ORIGIN]
    _carry(state, origin)
    kept = heat_kept_given(theta)
    for turn in range(horizon):
        for phase in PHASES:
            if phase == LAW:
                if changes_law(
                    seed, world, turn, entry, law.revocable, law.code, workspace.standing, theta
                ):
                    keep_law(seed, world, turn, arm, entry, law, theta, workspace)
                    settle(law, workspace.in_force, reading, amounts, PRESENT, workspace)
                    _carry(state, origin)
            elif phase == BUDGETS:
                if turn % 12 == 0 and turn > 0:
                    _set_budgets(theta, workspace)
                    _carry(state, origin)
            elif phase == COOLING:
                _cool(workspace.rise, kept)
            elif phase == FRONTS:
                _count_fronts(state, theta, workspace)
            elif phase == CRISES:
                for n in range(workspace.first[turn], workspace.first[turn + 1]):
                    place = workspace.order[n]
                    if _is_opportunity(place, theta, workspace):
                        crisis(
                            seed, world, turn, place, reference, law, reading, depth, members,
                            theta, workspace,
                        )  # fmt: skip
            elif phase == WARS:
                if workspace.active[0] > 0:
                    _fight_wars(seed, world, turn, durations, members, theta, workspace)
            elif phase == ACCOUNTS:
                _settle_accounts(state, member, theta)
    _total_counters(horizon, workspace)


@compilable(inline=True)
def _cool(rise, kept):
    for i in range(len(rise)):
        for j in range(len(rise)):
            rise[i, j] *= kept


@compilable(inline=True)
def _is_opportunity(place, theta, workspace):
    row = workspace.candidate[place]
    i, j = row.i, row.j
    hostile, norm = workspace.link[i, j].hostile > 0.0, workspace.stake[i, j].norm
    return _opens(hostile, norm, workspace.rise[i, j], row.thinning, workspace.world[0], theta)


@compilable(inline=True)
def _opens(hostile, norm, rise, thinning, row, theta):
    """Whether a candidate is an opportunity; two at war have none."""
    if hostile:
        return False
    if heat_is_capped(rise, norm, theta):
        row.heat_cut += 1.0
    return is_opportunity_given(rise, norm, thinning, theta)


@compilable
def _set_budgets(theta, workspace):
    """Close a year: spending follows threat and allies, and forces follow spending."""
    states, pledged = workspace.state[PRESENT], workspace.pledged[PRESENT]
    for i in range(workspace.state.shape[1]):
        row = states[i]
        row.threat = threat_to(i, states, workspace, pledged, theta)
        own = workspace.state[ORIGIN, i].spending
        row.spill = spill_to(i, own, states, pledged, theta)
    for i in range(workspace.state.shape[1]):
        row, start = workspace.state[PRESENT, i], workspace.state[ORIGIN, i]
        row.spending = spending_given(row, start, theta)
        row.materiel = materiel_given(row, start, theta)
        row.manpower = manpower_given(row, start, theta)
        row.experience = experience_given(row, start, theta)
        row.reputation = reputation_given(row, start, theta)
        row.war_months = 0.0
    update_strengths(workspace.state[PRESENT], theta, workspace.work[0])


@compilable(inline=True)
def _count_fronts(state, theta, workspace):
    """Count the forces that wars and hot rivals hold; ``busy`` counts rivals until it is known."""
    n, warm, kept = len(state), workspace.warm, 0
    for i in range(n):
        state[i].busy = 0.0
    for each in range(warm[0]):
        pair = warm[1 + each]
        i, j = pair // n, pair % n
        rise = workspace.rise[i, j]
        if not may_be_hot_given(rise, theta):
            workspace.is_warm[i, j] = False
            continue
        kept += 1
        warm[kept] = pair
        if is_hot_given(workspace.link[i, j].rival, rise, workspace.stake[i, j].norm, theta):
            state[i].busy += 1.0
        if is_hot_given(workspace.link[j, i].rival, rise, workspace.stake[j, i].norm, theta):
            state[j].busy += 1.0
    warm[0] = kept
    for i in range(n):
        row = state[i]
        if row.wars == 0.0 and row.busy == 0.0:
            row.free = 1.0
        else:
            row.free = available_given(int(row.wars), theta)
            row.busy = pinned_given(row.free, int(row.busy), theta)


@compilable
def _fight_wars(seed, world, turn, durations, members, theta, workspace):
    """Ask allies again, fight each war for a month in order of onset, and compact active wars."""
    for slot in range(workspace.active[0]):
        ask_again(seed, world, turn, slot, members, theta, workspace)
    for i in range(len(workspace.note)):
        workspace.member[i].months_at_war += 1.0 if workspace.state[PRESENT, i].wars > 0.0 else 0.0
    kept = np.int64(0)
    for slot in range(workspace.active[0]):
        if not fight_month(seed, world, turn, slot, durations, theta, workspace):
            if kept != slot:
                _move_war(slot, kept, workspace)
            kept += 1
    workspace.active[0] = kept


@compilable
def _move_war(slot, to, workspace):
    workspace.war[to] = workspace.war[slot]
    for side in range(2):
        workspace.allies[to, side] = workspace.allies[slot, side]
        for m in range(5):
            workspace.principal_part[to, side, m] = workspace.principal_part[slot, side, m]
        for k in range(workspace.allies[slot, side]):
            workspace.ally[to, side, k] = workspace.ally[slot, side, k]
            for m in range(5):
                workspace.ally_part[to, side, k, m] = workspace.ally_part[slot, side, k, m]


@compilable(inline=True)
def _carry(state, origin):
    """Update what changes with budgets and law only: burdens, and what is received."""
    for i in range(len(state)):
        row, start = state[i], origin[i]
        row.carried = burden(row.spending + row.given, row.gdp)
        row.carried_more = row.carried - burden(start.spending + start.given, start.gdp)
        row.received_more = burden(row.received - start.received, row.gdp)


@compilable(inline=True)
def _settle_accounts(state, member, theta):
    for i in range(len(state)):
        row = state[i]
        row.benefits_sum += row.benefits
        row.burden_sum += row.carried
        row.transfers_sum += row.received - row.given
        row.welfare_sum += welfare_of_month_given(row, theta)
        member[i].loss_share += row.loss
        row.loss, row.paid, row.nuclear = 0.0, 0.0, 0.0


@compilable
def _total_counters(horizon, workspace):
    """Write for each state what its pairs add up to, and its means over the months."""
    states, pair, member = workspace.state[PRESENT], workspace.pair, workspace.member
    n = len(states)
    for i in range(n):
        for j in range(n):
            add_pair_counts(member[i], pair[j, i], pair[i, j])
        close_counters(member[i], states[i], horizon)


@compilable
def play_chunk(
    seed, first_world, worlds, per_draw, first_draw, horizon, arms, reference, law, theta,
    drawn_state, drawn_pair, shares, readings, depths, amounts, members, followed, workspace,
    out_world, out_member, out_adversary, pair_sum, pair_square, durations,
):  # fmt: skip
    """Play consecutive worlds in every arm, and write the rows of each.

    Returns
    -------
    int
        How many worlds were played: fewer than asked for where the next has more candidates than
        the workspace has room for.
    """
    opened = -1
    for w in range(worlds):
        world = first_world + w
        d = world // per_draw - first_draw
        if d != opened:
            open_world(theta[d], drawn_state[d], drawn_pair[d], shares[d], workspace)
            opened = d
        used = time_candidates(
            seed, world, horizon, workspace.stake, workspace.note, theta[d], workspace.candidate
        )
        if used == FULL:
            return w
        sort_candidates(workspace.candidate, used, workspace.first, workspace.order)
        for a in range(len(arms)):
            play_world(
                seed, world, horizon, arms[a], reference, law, readings[d], depths[d], amounts[d],
                members, durations[a], theta[d], workspace,
            )  # fmt: skip
            _write(
                workspace, followed, out_world[w], out_member[w], out_adversary[w], pair_sum,
                pair_square, a,
            )  # fmt: skip
    return worlds


@compilable
def _write(workspace, followed, out_world, out_member, out_adversary, pair_sum, pair_square, a):
    """Write what a world gave in arm ``a``, and add it to the sums over worlds."""
    n, pair = len(workspace.note), workspace.pair
    out_world[a] = workspace.world[0]
    for m in range(len(followed)):
        out_member[a, m] = workspace.member[followed[m]]
        for k in range(n):
            _add(out_adversary[a, m, k], pair[k, followed[m]])
    for i in range(n):
        for j in range(n):
            _add_to_sums(pair_sum[a, i, j], pair_square[a, i, j], pair[i, j])


@compilable
def _add(total, pair):
    total.disputes += pair.disputes
    total.disputes_expected += pair.disputes_expected
    total.wars += pair.wars
    total.wars_expected += pair.wars_expected
    total.war_months += pair.war_months


@compilable
def _add_to_sums(total, squares, pair):
    total.disputes += pair.disputes
    total.disputes_expected += in_steps(pair.disputes_expected)
    total.wars += pair.wars
    total.wars_expected += in_steps(pair.wars_expected)
    total.war_months += pair.war_months
    squares.disputes += pair.disputes * pair.disputes
    squares.disputes_expected += in_steps(pair.disputes_expected * pair.disputes_expected)
    squares.wars += pair.wars * pair.wars
    squares.wars_expected += in_steps(pair.wars_expected * pair.wars_expected)
    squares.war_months += pair.war_months * pair.war_months
