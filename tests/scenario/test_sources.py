import pytest

from alliancesim import catalogue
from alliancesim.data.state import FIGURES
from alliancesim.errors import InvalidInput
from alliancesim.scenario import load
from alliancesim.scenario.sources import figures


def test_a_state_has_its_own_figures_first_and_then_those_of_its_pairs():
    found = figures("PAK")
    assert [each.item for each in found[:7]] == list(FIGURES)
    assert {each.subject for each in found[7:]} >= {"IND-PAK", "PAK-SAU"}


def test_every_figure_has_a_source_and_a_standing():
    for identifier in catalogue.names("states"):
        assert all(each.source and each.status for each in figures(identifier))


def test_a_scenario_adds_its_authors_judgements():
    found = {(each.subject, each.item): each for each in figures("PAK", load("smda"))}
    assert found["PAK-SAU", "tie"].status == "judgement"
    assert found["PAK over SAU", "belief in cover"].prior == "Beta(a=1, b=9)"


def test_a_treaty_has_the_sources_of_its_clauses():
    assert any("Riyadh" in each.source for each in figures("SMDA"))


def test_a_pair_and_a_parameter_have_sources_too():
    assert figures("IND-PAK")[0].item == "distance_km"
    assert figures("PAK-IND") == figures("IND-PAK")
    assert figures("challenge_scale")[0].status == "judgement"


def test_a_name_of_both_a_treaty_and_a_pair_gives_both():
    items = {each.item for each in figures("CHN-PAK")}
    assert {"distance_km", "obligations 1"} <= items


@pytest.mark.parametrize("identifier", ["XXX", "", "PAK-PAK", "PAK-XXX", "PAK-IND-SAU", None])
def test_an_unknown_name_is_refused_with_those_there_are(identifier):
    with pytest.raises(InvalidInput, match="a state"):
        figures(identifier)
