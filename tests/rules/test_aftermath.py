import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.rules.aftermath import (
    moved,
    recovered,
    recovery,
    reputation_after_call,
    reputation_after_retreat,
    welfare_of_month,
)
from alliancesim.rules.budget import burden, materiel_after, pressure, spending

share = st.floats(0.0, 1.0)


@given(share, share)
def test_no_more_benefits_move_than_the_loser_holds(held, step):
    assert moved(held, step) == min(held, step)


@given(share, share, share)
def test_what_was_lost_comes_back_and_no_more(now, before, part):
    after = recovered(now, before, part)
    assert min(now, before) - 1e-15 <= after <= max(now, before) + 1e-15
    assert recovered(before, before, part) == before


def test_welfare_is_what_is_held_less_what_it_costs():
    assert welfare_of_month(0.6, 0.0, 0.0, 0.0, 0.0, 1.0, 0.02) == 0.6
    assert welfare_of_month(0.6, 0.01, 0.0, 0.0, 0.0, 2.0, 0.02) == pytest.approx(0.6 - 12 * 0.02)
    assert welfare_of_month(0.6, 0.0, 1.5, 0.0, 0.0, 1.0, 0.02) == pytest.approx(0.57)
    assert welfare_of_month(0.6, 0.0, 0.0, 0.05, 0.0, 1.0, 0.02) == pytest.approx(0.0)
    assert welfare_of_month(0.6, 0.0, 0.0, 0.0, 5.0, 1.0, 0.02) == pytest.approx(0.6 - 60.0)


@given(share, share, st.floats(0.0, 10.0))
def test_losses_never_raise_welfare(benefits, loss, weight):
    assert welfare_of_month(benefits, loss, 0.0, 0.0, 0.0, weight, 0.02) <= benefits


@given(st.floats(0.1, 1000.0), st.floats(1e-6, 1.0), st.floats(0.0, 2.0))
def test_spending_stays_where_threats_do(before, threat, elasticity):
    assert spending(before, threat, threat, elasticity) == before


@given(st.floats(0.1, 1000.0), st.floats(1e-6, 1.0), st.floats(1e-6, 1.0), st.floats(0.1, 0.3))
def test_spending_answers_threats_by_its_elasticity(before, threat, start, elasticity):
    now = spending(before, threat, start, elasticity)
    assert now / before == pytest.approx((threat / start) ** elasticity, rel=1e-12)


def test_a_state_without_rivals_spends_as_before():
    assert spending(80.0, 0.0, 0.0, 0.2) == 80.0
    assert spending(80.0, 0.1, 0.0, 0.2) == 80.0


@given(share, share, share)
def test_capital_moves_toward_what_is_spent_and_never_below_nothing(materiel, spent, rate):
    after = materiel_after(materiel, spent, rate)
    assert min(materiel, spent) - 1e-15 <= after <= max(materiel, spent) + 1e-15
    assert materiel_after(spent, spent, rate) == spent


def test_a_rival_is_felt_by_what_of_its_strength_arrives_and_how_hot_it_is():
    assert pressure(0.02, 0.5, 1.2, 1.2) == pytest.approx(0.01)
    assert pressure(0.02, 0.5, 2.4, 1.2) == pytest.approx(0.02)


def test_the_burden_is_in_percent_of_output():
    assert burden(20.0, 1000.0) == pytest.approx(2.0)
    assert burden(20.0, 0.0) == 0.0


@given(share, st.integers(0, 5), st.floats(0.0, 5.0), st.floats(0.0, 0.5), st.floats(1.0, 3.0))
def test_reputation_falls_by_giving_less_than_was_owed_and_stays_a_share(
    before, given_, owed, step, loss
):
    after = reputation_after_call(before, float(given_), owed, step, loss)
    assert 0.0 <= after <= 1.0
    assert (after <= before) if given_ < owed else (after >= before)


def test_a_loss_of_reputation_counts_twice_what_a_gain_does():
    assert reputation_after_call(0.5, 5.0, 4.0, 0.25, 2.0) == pytest.approx(0.55)
    assert reputation_after_call(0.5, 3.0, 4.0, 0.25, 2.0) == pytest.approx(0.4)
    assert reputation_after_call(0.5, 4.0, 4.0, 0.25, 2.0) == 0.5


def test_backing_down_costs_reputation_and_never_more_than_there_is():
    assert reputation_after_retreat(0.5, 0.05) == pytest.approx(0.45)
    assert reputation_after_retreat(0.02, 0.05) == 0.0


@given(share, share, st.integers(1, 20))
def test_half_of_what_reputation_lost_is_back_after_its_half_life(now, start, years):
    after = now
    for _ in range(years):
        after = recovered(after, start, recovery(float(years)))
    assert after == pytest.approx((now + start) / 2.0, abs=1e-9)
