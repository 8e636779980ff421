"""What happens on the nuclear brink, in worlds where it is often reached."""

from collections import Counter

import attrs
import pytest

import alliancesim as al
from alliancesim.arrays.board import board
from alliancesim.engine.play import play

OFTEN = {"nuclear_threshold": 0.002, "nuclear_hazard": 0.2, "nuclear_settlement": 0.2}


def unarmed(scenario):
    none = [
        attrs.evolve(
            state, nuclear_warheads=attrs.evolve(state.nuclear_warheads, value=0.0, prior=None)
        )
        for state in scenario.states
    ]
    return attrs.evolve(scenario, states=tuple(none))


@pytest.fixture(scope="module")
def games():
    scenario = al.load("smda").fixing(**OFTEN)
    compiled = board(scenario)
    played = [
        al.Wargame(scenario, "three-member", seed=5, world=world, compiled=compiled)
        for world in range(6)
    ]
    for game in played:
        while game.running:
            game.step()
    return played


def of_kind(game, kind):
    return [each for each in game.events if each.kind == kind]


def test_the_brink_is_reached_settled_and_passed(games):
    totals = Counter()
    for game in games:
        totals.update(
            {name: value for name, value in vars(game.counters).items() if "nuclear" in name}
        )
    assert totals["nuclear_signals"] > 0
    assert totals["nuclear_settled"] > 0
    assert totals["nuclear_uses"] > 0


def test_a_side_signals_at_most_once_a_war_and_only_with_a_deterrent(games):
    for game in games:
        signals = of_kind(game, "nuclear-signal")
        assert len(signals) == game.counters.nuclear_signals
        for each in signals:
            by, patron = each.facts["by"], each.facts["patron"]
            assert game.state(patron or by).now.warheads > 0.0
            assert each.facts["lost"] > each.facts["enemy_lost"]
            assert each.facts["lost"] >= OFTEN["nuclear_threshold"]


def test_no_side_signals_twice_in_a_war(games):
    for game in games:
        standing = set()
        for each in game.events:
            war = each.facts.get("challenger"), each.facts.get("target")
            if each.kind == "nuclear-signal":
                assert (*war, each.facts["by"]) not in standing
                standing.add((*war, each.facts["by"]))
            elif each.kind == "peace":
                standing = {one for one in standing if one[:2] != war}


def test_a_war_that_ends_on_the_brink_has_no_winner_and_follows_a_signal(games):
    for game in games:
        for end in of_kind(game, "peace"):
            if end.facts["used"] or end.facts["settled"]:
                assert end.facts["result"] == 0
                assert not end.facts["exhausted"]
                assert end.facts["moved"] == 0.0


def test_no_pair_fights_two_wars_in_one_month(games):
    for game in games:
        months = Counter(
            (turn, *sorted((end.facts["challenger"], end.facts["target"])))
            for end in of_kind(game, "peace")
            for turn in range(end.turn - end.facts["months"] + 1, end.turn + 1)
        )
        assert set(months.values()) <= {1}


def test_without_warheads_nobody_signals_and_nobody_uses():
    played = play(unarmed(al.load("smda").fixing(**OFTEN)), ["three-member"], worlds=40, seed=5)
    assert played.world["wars"].sum() > 0
    for name in ("nuclear_signals", "nuclear_settled", "nuclear_uses", "nuclear_uses_expected"):
        assert not played.world[name].any()


def test_how_many_warheads_a_nuclear_state_has_moves_nothing():
    scenario = al.load("smda").fixing(**OFTEN)

    def scaled(state):
        figure = state.nuclear_warheads
        return attrs.evolve(
            state, nuclear_warheads=attrs.evolve(figure, value=3.0 * figure.value, prior=None)
        )

    once = attrs.evolve(scenario, states=tuple(map(scaled, scenario.states)))
    thrice = attrs.evolve(once, states=tuple(map(scaled, once.states)))
    first, second = (play(each, ["three-member"], worlds=8, seed=5) for each in (once, thrice))
    assert first.world["nuclear_signals"].sum() > 0
    for name in first.world.dtype.names:
        assert (first.world[name] == second.world[name]).all()


def test_use_is_paid_in_welfare_by_those_who_fought():
    dear, free = (
        play(
            al.load("smda").fixing(**OFTEN, welfare_nuclear=stakes), ["three-member"],
            worlds=300, seed=5, worlds_per_draw=1,
        )
        for stakes in (5.0, 0.0)
    )  # fmt: skip
    uses = dear.focus["nuclear_uses"]
    assert uses.sum() > 0
    paid = free.focus["welfare"] - dear.focus["welfare"]
    assert paid == pytest.approx(uses * 5.0 / 10.0, abs=1e-12)
