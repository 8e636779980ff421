"""The catalogue against the tables of facts it was typed from, where these are at hand."""

import csv
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from alliancesim import catalogue
from alliancesim.data.state import QUANTITIES
from alliancesim.errors import InvalidInput
from alliancesim.scenario import load

FACTS = Path(__file__).parents[3] / "shared" / "data"
STATES = catalogue.names("states")

with_facts = pytest.mark.skipif(
    not (FACTS / "states.csv").exists(), reason="the tables of facts are not at hand"
)


def rows(name):
    with (FACTS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


FROZEN = date(2025, 12, 31)
both_dates = pytest.mark.parametrize("on", [FROZEN, None], ids=["frozen", "newest"])
UNSURE = {("IRN", "missile_class")}  # the class of 2026 is in the tables, its stock is not


def tables(on):
    return rows("states.csv") + ([] if on else rows("states_2025.csv"))


@with_facts
@both_dates
@pytest.mark.parametrize("identifier", STATES)
def test_every_figure_that_is_no_judgement_is_in_the_tables_with_its_standing(identifier, on):
    known = {
        (row["field"], float(row["value"]), int(row["year"]), row["status"])
        for row in tables(on)
        if row["iso3"] == identifier
    }
    state = catalogue.state(identifier, on)
    for name in QUANTITIES:
        figure = getattr(state, name)
        if figure.status != "judgement" and name != "arms_industry":
            assert (name, figure.value, figure.year, figure.status) in known


@with_facts
@pytest.mark.parametrize("identifier", ["TUR", "USA", "IND", "ISR", "CHN", "ARE"])
def test_arms_industries_of_2024_are_in_the_tables_with_their_standing(identifier):
    figure = catalogue.state(identifier, FROZEN).arms_industry
    known = {
        (float(row["value"]), int(row["year"]), row["status"])
        for row in rows("states_2025.csv")
        if (row["iso3"], row["field"]) == (identifier, "arms_industry")
    }
    assert (figure.value, figure.year, figure.status) in known


@with_facts
@both_dates
def test_a_judgement_stands_only_where_the_tables_have_no_recent_figure(on):
    recent = {(row["iso3"], row["field"]) for row in tables(on) if int(row["year"]) > 2022}
    for identifier in STATES:
        for name in QUANTITIES:
            if getattr(catalogue.state(identifier, on), name).status == "judgement":
                assert (identifier, name) not in recent - UNSURE


@with_facts
def test_pairs_are_as_in_the_tables():
    for row in rows("pairs.csv"):
        pair = catalogue.pair(row["a"], row["b"])
        years = row["rivalry_years"]
        assert pair.distance_km.value == float(row["min_distance_km"])
        assert pair.land_contiguous == (row["contiguity_cow_type"] == "1")
        assert pair.relevant == (row["politically_relevant"] == "yes")
        assert (pair.dyad_years, pair.onsets) == (
            int(row["dyad_years_1946_2010"]),
            int(row["dispute_onset_years"]),
        )
        assert pair.rivalry == ("none" if not years else "open" if "2020" in years else "ended")


@with_facts
def test_the_worlds_personnel_is_the_sum_over_states():
    with (FACTS / "raw" / "NMC-60-abridged.csv").open(encoding="utf-8", newline="") as lines:
        personnel = [float(row["milper"]) for row in csv.DictReader(lines) if row["year"] == "2016"]
    assert catalogue.totals().active_personnel.value == sum(n for n in personnel if n >= 0)


def test_nineteen_states_and_every_pair_of_them_are_there():
    assert len(STATES) == 19
    assert all(catalogue.pair(a, b).a == a for a, b in combinations(STATES, 2))


def test_files_are_named_after_what_they_hold():
    assert [catalogue.state(each).id for each in STATES] == list(STATES)
    treaties = catalogue.names("treaties")
    assert [catalogue.treaty(each).id for each in treaties] == list(treaties)
    for name in catalogue.names("scenarios"):
        assert load(name).name == name


def test_judgements_say_that_they_are():
    for identifier in STATES:
        for name in QUANTITIES:
            figure = getattr(catalogue.state(identifier), name)
            says = figure.source.startswith("judgement")
            assert says == (figure.status == "judgement")


def test_recalled_figures_say_that_they_were_not_checked():
    figures = [getattr(catalogue.state(each), name) for each in STATES for name in QUANTITIES]
    recalled = [figure for figure in figures if figure.status == "recalled"]
    assert recalled
    assert all("not checked" in figure.source for figure in recalled)


def test_no_state_exceeds_the_world():
    world = catalogue.totals()
    for name in ("active_personnel", "military_expenditure", "arms_industry", "gdp"):
        present = sum(getattr(catalogue.state(each), name).value for each in STATES)
        assert present < getattr(world, name).value


def test_only_the_united_states_project_by_sea():
    assert [each for each in STATES if catalogue.state(each).projection == "sea"] == ["USA"]


def test_codes_of_treaties_do_not_collide():
    codes = [catalogue.treaty(each).code for each in catalogue.names("treaties")]
    assert len(set(codes)) == len(codes)


def test_weights_of_circumstances_sum_to_one():
    weights = [each.share.value for each in catalogue.circumstances()]
    assert sum(weights) == pytest.approx(1)
    assert all(each.share.prior for each in catalogue.circumstances())


def test_circumstances_are_named_after_what_they_are():
    for each in catalogue.circumstances():
        parts = [each.kind, each.place, each.actor, each.provocation]
        assert each.name == "-".join(part for part in parts if part != "state")


def test_parameters_are_addressed_by_codes_of_their_own():
    codes = [parameter.code for parameter in catalogue.parameters()]
    assert codes == sorted(set(codes))


def test_every_preset_sets_parameters_that_there_are():
    assert catalogue.names("presets") == ("both", "post-1945", "strict")
    for name in catalogue.names("presets"):
        assert catalogue.preset(name).meaning
        assert bool(catalogue.preset(name).values) == (name != "both")


def test_the_first_preset_is_the_default():
    given = catalogue.parameters()
    assert catalogue.preset("both").applied(given) == given


def test_what_is_not_in_the_catalogue_is_refused_with_what_is():
    for find in (catalogue.state, catalogue.treaty, catalogue.preset, catalogue.scenario_path):
        with pytest.raises(InvalidInput) as caught:
            find("nothing")
        assert caught.value.allowed
    with pytest.raises(InvalidInput, match="no pair"):
        catalogue.pair("PAK", "PAK")
    with pytest.raises(InvalidInput, match=r"kind: .* cannot be used"):
        catalogue.names("leaders")


def test_the_scenario_follows_the_three_states_in_three_arms():
    smda = load("smda")
    assert smda.focus == ("SAU", "PAK", "TUR")
    assert smda.arms_by_default == ("no-smda", "two-member", "three-member")
    asked = [arm.name for arm in smda.arms if arm.on_request]
    assert asked == ["under-negotiation", "notice", "three-member-countered"]
    assert smda.reference == "no-smda"
    assert len(smda.states) == 16
    assert len(smda.pairs) == 120


EDITIONS = [name for each in catalogue.editions() for name in each.editions + each.variants]
every_edition = pytest.mark.parametrize("name", EDITIONS)


@every_edition
def test_every_arm_with_turkey_in_the_pact_is_hypothetical_and_says_so(name):
    smda = load(name)
    for arm in smda.arms:
        pact = {treaty.id: treaty for treaty in smda.treaties_in(arm.name)}.get("SMDA")
        with_turkey = pact is not None and "TUR" in pact.members
        with_turkey |= any(treaty.hypothetical for treaty in smda.treaties_in(arm.name))
        supposed = with_turkey or arm.negotiation is not None or arm.notice is not None
        assert arm.hypothetical == supposed
        assert ("ypothetical" in arm.title) == supposed


@every_edition
def test_the_author_judges_only_with_priors(name):
    smda = load(name)
    for pair in smda.pairs:
        for figure in (pair.rate_multiplier_a, pair.rate_multiplier_b, pair.tie):
            assert figure is None or (figure.status == "judgement" and figure.prior)
    assert all(umbrella.belief.prior for umbrella in smda.umbrellas)
