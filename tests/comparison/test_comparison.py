import json
import random
import re

import attrs
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from numpy.lib import recfunctions as rfn

from alliancesim.comparison import Comparison, Contrast, compare
from alliancesim.comparison.estimates import contrasts
from alliancesim.errors import InvalidInput
from alliancesim.outcomes.metrics import FOCUS_HEADLINES, HEADLINES, METRICS
from tests import synthetic


def test_arms_are_compared_with_the_one_before_and_with_the_reference():
    assert contrasts(["none", "two", "three"], "none") == (
        Contrast("two", "none"),
        Contrast("three", "two"),
        Contrast("three", "none"),
    )


def test_the_reference_is_what_is_compared_with_wherever_it_stands():
    assert contrasts(["two", "none", "three"], "none") == (
        Contrast("two", "none"),
        Contrast("three", "none"),
    )


def test_without_the_reference_only_neighbours_are_compared():
    assert contrasts(["two", "three"], "none") == (Contrast("three", "two"),)


def test_differences_are_those_of_the_worlds(made):
    comparison = made(60)
    found = comparison.differences().set_index(["metric", "focus", "arm", "against"])
    row = found.loc[("welfare", "SAU", "three-member", "no-smda")]
    values = comparison.tally.values("welfare")[:, :, 1]
    assert row["mean"] == pytest.approx((values[:, 2] - values[:, 0]).mean())
    assert row["arm_mean"] == values[:, 2].mean()
    assert row["against_mean"] == values[:, 0].mean()
    assert row["worlds_differing"] == np.mean(values[:, 2] != values[:, 0])


def test_differences_have_a_row_for_each_metric_contrast_and_member(made):
    found = made(10).differences()
    levels = [metric.level for metric in METRICS.values()]
    assert len(found) == 3 * (levels.count("world") + 3 * levels.count("focus"))
    assert not found.duplicated(["metric", "focus", "arm", "against"]).any()


def test_differences_by_adversary_come_when_asked_for(made):
    found = made(10).differences(["adversary_wars"])
    assert len(found) == 3 * 3 * len(synthetic.STATES)
    assert set(found["adversary"]) == set(synthetic.STATES)


def test_changing_the_table_returned_changes_no_result(made):
    comparison = made(10)
    table = comparison.differences()
    table["mean"] = 99.0
    assert (comparison.differences()["mean"] != 99).all()


def test_an_unknown_metric_is_refused(made):
    with pytest.raises(InvalidInput, match="no metric 'peace'"):
        made(10).differences(["peace"])


def test_means_lie_in_their_intervals(made):
    found = made(50).means()
    told = found[found["low"].notna()]
    assert len(told) > len(found) / 2
    assert ((told["low"] < told["mean"]) & (told["mean"] < told["high"])).all()


@pytest.mark.parametrize("level", ["world", "focus", "adversary"])
def test_the_table_of_worlds_has_a_column_a_metric(made, level):
    comparison = made(4)
    table = comparison.to_dataframe(level)
    assert list(table.columns) == [m.name for m in METRICS.values() if m.level == level]
    assert len(table) == comparison.tally.rows(level).size


def test_a_file_gives_the_same_comparison_back(made, tmp_path):
    comparison = made(16, asked=30, worlds_per_draw=8, seed=2**64 - 1)
    comparison.save(tmp_path / "run.nc")
    loaded = Comparison.load(tmp_path / "run.nc")
    assert loaded.scenario == comparison.scenario
    assert loaded.data.identical(comparison.data)
    assert loaded.digest == comparison.digest
    assert loaded.made_with == comparison.made_with
    assert loaded.interrupted
    pd.testing.assert_frame_equal(loaded.differences(), comparison.differences())
    assert repr(loaded) == repr(comparison)


def test_a_file_that_was_changed_is_refused(made, tmp_path):
    from alliancesim.comparison.files import write

    data = made(4).data.copy(deep=True)
    data["wars"][0, 0] += 1
    write(data, tmp_path / "run.nc")
    with pytest.raises(InvalidInput, match="not those of the run"):
        Comparison.load(tmp_path / "run.nc")


def test_a_file_that_lacks_something_is_refused(made, tmp_path):
    from alliancesim.comparison.files import write

    write(made(4).data.drop_vars("wars"), tmp_path / "run.nc")
    with pytest.raises(InvalidInput, match=r"run\.nc.*not those of the run"):
        Comparison.load(tmp_path / "run.nc")


def test_a_metric_that_was_added_since_a_run_was_saved_is_absent(made, tmp_path):
    whole = made(32, worlds_per_draw=8)

    def without(level, field):
        rows = whole.tally.rows(level)
        names = [name for name in rows.dtype.names if name != field]
        return rfn.repack_fields(rows[names])

    older = attrs.evolve(
        whole.tally, world=without("world", "wars"), focus=without("focus", "reputation")
    )
    saved = attrs.evolve(whole, tally=older)
    saved.save(tmp_path / "run.nc")
    loaded = Comparison.load(tmp_path / "run.nc")
    assert loaded.digest == saved.digest != whole.digest
    assert set(METRICS) - set(loaded.tally.metrics) == {"wars", "reputation"}
    assert "wars" not in set(loaded.differences()["metric"])
    assert str(loaded)
    assert loaded.to_json()
    with pytest.raises(InvalidInput, match="wars"):
        loaded.means(["wars"])


def test_a_file_of_a_newer_version_is_refused_with_its_version(made, tmp_path):
    from alliancesim.comparison import files

    data = made(4).data
    newer = data.assign(peaceful_coups=data["wars"])
    files.write(newer, tmp_path / "run.nc")
    with pytest.raises(InvalidInput, match="saved by alliancesim 0, which is newer"):
        Comparison.load(tmp_path / "run.nc")


def test_a_file_with_a_bit_changed_anywhere_or_cut_short_is_refused(made, tmp_path):
    path, copy = tmp_path / "run.nc", tmp_path / "copy.nc"
    made(4).save(path)
    content = path.read_bytes()
    rng = random.Random(1)
    for _ in range(60):
        bit = rng.randrange(8 * len(content))
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << bit % 8
        copy.write_bytes(changed)
        with pytest.raises(InvalidInput):
            Comparison.load(copy)
        copy.write_bytes(content[: rng.randrange(len(content))])
        with pytest.raises(InvalidInput):
            Comparison.load(copy)
    opened = xr.load_dataset(path, engine="scipy").assign_attrs(seed="5")
    opened.to_netcdf(copy, engine="scipy", format="NETCDF3_64BIT")
    with pytest.raises(InvalidInput, match="changed"):
        Comparison.load(copy)


@pytest.mark.parametrize("content", [b"", b"not netCDF", b"CDF\x01broken"])
def test_a_file_that_is_no_comparison_is_refused(tmp_path, content):
    path = tmp_path / "run.nc"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"run\.nc"):
        Comparison.load(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="No such file"):
        Comparison.load(tmp_path / "run.nc")


def test_json_says_how_the_run_can_be_had_again(made):
    comparison = made(16, worlds_per_draw=8, seed=2**64 - 1)
    told = json.loads(comparison.to_json())
    assert told["seed"] == 2**64 - 1
    assert told["worlds"] == 16
    assert told["digest"] == comparison.digest
    assert [arm["name"] for arm in told["arms"]] == list(comparison.arms)
    assert [arm["hypothetical"] for arm in told["arms"]] == [False, False, True]
    assert told["scenario"]["name"] == "smda"
    assert len(told["differences"]) == len(comparison.differences())


def test_json_has_nothing_for_numbers_that_do_not_exist(made):
    told = json.loads(made(8).to_json())
    assert {row["prior_low"] for row in told["differences"]} == {None}


@pytest.mark.parametrize("options", [{}, {"worlds_per_draw": 8}, {"priors": False}])
def test_the_printed_table_is_at_most_100_columns_wide(made, options):
    text = made(400, asked=500, **options).table()
    assert max(len(line) for line in text.splitlines()) <= 100
    assert not re.search(r"\d[−+]\d", text), "two columns run together"


def test_the_printed_table_shows_every_headline_for_every_contrast(made):
    comparison = made(20)
    text = comparison.table()
    for name in (*HEADLINES, *FOCUS_HEADLINES):
        assert text.count(f"  {METRICS[name].label} ") == 3, name
    for contrast in comparison.contrasts:
        assert str(contrast) in text


def test_the_printed_table_says_plainly_what_it_is(made):
    text = " ".join(made(20, asked=40).table().split())
    assert "Illustrative, not predictive" in text
    assert "three-member − no-smda (hypothetical)" in text
    assert "two-member − no-smda (hypothetical)" not in text
    assert "(E): conditional expectation" in text
    assert "interrupted: 20 of 40 worlds" in text
    assert "no prior interval: fewer than 8 worlds a draw" in text
    assert "--worlds-per-draw 8" in text


def test_the_notes_explain_the_columns_that_are_shown_and_no_others(made):
    plain, split = made(20).table(), made(400, worlds_per_draw=8).table()
    assert "differ: share of worlds" in " ".join(plain.split())
    assert "P(> 0): the share" not in plain
    assert "P(> 0): the share" in split
    assert ("none seen:" in plain) == (plain.count("none seen") > 1)
    assert ("too rare:" in plain) == (plain.count("too rare") > 1)


def test_prior_intervals_are_shown_where_they_can_be_had(made):
    assert "95 % prior" in made(400, worlds_per_draw=8).table()
    assert "95 % prior" not in made(400).table()


def test_the_table_in_a_notebook_is_escaped(made, marked):
    html = made(8, scenario=marked)._repr_html_()
    assert "A &lt;script&gt; &amp; more" in html
    assert "&lt;b&gt;&amp; none&lt;/b&gt;" in html
    assert "<script>" not in html


def test_arms_that_are_alike_differ_by_exactly_zero(made, smda):
    tally = synthetic.tally(12)
    for rows in (tally.world, tally.focus, tally.adversary):
        rows[:, 1] = rows[:, 0]
    comparison = Comparison(smda, tally, 12, {})
    found = comparison.differences()
    same = found[found["arm"] == "two-member"]
    assert (same[["mean", "effective_draws", "worlds_differing"]] == 0).all(axis=None)
    assert same[["low", "high"]].isna().all(axis=None)
    assert "none seen" in comparison.table()
    assert "no-smda and two-member never differ" in comparison.warnings
    assert "∞" in comparison.table()


def test_a_metric_that_never_varies_is_warned_of(made, smda):
    tally = synthetic.tally(12)
    tally.world["drawn"] = 0
    tally.focus["benefits"][:, 1] = 1
    warnings = Comparison(smda, tally, 12, {}).warnings
    assert "drawn is 0 in every world" in warnings
    assert "benefits is pinned at 0 or 1 in two-member" in warnings


def test_a_check_of_the_model_that_stays_zero_is_no_warning(made, smda):
    tally = synthetic.tally(12)
    tally.world["heat_cut"] = 0
    assert not any("heat_cut" in w for w in Comparison(smda, tally, 12, {}).warnings)


def test_a_count_with_few_events_is_warned_of(smda):
    tally = synthetic.tally(100)
    tally.focus["wars_drawn_in"][:] = 1
    tally.focus["wars_drawn_in"][:, 1, 2] = 0
    tally.focus["wars_drawn_in"][:5, 1, 2] = 1
    warnings = Comparison(smda, tally, 100, {}).warnings
    told = "seen in few worlds: wars it is drawn into (wars_drawn_in): 5 worlds of two-member TUR"
    assert told in warnings


def test_a_prior_interval_that_is_mostly_noise_is_warned_of(made):
    warnings = made(400, worlds_per_draw=8).warnings
    assert any("as sampling noise is most of the spread" in warning for warning in warnings)


def test_the_arms_of_the_scenario_are_played_unless_others_are_named(smda, played):
    assert compare(smda, worlds=4).arms == smda.arms_by_default
    assert compare(smda, ["three-member", "no-smda"], 4).arms == ("three-member", "no-smda")


def test_a_scenario_can_be_named(smda, played):
    assert compare("smda", worlds=4).scenario == smda


def test_the_engine_is_told_what_was_asked(smda, played):
    compare(smda, worlds=np.int64(6), seed=9, threads=2, chunk=3)
    assert (played["worlds"], played["seed"]) == (6, 9)
    assert (played["threads"], played["chunk"]) == (2, 3)
    assert type(played["worlds"]) is int


def test_progress_is_told_to_a_function(smda, played):
    told = []
    compare(smda, worlds=4, progress=told.append)
    assert sum(told) == 4


def still(comparison, *fields):
    """Return the comparison as if some counts had never come about."""
    world = comparison.tally.world.copy()
    for field in fields:
        world[field] = 0.0
    return attrs.evolve(comparison, tally=attrs.evolve(comparison.tally, world=world))


def warned(comparison):
    return {warning.split()[0] for warning in comparison.warnings if "is 0 in" in warning}


def test_what_no_arm_played_could_move_is_not_warned_of(made, smda):
    changes = "memberships_changed"
    assert warned(still(made(), changes)) == set()
    playing_one = ("two-member", "under-negotiation", "notice")
    assert warned(still(made(arms=playing_one), changes)) == {changes}
    assert warned(still(made(), "guarantees_withdrawn")) == {"guarantees_withdrawn"}
    steady = attrs.evolve(
        smda,
        standing=tuple(t for t in smda.standing if t != "US-QAT"),
        treaties=tuple(t for t in smda.treaties if t.id != "US-QAT"),
    )
    assert warned(still(made(scenario=steady), "guarantees_withdrawn")) == set()


def test_without_warheads_nothing_nuclear_is_warned_of(made, smda):
    unarmed = tuple(
        attrs.evolve(
            state, nuclear_warheads=attrs.evolve(state.nuclear_warheads, value=0.0, prior=None)
        )
        for state in smda.states
    )
    fields = ("nuclear_signals", "nuclear_settled", "nuclear_uses", "nuclear_uses_expected")
    assert warned(still(made(), *fields)) == set(fields)
    assert warned(still(made(scenario=attrs.evolve(smda, states=unarmed)), *fields)) == set()


def test_an_interrupted_run_has_the_worlds_that_were_finished(smda, played):
    played["finished"] = 7
    comparison = compare(smda, worlds=40)
    assert comparison.interrupted
    assert comparison.worlds == 7
    assert comparison.warnings[0] == "interrupted: 7 of 40 worlds"


def test_a_run_interrupted_before_two_worlds_is_no_result(smda, played):
    played["finished"] = 1
    with pytest.raises(KeyboardInterrupt):
        compare(smda, worlds=40)


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ({"arms": ["two-member", "four-member"]}, "arms: no arm 'four-member'"),
        ({"arms": ["two-member"]}, "arms: 1 to compare"),
        ({"arms": "two-member"}, "arms: 'two-member' cannot be used"),
        ({"arms": []}, "arms: 0 to compare"),
        ({"arms": ["two-member", "two-member"]}, "arms: an arm is named twice"),
        ({"worlds": 1}, "worlds"),
        ({"worlds": 2.5}, "worlds"),
        ({"worlds": True}, "worlds"),
        ({"worlds": "many"}, "worlds"),
        ({"worlds": 2**48}, "worlds"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**64}, "seed"),
        ({"seed": None}, "seed"),
        ({"worlds_per_draw": 0}, "worlds_per_draw"),
        ({"threads": 0}, "threads"),
        ({"chunk": 0}, "chunk"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_played(smda, played, arguments, place):
    with pytest.raises(InvalidInput) as refused:
        compare(smda, **arguments)
    assert str(refused.value).startswith(place)
    assert "allowed" in str(refused.value)
    assert not played


@pytest.mark.parametrize("scenario", [None, 3, b"smda"])
def test_what_is_no_scenario_is_refused(scenario, played):
    with pytest.raises(InvalidInput, match=r"scenario: .* cannot be used"):
        compare(scenario)


def test_an_unknown_scenario_is_refused(played):
    with pytest.raises(InvalidInput, match="atlantis"):
        compare("atlantis")


def test_agents_can_play_instead_of_the_engine(smda):
    from alliancesim.agents import Wargame

    engine, agents = (compare(smda, worlds=2, seed=4, model=model) for model in (None, Wargame))
    assert engine.digest == agents.digest


@pytest.mark.parametrize("model", [int, "Wargame", object()])
def test_what_is_no_wargame_is_refused(smda, model):
    with pytest.raises(InvalidInput, match=r"model: .* cannot be used|is not a model"):
        compare(smda, worlds=2, model=model)
