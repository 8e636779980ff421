from hypothesis import given
from hypothesis import strategies as st

from alliancesim.rules.nuclear import able, extended, losing, retaliation, use_hazard
from alliancesim.rules.strength import aggregate

share = st.floats(0.0, 1.0)


@given(share, share, share, share)
def test_more_retaliation_never_raises_the_hazard(monthly, factor, belief, other):
    low, high = sorted((belief, other))
    assert use_hazard(True, monthly, factor, high) <= use_hazard(True, monthly, factor, low)


@given(share, share, share)
def test_a_hazard_is_a_chance_and_at_most_that_without_retaliation(monthly, factor, belief):
    assert 0.0 <= use_hazard(True, monthly, factor, belief) <= monthly


@given(share, share, share)
def test_without_warheads_and_umbrella_there_is_no_use(monthly, factor, belief):
    assert not able(0.0, False)
    assert use_hazard(able(0.0, False), monthly, factor, belief) == 0.0


@given(st.floats(1.0, 1e4), st.booleans())
def test_one_warhead_is_as_good_as_a_thousand(warheads, covered):
    assert able(warheads, covered)
    assert retaliation(warheads, 0.8, 0.1) == retaliation(1.0, 0.8, 0.1) == 0.8


@given(share, share)
def test_a_side_would_retaliate_by_whichever_deterrent_is_believed_more(own, umbrella):
    assert retaliation(10.0, own, umbrella) == max(own, umbrella)
    assert retaliation(0.0, own, umbrella) == umbrella


@given(share, share, share)
def test_at_most_one_side_loses_and_only_past_its_threshold(lost, enemy, threshold):
    assert not (losing(lost, enemy, threshold) and losing(enemy, lost, threshold))
    assert not losing(lost, enemy, threshold) or lost >= threshold


def test_an_umbrella_is_extended_as_often_as_it_is_believed():
    evenly = [(n + 0.5) / 1000 for n in range(1000)]
    assert sum(extended(0.3, u) for u in evenly) == 300
    assert not any(extended(0.0, u) for u in evenly)


def test_no_rule_of_strength_takes_warheads():
    names = aggregate.__code__.co_varnames
    assert not [name for name in names if "warhead" in name]
