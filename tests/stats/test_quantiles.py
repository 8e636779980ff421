"""Quantiles agree with a library's, and owe their bits to none."""

import ast
import hashlib
import inspect
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from alliancesim import chance
from alliancesim.stats import quantiles

SHARES = st.floats(2.0**-53, 1.0 - 2.0**-53)
SHAPES = st.floats(0.01, 10_000.0)
EXACT = {
    *(
        "abs",
        "any",
        "all",
        "arange",
        "array",
        "asarray",
        "clip",
        "copysign",
        "divide",
        "empty_like",
    ),
    *("float64", "frexp", "full_like", "int32", "intp", "ldexp", "max", "maximum", "minimum"),
    *("ones", "ones_like", "rint", "sqrt", "where", "bool_", "ceil", "pi"),
}


@given(st.floats(1e-300, 1e300))
def test_the_logarithm_is_within_a_unit_in_the_last_place(x: float) -> None:
    assert abs(float(quantiles.log(x)) - math.log(x)) <= math.ulp(math.log(x))


@given(st.floats(-700.0, 709.0))
def test_the_exponential_is_within_a_unit_in_the_last_place(x: float) -> None:
    assert abs(float(quantiles.exp(x)) - math.exp(x)) <= math.ulp(math.exp(x))


def test_what_is_too_small_for_a_number_is_zero() -> None:
    assert quantiles.exp([-1e9, -math.inf]).tolist() == [0.0, 0.0]


@given(SHARES)
def test_the_normal_quantile_is_scipys_and_the_engines(u: float) -> None:
    found = float(quantiles.normal(u))
    assert found == pytest.approx(special.ndtri(u), rel=1e-14, abs=1e-15)
    assert found == pytest.approx(chance.normal_quantile(u), rel=1e-15, abs=1e-16)


@given(st.floats(-37.0, 8.0))
def test_the_share_below_a_normal_quantile_is_scipys(z: float) -> None:
    assert quantiles.normal_share(z) == pytest.approx(special.ndtr(z), rel=1e-12)


def test_all_of_a_normal_distribution_lies_between_the_infinities() -> None:
    assert quantiles.normal_share(-math.inf) == 0.0
    assert quantiles.normal_share(math.inf) == 1.0


@given(SHAPES, SHAPES, st.floats(1e-12, 1.0 - 1e-12))
def test_the_beta_quantile_is_scipys(a: float, b: float, u: float) -> None:
    theirs = special.betaincinv(a, b, u)
    assert float(quantiles.beta(a, b, u)) == pytest.approx(theirs, rel=1e-10, abs=1e-290)


@pytest.mark.parametrize("b", [0.5, 1.0, 9.0, 400.0])
def test_the_beta_quantile_is_exact_where_a_shape_is_one(b: float) -> None:
    u = np.array([2.0**-53, 1e-9, 0.01, 0.3, 0.5, 0.9, 1.0 - 2.0**-50])
    exact = [-math.expm1(math.log1p(-x) / b) for x in u]
    assert quantiles.beta(1.0, b, u) == pytest.approx(exact, rel=3e-11)


@given(SHAPES, SHAPES, st.lists(SHARES, min_size=2, max_size=20))
def test_a_beta_quantile_rises_with_its_share(a: float, b: float, shares: list[float]) -> None:
    found = quantiles.beta(a, b, sorted(shares))
    assert (np.diff(found) >= -1e-11 * found[1:]).all()
    assert ((found >= 0.0) & (found <= 1.0)).all()


@pytest.mark.parametrize("freedom", [1, 2, 3, 7, 39, 1999, 250_000])
@pytest.mark.parametrize("probability", [0.9, 0.975, 0.9995])
def test_the_quantile_of_students_t_is_scipys(freedom: int, probability: float) -> None:
    theirs = special.stdtrit(freedom, probability)
    assert quantiles.student_t(probability, freedom) == pytest.approx(theirs, rel=1e-11)


@settings(max_examples=40)
@given(st.lists(SHARES, min_size=2, max_size=20))  # more than the lanes of any processor
def test_a_quantile_has_the_same_bits_in_any_array(shares: list[float]) -> None:
    for function in (
        quantiles.normal,
        quantiles.exp,
        quantiles.log,
        lambda u: quantiles.beta(1.0, 9.0, u),
        lambda u: quantiles.beta(0.2, 3.0, u),
    ):
        together = function(np.array(shares))
        assert together.tolist() == [float(function(np.array(each))) for each in shares]


def test_quantiles_have_the_same_bits_everywhere() -> None:
    u = (np.arange(4096) + 0.5) / 4096
    values = [
        quantiles.normal(u),
        quantiles.exp(40.0 * u - 20.0),
        *(quantiles.beta(a, b, u) for a, b in ((1.0, 9.0), (6.0, 4.0), (0.3, 40.0))),
        np.array([quantiles.student_t(0.975, n) for n in range(1, 60)]),
        np.array([quantiles.normal_share(z) for z in np.arange(-40, 40) / 8.0]),
    ]
    digest = hashlib.sha256(b"".join(each.astype("<f8").tobytes() for each in values))
    assert digest.hexdigest()[:16] == "91e8fcd2600383c3"


def test_only_operations_that_are_rounded_in_one_way_are_used() -> None:
    tree = ast.parse(inspect.getsource(quantiles))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("np", "math")
    }
    assert used <= EXACT
