"""What the handbook draws, against formulas written out."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from alliancesim import catalogue

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
curves = importlib.import_module("curves")
choice = importlib.import_module("curves.choice")
allies = importlib.import_module("curves.allies")
after = importlib.import_module("curves.after")

PARAMETERS = {each.name: each for each in catalogue.parameters()}
P = {name: each.value for name, each in PARAMETERS.items()}
CUTS = np.array(
    [P[f"cut_{name}"] for name in ("diplomatic", "aid", "deployment", "limited", "full")]
)
SHARES = np.array([0.0, 0.0, P["share_aid"], P["share_deployment"], P["share_limited"], 1.0])


def logistic(x):
    return 1.0 / (1.0 + np.exp(-x))


def logit(p):
    return np.log(p / (1.0 - p))


def over_shock(function):
    """Return the mean of a function of the shared shock."""
    sd = P["shock_sd"]
    return quad(lambda z: norm.pdf(z, scale=sd) * function(z), -6 * sd, 6 * sd, limit=200)[0]


def test_a_band_encloses_its_curve_and_spans_the_prior():
    found = curves.curve(lambda x, p: x * p.challenge_scale, (1.0, 2.0), "challenge_scale")
    assert found.y == pytest.approx([P["challenge_scale"], 2.0 * P["challenge_scale"]])
    assert (found.low[0], found.high[0]) == pytest.approx(PARAMETERS["challenge_scale"].prior.span)


def test_a_parameter_that_is_not_there_is_refused():
    with pytest.raises(AssertionError, match="no such parameters: fortune"):
        curves.values(fortune=1.0)


def test_the_chance_to_challenge_is_a_bounded_logistic():
    drawn = choice.taken()
    moved = np.clip(drawn.x / P["challenge_scale"], -P["challenge_bound"], P["challenge_bound"])
    assert drawn.y == pytest.approx(logistic(logit(P["challenge_base"]) + moved))


def test_cover_takes_its_share_of_the_cost_in_three_forms():
    held = {
        choice.AGAINST_OWN: lambda a: a / (a + 1.0),
        choice.AGAINST_OPPONENT: lambda a: a / (a + 0.5),
        choice.ANY_ALLY: lambda a: 0.0 * a + choice.COMMITTED,
    }
    for form, cover in held.items():
        drawn = choice.cost_left(form)
        left = 1.0 - P["insured_share"] * cover(choice.COMMITTED * drawn.x)
        assert drawn.y == pytest.approx(left)


def test_heat_decays_and_records_are_drawn_to_their_class():
    drawn = choice.cooling(0.3)
    heat = 1.0 + P["heat_jump"] * np.exp(-drawn.x / P["heat_memory"])
    assert drawn.y == pytest.approx(heat / (1.0 + 0.3 * P["heat_jump"] * P["heat_memory"] / 12.0))
    drawn, weight = choice.record(5.0), P["rate_shrinkage"]
    assert drawn.y == pytest.approx((5.0 + weight * P["rate_rival"]) / (drawn.x + weight))


def test_resistance_and_the_cost_of_a_coalition_are_as_written():
    drawn = choice.resisted()
    odds = logit(P["resistance_base"]) - drawn.x / P["resistance_scale"]
    assert drawn.y == pytest.approx(logistic(odds))
    drawn = choice.added()
    assert drawn.y == pytest.approx(P["cost_coalition"] * np.log(drawn.x))


@pytest.mark.parametrize("win", [0.5, 0.95])
def test_the_demand_drawn_earns_most(win):
    drawn, bound = choice.refused(win), P["cost_bound"]
    for cost, risk in zip(drawn.x[::8], drawn.y[::8], strict=True):
        asked = np.linspace(0.0, min(1.0 - win, bound), 4001)
        earned = (1 - asked / bound) * (win + asked) + asked / bound * (win - cost)
        assert risk == pytest.approx(asked[earned.argmax()] / bound, abs=1e-3)


def test_a_refused_challenger_fights_below_the_line_drawn():
    drawn = choice.bearable()
    assert drawn.y == pytest.approx(np.maximum(drawn.x - 0.5 + P["audience_cost"], 0.0), abs=1e-9)


def test_levels_drawn_are_differences_of_logistic_functions():
    u, chances = allies.ladder()
    above = logistic(u - CUTS[:, None])
    exact = np.vstack([np.ones_like(u), above]) - np.vstack([above, np.zeros_like(u)])
    assert chances == pytest.approx(exact, abs=0.005)


def test_answers_drawn_are_means_over_the_shared_shock():
    drawn = allies.answers(allies.AID)
    for u, chance in zip(drawn.x[::4], drawn.y[::4], strict=True):
        exact = over_shock(lambda z, u=u: logistic(u + z - P["cut_aid"]))
        assert chance == pytest.approx(exact, abs=0.005)


def test_a_shared_shock_leaves_the_mean_and_makes_all_or_none_likelier():
    shared, apart = allies.together(True), allies.together(False)
    assert shared.sum() == pytest.approx(1.0)
    assert shared @ np.arange(5) == pytest.approx(apart @ np.arange(5))
    assert shared[0] > apart[0]
    assert shared[4] > apart[4]
    all_fight = over_shock(lambda z: logistic(2.0 + z - P["cut_limited"]) ** 4)
    assert shared[4] == pytest.approx(all_fight, abs=0.005)


def test_interest_is_the_tie_and_for_the_rest_proximity():
    drawn = allies.near(0.4)
    close = P["interest_proximity"] * np.exp(-drawn.x / P["interest_range"])
    assert drawn.y == pytest.approx(0.4 + 0.6 * close)


def test_a_term_drawn_is_its_weight_times_what_it_multiplies():
    whole = {
        "duty": P["duty_defend"],
        "reputation": P["reputation_start"] * P["visibility"],
        "distance": 5.0,
    }
    against = {"distance", "pinned", "nuclear", "provocation", "conflict"}
    found = allies.effects()
    assert len(found) == 12
    for term, (middle, low, high) in found.items():
        sign = -1.0 if term in against else 1.0
        assert middle == pytest.approx(sign * P[f"term_{term}"] * whole.get(term, 1.0))
        span = PARAMETERS[f"term_{term}"].prior.span
        assert high - low == pytest.approx((span[1] - span[0]) * whole.get(term, 1.0))


def test_beliefs_drawn_are_means_over_answers_and_shock():
    committed, outlook = allies.committed(), allies.outlook([5.0])

    def chances(u):
        above = np.concatenate([[1.0], logistic(u - CUTS), [0.0]])
        return above[:-1] - above[1:]

    def wins(share):
        side = 1.0 + 5.0 * share
        return logistic(P["initiator_advantage"] - P["decisiveness"] * np.log(side))

    for k in range(0, len(outlook.x), 8):
        u = outlook.x[k]
        mean = over_shock(lambda z, u=u: chances(u + z) @ SHARES)
        assert committed.y[k] == pytest.approx(mean, abs=0.002)
        win = over_shock(lambda z, u=u: chances(u + z) @ wins(SHARES))
        assert outlook.y[k] == pytest.approx(win, abs=0.002)


def test_a_mean_that_is_sure_deters_more_than_a_chance_of_much():
    assert np.all(allies.as_if_sure(5.0).y <= allies.outlook([5.0]).y + 1e-9)


def test_pooling_grows_with_depth_and_is_nothing_where_domains_replace_each_other():
    drawn = allies.pooled(0.0)
    weights = np.array([P[f"weight_{name}"] for name in allies.DOMAINS])
    weights /= weights.sum()
    one, other = np.array(allies.ONE), np.array(allies.OTHER)
    apart, pooled = (
        np.prod(one**weights) + np.prod(other**weights),
        np.prod((one + other) ** weights),
    )
    assert drawn.y == pytest.approx(1.0 + drawn.x * (pooled / apart - 1.0))
    assert allies.pooled(1.0).y == pytest.approx(1.0)
    assert allies.pooled(-1.0).y[-1] > drawn.y[-1] > 1.0


def test_levels_commit_what_the_catalogue_says():
    assert [each[0] for each in allies.commitments().values()] == pytest.approx(SHARES)


@pytest.mark.parametrize(("level", "duty"), [(1, "consult"), (2, "assist"), (3, "defend")])
def test_reputation_moves_by_what_was_given_beyond_what_was_owed(level, duty):
    drawn = after.judged(level)
    change = P["reputation_step"] * (drawn.x - P[f"rung_{duty}"]) / 5.0
    moved = 0.5 + np.where(change < 0.0, P["reputation_loss"], 1.0) * change
    assert drawn.y == pytest.approx(np.clip(moved, 0.0, 1.0))


def test_half_of_a_lost_reputation_is_back_after_its_half_life():
    drawn = after.regained()
    assert drawn.y == pytest.approx(0.5 - 0.5 * 0.5 ** (drawn.x / P["reputation_half_life"]))


def test_welfare_drawn_is_each_weight_times_what_happens_in_a_year():
    found = [middle for middle, _, _ in after.worth().values()]
    assert found == pytest.approx(
        [
            -0.1 * P["welfare_losses"],
            -P["audience_cost"],
            -P["welfare_burden"],
            P["welfare_transfers"],
            -P["welfare_nuclear"],
        ]
    )


def test_spending_drawn_is_log_linear():
    drawn = after.spent("threat")
    assert drawn.y == pytest.approx(drawn.x ** P["threat_elasticity"])
    drawn = after.spent("spill")
    assert drawn.y == pytest.approx(drawn.x ** (P["spill_elasticity"] * P["publicness"]))


def test_capital_follows_spending_and_industry_keeps_transfers():
    drawn = after.capital()
    assert drawn.y == pytest.approx(1.5 - 0.5 * (1.0 - P["materiel_depreciation"]) ** drawn.x)
    drawn, least = after.kept(), P["transfer_absorption"]
    assert drawn.y == pytest.approx(least + (1.0 - least) * drawn.x)
