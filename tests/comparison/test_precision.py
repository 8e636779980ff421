import json
from itertools import pairwise

import attrs
import numpy as np
import pytest
from click.testing import CliRunner

from alliancesim import cli
from alliancesim.comparison import Contrast, compare, play_until, runner
from alliancesim.errors import InvalidInput
from alliancesim.stats.paired import Design
from alliancesim.stats.stopping import FEWEST_DRAWS, look_at
from tests import synthetic

METRIC = "focus_disputes_on_expected"


@pytest.fixture
def batches(monkeypatch):
    """Replace the engine by made-up outcomes; return the stretches of worlds it was asked for."""
    asked = []

    def play(scenario, arms, options, progress=None):
        asked.append((options.first_world, options.first_world + options.worlds))
        return synthetic.played(arms, options)

    monkeypatch.setattr(runner, "play", play)
    return asked


def test_play_stops_at_the_first_look_that_is_narrow_enough(batches):
    found = play_until("smda", METRIC, 0.3, batch=60)
    assert found.reached
    assert found.looks[0].lacking == "draws"
    assert all(look.lacking in ("draws", "width") for look in found.looks[:-1])
    assert found.looks[-1].width <= 0.3
    assert found.comparison.worlds == found.looks[-1].worlds
    assert not found.comparison.interrupted


def test_batches_follow_each_other_without_a_gap_and_hold_whole_draws(batches):
    play_until("smda", METRIC, 0.001, batch=60, most=1005, worlds_per_draw=8)
    assert batches[0] == (0, 64)
    assert all(one[1] == two[0] for one, two in pairwise(batches))
    assert all(stop % 8 == 0 for _, stop in batches)
    assert batches[-1][1] == 1000


def test_the_interval_looked_at_is_the_one_of_the_table(batches):
    precise = play_until(
        "smda", "welfare", 0.2, focus="SAU", contrast=("three-member", "no-smda"), batch=128
    )
    table = precise.comparison.differences(["welfare"])
    row = table[(table["focus"] == "SAU") & (table["arm"] == "three-member")]
    row = row[row["against"] == "no-smda"].iloc[0]
    last = precise.looks[-1]
    assert (last.mean, last.low, last.high) == pytest.approx((row["mean"], row["low"], row["high"]))


def test_a_relative_width_is_a_share_of_the_difference(batches):
    found = play_until("smda", "welfare", 5, focus="PAK", relative=True, batch=128, most=1024)
    assert all(look.asked == 5 * abs(look.mean) for look in found.looks)


def test_the_same_bits_as_a_run_in_one_go_whatever_the_batches_chunks_and_threads():
    asked = {"most": 160, "seed": 4, "worlds_per_draw": 1}
    found = play_until("smda", METRIC, 1e-9, batch=70, chunk=16, threads=2, **asked)
    other = play_until("smda", METRIC, 1e-9, batch=33, chunk=50, threads=1, **asked)
    whole = compare("smda", worlds=160, seed=4, worlds_per_draw=1).tally
    assert not found.reached
    assert found.comparison.digest == other.comparison.digest == whole.digest
    assert np.array_equal(found.comparison.tally.draws, whole.draws)


@pytest.mark.parametrize("finished", [0, 50])
def test_an_interruption_loses_nothing(monkeypatch, finished):
    def play(scenario, arms, options, progress=None):
        if options.first_world == 0:
            return synthetic.played(arms, options)
        if not finished:
            raise KeyboardInterrupt
        return synthetic.played(arms, options, finished)

    monkeypatch.setattr(runner, "play", play)
    found = play_until("smda", METRIC, 1e-9, batch=64)
    assert found.comparison.interrupted
    assert not found.reached
    assert found.comparison.worlds == 64 + finished
    assert found.comparison.digest == synthetic.tally(64 + finished, seed=0).digest
    assert len(found.looks) == 1
    assert "interrupted" in str(found)


def test_an_interruption_before_anything_is_finished_is_one(monkeypatch):
    def play(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(runner, "play", play)
    with pytest.raises(KeyboardInterrupt):
        play_until("smda", METRIC, 0.1)


def test_a_difference_that_never_shows_stops_nothing():
    look = look_at(np.zeros(1000), Design(1000), 1.0)
    assert np.isnan(look.width)
    assert look.lacking == "events"


def test_few_events_and_skewed_draws_stop_nothing():
    rare = np.zeros(2000)
    rare[:40] = 1
    assert look_at(rare, Design(2000), 1.0).lacking == "events"
    rare[:60] = 1
    assert look_at(rare, Design(2000), 1.0).lacking == ""
    skewed = np.random.default_rng(1).normal(size=200)
    skewed[0] = 100
    assert look_at(skewed, Design(200), 1e6).lacking == "skewness"


def test_worlds_of_one_draw_count_once():
    values = np.repeat(np.random.default_rng(2).normal(size=FEWEST_DRAWS - 1), 8)
    assert look_at(values, Design(len(values), 8), 100.0).lacking == "draws"
    assert look_at(values, Design(len(values), 8, priors=False), 100.0).lacking == ""


def test_of_a_rare_count_the_expectation_is_recommended(monkeypatch):
    def play(scenario, arms, options, progress=None):
        tally = synthetic.played(arms, options)
        tally.world["wars"] = 0
        tally.world["wars"][::40, 1] = 1
        return tally

    monkeypatch.setattr(runner, "play", play)
    found = play_until("smda", "wars", 0.5, batch=200, most=400, worlds_per_draw=1)
    assert not found.reached
    assert "wars is rare: 10 of 400 draws differ" in " ".join(found.warnings)
    assert "wars_expected" in " ".join(found.warnings)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"metric": "peace"}, "no metric 'peace'"),
        ({"metric": "adversary_wars"}, "focus"),
        ({"metric": "welfare"}, "focus"),
        ({"focus": "SAU"}, "focus"),
        ({"metric": "welfare", "focus": "USA"}, "allowed: SAU, PAK, TUR"),
        ({"width": 0}, "width"),
        ({"width": float("nan")}, "width"),
        ({"width": float("inf")}, "width"),
        ({"width": "narrow"}, "width"),
        ({"width": True}, "width"),
        ({"contrast": ("two-member", "four-member")}, "no arm 'four-member'"),
        ({"contrast": ("two-member", "two-member")}, "contrast"),
        ({"contrast": ("two-member",)}, "contrast"),
        ({"contrast": "no"}, "contrast"),
        ({"contrast": ("three-member", "no-smda"), "arms": ["no-smda", "two-member"]}, "contrast"),
        ({"batch": 1}, "batch"),
        ({"most": 99}, "most"),
        ({"most": 799, "worlds_per_draw": 8}, "most"),
        ({"seed": -1}, "seed"),
        ({"chunk": 0}, "chunk"),
        ({"worlds_per_draw": 0}, "worlds_per_draw"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_played(batches, changed, said):
    given = {"metric": METRIC, "width": 0.1} | changed
    with pytest.raises(InvalidInput, match=said):
        play_until("smda", **given)
    assert batches == []


def test_a_contrast_may_be_one_of_a_comparison(batches):
    pair = Contrast("three-member", "two-member")
    assert play_until("smda", METRIC, 9, contrast=pair, batch=128).contrast == pair


@pytest.fixture
def command():
    def invoke(*arguments):
        return CliRunner().invoke(cli.main, ["compare", "smda", *map(str, arguments)])

    return invoke


def test_the_command_line_plays_until_precise_and_tells_the_looks(command, batches):
    done = command(
        "--until", METRIC, "--width", 0.4, "--batch", 64, "--contrast", "two-member,no-smda"
    )
    assert done.exit_code == 0
    assert f"until {METRIC}, two-member − no-smda" in done.stdout
    assert "too few draws" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_the_command_line_says_when_it_did_not_get_there(command, batches):
    done = command(
        *("--until", METRIC, "--width", 0.001, "--most", 200, "--json", "-"),
        *("--worlds-per-draw", 1),
    )
    assert done.exit_code == 1
    assert json.loads(done.stdout)["worlds"] == 200
    assert "not as narrow as asked" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--until", METRIC], "--width"),
        (["--width", "0.1"], "--until"),
        (["--relative"], "--until"),
        (["--until", METRIC, "--width", "0.1", "--worlds", "500"], "--worlds"),
        (["--until", "peace", "--width", "0.1"], "no metric 'peace'"),
        (["--until", METRIC, "--width", "-1"], "width"),
        (["--until", METRIC, "--width", "0"], "width"),
        (["--until", METRIC, "--width", "wide"], "--width"),
        (["--until", METRIC, "--width", "1", "--contrast", "no-smda"], "contrast"),
        (["--until", METRIC, "--width", "1", "--batch", "0"], "batch"),
        (["--until", METRIC, "--width", "1", "--most", "5"], "most"),
        (["--until", "welfare", "--width", "1", "--focus", "USA"], "focus"),
    ],
)
def test_the_command_line_refuses_with_exit_code_2(command, batches, arguments, said):
    done = command(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert batches == []


def cover(population, rule, *, fixed, campaigns, batch=50, looked=look_at):
    """Return how often campaigns that stop by a rule have the truth in their interval."""
    rng = np.random.default_rng(11)
    truth, share = population.mean(), population.shape[1]
    width = 2 * 1.96 * population.mean(axis=1).std() / np.sqrt(fixed)
    covered = []
    for _ in range(campaigns):
        values = population[rng.integers(len(population), size=6 * fixed)]
        for stop in range(batch, 6 * fixed + 1, batch):
            look = looked(values[:stop].ravel(), Design(stop * share, share), width)
            if rule(look):
                break
        covered.append(look.low <= truth <= look.high)
    return np.mean(covered)


def usual(values, design, width):
    """Look as `look_at` does, with the interval of a normal mean whatever the events."""
    half = 1.96 * values.std(ddof=1) / np.sqrt(len(values))
    mean = values.mean()
    return attrs.evolve(look_at(values, design, width), low=mean - half, high=mean + half)


def at_once(look):
    return look.draws >= 30 and look.width <= look.asked


@pytest.mark.slow
def test_looking_repeatedly_keeps_the_coverage_where_the_usual_interval_at_once_would_not():
    rng = np.random.default_rng(5)
    rare = (rng.random((20_000, 1)) < 0.03) * rng.choice([1.0, 2.0], (20_000, 1))
    clustered = rng.normal(size=(2000, 1)) + rng.exponential(size=(2000, 4))
    for population in (rare, clustered):
        covered = cover(
            population, lambda look: not look.lacking, fixed=400, campaigns=500, batch=100
        )
        assert covered >= 0.92  # 94 % less two standard errors of so few campaigns
    assert cover(rare, at_once, fixed=400, campaigns=200, looked=usual) < 0.9
