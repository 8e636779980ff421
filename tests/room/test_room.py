"""Who may do what in a room, and what each is sent; without a browser and without a network."""

import pytest

from alliancesim.room import Room

GAME = {"scenario": "smda", "arm": "two-member", "seats": ["PAK", "SAU"], "seed": 1, "world": 3}


def ask(room, client, do, **more):
    return list(room.answer(client, {"do": do, **more}))


def last(replies, kind, client):
    return [reply for who, reply in replies if who is client and reply["type"] == kind][-1]


@pytest.fixture
def room(tmp_path):
    return Room(folder=tmp_path)


@pytest.fixture
def seated(room):
    """A facilitator, a student in a seat and one who watches."""
    teacher, student, watcher = room.enter(), room.enter(), room.enter()
    opened = ask(room, teacher, "open", game=GAME)
    game = last(opened, "board", teacher)["game"]
    for each in (student, watcher):
        ask(room, each, "join", game=game, tokens=[])
    token = last(ask(room, student, "take", seat="PAK"), "token", student)["token"]
    return teacher, student, watcher, game, token


def run_to(room, client, state):
    """Run until a state decides, all other seats as the model."""
    while True:
        view = last(ask(room, client, "run"), "view", client)
        while view["waits"] and view["waits"] != state:
            view = last(ask(room, client, "model"), "view", client)
        if view["waits"] == state:
            return


def test_a_decision_is_shown_to_its_seat_alone(room, seated):
    teacher, student, watcher, _, _ = seated
    run_to(room, teacher, "PAK")
    sent = ask(room, teacher, "pause", on=True)
    assert last(sent, "view", student)["decision"]["state"] == "PAK"
    assert last(sent, "view", watcher)["decision"] is None
    assert last(sent, "view", watcher)["own"] == {}
    assert "model" not in str(last(sent, "view", student)["decision"])


def test_a_seat_decides_once_and_for_itself(room, seated):
    teacher, student, watcher, _, _ = seated
    run_to(room, teacher, "PAK")
    choice = {"seat": "PAK", "option": 0}
    assert ask(room, watcher, "decide", **choice)[0][1]["type"] == "error"
    assert ask(room, teacher, "decide", **choice)[0][1]["type"] == "error"
    number = last(ask(room, student, "look"), "view", student)["decision"]["number"]
    assert last(ask(room, student, "decide", number=number, **choice), "view", student)
    assert "error" in ask(room, student, "decide", number=number, **choice)[0][1]["type"]


def test_a_pause_stops_all_but_the_facilitator(room, seated):
    teacher, student, *_ = seated
    ask(room, teacher, "pause", on=True)
    assert "paused" in ask(room, student, "step")[0][1]["text"]
    assert last(ask(room, teacher, "step"), "view", student)["paused"]
    assert "facilitator" in ask(room, student, "pause", on=False)[0][1]["text"]


def test_a_seat_is_kept_by_its_token_and_taken_once(room, seated):
    _, student, watcher, game, token = seated
    assert "taken" in ask(room, watcher, "take", seat="PAK")[0][1]["text"]
    room.leave(student)
    again = room.enter()
    replies = ask(room, again, "join", game=game, tokens=[token, "é"])
    assert last(replies, "view", again)["yours"] == ["PAK"]
    assert not last(replies, "view", again)["facilitator"]


def test_who_only_watches_moves_nothing(room, seated):
    _, student, watcher, _, _ = seated
    for what in ("step", "run", "finish", "model"):
        assert ask(room, watcher, what)[0][1]["type"] == "error"
    assert "facilitator" in ask(room, student, "finish")[0][1]["text"]


def test_a_chronicle_that_is_sent_in_parts_is_whole(room, seated):
    teacher, *_ = seated
    chronicle = []
    sent = [reply for who, reply in ask(room, teacher, "finish") if who is teacher]
    for view in sent:
        chronicle[view["from"] :] = view["chronicle"]
    assert len(sent) > 5
    assert chronicle == last(ask(room, teacher, "look"), "view", teacher)["chronicle"]


def test_a_saved_game_is_offered_and_opened(room, seated):
    teacher, *_ = seated
    ask(room, teacher, "step")
    month = last(ask(room, teacher, "look"), "view", teacher)["month"]
    name = last(ask(room, teacher, "save"), "saved", teacher)["name"]
    assert name in last(ask(room, teacher, "hello"), "hello", teacher)["saved"]
    opened = ask(room, teacher, "open", saved=name)
    assert last(opened, "view", teacher)["month"] == month
    assert ask(room, teacher, "open", saved="../secret")[0][1]["type"] == "error"


@pytest.mark.parametrize(
    "message",
    [None, [], {}, {"do": 1}, {"do": "import"}, {"do": "join"}, {"do": "join", "game": []},
     {"do": "open"}, {"do": "open", "game": {"scenario": "/x", "arm": "a", "seats": ["A"]}},
     {"do": "take"}, {"do": "describe", "scenario": "../x"}, {"do": "decide"}],
)  # fmt: skip
def test_a_request_that_cannot_be_met_is_answered_with_an_error(room, message):
    client = room.enter()
    (who, reply), *_ = room.answer(client, message)
    assert who is client
    assert reply["type"] == "error"
