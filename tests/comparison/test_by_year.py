"""Years add up to the horizon, and each is that of the worlds that are replayed."""

import attrs
import numpy as np
import pytest

import alliancesim as al
from alliancesim import figures
from alliancesim.errors import InvalidInput


@pytest.fixture(scope="module")
def short():
    scenario = attrs.evolve(al.load("smda"), horizon_months=30)
    return al.compare(scenario, ["no-smda", "two-member"], worlds=16, seed=2)


@pytest.fixture(scope="module")
def table(short):
    return short.by_year()


def test_years_add_up_to_the_horizon(short, table):
    for metric in ("disputes", "wars", "focus_wars_principal"):
        for place, arm in enumerate(short.arms):
            own = table[(table["metric"] == metric) & (table["arm"] == arm)]
            assert list(own["year"]) == [1, 2, 3]
            whole = short.tally.values(metric)[:, place].mean()
            assert own["mean"].sum() == pytest.approx(whole)


def test_a_year_has_the_disputes_that_a_replay_has(short, table):
    counts = np.zeros(3)
    for world in range(16):
        game = al.replay(short.scenario, arm="two-member", seed=2, world=world)
        for event in game.events:
            if event.kind == "challenge":
                counts[event.turn // 12] += 1
    own = table[(table["metric"] == "disputes") & (table["arm"] == "two-member")]
    np.testing.assert_allclose(own["mean"], counts / 16)


def test_spending_of_years_has_the_mean_of_the_whole(short, table):
    own = table[
        (table["metric"] == "spending_share")
        & (table["arm"] == "two-member")
        & (table["focus"] == "PAK")
    ]
    whole = short.tally.values("spending_share", "PAK")[:, 1].mean()
    assert np.average(own["mean"], weights=[12, 12, 6]) == pytest.approx(whole)


def test_lines_are_drawn_an_arm_each(short):
    ax = figures.years(short, "reputation", focus="SAU")
    assert [line.get_label() for line in ax.lines] == list(short.arms)
    assert len(ax.lines[0].get_xdata()) == 3


def test_what_is_not_kept_by_year_is_refused(short):
    with pytest.raises(InvalidInput, match="no metric by year 'war'"):
        short.by_year(["war"])
    with pytest.raises(InvalidInput, match="no state 'SAU'"):
        figures.years(short, "wars", focus="SAU")
