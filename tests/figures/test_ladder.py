"""How allies answered: bars of rungs add up to all calls, with intervals over their edges."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from alliancesim.figures import ladder
from alliancesim.figures.ladder import RUNGS, answers
from alliancesim.stats.paired import Estimate


@pytest.fixture
def comparison(made):
    made = made(80)
    for rows in (made.tally.world, made.tally.focus):
        rows["calls"] = rows["calls"] + 2
        rows["answered_aid"] = np.minimum(rows["answered_aid"], rows["calls"] - 1)
        rows["answered_force"] = np.minimum(rows["answered_force"], rows["answered_aid"]) * 0.5
    return made


def test_there_is_a_bar_for_everyone_and_each_member_in_each_arm(comparison):
    found = answers(comparison)
    assert [each.ally for each in found[::3]] == ["all states", "PAK", "SAU", "TUR"]
    assert [each.arm for each in found[:3]] == list(comparison.arms)
    assert len(ladder(comparison).patches) == 3 * len(found)


def test_parts_of_a_bar_are_the_shares_counted_and_add_up_to_one(comparison):
    ax = ladder(comparison)
    member = comparison.tally.focus
    calls, aid, force = (
        member[field][:, 1, 0].sum() for field in ("calls", "answered_aid", "answered_force")
    )
    bar = ax.patches[3 * 4 : 3 * 5]
    widths = [part.get_width() for part in bar]
    assert widths == pytest.approx([force / calls, (aid - force) / calls, 1 - aid / calls])
    assert [part.get_x() for part in bar] == pytest.approx([0, widths[0], widths[0] + widths[1]])


def test_lines_over_the_edges_are_intervals_of_the_library(comparison):
    ax = ladder(comparison)
    calls, force = (comparison.tally.values(name)[:, 0] for name in ("calls", "answered_force"))
    found = Estimate.of_ratio(force, calls, comparison.design)
    first = next(line for line in ax.lines if line.get_linewidth() == 1.6)
    assert list(first.get_xdata()) == [found.low, found.high]


def test_an_ally_without_a_call_has_no_bar_and_says_so(comparison):
    for field in ("calls", "answered_aid", "answered_force"):
        comparison.tally.focus[field][:, 0, 2] = 0
    ax = ladder(comparison)
    assert len(ax.patches) == 3 * 11
    assert [text.get_text() for text in ax.texts].count("none") == 1


def test_a_hypothetical_arm_has_a_dagger_and_a_broken_edge(comparison):
    ax = ladder(comparison)
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert names[:3] == ["no-smda", "two-member", "three-member †"]
    assert "† hypothetical arm" in [text.get_text() for text in ax.get_legend().get_texts()]
    assert ax.patches[0].get_linestyle() in ("-", "solid")
    assert ax.patches[6].get_linestyle() not in ("-", "solid")


def test_rungs_are_told_apart_without_colour_and_named(comparison):
    ax = ladder(comparison)
    assert [text.get_text() for text in ax.get_legend().get_texts()][:3] == list(RUNGS)
    looks = {(part.get_facecolor(), part.get_hatch()) for part in ax.patches}
    assert len(looks) == 3
    greys = sorted(sum(face[:3]) / 3 for face, _ in looks)
    assert min(np.diff(greys)) > 0.15


def test_beside_a_bar_stands_how_many_calls_it_is_made_of(comparison):
    ax = ladder(comparison)
    mean = comparison.tally.values("calls")[:, 0].mean()
    assert ax.texts[0].get_text() == f"{mean:.2f}"
    assert "calls a world" in ax.get_xlabel()


def test_it_fits_a_column_of_print(comparison):
    mine = Figure(figsize=(3.35, 4.6), layout="constrained").add_subplot()
    assert ladder(comparison, ax=mine) is mine
    mine.figure.draw_without_rendering()
    assert mine.get_window_extent().width > 0.4 * mine.figure.bbox.width
