"""The catalogue holds what the calibration found, and the calibration asks nothing it must not."""

import csv
from pathlib import Path

import pytest

from alliancesim import catalogue
from alliancesim.errors import InvalidInput
from alliancesim.validation.calibration import FREE, TARGETS, at, calibrate, distance, moved
from alliancesim.validation.generic import generic

TRACE = Path(__file__).parents[2] / "docs" / "_static" / "calibration.csv"
PARAMETERS = {each.name: each for each in catalogue.parameters()}


@pytest.fixture(scope="module")
def trace():
    with TRACE.open(encoding="utf-8", newline="") as lines:
        return [
            {key: value if key == "preset" else float(value) for key, value in row.items() if value}
            for row in csv.DictReader(lines)
        ]


def best(trace, number):
    """Return the best row of one of the four passes."""
    return min((row for row in trace if row["pass"] == number), key=lambda row: row["objective"])


def test_the_catalogue_has_the_best_values_of_the_trace(trace):
    found = best(trace, 3)
    for name in FREE:
        assert PARAMETERS[name].value == pytest.approx(found[name], abs=6e-4), name
        assert PARAMETERS[name].mark == "calibrated"
    strict = dict(catalogue.preset("strict").values)["response_intercept"]
    assert strict == pytest.approx(best(trace, 4)["response_intercept"], abs=0.02)


def test_the_objective_of_the_trace_is_the_distance_from_the_bands(trace):
    for row in (row for row in trace if row["preset"] == "post-1945"):
        weighed = tuple(each for each in TARGETS if f"{each.measure}, {each.world}" in row)
        assert {each.pattern for each in weighed} >= {"P8", "P9"}
        assert distance(row, weighed) == pytest.approx(row["objective"], abs=0.05)


def test_what_is_not_free_is_not_calibrated():
    with pytest.raises(InvalidInput, match="insured_share may not be calibrated"):
        calibrate(24, free={"insured_share": (0.0, 1.0)})


def test_neither_the_suspects_nor_the_comparison_of_pacts_is_calibrated():
    assert not {"challenge_scale", "insured_share", "cost_coalition"} & FREE.keys()
    assert {each.pattern for each in TARGETS} == {"P4", "P5", "P6", "P7", "P8", "P9", "P18", "P19"}


def test_a_prior_moves_with_its_value():
    one = moved(PARAMETERS["audience_cost"], 0.25)
    shift = 0.25 - PARAMETERS["audience_cost"].value
    assert one.prior.low == pytest.approx(PARAMETERS["audience_cost"].prior.low + shift)
    assert moved(PARAMETERS["initiator_advantage"], 0.5).prior.mean == pytest.approx(0.5)
    with pytest.raises(InvalidInput, match="LogNormal"):
        moved(PARAMETERS["challenge_scale"], 0.2)
    assert at({"draw_weight": 1.7}, generic()).parameter("draw_weight").value == 1.7


@pytest.mark.slow
def test_a_calibration_goes_downhill():
    seen = []
    found = calibrate(24, 1, 10, {"draw_weight": 1.3, "cost_base": 0.25}, seen.append)
    assert len(seen) == 10
    assert min(row["objective"] for row in seen) < seen[0]["objective"]
    assert set(found.values) == set(FREE)
