"""What the handbook draws of war, random draws and treaties is what formulas written out give."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from alliancesim import catalogue

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
chances = importlib.import_module("curves.chances")
war = importlib.import_module("curves.war")
P = {each.name: each.value for each in catalogue.parameters()}
SPAN = {each.name: each.prior.span for each in catalogue.parameters() if each.prior}


def test_odds_to_win_drawn_are_a_power_of_the_ratio():
    drawn = war.winning()
    odds = np.exp(P["initiator_advantage"]) * drawn.x ** P["decisiveness"]
    assert drawn.y == pytest.approx(odds / (1.0 + odds))


def test_the_ends_of_a_war_drawn_add_up_to_one():
    ends = [war.ending(result).y for result in (war.WON, war.DRAWN, war.LOST)]
    assert np.sum(ends, axis=0) == pytest.approx(1.0)


def test_a_domain_that_rises_alone_is_drawn_as_a_geometric_mean():
    drawn = war.of_materiel("ces")
    assert P["substitution"] == 0.0
    floor = np.maximum(drawn.x, P["share_floor"])
    weights = [P[f"weight_{m}"] for m in ("manpower", "materiel", "strike", "industry", "finance")]
    assert drawn.y == pytest.approx(floor ** (P["weight_materiel"] / sum(weights)))


def test_spending_alone_is_drawn_as_military_capital():
    drawn = war.of_materiel("spending")
    assert drawn.y == pytest.approx(np.maximum(drawn.x, P["share_floor"]))


def test_reach_drawn_falls_as_the_priors_of_distance_say():
    drawn = war.arriving("decay_land")
    low, high = SPAN["decay_land"]
    assert drawn.low == pytest.approx(np.exp(-high * drawn.x / 1000.0))
    assert drawn.high == pytest.approx(np.exp(-low * drawn.x / 1000.0))


def test_wars_drawn_outlast_a_month_as_often_as_a_log_normal():
    drawn = war.going_on()
    with np.errstate(divide="ignore"):
        z = (np.log(drawn.x) - np.log(P["duration_median"])) / P["duration_log_sd"]
    assert drawn.y == pytest.approx(norm.sf(z))


def test_the_linear_law_is_drawn_with_equal_losses():
    drawn = war.losing(0.5)
    own, enemy = drawn.y, drawn.y[::-1]  # the ratios are symmetric about one
    taken = -np.log1p(-own / 100.0)
    given = -np.log1p(-enemy / 100.0) * drawn.x
    assert taken == pytest.approx(given)


def test_candidates_drawn_that_need_less_than_the_calm_heat_come_in_both_arms():
    p = chances.values()
    when, needs = chances.candidates(p)
    calm, tense = (chances.heated(p, disputes, when) for disputes in ((), (14.0, 16.0, 20.0)))
    assert np.all(tense >= calm)
    assert np.any((needs >= calm) & (needs < tense))
    assert np.all(needs < p.heat_cap)


def test_settlement_drawn_is_geometric_but_for_use():
    settled, used = chances.by_month("settled").y, chances.by_month("used").y
    going = (1.0 - P["nuclear_settlement"]) ** np.arange(len(settled))
    hazard = P["nuclear_hazard"] * (1.0 - P["nuclear_retaliation"] * P["own_deterrent_belief"])
    spared = (1.0 - hazard) ** np.maximum(0, np.arange(len(settled)) - 1)
    assert 1.0 - settled - used == pytest.approx(going * spared)


def test_a_guarantee_drawn_tends_to_the_share_of_its_hazards():
    away, back = (1.0 - np.exp(-P[f"{name}_rate"] / 12.0) for name in ("withdrawal", "renewal"))
    for stood in (True, False):
        drawn = chances.standing(stood)
        long_run = back / (back + away)
        exact = long_run + (stood - long_run) * (1.0 - back - away) ** drawn.x
        assert drawn.y == pytest.approx(exact, abs=1e-6)


def test_an_accession_drawn_is_announced_after_an_exponential_wait():
    months = np.arange(1.0, 25.0)
    drawn = chances.within(months, lambda u, p: chances.waiting(p.negotiation_months, u))
    assert drawn.y == pytest.approx(1.0 - np.exp(-months / P["negotiation_months"]), abs=1e-6)
