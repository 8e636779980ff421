"""The share of worlds without a war so far: what is drawn is what was counted."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure

from alliancesim.figures import survival
from alliancesim.figures.survival import at_peace


@pytest.fixture
def comparison(made):
    made = made(200, worlds_per_draw=8)
    rng = np.random.default_rng(1)
    made.tally.world["first_war"] = rng.integers(0, 121, made.tally.world["first_war"].shape)
    return made


def lines(ax):
    return [line for line in ax.lines if line.get_drawstyle() == "steps-post"]


def test_a_world_waits_until_the_month_in_which_its_first_war_begins(made):
    comparison = made(4)
    comparison.tally.world["first_war"][:, 0] = [0, 2, 120, 119]
    months, share = at_peace(comparison, "no-smda")
    assert months.tolist() == list(range(121))
    assert share.mean[[0, 1, 2, 3, 119, 120]].tolist() == [1, 0.75, 0.75, 0.5, 0.5, 0.25]


def test_every_arm_has_the_line_of_its_worlds(comparison):
    first = comparison.tally.values("first_war")
    for row, line in enumerate(lines(survival(comparison))):
        counted = [(first[:, row] >= month).mean() for month in range(121)]
        assert line.get_ydata() == pytest.approx(counted)


def test_the_line_falls_and_its_band_holds_it(comparison):
    for arm in comparison.arms:
        _, share = at_peace(comparison, arm)
        assert (np.diff(share.mean) <= 0).all()
        told = np.isfinite(share.low)
        assert told.any()
        assert (share.low <= share.mean)[told].all()
        assert (share.mean <= share.high)[told].all()


def test_worlds_that_share_a_draw_and_are_alike_widen_the_band(made):
    widths = []
    for each in (1, 8):
        comparison = made(400, worlds_per_draw=each)
        alike = np.random.default_rng(2).integers(0, 121, 50).repeat(8)
        comparison.tally.world["first_war"][:, 0] = alike
        _, share = at_peace(comparison, "no-smda")
        widths.append(share.high[60] - share.low[60])
    assert widths[1] > 2 * widths[0]


def test_the_end_of_a_hypothetical_arm_is_hollow_and_the_key_says_so(comparison):
    ax = survival(comparison)
    ends = [line for line in ax.lines if line.get_marker() == "o"]
    assert [line.get_markerfacecolor() == "white" for line in ends] == [False, False, True]
    said = [text.get_text() for text in ax.get_legend().get_texts()]
    assert said[2].startswith("three-member (hypothetical): ")
    assert said[0].startswith(f"no-smda: {100 * ends[0].get_ydata()[0]:.1f} ± ")


def test_arms_are_told_apart_without_colour(comparison):
    assert len({str(line._dash_pattern) for line in lines(survival(comparison))}) == 3


def test_axes_say_months_and_from_when(comparison):
    ax = survival(comparison)
    assert ax.get_xlabel() == "months since January 2026"
    assert "share of worlds" in ax.get_ylabel()
    assert ax.get_ylim()[0] == 0


def test_it_fits_a_column_of_print(comparison):
    mine = Figure(figsize=(3.35, 2.9), layout="constrained").add_subplot()
    assert survival(comparison, ax=mine) is mine
    mine.figure.draw_without_rendering()
    assert mine.get_legend().get_window_extent().x1 <= mine.figure.bbox.x1
    labels = [text.get_window_extent() for text in mine.get_xticklabels() if text.get_text()]
    assert all(one.x1 < two.x0 for one, two in pairwise(labels))
