"""What is said of a name that is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.data.names import MOST_LISTED, hint, known_name, listed, look_up
from alliancesim.errors import InvalidInput

NAMES = st.lists(st.text("abcdef", min_size=1, max_size=8), min_size=1, unique=True)


@given(NAMES, st.data())
def test_a_known_name_is_taken_and_finds_its_value(names, data):
    name = data.draw(st.sampled_from(names))
    assert known_name(name, names, what="name", where="here") == name
    assert look_up(name, {each: each.upper() for each in names}, what="name") == name.upper()


@given(NAMES, st.text("abcdefg", max_size=9))
def test_a_hint_is_a_known_name(names, given_name):
    said = hint(given_name, names)
    assert not said or said.removeprefix("; did you mean ").removesuffix("?") in names


@given(st.lists(st.text("abc", min_size=1, max_size=4)))
def test_a_list_of_names_is_short_and_says_how_many_there_are(names):
    said = listed(names)
    assert said.count(", ") <= MOST_LISTED + 2
    assert len(names) <= MOST_LISTED + 3 or said.endswith(f"({len(names)} in all)")


def test_letters_in_the_wrong_order_are_recognised():
    assert hint("TRU", ["TUR", "TWN"]) == "; did you mean TUR?"


@pytest.mark.parametrize("name", ["shock", 3, None])
def test_an_unknown_name_is_an_error_with_its_place(name):
    with pytest.raises(InvalidInput) as caught:
        look_up(name, {"shock_sd": 1}, what="parameter", where="--set")
    assert caught.value.where == "--set"
    assert caught.value.allowed == "shock_sd"
    assert str(name) in caught.value.problem
