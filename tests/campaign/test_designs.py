import attrs
import numpy as np
import pytest

import alliancesim as al
from alliancesim import InvalidInput
from alliancesim.campaign import grid, latin_hypercube, sobol, worker
from alliancesim.comparison import runner
from alliancesim.scenario.unknowns import scenario_clauses
from tests import synthetic

SHARE = "insured_share"


@pytest.fixture
def played(monkeypatch):
    """Give the scenarios that are played, in order; outcomes are made up."""
    found = []

    def play(scenario, arms, options, progress=None):
        found.append((scenario, arms, options))
        return synthetic.played(arms, options)

    monkeypatch.setattr(runner, "play", play)
    worker._plans.clear()
    yield found
    worker._plans.clear()


@pytest.fixture(scope="module")
def clause():
    found = scenario_clauses(al.load("smda"))
    return next(each for each in found.values() if len(each.words) > 1)


def ends(name=SHARE):
    known = al.load("smda").parameter(name)
    return known.low, known.high


def test_a_grid_has_every_combination_once(clause):
    low, high = ends()
    made = grid(
        "smda",
        parameters={SHARE: [low, (low + high) / 2, high]},
        readings={clause.name: clause.words[:2]},
        arms=[("no-smda", "two-member"), ("two-member", "three-member")],
    )
    assert len(made.points) == 12 == len(set(map(str, made.points)))
    assert list(made.table().columns) == ["point", SHARE, clause.name, "compared"]
    scenario, arms = made.case(11)
    assert scenario.parameter(SHARE).value == high
    assert scenario.parameter(SHARE).prior is None
    assert clause.name not in scenario_clauses(scenario)
    assert arms == ("two-member", "three-member")


@pytest.mark.parametrize("made", [latin_hypercube, sobol])
def test_points_are_spread_evenly_and_come_again_from_their_seed(made, clause):
    low, high = ends()
    axes = {"parameters": {SHARE: (low, high)}, "readings": {clause.name: clause.words[:2]}}
    one, again = (made("smda", 32, seed=3, **axes) for _ in range(2))
    assert one.points == again.points
    assert one.points != made("smda", 32, seed=4, **axes).points
    values = one.table()[SHARE].to_numpy()
    places = np.sort(((values - low) / (high - low) * 32).astype(int))
    assert list(places) == list(range(32))
    assert set(one.table()[clause.name].value_counts()) == {16}


def test_a_text_takes_the_place_of_its_treaty():
    treaty = al.load("smda").treaty("SMDA")
    other = attrs.evolve(treaty, name="another text")
    made = grid("smda", texts={"as signed": treaty, "changed": other})
    assert made.case(1)[0].treaty("SMDA").name == "another text"


def test_all_points_are_played_in_the_same_worlds_into_one_tidy_table(played):
    low, high = ends()
    made = grid("smda", parameters={SHARE: [low, high]}, arms=[synthetic.ARMS[:2]])
    table = made.play(40, seed=5, metrics=["wars"])
    assert list(table["point"]) == [0, 1]
    assert list(table[SHARE]) == [low, high]
    assert [each[0].parameter(SHARE).value for each in played] == [low, high]
    assert {each[2].seed for each in played} == {5}
    assert {"metric", "arm", "against", "mean", "low", "high"} <= set(table.columns)


def test_a_design_in_a_folder_goes_on_where_it_stopped(played, tmp_path):
    pytest.importorskip("pyarrow")
    pytest.importorskip("filelock")
    low, high = ends()
    made = grid("smda", parameters={SHARE: [low, high]}, arms=[synthetic.ARMS[:2]])
    small = {"workers": 1, "block": 16}
    first = made.play(16, metrics=["wars"], folder=tmp_path / "d", **small)
    count = len(played)
    again = made.play(16, metrics=["wars"], folder=tmp_path / "d", **small)
    assert len(played) == count
    assert first.equals(again)
    assert len(list((tmp_path / "d").iterdir())) == 2
    other = grid("smda", parameters={SHARE: [high, low]}, arms=[synthetic.ARMS[:2]])
    with pytest.raises(InvalidInput, match="something else"):
        other.play(16, folder=tmp_path / "d", **small)
    with pytest.raises(InvalidInput, match="a folder"):
        made.play(16, block=16)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: grid("smda"), "nothing to vary"),
        (lambda: grid("smda", parameters={SHARE: []}), "one value or more"),
        (lambda: grid("smda", parameters={SHARE: [1e9]}), "out of range"),
        (lambda: grid("smda", parameters={"random draw": [1]}), "random draw"),
        (lambda: grid("smda", readings={"SMDA: nothing": ["a"]}), "SMDA"),
        (lambda: grid("smda", arms=[("no-smda", "none")]), "none"),
        (lambda: sobol("smda", 12, parameters={SHARE: ends()}), "power of two"),
        (lambda: sobol("smda", 8, parameters={SHARE: [0.5]}), "two ends"),
        (lambda: latin_hypercube("smda", 0, parameters={SHARE: ends()}), "points"),
    ],
)
def test_what_is_no_design_is_rejected_before_anything_is_played(make, message, played):
    with pytest.raises(InvalidInput, match=message):
        make()
    assert not played
