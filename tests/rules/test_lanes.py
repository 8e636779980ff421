"""The lanes against the definition: belief, commitment and strength."""

import numpy as np
import pytest

from alliancesim._compile import compiled
from alliancesim.arrays.layout import rows
from alliancesim.rules import belief, lanes
from alliancesim.rules.coalition import coalition
from alliancesim.rules.strength import aggregate

from .cases import drawn, side, some_side, strength, weights
from .test_belief import weak_side

BOUND = 1e-11


def prepared(theta):
    work = lanes.lane_workspace()
    lanes.prepare(theta, work)
    return work


def both(case):
    """Return p̂ by the lanes and by the definition."""
    given = (
        case.challenger, case.home, case.home_parts, case.helpers, case.parts, case.count,
        case.theta,
    )  # fmt: skip
    return lanes.expected_win(*given, prepared(case.theta)), belief.expected_win(*given)


def many(rng, count, **values):
    """Draw a side with so many helpers, in pacts of as many depths."""
    theta = drawn(rng, **values)
    domains = 10.0 ** rng.uniform(-4.0, -2.0, (count + 1, 5))
    return side(
        0.01,
        domains[0],
        domains[1:],
        theta,
        depth=rng.uniform(size=count),
        utility=rng.uniform(-5.0, 4.0, count),
        chance=rng.uniform(0.2, 1.0, count),
    )


@pytest.mark.parametrize("pooling", [False, True])
def test_a_belief_is_its_definition_where_strengths_add_and_where_they_pool(pooling):
    rng = np.random.default_rng(21)
    for _ in range(150):
        one, other = both(some_side(rng, pooling=pooling))
        assert one == pytest.approx(other, abs=BOUND)


def test_a_belief_is_its_definition_for_targets_far_weaker_than_their_helpers():
    rng = np.random.default_rng(22)
    for _ in range(100):
        one, other = both(weak_side(rng))
        assert one == pytest.approx(other, abs=BOUND)


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 15, 21, 22, 63, 64, 65, 80])
def test_a_belief_is_its_definition_for_few_helpers_and_for_more_than_the_lanes_hold(count):
    one, other = both(many(np.random.default_rng(count), count, substitution=-0.4))
    assert one == pytest.approx(other, abs=BOUND)


@pytest.mark.parametrize("values", [
    {"shock_common": 0.0}, {"shock_sd": 0.0}, {"substitution": 0.0}, {"substitution": 1.0},
    {"substitution": -1.0}, {"substitution": 1e-3}, {"decisiveness": 2.5},
    {"response_intercept": 0.75},
])  # fmt: skip
def test_a_belief_is_its_definition_under_every_variant(values):
    rng = np.random.default_rng(23)
    for count in (1, 3, 6):
        one, other = both(many(rng, count, **values))
        assert one == pytest.approx(other, abs=BOUND)


def test_a_challenger_without_force_has_the_chance_of_the_contest():
    case = many(np.random.default_rng(24), 3)
    work = prepared(case.theta)
    given = (case.home, case.home_parts, case.helpers, case.parts, case.count, case.theta, work)
    assert lanes.expected_win(0.0, *given) == 0.0


@pytest.mark.parametrize("u", [-40.0, -3.0, 0.0, 2.5, 40.0])
def test_what_an_ally_is_expected_to_commit_is_its_definition(u):
    theta = drawn(np.random.default_rng(25))
    found = lanes.expected_commitment(u, theta, prepared(theta))
    assert found == pytest.approx(belief.expected_commitment(u, theta), abs=1e-14)


def test_a_coalition_is_its_definition_to_the_last_bit():
    rng = np.random.default_rng(26)
    for n in range(120):
        case = many(rng, int(rng.integers(1, 12)) if n else 70)
        case.helpers["share"] = rng.choice([0.0, 0.1, 0.3, 0.6, 1.0], case.count)
        given = (case.home, case.home_parts, case.helpers, case.parts, case.count, case.theta)
        found = lanes.pooled_coalition(*given, prepared(case.theta))
        assert found == coalition(*given)


@pytest.mark.parametrize("rho", [-1.0, -0.3, 0.0, 5e-5, 0.4, 1.0])
def test_strengths_are_their_definition_to_the_last_bit_empty_domains_included(rho):
    rng, n = np.random.default_rng(27), 24
    theta = drawn(rng, substitution=rho)
    domains = 10.0 ** rng.uniform(-5.0, 0.0, (n, 5))
    domains[3, 2], domains[7] = 0.0, 0.0
    work = prepared(theta)
    work.domain[: 5 * n] = domains.ravel().tolist()
    lanes.aggregate_rows(n, theta, work)
    assert work.strength[:n] == [aggregate(*row, *weights(theta), rho) for row in domains.tolist()]
    assert work.strength[0] == strength(domains[0], theta)


def test_machine_code_and_plain_python_believe_the_same_to_the_last_bit():
    rng = np.random.default_rng(28)
    for n in range(40):
        case = some_side(rng, pooling=n % 2 == 0)
        given = (
            case.challenger, case.home, case.home_parts, case.helpers, case.parts, case.count,
            case.theta,
        )  # fmt: skip
        work = rows(1, lanes.WORK)
        compiled(lanes.prepare)(case.theta, work[0])
        fast = compiled(lanes.expected_win)(*given, work[0])
        assert fast == lanes.expected_win(*given, prepared(case.theta))
