import inspect
import pkgutil
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim import rules
from alliancesim._compile import is_compilable
from alliancesim.rules import over
from alliancesim.rules.basics import clip, logistic, logit
from alliancesim.rules.contest import win_chance
from alliancesim.rules.strength import aggregate

MODULES = [
    import_module(m.name) for m in pkgutil.iter_modules(rules.__path__, "alliancesim.rules.")
]


RULES = {
    f"{module.__name__.split('.')[-1]}.{name}": getattr(module, name)
    for module in MODULES
    for name in module.__all__
    if is_compilable(getattr(module, name))
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_what_it_answers_and_depends_on_its_arguments_alone(rule):
    assert inspect.getdoc(rule)
    closed = inspect.getclosurevars(rule)
    assert not closed.nonlocals
    for value in closed.globals.values():
        assert not isinstance(value, list | dict | set | np.ndarray)


@given(st.floats(-1e6, 1e6))
def test_the_logistic_is_a_probability_at_any_number(x):
    assert 0.0 <= logistic(x) <= 1.0
    assert logistic(x) + logistic(-x) == pytest.approx(1.0, abs=1e-15)


@given(st.floats(1e-9, 1 - 1e-9))
def test_the_logit_undoes_the_logistic(p):
    assert logistic(logit(p)) == pytest.approx(p, rel=1e-12)


def test_a_number_is_held_between_its_bounds():
    assert [clip(x, 0.0, 1.0) for x in (-1.0, 0.25, 2.0)] == [0.0, 0.25, 1.0]


def test_a_rule_draws_its_curve_over_arrays():
    forces = np.linspace(0.0, 0.1, 11)
    curve = over(win_chance, forces, 0.05, 0.65, 0.36)
    assert curve.dtype == np.float64
    assert list(curve) == [win_chance(force, 0.05, 0.65, 0.36) for force in forces]


def test_arrays_are_broadcast_against_one_another():
    surface = over(win_chance, np.full((3, 1), 0.02), np.full(4, 0.02), 0.0, 0.36)
    assert surface.shape == (3, 4)
    assert (surface == 0.5).all()
    assert over(aggregate, *[0.1] * 5, *[1.0] * 5, [-1.0, 0.0, 1.0]) == pytest.approx([0.1] * 3)


def test_one_number_gives_one_number():
    assert over(logistic, 0.0).shape == ()
    assert over(logistic, 0.0) == 0.5
