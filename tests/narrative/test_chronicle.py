"""A world told in words says what happened in it, and nothing else."""

import datetime as dt
from collections import Counter

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.agents.values import Event
from alliancesim.narrative.chronicle import HIGHLIGHTS, heading, paragraphs, story, summary, tell
from alliancesim.testing import strategies

from .regenerate import WORLDS, kept, told


@pytest.fixture(scope="module")
def game():
    return al.replay("smda", arm="three-member", seed=1, world=4)


@pytest.fixture
def say(game, monkeypatch):
    """Tell events of one's own in the world of the scenario."""

    def say(*events):
        monkeypatch.setattr(game, "events", list(events))
        return list(story(game))

    return say


def event(kind, turn=14, **facts):
    return Event(turn, kind, {"challenger": "IND", "target": "PAK"} | facts)


def challenge(answers=None, owed=None):
    return event(
        "challenge",
        circumstance="hybrid-home-contested",
        intensity=1,
        chance=0.2,
        win=0.6,
        answers=answers or {},
        owed=owed or {},
    )


def war(**facts):
    none = {"answers": {}, "owed": {}, "backers": {}, "backers_owed": {}, "delays": {}}
    return event("war", **none | facts)


def peace(result, **facts):
    usual = {
        "months": 5,
        "exhausted": False,
        "settled": False,
        "used": None,
        "moved": 0.125,
        "losses": {"IND": 0.01, "PAK": 0.025},
        "late": [],
    }
    return event("peace", turn=18, result=result, **usual | facts)


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_is_told_as_it_was_before(name):
    assert told(name) == kept(name), "python -m tests.narrative.regenerate writes it anew"


def test_the_heading_says_what_is_told(game):
    text = "\n".join(heading(game))
    assert "(smda)" in text
    assert "Arm three-member. Hypothetical:" in text
    assert "Seed 1, world 4: January 2026 to December 2035." in text
    assert "Illustrative, not predictive" in text


def test_the_heading_says_how_unknown_clauses_are_read_in_this_arm(game):
    assert any("Unknown clauses of SMDA, as read in this world: scope" in x for x in heading(game))
    without = al.Wargame(game.board.scenario, "no-smda", seed=1, world=4)
    assert not any("of SMDA" in line for line in heading(without))


def test_every_dispute_and_every_end_of_a_war_is_told(game):
    lines, kinds = list(story(game)), Counter(each.kind for each in game.events)
    assert sum(" challenges " in line for line in lines) == kinds["challenge"]
    assert sum("The war of " in line for line in lines) == kinds["peace"]
    assert sum("goes to war" in line for line in lines) == kinds["war"]


def test_a_dispute_is_told_with_its_month_its_circumstance_and_its_course(say):
    assert say(challenge(), event("resisted", chance=0.5), event("stands")) == [
        "March 2027: India challenges Pakistan (hybrid means against its territory; who provoked "
        "whom is contested; with force). Pakistan resists; nothing changes hands."
    ]


def test_a_concession_says_what_moved(say):
    (line,) = say(challenge(), event("unresisted", chance=0.5), event("concession", moved=0.03))
    assert line.endswith("Pakistan does not resist; India gains 3.0% of what lies between the two.")


def test_backing_down_is_told(say):
    refused = event("resisted", chance=0.5), event("refused", chance=0.4)
    (line,) = say(challenge(), *refused, event("backs-down"))
    assert line.endswith("Pakistan resists; the demand is refused; India backs down.")


def test_those_who_answer_are_named_by_what_they_do_and_owe(say):
    answers = {"CHN": 2, "SAU": 0, "TUR": 2, "USA": 1, "YEM": 2}
    (line,) = say(challenge(answers, {"SAU": 3, "TUR": 3, "USA": 1}), event("stands"))
    assert "Turkey, which owes defence, answers with material aid." in line
    assert "China and Yemen answer with material aid." in line
    assert "The United States, which owes consultation, answers with diplomatic support." in line
    assert "Saudi Arabia, which owes defence, does not answer." in line


def test_those_who_owe_nothing_and_do_nothing_are_not_named(say):
    (line,) = say(challenge({"CHN": 0}, {"CHN": 0}), event("stands"))
    assert "China" not in line


def test_a_war_says_who_fights_from_when_and_on_which_side(say):
    (line,) = say(
        challenge(),
        event("refused", chance=0.4),
        war(
            answers={"SAU": 5, "TUR": 4},
            owed={"SAU": 3, "TUR": 3},
            backers={"ISR": 4, "USA": 0},
            backers_owed={"USA": 2},
            delays={"SAU": 0, "TUR": 3, "ISR": 1},
        ),
    )
    assert "the demand is refused; India goes to war." in line.lower().replace("india", "India")
    assert "Saudi Arabia, which owes defence, fights with full force." in line
    assert "Turkey (from June 2027), which owes defence, fights with limited force." in line
    assert "On the side of India, Israel (from April 2027) fights with limited force." in line
    assert (
        "On the side of India, the United States, which owes assistance, does not answer." in line
    )


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (1, "India wins and gains 12.5% of what lies between the two"),
        (0, "neither side wins, and nothing changes hands"),
        (-1, "Pakistan wins and gains 12.5% of what lies between the two"),
    ],
)
def test_the_end_of_a_war_says_who_won_and_what_it_cost(say, result, said):
    assert say(peace(result)) == [
        f"July 2027: The war of India against Pakistan ends after 5 months: {said}. "
        "Forces lost: India 1.0% and Pakistan 2.5%."
    ]


def test_exhaustion_and_late_arrivals_are_told(say):
    (line,) = say(peace(-1, months=1, exhausted=True, late=["TUR", "USA"]))
    assert "ends by exhaustion after 1 month:" in line
    assert line.endswith("Turkey and the United States came too late to fight.")


def test_a_nuclear_signal_is_told_with_losses_and_whose_deterrent_it_is(say):
    told = {"by": "PAK", "lost": 0.05, "enemy_lost": 0.012}
    assert say(event("nuclear-signal", patron=None, **told)) == [
        "March 2027: Pakistan gives a nuclear signal in its war with India, having lost 5.0% of "
        "its forces against 1.2%."
    ]
    (line,) = say(event("nuclear-signal", patron="USA", **told))
    assert "Pakistan, under the deterrent of the United States, gives a nuclear signal" in line


def test_a_war_that_ends_on_the_nuclear_brink_says_how(say):
    (settled,) = say(peace(0, moved=0.0, settled=True))
    assert "ends by settlement under a nuclear signal after 5 months: neither side wins" in settled
    (used,) = say(peace(0, moved=0.0, used="PAK"))
    assert "ends with nuclear use by Pakistan after 5 months: neither side wins" in used


def test_a_year_is_told_only_where_budgets_changed(say):
    before = {"PAK": 10.0, "SAU": 80.0}
    none = {"before": before, "transfers": []}
    quiet = Event(12, "budgets", {**none, "after": {"PAK": 10.1, "SAU": 79.0}})
    loud = Event(24, "budgets", {**none, "after": {"PAK": 11.0, "SAU": 79.0}})
    assert say(quiet, loud) == [
        "January 2028: Military budgets follow threat and allies: "
        "Pakistan spends USD 11.0 bn (+10%)."
    ]


def test_a_transfer_is_told_once_while_it_stays_the_same():
    game = al.replay("smda", arm="two-member", seed=1, world=1)
    told = [event.facts["transfers"] for event in game.events if event.kind == "budgets"]
    assert [each[:2] for each in told[0]] == [("SAU", "PAK")]
    assert not any(told[1:])


def test_the_summary_counts_wars_and_says_how_each_member_fared(game):
    lines = list(summary(game))
    disputes, wars = (sum(e.kind == kind for e in game.events) for kind in ("challenge", "war"))
    assert lines[0] == f"In 120 months: {disputes} disputes, {wars} wars."
    assert sum(line.startswith("War from") for line in lines) == wars
    for name in ("Pakistan", "Saudi Arabia", "Turkey"):
        assert any(line.startswith(f"{name}: ") and "stakes a year" in line for line in lines)


def test_a_war_that_the_end_overtakes_is_still_under_way(say, game):
    say(challenge(), war(answers={"TUR": 4}, backers={"ISR": 5}))
    assert (
        "War from March 2027, India with Israel against Pakistan with Turkey: still under way at "
        "the end."
    ) in list(summary(game))


def test_two_wars_of_a_pair_each_have_their_end(say, game):
    again = [attrs.evolve(each, turn=30) for each in (challenge(), war(), peace(-1))]
    say(challenge(), war(), peace(1), *again)
    told_wars = [line for line in summary(game) if line.startswith("War from")]
    assert "March 2027" in told_wars[0]
    assert "India wins" in told_wars[0]
    assert "July 2028" in told_wars[1]
    assert "Pakistan wins" in told_wars[1]


def test_highlights_leave_out_disputes_that_came_to_nothing(game):
    whole, some = list(paragraphs(game)), list(paragraphs(game, highlights=True))
    assert [each for each in whole if each.kinds & HIGHLIGHTS] == some
    assert 0 < len(some) < len(whole)
    assert any("goes to war" in each.text for each in some)
    assert not any(
        "nothing changes hands." in each.text
        and "war" not in each.kinds
        and "peace" not in each.kinds
        for each in some
    )


def test_highlights_of_a_world_stand_between_its_heading_and_its_summary():
    options = {"arm": "three-member", "seed": 1, "world": 4}
    whole, some = list(tell("smda", **options)), list(tell("smda", **options, highlights=True))
    assert set(some) < set(whole)
    assert (some[0], some[-1]) == (whole[0], whole[-1])


def test_events_of_a_users_own_are_left_to_the_user(say):
    assert say(event("summit"), challenge(), event("summit"), event("stands")) == say(
        challenge(), event("stands")
    )


def test_months_are_counted_from_the_scenarios_start():
    scenario = attrs.evolve(al.load("smda"), start=dt.date(2026, 11, 1), horizon_months=14)
    lines = list(tell(scenario, arm="no-smda"))
    assert lines[2] == "Seed 0, world 0: November 2026 to December 2027."


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=strategies.scenarios(max_states=4), seed=st.integers(0, 2**64 - 1))
def test_every_world_can_be_told(scenario, seed):
    for arm in scenario.arms:
        lines = list(tell(scenario, arm=arm.name, seed=seed))
        assert lines.count("") == 2
        assert all(line.endswith((".", ")")) for line in lines if line)
