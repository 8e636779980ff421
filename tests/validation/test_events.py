"""Coded events, and a scenario held against them."""

import datetime as dt
import json
import math
from pathlib import Path

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.errors import InvalidInput
from alliancesim.validation.events import Event, answers, onsets, read_events, wars
from alliancesim.validation.score import Answer, _scored, score_events

CODED = Path(__file__).parents[3] / "shared" / "data" / "events.csv"
HEAD = "date_from,kind,challenger,target,ally,level,mark\n"
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 6, 30)

NAMES = st.sampled_from(["IRN", "SAU", "PAK", "USA"])
EVENTS = st.lists(
    st.builds(
        lambda day, kind, two: Event(day, kind, (two[0],), (two[1],), (), None, "verified"),
        st.dates(FIRST, LAST),
        st.sampled_from(["dispute", "war", "statement"]),
        st.permutations(["IRN", "SAU", "PAK", "USA"]),
    ),
    max_size=8,
).map(tuple)


@given(EVENTS)
def test_of_two_that_attack_each_other_one_began(coded):
    found = onsets(coded, FIRST, LAST)
    assert not any((b, a) in found for a, b in found)
    acted = {(e.challenger[0], e.target[0]) for e in coded if e.kind != "statement"}
    assert set(found) <= acted
    assert {frozenset(pair) for pair in found} == {frozenset(pair) for pair in acted}


@given(EVENTS, st.dates(FIRST, LAST))
def test_a_longer_window_keeps_what_a_shorter_one_has(coded, middle):
    short, long = onsets(coded, FIRST, middle), onsets(coded, FIRST, LAST)
    assert short.items() <= long.items()
    assert wars(coded, FIRST, middle) <= wars(coded, FIRST, LAST)


def test_the_highest_answer_of_the_window_counts(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(
        HEAD
        + "2026-03-01,answer,IRN,SAU;ARE,PAK,1,verified\n"
        + "2026-04-03,answer,IRN,SAU,PAK,3,verified\n"
        + "2026-07-01,answer,IRN,SAU,PAK,5,verified\n"
    )
    found = answers(read_events(path), FIRST, LAST)
    assert found == {("IRN", "SAU", "PAK"): 3, ("IRN", "ARE", "PAK"): 1}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("date_from,kind\n", "no column challenger"),
        (HEAD + "soon,war,IRN,SAU,,,verified\n", "line 2: date_from"),
        (HEAD + "2026-03-01,answer,IRN,SAU,PAK,6,verified\n", "line 2: level"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_line(tmp_path, text, problem):
    path = tmp_path / "events.csv"
    path.write_text(text)
    with pytest.raises(InvalidInput, match=problem):
        read_events(path)
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_events(tmp_path / "none.csv")


@given(st.lists(st.floats(0.001, 3.0), min_size=4, max_size=9), st.data())
def test_scores_are_those_of_the_chance_of_one_or_more(rates, data):
    happened = np.array([data.draw(st.integers(0, 1)) for _ in rates], float)
    found = _scored("a forecast", np.array(rates), happened)
    chances = [1 - math.exp(-rate) for rate in rates]
    by_hand = sum(math.log(p if y else 1 - p) for p, y in zip(chances, happened, strict=True))
    assert found.log_score == pytest.approx(by_hand)
    assert found.expected == pytest.approx(sum(rates))


def test_an_answer_never_played_has_a_small_chance_and_not_none():
    answer = Answer("IRN", "SAU", "PAK", 3, (1.0, 0, 0, 0, 0, 0), 10)
    assert answer.log_score == pytest.approx(math.log(0.5 / 13))


@pytest.fixture(scope="module")
def scored():
    coded = (
        Event(dt.date(2026, 2, 21), "dispute", ("PAK",), ("AFG",), (), None, "verified"),
        Event(dt.date(2026, 2, 26), "dispute", ("AFG",), ("PAK",), (), None, "verified"),
        Event(dt.date(2026, 3, 1), "answer", ("AFG",), ("PAK",), ("SAU",), 0, "verified"),
        Event(dt.date(2026, 3, 2), "answer", ("IRN",), ("CYP",), ("GRC",), 3, "verified"),
    )
    return score_events("smda", coded, last=LAST, worlds=40, answer_worlds=2, seed=1)


def test_it_scores_every_directed_pair_beside_forecasts_that_know_less(scored):
    assert scored.arm == "two-member"
    assert scored.pairs == 16 * 15
    assert list(scored.seen) == [("PAK", "AFG")]
    assert scored.left_out == 1
    own, *naive = scored.forecasts
    assert own.rank > 0.9
    assert all(each.rank >= 0 for each in naive)
    assert naive[-1].expected == pytest.approx(1.0)
    assert naive[1].expected == pytest.approx(own.expected)
    (answer,) = scored.answers
    assert (answer.ally, answer.seen) == ("SAU", 0)
    assert sum(answer.shares) == pytest.approx(1.0)


def test_it_says_how_few_the_cases_are_and_what_is_missing(scored):
    text = str(scored)
    assert "1 onsets of 240 directed pairs" in text
    assert "hosts" in text
    assert "Facts to 2025-12-31" in text
    assert json.loads(scored.to_json())["onsets"][0]["challenger"] == "PAK"


@pytest.mark.parametrize("given", [{"last": dt.date(2025, 1, 1)}, {"first": dt.date(2025, 1, 1)}])
def test_a_window_before_the_start_is_refused(given):
    coded = (Event(FIRST, "war", ("IRN",), ("SAU",), (), None, ""),)
    with pytest.raises(InvalidInput, match="window"):
        score_events("smda", coded, worlds=2, **given)


@pytest.mark.skipif(not CODED.exists(), reason="the coded events are not at hand")
def test_onsets_of_the_half_year_are_the_ten_that_a_coder_found():
    found = onsets(read_events(CODED), FIRST, LAST)
    assert len(found) == 10
    assert {"USA", "ISR"} == {challenger for challenger, target in found if target == "IRN"}
    smda = al.load("smda")
    assert {state for pair in found for state in pair} <= {state.id for state in smda.states}
    assert attrs.fields(Event)
