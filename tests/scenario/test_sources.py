import datetime as dt

import pytest

import alliancesim as al
from alliancesim import catalogue
from alliancesim.data.state import QUANTITIES
from alliancesim.errors import InvalidInput
from alliancesim.scenario import load
from alliancesim.scenario.sources import new_quantities, quantities


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
    with pytest.raises(InvalidInput, match=r"a state|identifier: None"):
        quantities(identifier)


def test_nothing_is_new_since_the_newest_cut_off():
    assert new_quantities(al.load("smda-2026").cutoff) == ()


def test_what_is_new_is_in_the_newest_edition_and_not_in_the_one_before():
    before, after = al.load("smda"), al.load("smda-2026")
    found = new_quantities(before.cutoff)
    for name in ("TUR", "SMDA", "IRN-SAU"):
        assert set(new_quantities(before.cutoff, name)) <= set(found)
    spending = [each for each in found if each.item == "military_expenditure"]
    assert {each.subject for each in spending} >= {"TUR", "SAU", "PAK", "totals of the world"}
    for each in spending:
        if each.subject != "totals of the world":
            assert each in quantities(each.subject, after)
            assert each not in quantities(each.subject, before)


def test_before_the_first_edition_all_its_judgements_are_new():
    found = {each.subject for each in new_quantities(dt.date(2025, 1, 1)) if each.item == "tie"}
    assert found == {
        f"{pair.a}-{pair.b}" for pair in al.load("smda-2026").pairs if pair.tie is not None
    }


def test_what_is_new_of_nothing_is_refused():
    with pytest.raises(InvalidInput):
        new_quantities(dt.date(2025, 1, 1), "nothing")
