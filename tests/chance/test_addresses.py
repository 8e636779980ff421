from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim import chance
from alliancesim._compile import compiled
from alliancesim.chance import philox, uniform, uniform_at

BITS = {
    "seed": 64,
    "world": 48,
    "turn": 12,
    "decision": 8,
    "draw": 8,
    "first": 16,
    "second": 16,
    "third": 16,
}
addresses = st.tuples(*(st.integers(0, 2**bits - 1) for bits in BITS.values()))


def at(address):
    """Draw at an address whose seed may need all 64 bits."""
    return uniform(np.uint64(address[0]), *address[1:])


@pytest.mark.parametrize("part", range(len(BITS)), ids=BITS)
@given(data=st.data(), address=addresses)
def test_each_part_of_an_address_matters(part, data, address):
    bit = data.draw(st.integers(0, list(BITS.values())[part] - 1))
    other = list(address)
    other[part] ^= 1 << bit
    assert at(address) != at(other)


@given(one=addresses, other=addresses)
def test_two_addresses_share_a_draw_only_if_they_are_one(one, other):
    assert (at(one) == at(other)) == (one == other)


def test_no_two_bits_of_an_address_stand_for_the_same():
    zero = [0] * len(BITS)
    single = []
    for part, bits in enumerate(BITS.values()):
        single += [[*zero[:part], 1 << bit, *zero[part + 1 :]] for bit in range(bits)]
    assert len({at(zero), *map(at, single)}) == 1 + sum(BITS.values())
    pairs = [[a | b for a, b in zip(*two, strict=True)] for two in combinations(single, 2)]
    assert len(set(map(at, pairs)) | set(map(at, single))) == len(pairs) + len(single)


@given(address=addresses)
def test_a_draw_does_not_hang_on_what_was_drawn_before(address):
    before = at(address)
    at([0, *address[1:]])
    assert at(address) == before


@given(address=addresses)
def test_an_address_is_packed_into_the_counter_as_documented(address):
    seed, world, turn, decision, draw, first, second, third = address
    counter = [
        world & 0xFFFFFFFF,
        world >> 32 | first << 16,
        second | third << 16,
        turn << 20 | decision << 8 | draw,
    ]
    key = [seed & 0xFFFFFFFF, seed >> 32]
    high, low, _, _ = philox(*(np.uint64(word) for word in counter + key))
    assert at(address) == ((int(high) >> 6 << 26 | int(low) >> 6) + 0.5) * 2.0**-52


@given(address=addresses, number=st.integers(0, 2**20 - 1))
def test_an_opportunity_has_addresses_of_its_own(address, number):
    seed, world, _, decision, _, first, second, third = address
    seed = np.uint64(seed)
    expected = uniform(seed, world, number // 256, decision, number % 256, first, second, third)
    assert uniform_at(seed, world, number, decision, first, second, third) == expected


def test_every_decision_has_a_number_of_its_own():
    decisions = [value for name, value in vars(chance).items() if name.isupper() and name[0] != "_"]
    assert len(decisions) == len(set(decisions)) >= 18
    assert all(0 < value < 256 for value in decisions)


@given(address=addresses)
def test_plain_python_draws_the_same(address):
    seed, *rest = address
    assert compiled(uniform)(np.uint64(seed), *rest) == at(address)
