"""The library's own rules, drawn a great many times: draw ``n`` is that of world ``n``."""

from __future__ import annotations

import numpy as np

from alliancesim import chance
from alliancesim._compile import compilable, runs_compiled
from alliancesim.chance import normal_quantile, uniform, uniform_at
from alliancesim.engine.kernel.nuclear import GOES_ON, brink
from alliancesim.engine.kernel.world import _opens, time_candidates
from alliancesim.rules.bargaining import demand, resistance_chance, war_risk
from alliancesim.rules.basics import logit
from alliancesim.rules.challenge import challenge_chance, heat_kept
from alliancesim.rules.coalition import coalition, commitment
from alliancesim.rules.contest import outcome, win_chance
from alliancesim.rules.response import answer, cap_short_of_war, intensity, short_of_war_given
from alliancesim.rules.war import duration

__all__ = [
    "along_numbers",
    "along_worlds",
    "answers",
    "brinks",
    "commitments",
    "durations",
    "histories",
    "intensities",
    "normals",
    "openings",
    "opportunities",
    "outcomes",
    "payoffs",
    "together",
    "wars",
    "yes",
]


@runs_compiled
def along_worlds(seed, draws, turn, decision, draw, first, second, third):
    """Uniform draws at addresses that differ in the world alone."""
    values = np.empty(draws)
    for n in range(draws):
        values[n] = uniform(seed, n, turn, decision, draw, first, second, third)
    return values


@runs_compiled
def along_numbers(seed, draws, decision, first, second):
    """Uniform draws of a pair's opportunities, world by world."""
    values = np.empty(draws)
    for n in range(draws):
        values[n] = uniform_at(seed, n >> 20, n & 1048575, decision, first, second, 0)
    return values


@runs_compiled
def outcomes(seed, draws, case, challenger, defender, advantage, decisiveness, weight):
    """How many fights the challenger loses, draws and wins."""
    counts = np.zeros(3, np.int64)
    for n in range(draws):
        p = win_chance(challenger, defender, advantage, decisiveness)
        counts[outcome(p, weight, uniform(seed, n, 0, chance.OUTCOME, 0, case, 0, 0)) + 1] += 1
    return counts


@compilable
def _shock(seed, n, sd):
    return sd * normal_quantile(uniform(seed, n, 0, chance.SHOCK, 0, 0, 0, 0))


@compilable
def _level(seed, n, ally, u, shock, theta):
    random_draw = uniform(seed, n, 0, chance.ANSWER, 0, 0, 0, ally)
    return answer(
        u, shock, logit(random_draw),
        theta.cut_diplomatic, theta.cut_aid, theta.cut_deployment, theta.cut_limited,
        theta.cut_full,
    )  # fmt: skip


@runs_compiled
def answers(seed, draws, ally, u, sd, theta):
    """How many answers of one ally stand on each level."""
    counts = np.zeros(6, np.int64)
    for n in range(draws):
        counts[_level(seed, n, ally, u, _shock(seed, n, sd), theta)] += 1
    return counts


@runs_compiled
def intensities(seed, draws, u, theta):
    """How many disputes go so far short of war, and how many answers stand on each level there.

    An ally has a propensity ``u`` to answer once it is war, and the shock of the dispute.
    """
    counts, levels = np.zeros(3, np.int64), np.zeros((3, 6), np.int64)
    for n in range(draws):
        drawn = uniform(seed, n, 0, chance.INTENSITY, 0, 0, 0, 0)
        how_far = intensity(drawn, theta.intensity_force, theta.intensity_deaths)
        short = short_of_war_given(u, how_far, theta)
        level = _level(seed, n, 1, short, _shock(seed, n, theta.shock_sd), theta)
        counts[how_far] += 1
        levels[how_far, min(cap_short_of_war(how_far), level)] += 1
    return counts, levels


@runs_compiled
def together(seed, draws, one, other, level, theta):
    """Whether two allies of one war answer at a level or above: a row a war."""
    found = np.zeros((draws, 2), np.bool_)
    for n in range(draws):
        shock = _shock(seed, n, theta.shock_sd)
        found[n, 0] = _level(seed, n, 1, one, shock, theta) >= level
        found[n, 1] = _level(seed, n, 2, other, shock, theta) >= level
    return found


@runs_compiled
def commitments(seed, draws, ally, u, theta):
    """Share that an ally commits, a war a row."""
    values = np.empty(draws)
    for n in range(draws):
        level = _level(seed, n, ally, u, _shock(seed, n, theta.shock_sd), theta)
        values[n] = commitment(level, theta)
    return values


@runs_compiled
def wars(seed, draws, challenger, home, home_parts, helpers, parts, count, theta):
    """Chance to win once all allies have answered, a war a row."""
    values = np.empty(draws)
    for n in range(draws):
        shock = _shock(seed, n, theta.shock_sd)
        for k in range(count):
            level = _level(seed, n, k + 1, helpers[k].utility, shock, theta)
            helpers[k].share = commitment(level, theta)
        side = coalition(home, home_parts, helpers, parts, count, theta)
        values[n] = win_chance(challenger, side, theta.initiator_advantage, theta.decisiveness)
    return values


@runs_compiled
def payoffs(seed, draws, cost, win, bound):
    """Earnings of the best demand against a drawn cost, a row each, and how often it is refused.

    The target accepts what leaves it more than war does, so a demand of z beyond the challenger's
    chance to win is refused where the target's cost is below z.
    """
    earned, refused = np.empty(draws), 0
    asked = demand(cost, win, bound)
    for n in range(draws):
        if uniform(seed, n, 0, chance.REFUSAL, 0, 0, 0, 0) < war_risk(asked, bound):
            earned[n] = win - cost
            refused += 1
        else:
            earned[n] = win + asked
    return earned, refused


@runs_compiled
def yes(seed, draws, question, now, before, scale, base, bound):
    """How often a challenge is made, or resisted, by the decision's own random draw."""
    count = 0
    for n in range(draws):
        if question == chance.CHALLENGE:
            p = challenge_chance(now, before, scale, base, bound)
        else:
            p = resistance_chance(now, before, scale, base)
        if uniform(seed, n, 0, question, 0, 0, 0, 0) < p:
            count += 1
    return count


@runs_compiled
def durations(seed, draws, median, log_sd, longest):
    """How many wars last so many months; the last entry holds the longer ones too."""
    counts = np.zeros(longest + 1, np.int64)
    for n in range(draws):
        z = normal_quantile(uniform(seed, n, 0, chance.DURATION, 0, 0, 0, 0))
        counts[min(duration(median, log_sd, z), longest)] += 1
    return counts


@runs_compiled
def opportunities(seed, worlds, horizon, stake, note, theta, rows, cells):
    """Candidates of a pair in each world, when they come.

    Returns
    -------
    counts : ndarray of int64, shape (worlds,)
    when : ndarray of int64, shape (cells,)
        Over equal parts of the horizon.
    """
    counts, when = np.zeros(worlds, np.int64), np.zeros(cells, np.int64)
    for w in range(worlds):
        counts[w] = time_candidates(seed, w, horizon, stake, note, theta, rows)
        for n in range(counts[w]):
            when[int(rows[n].when / horizon * cells)] += 1
    return counts, when


@runs_compiled
def histories(seed, worlds, horizon, stake, note, row, theta, rows):
    """Opportunities and disputes of a pair alone, when no prospect ever changes: a world a row."""
    opened, disputes = np.zeros(worlds), np.zeros(worlds)
    kept, first, second = heat_kept(theta.heat_memory), note[0].code, note[1].code
    norm = stake[0, 1].norm
    for w in range(worlds):
        used = time_candidates(seed, w, horizon, stake, note, theta, rows)
        rise, following = norm - 1.0, 0
        for turn in range(horizon):
            rise *= kept
            while following < used and rows[following].when < turn + 1:
                number = rows[following].number
                if _opens(False, norm, rise, rows[following].thinning, row, theta):
                    opened[w] += 1.0
                    p = challenge_chance(
                        0.0, 0.0, theta.challenge_scale, theta.challenge_base, theta.challenge_bound
                    )
                    u = uniform_at(seed, w, number, chance.CHALLENGE, first, second, 0)
                    if u < p:
                        disputes[w] += 1.0
                        rise += theta.heat_jump
                following += 1
    return opened, disputes


@runs_compiled
def openings(seed, draws, rise, norm, row, theta):
    """How many candidates are opportunities at a given heat."""
    count = 0
    for n in range(draws):
        thinning = uniform(seed, n, 0, chance.THINNING, 0, 0, 0, 0)
        if _opens(False, norm, rise, thinning, row, theta):
            count += 1
    return count


@runs_compiled
def normals(u):
    """Return the normal quantile of each draw."""
    values = np.empty(len(u))
    for n in range(len(u)):
        values[n] = normal_quantile(u[n])
    return values


@runs_compiled
def brinks(seed, draws, months, theta, workspace):
    """How the workspace's war ends when its challenger loses: a war a draw, and nobody else's.

    Returns
    -------
    ends : ndarray of int64, shape (3,)
        How many go on after the months, are settled, and end with use.
    expected : ndarray of float64, shape (draws,)
        Chance of use booked along the way.
    """
    ends, expected = np.zeros(3, np.int64), np.zeros(draws)
    war, row, slot = workspace.war[0], workspace.world[0], np.int64(0)
    for n in range(draws):
        war.left_challenger, war.signals, row.nuclear_uses_expected = 0.5, 0, 0.0
        turn, ending = 0, GOES_ON
        while ending == GOES_ON and turn < months:
            ending = brink(seed, n, turn, slot, theta, workspace)
            turn += 1
        ends[ending] += 1
        expected[n] = row.nuclear_uses_expected
    return ends, expected
