"""An opportunity, from the mover's outlook to the last word before war."""

from __future__ import annotations

from alliancesim import chance
from alliancesim._compile import compilable
from alliancesim.chance import normal_quantile, uniform_at
from alliancesim.engine.kernel.benefits import NO, YES, shift_benefits
from alliancesim.engine.kernel.helpers import (
    BACKERS,
    HELPERS,
    covered,
    deterrent_belief,
    fill_parts,
    gather_helpers,
    look_up,
)
from alliancesim.engine.kernel.opening import note_warmth
from alliancesim.engine.kernel.war import shock_on, start_war
from alliancesim.engine.kernel.workspace import NOT_DRAWN, ORIGIN, PRESENT
from alliancesim.levels import Level
from alliancesim.rules.aftermath import reputation_after_retreat_given
from alliancesim.rules.bargaining import (
    audience_cost_given,
    coalition_cost_given,
    concession_chance_given,
    fights_given,
    resistance_chance_given,
    war_risk_given,
)
from alliancesim.rules.basics import ZERO, logit
from alliancesim.rules.challenge import (
    advantage,
    challenge_chance_given,
    challenger_cost_given,
    heated_given,
)
from alliancesim.rules.coalition import commitment
from alliancesim.rules.contest import win_chance_given
from alliancesim.rules.lanes import expected_win, pooled_coalition
from alliancesim.rules.response import (
    LIMITED_FORCE,
    answer_given,
    cap_short_of_war,
    intensity_given,
    shock_given,
    short_of_war_given,
)
from alliancesim.rules.strength import brought

__all__ = ["crisis"]


@compilable(inline=True)
def _outlook(law, in_force, reading, depth, circumstance, c, t, when, theta, workspace):
    """Compute a challenger's chance to win, its belief in a nuclear answer, its cover; and counts.

    Leaves the target's possible helpers in the workspace, and its domains in ``workspace.home``.
    """
    state, link, notes, now = workspace.state[when], workspace.link, workspace.note, when == PRESENT
    away = brought(state[c].free, state[c].experience, link[c, t].reach) * state[c].force
    factor = brought(state[t].free, state[t].experience, 1.0)
    fill_parts(workspace.home, factor, state[t])
    home = factor * state[t].force
    rows, backers = workspace.helper[BACKERS], ZERO
    if law.mirror >= 0 and look_up(law, in_force, reading, depth, law.mirror, t, c, theta, notes):
        backers = gather_helpers(
            t, c, t, law.provocation[law.mirror], YES, now, state, workspace, notes, rows,
            workspace.part[BACKERS], theta,
        )  # fmt: skip
    cover = covered(backers, rows, away, home, theta, workspace.work[0])

    helpers, parts = workspace.helper[HELPERS], workspace.part[HELPERS]
    look_up(law, in_force, reading, depth, circumstance, c, t, theta, notes)
    provocation = law.provocation[circumstance]
    count = gather_helpers(
        c, t, t, provocation, NO, now, state, workspace, notes, helpers, parts, theta
    )
    win = expected_win(away, home, workspace.home, helpers, parts, count, theta, workspace.work[0])
    belief = deterrent_belief(t, state, workspace.stake, notes, theta)
    return win, belief, cover, count, backers, away, home


@compilable(inline=True)
def crisis(seed, world, turn, place, reference, law, reading, depth, members, theta, workspace):
    """Play the opportunity in row ``place`` of the candidates."""
    event = workspace.candidate[place]
    i, j, number = event.i, event.j, event.number
    first, second = workspace.note[i].code, workspace.note[j].code
    if event.is_drawn == 0:
        _draw(seed, world, place, first, second, theta, workspace)
    c, t, circumstance = event.challenger, event.target, event.circumstance
    known = workspace.known[c, t, circumstance]
    win, belief, cover, count, backers, away, home = 0.0, 0.0, 0.0, ZERO, ZERO, 0.0, 0.0
    # The reference arm at the start is looked at once a world, and first: the present stays.
    for when in range(ORIGIN if known[0] < 0.0 else PRESENT, PRESENT + 1):
        in_force = workspace.in_force if when == PRESENT else law.in_arm[reference]
        win, belief, cover, count, backers, away, home = _outlook(
            law, in_force, reading, depth, circumstance, c, t, when, theta, workspace
        )
        if when == ORIGIN:
            known[0], known[1], known[2] = win, belief, cover
    win0, belief0, cover0 = known[0], known[1], known[2]
    stake = workspace.stake[c, t]
    cost = challenger_cost_given(stake.cost, event.deviation, cover, belief, theta)
    cost0 = challenger_cost_given(stake.cost, event.deviation, cover0, belief0, theta)
    challenging = challenge_chance_given(
        advantage(win, stake.q, cost), advantage(win0, stake.q_start, cost0), theta
    )
    resisting = resistance_chance_given(win, win0, theta)

    side = _visible_side(
        seed, world, number, first, second, event.shock, event.intensity, count, home,
        workspace.home, workspace.helper[HELPERS], workspace.part[HELPERS], workspace.note,
        workspace.ally_logit[place], theta, workspace.work[0],
    )  # fmt: skip
    visible = win_chance_given(away, side, theta)
    cost += coalition_cost_given(side, home, theta)
    risk = war_risk_given(cost, visible, theta)
    fighting = fights_given(visible, cost, stake.q, theta)

    expected = challenging * resisting * risk if fighting else 0.0
    _expect(workspace.pair[c, t], workspace.world[0], members[c], members[t], challenging, expected)
    if event.challenge >= challenging:
        return
    _open_dispute(i, j, c, t, count, members, theta, workspace)
    if uniform_at(seed, world, number, chance.RESISTANCE, first, second, ZERO) < resisting:
        workspace.world[0].resisted += 1.0
        if uniform_at(seed, world, number, chance.REFUSAL, first, second, ZERO) < risk:
            workspace.world[0].crises += 1.0
            if fighting:
                start_war(
                    seed, world, turn, number, c, t, circumstance, count, backers, event.shock,
                    home, away, law, members, theta, workspace,
                )  # fmt: skip
            else:
                workspace.world[0].backed_down += 1.0
                row = workspace.state[PRESENT, c]
                row.paid += audience_cost_given(stake.stake, theta)
                row.reputation = reputation_after_retreat_given(row.reputation, theta)
            return
    u = uniform_at(seed, world, number, chance.GAIN, first, second, ZERO)
    if u < concession_chance_given(theta):
        workspace.world[0].conceded += 1.0
        shift_benefits(c, t, NO, theta, workspace)


@compilable(inline=True)
def _draw(seed, world, place, first, second, theta, workspace):
    """Draw, once for all arms, what an opportunity is in every arm."""
    event = workspace.candidate[place]
    number, mover = event.number, workspace.stake[event.i, event.j].mover
    event.challenger, event.target, event.circumstance = _setting(
        seed, world, number, event.i, event.j, first, second, mover, workspace.cumulative
    )
    event.deviation = 2.0 * uniform_at(seed, world, number, chance.COST, first, second, ZERO) - 1.0
    u = uniform_at(seed, world, number, chance.SHOCK, first, second, ZERO)
    event.shock = shock_given(normal_quantile(u), theta)
    u = uniform_at(seed, world, number, chance.INTENSITY, first, second, ZERO)
    event.intensity = intensity_given(u, theta)
    event.challenge = uniform_at(seed, world, number, chance.CHALLENGE, first, second, ZERO)
    for k in range(len(workspace.note)):
        workspace.ally_logit[place, k] = NOT_DRAWN
    event.is_drawn = 1


@compilable(inline=True)
def _setting(seed, world, number, i, j, first, second, mover, cumulative):
    """Draw who moves against whom, and under which circumstance."""
    u = uniform_at(seed, world, number, chance.MOVER, first, second, ZERO)
    c, t = (i, j) if u < mover else (j, i)
    u = uniform_at(seed, world, number, chance.CIRCUMSTANCE, first, second, ZERO)
    circumstance = 0
    while circumstance < len(cumulative) - 1 and u >= cumulative[circumstance]:
        circumstance += 1
    return c, t, circumstance


@compilable(inline=True)
def _visible_side(
    seed, world, number, first, second, shock, how_far, count, home, home_parts, helpers, parts,
    notes, ally_logit, theta, work,
):  # fmt: skip
    """Let the target's helpers answer short of war; return the strength of what then stands."""
    cap = cap_short_of_war(how_far)
    for k in range(count):
        ally = helpers[k].who
        who = notes[ally].code
        if ally_logit[ally] == NOT_DRAWN:
            u = uniform_at(seed, world, number, chance.ANSWER, first, second, who)
            ally_logit[ally] = logit(u)
        calm = short_of_war_given(helpers[k].utility, how_far, theta)
        own = shock_on(shock, seed, world, number, chance.SHOCK, first, second, who, theta)
        helpers[k].answer = min(cap, answer_given(calm, own, ally_logit[ally], theta))
        helpers[k].share = commitment(helpers[k].answer, theta)
    return pooled_coalition(home, home_parts, helpers, parts, count, theta, work)


@compilable(inline=True)
def _expect(pair, row, challenger_in_focus, target_in_focus, dispute, war):
    """Book the chances that this opportunity becomes a dispute, and war."""
    pair.disputes_expected += dispute
    pair.wars_expected += war
    row.disputes_expected += dispute
    row.wars_expected += war
    if target_in_focus:
        row.member_disputes_on_expected += dispute
        row.member_wars_on_expected += war
    if challenger_in_focus or target_in_focus:
        row.member_wars_principal_expected += war


@compilable(inline=True)
def _open_dispute(i, j, c, t, count, members, theta, workspace):
    workspace.rise[i, j] = heated_given(workspace.rise[i, j], theta)
    note_warmth(i, j, theta, workspace)
    workspace.pair[c, t].disputes += 1.0
    workspace.world[0].disputes += 1.0
    if members[t]:
        workspace.world[0].member_disputes_on += 1.0
    for k in range(count):
        if workspace.helper[HELPERS, k].level == Level.DEFEND:
            workspace.world[0].dispute_calls += 1.0
            if workspace.helper[HELPERS, k].answer >= LIMITED_FORCE:
                workspace.world[0].dispute_answered_force += 1.0
