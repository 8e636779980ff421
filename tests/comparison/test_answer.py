"""Each sentence of the answer is checked against the numbers that it is said from."""

import re

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.comparison import Comparison
from alliancesim.comparison.answer import KEY_METRICS, answer, main_contrast
from alliancesim.comparison.screen import LINES, first_screen
from alliancesim.outcomes.metrics import METRICS
from tests.synthetic import ARMS, tally

SMDA = al.load("smda")
NUMBER = re.compile(r"from (−?[\d.]+) to (−?[\d.]+)")


@st.composite
def comparisons(draw):
    """Comparisons in which each of the key metrics rises, falls, moves or stays in its own way."""
    per_draw = draw(st.sampled_from([1, 8]))
    draws = draw(st.sampled_from([3, 50]))
    priors = draw(st.booleans())
    made = tally(per_draw * draws, worlds_per_draw=per_draw, priors=priors)
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    world = made.world.copy()
    for metric in KEY_METRICS:
        field = METRICS[metric].field
        shift = draw(st.sampled_from([0.0, 0.01, 1.0, -0.01, -1.0]))
        spread = draw(st.sampled_from([0.0, 0.1, 3.0]))
        few = draw(st.booleans())
        base = world[field][:, 0]
        change = np.repeat(shift + spread * random.standard_normal(draws), per_draw)
        if few:
            change[: len(change) // 2] = 0
        for place in range(1, 3):
            world[field][:, place] = base + place * change
    chosen = attrs.evolve(made, world=world)
    return Comparison(SMDA, chosen, chosen.worlds, {})


def read(text):
    return float(text.replace("−", "-"))


@settings(max_examples=60)
@given(comparisons(), st.sampled_from([("three-member", "two-member"), ("two-member", "no-smda")]))
def test_every_finding_says_what_its_numbers_say(comparison, pair):
    values = comparison.tally.world
    places = [ARMS.index(name) for name in pair]
    for found in answer(comparison, pair).findings:
        arm, against = (values[METRICS[found.metric].field][:, place] for place in places)
        change = (arm - against).mean()
        text = found.sentence
        if not np.any(arm != against):
            assert "the same in every one" in text
            continue
        if "too few" in text:
            assert found.verdict.by == "worlds"
            assert np.isnan(found.row["low"])
            continue
        before, after = (read(number) for number in NUMBER.search(text).groups())
        digits = max(len(number.partition(".")[2]) for number in NUMBER.search(text).groups())
        assert before == pytest.approx(against.mean(), abs=0.51 * 10**-digits)
        assert after == pytest.approx(arm.mean(), abs=0.51 * 10**-digits)
        counted = re.search(r"(\d+) of 100 draws", text)
        if counted is None:
            assert found.verdict.by == "sampling"
            assert ("rise" in text) == (found.row["low"] > 0)
            assert ("fall" in text) == (found.row["high"] < 0)
            continue
        means = (arm - against).reshape(-1, comparison.tally.worlds_per_draw).mean(axis=1)
        up = 100 * found.row["positive"]
        assert abs(up - 100 * np.mean(means > 0)) < 30  # freed of sampling noise, not a mere count
        way = {"rise": up, "fall": 100 - up}
        word = "rise" if "a rise in" in text or re.search(r"\brise from", text) else "fall"
        assert int(counted[1]) == pytest.approx(way[word], abs=0.51)
        if "rests on few draws" in text:
            assert np.isnan(found.row["low"])
        elif "the mean" in text:
            assert ("the mean rises" in text) == (change > 0)
            assert not found.row["low"] <= 0 <= found.row["high"]


@settings(max_examples=20)
@given(comparisons(), st.integers(40, 120))
def test_the_first_screen_fits_its_width(comparison, width):
    lines = first_screen(comparison, width).splitlines()
    assert max(map(len, lines)) <= width
    text = " ".join(lines)
    assert "Illustrative" in text
    assert "hypothetical" in text
    if width >= 80:
        assert len(lines) <= LINES


@pytest.mark.slow
@pytest.mark.parametrize("name", ["smda-2026", "smda", "korea"])
def test_the_first_screen_of_a_scenario_of_the_catalogue_is_a_screen(name):
    lines = first_screen(al.compare(name, worlds=400, seed=1)).splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= 80


def test_the_first_screen_asks_the_question_of_the_last_arm():
    comparison = Comparison(SMDA, tally(16), 16, {})
    assert str(comparison).startswith("What changes if Turkey joins?")
    assert str(main_contrast(comparison)) == "three-member − two-member"


def test_an_arm_without_the_treaties_of_the_one_before_it_is_set_against_the_reference():
    korea = al.load("korea")
    states = tuple(state.id for state in korea.states)
    focus = tuple(state for state in states if state in korea.focus)
    names = tuple(arm.name for arm in korea.arms)
    made = tally(16, arms=names, states=states, focus_states=focus)
    pair = main_contrast(Comparison(korea, made, 16, {}))
    assert (pair.arm, pair.against) == ("no-rus-prk", "as-signed")


def test_a_question_of_arms_that_have_none_names_both_titles():
    comparison = Comparison(SMDA, tally(16), 16, {})
    asked = answer(comparison, ("three-member", "no-smda")).question
    assert "Every treaty but the SMDA" in asked
    assert "accession of Turkey" in asked


def test_answers_stand_in_the_json_with_their_verdicts():
    comparison = Comparison(SMDA, tally(16), 16, {})
    found = comparison.to_dict()["answers"]
    assert [(each["arm"], each["against"]) for each in found] == [
        (pair.arm, pair.against) for pair in comparison.contrasts
    ]
    assert all(set(each["verdicts"]) == set(KEY_METRICS) for each in found)


def test_the_table_of_differences_has_the_verdicts():
    comparison = Comparison(SMDA, tally(16), 16, {})
    assert comparison.differences()["verdict"].str.len().min() > 0
