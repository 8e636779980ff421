"""Saved games: what is written plays the same world again."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancesim.agents.values import Event
from alliancesim.errors import InvalidInput
from alliancesim.narrative.chronicle import paragraphs
from alliancesim.room import Record, Table
from alliancesim.seats import Game, always_honour, play

START = Record(scenario="smda", arm="two-member", seats=("PAK", "SAU"), seed=1, world=3)


@pytest.fixture(scope="module")
def half():
    """A table some years in, at which every option taken was the last one."""
    table = Table(START)
    while table.month < 30:
        if table.decision is None:
            table.step()
        else:
            table.decide(table.decision.state, table.decision.options[-1])
    return table


def test_a_saved_game_plays_the_same_world_again(half, tmp_path):
    half.record.save(tmp_path / "game.json")
    again = Table(Record.load(tmp_path / "game.json"))
    assert again.record == half.record
    assert again.game.model.events == half.game.model.events
    assert [move.chosen for move in again.game.moves] == [move.chosen for move in half.game.moves]


def test_a_table_that_follows_the_model_plays_the_world_of_a_policy():
    table = Table(START)
    for _ in table.finish():
        pass
    model = play("smda", "two-member", {"PAK": lambda each: each.model_choice}, seed=1, world=3)
    assert table.game.outcomes("PAK") == model.outcomes("PAK")


def test_months_change_nothing_in_what_a_policy_plays():
    by_month = Game("smda", "two-member", ["PAK"], seed=1, world=2, beliefs=False, monthly=True)
    while not by_month.over:
        if by_month.decision is None:
            by_month.advance()
        else:
            by_month.send(always_honour(by_month.decision))
    whole = play("smda", "two-member", {"PAK": always_honour}, seed=1, world=2)
    assert by_month.model.events == whole.model.events


def test_a_decision_that_waits_comes_before_the_next_month(half):
    game = Game("smda", "two-member", ["PAK"], seed=1, beliefs=False, monthly=True)
    with pytest.raises(InvalidInput, match="no decision waits"):
        game.send(0)
    while game.decision is None:
        game.advance()
    with pytest.raises(InvalidInput, match="waits"):
        game.advance()


def test_a_public_chronicle_says_nothing_of_duties_as_they_are_read(half):
    told = "\n".join(each.text for each in paragraphs(half.game.model))
    public = "\n".join(each.text for each in paragraphs(half.game.model, public=True))
    assert "which owe" in told
    assert "which owe" not in public


def test_a_public_chronicle_tells_who_goes_farther_in_a_war_without_what_it_owes(half):
    facts = {"challenger": "IRN", "target": "SAU", "state": "PAK", "side": "target"}
    facts |= {"before": 1, "answer": 4, "owed": 3, "delay": 2, "reputation": (0.5, 0.6)}
    model = SimpleNamespace(board=half.game.model.board, events=[Event(3, "rise", facts)], turn=4)
    (whole,) = paragraphs.__wrapped__(model)
    (public,) = paragraphs.__wrapped__(model, public=True)
    assert "owes defence" in whole.text
    assert "owes" not in public.text
    assert "limited force" in public.text


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (None, "no table"),
        ({}, "no scenario"),
        ({**START.to_data(), "code": "1"}, "no field"),
        ({**START.to_data(), "seats": []}, "0 seats"),
        ({**START.to_data(), "seats": ["PAK", "PAK"]}, "different states"),
        ({**START.to_data(), "choices": "19"}, "digits"),
        ({**START.to_data(), "months": -1}, "below 0"),
        ({**START.to_data(), "world": "3"}, "world"),
        ({**START.to_data(), "format": "2"}, "format"),
    ],
)
def test_what_is_no_saved_game_is_rejected(data, complaint):
    with pytest.raises(InvalidInput, match=complaint):
        Record.from_data(data)


def test_choices_that_do_not_fit_the_world_are_rejected(half):
    data = half.record.to_data()
    with pytest.raises(InvalidInput, match="months"):
        Table(Record.from_data({**data, "choices": "", "months": 100}))


@settings(max_examples=30, deadline=None)
@given(text=st.binary(max_size=60))
def test_junk_in_a_file_is_rejected(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("junk") / "game.json"
    path.write_bytes(text)
    with pytest.raises(InvalidInput):
        Record.load(path)


def test_a_file_holds_the_world_and_the_choices_alone(half, tmp_path):
    half.record.save(tmp_path / "game.json")
    assert set(json.loads((tmp_path / "game.json").read_text())) == {
        *("format", "scenario", "arm", "seats", "seed", "world", "months", "choices")
    }
