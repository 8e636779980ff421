"""Nothing of the scored years reaches a forecast: later rows may say anything."""

import shutil

import numpy as np
import pandas as pd
import pytest

from alliancesim.history import read_record
from alliancesim.history.capabilities import capability_file
from alliancesim.history.predict import predict, windows

ORIGIN, LAST = 1970, 1974
OUTCOMES = ("joined", "joined_force", "joined_war", "joined_hostility", "days_to_entry")


def forecast(folder):
    record = read_record(folder)
    return predict(record, ORIGIN, LAST, capability_file(folder), worlds=4, seed=3, threads=1)


def shuffled(folder, to):
    """Copy a folder, what happened from the origin on put in another order and made up."""
    shutil.copytree(folder, to)
    drawn = np.random.default_rng(8)
    disputes = pd.read_csv(to / "disputes.csv")
    late = disputes["start_year"] >= ORIGIN
    years = disputes.loc[late, "start_year"].to_numpy()
    disputes.loc[late, "start_year"] = drawn.permutation(years)
    disputes.loc[late, "challenger_originator"] = drawn.integers(0, 2, late.sum())
    disputes.to_csv(to / "disputes.csv", index=False)
    calls = pd.read_csv(to / "calls.csv")
    late = calls["start_year"] >= ORIGIN
    for column in OUTCOMES:
        calls.loc[late, column] = drawn.permutation(calls.loc[late, column].to_numpy())
    calls.loc[late, "joined"] = 1 - calls.loc[late, "joined"]
    calls.to_csv(to / "calls.csv", index=False)
    pacts = pd.read_csv(to / "pacts.csv")
    late = pacts["formed_year"] >= ORIGIN - 5
    for column in ("on_after", "by_after", "control_on_after", "control_by_after"):
        pacts.loc[late, column] = drawn.integers(0, 30, late.sum())
    pacts.to_csv(to / "pacts.csv", index=False)
    pairs = pd.read_csv(to / "pairs.csv")
    early = pairs.assign(end_year=ORIGIN - 1)
    pairs = pd.concat([early, pairs.assign(start_year=ORIGIN, rivalry=1 - pairs["rivalry"])])
    pairs.to_csv(to / "pairs.csv", index=False)
    capabilities = pd.read_csv(to / "NMC-made-up.csv")
    late = capabilities["year"] >= ORIGIN
    capabilities.loc[late, "milex"] *= 50
    capabilities.to_csv(to / "NMC-made-up.csv", index=False)
    return to


def test_later_years_shuffled_change_no_bit_of_a_forecast(record_folder, tmp_path):
    before = forecast(record_folder)
    after = forecast(shuffled(record_folder, tmp_path / "shuffled"))
    assert len(before.onsets) == 21 * 5
    assert len(before.calls) > 20
    assert len(before.pacts) == 2
    for name in ("onsets", "calls", "pacts"):
        pd.testing.assert_frame_equal(getattr(before, name), getattr(after, name), check_exact=True)


def test_an_earlier_year_changed_does_change_the_forecast(record_folder, tmp_path):
    other = shutil.copytree(record_folder, tmp_path / "other")
    disputes = pd.read_csv(other / "disputes.csv")
    disputes[disputes["start_year"] != ORIGIN - 1].to_csv(other / "disputes.csv", index=False)
    one, two = forecast(record_folder).onsets, forecast(other).onsets
    assert (one["probability"] != two["probability"]).any()


def test_windows_cover_the_years_and_leave_gaps_on_request():
    assert windows(1960, 1971, 5) == [(1960, 1964), (1965, 1969), (1970, 1971)]
    assert windows(1960, 1974, 5, 10) == [(1960, 1964), (1970, 1974)]


@pytest.mark.parametrize(("length", "every"), [(0, None), (5, 4)])
def test_windows_without_a_year_or_that_overlap_are_rejected(length, every):
    with pytest.raises(ValueError, match="allowed"):
        windows(1960, 1971, length, every)
