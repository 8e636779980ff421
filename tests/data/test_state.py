import attrs
import pytest

from alliancesim import catalogue
from alliancesim.data.quantity import LogNormal, Quantity, Uniform
from alliancesim.data.state import QUANTITIES, Pair, State
from alliancesim.errors import InvalidInput

PAK = catalogue.state("PAK")


def figure(value, unit="km", **more):
    return Quantity(value, unit, 2019, "a source", "computed", **more)


def pair(**changed):
    return Pair(
        **{
            "a": "AAA",
            "b": "BBB",
            "distance_km": figure(100),
            "land_contiguous": False,
            "rivalry": "none",
            "relevant": False,
            "dyad_years": 65,
            "onsets": 3,
            "source": "a source",
            **changed,
        }
    )


def test_a_state_brings_seven_figures():
    assert len(QUANTITIES) == 7
    assert all(isinstance(getattr(PAK, name), Quantity) for name in QUANTITIES)


def test_a_state_cannot_be_changed():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        PAK.name = "Elsewhere"


def test_a_state_with_a_longer_id_needs_a_code():
    with pytest.raises(InvalidInput, match="code: is missing"):
        State(**{**fields(PAK), "id": "PAK2"})
    assert State(**{**fields(PAK), "id": "PAK2"}, code=4).code == 4


def fields(state):
    return {name: getattr(state, name) for name in ("id", "name", *QUANTITIES)}


def test_negative_spending_is_refused():
    with pytest.raises(InvalidInput, match="military_expenditure: value: -1 is out of range"):
        attrs.evolve(PAK, military_expenditure=figure(-1, "USD bn"))


def test_a_figure_in_another_unit_is_refused():
    with pytest.raises(InvalidInput, match="gdp: unit: the unit is 'USD m'; allowed: USD bn"):
        attrs.evolve(PAK, gdp=figure(3, "USD m"))


def test_a_prior_that_reaches_below_zero_is_refused():
    with pytest.raises(InvalidInput, match="gdp: prior: the prior leaves the range"):
        attrs.evolve(PAK, gdp=figure(3, "USD bn", prior=Uniform(-1, 5)))


def test_a_share_of_a_warhead_is_refused():
    with pytest.raises(InvalidInput, match=r"nuclear_warheads: value: 2\.5 is not whole"):
        attrs.evolve(PAK, nuclear_warheads=figure(2.5, "count"))


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"a": "CCC"}, "b"),
        ({"b": "AAA"}, "b"),
        ({"a": "aaa"}, "a"),
        ({"onsets": 66}, "onsets"),
        ({"onsets": -1}, "onsets"),
        ({"rivalry": "yes"}, "rivalry"),
        ({"land_contiguous": 1}, "land_contiguous"),
        ({"distance_km": 100}, "distance_km"),
        ({"tie": figure(1.2, "share")}, "tie: value"),
        ({"rate_multiplier_a": figure(2, "share")}, "rate_multiplier_a: unit"),
        ({"rate_multiplier_b": figure(-2, "ratio")}, "rate_multiplier_b: value"),
    ],
)
def test_a_pair_refuses_what_cannot_be(changed, where):
    with pytest.raises(InvalidInput) as refusal:
        pair(**changed)
    assert refusal.value.where == where


def test_a_multiplier_may_be_known_within_a_factor():
    known = pair(rate_multiplier_a=figure(2, "ratio", prior=LogNormal(1, 4)))
    assert known.rate_multiplier_a.value == 2


def test_only_an_open_rivalry_makes_a_rival():
    assert pair(rivalry="open", land_contiguous=True).dispute_class == "rival"
    assert pair(rivalry="ended", land_contiguous=True).dispute_class == "land"
    assert pair(rivalry="ended", relevant=True).dispute_class == "relevant"
    assert pair(rivalry="ended").dispute_class == "unrelated"


def test_land_comes_before_relevance():
    assert pair(land_contiguous=True, relevant=True).dispute_class == "land"
