"""A debrief sets a world beside itself without seats; an effect does so over many worlds."""

import math

import numpy as np
import pytest

import alliancesim as al
from alliancesim.errors import InvalidInput
from alliancesim.seats import debrief, effect, isolationist, never, play, the_model, tournament
from alliancesim.stats.paired import Design, difference
from tests.seats.worlds import ARM, start


@pytest.fixture(scope="module")
def smda():
    return al.load("smda")


@pytest.fixture(scope="module")
def withdrawn(smda):
    return debrief(play(smda, ARM, {"SAU": isolationist}, seed=1, world=3))


def test_a_debrief_names_the_first_choice_after_which_the_worlds_differ(withdrawn):
    first = withdrawn.first
    assert first is withdrawn.deviations[0]
    told = len(first.decision.observation.events)
    ours, theirs = withdrawn.game.model.events, withdrawn.without.events
    assert ours[:told] == theirs[:told]
    assert ours != theirs
    table = withdrawn.moves
    assert len(table) == len(withdrawn.game.moves)
    assert table["deviates"].sum() == len(withdrawn.deviations)
    assert table["probability"].between(0, 1).all()
    said = str(withdrawn)
    assert f"month {first.decision.observation.month}:" in said
    assert "Illustrative" in said


def test_outcomes_stand_beside_those_of_the_world_without_the_seat(withdrawn):
    table = withdrawn.outcomes("SAU")
    plain = al.replay("smda", arm=ARM, seed=1, world=3)
    assert table.loc["welfare", "model"] == plain.outcome_rows()[1]["SAU"]["welfare"]
    assert table.loc["welfare", "difference"] != 0.0
    assert not any("expected" in name for name in table.index)


def test_a_seat_that_follows_the_model_changes_nothing(smda):
    found = debrief(play(smda, ARM, {"PAK": the_model}, seed=1, world=2))
    assert found.first is None
    assert found.deviations == ()
    assert (found.outcomes("PAK")["difference"] == 0.0).all()


def test_an_effect_is_the_paired_difference_in_the_same_worlds(smda):
    found = effect(smda, ARM, {"SAU": never}, worlds=4, seed=1, first_world=2)
    for n, world in enumerate(range(2, 6)):
        with_seat = play(
            smda, ARM, {"SAU": never}, seed=1, world=world, worlds_per_draw=1
        ).outcomes("SAU")
        assert list(with_seat.values()) == found.played[n].tolist()
    paired = found.played - found.against
    assert np.array_equal(found.difference.sampling.mean, paired.mean(axis=0))
    again = difference(found.played, found.against, Design(worlds=4, first_world=2))
    assert np.array_equal(again.sampling.low, found.difference.sampling.low, equal_nan=True)
    row = found.table.loc["answered_aid"]
    assert row["played"] == 0.0
    assert "welfare" in str(found)


def test_the_effect_of_the_model_is_none_and_has_no_interval(smda):
    found = effect(smda, ARM, {"SAU": the_model}, worlds=2, seed=1)
    assert (found.table["difference"] == 0.0).all()
    assert found.table["low"].isna().all()
    assert (found.table["differing"] == 0.0).all()


def test_a_tournament_compares_each_policy_with_the_model(smda):
    table = tournament(smda, ARM, "SAU", {"never": never, "model": the_model}, worlds=2, seed=1)
    assert list(table.index.get_level_values("policy").unique()) == ["never", "model"]
    assert (table.loc["model", "difference"] == 0.0).all()
    assert math.isfinite(table.loc[("never", "welfare"), "difference"])


def test_what_cannot_be_compared_is_rejected(smda):
    with pytest.raises(InvalidInput, match="worlds"):
        effect(smda, ARM, {"SAU": never}, worlds=1)
    with pytest.raises(InvalidInput, match="state"):
        effect(smda, ARM, {"SAU": never}, worlds=2, state="XXX")
    with pytest.raises(InvalidInput, match="not over"):
        debrief(start(1, scenario=smda))
