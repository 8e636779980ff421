import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.data.quantity import (
    Beta,
    LogNormal,
    Normal,
    Parameter,
    Quantity,
    TwoNormals,
    Uniform,
    entity_code,
)
from alliancesim.errors import InvalidInput

PRIORS = [
    Uniform(-1, 3),
    Normal(0.65, 0.25),
    Normal(0, 1, -0.5, 2),
    LogNormal(0.05, 0.2),
    Beta(1, 9),
    TwoNormals(0.3, -4.9, 0.3, -0.5, 0.2),
]
every_prior = pytest.mark.parametrize("prior", PRIORS, ids=lambda prior: type(prior).__name__)


@every_prior
def test_a_quantile_has_the_same_bits_whatever_else_is_asked(prior):
    u = np.random.default_rng(1).uniform(size=257)
    together = prior.quantile(u)
    assert [prior.quantile(u[n : n + 1])[0] for n in range(257)] == list(together)


@every_prior
def test_quantiles_rise_and_stay_in_the_bounds(prior):
    values = prior.quantile(np.linspace(1e-9, 1 - 1e-9, 501))
    assert (np.diff(values) >= 0).all()
    assert prior.bounds[0] <= values.min()
    assert values.max() <= prior.bounds[1]


@every_prior
def test_a_quantile_keeps_the_shape_it_is_asked_in(prior):
    assert prior.quantile(np.full((2, 3), 0.5)).shape == (2, 3)


def test_two_normals_are_drawn_by_their_weights_and_never_overlap():
    prior = TwoNormals(0.3, -4.9, 0.3, -0.5, 0.2)
    values = prior.quantile((np.arange(20_000) + 0.5) / 20_000)
    lower = values < prior.between
    assert lower.mean() == pytest.approx(0.3)
    for part, mean, sd in ((values[lower], -4.9, 0.3), (values[~lower], -0.5, 0.2)):
        assert part.mean() == pytest.approx(mean, abs=1e-3)
        assert part.std() == pytest.approx(sd, rel=0.01)
    assert prior.around(-4.9).sd == 0.3
    assert prior.around(0.0) is None
    with pytest.raises(InvalidInput, match="overlap"):
        TwoNormals(0.5, -1, 0.3, 0, 0.3)


def test_a_log_normal_has_the_percentiles_it_is_named_by():
    low, middle, high = LogNormal(0.05, 0.20).quantile(np.array([0.05, 0.5, 0.95]))
    assert (low, middle, high) == pytest.approx((0.05, 0.10, 0.20))


def test_a_normal_is_truncated_not_piled_up_at_its_bound():
    values = Normal(0, 1, low=0).quantile(np.linspace(0.001, 0.999, 999))
    assert (values > 0).all()
    assert values[499] == pytest.approx(0.6745, abs=1e-3)  # the median of |N(0, 1)|


def test_a_beta_has_its_mean():
    u = (np.arange(10_000) + 0.5) / 10_000
    assert Beta(1, 9).quantile(u).mean() == pytest.approx(0.1, abs=1e-4)


@pytest.mark.parametrize(
    ("make", "place"),
    [
        (lambda: Uniform(2, 1), "high"),
        (lambda: Uniform(1, 1), "high"),
        (lambda: Uniform(0, math.inf), "high"),
        (lambda: Normal(0, 0), "sd"),
        (lambda: Normal(3, 1, high=2), "mean"),
        (lambda: Normal(0, 1, 2, 1), "high"),
        (lambda: LogNormal(0, 1), "p05"),
        (lambda: LogNormal(0.2, 0.1), "p95"),
        (lambda: Beta(0, 1), "a"),
        (lambda: Beta(1, math.nan), "b"),
        (lambda: Uniform("0", 1), "low"),
    ],
)
def test_a_prior_that_cannot_be_is_refused_by_its_field(make, place):
    with pytest.raises(InvalidInput) as refusal:
        make()
    assert refusal.value.where == place
    assert refusal.value.allowed


def test_a_judgement_needs_a_prior():
    with pytest.raises(InvalidInput, match="a judgement without a prior"):
        Quantity(1, "share", None, "judgement: a guess", "judgement")


def test_a_figure_may_not_lie_outside_its_own_prior():
    with pytest.raises(InvalidInput, match="outside its own prior"):
        Quantity(2, "share", None, "judgement: a guess", "judgement", Uniform(0, 1))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", "3"),
        ("value", True),
        ("value", math.nan),
        ("value", 10**400),
        ("unit", ""),
        ("year", 1492),
        ("year", 2020.5),
        ("source", "  "),
        ("status", "certain"),
        ("prior", 0.5),
    ],
)
def test_a_figure_refuses_a_field_of_the_wrong_kind(field, value):
    good = {"value": 1, "unit": "km", "year": 2019, "source": "s", "status": "verified"}
    with pytest.raises(InvalidInput) as refusal:
        Quantity(**{**good, field: value})
    assert refusal.value.where == field


def parameter(**changed):
    return Parameter(
        **{
            "name": "attrition",
            "code": 7,
            "value": 0.004,
            "unit": "share a month",
            "symbol": "α_L",
            "meaning": "losses of equals",
            "source": "set by hand",
            "mark": "J",
            "low": 0.0,
            "high": 1.0,
            "prior": Uniform(0.001, 0.01),
            **changed,
        }
    )


def test_a_parameter_marked_as_judgement_needs_a_prior():
    with pytest.raises(InvalidInput, match="without a prior"):
        parameter(prior=None)


def test_a_parameter_and_its_prior_stay_in_the_allowed_range():
    with pytest.raises(InvalidInput, match="value: 2 is out of range; allowed: 0 to 1"):
        parameter(value=2)
    with pytest.raises(InvalidInput, match="the prior leaves the parameter's range"):
        parameter(prior=Uniform(0.001, 3))


def test_draws_of_a_parameter_are_cut_at_its_range():
    wide = parameter(value=0.05, high=0.25, prior=LogNormal(0.05, 0.2))
    draws = wide.draw(np.array([0.5, 0.999999]))
    assert draws[0] == pytest.approx(0.1)
    assert draws[1] == 0.25


def test_a_parameter_held_at_a_value_has_no_prior_left():
    held = parameter().fixed_at(0.5)
    assert (held.value, held.prior, held.mark) == (0.5, None, "fixed")
    assert (held.draw(np.array([0.1, 0.9])) == 0.5).all()


def test_a_parameter_cannot_be_held_out_of_its_range():
    with pytest.raises(InvalidInput, match=r"parameter 'attrition': value: 9 is out of range"):
        parameter().fixed_at(9)


def test_only_a_three_capital_id_has_a_code_of_its_own():
    assert entity_code("AAA") == 0
    assert entity_code("ZZZ") == 26**3 - 1
    assert entity_code("PAK") == 15 * 676 + 0 * 26 + 10
    assert [entity_code(each) for each in ("NATO", "pak", "P1K", "")] == [None] * 4


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3))
def test_codes_tell_ids_apart(identifier):
    code = entity_code(identifier)
    letters = [code // 676, code // 26 % 26, code % 26]
    assert "".join(chr(65 + n) for n in letters) == identifier
