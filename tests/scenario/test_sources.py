import pytest

from alliancesim import catalogue
from alliancesim.data.state import QUANTITIES
from alliancesim.errors import InvalidInput
from alliancesim.scenario import load
from alliancesim.scenario.sources import quantities


def test_a_state_has_its_own_figures_first_and_then_those_of_its_pairs():
    found = quantities("PAK")
    assert [each.item for each in found[:7]] == list(QUANTITIES)
    assert {each.subject for each in found[7:]} >= {"IND-PAK", "PAK-SAU"}


def test_every_figure_has_a_source_and_a_standing():
    for identifier in catalogue.names("states"):
        assert all(each.source and each.status for each in quantities(identifier))


def test_a_scenario_adds_its_authors_judgements():
    found = {(each.subject, each.item): each for each in quantities("PAK", load("smda"))}
    assert found["PAK-SAU", "tie"].status == "judgement"
    assert found["PAK over SAU", "belief in cover"].prior == "Beta(a=1, b=9)"


def test_a_treaty_has_the_sources_of_its_clauses():
    assert any("Riyadh" in each.source for each in quantities("SMDA"))


def test_a_pair_and_a_parameter_have_sources_too():
    assert quantities("IND-PAK")[0].item == "distance_km"
    assert quantities("PAK-IND") == quantities("IND-PAK")
    assert quantities("challenge_scale")[0].status == "judgement"


def test_a_name_of_both_a_treaty_and_a_pair_gives_both():
    items = {each.item for each in quantities("CHN-PAK")}
    assert {"distance_km", "obligations 1"} <= items


@pytest.mark.parametrize("identifier", ["XXX", "", "PAK-PAK", "PAK-XXX", "PAK-IND-SAU", None])
def test_an_unknown_name_is_refused_with_those_there_are(identifier):
    with pytest.raises(InvalidInput, match="a state"):
        quantities(identifier)
