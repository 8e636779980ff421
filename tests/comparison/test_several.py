"""Several cases in the same worlds: what differs between them is what was changed."""

import json

import numpy as np
import pandas as pd
import pytest

import alliancesim as al
from alliancesim.comparison.export import check_table, write_table
from alliancesim.errors import InvalidInput

ARMS = ["no-smda", "two-member"]


@pytest.fixture(scope="module")
def cases():
    smda = al.load("smda")
    given = {"as it is": smda, "same": smda, "cinc": smda.with_variant("strength", "cinc")}
    return al.compare(given, arms=ARMS, worlds=16, seed=1)


def test_each_case_is_its_own_comparison(cases):
    alone = al.compare("smda", arms=ARMS, worlds=16, seed=1)
    assert cases["as it is"].tally.digest == alone.tally.digest
    assert cases["cinc"].tally.digest != alone.tally.digest
    assert not cases.interrupted


def test_one_tidy_table_has_every_number_of_every_case(cases):
    table = cases.differences()
    assert table.columns[0] == "case"
    for label in ("as it is", "same", "cinc"):
        own = table[table["case"] == label].drop(columns="case").reset_index(drop=True)
        pd.testing.assert_frame_equal(own, cases[label].differences())


def test_a_case_that_changes_nothing_differs_by_nothing(cases):
    table = cases.between().set_index(["case", "metric"])
    assert (table.loc["same"]["mean"] == 0.0).all()
    assert (table.loc["cinc"]["mean"] != 0.0).any()


def test_between_is_the_mean_of_paired_differences(cases):
    row = cases.between(["wars_expected"]).set_index("case").loc["cinc"]
    values = [cases[label].tally.values("wars_expected") for label in ("cinc", "as it is")]
    change = [each[:, 1] - each[:, 0] for each in values]
    assert row["mean"] == pytest.approx(np.mean(change[0] - change[1]), abs=1e-12)
    assert row["case_mean"] - row["against_mean"] == pytest.approx(row["mean"], abs=1e-12)


def test_it_is_printed_a_line_a_case_and_written_as_json(cases):
    lines = str(cases).splitlines()
    assert all(any(line.startswith(label) for line in lines) for label in cases.cases)
    assert max(map(len, lines)) <= 100
    told = json.loads(cases.to_json())
    assert set(told["cases"]) == set(cases.cases)
    assert {row["case"] for row in told["between"]} == {"same", "cinc"}


def test_scenarios_in_a_list_are_called_by_their_names():
    found = al.compare(["smda", "korea"], worlds=2, worlds_per_draw=1)
    assert list(found.cases) == ["smda", "korea"]
    (line,) = (line for line in str(found).splitlines() if line.startswith("korea"))
    assert str(found["korea"].contrasts[0]) in line
    assert json.loads(found.to_json())["between"] == []
    twice = al.compare([al.load("korea"), al.load("korea")], worlds=2, worlds_per_draw=1)
    assert list(twice.cases) == ["korea (1)", "korea (2)"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "0 scenarios"),
        (["smda"], "1 scenarios"),
        (["smda"] * 51, "51 scenarios"),
        ({"a": "smda", "b": 3}, "3 cannot be used"),
        ({1: "smda", 2: "korea"}, "scenario"),
        (["smda", "nope"], "no scenario 'nope'"),
    ],
)
def test_what_cannot_be_played_is_refused_before_anything_is(given, said, monkeypatch):
    monkeypatch.setattr("alliancesim.comparison.runner.play", None)
    with pytest.raises(InvalidInput, match=said):
        al.compare(given, worlds=4)


def test_a_case_that_lacks_an_arm_is_named():
    found = al.compare(["smda", "korea"], worlds=2, worlds_per_draw=1)
    with pytest.raises(InvalidInput):
        found.between()
    with pytest.raises(InvalidInput, match="no case 'SMDA'; did you mean smda"):
        found["SMDA"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_tables_are_read_back_as_they_were(made, tmp_path, ending):
    if ending == "xlsx":
        pytest.importorskip("openpyxl")
    comparison, path = made(), tmp_path / f"table.{ending}"
    write_table(comparison, path)
    read = (pd.read_csv if ending == "csv" else pd.read_excel)(path, keep_default_na=True)
    table = comparison.differences().replace([np.inf, -np.inf], np.nan)
    assert list(read.columns) == list(table.columns)
    np.testing.assert_allclose(read["mean"], table["mean"], rtol=1e-12)
    assert list(read["metric"]) == list(table["metric"])


def test_a_table_of_another_kind_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="not a kind of table"):
        check_table(tmp_path / "table.ods")
