"""Ready-made policies do what they say, by what the state may know."""

import attrs
import pytest

import alliancesim as al
from alliancesim.agents.values import Event
from alliancesim.errors import InvalidInput
from alliancesim.seats import (
    POLICIES,
    Decision,
    Observation,
    always_honour,
    by_kind,
    faithful,
    free_rider,
    isolationist,
    mediator,
    never,
    play,
    random_policy,
    scripted,
    the_model,
    tit_for_tat,
)

NOTHING = (1.0, 0.0, 0.0, 0.0)
SURELY = (0.0, 0.0, 0.0, 1.0)
HARDLY = (0.7, 0.0, 0.0, 0.3)
CONSULT = (0.0, 1.0, 0.0, 0.0)


def asked(kind="war-answer", *, owed=NOTHING, model=2, events=(), month=5, world=0):
    """Return a decision of TUR on a call of SAU, attacked by IRN."""
    options = (0, 1)
    if kind in ("war-answer", "back"):
        options = tuple(range(6))
    elif kind == "answer":
        options = tuple(range(4))
    seen = Observation(
        month=month,
        state="TUR",
        challenger="IRN",
        target="SAU",
        own={},
        states={},
        at_war_with=(),
        treaties=(),
        owed=owed,
        events=events,
    )
    return Decision(
        state="TUR",
        kind=kind,
        options=options,
        observation=seen,
        model_choice=min(model, options[-1]),
        probabilities={each: 1.0 / len(options) for each in options},
        world=world,
    )


def called(answers, *, target="TUR", kind="war", challenger="SYR", backers=None):
    facts = {"challenger": challenger, "target": target, "answers": answers}
    return Event(1, kind, facts if backers is None else {**facts, "backers": backers})


@pytest.mark.parametrize(
    ("policy", "owed", "kind", "level"),
    [
        (always_honour, SURELY, "war-answer", 4),
        (always_honour, HARDLY, "war-answer", 4),
        (always_honour, HARDLY, "answer", 3),
        (always_honour, CONSULT, "war-answer", 1),
        (always_honour, NOTHING, "war-answer", 2),
        (faithful, SURELY, "war-answer", 4),
        (faithful, SURELY, "answer", 3),
        (faithful, HARDLY, "war-answer", 2),
        (faithful, (0.4, 0.2, 0.0, 0.4), "war-answer", 1),
        (isolationist, SURELY, "war-answer", 0),
        (never, SURELY, "war-answer", 0),
        (free_rider, SURELY, "war-answer", 1),
        (mediator, SURELY, "war-answer", 1),
        (the_model, SURELY, "war-answer", 2),
    ],
)
def test_a_call_is_answered_as_the_policy_says(policy, owed, kind, level):
    assert policy(asked(kind, owed=owed)) == level


@pytest.mark.parametrize(
    ("policy", "choices"),
    [
        (always_honour, {"leave": 0, "challenge": 1, "ratify": 1}),
        (faithful, {"leave": 0, "ratify": 1, "challenge": 1}),
        (free_rider, {"leave": 0, "ratify": 1, "challenge": 1}),
        (isolationist, {"leave": 1, "ratify": 0, "challenge": 0, "resist": 1, "refuse": 1}),
        (mediator, {"challenge": 0, "refuse": 0, "fight": 0, "ratify": 1, "resist": 1}),
        (never, dict.fromkeys(("leave", "ratify", "challenge", "resist", "refuse", "fight"), 0)),
    ],
)
def test_yes_or_no_is_said_as_the_policy_says(policy, choices):
    assert {kind: policy(asked(kind, model=1)) for kind in choices} == choices


def test_tit_for_tat_answers_as_it_was_answered_last():
    gave, reneged = called({"SAU": 5, "PAK": 0}), called({"SAU": 0})
    assert tit_for_tat(asked(events=(reneged, gave), owed=HARDLY)) == 5
    assert tit_for_tat(asked(events=(gave, reneged), owed=SURELY)) == 0
    assert tit_for_tat(asked("answer", events=(gave,))) == 3
    assert tit_for_tat(asked(owed=SURELY)) == 4  # never called: as its word is
    other = called({"SAU": 0}, target="PAK")
    assert tit_for_tat(asked(events=(other,), owed=SURELY)) == 4
    backed = called({}, challenger="TUR", target="SYR", backers={"SAU": 4})
    assert tit_for_tat(asked(events=(backed,), owed=SURELY)) == 4
    assert tit_for_tat(asked("challenge", model=1)) == 1


def test_a_random_policy_repeats_itself_and_takes_every_option():
    policy = random_policy(3)
    taken = [policy(asked(month=month)) for month in range(200)]
    assert taken == [random_policy(3)(asked(month=month)) for month in range(200)]
    assert set(taken) == set(range(6))
    assert taken != [random_policy(4)(asked(month=month)) for month in range(200)]
    assert taken != [policy(asked(month=month, world=1)) for month in range(200)]
    with pytest.raises(InvalidInput, match="seed"):
        random_policy(-1)


def test_a_script_is_followed_and_then_another_policy():
    policy = scripted([5, 0], then=free_rider)
    assert [policy(asked()) for _ in range(3)] == [5, 0, 1]


def test_policies_are_put_together_by_kind():
    policy = by_kind({"war-answer": never}, otherwise=free_rider)
    assert (policy(asked()), policy(asked("answer"))) == (0, 1)
    with pytest.raises(InvalidInput, match="kind"):
        by_kind({"besiege": never})


@pytest.mark.parametrize("name", [name for name in POLICIES if name != "model"])
def test_a_policy_looks_at_the_models_choice_only_where_it_follows_it(name):
    policy = POLICIES[name]
    for kind in ("war-answer", "answer", "challenge", "refuse", "ratify"):
        one = asked(kind, owed=SURELY, model=0)
        other = attrs.evolve(one, model_choice=one.options[-1])
        same = policy(one) == policy(other)
        followed = (policy(one), policy(other)) == (0, one.options[-1])
        assert same or followed


def test_every_policy_plays_a_world():
    smda = al.load("smda").fixing(negotiation_months=10.0)
    for name, policy in {**POLICIES, "random": random_policy(1)}.items():
        game = play(smda, "under-negotiation", {"SAU": policy}, seed=2, beliefs=False)
        assert game.over
        assert (game.first_deviation is None) == (name == "model")
