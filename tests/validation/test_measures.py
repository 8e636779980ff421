"""Measures on populations whose answer is known."""

import numpy as np
import pytest

from alliancesim.validation.measures import pairs_correlation


def counted(called, chance, shock, rng, batches=60, wars=400):
    """Return the ordered pairs of wars in which each of those called fights by chance, by batch."""
    sums = np.zeros((batches, 3))
    for each, p in zip(called, chance, strict=True):
        common = rng.random((batches, wars, 1)) < shock
        own = rng.random((batches, wars, each)) < p
        together = rng.random((batches, wars, 1)) < p
        fights = np.where(common, together, own).sum(axis=2)
        pairs = np.full((batches, wars), each * (each - 1))
        sums += np.stack([pairs, fights * (each - 1), fights * (fights - 1)], axis=2).sum(axis=1)
    return sums


@pytest.mark.parametrize("p", [0.1, 0.3])
def test_two_populations_without_a_common_shock_are_not_correlated(p):
    rng = np.random.default_rng(1)
    alone, several = counted((1,), (0.02,), 0.0, rng), counted((3,), (p,), 0.0, rng)
    found = pairs_correlation(alone + several)
    assert found.low < 0 < found.high
    assert found.mean == pytest.approx(0, abs=0.02)


def test_the_correlation_of_a_common_shock_is_found_whoever_else_is_called_alone():
    rng = np.random.default_rng(2)
    several = counted((2,), (0.15,), 0.3, rng)
    found = pairs_correlation(several + counted((1,), (0.01,), 0.0, rng))
    assert found.mean == pytest.approx(0.3, abs=0.02)
    assert found.mean == pytest.approx(float(pairs_correlation(several).mean))
