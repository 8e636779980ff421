from collections import Counter

import pytest
from matplotlib.figure import Figure

import alliancesim as al
from alliancesim.agents.values import Event
from alliancesim.figures._course import course
from alliancesim.figures.timeline import timeline


@pytest.fixture(scope="module")
def game():
    return al.replay("smda", arm="three-member", seed=1, world=4)


@pytest.fixture(scope="module")
def drawn(game):
    return timeline(game)


@pytest.fixture
def told(game, monkeypatch):
    """Read events of one's own in the world of the scenario."""

    def told(*events):
        monkeypatch.setattr(game, "events", list(events))
        return course(game)

    return told


def event(turn, kind, **facts):
    return Event(turn, kind, {"challenger": "IND", "target": "PAK"} | facts)


def challenge(turn, **owed):
    return event(turn, "challenge", answers={"TUR": 2, "SAU": 0}, owed=owed)


def war(turn, delays, backers=None):
    answers = {"TUR": 5, "SAU": 3}
    return event(
        turn, "war", answers=answers, owed={"TUR": 3}, backers=backers or {}, delays=delays
    )


def peace(turn, result=-1, late=(), used=None):
    return event(turn, "peace", result=result, late=list(late), used=used)


def ids(ax, start):
    artists = [*ax.lines, *ax.patches, *ax.texts]
    return Counter(str(each.get_gid()) for each in artists if str(each.get_gid()).startswith(start))


def test_every_challenge_is_a_dispute_with_its_end(game):
    found = course(game)
    kinds = Counter(each.kind for each in game.events)
    assert len(found.disputes) == kinds["challenge"]
    outcomes = Counter(each.outcome for each in found.disputes)
    assert all(outcomes[kind] == kinds[kind] for kind in ("stands", "concession", "war"))
    assert [each.at for each in found.disputes] == sorted(each.at for each in found.disputes)


def test_a_call_is_what_owed_defence_and_its_last_answer(told):
    calm = told(challenge(3, TUR=3, SAU=1), event(3, "stands"))
    assert calm.disputes[0].calls == {"TUR": 2}
    worse = told(challenge(3, TUR=3), war(3, {"TUR": 2}))
    assert (worse.disputes[0].outcome, worse.disputes[0].calls) == ("war", {"TUR": 5})


def test_disputes_of_a_month_follow_one_another_within_it(told):
    found = told(challenge(3), event(3, "stands"), challenge(3), event(3, "backs-down"))
    assert [each.at for each in found.disputes] == pytest.approx([3 + 1 / 3, 3 + 2 / 3])


def test_a_war_lasts_from_its_month_to_the_end_of_the_last(told):
    (found,) = told(challenge(3), war(3, {"TUR": 2}, {"ISR": 4}), peace(6, used="IND")).wars
    assert (found.start, found.end, found.result, found.used) == (3, 7, -1, "IND")
    assert found.joined == {"TUR": 5, "ISR": 3}
    assert found.belligerents == ("IND", "PAK", "TUR", "ISR")


def test_who_comes_too_late_did_not_fight(told):
    (found,) = told(war(3, {"TUR": 9}), peace(6, late=["TUR"])).wars
    assert found.joined == {}
    (open_still,) = told(war(118, {"TUR": 9})).wars
    assert (open_still.end, open_still.result, open_still.joined) == (120, None, {})


def test_two_wars_of_a_pair_each_have_their_end(told):
    found = told(war(3, {}), peace(6), war(20, {}), peace(24, 1)).wars
    assert [(each.start, each.end, each.result) for each in found] == [(3, 7, -1), (20, 25, 1)]


def test_treaties_are_shown_that_the_arm_adds_or_that_wavered(told):
    found = told(event(10, "withdrawn", treaty="US-QAT"), event(30, "renewed", treaty="US-QAT"))
    spans = [(each.treaty, each.start, each.end) for each in found.spans]
    assert sorted(spans) == [("SMDA", 0, 120), ("US-QAT", 0, 10), ("US-QAT", 30, 120)]


def test_changes_of_membership_are_told(told):
    found = told(event(10, "announced", treaty="SMDA", state="TUR", joins=True))
    assert found.changes == ((10, "SMDA", "TUR accession announced"),)


def test_states_in_focus_have_the_first_lanes(drawn, game):
    labels = drawn.get_yticklabels()
    states = [each for each in labels if each.get_fontstyle() == "normal"]
    assert [each.get_text() for each in states[:3]] == ["Saudi Arabia", "Pakistan", "Turkey"]
    assert [each.get_fontweight() for each in states[:4]] == ["bold"] * 3 + ["normal"]
    assert {"SMDA"} <= {each.get_text() for each in labels if each.get_fontstyle() == "italic"}


def test_disputes_of_members_and_wars_are_arrows(drawn, game):
    members = set(game.board.focus_states)
    expected = Counter(
        f"{each.outcome} {each.challenger}-{each.target}"
        for each in course(game).disputes
        if each.outcome == "war" or members & {each.challenger, each.target, *each.calls}
    )
    arrows = Counter()
    for outcome in ("stands", "concession", "backs-down"):
        arrows += ids(drawn, f"{outcome} ")
    arrows += Counter({gid: n for gid, n in ids(drawn, "war ").items() if len(gid.split()) == 2})
    assert arrows == expected
    left_out = len(course(game).disputes) - sum(expected.values())
    assert f"not drawn: {left_out} disputes" in drawn.get_title(loc="left")


def test_a_war_is_a_bar_as_long_as_it_lasts_for_each_who_fights(drawn, game):
    bars = {each.get_gid(): each for each in drawn.patches if each.get_gid()}
    for each in course(game).wars:
        for state in each.belligerents:
            bar = bars[f"war {state} {each.challenger}-{each.target}"]
            assert bar.get_width() * 12 == pytest.approx(each.end - each.since(state))
            assert (bar.get_x() - 2026) * 12 == pytest.approx(each.since(state))
            assert bool(bar.get_hatch()) == (state in each.joined)


def test_calls_on_members_are_circles(drawn, game):
    members = game.board.focus_states
    calls = Counter(
        f"call {state} {answer}"
        for each in course(game).disputes
        for state, answer in each.calls.items()
        if state in members
    )
    assert ids(drawn, "call ") == calls


def test_nuclear_signals_are_stars_and_use_is_a_cross(game, monkeypatch):
    signal = event(5, "nuclear-signal", by="PAK", patron=None)
    events = [challenge(3), war(3, {}), signal, peace(6, used="PAK")]
    monkeypatch.setattr(game, "events", events)
    drawn = timeline(game)
    marks = {line.get_gid(): line for line in drawn.lines if line.get_gid()}
    assert marks["signal PAK"].get_marker() == "*"
    assert marks["use PAK"].get_marker() == "X"
    assert 2026 + 5 / 12 < marks["signal PAK"].get_xdata()[0] < 2026 + 6 / 12
    said = [text.get_text() for text in drawn.get_legend().get_texts()]
    assert {"nuclear signal", "nuclear use"} <= set(said)


def test_a_hypothetical_arm_is_marked(drawn):
    assert "(hypothetical)" in drawn.get_title(loc="left")
    (bar,) = [each for each in drawn.patches if each.get_gid() == "treaty SMDA"]
    assert bar.get_facecolor() == (1, 1, 1, 1)


def test_narrow_axes_have_identifiers_for_names(game):
    mine = Figure(figsize=(3.3, 4.4)).add_subplot()
    assert timeline(game, mine) is mine
    assert "SAU" in [each.get_text() for each in mine.get_yticklabels()]
