"""Membership that is played, guarantees that waver, and the one road to war."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.arrays.board import board
from alliancesim.engine.kernel.course import NEVER, changes_at
from alliancesim.engine.play import play
from alliancesim.errors import InvalidInput
from alliancesim.rules.course import acceptance, stands, waiting
from alliancesim.scenario.arms import Gain, Negotiation, Notice
from alliancesim.validation.oracles import closed_forms

SMDA = al.load("smda")
STEADY = SMDA.fixing(withdrawal_rate=0.0)


def arm(name, **changed):
    """Return the scenario with one arm changed."""
    arms = [attrs.evolve(each, **changed) if each.name == name else each for each in SMDA.arms]
    return attrs.evolve(SMDA, arms=tuple(arms))


@pytest.mark.slow
def test_without_private_information_a_million_crises_give_no_war():
    peaceful = SMDA.fixing(information_road=0.0, resistance_base=0.99)
    tally = play(peaceful, worlds=15_000, seed=3)
    assert tally.world["resisted"].sum() > 1e6
    assert tally.world["wars"].sum() == 0
    assert tally.world["wars_expected"].sum() == 0


@given(st.floats(0.1, 100.0), st.floats(1e-6, 1 - 1e-6))
def test_waiting_is_exponential_in_whole_months(mean, random_draw):
    months = waiting(mean, random_draw)
    assert months >= 1
    assert np.exp(-months / mean) <= random_draw * (1 + 1e-9)
    assert np.exp(-(months - 1) / mean) >= random_draw * (1 - 1e-9)


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0.01, 0.99), st.floats(0.01, 1))
def test_a_greater_gain_is_never_ratified_less(gain, more, chance, scale):
    assert acceptance(gain + more, chance, scale) >= acceptance(gain, chance, scale)
    assert acceptance(0.0, chance, scale) == pytest.approx(chance)
    assert acceptance(gain, chance, scale) == pytest.approx(
        closed_forms.accepted(gain, chance, scale)
    )


def test_guarantees_stand_for_the_share_of_time_that_their_hazards_give():
    rng, stood, months = np.random.default_rng(5), True, 0
    for random_draw in rng.uniform(size=200_000):
        stood = stands(stood, 0.9, 2.1, random_draw)
        months += stood
    exact = closed_forms.standing(0.9, 2.1, 200_000).mean()
    assert months / 200_000 == pytest.approx(exact, abs=0.01)


def dates(scenario, name, worlds=4000):
    """Return the months of announcement and entry in many worlds at central values."""
    compiled = board(scenario)
    theta = compiled.draws(0, 0, 1, priors=False).theta[0]
    row, seed = compiled.arms.index(name), np.uint64(9)
    return np.array([changes_at(seed, w, compiled.law, row, theta) for w in range(worlds)])


def test_an_accession_takes_negotiation_and_three_ratifications():
    found = dates(SMDA, "under-negotiation")
    p = {each.name: each.value for each in SMDA.parameters}
    ratified = found[found[:, 1] < NEVER]
    base, scale = p["ratification_base"], p["ratification_scale"]
    share = closed_forms.accepted(0.0, base, scale) ** 3
    assert len(ratified) / len(found) == pytest.approx(share, abs=4 * np.sqrt(share / len(found)))
    took = ratified[:, 1] - ratified[:, 0]
    assert took.mean() == pytest.approx(3 * closed_forms.waits(p["ratification_months"]), rel=0.05)
    talks = closed_forms.waits(p["negotiation_months"])
    assert found[:, 0].mean() == pytest.approx(talks, rel=0.06)


def test_who_expects_a_loss_rarely_ratifies():
    losing = Negotiation("SMDA", "TUR", (Gain("SAU", -0.2),))
    assert np.mean(dates(arm("under-negotiation", negotiation=losing), "under-negotiation")[:, 1]
                   == NEVER) > 0.99  # fmt: skip


def test_an_exit_waits_for_its_notice():
    found = dates(SMDA, "notice", 400)
    assert (found[:, 1] - found[:, 0] == 12).all()


@pytest.mark.slow
def test_an_accession_under_negotiation_lies_between_the_arms_it_leads_from_and_to():
    worlds = 3000
    names = ["two-member", "under-negotiation", "three-member"]
    tally = play(STEADY, names, worlds=worlds, seed=2)
    before, played, after = tally.world["member_disputes_on_expected"].mean(axis=0)
    assert after < played < before
    changes = tally.world["memberships_changed"]
    assert changes[:, 0].sum() == changes[:, 2].sum() == 0
    assert 0.3 < changes[:, 1].mean() < 0.75


def test_until_the_change_the_world_goes_as_in_the_arm_it_leads_from():
    never = STEADY.fixing(ratification_base=0.01, ratification_scale=10.0)
    same = play(never, ["two-member", "under-negotiation"], worlds=40, seed=4)
    late = same.world["memberships_changed"][:, 1] == 0
    assert late.sum() >= 35
    assert (same.world[late, 0] == same.world[late, 1]).all()


def test_a_guarantee_that_wavers_is_withdrawn_in_every_arm_alike():
    wavering = SMDA.fixing(withdrawal_rate=2.0, renewal_rate=2.0)
    counts = play(wavering, worlds=20, seed=1).world["guarantees_withdrawn"]
    assert counts.mean() > 5
    assert (counts == counts[:, :1]).all()
    assert play(STEADY, worlds=5, seed=1).world["guarantees_withdrawn"].sum() == 0


def test_arms_on_request_are_played_only_by_name():
    assert board(SMDA).arm_rows(None).tolist() == [0, 1, 2]
    assert al.compare(SMDA, worlds=2).arms == ("no-smda", "two-member", "three-member")
    assert al.compare(SMDA, ["two-member", "notice"], worlds=2).arms == ("two-member", "notice")


@pytest.mark.parametrize(
    ("name", "changed", "place"),
    [
        ("two-member", {"negotiation": Negotiation("SMDA", "SAU")}, "negotiation"),
        ("two-member", {"negotiation": Negotiation("RIO", "TUR")}, "negotiation: treaty"),
        ("two-member", {"negotiation": Negotiation("SMDA", "FRA")}, "negotiation: state"),
        ("two-member", {"notice": Notice("SMDA", "TUR")}, "notice"),
        (
            "two-member",
            {"negotiation": Negotiation("SMDA", "TUR", (Gain("USA", 1.0),))},
            "gain: state",
        ),
        ("no-smda", {"notice": Notice("NATO", "TUR")}, "notice"),
    ],
)
def test_a_change_that_cannot_come_about_is_refused(name, changed, place):
    with pytest.raises(InvalidInput) as caught:
        arm(name, **changed)
    assert place in caught.value.where
    assert caught.value.allowed


def test_an_arm_plays_one_change_at_most():
    both = {"negotiation": Negotiation("SMDA", "TUR"), "notice": Notice("SMDA", "SAU")}
    with pytest.raises(InvalidInput, match="two changes"):
        arm("two-member", **both)


def test_a_change_is_told():
    games = (al.replay(SMDA, arm="under-negotiation", seed=1, world=w) for w in range(12))
    events = [event for game in games for event in game.events]
    announced = [event for event in events if event.kind == "announced"]
    entered = [event for event in events if event.kind == "in-force"]
    assert len(announced) >= len(entered) > 0
    assert all(event.facts["state"] == "TUR" for event in announced)
