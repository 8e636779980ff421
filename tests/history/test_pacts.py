"""What pacts did: the record's ratio of ratios, the model's, and what the record favours."""

import attrs
import numpy as np
import pandas as pd
import pytest

from alliancesim.errors import InvalidInput
from alliancesim.history import read_record, what_pacts_did
from alliancesim.history.capabilities import capability_file
from alliancesim.history.pact_effects import PactForecasts, forecast_pacts, formed_between
from alliancesim.history.summary import pacts_in_sentences
from alliancesim.history.what_pacts_did import compared, memberships, record_ratio, score_pacts

SIDES = ("on_before", "on_after", "by_before", "by_after")


def made_rows(seed, states=60, fall=0.5):
    """Return memberships whose disputes fall by a factor against their matches."""
    drawn = np.random.default_rng(seed)
    mean = drawn.gamma(2.0, 1.5, states)
    rows = {
        "atopid": np.arange(states) // 2,
        "member_ccode": np.arange(states),
        "conditional": np.arange(states) % 2,
        "bilateral": np.ones(states, int),
    }
    for side in ("on", "by"):
        rows[f"{side}_before"] = drawn.poisson(mean)
        rows[f"{side}_after"] = drawn.poisson(fall * mean)
        rows[f"control_{side}_before"] = drawn.poisson(mean)
        rows[f"control_{side}_after"] = drawn.poisson(mean)
    return pd.DataFrame(rows)


def test_the_ratio_of_ratios_is_its_definition_on_large_sums():
    rows = made_rows(0).assign(on_before=100, on_after=50, control_on_before=80)
    rows["control_on_after"] = 160
    found = record_ratio(rows, "on")
    assert found["ratio"] == pytest.approx(0.5 / 2.0, rel=1e-3)
    assert found["unmatched"] == pytest.approx(0.5, rel=1e-3)


def test_its_interval_covers_the_truth_about_as_often_as_it_says():
    inside = 0
    for seed in range(60):
        found = record_ratio(made_rows(seed), "on", seed=seed)
        inside += found["low"] <= 0.5 <= found["high"]
    assert inside >= 52


def test_few_memberships_have_no_ratio():
    assert np.isnan(record_ratio(made_rows(0).head(5), "on")["ratio"])


def made_forecasts(rows, draws=400):
    """Return forecasts in which the ratio of a draw is its first parameter."""
    parameter = np.linspace(0.2, 1.8, draws)
    ones = np.ones((len(rows), draws))
    counts = {"on_without": ones, "by_without": ones}
    counts |= {f"{each}_with": ones * parameter for each in ("on", "by")}
    return PactForecasts(
        table=rows[["atopid", "member_ccode"]].rename(columns={"member_ccode": "ccode"}),
        draws=counts,
        parameters=pd.DataFrame({"challenge_scale": parameter, "insured_share": parameter[::-1]}),
        left_out=(),
    )


def test_draws_near_the_record_weigh_most():
    rows = made_rows(3, states=200)
    found = compared(rows, made_forecasts(rows))
    weighted = found.parameters["challenge_scale"]["weighted"]
    seen = [found.record[each]["all"] for each in ("on", "by")]
    precision = [1 / row["log_error"] ** 2 for row in seen]
    best = np.exp(np.average([np.log(row["ratio"]) for row in seen], weights=precision))
    assert weighted["mean"] == pytest.approx(best, rel=0.03)
    assert found.parameters["effective"] < 400
    assert weighted["high"] - weighted["low"] < 0.5
    assert "draws are effective" in pacts_in_sentences(found)
    assert "record, matched" in str(found)


def test_record_and_model_that_differ_are_said_to_disagree():
    rows = made_rows(4, states=200)
    forecasts = made_forecasts(rows)
    forecasts.draws["on_with"][:] = 3.0
    assert "disagree** on disputes on members, all" in pacts_in_sentences(compared(rows, forecasts))


def test_a_state_that_entered_two_pacts_in_a_year_counts_once(record_folder, tmp_path):
    for path in record_folder.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    pacts = pd.read_csv(tmp_path / "pacts.csv")
    again = pacts[pacts["atopid"] == 3001].assign(atopid=3009)
    pd.concat([again, pacts]).to_csv(tmp_path / "pacts.csv", index=False)
    found = memberships(read_record(tmp_path))
    assert sorted(found["atopid"]) == [3001, 3001, 3002, 3002]


def test_a_right_ratio_gains_on_no_effect_and_a_wrong_one_loses(record_folder):
    record = read_record(record_folder)
    rows = made_rows(5, states=200, fall=0.4)
    rows = rows.assign(entry="1960-01-01", effect_case=1, formed_year=1960)
    record = attrs.evolve(record, pacts=rows)
    table = rows[["atopid", "member_ccode"]].rename(columns={"member_ccode": "ccode"})
    right = score_pacts(table.assign(on_ratio=0.4, by_ratio=0.4), record)
    wrong = score_pacts(table.assign(on_ratio=2.0, by_ratio=2.0), record)
    assert right["on"]["better_than_none"][1] > 0
    assert wrong["on"]["better_than_none"][2] < 0


def test_each_pact_is_played_with_and_without_in_the_same_worlds(record_folder):
    record = read_record(record_folder)
    rows = formed_between(record, 1950, 1989)
    found = forecast_pacts(record, rows, capability_file(record_folder), worlds=8, threads=1)
    assert set(found.table["atopid"]) == {3001, 3002}
    assert found.draws["on_with"].shape == (4, 1)
    assert len(found.parameters) == 1
    assert (found.table["on_ratio"] > 0).all()
    assert not set(SIDES) & set(rows)


def test_few_memberships_cannot_be_compared(record_folder):
    with pytest.raises(InvalidInput, match="10 or more"):
        what_pacts_did(record_folder)
