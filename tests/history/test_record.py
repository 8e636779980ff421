"""A folder of the record is read strictly, and cut at a year."""

import shutil

import pandas as pd
import pytest

from alliancesim.errors import InvalidInput
from alliancesim.history import read_record
from alliancesim.history._columns import NEEDED
from alliancesim.history.panel import cases
from alliancesim.history.rates import pair_rates
from tests.history import made


@pytest.fixture
def copied(record_folder, tmp_path):
    return shutil.copytree(record_folder, tmp_path / "copied")


def changed(folder, name, column, row, value):
    table = pd.read_csv(folder / f"{name}.csv", dtype="string", keep_default_na=False)
    table.loc[row, column] = value
    table.to_csv(folder / f"{name}.csv", index=False)


def test_a_record_is_read_whole(record_folder):
    record = read_record(record_folder)
    assert record.until == made.LAST
    assert record.members(1960) == tuple(sorted(made.STATES))
    assert record.major_powers(1960) == {2}
    assert len(record.onsets()) == len(record.disputes)


@pytest.mark.parametrize("name", NEEDED)
def test_a_file_that_is_missing_is_named(copied, name):
    (copied / f"{name}.csv").unlink()
    with pytest.raises(InvalidInput, match=f"{name}.csv"):
        read_record(copied)


@pytest.mark.parametrize("name", NEEDED)
def test_a_column_that_is_missing_is_named(copied, name):
    last = NEEDED[name][-1]
    table = pd.read_csv(copied / f"{name}.csv", dtype="string", keep_default_na=False)
    table.drop(columns=last).to_csv(copied / f"{name}.csv", index=False)
    with pytest.raises(InvalidInput, match=rf"{name}.csv: row 1: no column {last}"):
        read_record(copied)


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("pairs", "start_year", "soon"),
        ("pairs", "contiguity", ""),
        ("disputes", "target_ccode", "inf"),
        ("calls", "km_ally_partner", "far"),
    ],
)
def test_a_cell_that_is_no_number_is_named_with_its_row(copied, name, column, value):
    changed(copied, name, column, 3, value)
    with pytest.raises(InvalidInput, match="row 5") as caught:
        read_record(copied)
    assert caught.value.where == f"{name}.csv: {column}"


def test_a_spell_that_ends_before_it_begins_is_rejected(copied):
    changed(copied, "pairs", "end_year", 0, "1940")
    with pytest.raises(InvalidInput, match="ends before it begins"):
        read_record(copied)


def test_columns_that_are_not_needed_do_no_harm(copied):
    table = pd.read_csv(copied / "disputes.csv")
    table.assign(more="x").to_csv(copied / "disputes.csv", index=False)
    assert len(read_record(copied).disputes) == len(table)


def test_what_is_known_before_a_year_ends_there(record_folder):
    known = read_record(record_folder).before(1973)
    assert known.until == 1972
    assert known.disputes["start_year"].max() <= 1972
    assert known.calls["start_year"].max() <= 1972
    assert known.pairs["end_year"].max() == 1972
    young = known.pacts[known.pacts["formed_year"] == 1972]
    assert len(young) == 2
    assert young["on_after"].isna().all()
    assert young["on_before"].notna().all()


def test_an_answer_that_came_later_is_not_known(copied):
    table = pd.read_csv(copied / "calls.csv")
    row = table.index[table["joined"] == 1][0]
    year = int(table.loc[row, "start_year"])
    table.loc[row, "days_to_entry"] = 400
    table.to_csv(copied / "calls.csv", index=False)
    record = read_record(copied)
    assert record.calls.loc[row, "joined"] == 1
    assert record.before(year + 1).calls.loc[row, "joined"] == 0
    assert record.before(year + 2).calls.loc[row, "joined"] == 1


def test_small_disputes_leave_out_those_of_many_original_pairs(copied):
    table = pd.read_csv(copied / "disputes.csv")
    many = pd.concat([table.iloc[:5].assign(dispute=999), table.iloc[5:]])
    many.to_csv(copied / "disputes.csv", index=False)
    record = read_record(copied)
    assert len(record.onsets("small")) == len(record.onsets()) - 5


def test_two_folders_whose_years_follow_each_other_are_one_record(record_folder, tmp_path):
    first = {"pairs": "start_year", "disputes": "start_year", "calls": "start_year"}
    first |= {"pacts": "formed_year"}
    for name in NEEDED:
        table = pd.read_csv(record_folder / f"{name}.csv", dtype="string", keep_default_na=False)
        parts = {"before": table, "after": table}
        if name in ("disputes", "calls", "pacts"):
            late = table[first[name]].astype(int) >= 1970
            parts = {"before": table[~late], "after": table[late]}
        if name == "pairs":
            parts = {"before": table.assign(end_year="1969"), "after": table}
            parts["after"] = table.assign(start_year="1970")
        for part, rows in parts.items():
            (tmp_path / part).mkdir(exist_ok=True)
            rows.to_csv(tmp_path / part / f"{name}.csv", index=False)
    whole = read_record(record_folder)
    joined = read_record(tmp_path / "after", tmp_path / "before")
    assert joined.until == whole.until
    for name in ("disputes", "calls", "pacts", "states"):
        assert len(getattr(joined, name)) == len(getattr(whole, name))
    assert joined.members(1980) == whole.members(1980)
    assert len(cases(joined, 1968, 1972)) == len(cases(whole, 1968, 1972))
    ours, theirs = (pair_rates(each.before(1975)).table for each in (joined, whole))
    assert ours["probability"].to_numpy() == pytest.approx(theirs["probability"].to_numpy())
