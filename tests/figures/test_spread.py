"""Worlds by arm as dots, and the difference world by world as two tails."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from alliancesim.errors import InvalidInput
from alliancesim.figures import shift, spread
from alliancesim.stats.paired import Estimate


@pytest.fixture
def comparison(made):
    return made(120)


def dots(ax):
    return [line for line in ax.lines if str(line.get_label()).startswith("_dots")]


def diamonds(ax):
    return [line for line in ax.lines if line.get_marker() == "D"]


def test_each_arm_has_fifty_dots_where_its_worlds_are(comparison):
    comparison.tally.world["wars"][:] = np.where(np.arange(120) < 96, 0, 3)[:, None]
    for row in dots(spread(comparison, "wars")):
        at = np.round(row.get_xdata())
        assert (at == 0).sum() == 40
        assert (at == 3).sum() == 10


def test_dots_of_a_share_lie_within_a_column_of_the_worlds(comparison):
    values = comparison.tally.focus["benefits"][:, 0, 1]
    row = dots(spread(comparison, "benefits", "SAU"))[0]
    expected = np.quantile(values, (np.arange(50) + 0.5) / 50, method="inverted_cdf")
    width = np.ptp(np.quantile(comparison.tally.focus["benefits"][..., 1], [0.01, 0.99])) / 30
    assert np.abs(np.sort(row.get_xdata()) - expected).max() <= width


def test_no_two_dots_of_an_arm_stand_in_the_same_place(comparison):
    for row in dots(spread(comparison, "disputes")):
        assert len(set(zip(*row.get_data(), strict=True))) == 50


def test_dots_stay_in_the_row_of_their_arm(comparison):
    for row, line in enumerate(dots(spread(comparison, "wars"))):
        assert (line.get_ydata() < row).all()
        assert (line.get_ydata() > row - 0.8).all()


def test_the_mean_stands_below_with_the_interval_of_the_library(made):
    comparison = made(160, worlds_per_draw=8)
    ax = spread(comparison, "wars")
    found = Estimate.of(comparison.tally.values("wars")[:, 1], comparison.design)
    assert diamonds(ax)[1].get_xdata()[0] == found.mean
    ends = [line.get_xdata() for line in ax.lines if line.get_linewidth() == 3.2]
    assert list(ends[1]) == [found.low, found.high]


def test_dots_and_marks_of_a_hypothetical_arm_are_hollow_and_its_name_says_so(comparison):
    ax = spread(comparison, "wars")
    assert [line.get_markerfacecolor() == "white" for line in dots(ax)] == [False, False, True]
    assert [line.get_markerfacecolor() == "white" for line in diamonds(ax)] == [False, False, True]
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert names == ["no-smda", "two-member", "three-member\n(hypothetical)"]


def test_axes_say_the_metric_its_unit_and_whose_it_is(comparison):
    assert spread(comparison, "wars").get_xlabel() == "all wars [wars]"
    assert spread(comparison, "benefits", "SAU").get_title("left").startswith("SAU: benefits kept")


def tails(ax, contrast=0):
    """Return where the left and the right part of a contrast's line step, and how high it is."""
    lines = [line for line in ax.lines if line.get_drawstyle() == "steps-post"]
    return [line.get_data() for line in lines[2 * contrast : 2 * contrast + 2]]


def differ(comparison, values):
    wars = comparison.tally.world["wars"]
    wars[:, 0] = 5
    wars[:, 1] = 5 + np.asarray(values)
    return comparison


def test_tails_are_the_shares_of_worlds_that_differ_so_far_or_farther(made):
    comparison = differ(made(10), [-2, -1, -1, 0, 0, 0, 0, 1, 3, 3])
    (left, low), (right, high) = tails(shift(comparison, "wars"))
    assert list(left) == [0, -1, -2]
    assert low == pytest.approx([0.3, 0.1, 0])
    assert list(right) == [0, 1, 3]
    assert high == pytest.approx([0.3, 0.2, 0])


def test_the_area_right_of_zero_less_that_left_of_it_is_the_mean_difference(made):
    comparison = made(300)
    paired = (
        comparison.tally.values("wars_expected")[:, 1]
        - comparison.tally.values("wars_expected")[:, 0]
    )
    (left, low), (right, high) = tails(shift(comparison, "wars_expected"))
    area = np.sum(np.diff(right) * high[:-1]) - np.sum(-np.diff(left) * low[:-1])
    assert area == pytest.approx(paired.mean())


def test_worlds_that_do_not_differ_are_said_and_rounding_is_no_difference(made):
    comparison = differ(made(10), [-1, 1e-15, 0, 0, 0, 0, 0, 1, 2, 2])
    said = shift(comparison, "wars").get_legend().get_texts()[0].get_text()
    assert said.endswith("same in 60 % of worlds, less in 10 %, more in 30 %")


def test_every_contrast_has_its_mean_with_an_interval_below_the_axis(comparison):
    ax = shift(comparison, "wars")
    found = comparison.differences(["wars"])
    thick = [line for line in ax.lines if line.get_linewidth() == 4]
    for line, row in zip(thick, found.to_dict("records"), strict=True):
        assert line.get_xdata() == pytest.approx([row["low"], row["high"]])
        assert line.get_ydata()[0] < 0
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    assert [line.get_markerfacecolor() == "white" for line in marks] == [False, True, True]


def test_no_share_below_zero_stands_on_the_axis(comparison):
    assert min(shift(comparison, "wars").get_yticks()) >= 0


def test_a_contrast_can_be_chosen_and_a_hypothetical_one_says_so(comparison):
    ax = shift(comparison, "benefits", [("three-member", "no-smda")], "PAK")
    (said,) = [text.get_text() for text in ax.get_legend().get_texts()]
    assert said.startswith("three-member − no-smda (hypothetical): mean ")


def test_arms_that_never_differ_make_an_empty_drawing_not_an_error(made):
    comparison = differ(made(10), [0] * 10)
    ax = shift(comparison, "wars", [("two-member", "no-smda")])
    assert "same in 100 % of worlds" in ax.get_legend().get_texts()[0].get_text()
    ax.figure.draw_without_rendering()


@pytest.mark.parametrize("draw", [spread, shift])
def test_they_fit_a_column_of_print(comparison, draw):
    mine = Figure(figsize=(3.35, 3.6), layout="constrained").add_subplot()
    assert draw(comparison, "wars", ax=mine) is mine
    mine.figure.draw_without_rendering()
    for text in (*mine.get_legend().get_texts(), mine.title):
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= mine.figure.bbox.x1


@pytest.mark.parametrize("draw", [spread, shift])
def test_a_wrong_name_is_refused(comparison, draw):
    with pytest.raises(InvalidInput, match="no metric"):
        draw(comparison, "peace")
    with pytest.raises(InvalidInput, match="PAK, SAU, TUR"):
        draw(comparison, "benefits", focus="USA")


def test_a_wrong_contrast_is_refused(comparison):
    with pytest.raises(InvalidInput, match="two different arms"):
        shift(comparison, "wars", [("two-member", "two-member")])
