"""Seats that follow the model leave the engine's world; others change it by their choices alone."""

import numpy as np
import pytest

import alliancesim as al
from alliancesim.agents.ensemble import _tally
from alliancesim.engine.play import play as engine
from alliancesim.errors import InvalidInput
from alliancesim.outcomes import concatenate
from alliancesim.scenario import RunOptions
from alliancesim.seats import KINDS, Game, decisions, play
from tests.seats.worlds import ARM, STATES, TABLES, finish, follow, many, start

WORLDS = many(8)


@pytest.fixture(scope="module")
def smda():
    return al.load("smda")


@pytest.fixture(scope="module")
def plain(smda):
    return engine(smda, [ARM], worlds=WORLDS, seed=1)


@pytest.mark.parametrize("seats", TABLES, ids="+".join)
def test_seats_that_follow_the_model_leave_every_bit_as_the_engine_has_it(smda, plain, seats):
    options = RunOptions(worlds=WORLDS, seed=1)
    games = [finish(start(world, seats, scenario=smda)) for world in range(WORLDS)]
    seated = concatenate([_tally([game.model], options) for game in games])
    for level in ("world", "focus", "adversary"):
        ours, theirs = getattr(seated, level), getattr(plain, level)
        for field in theirs.dtype.names:
            assert np.array_equal(ours[field], theirs[field], equal_nan=True), field
    assert seated.digest == plain.digest
    assert np.array_equal(seated.durations, plain.durations)
    assert {move.decision.state for game in games for move in game.moves} == set(seats)


@pytest.mark.parametrize("arm", ["under-negotiation", "notice"])
def test_seats_that_ratify_and_leave_as_the_model_does_leave_every_bit(smda, arm):
    often = {"negotiation_months": 10.0, "notice_rate": 0.3, "ratification_base": 0.7}
    scenario = smda.fixing(**often)
    plain = engine(scenario, [arm], worlds=3, seed=5)
    games = [finish(start(world, arm=arm, scenario=scenario, seed=5)) for world in range(3)]
    options = RunOptions(worlds=3, seed=5)
    assert concatenate([_tally([game.model], options) for game in games]).digest == plain.digest
    kinds = {move.decision.kind for game in games for move in game.moves}
    assert ("ratify" if arm == "under-negotiation" else "leave") in kinds


def happened(events):
    return [(event.turn, event.kind, event.facts) for event in events]


@pytest.mark.parametrize("world", range(many(4)))
def test_worlds_differ_only_after_the_first_choice_that_is_not_the_models(smda, world):
    def stubborn(decision):
        return decision.options[-1] if decision.kind in ("answer", "resist") else follow(decision)

    ours = finish(start(world, scenario=smda), stubborn)
    theirs = finish(start(world, scenario=smda))
    first = ours.first_deviation
    assert first is not None
    place = ours.moves.index(first)
    for one, other in zip(ours.moves[:place], theirs.moves[:place], strict=True):
        assert (one.decision.kind, one.decision.state) == (
            other.decision.kind,
            other.decision.state,
        )
        assert one.decision.observation == other.decision.observation
        assert one.chosen == other.chosen
    assert first.decision.observation == theirs.moves[place].decision.observation
    told = len(first.decision.observation.events)
    assert happened(ours.model.events[:told]) == happened(theirs.model.events[:told])
    assert happened(ours.model.events) != happened(theirs.model.events)


def test_what_is_chosen_is_what_happens(smda):
    kinds = {"challenge": 1, "resist": 1, "refuse": 1, "fight": 1}
    game = finish(start(3, scenario=smda), lambda each: kinds.get(each.kind, each.options[-1]))
    made = [(each.decision.kind, each.decision.state, each.chosen) for each in game.moves]
    noted = [
        (each.kind, each.by, each.choice)
        for each in game.model.decisions
        if each.by in STATES and each.kind in KINDS
    ]
    assert made == noted
    assert {"challenge", "answer", "resist", "refuse", "fight", "war-answer"} <= {
        k for k, *_ in made
    }
    assert game.model.counters.wars > 0
    assert all(
        event.facts["answers"].get("TUR", 5) == 5
        for event in game.model.events
        if event.kind == "war"
    )


def test_one_that_says_no_to_everything_challenges_nobody_and_answers_no_call(smda):
    game = play(smda, ARM, {"PAK": lambda decision: 0}, seed=1, world=3)
    assert all(move.chosen == 0 for move in game.moves)
    assert game.outcomes("PAK")["wars_by"] == 0
    assert game.outcomes("PAK")["answered_aid"] == 0


def test_one_no_ends_an_accession_and_a_notice_ends_a_membership(smda):
    scenario = smda.fixing(negotiation_months=10.0, ratification_base=0.999)
    refused = play(
        scenario,
        "under-negotiation",
        {"SAU": lambda each: 0 if each.kind == "ratify" else follow(each)},
        seed=5,
    )
    assert any(move.decision.kind == "ratify" for move in refused.moves)
    assert refused.model.counters.memberships_changed == 0
    joined = play(scenario, "under-negotiation", {"SAU": follow}, seed=5)
    assert joined.model.counters.memberships_changed == 1
    held = smda.fixing(notice_rate=0.0)
    who = held.arm("notice").notice.state
    left = play(
        held, "notice", {who: lambda each: int(each.kind == "leave") or follow(each)}, seed=5
    )
    asked = [
        move.decision.observation.month for move in left.moves if move.decision.kind == "leave"
    ]
    assert asked == [0]
    assert left.model.counters.memberships_changed == 1
    assert play(held, "notice", {who: follow}, seed=5).model.counters.memberships_changed == 0


def test_a_generator_of_decisions_plays_the_same_world(smda):
    moves = decisions(smda, ARM, ["PAK"], seed=1, world=2)
    seen, decision, game = [], next(moves), None
    while game is None:
        seen.append(decision.kind)
        try:
            decision = moves.send(decision.model_choice)
        except StopIteration as end:
            game = end.value
    assert seen == [move.decision.kind for move in game.moves]
    assert game.outcomes("PAK") == finish(start(2, ["PAK"], scenario=smda)).outcomes("PAK")


def test_probabilities_are_over_the_options_and_the_model_mostly_does_what_is_likely(smda):
    found = [move.decision for w in range(3) for move in finish(start(w, scenario=smda)).moves]
    for each in found:
        assert tuple(each.probabilities) == each.options
        assert sum(each.probabilities.values()) == pytest.approx(1.0, abs=1e-12)
        assert min(each.probabilities.values()) >= 0.0
        assert each.model_choice in each.options
        assert each.words(each.model_choice)
    mean = np.mean([each.probabilities[each.model_choice] for each in found])
    assert mean == pytest.approx(
        np.mean([sum(p * p for p in each.probabilities.values()) for each in found]), abs=0.06
    )


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"arm": "four-member"}, "arm"),
        ({"seats": ["XXX"]}, "seats"),
        ({"seats": []}, "seats"),
        ({"seats": "PAK"}, "seats"),
        ({"world": -1}, "world"),
    ],
)
def test_a_seat_that_is_none_is_rejected(smda, given, place):
    with pytest.raises(InvalidInput) as caught:
        Game(smda, **{"arm": ARM, "seats": ["PAK"], **given})
    assert caught.value.where == place


def test_an_option_that_is_none_is_rejected_and_the_decision_still_waits(smda):
    game = start(1, scenario=smda)
    before = game.decision
    with pytest.raises(InvalidInput, match="no option"):
        game.send(7)
    assert game.decision is before
    with pytest.raises(InvalidInput, match="not over"):
        game.outcomes("PAK")
    finish(game)
    with pytest.raises(InvalidInput, match="over"):
        game.send(0)
    with pytest.raises(InvalidInput):
        game.outcomes("XXX")
    with pytest.raises(InvalidInput):
        play(smda, ARM, {"PAK": 3})
