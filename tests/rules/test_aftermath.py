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
from alliancesim.rules.budget import (
    absorbed,
    burden,
    capital_share,
    materiel_after,
    pressure,
    spending,
    spill,
)

share = st.floats(0.0, 1.0)


@given(share, share)
def test_no_more_benefits_move_than_the_loser_holds(held, step):
    assert moved(held, step) == min(held, step)


@given(share, share, share)
def test_what_was_lost_comes_back_and_no_more(now, before, part):
    after = recovered(now, before, part)
    assert min(now, before) - 1e-15 <= after <= max(now, before) + 1e-15
    assert recovered(before, before, part) == before


def welfare(benefits=0.6, loss=0.0, burdened=0.0, received=0.0, paid=0.0, nuclear=0.0, weight=1.0):
    return welfare_of_month(benefits, loss, burdened, received, paid, nuclear, weight, 0.02, 0.03)


def test_welfare_is_what_is_held_and_received_less_what_it_costs():
    assert welfare() == 0.6
    assert welfare(loss=0.01, weight=2.0) == pytest.approx(0.6 - 12 * 0.02)
    assert welfare(burdened=1.5) == pytest.approx(0.57)
    assert welfare(received=1.5) == pytest.approx(0.645)
    assert welfare(paid=0.05) == pytest.approx(0.0)
    assert welfare(nuclear=5.0) == pytest.approx(0.6 - 60.0)


@given(share, share, st.floats(0.0, 10.0))
def test_losses_never_raise_welfare(benefits, loss, weight):
    assert welfare(benefits, loss, weight=weight) <= benefits


amount, elasticity = st.floats(0.1, 1000.0), st.floats(-0.5, 0.0)


def spent(before, threat=1.0, start=1.0, answer=0.2, spill=50.0, spilt=50.0, rides=-0.25, public=1):
    return spending(before, threat, start, answer, spill, spilt, rides, public)


@given(amount, st.floats(1e-6, 1.0), st.floats(0.0, 2.0), amount, elasticity)
def test_spending_stays_where_threats_and_allies_do(before, threat, answer, spill, rides):
    assert spent(before, threat, threat, answer, spill, spill, rides) == before


@given(amount, st.floats(1e-6, 1.0), st.floats(1e-6, 1.0), st.floats(0.1, 0.3))
def test_spending_answers_threats_by_its_elasticity(before, threat, start, answer):
    now = spent(before, threat, start, answer)
    assert now / before == pytest.approx((threat / start) ** answer, rel=1e-12)


@given(amount, amount, amount, elasticity, share)
def test_states_ride_free_on_what_allies_spend_as_far_as_it_is_public(
    before, own, allies, rides, public
):
    now = spent(before, spill=own + allies, spilt=own, rides=rides, public=public)
    assert now / before == pytest.approx((1.0 + allies / own) ** (rides * public), rel=1e-9)
    assert 0.0 < now <= before


def test_the_smaller_a_state_is_beside_its_ally_the_more_it_rides_where_security_is_public():
    small, large = (spent(1.0, spill=own + 50.0, spilt=own) for own in (5.0, 100.0))
    assert small < large < 1.0
    assert spent(1.0, spill=55.0, spilt=5.0, public=0) == 1.0


def test_a_state_without_rivals_or_spending_spends_as_before():
    assert spent(80.0, 0.0, 0.0) == spent(80.0, 0.1, 0.0) == 80.0
    assert spent(0.0, spill=10.0, spilt=0.0) == 0.0


@given(share, share, share)
def test_money_from_abroad_becomes_capital_the_more_a_state_makes_its_own_arms(made, held, least):
    assert least - 1e-15 <= absorbed(made, held, least) <= 1.0 + 1e-15
    assert absorbed(0.0, held, least) == least
    assert absorbed(made / 2.0, held, least) <= absorbed(made, held, least) + 1e-15


@given(share, st.floats(0.0, 100.0), st.floats(0.0, 100.0), st.floats(-200.0, 200.0))
def test_no_capital_is_ever_negative_whatever_is_given_or_withheld(held, before, now, bought):
    assert capital_share(held, before, now, bought) >= 0.0


def test_capital_is_kept_up_by_what_is_spent_and_what_others_buy():
    assert capital_share(0.02, 10.0, 10.0, 0.0) == pytest.approx(0.02)
    assert capital_share(0.02, 10.0, 10.0, 5.0) == pytest.approx(0.03)
    assert capital_share(0.02, 0.0, 10.0, 5.0) == 0.0


@given(share, share, share)
def test_capital_moves_toward_what_is_spent_and_never_below_nothing(materiel, spent, rate):
    after = materiel_after(materiel, spent, rate)
    assert min(materiel, spent) - 1e-15 <= after <= max(materiel, spent) + 1e-15
    assert materiel_after(spent, spent, rate) == spent


def test_a_rival_is_felt_by_what_of_its_strength_arrives_and_how_hot_it_is():
    assert pressure(0.01, 0.0, 0.5, 1.2, 1.2) == pytest.approx(0.01)
    assert pressure(0.01, 0.0, 0.5, 2.4, 1.2) == pytest.approx(0.02)


@given(share, share, share)
def test_a_rival_with_allies_is_felt_more_by_a_share_of_what_they_bring(own, allied, part):
    assert pressure(own, allied, part, 1.0, 1.0) == pytest.approx(own + part * allied)
    assert pressure(own, allied, part, 1.0, 1.0) >= pressure(own, 0.0, part, 1.0, 1.0)


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


@given(share, share, share)
def test_a_state_counts_on_a_share_of_what_its_guarantors_spend(own, allied, part):
    assert spill(own, 0.0, part) == spill(own, allied, 0.0) == own
    assert own <= spill(own, allied, part) <= own + allied
