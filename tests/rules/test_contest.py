import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from alliancesim.rules.contest import DRAWN, LOST, WON, draw_chance, outcome, win_chance

strength = st.one_of(st.just(0.0), st.floats(1e-6, 1.0))
advantage = st.floats(-3.0, 3.0)
decisiveness = st.floats(0.01, 1.5)
probability = st.floats(0.0, 1.0)


@given(strength, decisiveness)
def test_equal_sides_split_evenly(force, m):
    assert win_chance(force, force, 0.0, m) == 0.5


@given(strength, strength, advantage, decisiveness)
def test_sides_that_change_places_change_their_chances(one, other, a, m):
    assert win_chance(one, other, a, m) == pytest.approx(
        1.0 - win_chance(other, one, -a, m), abs=1e-12
    )


@given(strength, strength, st.floats(0.0, 1.0), advantage, decisiveness)
def test_more_help_to_the_defender_never_raises_the_challengers_chance(c, d, help_, a, m):
    if c > 0.0 or d > 0.0:
        assert win_chance(c, d + help_, a, m) <= win_chance(c, d, a, m) + 1e-15


@given(strength, strength, st.floats(0.0, 1.0), advantage, decisiveness)
def test_more_of_its_own_never_lowers_the_challengers_chance(c, d, more, a, m):
    if c > 0.0 or d > 0.0:
        assert win_chance(c + more, d, a, m) >= win_chance(c, d, a, m) - 1e-15


def test_a_side_without_strength_loses():
    assert win_chance(0.0, 0.1, 0.65, 0.36) == 0.0
    assert win_chance(0.1, 0.0, 0.65, 0.36) == 1.0


@given(st.floats(1e-6, 1.0), st.floats(1e-6, 1.0), st.floats(1e-3, 1e3), advantage, decisiveness)
def test_only_the_ratio_of_strengths_counts(c, d, scale, a, m):
    scaled = win_chance(scale * c, scale * d, a, m)
    assert scaled == pytest.approx(win_chance(c, d, a, m), abs=1e-12)


@given(probability, st.floats(0.0, 10.0))
def test_a_draw_is_likeliest_between_equals_and_never_certain(p, weight):
    assert 0.0 <= draw_chance(p, weight) <= draw_chance(0.5, weight) < 1.0
    assert draw_chance(p, weight) == pytest.approx(draw_chance(1.0 - p, weight), abs=1e-6)


def test_history_leaves_two_wars_in_five_undecided():
    assert draw_chance(0.5 + 0.5 * (34 - 24) / 58, 1.55) == pytest.approx(0.42, abs=0.02)


@given(probability, st.floats(0.0, 10.0), st.floats(1e-12, 1.0 - 1e-12))
def test_outcomes_fill_the_unit_interval_from_victory_to_defeat(p, weight, random_draw):
    drawn = draw_chance(p, weight)
    won, lost = (1.0 - drawn) * p, (1.0 - drawn) * (1.0 - p)
    assert won + drawn + lost == pytest.approx(1.0, abs=1e-15)
    expected = WON if random_draw < won else LOST if random_draw > won + drawn else DRAWN
    if min(abs(random_draw - won), abs(random_draw - won - drawn)) > 1e-12:
        assert outcome(p, weight, random_draw) == expected


@pytest.mark.parametrize(("p", "weight"), [(0.5, 1.55), (0.8, 1.55), (0.02, 0.5), (0.66, 0.0)])
def test_outcomes_come_as_often_as_they_should(p, weight):
    random_draw = np.random.default_rng(4).uniform(size=20000)
    results = [outcome(p, weight, u) for u in random_draw]
    decided = 1.0 - draw_chance(p, weight)
    expected = np.array([decided * (1 - p), 1 - decided, decided * p])
    observed = np.array([results.count(r) for r in (LOST, DRAWN, WON)])
    kept = expected > 0.0
    assert observed[~kept].sum() == 0
    assert stats.chisquare(observed[kept], 20000 * expected[kept]).pvalue > 1e-3
