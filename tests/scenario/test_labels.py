"""Everything that is drawn has a name in words."""

import re

import pytest

import alliancesim as al
from alliancesim.arrays.board import board
from alliancesim.catalogue import names
from alliancesim.errors import InvalidInput
from alliancesim.scenario.labels import label


@pytest.mark.parametrize("name", names("scenarios"))
def test_whatever_is_drawn_has_a_label_without_codes(name):
    scenario = al.load(name)
    drawn = board(scenario).draws(seed=1, first=0, count=2, priors=True).record().dtype.names
    states = {state.id for state in scenario.states}
    for each in drawn:
        words = label(scenario, each)
        for treaty in scenario.treaties:
            words = words.replace(treaty.id, "")
        assert "_" not in words, each
        assert not states & set(re.findall(r"\b[A-Z]{3}\b", words)), each


def test_labels_tell_the_two_directions_of_a_pair_apart():
    smda = al.load("smda")
    one, other = (label(smda, f"{a}: rate_multiplier") for a in ("IND on PAK", "PAK on IND"))
    assert one != other
    assert "India" in one


def test_an_unknown_name_has_no_label():
    with pytest.raises(InvalidInput, match="nothing is drawn"):
        label(al.load("smda"), "IND on XXX: rate_multiplier")
