import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancesim.data import toml
from alliancesim.data.quantity import Beta, LogNormal, Normal, Quantity, Uniform
from alliancesim.errors import InvalidInput
from alliancesim.testing.strategies import quantities

GOOD = {"value": 1.5, "unit": "km", "year": 2019, "source": "s", "status": "verified"}


def refusal(**changed):
    with pytest.raises(InvalidInput) as caught:
        toml.structure({**GOOD, **changed}, Quantity, "my.toml")
    return str(caught.value)


@given(quantities())
def test_a_figure_comes_back_as_it_was_written(figure):
    assert toml.structure(toml.loads(toml.dumps(figure)), Quantity) == figure


@given(st.text())
def test_any_text_comes_back_as_it_was_written(source):
    figure = {**GOOD, "source": f"s{source}"}
    assert toml.loads(toml.dumps(figure)) == figure


@given(st.floats(-1e15, 1e15))
def test_every_float_comes_back_to_the_bit(value):
    written = toml.dumps(Quantity(value, "km", None, "s", "verified"))
    assert repr(toml.structure(toml.loads(written), Quantity).value) == repr(value)


@pytest.mark.parametrize(
    "prior", [Uniform(0, 2), Normal(1, 1), Normal(1, 1, low=0), LogNormal(1, 2), Beta(1, 9)]
)
def test_a_prior_is_a_table_that_names_its_distribution(prior):
    figure = Quantity(1.0, "km", None, "s", "judgement", prior)
    table = toml.unstructure(figure)
    assert table["prior"]["distribution"] == type(prior).__name__.lower()
    assert toml.structure(table, Quantity) == figure


def test_a_whole_number_serves_as_a_number():
    assert toml.structure({**GOOD, "value": 3}, Quantity).value == 3.0


def test_what_has_no_year_is_written_without_one():
    figure = Quantity(1.0, "km", None, "s", "verified")
    assert "year" not in toml.unstructure(figure)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"value": "3"}, "my.toml: value: expected a number, got a text"),
        ({"value": True}, "my.toml: value: expected a number, got a true/false"),
        ({"value": float("inf")}, "my.toml: value: expected a number, got inf"),
        ({"year": 2019.0}, "my.toml: year: expected a whole number, got 2019.0"),
        ({"unit": ["km"]}, "my.toml: unit: expected a text, got a list"),
        ({"unt": "km"}, "my.toml: unt: unknown key; did you mean unit?; allowed: value, unit"),
        ({"status": "sure"}, "my.toml: status: 'sure' is not known; allowed: verified"),
        ({"prior": 1}, "my.toml: prior: expected a table, got 1"),
        ({"prior": {}}, "my.toml: prior: distribution: distribution is missing"),
        ({"prior": {"distribution": "gauss"}}, "distribution: 'gauss' is not known"),
        ({"prior": {"distribution": "beta", "a": 1}}, "my.toml: prior: b: is missing"),
        (
            {"prior": {"distribution": "beta", "a": 1, "b": 9, "c": 1}},
            "my.toml: prior: c: unknown key",
        ),
        ({"status": "judgement"}, "my.toml: prior: a judgement without a prior"),
        ({"value": 2**2000}, "my.toml: value: expected a number, got a number too large"),
    ],
)
def test_a_refusal_names_the_place_and_the_reason(changed, message):
    assert message in refusal(**changed)


def test_a_missing_key_is_named():
    with pytest.raises(InvalidInput, match="unit: is missing; allowed: a text"):
        toml.structure({"value": 1}, Quantity)


def test_what_is_no_toml_is_refused_with_the_files_name(tmp_path):
    (tmp_path / "my.toml").write_text("a = = 1")
    with pytest.raises(InvalidInput, match=r"my\.toml: not TOML"):
        toml.read(tmp_path / "my.toml")


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path):
    (tmp_path / "bytes.toml").write_bytes(b"a = \xff")
    for name in ("none.toml", "bytes.toml", ""):
        with pytest.raises(InvalidInput, match=r"cannot be read|is not UTF-8|not a path"):
            toml.read(tmp_path / name)


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path):
    with pytest.raises(InvalidInput, match="no such folder"):
        toml.write({"a": 1}, tmp_path / "none" / "my.toml")


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = 0x" + "f" * 6000, "a = " + "9" * 6000])
def test_a_text_made_to_break_the_reader_is_refused_or_read(text):
    try:
        raw = toml.loads(text)
    except InvalidInput:
        return
    with pytest.raises(InvalidInput):
        toml.structure({**GOOD, "value": raw["a"], "year": raw["a"]}, Quantity)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from([*GOOD, "prior", "distribution"]), anything))
def test_nothing_but_a_refusal_comes_out_of_the_reader(changed):
    with contextlib.suppress(InvalidInput):
        toml.structure({**GOOD, **changed}, Quantity)
