"""War, month by month: who comes, what it costs, how it ends."""

from __future__ import annotations

from alliancesim import chance
from alliancesim._compile import compiled
from alliancesim.chance import normal_quantile, uniform_at
from alliancesim.kernel.holdings import transfer
from alliancesim.kernel.muster import fill_parts
from alliancesim.kernel.opening import reckon
from alliancesim.rules.belief import coalition, commitment
from alliancesim.rules.contest import LOST, WON, outcome, win_chance
from alliancesim.rules.response import AID, LIMITED_FORCE, answer
from alliancesim.rules.war import duration, monthly_loss, unreplaced

__all__ = ["CONTESTED", "DEFEND", "TARGET", "answered", "fight_month", "start_war"]

TARGET, CHALLENGER = 0, 1  #: the two sides of a war
DEFEND = 3  #: level of a duty to defend
CONTESTED = 0.5  #: provocation that is contested


@compiled
def answered(u, shock, luck, theta):  # type: ignore[no-untyped-def]
    return answer(
        u, shock, luck,
        theta.cut_diplomatic, theta.cut_aid, theta.cut_deployment, theta.cut_limited,
        theta.cut_full,
    )  # fmt: skip


@compiled
def start_war(
    seed, world, turn, number, c, t, circumstance, count, backers, shock, home, away, law,
    members, theta, desk,
):  # type: ignore[no-untyped-def]  # fmt: skip
    """Open a war: the allies of both sides answer again, now that it is one."""
    slot = desk.active[0]
    desk.active[0] += 1
    first, second = min(desk.code[c], desk.code[t]), max(desk.code[c], desk.code[t])
    u = uniform_at(seed, world, number, chance.DURATION, first, second, 0)
    war = desk.war[slot]
    war.challenger, war.target, war.number, war.start = c, t, number, turn
    war.months = duration(theta.duration_median, theta.duration_log_sd, normal_quantile(u))
    war.left_challenger, war.left_target, war.home, war.away = 1.0, 1.0, home, away
    desk.war_counts[slot, TARGET] = count
    desk.war_counts[slot, CHALLENGER] = 0
    for k in range(count):
        who = desk.helpers[k].who
        u = uniform_at(seed, world, number, chance.ANSWER, first, second, desk.code[who])
        level = answered(desk.helpers[k].utility, shock, u, theta)
        _enlist(slot, TARGET, k, level, turn, desk.helpers[k], desk.parts[k], theta, desk)
    away_factor = away / desk.state[c].base if desk.state[c].base > 0.0 else 0.0
    fill_parts(desk.war_home[slot, CHALLENGER], away_factor, desk.state[c])
    for m in range(5):
        desk.war_home[slot, TARGET, m] = desk.home[m]
    if law.provocation[circumstance] == CONTESTED:
        _back_challenger(seed, world, turn, number, slot, backers, first, second, theta, desk)
    _book_start(slot, c, t, members, desk)
    _book_calls(slot, desk)


@compiled
def _enlist(slot, side, k, level, turn, helper, parts, theta, desk):  # type: ignore[no-untyped-def]
    desk.war_helpers[slot, side, k] = helper
    desk.war_level[slot, side, k] = level
    desk.war_share[slot, side, k] = commitment(level, theta)
    desk.war_arrives[slot, side, k] = turn + helper.delay
    for m in range(5):
        desk.war_parts[slot, side, k, m] = parts[m]


@compiled
def _back_challenger(seed, world, turn, number, slot, backers, first, second, theta, desk):  # type: ignore[no-untyped-def]
    """The challenger's own allies answer where it is contested who provoked whom."""
    u = uniform_at(seed, world, number, chance.SHOCK_CHALLENGER, first, second, 0)
    shock, joined = theta.shock_sd * normal_quantile(u), 0
    for k in range(backers):
        who = desk.backers[k].who
        if _helps_target(slot, who, desk):
            continue
        code = desk.code[who]
        u = uniform_at(seed, world, number, chance.ANSWER_CHALLENGER, first, second, code)
        level = answered(desk.backers[k].utility, shock, u, theta)
        parts = desk.backer_parts[k]
        _enlist(slot, CHALLENGER, joined, level, turn, desk.backers[k], parts, theta, desk)
        joined += 1
    desk.war_counts[slot, CHALLENGER] = joined


@compiled
def _helps_target(slot, who, desk):  # type: ignore[no-untyped-def]
    for k in range(desk.war_counts[slot, TARGET]):
        if desk.war_helpers[slot, TARGET, k].who == who:
            return desk.war_level[slot, TARGET, k] >= AID
    return False


@compiled
def _fighting(slot, side, k, desk):  # type: ignore[no-untyped-def]
    return desk.war_level[slot, side, k] >= LIMITED_FORCE


@compiled
def _book_start(slot, c, t, members, desk):  # type: ignore[no-untyped-def]
    """Count the war, and mark who stands against whom."""
    desk.pair[c, t].wars += 1.0
    row = desk.world[0]
    row.wars += 1.0
    involving = members[c] or members[t]
    row.member_wars_principal += 1.0 if involving else 0.0
    row.member_wars_on += 1.0 if members[t] else 0.0
    for side in range(2):
        for k in range(desk.war_counts[slot, side]):
            if _fighting(slot, side, k, desk):
                who = desk.war_helpers[slot, side, k].who
                desk.member[who].wars_drawn_in += 1.0
                involving = involving or members[who]
    row.member_wars_involving += 1.0 if involving else 0.0
    desk.bond[c, t].at_war, desk.bond[t, c].at_war = 1.0, 1.0
    _oppose(slot, c, t, 1.0, desk)


@compiled
def _oppose(slot, c, t, step, desk):  # type: ignore[no-untyped-def]
    """Count one war more (or fewer) for all who fight it, and between the two sides."""
    desk.state[c].wars += step
    desk.state[t].wars += step
    _face(c, t, step, desk)
    for k in range(desk.war_counts[slot, TARGET]):
        if _fighting(slot, TARGET, k, desk):
            who = desk.war_helpers[slot, TARGET, k].who
            desk.state[who].wars += step
            _face(c, who, step, desk)
            for j in range(desk.war_counts[slot, CHALLENGER]):
                if _fighting(slot, CHALLENGER, j, desk):
                    _face(desk.war_helpers[slot, CHALLENGER, j].who, who, step, desk)
    for j in range(desk.war_counts[slot, CHALLENGER]):
        if _fighting(slot, CHALLENGER, j, desk):
            who = desk.war_helpers[slot, CHALLENGER, j].who
            desk.state[who].wars += step
            _face(who, t, step, desk)


@compiled
def _face(a, b, step, desk):  # type: ignore[no-untyped-def]
    desk.bond[a, b].hostile += step
    desk.bond[b, a].hostile += step


@compiled
def _book_calls(slot, desk):  # type: ignore[no-untyped-def]
    """Count who owed the target defence, and how far each answered."""
    called, forceful, row = 0.0, 0.0, desk.world[0]
    for k in range(desk.war_counts[slot, TARGET]):
        helper = desk.war_helpers[slot, TARGET, k]
        if helper.level != DEFEND:
            continue
        called += 1.0
        desk.member[helper.who].calls += 1.0
        if desk.war_level[slot, TARGET, k] >= AID:
            desk.member[helper.who].answered_aid += 1.0
            row.answered_aid += 1.0
        if desk.war_level[slot, TARGET, k] >= LIMITED_FORCE:
            desk.member[helper.who].answered_force += 1.0
            forceful += 1.0
    row.calls += called
    row.answered_force += forceful
    row.call_pairs += called * (called - 1.0)
    row.call_pairs_both += forceful * (forceful - 1.0)


@compiled
def fight_month(seed, world, turn, slot, durations, theta, desk):  # type: ignore[no-untyped-def]
    """Fight a war for a month; return whether it ended."""
    war = desk.war[slot]
    c, t = war.challenger, war.target
    ours = _engaged(slot, CHALLENGER, c, t, turn, desk)
    theirs = _engaged(slot, TARGET, t, t, turn, desk)
    loss = monthly_loss(ours, theirs, theta.attrition, theta.attrition_exponent)
    war.left_challenger *= 1.0 - _suffer(c, loss, theta, desk)
    _suffer_all(slot, CHALLENGER, loss, turn, theta, desk)
    loss = monthly_loss(theirs, ours, theta.attrition, theta.attrition_exponent)
    war.left_target *= 1.0 - _suffer(t, loss, theta, desk)
    _suffer_all(slot, TARGET, loss, turn, theta, desk)
    fought = turn - war.start + 1
    limit = 1.0 - theta.exhaustion
    exhausted = war.left_challenger <= limit or war.left_target <= limit
    if fought < war.months and not exhausted:
        return False
    _end_war(seed, world, turn, slot, exhausted, theta, desk)
    durations[fought] += 1
    return True


@compiled
def _engaged(slot, side, principal, t, turn, desk):  # type: ignore[no-untyped-def]
    """Strength that one side has in the fight this month."""
    total = desk.state[principal].strength * (1.0 if principal == t else desk.tie[principal, t].reach)
    for k in range(desk.war_counts[slot, side]):
        if _present(slot, side, k, turn, desk):
            who = desk.war_helpers[slot, side, k].who
            share = desk.war_share[slot, side, k]
            total += share * desk.state[who].strength * desk.tie[who, t].reach
    return total


@compiled
def _present(slot, side, k, turn, desk):  # type: ignore[no-untyped-def]
    return _fighting(slot, side, k, desk) and desk.war_arrives[slot, side, k] <= turn


@compiled
def _suffer(i, loss, theta, desk):  # type: ignore[no-untyped-def]
    """Take losses from a state's manpower and materiel; return the share lost for good."""
    row = desk.state[i]
    loss = unreplaced(loss, row.industry, row.materiel, theta.replacement)
    row.manpower *= 1.0 - loss
    row.materiel *= 1.0 - loss
    row.loss += row.left * loss
    row.left *= 1.0 - loss
    row.war_months += 1.0
    reckon(row, theta)
    return loss


@compiled
def _suffer_all(slot, side, loss, turn, theta, desk):  # type: ignore[no-untyped-def]
    for k in range(desk.war_counts[slot, side]):
        if _present(slot, side, k, turn, desk):
            share = desk.war_share[slot, side, k]
            _suffer(desk.war_helpers[slot, side, k].who, loss * share, theta, desk)


@compiled
def _end_war(seed, world, turn, slot, exhausted, theta, desk):  # type: ignore[no-untyped-def]
    """Decide a war by what each side committed and brought in time, or by exhaustion."""
    war, row = desk.war[slot], desk.world[0]
    c, t = war.challenger, war.target
    attack = _committed(slot, CHALLENGER, war.away, turn, theta, desk)
    defence = _committed(slot, TARGET, war.home, turn, theta, desk)
    if exhausted:
        row.exhausted += 1.0
        result = LOST if war.left_challenger < war.left_target else WON
    else:
        p = win_chance(attack, defence, theta.initiator_advantage, theta.decisiveness)
        first, second = min(desk.code[c], desk.code[t]), max(desk.code[c], desk.code[t])
        u = uniform_at(seed, world, war.number, chance.OUTCOME, first, second, 0)
        result = outcome(p, theta.draw_weight, u)
    if result == WON:
        row.won_by_challenger += 1.0
        row.decided_by_stronger += 1.0 if attack > defence else 0.0
        transfer(c, t, theta.step_war, desk)
    elif result == LOST:
        row.won_by_target += 1.0
        row.decided_by_stronger += 1.0 if defence > attack else 0.0
        transfer(t, c, theta.step_war, desk)
    else:
        row.drawn += 1.0
    desk.bond[c, t].at_war, desk.bond[t, c].at_war = 0.0, 0.0
    _oppose(slot, c, t, -1.0, desk)


@compiled
def _committed(slot, side, principal, turn, theta, desk):  # type: ignore[no-untyped-def]
    """Strength that a side committed to the war and brought in time, as it was at the start."""
    count = desk.war_counts[slot, side]
    for k in range(count):
        here = desk.war_arrives[slot, side, k] <= turn
        desk.shares[k] = desk.war_share[slot, side, k] if here else 0.0
    return coalition(
        principal,
        desk.war_home[slot, side],
        desk.war_helpers[slot, side],
        desk.war_parts[slot, side],
        desk.shares,
        count,
        theta,
    )
