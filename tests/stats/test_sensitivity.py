import json

import attrs
import numpy as np
import pytest
from matplotlib.contour import QuadContourSet

import alliancesim
from alliancesim import figures
from alliancesim.comparison import Comparison
from alliancesim.comparison.drivers import question
from alliancesim.errors import InvalidInput
from alliancesim.outcomes.metrics import METRICS
from alliancesim.scenario.unknowns import scenario_clauses
from alliancesim.stats import sensitivity
from tests import synthetic

METRIC = "focus_wars_principal_expected"
DRAWS, EACH = 400, 8


@pytest.fixture(scope="module")
def known(smda):
    """Make a run whose difference in one metric is a known function of what was drawn."""

    def make(effect, noise=0.3, draws=DRAWS):
        rng = np.random.default_rng(7)
        names = [f"x{k}" for k in range(12)]
        drawn = np.zeros(draws, [(name, float) for name in [*names, "fixed", "SMDA: provocation"]])
        for name in names:
            drawn[name] = rng.uniform(size=draws)
        drawn["SMDA: provocation"] = rng.integers(2, size=draws)
        tally = synthetic.tally(2, worlds_per_draw=EACH)
        rows = {}
        for level in ("world", "focus", "adversary"):
            old = getattr(tally, level)
            rows[level] = np.zeros((draws * EACH, *old.shape[1:]), old.dtype)
        means = np.repeat(effect(drawn), EACH)
        rows["world"][METRICS[METRIC].field][:, 1] = means + noise * rng.normal(size=draws * EACH)
        made = attrs.evolve(tally, worlds=draws * EACH, draws=drawn, **rows)
        return Comparison(smda, made, made.worlds, {})

    return make


def row(table, prior):
    return table.set_index("prior").loc[prior]


def test_the_only_driver_has_an_index_near_one_and_the_others_stay_below_the_dummy(known):
    table = known(lambda d: d["x3"] - 0.4).drivers(METRIC)
    assert table["prior"][0] == "x3"
    assert table["matters"].tolist() == [True] + [False] * 12
    assert row(table, "x3")["index"] == pytest.approx(1, abs=0.08)
    assert table["low"][0] < 1 < table["high"][0] + 0.05
    assert (table["index"][1:].abs() < 0.2).all()


def test_two_drivers_share_the_variance_as_they_should(known):
    table = known(lambda d: 2 * d["x1"] + d["x2"]).drivers(METRIC)
    assert row(table, "x1")["index"] == pytest.approx(0.8, abs=0.12)
    assert row(table, "x2")["index"] == pytest.approx(0.2, abs=0.12)


def test_noise_between_draws_means_does_not_lower_an_index(known):
    table = known(lambda d: d["x3"], noise=0.6).drivers(METRIC)
    assert table.attrs["noise_share"] > 0.2
    assert row(table, "x3")["index"] == pytest.approx(1, abs=0.15)


def test_a_difference_that_is_all_noise_has_no_driver(known):
    comparison = known(lambda d: np.zeros(len(d)))
    table = comparison.drivers(METRIC)
    assert not table["matters"].any()
    assert table.attrs["priors"] < 0.05
    assert comparison.flips(METRIC).empty


def test_noise_of_many_shapes_rarely_makes_a_driver():
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(12):
        means = rng.lognormal(size=200)
        inputs = rng.uniform(size=(40, 200))
        floor = sensitivity.dummy(means, 0.0, len(inputs))
        found += max(sensitivity.index(each, means, 0.0) for each in inputs) > floor.highest
    assert found <= 3


def test_the_split_of_the_variance_is_recovered(known):
    parts = known(lambda d: d["x3"], noise=np.sqrt(1 / 12)).drivers(METRIC).attrs
    assert parts["priors_low"] < 0.5 < parts["priors_high"]
    assert parts["priors_high"] - parts["priors_low"] < 0.2


def test_the_probability_of_the_sign_has_an_interval_that_holds_it(known):
    parts = known(lambda d: d["x3"] - 0.7).drivers(METRIC).attrs
    assert parts["positive_low"] < 0.3 < parts["positive_high"]
    assert parts["positive_low"] < parts["positive"] < parts["positive_high"]


def test_the_value_at_which_the_sign_flips_is_recovered(known):
    found = known(lambda d: d["x3"] - 0.4).flips(METRIC)
    assert found["prior"].tolist() == ["x3"]
    assert found["verdict"][0] == "flips"
    assert found["at_low"][0] < 0.4 < found["at_high"][0]
    assert found["at_high"][0] - found["at_low"][0] < 0.1


def test_a_falling_answer_flips_too(known):
    found = known(lambda d: 0.6 - d["x3"]).flips(METRIC)
    assert found["at_low"][0] < 0.6 < found["at_high"][0]


def test_a_driver_that_moves_only_the_size_does_not_flip_the_sign(known):
    found = known(lambda d: 0.5 + d["x3"]).flips(METRIC)
    assert found["verdict"].tolist() == ["does not flip"]
    assert np.isnan(found["at"][0])


def test_an_input_without_a_part_is_not_said_to_flip_a_mean_of_nothing(known):
    found = known(lambda d: d["x3"] - 0.5).flips(METRIC, priors=["x1", "x2", "x4", "x5"])
    assert "flips" not in set(found["verdict"])


def test_a_clause_flips_where_its_readings_lie_on_both_sides(known):
    found = known(lambda d: d["SMDA: provocation"] - 0.5 + 0.1 * d["x1"]).flips(METRIC)
    first = found.iloc[0]
    assert (first["prior"], first["kind"]) == ("SMDA: provocation", "clause")
    assert first["verdict"] == "flips"
    assert first["from"].startswith("provocation: unconditional")
    assert first["from_high"] < 0 < first["to_low"]


def test_a_run_with_few_worlds_a_draw_is_refused(made):
    with pytest.raises(InvalidInput, match="fewer than 8 worlds a draw"):
        made(worlds=80).drivers(METRIC)


def test_unknown_names_are_refused_with_those_that_are_known(known):
    comparison = known(lambda d: d["x3"])
    with pytest.raises(InvalidInput, match="x3"):
        comparison.flips(METRIC, priors=["y"])
    with pytest.raises(InvalidInput, match="two-member"):
        comparison.drivers(METRIC, ("two-member", "none"))
    with pytest.raises(InvalidInput, match="PAK"):
        comparison.drivers("welfare", focus="USA")
    with pytest.raises(InvalidInput, match="no metric"):
        comparison.drivers("wealth")


@pytest.fixture(scope="module")
def played_out():
    return alliancesim.compare("smda", worlds=640, worlds_per_draw=8, seed=3)


def test_what_is_recorded_of_a_draw_names_every_reading(played_out):
    drawn = played_out.tally.draws
    clauses = scenario_clauses(played_out.scenario)
    assert {"SMDA: provocation", "SMDA: scope", "SMDA: response"} <= set(clauses)
    for name, clause in clauses.items():
        assert set(drawn[name]) == set(range(len(clause.words)))
    assert 0 < drawn["SMDA: depth"].min() < drawn["SMDA: depth"].max() < 1
    assert np.ptp(drawn["PAK over SAU: umbrella"]) > 0


def test_the_reading_recorded_is_the_one_that_was_played(played_out):
    by_reading = played_out.drivers(METRIC).attrs["draws"]
    assert by_reading == len(played_out.tally.draws)
    found = played_out.flips(METRIC, priors=["SMDA: provocation"])
    assert found["to"][0].startswith("provocation: unconditional")


def test_the_table_names_what_matters_most(played_out):
    text = played_out.table()
    assert "what matters most" in text
    assert max(len(line) for line in text.splitlines()) <= 100
    named = {each["prior"] for each in played_out.strongest if each["prior"]}
    assert named
    assert all(name in text for name in named)
    assert "what matters most" in played_out._repr_html_()
    said = json.loads(played_out.to_json())["drivers"]
    first = next(each for each in said if each["metric"] == METRIC)
    assert set(first) >= {"arm", "against", "prior", "index", "low", "high", "positive_low"}


def test_a_file_keeps_what_was_drawn(played_out, tmp_path):
    played_out.save(tmp_path / "run.nc")
    again = Comparison.load(tmp_path / "run.nc")
    assert again.tally.draws.dtype == played_out.tally.draws.dtype
    assert again.drivers(METRIC).equals(played_out.drivers(METRIC))


def test_bars_that_matter_pass_the_line_of_chance(known):
    comparison = known(lambda d: d["x3"] - 0.4)
    ax = figures.drivers(comparison, METRIC)
    assert ax.get_yticklabels()[0].get_text() == "x3"
    widths = [bar.get_width() for bar in ax.patches]
    line = next(each for each in ax.lines if each.get_linestyle() == "--").get_xdata()[0]
    assert widths[0] > line > max(widths[1:])


@pytest.mark.parametrize("driver", ["x3", "x1"])
def test_a_curve_says_whether_it_flips(known, driver):
    ax = figures.flip(known(lambda d: d["x3"] - 0.4), METRIC, driver)
    said = ax.get_legend().get_texts()[0].get_text()
    assert said.startswith("flips at 0.4") == (driver == "x3")


def test_two_priors_and_clauses_have_figures_too(known):
    comparison = known(lambda d: d["x3"] - 0.4 + 0.5 * d["SMDA: provocation"])
    surface = figures.flip(comparison, METRIC, "x3", "x1")
    assert surface.get_xlabel().startswith("x3")
    assert surface.get_ylabel() == "x1"
    both = figures.flip(comparison, METRIC, "SMDA: provocation", "x3")
    assert len(both.get_legend().get_texts()) == 2
    words = figures.flip(comparison, METRIC, "SMDA: provocation").get_yticklabels()
    assert words[1].get_text().startswith("provocation: only")


def contours(ax):
    """Return the contours drawn as lines: at zero, if there is one, and the others."""
    lines = [
        each for each in ax.collections if isinstance(each, QuadContourSet) and not each.filled
    ]
    zero = [each for each in lines if list(each.levels) == [0]]
    return zero, [each for each in lines if each not in zero]


def hatched(ax):
    """Tell whether a contour set hatches part of the axes, and the key says so."""
    key = ax.get_legend()
    drawn = [each for each in ax.collections if getattr(each, "hatches", [None])[0]]
    assert bool(drawn) == (key is not None)
    return bool(drawn)


def test_the_thick_contour_of_two_priors_is_where_the_difference_is_zero(known):
    ax = figures.flip(known(lambda d: d["x3"] - 0.4), METRIC, "x3", "x1")
    (zero,), (others,) = contours(ax)
    line = np.concatenate(zero.allsegs[0])
    assert line[:, 0] == pytest.approx(0.4, abs=0.05)
    assert 0 not in others.levels
    labels = [text.get_text() for text in ax.texts]
    assert "0" in labels
    assert "+0.2" in labels or "+0.20" in labels


def test_the_sign_is_hatched_where_it_is_not_told_from_zero_and_only_there(known):
    assert hatched(figures.flip(known(lambda d: d["x3"] - 0.4), METRIC, "x3", "x1"))
    ax = figures.flip(known(lambda d: d["x3"] + 2), METRIC, "x3", "x1")
    assert not hatched(ax)
    assert contours(ax)[0] == []


def test_the_band_of_a_surface_holds_the_truth_and_narrows_with_more_draws(known):
    widths = []
    for draws in (100, 800):
        made = known(lambda d: d["x3"] - d["x1"], draws=draws)
        asked = question(made, METRIC, None, None)
        found = sensitivity.surface(asked.input("x3"), asked.input("x1"), asked.means)
        truth = found.across[None, :] - found.up[:, None]
        assert (found.low <= truth).all()
        assert (truth <= found.high).all()
        widths.append(np.mean(found.high - found.low))
    assert widths[1] < 0.6 * widths[0]
