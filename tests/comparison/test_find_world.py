"""The world that is found is what it is said to be."""

import pytest

import alliancesim as al
from alliancesim.comparison.find_world import LOOKED_AT, TYPICAL, find_world
from alliancesim.errors import InvalidInput


@pytest.fixture(scope="module")
def smda():
    return al.load("smda")


@pytest.mark.parametrize(
    ("words", "kind", "by", "on"),
    [
        ("first war on SAU", "war", None, "SAU"),
        ("dispute of IRN on SAU", "challenge", "IRN", "SAU"),
        ("first war on AFG", "war", None, "AFG"),
    ],
)
def test_what_is_looked_for_occurs_there_and_in_no_world_before(smda, words, kind, by, on):
    found = find_world(smda, "two-member", words, seed=3, worlds_per_draw=1)

    def occurs(world):
        game = al.replay(smda, arm="two-member", seed=3, world=world, worlds_per_draw=1)
        return any(
            event.kind == kind
            and event.facts["target"] == on
            and by in (None, event.facts["challenger"])
            for event in game.events
        )

    assert occurs(found.world)
    assert not any(occurs(world) for world in range(max(0, found.world - 3), found.world))
    assert found.why.startswith(f"World {found.world}, the first of two-member")


def test_a_typical_world_lies_nearest_to_the_mean(smda):
    found = find_world(smda, "two-member", seed=1)
    tally = al.compare(smda, ["no-smda", "two-member"], worlds=LOOKED_AT, seed=1).tally
    far = 0.0
    for metric in TYPICAL:
        values = tally.values(metric)[:, 1].astype(float)
        far = far + (values - values.mean()) ** 2 / (values.var() or 1.0)
    assert far[found.world] == pytest.approx(far.min())


def test_an_instructive_world_differs_between_the_arms(smda):
    found = find_world(smda, "three-member", against="two-member", seed=1)
    both = al.compare(smda, ["two-member", "three-member"], worlds=LOOKED_AT, seed=1)
    rows = both.worlds_that_differ("focus_wars_principal", ("three-member", "two-member"))
    assert found.world in set(rows["world"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("peace", "cannot be looked for"),
        ("first war on Sau", "did you mean SAU"),
        ("instructive", "an arm to differ from"),
        ("first nuclear signal on SAU", "cannot be looked for"),
    ],
)
def test_what_cannot_be_found_is_refused_before_anything_is_played(smda, words, said, monkeypatch):
    monkeypatch.setattr("alliancesim.comparison.runner.play", None)
    with pytest.raises(InvalidInput, match=said):
        find_world(smda, "two-member", words)
