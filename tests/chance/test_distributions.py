import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from alliancesim._compile import compiled
from alliancesim.chance import normal_quantile, philox, uniform

SEED = 20260101
LEAST = 0.5 * 2.0**-52
open_interval = st.floats(LEAST, 1 - LEAST)


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**48 - 1))
def test_a_draw_lies_in_the_open_interval(seed, world):
    assert 0.0 < uniform(np.uint64(seed), world, 0, 1, 0, 0, 0, 0) < 1.0


def test_the_extreme_draws_lie_in_the_open_interval():
    everything = 2**52 - 1
    assert 0.0 < (0 + 0.5) * 2.0**-52 == LEAST
    assert (everything + 0.5) * 2.0**-52 == 1 - LEAST < 1.0
    assert math.isfinite(normal_quantile(LEAST))
    assert math.isfinite(normal_quantile(1 - LEAST))


@given(open_interval)
def test_the_normal_quantile_is_that_of_the_tables(u):
    assert normal_quantile(u) == pytest.approx(special.ndtri(u), rel=1e-14, abs=1e-15)


@pytest.mark.parametrize(
    ("u", "value"),
    [
        (0.5, 0.0),
        (0.975, 1.959963984540054),
        (0.25, -0.6744897501960817),
        (1e-10, -6.361340902404056),
    ],
)
def test_known_quantiles_are_found(u, value):
    assert normal_quantile(u) == pytest.approx(value, rel=1e-14)


@given(open_interval)
def test_the_normal_quantile_is_the_same_in_machine_code(u):
    assert normal_quantile(u) == compiled(normal_quantile)(u)


@given(st.floats(0.001, 0.5))
def test_the_normal_quantile_is_odd(u):
    assert normal_quantile(1 - u) == pytest.approx(-normal_quantile(u), rel=1e-9, abs=1e-12)


def along(part, count=4000):
    """Draws at addresses that differ in one part alone."""
    address = [SEED, 5, 3, 8, 0, 40, 50, 60]
    draws = []
    for value in range(count):
        address[part] = value
        draws.append(uniform(*address))
    return np.array(draws)


parts = pytest.mark.parametrize(
    ("part", "count"),
    [(0, 4000), (1, 4000), (2, 4000), (3, 256), (4, 256), (5, 4000), (6, 4000), (7, 4000)],
    ids=["seed", "world", "turn", "decision", "draw", "first", "second", "third"],
)


@parts
def test_draws_are_uniform_along_each_part_of_the_address(part, count):
    assert stats.kstest(along(part, count), "uniform").pvalue > 1e-3


@parts
def test_neighbouring_draws_are_independent(part, count):
    draws = along(part, count)
    cells, _, _ = np.histogram2d(draws[:-1], draws[1:], bins=4, range=[[0, 1], [0, 1]])
    assert stats.chi2_contingency(cells).pvalue > 1e-3


@pytest.mark.parametrize("part", [1, 2, 3], ids=["world", "turn", "decision"])
def test_whole_streams_are_independent_of_one_another(part):
    streams = []
    for value in (7, 8):
        address = [SEED, 5, 3, 8, 0, 40, 50, 60]
        address[part] = value
        streams.append([uniform(*address[:5], n, 50, 60) for n in range(4000)])
    assert stats.spearmanr(*streams).pvalue > 1e-3


def test_the_bits_of_an_output_are_balanced():
    ones = np.zeros(32)
    for n in range(2000):
        word = int(philox(*(np.uint64(n if k == 0 else 0) for k in range(6)))[0])
        ones += [word >> bit & 1 for bit in range(32)]
    assert stats.chisquare(np.append(ones, 2000 - ones), np.full(64, 1000.0), ddof=31).pvalue > 1e-3
