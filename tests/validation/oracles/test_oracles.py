import json

import pytest

from alliancesim.errors import InvalidInput
from alliancesim.validation.oracles import FAMILIES, verify
from alliancesim.validation.rows import BAND

DRAWS, SEED = 100_000, 20260101


@pytest.mark.parametrize("family", FAMILIES)
def test_the_simulated_lies_within_four_standard_errors_of_the_exact(family):
    found = verify(DRAWS, SEED, [family])
    assert found.rows
    assert not found.failed, str(found)
    assert len(json.loads(found.to_json())["rows"]) == len(found.rows)


@pytest.mark.parametrize("family", ["contest", "ladder", "thinning"])
def test_the_same_seed_gives_the_same_rows(family):
    assert verify(5000, 3, [family]) == verify(5000, 3, [family])
    assert verify(5000, 3, [family]) != verify(5000, 4, [family])


def test_every_row_says_what_it_compares_and_by_what_measure():
    found = verify(1000, 1, ["contest", "attrition", "heat"])
    assert len({(row.name, row.what) for row in found.rows}) == len(found.rows)
    for row in found.rows:
        assert row.standard_error > 0.0
        assert row.z == pytest.approx((row.simulated - row.exact) / row.standard_error)
    assert all(row.bound for row in found.rows if row.name == "attrition")
    assert not any(row.bound for row in found.rows if row.name == "contest")


def test_the_table_names_every_row_and_the_origin_of_every_tolerance():
    found = verify(1000, 1, ["contest", "attrition"])
    printed = str(found)
    for row in found.rows:
        assert row.what in printed
    assert "[1]" in printed
    assert "local error" in printed
    assert f"0 of {len(found.rows)} beyond ±{BAND:g}" in printed


def test_the_rows_as_json_hold_value_error_and_verdict():
    found = verify(1000, 1, ["contest"])
    read = json.loads(found.to_json())
    assert (read["draws"], read["seed"], read["band"]) == (1000, 1, 4.0)
    assert read["rows"][0]["what"] == found.rows[0].what
    assert read["rows"][0]["z"] == found.rows[0].z
    assert all(row["holds"] for row in read["rows"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"draws": 10}, "draws"),
        ({"draws": 2.5}, "draws"),
        ({"seed": -1}, "seed"),
        ({"families": ["astrology"]}, "families"),
    ],
)
def test_what_cannot_be_verified_is_refused_by_name(options, words):
    with pytest.raises(InvalidInput, match=words):
        verify(**options)
