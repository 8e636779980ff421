"""War, month by month: who comes, what it costs, how it ends."""

from __future__ import annotations

from alliancesim import chance
from alliancesim._compile import compilable
from alliancesim.chance import normal_quantile, uniform, uniform_at
from alliancesim.engine.kernel.belligerents import CHALLENGER, TARGET, fighting, lose, present
from alliancesim.engine.kernel.benefits import YES, shift_benefits
from alliancesim.engine.kernel.helpers import BACKERS, HELPERS, fill_parts
from alliancesim.engine.kernel.nuclear import GOES_ON, brink
from alliancesim.engine.kernel.workspace import PRESENT
from alliancesim.levels import Level, Provocation
from alliancesim.rules.aftermath import (
    reputation_after_call_given,
    reputation_after_rise_given,
)
from alliancesim.rules.basics import ZERO, logit
from alliancesim.rules.coalition import commitment
from alliancesim.rules.contest import DRAWN, LOST, WON, outcome_given, win_chance_given
from alliancesim.rules.lanes import pooled_coalition
from alliancesim.rules.response import (
    AID,
    FULL,
    LIMITED_FORCE,
    answer_given,
    asked_again_given,
    shares_shock,
    shock_given,
)
from alliancesim.rules.strength import available_given, brought
from alliancesim.rules.war import (
    duration_given,
    exhausted_given,
    monthly_loss_given,
    unreplaced_given,
)

__all__ = ["CONTESTED", "TARGET", "ask_again", "fight_month", "shock_on", "start_war"]

CONTESTED = Provocation.CONTESTED.share


@compilable
def shock_on(shared, seed, world, number, decision, first, second, who, theta):
    """Shock on one ally: that which all of its side share, or under the rival form its own."""
    if shares_shock(theta):
        return shared
    u = uniform_at(seed, world, number, decision, first, second, who)
    return shock_given(normal_quantile(u), theta)


@compilable
def start_war(
    seed, world, turn, number, c, t, circumstance, count, backers, shock, home, away, law,
    members, theta, workspace,
):  # fmt: skip
    """Open a war: the allies of both sides answer again, now that it is one."""
    slot = workspace.active[0]
    workspace.active[0] += 1
    first, second = (
        min(workspace.note[c].code, workspace.note[t].code),
        max(workspace.note[c].code, workspace.note[t].code),
    )
    u = uniform_at(seed, world, number, chance.DURATION, first, second, ZERO)
    war = workspace.war[slot]
    war.challenger, war.target, war.number, war.start = c, t, number, turn
    war.months = duration_given(normal_quantile(u), theta)
    war.left_challenger, war.left_target, war.home, war.away = 1.0, 1.0, home, away
    war.signals, war.shock_target, war.shock_challenger = 0, shock, 0.0
    workspace.allies[slot, TARGET], workspace.allies[slot, CHALLENGER] = count, 0
    for k in range(count):
        who = workspace.note[workspace.helper[HELPERS, k].who].code
        u = uniform_at(seed, world, number, chance.ANSWER, first, second, who)
        own = shock_on(shock, seed, world, number, chance.SHOCK, first, second, who, theta)
        _enlist(slot, TARGET, k, turn, HELPERS, k, own, u, theta, workspace)
    row = workspace.state[PRESENT, c]
    factor = brought(row.free, row.experience, workspace.link[c, t].reach)
    fill_parts(workspace.principal_part[slot, CHALLENGER], factor, row)
    for m in range(5):
        workspace.principal_part[slot, TARGET, m] = workspace.home[m]
    if law.provocation[circumstance] == CONTESTED:
        _back_challenger(seed, world, turn, number, slot, backers, first, second, theta, workspace)
    _count_start(slot, c, t, members, workspace)
    _count_calls(slot, workspace)
    _judge(slot, TARGET, theta, workspace)
    _judge(slot, CHALLENGER, theta, workspace)


@compilable
def _enlist(slot, side, place, turn, rank, k, shock, random_draw, theta, workspace):
    """Let a helper answer the war, and write it down on its side."""
    workspace.ally[slot, side, place] = workspace.helper[rank, k]
    ally = workspace.ally[slot, side, place]
    ally.answer = answer_given(ally.utility, shock, logit(random_draw), theta)
    ally.share = commitment(ally.answer, theta)
    ally.arrives = turn + ally.delay
    for m in range(5):
        workspace.ally_part[slot, side, place, m] = workspace.part[rank, k, m]


@compilable
def _back_challenger(seed, world, turn, number, slot, backers, first, second, theta, workspace):
    """Let the challenger's own allies answer where it is contested who provoked whom."""
    u = uniform_at(seed, world, number, chance.SHOCK_CHALLENGER, first, second, ZERO)
    shock, joined = shock_given(normal_quantile(u), theta), ZERO
    for k in range(backers):
        who = workspace.helper[BACKERS, k].who
        if _helps(slot, TARGET, who, workspace):
            continue
        code = workspace.note[who].code
        u = uniform_at(seed, world, number, chance.ANSWER_CHALLENGER, first, second, code)
        own = shock_on(
            shock, seed, world, number, chance.SHOCK_CHALLENGER, first, second, code, theta
        )
        _enlist(slot, CHALLENGER, joined, turn, BACKERS, k, own, u, theta, workspace)
        joined += 1
    workspace.allies[slot, CHALLENGER] = joined
    workspace.war[slot].shock_challenger = shock


@compilable
def _judge(slot, side, theta, workspace):
    """Move the reputation of those that owed a side something by what they gave."""
    allies = workspace.ally[slot, side]
    for k in range(workspace.allies[slot, side]):
        ally = allies[k]
        if ally.level > 0:
            row = workspace.state[PRESENT, ally.who]
            row.reputation = reputation_after_call_given(
                row.reputation, ally.level, ally.answer, theta
            )


@compilable
def _helps(slot, side, who, workspace):
    for k in range(workspace.allies[slot, side]):
        if workspace.ally[slot, side, k].who == who:
            return workspace.ally[slot, side, k].answer >= AID
    return False


@compilable
def _count_start(slot, c, t, members, workspace):
    """Count the war, and mark who stands against whom."""
    workspace.pair[c, t].wars += 1.0
    row = workspace.world[0]
    row.wars += 1.0
    involving = members[c] or members[t]
    row.member_wars_principal += 1.0 if involving else 0.0
    row.member_wars_on += 1.0 if members[t] else 0.0
    if involving:
        row.first_war = min(row.first_war, float(workspace.war[slot].start))
    for side in range(2):
        for k in range(workspace.allies[slot, side]):
            if fighting(workspace.ally[slot, side, k]):
                who = workspace.ally[slot, side, k].who
                workspace.member[who].wars_drawn_in += 1.0
                involving = involving or members[who]
    row.member_wars_involving += 1.0 if involving else 0.0
    workspace.war[slot].involving = 1 if involving else 0
    _oppose(slot, c, t, 1.0, workspace)


@compilable
def _oppose(slot, c, t, step, workspace):
    """Count one war more (or fewer) for all who fight it, and between the two sides."""
    workspace.state[PRESENT, c].wars += step
    workspace.state[PRESENT, t].wars += step
    _face(c, t, step, workspace)
    for k in range(workspace.allies[slot, TARGET]):
        if fighting(workspace.ally[slot, TARGET, k]):
            who = workspace.ally[slot, TARGET, k].who
            workspace.state[PRESENT, who].wars += step
            _face(c, who, step, workspace)
            for j in range(workspace.allies[slot, CHALLENGER]):
                if fighting(workspace.ally[slot, CHALLENGER, j]):
                    _face(workspace.ally[slot, CHALLENGER, j].who, who, step, workspace)
    for j in range(workspace.allies[slot, CHALLENGER]):
        if fighting(workspace.ally[slot, CHALLENGER, j]):
            who = workspace.ally[slot, CHALLENGER, j].who
            workspace.state[PRESENT, who].wars += step
            _face(who, t, step, workspace)


@compilable
def _face(a, b, step, workspace):
    workspace.link[a, b].hostile += step
    workspace.link[b, a].hostile += step


@compilable
def _count_calls(slot, workspace):
    """Count who owed the target defence, and how far each answered."""
    called, forceful, row = 0.0, 0.0, workspace.world[0]
    for k in range(workspace.allies[slot, TARGET]):
        helper = workspace.ally[slot, TARGET, k]
        if helper.level != Level.DEFEND:
            continue
        called += 1.0
        workspace.member[helper.who].calls += 1.0
        if helper.answer >= AID:
            workspace.member[helper.who].answered_aid += 1.0
            row.answered_aid += 1.0
        if helper.answer >= LIMITED_FORCE:
            workspace.member[helper.who].answered_force += 1.0
            forceful += 1.0
    row.calls += called
    row.answered_force += forceful
    row.call_pairs += called * (called - 1.0)
    row.call_pairs_first += forceful * (called - 1.0)
    row.call_pairs_both += forceful * (forceful - 1.0)


@compilable
def ask_again(seed, world, turn, slot, members, theta, workspace):
    """Ask allies of both sides again, some each month: an answer may rise, and never falls."""
    war = workspace.war[slot]
    if turn == war.start:
        return
    one, other = workspace.note[war.challenger].code, workspace.note[war.target].code
    first, second = min(one, other), max(one, other)
    for side in range(2):
        own, decision, shock = war.target, chance.SHOCK, war.shock_target
        if side == CHALLENGER:
            own, decision, shock = war.challenger, chance.SHOCK_CHALLENGER, war.shock_challenger
        for k in range(workspace.allies[slot, side]):
            ally = workspace.ally[slot, side, k]
            if ally.answer == FULL:
                continue
            code = workspace.note[ally.who].code
            # A pair fights one war at a time, and is asked from its second month on.
            u = uniform(seed, world, turn, chance.AGAIN, side, first, second, code)
            u = asked_again_given(u, theta)
            if u <= 0.0 or workspace.link[ally.who, own].hostile > 0.0:
                continue
            if _helps(slot, TARGET + CHALLENGER - side, ally.who, workspace):
                continue
            own_shock = shock_on(
                shock, seed, world, war.number, decision, first, second, code, theta
            )
            level = answer_given(ally.utility, own_shock, logit(u), theta)
            if level > ally.answer:
                _rise(slot, side, k, level, turn, members, theta, workspace)


@compilable
def _rise(slot, side, k, level, turn, members, theta, workspace):
    """Let an answer rise: what it commits, whom it faces, and what is counted of it."""
    ally, row = workspace.ally[slot, side, k], workspace.world[0]
    before, who = ally.answer, ally.who
    if before < AID:
        ally.arrives = turn + ally.delay
    if level >= LIMITED_FORCE > before:
        _join(slot, side, who, members, workspace)
    if side == TARGET and ally.level == Level.DEFEND:
        _count_rise(slot, who, before, level, workspace)
    ally.answer = level
    ally.share = commitment(level, theta)
    if ally.level > 0:
        state = workspace.state[PRESENT, who]
        state.reputation = reputation_after_rise_given(
            state.reputation, ally.level, before, level, theta
        )
    row.answers_raised += 1.0


@compilable
def _join(slot, side, who, members, workspace):
    """Count one that joins a war under way, against all who fight on the other side."""
    war = workspace.war[slot]
    workspace.member[who].wars_drawn_in += 1.0
    workspace.state[PRESENT, who].wars += 1.0
    if members[who] and war.involving == 0:
        war.involving = 1
        workspace.world[0].member_wars_involving += 1.0
    _face(who, war.challenger if side == TARGET else war.target, 1.0, workspace)
    enemies = TARGET + CHALLENGER - side
    for k in range(workspace.allies[slot, enemies]):
        if fighting(workspace.ally[slot, enemies, k]):
            _face(who, workspace.ally[slot, enemies, k].who, 1.0, workspace)


@compilable
def _count_rise(slot, who, before, level, workspace):
    """Count a call by the level that its answer has now reached."""
    called, forceful, row = 0.0, 0.0, workspace.world[0]
    for k in range(workspace.allies[slot, TARGET]):
        helper = workspace.ally[slot, TARGET, k]
        if helper.level == Level.DEFEND:
            called += 1.0
            forceful += 1.0 if helper.answer >= LIMITED_FORCE else 0.0
    if level >= AID > before:
        workspace.member[who].answered_aid += 1.0
        row.answered_aid += 1.0
    if level >= LIMITED_FORCE > before:
        workspace.member[who].answered_force += 1.0
        row.answered_force += 1.0
        row.call_pairs_first += called - 1.0
        row.call_pairs_both += 2.0 * forceful


@compilable
def fight_month(seed, world, turn, slot, durations, theta, workspace):
    """Fight a war for a month; return whether it ended."""
    war = workspace.war[slot]
    c, t = war.challenger, war.target
    ours = _engaged(slot, CHALLENGER, c, t, turn, theta, workspace)
    theirs = _engaged(slot, TARGET, t, t, turn, theta, workspace)
    loss = monthly_loss_given(ours, theirs, theta)
    war.left_challenger *= 1.0 - _suffer(workspace.state[PRESENT, c], loss, theta)
    _suffer_all(slot, CHALLENGER, loss, turn, theta, workspace)
    loss = monthly_loss_given(theirs, ours, theta)
    war.left_target *= 1.0 - _suffer(workspace.state[PRESENT, t], loss, theta)
    _suffer_all(slot, TARGET, loss, turn, theta, workspace)
    workspace.pair[c, t].war_months += 1.0
    fought, brought_on = turn - war.start + 1, brink(seed, world, turn, slot, theta, workspace)
    exhausted = exhausted_given(war.left_challenger, war.left_target, theta)
    halted = brought_on != GOES_ON
    if fought < war.months and not exhausted and not halted:
        return False
    _end_war(seed, world, turn, slot, halted, exhausted, theta, workspace)
    durations[fought] += 1
    return True


@compilable
def _engaged(slot, side, principal, t, turn, theta, workspace):
    """Strength that one side has in the fight this month."""
    reach = 1.0 if principal == t else workspace.link[principal, t].reach
    total = _here(workspace.state[PRESENT, principal], reach, theta)
    for k in range(workspace.allies[slot, side]):
        ally = workspace.ally[slot, side, k]
        if present(ally, turn):
            reach = workspace.link[ally.who, t].reach
            total += ally.share * _here(workspace.state[PRESENT, ally.who], reach, theta)
    return total


@compilable
def _here(row, reach, theta):
    """Strength a state has for one of its wars: the others hold their share."""
    return row.strength * available_given(int(row.wars) - 1, theta) * reach


@compilable
def _suffer(row, loss, theta):
    """Take losses from a state's manpower and materiel; return the share lost for good."""
    loss = unreplaced_given(loss, row, theta)
    lose(row, loss, theta)
    row.war_months += 1.0
    return loss


@compilable
def _suffer_all(slot, side, loss, turn, theta, workspace):
    for k in range(workspace.allies[slot, side]):
        ally = workspace.ally[slot, side, k]
        if present(ally, turn):
            _suffer(workspace.state[PRESENT, ally.who], loss * ally.share, theta)


@compilable
def _end_war(seed, world, turn, slot, halted, exhausted, theta, workspace):
    """Decide a war by what each side committed and brought in time, or by exhaustion.

    A war halted on the nuclear brink has no winner.
    """
    war, row = workspace.war[slot], workspace.world[0]
    c, t = war.challenger, war.target
    attack = _committed(slot, CHALLENGER, war.away, turn, theta, workspace)
    defence = _committed(slot, TARGET, war.home, turn, theta, workspace)
    result = DRAWN
    if exhausted and not halted:
        row.exhausted += 1.0
        if war.left_challenger != war.left_target:
            result = LOST if war.left_challenger < war.left_target else WON
    elif not halted:
        p = win_chance_given(attack, defence, theta)
        first, second = (
            min(workspace.note[c].code, workspace.note[t].code),
            max(workspace.note[c].code, workspace.note[t].code),
        )
        u = uniform_at(seed, world, war.number, chance.OUTCOME, first, second, ZERO)
        result = outcome_given(p, u, theta)
    if result == WON:
        row.won_by_challenger += 1.0
        row.decided_by_stronger += 1.0 if attack > defence else 0.0
        shift_benefits(c, t, YES, theta, workspace)
    elif result == LOST:
        row.won_by_target += 1.0
        row.decided_by_stronger += 1.0 if defence > attack else 0.0
        shift_benefits(t, c, YES, theta, workspace)
    else:
        row.drawn += 1.0
    _oppose(slot, c, t, -1.0, workspace)


@compilable
def _committed(slot, side, principal, turn, theta, workspace):
    """Strength that a side committed to the war and brought in time, as it was at the start."""
    count = workspace.allies[slot, side]
    for k in range(count):
        if workspace.ally[slot, side, k].arrives > turn:
            workspace.ally[slot, side, k].share = 0.0  # too late, and the war is over
    return pooled_coalition(
        principal,
        workspace.principal_part[slot, side],
        workspace.ally[slot, side],
        workspace.ally_part[slot, side],
        count,
        theta,
        workspace.work[0],
    )
