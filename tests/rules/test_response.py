import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from alliancesim.levels import Intensity
from alliancesim.rules.basics import logit
from alliancesim.rules.belief import expected_commitment
from alliancesim.rules.coalition import commitment
from alliancesim.rules.response import (
    AID,
    LIMITED_FORCE,
    answer,
    answer_given,
    at_stake,
    cap_short_of_war,
    concerned,
    duty_weight,
    intensity,
    interest,
    rung_owed,
    short_of_war_given,
    side_payment,
    threat,
    utility,
)

from .cases import drawn, parameters

THETA = parameters()
CUTS = (-2.2, -0.4, 0.9, 2.2, 3.2)
SHOCK_SD = 1.9  # without priors

propensity = st.floats(-8.0, 8.0)
own = st.floats(1e-15, 1.0 - 1e-15).map(logit)

# The published table of levels 0 to 5, to its two digits.
LADDER = {
    0.0: (0.10, 0.30, 0.31, 0.19, 0.06, 0.04),
    1.0: (0.04, 0.16, 0.28, 0.29, 0.13, 0.10),
    -1.0: (0.23, 0.42, 0.22, 0.09, 0.02, 0.02),
}


@pytest.mark.parametrize("u", LADDER)
def test_answers_come_as_often_as_the_ladder_says(u):
    evenly = (np.arange(20000) + 0.5) / 20000
    levels = [answer(u, 0.0, logit(each), *CUTS) for each in evenly]
    shares = np.bincount(levels, minlength=6) / len(levels)
    assert shares == pytest.approx(LADDER[u], abs=0.0085)
    exact = 1.0 / (1.0 + np.exp(u - np.array(CUTS)))
    assert shares == pytest.approx(np.diff([0.0, *exact, 1.0]), abs=1e-4)


@given(propensity, propensity, own, st.floats(0.0, 5.0))
def test_an_answer_only_rises_when_it_comes_to_war(u, shock, own, severity):
    assert answer(u + severity, shock, own, *CUTS) >= answer(u, shock, own, *CUTS)


@given(propensity, own, st.floats(0.0, 5.0))
def test_a_better_shock_lifts_every_ally(u, own, more):
    assert answer(u, more, own, *CUTS) >= answer(u, 0.0, own, *CUTS)


@given(propensity, own, own)
def test_a_higher_draw_never_lowers_an_answer(u, one, other):
    worse, better = sorted((one, other))
    assert answer(u, 0.0, worse, *CUTS) <= answer(u, 0.0, better, *CUTS)


@given(propensity, propensity, own, st.integers(0, 2**32 - 1))
def test_an_answer_only_rises_as_a_dispute_goes_farther_and_becomes_war(u, shock, own, seed):
    theta = drawn(np.random.default_rng(seed))
    levels = [
        min(
            cap_short_of_war(each),
            answer_given(short_of_war_given(u, each, theta), shock, own, theta),
        )
        for each in Intensity
    ]
    assert sorted(levels) == levels
    assert levels[-1] <= answer_given(u, shock, own, theta)


def test_allies_use_force_short_of_war_only_where_there_are_deaths():
    assert cap_short_of_war(Intensity.DISPLAY) == cap_short_of_war(Intensity.FORCE)
    assert AID < cap_short_of_war(Intensity.FORCE) < LIMITED_FORCE
    assert cap_short_of_war(Intensity.DEATHS) == LIMITED_FORCE


@given(st.integers(0, 2**32 - 1))
def test_disputes_go_as_far_as_often_as_their_shares_say(seed):
    theta = drawn(np.random.default_rng(seed))
    evenly = (np.arange(20000) + 0.5) / 20000
    force, deaths = theta.intensity_force, theta.intensity_deaths
    drawn_so = [intensity(each, force, deaths) for each in evenly]
    shares = np.bincount(drawn_so, minlength=3) / len(evenly)
    assert shares == pytest.approx([1.0 - force - deaths, force, deaths], abs=1e-4)


def test_commitment_grows_from_nothing_to_everything_along_the_ladder():
    shares = [commitment(level, THETA) for level in range(6)]
    assert shares == [0.0, 0.0, 0.10, 0.30, 0.60, 1.0]


@given(propensity, st.integers(0, 2**32 - 1))
def test_the_expected_commitment_is_the_mean_of_the_answers(u, seed):
    theta = drawn(np.random.default_rng(seed), shock_sd=SHOCK_SD)
    assert expected_commitment(u, theta) == pytest.approx(mean_commitment(u, theta), abs=4e-3)


@given(propensity, st.integers(0, 2**32 - 1))
def test_it_is_farther_from_the_mean_where_the_shock_spreads_most(u, seed):
    theta = drawn(np.random.default_rng(seed), shock_sd=3.1)  # where its prior is cut
    assert expected_commitment(u, theta) == pytest.approx(mean_commitment(u, theta), abs=1.5e-2)


def mean_commitment(u, theta):
    """Return the mean over a shock on a fine grid of what an ally commits."""
    cuts = (theta.cut_diplomatic, theta.cut_aid, theta.cut_deployment, theta.cut_limited)
    cuts = np.array([*cuts, theta.cut_full])

    shocks = np.linspace(-6.0, 6.0, 601)
    below = 1.0 / (1.0 + np.exp(u + theta.shock_sd * shocks - cuts[:, None]))
    levels = np.diff(below, axis=0, prepend=0.0, append=1.0)
    given_shock = np.array([commitment(level, theta) for level in range(6)]) @ levels
    return np.average(given_shock, weights=norm.pdf(shocks))


TERMS = inspect.signature(utility).parameters
RAISES = ["interest_in_target", "threat_to_self", "duty", "reputation", "payment", "invoked"]
LOWERS = ["distance_km", "pinned", "exposed", "provocation", "conflict"]


def propense(**values):
    """Return the propensity to answer, all that is not given at nothing."""
    weights = {name: THETA[name] for name in TERMS if name.startswith("term_")}
    rest = dict.fromkeys(TERMS, 0.0)
    return utility(**{**rest, **weights, "intercept": THETA.response_intercept, **values})


def test_a_state_without_any_reason_answers_war_by_its_intercept_and_severity():
    assert propense() == pytest.approx(THETA.response_intercept + THETA.term_severity)


@pytest.mark.parametrize("term", RAISES)
@given(low=st.floats(0.0, 1.0), high=st.floats(0.0, 1.0))
def test_reasons_to_come_raise_the_propensity(term, low, high):
    low, high = sorted((low, high))
    assert propense(**{term: low}) <= propense(**{term: high})


@pytest.mark.parametrize("term", LOWERS)
@given(low=st.floats(0.0, 1.0), high=st.floats(0.0, 1.0))
def test_reasons_to_stay_away_lower_it(term, low, high):
    low, high = sorted((low, high))
    assert propense(**{term: low}) >= propense(**{term: high})


def test_every_term_counts_by_its_own_weight():
    assert {*RAISES, *LOWERS, "intercept"} == {n for n in TERMS if not n.startswith("term_")}
    sizes = dict.fromkeys([*RAISES, *LOWERS], 1.0) | {"distance_km": 1000.0}
    weights = ["interest", "threat", "duty", "reputation", "payment", "invocation"]
    weights += ["distance", "pinned", "nuclear", "provocation", "conflict"]
    for (name, size), weight in zip(sizes.items(), weights, strict=True):
        change = propense(**{name: size}) - propense()
        sign = 1.0 if name in RAISES else -1.0
        assert change == pytest.approx(sign * THETA[f"term_{weight}"])


@given(st.floats(0.0, 1.0), st.floats(0.0, 20000.0), st.floats(0.0, 1.0), st.floats(10.0, 20000.0))
def test_interest_is_a_share_that_no_distance_takes_below_the_tie(tie, km, proximity, reach):
    assert tie - 1e-15 <= interest(tie, 0.0, km, proximity, reach) <= 1.0 + 1e-15
    assert interest(tie, 0.0, km, proximity, reach) <= interest(tie, 0.0, 0.0, proximity, reach)


def test_interest_comes_of_ties_and_for_the_rest_of_nearness():
    assert interest(0.5, 0.0, 0.0, 0.3, 1000.0) == pytest.approx(0.65)
    assert interest(0.0, 0.0, 1000.0, 0.3, 1000.0) == pytest.approx(0.3 / np.e)


def test_a_rival_has_no_interest_in_the_target_but_by_ties():
    assert interest(0.0, 1.0, 0.0, 0.3, 1000.0) == 0.0
    assert interest(0.4, 1.0, 0.0, 0.3, 1000.0) == 0.4


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_only_a_rival_threatens_and_by_no_more_than_the_whole(projected, own):
    assert threat(0.0, projected, own) == 0.0
    assert 0.0 <= threat(1.0, projected, own) <= 1.0


def test_a_heavier_level_weighs_more_and_loose_words_weigh_less():
    weights = [duty_weight(level, 1.0, 0.4, 1.2, 2.0) for level in range(4)]
    assert weights == [0.0, 0.4, 1.2, 2.0]
    assert duty_weight(3, 0.5, 0.4, 1.2, 2.0) == 1.0


def test_states_neither_bound_nor_interested_are_not_asked():
    assert not concerned(0.0, 0.19, 0.2)
    assert concerned(0.0, 0.2, 0.2)
    assert concerned(0.1, 0.0, 0.2)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 2.0))
def test_reputation_is_at_stake_only_where_something_is_owed_and_seen(record, seen, duty):
    assert at_stake(record, seen, 0.0) == 0.0
    assert at_stake(record, 0.0, duty) == 0.0
    assert 0.0 <= at_stake(record, seen, duty) <= min(record, seen)


def test_a_duty_asks_for_its_own_rung_of_the_ladder():
    assert [rung_owed(level, 1.0, 2.0, 4.0) for level in range(4)] == [0.0, 1.0, 2.0, 4.0]


def test_a_side_payment_is_a_share_of_what_the_ally_spends_and_at_most_all_of_it():
    assert [side_payment(paid, 8.0) for paid in (0.0, 2.0, 8.0, 80.0)] == [0.0, 0.25, 1.0, 1.0]
    assert (side_payment(1.0, 0.0), side_payment(0.0, 0.0)) == (1.0, 0.0)
