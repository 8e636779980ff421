"""A scenario file that says only what differs from another of the catalogue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.errors import InvalidInput
from alliancesim.scenario import loads
from alliancesim.scenario._base import inherited, merged

SMDA = al.load("smda")


def test_a_file_that_changes_nothing_is_its_base():
    assert loads('base = "smda"') == SMDA


def test_it_keeps_what_it_does_not_name():
    pair = '[[pair]]\na = "IRN"\nb = "SAU"\nrivalry = "none"\nsource = "judgement: made up"\n'
    changed = loads(f'base = "smda"\nname = "mine"\nhorizon_months = 24\n{pair}')
    assert (changed.name, changed.horizon_months) == ("mine", 24)
    assert changed.states == SMDA.states
    assert changed.pair("IRN", "SAU").rivalry == "none"
    assert changed.pair("IRN", "SAU").rate_multiplier_a == SMDA.pair("IRN", "SAU").rate_multiplier_a
    differ = [a for a, b in zip(changed.pairs, SMDA.pairs, strict=True) if a != b]
    assert differ == [changed.pair("IRN", "SAU")]


def test_an_arm_of_the_same_name_takes_the_place_of_the_old_one():
    changed = loads('base = "smda"\n[[arm]]\nname = "notice"\ntitle = "Nothing"\n')
    assert [arm.name for arm in changed.arms] == [arm.name for arm in SMDA.arms]
    assert changed.arm("notice").notice is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('base = "smd"', "base: 'smd' is not a scenario"),
        ("base = 3", "base: expected a name"),
        ('base = "smda"\n[[arm]]\nname = "a"\ntitle = "b"\n' * 1 + "adds = 3\n", "adds"),
        ('base = "smda"\n' + '[[arm]]\nname = "a"\ntitle = "b"\n' * 2, "given twice"),
    ],
)
def test_a_mistake_is_refused_with_its_place(text, problem):
    with pytest.raises(InvalidInput, match=problem):
        loads(text)


def test_bases_in_a_circle_are_refused():
    with pytest.raises(InvalidInput, match="circle"):
        inherited({"base": "a"}, lambda name: {"base": "b" if name == "a" else "a"})


KEYS = st.sampled_from(["AAA", "BBB", "CCC"])
TABLE = st.fixed_dictionaries({"id": KEYS}, optional={"x": st.integers(), "y": st.integers()})
FILES = st.fixed_dictionaries(
    {}, optional={"name": st.text(), "state": st.lists(TABLE, unique_by=lambda each: each["id"])}
)


@given(FILES, FILES, FILES)
def test_changes_may_be_taken_together_first(first, second, third):
    assert merged(merged(first, second), third) == merged(first, merged(second, third))


@given(FILES)
def test_a_file_merged_into_itself_stays(file):
    assert merged(file, file) == file
