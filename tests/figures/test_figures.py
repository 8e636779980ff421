import attrs
import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from alliancesim.errors import InvalidInput
from alliancesim.figures import DEFAULT, differences


@pytest.fixture
def comparison(made):
    return made(60)


def test_every_difference_is_a_row_with_its_interval(comparison):
    ax = differences(comparison)
    rows = len(comparison.differences(DEFAULT))
    assert len(ax.get_yticks()) == rows
    thick = [line for line in ax.lines if line.get_linewidth() == 4]
    assert len(thick) == rows


def test_the_thick_line_is_the_sampling_interval_in_percent(comparison):
    ax = differences(comparison, metrics=["disputes_expected", "wars"])
    thick = next(line for line in ax.lines if line.get_linewidth() == 4)
    row = comparison.differences(["disputes_expected"]).iloc[0]
    assert row["low"] < row["high"]
    expected = [100 * row[end] / row["against_mean"] for end in ("low", "high")]
    assert thick.get_xdata() == pytest.approx(expected)
    assert "%" in ax.get_xlabel()


def test_with_one_unit_the_axis_is_in_it(comparison):
    ax = differences(comparison, metrics=["wars", "wars_drawn_in"])
    assert ax.get_xlabel() == "difference [wars]"


def test_the_thin_line_is_there_only_with_a_prior_interval(made):
    labels = []
    for options in ({}, {"worlds_per_draw": 8}):
        ax = differences(made(400, **options))
        labels.append(" ".join(text.get_text() for text in ax.get_legend().get_texts()))
    assert "priors" not in labels[0]
    assert "priors" in labels[1]


def test_a_hypothetical_arm_is_marked(comparison):
    ax = differences(comparison)
    headings = [text.get_text() for text in ax.texts]
    assert "three-member − no-smda (hypothetical)" in headings
    assert "two-member − no-smda" in headings
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == 2 * len(ax.get_yticks()) / 3


def test_it_can_be_drawn_into_axes_of_ones_own(comparison):
    mine = Figure().add_subplot()
    assert differences(comparison, ax=mine) is mine


def test_no_figure_is_left_with_pyplot(comparison):
    import matplotlib.pyplot as plt

    before = dict(mpl.rcParams)
    differences(comparison)
    assert plt.get_fignums() == []
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_it_can_be_written(comparison, tmp_path, kind):
    differences(comparison).figure.savefig(tmp_path / f"it.{kind}")
    assert (tmp_path / f"it.{kind}").stat().st_size > 5000


def test_a_metric_that_was_zero_before_is_told_in_words(made):
    comparison = made(10)
    comparison.tally.world["wars"][:, 0] = 0
    ax = differences(comparison, metrics=["wars", "disputes"])
    assert any("on 0 wars" in text.get_text() for text in ax.texts)


def test_an_unknown_metric_is_refused(comparison):
    with pytest.raises(InvalidInput, match="no metric"):
        differences(comparison, metrics=["peace"])


def test_a_long_title_breaks_where_the_figure_ends(smda, made):
    scenario = attrs.evolve(smda, title=20 * "a decade of many words ")
    ax = differences(made(20, scenario=scenario))
    ax.figure.draw_without_rendering()
    title = ax._left_title.get_window_extent()
    assert title.x1 <= ax.figure.bbox.x1
    assert title.y1 <= ax.figure.bbox.y1
    assert title.height > 40
