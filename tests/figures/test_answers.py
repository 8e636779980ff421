"""Figures of the answer: squares that add up, cells that are the changes, outlines of states."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import alliancesim as al
from alliancesim.comparison import Comparison
from alliancesim.comparison.estimates import Contrast
from alliancesim.errors import InvalidInput
from alliancesim.figures import against, decades, has_outlines, map_of
from alliancesim.figures.decades import COLOURS, shares_of_100
from tests.synthetic import tally

SMDA = al.load("smda")
PAIR = Contrast("three-member", "two-member")


def of_first_wars(first):
    made = tally(len(first))
    world = made.world.copy()
    world["first_war"][:, 1:] = first
    return Comparison(SMDA, attrs.evolve(made, world=world), len(first), {})


@given(st.lists(st.tuples(*[st.sampled_from([3.0, 119.0, 120.0])] * 2), min_size=2, max_size=60))
def test_a_hundred_squares_are_shared_out_as_the_worlds_are(first):
    comparison = of_first_wars(first)
    counts = shares_of_100(comparison, PAIR)
    assert sum(counts) == 100
    war = np.array(first) < 120
    exact = [
        100 * np.mean(those)
        for those in (
            ~war[:, 0] & ~war[:, 1],
            war[:, 0] & war[:, 1],
            war[:, 0] & ~war[:, 1],
            ~war[:, 0] & war[:, 1],
        )
    ]
    assert np.abs(np.array(counts) - exact).max() < 1


def test_every_square_has_the_shade_of_its_kind():
    comparison = of_first_wars([(120.0, 120.0), (3.0, 3.0), (3.0, 120.0), (120.0, 3.0)])
    drawn = [to_hex(patch.get_facecolor()) for patch in decades(comparison, PAIR).patches]
    assert [drawn.count(colour) for colour in COLOURS] == [25, 25, 25, 25]


def test_cells_are_the_changes_of_the_largest_pairs():
    made = tally(20)
    sums = made.pair_sum.copy()
    i, j = made.states.index("PAK"), made.states.index("IND")
    sums["wars_expected"][2, i, j] += 5
    comparison = Comparison(SMDA, attrs.evolve(made, pair_sum=sums), 20, {})
    ax = against(comparison, PAIR)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Pakistan"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["India"]
    assert ax.images[0].get_array().tolist() == [[0.25]]


def test_the_map_has_every_state_and_marks_what_is_hypothetical():
    ax = map_of(SMDA, arm="three-member")
    assert {state.id for state in SMDA.states} <= {text.get_text() for text in ax.texts}
    assert "hypothetical" in {text.get_text() for text in ax.get_legend().get_texts()}
    assert any("no statement" in text.get_text() for text in ax.texts)


def test_a_state_without_an_outline_is_refused():
    korea = al.load("korea")
    assert not has_outlines(korea)
    with pytest.raises(InvalidInput, match="no outline of"):
        map_of(korea)


def test_they_are_drawn_into_axes_of_ones_own():
    mine = Figure().add_subplot()
    assert map_of(SMDA, ax=mine) is mine
