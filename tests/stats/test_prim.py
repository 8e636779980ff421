import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancesim.errors import InvalidInput
from alliancesim.stats.prim import Box, peeled


def points(seed=0, count=2000):
    rng = np.random.default_rng(seed)
    inputs = {name: rng.random(count) for name in ("a", "b", "c")}
    return {**inputs, "reading": rng.integers(0, 3, count).astype(float)}


def test_a_box_that_is_there_is_found():
    inputs = points()
    event = (inputs["a"] > 0.6) & (inputs["b"] < 0.5)
    box = peeled(inputs, event)
    inside = box.holds(inputs, len(event))
    assert event[inside].mean() > 0.9
    assert event[inside].sum() > 0.9 * event.sum()
    assert box.limits["a"].low == pytest.approx(0.6, abs=0.03)
    assert box.limits["b"].high == pytest.approx(0.5, abs=0.03)


def test_a_category_is_left_out():
    inputs = points()
    event = inputs["reading"] != 1
    box = peeled(inputs, event, categories=frozenset({"reading"}))
    assert box.limits["reading"].without == (1.0,)
    assert event[box.holds(inputs, len(event))].mean() == 1


def test_what_always_or_never_happens_has_no_box():
    inputs = points(count=100)
    for event in (np.ones(100, bool), np.zeros(100, bool)):
        assert peeled(inputs, event) == Box(limits={})


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 0.5))
def test_a_box_has_no_less_of_the_event_and_no_fewer_points_than_allowed(seed, least):
    inputs = points(seed, 120)
    event = np.random.default_rng(seed + 1).random(120) < inputs["c"]
    inside = peeled(inputs, event, least=least).holds(inputs, 120)
    assert inside.sum() >= least * 120
    assert event[inside].mean() >= event.mean()


def test_shares_and_lengths_are_checked():
    inputs, event = points(count=10), np.ones(10, bool)
    with pytest.raises(InvalidInput, match="least"):
        peeled(inputs, event, least=0)
    with pytest.raises(InvalidInput, match="step"):
        peeled(inputs, event, step=1.0)
    with pytest.raises(InvalidInput, match="as many"):
        peeled(inputs, event[:4])
    with pytest.raises(InvalidInput, match="no points"):
        peeled({}, event[:0])
