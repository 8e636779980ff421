"""A hindcast from end to end, on a small made-up record, and its files scored again."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner

from alliancesim.cli import main
from alliancesim.errors import InvalidInput
from alliancesim.history import hindcast, score_predictions
from alliancesim.history.files import CALLS, ONSETS, PACTS


@pytest.fixture(scope="module")
def found(record_folder):
    return hindcast(record_folder, 1970, 1979, worlds=4, seed=1, threads=1)


@pytest.fixture(scope="module")
def written(found, tmp_path_factory):
    return found.write(tmp_path_factory.mktemp("written"))


def test_every_pair_year_and_call_is_forecast_once(found):
    onsets, calls = found.predictions.onsets, found.predictions.calls
    assert len(onsets) == 21 * 10
    assert not onsets.duplicated(["year", "ccode1", "ccode2"]).any()
    assert not calls.duplicated(["dispute", "ally_ccode"]).any()
    assert onsets["probability"].between(0, 1).all()
    assert (onsets["low"] <= onsets["probability"]).all()
    assert (onsets["probability"] <= onsets["high"]).all()
    assert onsets.notna().all().all()


def test_scores_name_all_forecasts_on_the_same_cases(found):
    for outcome in ("originators", "any", "small"):
        scored = found.scores["onsets"][outcome]
        assert scored["cases"] == 210
        assert len({row["seen"] for row in scored["forecasts"].values()}) == 1
        assert sum(each["cases"] for each in scored["bins"]) == 210
    assert sum(found.scores["ranks"]["histogram"]) == 2 * 7


def test_scores_by_origin_average_to_those_of_all(found):
    by_origin, tables = found.scores["onsets_by_origin"], found.predictions.onsets
    assert list(by_origin) == [1970, 1975]
    sizes = tables.groupby("origin").size()
    mean = sum(by_origin[year]["pair"] * sizes[year] for year in by_origin) / sizes.sum()
    whole = found.scores["onsets"]["originators"]["forecasts"]["pair"]["log_score"]
    assert mean == pytest.approx(whole)
    assert "log scores by origin" in str(found)


def test_rivals_that_dispute_often_are_told_from_the_rest(found):
    onsets = found.scores["onsets"]["originators"]["forecasts"]
    assert onsets["probability"]["log_score"] > onsets["constant"]["log_score"]
    calls = found.scores["calls"]["forecasts"]
    assert calls["probability"]["log_score"] > calls["constant"]["log_score"]


def test_force_is_never_likelier_than_joining(found):
    calls = found.predictions.calls
    assert (calls["war_probability"] <= calls["force_probability"]).all()
    assert (calls["force_probability"] <= calls["probability"]).all()


def test_the_files_have_the_columns_that_others_write(written):
    for path, columns in zip(written, (ONSETS, CALLS, PACTS), strict=True):
        assert tuple(pd.read_csv(path).columns[: len(columns)]) == columns


def test_a_file_of_predictions_scores_as_the_hindcast_did(found, written, record_folder):
    again = score_predictions(record_folder, [written[0]])
    row = again.scores["originators"]["forecasts"]["onsets"]
    own = found.scores["onsets"]["originators"]["forecasts"]["probability"]
    assert row["log_score"] == pytest.approx(own["log_score"], abs=1e-6)
    assert again.missing == 0
    calls = score_predictions(record_folder, [written[1]])
    row = calls.scores["calls"]["forecasts"]["calls"]
    own = found.scores["calls"]["forecasts"]["probability"]
    assert row["auc"] == pytest.approx(own["auc"])


def test_files_are_compared_on_the_cases_that_all_have(written, record_folder, tmp_path):
    part = pd.read_csv(written[0]).iloc[::2].assign(probability=0.5)
    part = part.rename(columns={"ccode1": "ccode2", "ccode2": "ccode1"})
    part.to_csv(tmp_path / "half.csv", index=False)
    found = score_predictions(record_folder, [written[0], tmp_path / "half.csv"])
    assert (found.cases, found.missing) == (105, 105)
    better = found.scores["originators"]["forecasts"]["half"]["better_pairs"]
    assert better[1] > 0
    assert "105 of the same years" in str(found)
    assert json.loads(found.to_json())["missing"] == 105


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("year,a,b,probability\n1970,2,200,0.1\n", "row 1"),
        ("year,ccode1,ccode2,probability\n1970,2,200,1.2\n", "probability"),
        ("year,ccode1,ccode2,probability\n1970,2,200,\n", "probability"),
        ("year,ccode1,ccode2,probability\n1970,2,200.5,0.1\n", "ccode2"),
        ("year,ccode1,ccode2,probability\n1970,2,200,.1\n1970,200,2,.2\n", "came before"),
        ("year,ccode1,ccode2,probability\n1970,2,999,0.1\n", "no case of the record"),
    ],
)
def test_a_file_that_cannot_be_scored_is_rejected(text, problem, record_folder, tmp_path):
    path = tmp_path / "theirs.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=problem):
        score_predictions(record_folder, [path])


@pytest.mark.parametrize(("first", "last"), [(1950, 1960), (1980, 1990), (1975, 1970)])
def test_years_that_the_record_cannot_forecast_are_rejected(record_folder, first, last):
    with pytest.raises(InvalidInput, match="allowed: years from 1951 to 1989"):
        hindcast(record_folder, first, last)


def test_the_command_prints_writes_and_warns_of_missing_capabilities(record_folder, tmp_path):
    (tmp_path / "bare").mkdir()
    for path in record_folder.glob("*.csv"):
        if not path.name.startswith("NMC"):
            (tmp_path / "bare" / path.name).write_bytes(path.read_bytes())
    arguments = ["--from", "1970", "--to", "1972", "--worlds", "2", "--only", "onsets"]
    figure, data = tmp_path / "hindcast.png", tmp_path / "scores.json"
    more = ["--figure", str(figure), "--json", str(data), "--predictions", str(tmp_path / "out")]
    result = CliRunner().invoke(main, ["hindcast", str(tmp_path / "bare"), *arguments, *more])
    assert result.exit_code == 0, result.output
    assert "all states are taken for equal" in result.output
    assert "Disputes of original parties" in result.output
    assert figure.stat().st_size > 10_000
    assert json.loads(data.read_text())["capabilities"] is None
    scored = CliRunner().invoke(
        main, ["score-predictions", str(record_folder), str(tmp_path / "out" / "onsets.csv")]
    )
    assert scored.exit_code == 0, scored.output


def test_the_command_says_what_is_missing(tmp_path):
    result = CliRunner().invoke(main, ["hindcast", str(tmp_path), "--from", "1960", "--to", "1961"])
    assert result.exit_code == 2
    assert "states.csv" in result.output
