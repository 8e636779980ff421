import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from alliancesim.errors import InvalidInput
from alliancesim.stats.paired import Design, Estimate, difference, score_interval

counts = hnp.arrays(
    np.float64, st.integers(2, 60), elements=st.integers(-50, 50).map(float), fill=st.nothing()
)


@given(st.integers(4, 40), st.integers(0, 2**32))
def test_without_skewness_the_interval_is_students(half, seed):
    values = np.random.default_rng(seed).normal(size=half)
    values = 2.0 + np.concatenate([values, -values])
    found = Estimate.of(values, Design(len(values)))
    assume(not found.too_rare)  # a few values may make nearly all of the error
    low, high = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
    np.testing.assert_allclose([found.low, found.high], [low, high], atol=1e-9)
    assert found.error == pytest.approx(stats.sem(values))


@given(st.integers(2, 10), st.integers(2, 9), st.integers(0, 2**32))
def test_with_whole_draws_the_interval_is_that_of_their_means(draws, size, seed):
    values = np.random.default_rng(seed).normal(5, 1, size=draws * size)
    found = Estimate.of(values, Design(draws * size, size))
    means = Estimate.of(values.reshape(draws, size).mean(axis=1), Design(draws))
    for name in ("mean", "low", "high", "error", "effective"):
        np.testing.assert_allclose(getattr(found, name), getattr(means, name), rtol=1e-9)


@given(counts)
def test_no_interval_has_a_width_of_zero(values):
    found = Estimate.of(values, Design(len(values)))
    assert np.isnan(found.low) == np.isnan(found.high)
    assert np.isnan(found.low) or found.low < found.mean < found.high
    if np.ptp(values) == 0:
        assert np.isnan(found.low)


def test_counts_have_at_least_the_exact_poisson_interval_and_its_upper_end():
    worlds = 4000
    for events in (9, 12, 30):
        values = np.zeros(worlds)
        values[:events] = 1.0
        found = Estimate.of(values, Design(worlds))
        low, high = stats.chi2.ppf([0.025, 0.975], [2 * events, 2 * events + 2]) / 2 / worlds
        assert found.effective == pytest.approx(events, rel=0.03)
        assert found.low <= low
        assert found.high == pytest.approx(high, rel=0.06)


def test_fewer_than_eight_events_are_too_rare_for_an_interval():
    values = np.zeros(400)
    values[:7] = 1.0
    found = Estimate.of(values, Design(400))
    assert np.isnan(found.low)
    assert found.too_rare
    assert found.mean == pytest.approx(7 / 400)
    assert not Estimate.of(np.zeros(400), Design(400)).too_rare
    # Common events in a short run are not rare.
    assert np.isfinite(Estimate.of(np.array([1.0, 2.0, 1.0, 3.0]), Design(4)).low)


@pytest.mark.parametrize("rate", [0.04, 0.1, 0.5])
def test_intervals_of_skewed_counts_cover(rate):
    values = np.random.default_rng(9).poisson(rate, (400, 4000)).astype(float)
    found = Estimate.of(values, Design(400))
    told = np.isfinite(found.low)
    below, above = (found.high < rate)[told], (found.low > rate)[told]
    assert 0.945 <= 1 - below.mean() - above.mean() <= 0.99
    assert max(below.mean(), above.mean()) < 0.04


def test_a_share_of_which_no_part_was_seen_has_wilsons_interval():
    found = score_interval(0, 50)
    low, high = stats.binomtest(0, 50).proportion_ci(0.95, "wilson")
    assert [found.mean, found.low, found.high] == pytest.approx([0, low, high])
    found = score_interval(20, 50)
    low, high = stats.binomtest(20, 50).proportion_ci(0.95, "wilson")
    assert [found.low, found.high] == pytest.approx([low, high])


@given(st.integers(2, 40), st.integers(1, 9), st.integers(0, 30))
def test_every_world_is_in_the_draw_its_number_says(worlds, size, first):
    starts = Design(worlds, size, first).starts
    draw = np.searchsorted(starts, np.arange(worlds), side="right") - 1
    numbers = (np.arange(worlds) + first) // size
    assert (draw == numbers - numbers[0]).all()


def test_with_fixed_parameters_every_world_is_on_its_own():
    assert len(Design(40, 8, priors=False).starts) == 40


@given(st.integers(2, 40), st.integers(1, 9), st.integers(0, 30))
def test_whole_draws_leave_out_those_cut_at_either_end(worlds, size, first):
    numbers = (np.arange(worlds) + first) // size
    whole = [n for n in np.unique(numbers) if (numbers == n).sum() == size]
    inside = numbers[Design(worlds, size, first).whole_draws]
    assert inside.tolist() == [n for n in whole for _ in range(size)]


@given(counts)
def test_an_arm_against_itself_differs_by_exactly_zero(values):
    found = difference(values, values.copy(), Design(len(values)))
    assert found.sampling.mean == found.sampling.error == found.sampling.effective == 0
    assert np.isnan(found.sampling.low)
    assert found.differing == 0
    assert found.needed == np.inf
    assert np.isnan(found.variance_factor) == bool(np.ptp(values) == 0)


def test_an_arm_against_itself_has_no_prior_interval():
    values = np.random.default_rng(1).poisson(2, 800).astype(float)
    found = difference(values, values, Design(800, 8))
    assert np.isnan([found.prior_low, found.prior_high, found.prior_low_error]).all()


@given(st.integers(0, 2**32), st.integers(1, 4))
def test_many_metrics_at_once_are_as_one_at_a_time(seed, size):
    rng = np.random.default_rng(seed)
    arm, other = rng.poisson(1, (2, 24, 3, 2)).astype(float)
    design = Design(24, size)
    whole = difference(arm, other, design)
    for row, column in np.ndindex(3, 2):
        alone = difference(arm[:, row, column], other[:, row, column], design)
        for name in ("variance_factor", "differing", "needed", "positive"):
            np.testing.assert_allclose(getattr(whole, name)[row, column], getattr(alone, name))
        np.testing.assert_allclose(whole.sampling.high[row, column], alone.sampling.high)


@given(st.integers(0, 2**32))
def test_swapping_arms_turns_the_difference_round(seed):
    rng = np.random.default_rng(seed)
    arm, other = rng.normal(size=(2, 400)), rng.normal(size=(2, 400))
    forth = difference(arm.ravel(), other.ravel(), Design(800, 8))
    back = difference(other.ravel(), arm.ravel(), Design(800, 8))
    np.testing.assert_allclose(forth.sampling.low, -back.sampling.high)
    np.testing.assert_allclose(forth.prior_low, -back.prior_high)
    np.testing.assert_allclose(forth.variance_factor, back.variance_factor)


def test_the_variance_factor_is_that_of_independent_seeds():
    rng = np.random.default_rng(2)
    common, arm, other = rng.normal(size=(3, 20_000))
    found = difference(3 * common + arm, 3 * common + other, Design(20_000))
    assert found.variance_factor == pytest.approx(10, rel=0.05)


def test_the_variance_factor_with_shared_priors_leaves_out_what_parameters_give():
    rng = np.random.default_rng(2)
    draws, size = 4000, 8
    prior = np.repeat(3 * rng.normal(size=draws), size)
    common, arm, other = rng.normal(size=(3, draws * size))
    found = difference(prior + common + arm, prior + common + other, Design(draws * size, size))
    assert found.variance_factor == pytest.approx((2 * 9 + 4 / 8) / (2 / 8), rel=0.1)
    assert found.variance_factor_shared_priors == pytest.approx(2, rel=0.1)
    fixed = Design(draws * size, size, priors=False)
    found = difference(common + arm, common + other, fixed)
    assert found.variance_factor_shared_priors == found.variance_factor
    alone = difference(common + arm, common + other, Design(draws * size))
    assert np.isnan(alone.variance_factor_shared_priors)


@pytest.mark.parametrize("draws", [40, 50, 100, 250])
def test_the_prior_interval_holds_95_per_cent_of_the_priors_on_average(draws):
    rng = np.random.default_rng(7)
    prior = rng.lognormal(0, 0.5, (draws, 1, 1500))
    values = (prior + np.zeros((draws, 8, 1500))).reshape(-1, 1500)
    found = difference(values, np.zeros_like(values), Design(draws * 8, 8))
    held = stats.lognorm.cdf([found.prior_low, found.prior_high], 0.5)
    assert (held[1] - held[0]).mean() == pytest.approx(0.95, abs=0.004)


@pytest.mark.parametrize("draws", [40, 250])
def test_the_ends_of_the_prior_interval_vary_by_their_standard_errors(draws):
    rng = np.random.default_rng(8)
    prior = rng.normal(0, 1, (draws, 1, 3000))
    values = (prior + np.zeros((draws, 8, 3000))).reshape(-1, 3000)
    found = difference(values, np.zeros_like(values), Design(draws * 8, 8))
    for end in ("low", "high"):
        error = getattr(found, f"prior_{end}_error")
        spread = getattr(found, f"prior_{end}").std()
        assert np.sqrt(np.mean(np.square(error))) == pytest.approx(spread, rel=0.25)


def test_worlds_needed_are_those_at_which_the_interval_touches_zero():
    rng = np.random.default_rng(3)
    paired = 0.1 + rng.normal(size=2000)
    found = difference(paired, np.zeros(2000), Design(2000))
    half = stats.t.ppf(0.975, 1999) * stats.sem(paired)
    expected = 2000 * (half / paired.mean()) ** 2
    assert found.needed == np.ceil(expected)


def test_worlds_needed_come_in_whole_draws():
    rng = np.random.default_rng(3)
    found = difference(0.1 + rng.normal(size=800), np.zeros(800), Design(800, 8))
    assert found.needed % 8 == 0


@pytest.mark.parametrize("size", [1, 8])
def test_the_sampling_interval_covers_the_truth_95_times_in_100(size):
    rng = np.random.default_rng(4)
    runs, draws = 2000, 60
    prior = rng.normal(0.3, 1, (draws, 1, runs))
    values = (prior + rng.normal(0, 2, (draws, size, runs))).reshape(-1, runs)
    found = Estimate.of(values, Design(draws * size, size))
    covered = np.mean((found.low <= 0.3) & (found.high >= 0.3))
    assert covered == pytest.approx(0.95, abs=0.015)


def test_the_prior_interval_finds_the_spread_of_expectations_through_noise():
    rng = np.random.default_rng(5)
    runs, draws, size = 200, 500, 8
    prior = rng.normal(0.3, 1, (draws, 1, runs))
    values = (prior + rng.normal(0, 2, (draws, size, runs))).reshape(-1, runs)
    found = difference(values, np.zeros_like(values), Design(draws * size, size))
    low, high = stats.norm.interval(0.95, 0.3, 1)
    assert found.prior_low.mean() == pytest.approx(low, abs=0.05)
    assert found.prior_high.mean() == pytest.approx(high, abs=0.05)
    assert found.positive.mean() == pytest.approx(stats.norm.sf(0, 0.3, 1), abs=0.01)
    assert found.noise_share.mean() == pytest.approx(4 / 8 / (1 + 4 / 8), abs=0.02)


def test_more_worlds_a_draw_do_not_narrow_the_prior_interval():
    rng = np.random.default_rng(6)
    prior = rng.normal(0, 1, (400, 1))
    widths = []
    for size in (8, 64):
        values = (prior + rng.normal(0, 1, (400, size))).ravel()
        found = difference(values, np.zeros_like(values), Design(400 * size, size))
        widths.append(found.prior_high - found.prior_low)
    assert widths[1] == pytest.approx(widths[0], rel=0.1)


@pytest.mark.parametrize("spread", [0.0, 0.2])
def test_where_most_is_noise_the_prior_interval_is_absent(spread):
    rng = np.random.default_rng(8)
    prior = rng.normal(0, spread, (400, 1, 200))
    values = (prior + rng.normal(size=(400, 8, 200))).reshape(-1, 200)
    found = difference(values, np.zeros_like(values), Design(3200, 8))
    assert np.isnan(found.prior_low).all()
    assert np.isnan(found.positive).all()
    assert (found.noise_share > 0.5).all()


@pytest.mark.parametrize(
    ("design", "reason"),
    [
        (Design(800, 1), "fewer than 8 worlds a draw"),
        (Design(800, 7), "fewer than 8 worlds a draw"),
        (Design(100, 8), "fewer than 40 draws"),
        (Design(800, 8, priors=False), "parameters were fixed"),
    ],
)
def test_an_absent_prior_interval_says_why(design, reason):
    values = np.arange(design.worlds, dtype=float)
    found = difference(values, values[::-1], design)
    assert reason in found.why_no_prior
    assert np.isnan(found.prior_low)
    assert np.isnan(found.positive)


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_the_interval_of_a_ratio_is_that_of_the_bootstrap(seed):
    rng = np.random.default_rng(seed)
    called = rng.poisson(3, 2000).astype(float)
    answered = rng.binomial(called.astype(int), 0.2).astype(float)
    found = Estimate.of_ratio(answered, called, Design(2000))
    again = rng.integers(0, 2000, (400, 2000))
    spread = np.std(answered[again].sum(axis=1) / called[again].sum(axis=1))
    assert found.mean == answered.sum() / called.sum()
    assert (found.high - found.low) / 2 / 1.96 == pytest.approx(spread, rel=0.2)


def test_a_ratio_of_nothing_is_no_number():
    assert np.isnan(Estimate.of_ratio(np.zeros(5), np.zeros(5), Design(5)).mean)


def test_one_draw_alone_has_a_mean_and_no_interval():
    found = Estimate.of(np.arange(8.0), Design(8, 8))
    assert found.mean == 3.5
    assert np.isnan(found.low)


def test_one_world_is_too_few():
    with pytest.raises(InvalidInput, match="2 or more"):
        Design(1)
