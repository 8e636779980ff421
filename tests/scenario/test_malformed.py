"""Scenario files gone wrong: each is refused with its place, and nothing else ever comes out."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancesim.data import toml
from alliancesim.errors import InvalidInput
from alliancesim.scenario import Scenario, dumps, load, loads
from alliancesim.scenario._expand import expand

HERE = Path(__file__).parent
VALID = (HERE / "small.toml").read_text(encoding="utf-8")
MALFORMED = toml.read(HERE / "malformed.toml")


def edited(kind):
    old, new = MALFORMED[kind]["old"], MALFORMED[kind]["new"]
    assert old in VALID
    return VALID.replace(old, new, 1)


def test_the_file_that_the_others_are_made_from_is_valid(tmp_path):
    (tmp_path / "small.toml").write_text(VALID, encoding="utf-8")
    scenario = load(tmp_path / "small.toml")
    assert [state.id for state in scenario.states] == ["SAU", "PAK", "OMN"]
    assert scenario.parameter("challenge_scale").prior is None
    assert scenario.parameter("insured_share").value == 0.4
    assert loads(dumps(scenario)) == scenario


def test_there_are_thirty_kinds_at_least():
    assert len(MALFORMED) >= 30


@pytest.mark.parametrize("kind", MALFORMED)
def test_it_is_refused_with_the_place_if_a_file(kind, tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(edited(kind), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: {MALFORMED[kind]['place']}")
    assert MALFORMED[kind]["problem"] in message
    assert caught.value.allowed


def test_a_single_figure_of_the_catalogue_can_be_overridden():
    text = VALID.replace(
        "[[pair]]",
        '[[state]]\nid = "PAK"\ngdp = { value = 400, unit = "USD bn", source = "mine", '
        'status = "recalled" }\n\n[[pair]]',
        1,
    )
    before, after = loads(VALID).state("PAK"), loads(text).state("PAK")
    assert after.gdp.value == 400
    assert after.military_expenditure == before.military_expenditure


LINES = VALID.splitlines()
WORDS = st.sampled_from(
    [
        "-1",
        "1.2",
        '"x"',
        "[]",
        "{}",
        "true",
        "nan",
        "2026-01-01",
        "[[]]",
        '"PAK"',
        "0x" + "f" * 5000,
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_but_a_refusal_comes_out_of_a_file_with_one_value_changed(data):
    n = data.draw(st.sampled_from([n for n, line in enumerate(LINES) if " = " in line]))
    key = LINES[n].partition(" = ")[0]
    text = "\n".join([*LINES[:n], f"{key} = {data.draw(WORDS)}", *LINES[n + 1 :]])
    with contextlib.suppress(InvalidInput):
        loads(text)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_nothing_but_a_refusal_comes_out_of_a_file_with_a_line_moved(data):
    first, second = (data.draw(st.integers(0, len(LINES) - 1)) for _ in "ab")
    lines = list(LINES)
    lines.insert(second, lines.pop(first))
    with contextlib.suppress(InvalidInput):
        loads("\n".join(lines))


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.dates()
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.text(max_size=4), SCALARS)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_but_a_refusal_comes_out_of_any_change_in_depth(data):
    raw = toml.loads(VALID)
    where = raw
    while True:
        keys = list(where) if isinstance(where, dict) else list(range(len(where)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(where[key], dict | list) or not where[key] or data.draw(st.booleans()):
            where[key] = data.draw(VALUES)
            break
        where = where[key]
    with contextlib.suppress(InvalidInput):
        toml.structure(expand(raw), Scenario)
