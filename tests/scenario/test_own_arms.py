"""An arm of one's own: the same text changes nothing, another changes its own arm alone."""

import attrs
import numpy as np
import pytest

import alliancesim as al
from alliancesim.engine.play import play
from alliancesim.errors import InvalidInput
from alliancesim.law.response import Response
from alliancesim.scenario import dumps, loads

SMDA = al.load("smda")
TEXT = SMDA.treaty("SMDA")
WORLDS = 6


def firm(treaty):
    """Return a treaty whose members must defend each other."""
    first, *others = treaty.obligations
    binding = attrs.evolve(first, response=Response(level="defend", wording="automatic"))
    return attrs.evolve(treaty, obligations=(binding, *others))


def played(scenario, *arms):
    return play(scenario, arms, worlds=WORLDS, seed=3, interpreted=True)


@pytest.mark.parametrize("treaty", ["SMDA", "NATO"])
def test_the_same_text_in_an_arm_of_its_own_changes_no_bit(treaty):
    scenario = SMDA.with_arm("same", treaty=SMDA.treaty(treaty), like="two-member")
    tally = played(scenario, "two-member", "same")
    assert np.array_equal(tally.world[:, 0], tally.world[:, 1])
    assert np.array_equal(tally.adversary[:, 0], tally.adversary[:, 1])


def test_the_other_arms_stay_as_they_were():
    own = SMDA.with_arm("firm", treaty=firm(TEXT))
    before, after = (played(s, "no-smda", "three-member") for s in (SMDA, own))
    assert np.array_equal(before.world, after.world)


def test_another_text_is_in_force_in_its_own_arm_only():
    own = SMDA.with_arm("firm", treaty=firm(TEXT))
    ids = {arm: {each.id for each in own.treaties_in(arm)} for arm in ("two-member", "firm")}
    assert "SMDA" in ids["two-member"] - ids["firm"]
    assert "SMDA-FIRM" in ids["firm"] - ids["two-member"]
    assert own.arm("firm").title.startswith("Hypothetical")
    assert own.arm("firm").hypothetical


def test_changes_of_membership_follow_the_text():
    own = SMDA.with_arm("firm", treaty=firm(TEXT), like="three-member")
    (text,) = (each for each in own.treaties_in("firm") if each.id == "SMDA-FIRM")
    assert "TUR" in text.members


def test_treaties_may_be_added():
    own = SMDA.with_arm("countered", adds=["COUNTER"], like="two-member", title="A counter-pact")
    assert own.arm("countered").adds == ("SMDA", "COUNTER")
    assert own.arm("countered").title == "Hypothetical: A counter-pact"


def test_a_scenario_with_an_arm_of_its_own_is_written_and_read():
    own = SMDA.with_arm("firm", treaty=firm(TEXT))
    assert loads(dumps(own)) == own


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "two-member", "treaty": TEXT}, "there is an arm"),
        ({"name": "new"}, "no change"),
        ({"name": "new", "treaty": attrs.evolve(TEXT, id="OTHER")}, "OTHER"),
        ({"name": "new", "treaty": TEXT, "like": "no-smda"}, "not in force"),
        ({"name": "new", "treaty": TEXT, "like": "nowhere"}, "nowhere"),
        ({"name": "new", "adds": ["NOWHERE"]}, "NOWHERE"),
    ],
)
def test_what_cannot_be_an_arm_is_refused(given, said):
    with pytest.raises(InvalidInput, match=said):
        SMDA.with_arm(**given)


def test_a_treaty_in_no_arm_of_a_file_is_refused_with_the_remedy():
    unused = attrs.evolve(SMDA, standing=tuple(each for each in SMDA.standing if each != "NATO"))
    with pytest.raises(InvalidInput, match="NATO is in force in no arm"):
        loads(dumps(unused))
