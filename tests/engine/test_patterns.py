"""In the reference arm the base rates hold, and wars look as wars have looked (MODEL, patterns)."""

import math

import numpy as np
import pytest

import alliancesim as al
from alliancesim.arrays.board import board
from alliancesim.engine.play import play
from alliancesim.stats.paired import Design, difference

pytestmark = pytest.mark.slow

REFERENCE = "no-smda"
ARMS = [REFERENCE, "two-member", "three-member"]


@pytest.fixture(scope="module")
def scenario():
    return al.load("smda")


@pytest.fixture(scope="module")
def decade(scenario):
    """Twelve thousand worlds of three arms, on the preset that the bands are for."""
    return play(scenario.with_preset("post-1945"), ARMS, worlds=12_000, seed=7)


def total(tally, field):
    return tally.world[field][:, 0].sum()


class Rates:
    """Disputes observed and expected of every pair, in batches of reference worlds."""

    def __init__(self, scenario, batches=40, size=100):
        self.board = board(scenario)
        self.classes, rate = {}, np.zeros((len(self.board.states),) * 2)
        p = {each.name: each.value for each in scenario.parameters}
        for pair in scenario.pairs:
            i, j = sorted(map(self.board.states.index, (pair.a, pair.b)))
            self.classes[i, j] = pair.dispute_class
            weight, mean = p["rate_shrinkage"], p[f"rate_{pair.dispute_class}"]
            chance = (pair.onsets + weight * mean) / (pair.dyad_years + weight)
            rate[i, j] = -math.log(1 - chance)
        years = scenario.horizon_months / 12
        self.seen, self.expected = [], []
        for batch in range(batches):
            first = batch * size
            tally = play(scenario, [REFERENCE], worlds=size, seed=21, first_world=first, chunk=50)
            factor = self.board.draws(21, first, size).pair["multiplier"].sum(axis=0)
            directed = tally.pair_sum["disputes"][0]
            self.seen.append(np.triu(directed + directed.T, 1))
            self.expected.append(rate * years * (factor + factor.T) / 2)
        self.seen, self.expected = np.array(self.seen), np.array(self.expected)

    def z(self, i, j):
        gap = self.seen[:, i, j] - self.expected[:, i, j]
        return gap.mean() / (gap.std(ddof=1) / math.sqrt(len(gap)))


@pytest.fixture(scope="module")
def rates(scenario):
    return Rates(scenario)


@pytest.mark.parametrize("name", ["rival", "land", "relevant", "unrelated"])
def test_disputes_of_a_class_come_at_their_input_rate(rates, name):
    pairs = tuple(zip(*(pair for pair, of in rates.classes.items() if of == name), strict=True))
    seen = sum(each[pairs].sum() for each in rates.seen)
    expected = sum(each[pairs].sum() for each in rates.expected)
    assert seen == pytest.approx(expected, rel=0.05)


def test_disputes_of_every_frequent_pair_come_at_their_input_rate(rates):
    frequent = [pair for pair in rates.classes if rates.expected[:, *pair].sum() >= 5000]
    assert len(frequent) >= 10
    assert {pair: z for pair in frequent if abs(z := rates.z(*pair)) > 4.0} == {}


def test_most_disputes_leave_things_as_they_were(decade):
    decided = sum(total(decade, f) for f in ("conceded", "won_by_challenger"))
    decided += total(decade, "won_by_target")
    assert 1 - decided / total(decade, "disputes") >= 0.85


def test_half_of_disputes_are_resisted_and_few_become_war(decade):
    assert 0.45 <= total(decade, "resisted") / total(decade, "disputes") <= 0.55
    assert 0.02 <= total(decade, "wars") / total(decade, "disputes") <= 0.05


def test_an_ally_that_owes_defence_fights_in_few_wars_since_1945(decade):
    share, calls = total(decade, "answered_force") / total(decade, "calls"), total(decade, "calls")
    error = 1.96 * math.sqrt(share * (1.0 - share) / calls)
    assert share + error >= 0.10
    assert share - error <= 0.15
    assert total(decade, "dispute_calls") > 0
    assert total(decade, "dispute_answered_force") < 0.1 * total(decade, "dispute_calls")


def test_an_ally_that_owes_defence_fights_in_most_wars_on_the_strict_reading(scenario):
    strict = play(scenario.with_preset("strict"), [REFERENCE], worlds=8000, seed=7)
    assert 0.60 <= total(strict, "answered_force") / total(strict, "calls") <= 0.75


def test_wars_are_short_but_heavy_tailed(decade):
    ended = np.cumsum(decade.durations[0]) / decade.durations[0].sum()
    median, late = np.searchsorted(ended, 0.5), np.searchsorted(ended, 0.9)
    assert 2 <= median <= 9
    assert late / median >= 3


def test_power_helps_but_does_not_decide(decade):
    decided = total(decade, "won_by_challenger") + total(decade, "won_by_target")
    assert 0.60 <= total(decade, "decided_by_stronger") / decided <= 0.70
    assert total(decade, "exhausted") / total(decade, "wars") <= 0.07


def test_no_metric_is_pinned_at_an_end(decade):
    for field in ("loss_share", "benefits", "answered_force", "calls"):
        values = decade.focus[field].mean(axis=0)
        assert (values > 0).any(), field
    benefits = decade.focus["benefits"]
    assert np.mean((benefits > 0.001) & (benefits < 0.999)) > 0.99


@pytest.mark.parametrize(("field", "least"), [("member_disputes_on", 5), ("member_wars_on", 3)])
@pytest.mark.parametrize("step", [(0, 1), (1, 2)])
def test_common_random_draws_spares_most_of_the_variance(decade, field, least, step):
    before, after = (decade.world[field][:, arm] for arm in step)
    apart, paired = before.var() + after.var(), (after - before).var()
    assert apart / paired >= least
    found = difference(after, before, Design(worlds=decade.worlds))
    assert found.variance_factor == pytest.approx(apart / paired, rel=1e-3)
