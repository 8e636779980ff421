import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.rules.belief import expected_commitment, expected_win
from alliancesim.rules.coalition import coalition
from alliancesim.rules.contest import win_chance

from .cases import ces, drawn, enumerated_win, parameters, side, some_side, strength, together

POOR = parameters(substitution=-0.5)
EDGE = POOR.initiator_advantage, POOR.decisiveness
share = st.floats(0.0, 1.0)
domains = st.lists(st.floats(1e-4, 0.1), min_size=5, max_size=5)
substitution = st.one_of(st.floats(-1.0, 1.0), st.sampled_from([-1.0, 0.0, 1.0]))


def fielded(side, shares):
    """Return the strength of a side at committed shares."""
    side.helpers["share"] = shares
    return coalition(side.home, side.home_parts, side.helpers, side.parts, side.count, side.theta)


def believed(side):
    """Return p̂ of the rule."""
    return expected_win(
        side.challenger,
        side.home,
        side.home_parts,
        side.helpers,
        side.parts,
        side.count,
        side.theta,
    )


@st.composite
def sides(draw, depths=share, substitution=substitution):
    """Draw a target with up to four helpers in pacts of any depths."""
    theta = parameters(substitution=draw(substitution))
    count = draw(st.integers(1, 4))
    rows = [draw(domains) for _ in range(count)]
    depth = [draw(depths) for _ in range(count)]
    utility = [draw(st.floats(-6.0, 6.0)) for _ in range(count)]
    chance = [draw(st.floats(0.1, 1.0)) for _ in range(count)]
    challenger = draw(st.floats(1e-3, 0.1))
    return side(challenger, draw(domains), rows, theta, depth=depth, utility=utility, chance=chance)


@given(sides(depths=st.just(0.0)), st.data())
def test_forces_side_by_side_are_a_plain_sum(side, data):
    shares = data.draw(st.lists(share, min_size=side.count, max_size=side.count))
    expected = side.home
    for k, each in enumerate(shares):
        expected += each * side.helpers[k].strength
    assert fielded(side, shares) == expected


@given(sides(substitution=st.just(1.0)), st.data())
def test_perfect_substitutes_are_a_plain_sum_at_any_depth(side, data):
    shares = data.draw(st.lists(share, min_size=side.count, max_size=side.count))
    expected = side.home + float(np.dot(shares, side.helpers["strength"]))
    assert fielded(side, shares) == pytest.approx(expected, rel=1e-14)


@given(domains, st.lists(domains, min_size=1, max_size=4), share, substitution, st.data())
def test_one_pact_fights_as_one_force_in_the_measure_of_its_depth(home, parts, chi, rho, data):
    theta = parameters(substitution=rho)
    pact = side(0.01, home, parts, theta, depth=chi)
    shares = np.array(data.draw(st.lists(share, min_size=len(parts), max_size=len(parts))))
    forces = [np.array(home), *(shares[:, None] * pact.parts)[shares > 0]]
    apart = sum(strength(force, theta) for force in forces)
    expected = chi * strength(sum(forces), theta) + (1 - chi) * apart
    assert fielded(pact, shares) == pytest.approx(expected, rel=1e-10)


@given(sides(), st.data())
def test_pacts_of_different_depth_pool_layer_by_layer(side, data):
    shares = np.array(data.draw(st.lists(share, min_size=side.count, max_size=side.count)))
    assert fielded(side, shares) == pytest.approx(float(together(side, shares)), rel=1e-10)


@given(sides(), st.data())
def test_more_help_never_weakens_whatever_the_mix_of_depths(side, data):
    shares = data.draw(st.lists(share, min_size=side.count, max_size=side.count))
    who = data.draw(st.integers(0, side.count - 1))
    more = [*shares]
    more[who] = data.draw(st.floats(shares[who], 1.0))
    assert fielded(side, more) >= fielded(side, shares) * (1 - 1e-11)


@given(sides(), st.data())
def test_more_help_to_the_defender_never_raises_the_chance_to_win(side, data):
    shares = data.draw(st.lists(share, min_size=side.count, max_size=side.count))
    who = data.draw(st.integers(0, side.count - 1))
    more = [*shares]
    more[who] = data.draw(st.floats(shares[who], 1.0))
    before, after = (
        win_chance(side.challenger, fielded(side, each), *EDGE) for each in (shares, more)
    )
    assert after <= before + 1e-12


@given(sides(), st.data())
def test_a_helper_that_commits_nothing_adds_no_bit(side, data):
    shares = data.draw(st.lists(share, min_size=side.count, max_size=side.count))
    who = data.draw(st.integers(0, side.count - 1))
    shares[who] = 0.0
    kept = np.arange(side.count) != who
    rest = attrs.evolve(side, helpers=side.helpers[kept], parts=side.parts[kept])
    without = fielded(rest, np.array(shares)[kept])
    assert fielded(side, shares) == without


def test_nobody_to_help_leaves_the_target_as_strong_as_it_is():
    alone = side(0.01, [0.01] * 5, np.zeros((0, 5)), POOR)
    assert fielded(alone, []) == alone.home
    assert believed(alone) == win_chance(0.01, alone.home, *EDGE)


@given(sides(), st.permutations(range(4)))
def test_the_order_of_helpers_is_no_matter_but_for_rounding(side, order):
    order = [k for k in order if k < side.count]
    shuffled = believed(attrs.evolve(side, helpers=side.helpers[order], parts=side.parts[order]))
    sizes = side.helpers["strength"] * side.helpers["chance"]
    if len(set(sizes)) == side.count:
        assert shuffled == pytest.approx(believed(side), abs=1e-11)


@given(sides())
def test_the_belief_is_a_probability_between_all_come_and_none_come(side):
    none = win_chance(side.challenger, side.home, *EDGE)
    everyone = win_chance(side.challenger, fielded(side, side.helpers["chance"]), *EDGE)
    assert everyone - 3e-3 <= believed(side) <= none + 3e-3


@given(sides())
def test_allies_that_never_come_leave_the_chance_as_it_is(side):
    side.helpers["utility"] = -60.0
    alone = win_chance(side.challenger, side.home, *EDGE)
    assert believed(side) == pytest.approx(alone, abs=1e-9)


@given(sides())
def test_allies_that_surely_come_count_in_full(side):
    side.helpers["utility"], side.helpers["chance"] = 60.0, 1.0
    whole = win_chance(side.challenger, fielded(side, np.ones(side.count)), *EDGE)
    assert believed(side) == pytest.approx(whole, abs=1e-9)


@given(sides(), st.floats(0.0, 4.0), st.integers(0, 3))
def test_a_more_reliable_ally_never_raises_the_challengers_hopes(side, more, who):
    before = believed(side)
    side.helpers["utility"][who % side.count] += more
    assert believed(side) <= before + 3e-3


def errors(pooling, cases, rule=believed):
    rng = np.random.default_rng(20260101)
    drawn_sides = [some_side(rng, pooling=pooling) for _ in range(cases)]
    return np.array([abs(rule(each) - enumerated_win(each)) for each in drawn_sides])


def test_the_belief_is_that_of_full_enumeration_where_strengths_add():
    assert errors(False, 1500).max() <= 3e-3


def test_the_belief_is_that_of_full_enumeration_in_99_cases_of_100_where_strengths_pool():
    worst = errors(True, 1500)
    assert np.mean(worst <= 3e-3) >= 0.99
    assert worst.max() <= 1.5e-2


def at_mean_commitment(side):
    """Take every ally at its mean commitment, as if it were certain."""
    theta = side.theta
    means = [expected_commitment(each.utility, theta) * each.chance for each in side.helpers]
    force = fielded(side, means)
    return win_chance(side.challenger, force, theta.initiator_advantage, theta.decisiveness)


def test_mean_commitment_alone_would_fail_the_same_comparison():
    wrong = errors(False, 300, at_mean_commitment)
    assert wrong.max() > 1e-2
    assert np.mean(wrong <= 3e-3) < 0.9


@pytest.mark.parametrize(
    ("held", "share", "most"),
    [
        ({"shock_sd": 1.9}, 0.98, 6e-4),  # spread of the shock as it is without priors
        (
            {},
            0.94,
            1.1e-3,
        ),  # over its prior, to twice that spread: .969 of 1,200 cases, less 3 errors
    ],
)
def test_five_nodes_integrate_the_shared_shock(held, share, most):
    rng = np.random.default_rng(20260102)
    cases = [some_side(rng, pooling=n % 2 == 0, **held) for n in range(300)]
    worst = np.array([abs(enumerated_win(each) - enumerated_win(each, 41)) for each in cases])
    assert np.mean(worst <= 3e-4) >= share
    assert worst.max() <= most


def test_both_are_right_for_one_ally_without_a_shock():
    theta = parameters(substitution=0.3, shock_sd=0.0)
    case = side(0.02, [0.01] * 5, [[0.03] * 5], theta, utility=1.0)
    below = 1.0 / (1.0 + np.exp(1.0 - np.array([-0.4, 0.9, 2.2, 3.2])))
    forces = 0.01 + np.array([0.0, 0.1, 0.3, 0.6, 1.0]) * 0.03
    wins = [win_chance(0.02, force, *EDGE) for force in forces]
    exact = float(np.diff([0.0, *below, 1.0]) @ wins)
    assert enumerated_win(case) == pytest.approx(exact, rel=1e-12)
    assert believed(case) == pytest.approx(exact, rel=1e-12)


def test_the_two_writings_of_strength_agree():
    rng = np.random.default_rng(3)
    for _ in range(50):
        theta, force = drawn(rng), 10.0 ** rng.uniform(-4, -1, 5)
        assert ces(force, theta) == pytest.approx(strength(force, theta), rel=1e-11)


def weak_side(rng):
    """A target far weaker than two or three possible helpers, who seldom come."""
    count = int(rng.integers(2, 4))
    theta = drawn(rng, substitution=1.0)
    domains = 10.0 ** rng.uniform(-3.0, -1.0, (count, 5))
    home = 10.0 ** rng.uniform(-5.0, -3.5, 5)
    utility, chance = rng.uniform(-5.0, 0.0, count), rng.uniform(0.3, 1.0, count)
    return side(0.01, home, domains, theta, utility=utility, chance=chance)


def test_the_belief_is_a_probability_for_a_target_far_weaker_than_its_helpers():
    theta = parameters(substitution=1.0)
    case = side(0.01, [1e-4] * 5, [[0.05] * 5, [0.04] * 5], theta, utility=-3.0)
    assert 0.0 < believed(case) < 1.0  # 1.0747 with the second-order term
    assert believed(case) == pytest.approx(enumerated_win(case), abs=3e-3)  # .8456


def test_the_belief_is_close_for_targets_far_weaker_than_their_helpers():
    rng = np.random.default_rng(20260103)
    cases = [weak_side(rng) for _ in range(500)]
    worst = np.array([abs(believed(each) - enumerated_win(each)) for each in cases])
    assert np.mean(worst <= 3e-3) >= 0.95
    assert worst.max() <= 1e-2


def test_shocks_of_their_own_meet_the_enumeration_of_independent_answers():
    rng, worst = np.random.default_rng(11), 0.0
    for _ in range(200):
        one = some_side(rng, pooling=False)
        one.theta.shock_common = 0.0
        worst = max(worst, abs(believed(one) - enumerated_win(one)))
    assert worst <= 3e-3


def test_it_matters_whether_allies_fail_together():
    theta = parameters(substitution=1.0)
    rows = [[0.02] * 5] * 3
    values = []
    for common in (1.0, 0.0):
        theta.shock_common = common
        values.append(believed(side(0.02, [0.01] * 5, rows, theta, utility=0.5)))
    assert abs(values[0] - values[1]) > 1e-3
