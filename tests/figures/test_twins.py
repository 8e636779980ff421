"""A fork shows what each arm of a world has alone, and bars show what a decision was made of."""

import pytest

import alliancesim as al
from alliancesim.agents import Twins, twins
from alliancesim.figures import fork, weighed
from alliancesim.figures import twins as page
from alliancesim.figures._course import course
from alliancesim.narrative import twins_in_words


@pytest.fixture(scope="module")
def both():
    told = al.load("smda").with_preset("post-1945")
    return twins(told, arm="two-member", against="no-smda", seed=1, world=4, worlds_per_draw=1)


@pytest.fixture(scope="module")
def drawn(both):
    return fork(both)


def marks(ax, start):
    artists = (*ax.lines, *ax.patches)
    return [each for each in artists if (each.get_gid() or "").startswith(start)]


def test_wars_stand_where_they_belong(both, drawn):
    pairs = [
        {(war.start, war.challenger, war.target) for war in course(game).wars}
        for game in (both.against, both.arm)
    ]
    bars = [bar.get_gid() for bar in marks(drawn, "war ")]
    assert sum(each.endswith(" both") for each in bars) == len(pairs[0] & pairs[1]) > 0
    assert sum(each.endswith(" own") for each in bars) == len(pairs[0] ^ pairs[1]) > 0
    (own,) = pairs[1] - pairs[0]
    (bar,) = marks(drawn, f"war {own[1]}→{own[2]} own")
    assert bar.get_x() == pytest.approx(2026 + own[0] / 12)
    assert bar.get_y() < 0  # the arm stands below, the one compared with above


def test_the_parting_is_marked_when_it_comes_and_later_decisions_on_both_branches(both, drawn):
    (circle,) = marks(drawn, "divergence")
    assert circle.get_xdata()[0] == pytest.approx(2026 + (both.divergence.decision.turn + 0.5) / 12)
    assert len(marks(drawn, "differs")) == 2 * (len(both.divergences) - 1)


def test_the_arms_are_named_and_a_hypothetical_one_says_so():
    found = twins("smda", arm="three-member", against="two-member", seed=1, world=3)
    words = [text.get_text() for text in fork(found).texts]
    assert "three-member (hypothetical)" in words
    assert "two-member" in words


def test_bars_add_up_to_the_sum_that_is_drawn(both):
    ax = weighed(both)
    for game in (both.against, both.arm):
        bars = {bar.get_gid().split(": ")[1]: bar.get_width() for bar in marks(ax, f"{game.arm}:")}
        total = bars.pop("sum")
        assert total == pytest.approx(sum(bars.values()), abs=0.01)
    draws = [bar.get_width() for bar in ax.patches if (bar.get_gid() or "").endswith("in both")]
    assert draws[0] == draws[1] != 0
    assert ax.get_xlabel() == "log-odds"
    (line,) = marks(ax, "threshold")
    assert line.get_xdata()[0] == 0


@pytest.mark.parametrize("world", [4, 190])
def test_a_page_holds_the_fork_and_the_decisions(world):
    told = al.load("smda").with_preset("post-1945")
    options = {"seed": 1, "world": world, "worlds_per_draw": 1}
    found = twins(told, arm="two-member", against="no-smda", **options)
    figure = page(found)
    figure.draw_without_rendering()
    assert len(figure.axes) == 1 + len(
        {found.divergence.decision.address, found.turning.decision.address}
    )


def test_arms_that_never_part_are_drawn_as_such(both):
    same = Twins(both.arm, both.arm, ())
    figure = page(same)
    figure.draw_without_rendering()
    assert "never diverge" in figure.axes[0].get_title(loc="left")
    assert not marks(figure.axes[0], "divergence")
    assert "never diverge" in weighed(same).get_title(loc="left")
    assert "The arms never diverge" in twins_in_words(same)
