import pytest

from alliancesim.catalogue._parameters import read_parameters, read_preset
from alliancesim.errors import InvalidInput

GOOD = {
    "code": 1,
    "value": 0.25,
    "unit": "share",
    "symbol": "w",
    "meaning": "a weight",
    "source": "judgement: a guess",
    "mark": "J",
    "low": 0.0,
    "high": 1.0,
    "prior": {"distribution": "uniform", "low": 0.1, "high": 0.4},
}


def without(key):
    return {name: value for name, value in GOOD.items() if name != key}


def test_parameters_come_in_the_order_of_their_codes():
    found = read_parameters({"b": {**GOOD, "code": 2}, "a": GOOD}, "p.toml")
    assert [parameter.name for parameter in found] == ["a", "b"]


@pytest.mark.parametrize(
    ("tables", "place"),
    [
        ({"a": GOOD, "b": GOOD}, "p.toml: 'b': code"),
        ({"a": {**GOOD, "value": 2}}, "p.toml: 'a': value"),
        ({"a": {**GOOD, "mark": "?"}}, "p.toml: 'a': mark"),
        ({"a": {**GOOD, "code": -1}}, "p.toml: 'a': code"),
        ({"a": {**GOOD, "high": 0.0}}, "p.toml: 'a': high"),
        ({"a": {**GOOD, "prior": {"distribution": "uniform", "low": -1, "high": 1}}},
         "p.toml: 'a': prior"),
        ({"a": without("prior")}, "p.toml: 'a': prior"),
        ({"a": without("unit")}, "p.toml: 'a': unit"),
        ({"a": {**GOOD, "sd": 1}}, "p.toml: 'a': sd"),
        ({"a": 3}, "p.toml: 'a'"),
    ],
)  # fmt: skip
def test_a_parameter_that_breaks_the_rules_is_refused_with_its_place(tables, place):
    with pytest.raises(InvalidInput) as caught:
        read_parameters(tables, "p.toml")
    assert caught.value.where == place


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ({"meaning": "m", "respons_intercept": 1.0}, "p: respons_intercept"),
        ({"meaning": "m", "response_intercept": 99.0}, "p: parameter 'response_intercept': value"),
        ({"response_intercept": 1.0}, "p: meaning"),
    ],
)
def test_a_preset_that_sets_what_is_not_there_is_refused(table, place):
    with pytest.raises(InvalidInput) as caught:
        read_preset("p", table, "p")
    assert caught.value.where == place
