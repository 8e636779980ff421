import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from alliancesim import catalogue
from alliancesim.arrays.board import board
from alliancesim.data.circumstance import Circumstance
from alliancesim.data.quantity import Beta, Quantity, Uniform
from alliancesim.errors import InvalidInput
from alliancesim.law import Obligation, Response, Treaty
from alliancesim.scenario import (
    Accession,
    Arm,
    Exit,
    Scenario,
    Transfer,
    Umbrella,
    dump,
    dumps,
    load,
    loads,
)
from alliancesim.scenario.unknowns import scenario_clauses
from alliancesim.testing.strategies import scenarios

SMDA = load("smda")
SMDA_TEXT = catalogue.scenario_path("smda").read_text(encoding="utf-8")
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def drawn_states(scenario):
    return board(scenario).draws(seed=1, first=0, count=2, priors=False).state


def refused(**changed):
    with pytest.raises(InvalidInput) as caught:
        attrs.evolve(SMDA, **changed)
    assert caught.value.allowed
    return caught.value.where, caught.value.problem


@some
@given(scenarios())
def test_a_scenario_comes_back_as_it_was_written(scenario):
    assert loads(dumps(scenario)) == scenario


def test_the_scenario_of_the_catalogue_comes_back_as_it_was_written(tmp_path):
    dump(SMDA, tmp_path / "copy.toml")
    assert load(tmp_path / "copy.toml") == SMDA
    assert load(str(tmp_path / "copy.toml")) == SMDA


def test_a_fixed_parameter_comes_back_without_its_prior():
    fixed = SMDA.fixing(challenge_scale=0.2).with_preset("strict")
    assert loads(dumps(fixed)) == fixed
    assert fixed.parameter("challenge_scale").prior is None


@some
@given(scenarios(min_states=3, max_states=4, max_treaties=0, max_arms=1))
def test_generated_scenarios_keep_to_the_bounds_asked_for(scenario):
    assert 3 <= len(scenario.states) <= 4
    assert not scenario.treaties
    assert len(scenario.arms) == 1


def test_a_scenario_can_be_written_in_python():
    pact = Treaty(
        id="ABP",
        name="A pact",
        parties=["PAK", "SAU"],
        obligations=[
            Obligation(
                kind="defence", article="1", response=Response(level="defend", wording="automatic")
            )
        ],
    )
    scenario = Scenario(
        name="mine",
        title="Two states",
        cutoff=SMDA.cutoff,
        start=SMDA.start,
        reference="without",
        focus=["PAK"],
        states=[catalogue.state("PAK"), catalogue.state("SAU")],
        pairs=[catalogue.pair("SAU", "PAK")],
        treaties=[pact],
        arms=[Arm("without", "No pact"), Arm("with", "The pact", adds=["ABP"])],
    )
    assert scenario.treaties_in("without") == ()
    assert scenario.treaties_in("with") == (pact,)
    assert scenario.parameters == catalogue.parameters()
    assert loads(dumps(scenario)) == scenario


def test_a_scenario_is_hashable_and_says_what_it_is():
    assert hash(SMDA) == hash(load("smda"))
    assert repr(SMDA).startswith("<Scenario 'smda': 16 states,")


def test_accession_adds_a_member_in_its_arm_only():
    members = {
        arm.name: next((t.members for t in SMDA.treaties_in(arm.name) if t.id == "SMDA"), ())
        for arm in SMDA.arms
        if not arm.on_request
    }
    assert members == {
        "no-smda": (),
        "two-member": ("PAK", "SAU"),
        "three-member": ("PAK", "SAU", "TUR"),
    }


def test_presets_are_bundles_that_can_be_taken_back():
    strict = SMDA.with_preset("strict")
    assert strict.parameter("response_intercept").value > SMDA.parameter("response_intercept").value
    assert strict.with_preset("both") == SMDA


def test_rival_forms_are_chosen_by_name_and_can_be_taken_back():
    cinc = SMDA.with_variant("strength", "cinc")
    assert cinc.parameter("weight_strike").value == 0.0
    assert cinc.parameter("substitution").prior is None
    spending = cinc.with_variant("strength", "spending")
    assert spending == SMDA.with_variant("strength", "spending")
    assert spending.parameter("weight_manpower").value == 0.0
    assert cinc.with_variant("strength", "ces") == SMDA
    assert loads(dumps(cinc)) == cinc
    for form in (("strengths", "cinc"), ("strength", "cink")):
        with pytest.raises(InvalidInput) as caught:
            SMDA.with_variant(*form)
        assert "strength" in caught.value.allowed or "cinc" in caught.value.allowed


def test_a_treaty_takes_the_place_of_that_with_its_id():
    text = attrs.evolve(SMDA.treaty("SMDA"), name="The same with another name")
    changed = SMDA.with_treaty(text)
    assert changed.treaty("SMDA").name == "The same with another name"
    assert [each.id for each in changed.treaties] == [each.id for each in SMDA.treaties]
    with pytest.raises(InvalidInput, match="NEW"):
        SMDA.with_treaty(attrs.evolve(text, id="NEW", code=30001))


def test_a_clause_is_read_one_way_by_words_of_its_reading():
    unconditional = SMDA.with_reading("SMDA: provocation", "unconditional")
    provocation = unconditional.treaty("SMDA").obligations[0].provocation
    assert not provocation.required
    assert "SMDA: provocation" not in scenario_clauses(unconditional)
    narrow = SMDA.with_reading("SMDA: scope", "home territory").treaty("SMDA").obligations[0]
    assert narrow.trigger.actors == ("state",)
    assert narrow.area.covers[0].positions == ("metropolitan",)
    for clause in (("SMDA: weather", "fair"), ("SMDA: provocation", "provocation")):
        with pytest.raises(InvalidInput) as caught:
            SMDA.with_reading(*clause)
        assert "provocation" in caught.value.allowed


def test_things_are_found_by_name_or_refused_with_the_names_there_are():
    assert SMDA.pair("TUR", "GRC") is SMDA.pair("GRC", "TUR")
    assert SMDA.state("PAK").name == "Pakistan"
    for find in (SMDA.arm, SMDA.state, SMDA.treaty, SMDA.parameter, SMDA.treaties_in):
        with pytest.raises(InvalidInput) as caught:
            find("nothing")
        assert caught.value.allowed
    with pytest.raises(InvalidInput, match="two different states"):
        SMDA.pair("PAK", "PAK")


def test_fixing_an_unknown_parameter_suggests_the_nearest():
    with pytest.raises(InvalidInput, match="did you mean challenge_scale"):
        SMDA.fixing(chalenge_scale=0.1)


def test_a_scenario_that_is_not_there_is_refused():
    for name in ("smd", "none.toml", 3, None):
        with pytest.raises(InvalidInput):
            load(name)


def test_pairs_and_parameters_are_kept_in_order():
    shuffled = attrs.evolve(SMDA, pairs=SMDA.pairs[::-1], parameters=SMDA.parameters[::-1])
    assert shuffled == SMDA


def test_totals_of_the_world_are_the_catalogues_unless_given():
    assert SMDA.totals == catalogue.totals(SMDA.cutoff)
    given = SMDA_TEXT + '[totals.gdp]\nvalue = 2e5\nunit = "USD bn"\nyear = 2024\n'
    given += 'source = "made up"\nstatus = "recalled"\n'
    changed = loads(given)
    assert changed.totals.gdp.value == 2e5
    assert changed.totals.arms_industry == SMDA.totals.arms_industry
    assert loads(dumps(changed)) == changed


def test_a_world_that_holds_less_than_one_of_its_states_is_refused():
    small = attrs.evolve(SMDA.totals.gdp, value=100.0)
    where, problem = refused(totals=attrs.evolve(SMDA.totals, gdp=small))
    assert where == "totals: gdp"
    assert "less than" in problem
    with pytest.raises(InvalidInput, match="expected a table"):
        loads("totals = 3\n" + SMDA_TEXT)


def test_shares_are_of_the_scenarios_own_totals():
    double = attrs.evolve(SMDA.totals.gdp, value=2 * SMDA.totals.gdp.value)
    larger = attrs.evolve(SMDA, totals=attrs.evolve(SMDA.totals, gdp=double))
    before, after = (drawn_states(each) for each in (SMDA, larger))
    assert after["finance"] == pytest.approx(before["finance"] / 2)
    assert (after["manpower"] == before["manpower"]).all()


def test_a_domain_that_nobody_in_the_world_has_is_a_share_of_zero():
    def none(figure):
        return attrs.evolve(figure, value=0.0, prior=None, status="recalled")

    states = [attrs.evolve(each, missile_class=none(each.missile_class)) for each in SMDA.states]
    world = attrs.evolve(SMDA.totals, missile_class=none(SMDA.totals.missile_class))
    assert not drawn_states(attrs.evolve(SMDA, states=states, totals=world))["strike"].any()


def test_a_missing_pair_is_refused():
    assert refused(pairs=SMDA.pairs[1:]) == (
        "pair",
        "the pair of AFG and ARE is missing, and not in the catalogue",
    )


def test_a_pair_of_an_unknown_state_is_refused():
    stray = catalogue.pair("ARM", "AZE")
    assert refused(pairs=(*SMDA.pairs, stray))[0] == "pair: 'ARM-AZE'"


def test_codes_that_collide_are_refused():
    first, *others = SMDA.states
    clash = attrs.evolve(first, code=others[0].code)
    assert refused(states=(clash, *others))[1].endswith(f"is also the code of {clash.id}")


def test_arms_are_told_apart_and_the_reference_is_one_of_them():
    assert refused(arms=(*SMDA.arms, SMDA.arms[0]))[0] == "arm: name"
    assert refused(reference="none")[0] == "reference"
    assert refused(arms=())[0] == "arm"


def test_an_arm_can_only_use_what_is_in_the_scenario():
    stray = Arm("stray", "An arm", adds=("WEU",))
    assert refused(arms=(*SMDA.arms, stray))[0] == "arm: 'stray': adds"
    absent = Arm("absent", "An arm", accessions=(Accession("SMDA", "TUR"),))
    assert refused(arms=(*SMDA.arms, absent))[0] == "arm: 'absent': accession: treaty"
    nobody = Arm("nobody", "An arm", adds=("SMDA",), accessions=(Accession("SMDA", "XXX"),))
    assert refused(arms=(*SMDA.arms, nobody))[0] == "arm: 'nobody': accession: state"
    member = Arm("member", "An arm", adds=("SMDA",), accessions=(Accession("SMDA", "SAU"),))
    assert refused(arms=(*SMDA.arms, member))[0].startswith("arm: 'member': accession")


def test_a_state_can_be_out_of_a_treaty_in_an_arm():
    out = Arm(
        "two others",
        "Hypothetical: without Saudi Arabia",
        adds=("SMDA",),
        accessions=(Accession("SMDA", "TUR"),),
        exits=(Exit("SMDA", "SAU"),),
    )
    played = attrs.evolve(SMDA, arms=(*SMDA.arms, out))
    found = {each.id: each for each in played.treaties_in("two others")}
    assert found["SMDA"].members == ("PAK", "TUR")
    assert loads(dumps(played)).arm("two others") == out


@pytest.mark.parametrize(
    ("exits", "where"),
    [
        (Exit("SIMLA", "SAU"), "arm: 'out': exit"),
        (Exit("SMDA", "PAK"), "arm: 'out': exit: treaty"),
    ],
)
def test_only_a_party_can_be_out_of_a_treaty(exits, where):
    assert refused(arms=(*SMDA.arms, Arm("out", "An arm", exits=(exits,))))[0].startswith(where)


def test_a_hypothetical_arm_must_say_so():
    with pytest.raises(InvalidInput, match="does not say that the arm is hypothetical"):
        Arm("three", "With Turkey", hypothetical=True)


def test_followed_states_are_in_the_scenario():
    assert refused(focus=("PAK", "XXX"))[0] == "focus"
    assert refused(focus=())[0] == "focus"
    assert refused(focus=("PAK", "PAK"))[0] == "focus"


def test_dates_are_in_order_and_months_begin_on_their_first():
    assert refused(start=SMDA.start.replace(day=2))[0] == "start"
    assert refused(cutoff=SMDA.start.replace(year=2027))[0] == "cutoff"


def test_there_are_one_to_sixteen_circumstances():
    first = SMDA.circumstances[0]
    many = tuple(attrs.evolve(first, name=f"c{n}") for n in range(17))
    assert refused(circumstances=many)[0] == "circumstance"
    assert refused(circumstances=())[0] == "circumstance"
    assert refused(circumstances=(first, first))[0] == "circumstance: name"


def test_circumstances_of_no_weight_at_all_are_refused():
    nothing = Quantity(0.0, "weight", None, "s", "computed")
    idle = Circumstance("idle", "attack", "home", "state", "provoked", nothing)
    assert refused(circumstances=(idle,))[0] == "circumstance: share"


def test_the_parameters_are_the_complete_set():
    assert refused(parameters=SMDA.parameters[1:])[0] == "parameter"
    first, *others = SMDA.parameters
    assert refused(parameters=(attrs.evolve(first, name="other"), *others))[0] == (
        "parameter: 'other'"
    )
    moved = attrs.evolve(first, code=60000)
    assert refused(parameters=(moved, *others))[0] == f"parameter: '{first.name}': code"
    assert refused(preset="hopeful")[0] == "preset"


def test_a_transfer_is_between_states_of_the_scenario_under_one_of_its_treaties():
    def paid(low, high):
        prior = Uniform(low, high)
        return Quantity(2.0, "USD bn a year", None, "judgement: a guess", "judgement", prior)

    amount = paid(0.0, 4.0)
    assert refused(transfers=(Transfer("SMDA", "SAU", "XXX", amount),))[0] == "transfer"
    assert refused(transfers=(Transfer("PACT", "SAU", "PAK", amount),))[0] == "transfer: treaty"
    assert refused(transfers=2 * (Transfer("SMDA", "SAU", "PAK", amount),))[0] == "transfer"
    with pytest.raises(InvalidInput, match="cannot pay itself"):
        Transfer("SMDA", "PAK", "PAK", amount)
    with pytest.raises(InvalidInput, match="leaves the range"):
        Transfer("SMDA", "SAU", "PAK", paid(-1.0, 4.0))


def test_an_umbrella_is_over_another_state_of_the_scenario():
    belief = Quantity(0.1, "share", None, "judgement: a guess", "judgement", Beta(1, 9))
    assert refused(umbrellas=(Umbrella("PAK", "XXX", belief),))[0] == "umbrella"
    assert refused(umbrellas=2 * (Umbrella("PAK", "SAU", belief),))[0] == "umbrella"
    with pytest.raises(InvalidInput, match="its own client"):
        Umbrella("PAK", "PAK", belief)
    with pytest.raises(InvalidInput, match="without a prior"):
        Umbrella("PAK", "SAU", Quantity(0.1, "share", None, "s", "recalled"))


@pytest.mark.parametrize(
    "field", ["name", "cutoff", "focus", "states", "pairs", "arms", "treaties", "horizon_months"]
)
@pytest.mark.parametrize("value", [None, 3.5, "", ["?"], {}])
def test_a_field_of_the_wrong_kind_is_refused_in_python_too(field, value):
    assert refused(**{field: value})[0].split(":")[0] in (field, field.rstrip("s"))
