"""Two arms of one world diverge at the first decision that differs, and nowhere before."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alliancesim as al
from alliancesim import agents
from alliancesim.agents import twins
from alliancesim.agents.decisions import ANSWERS, STAKE
from alliancesim.errors import InvalidInput
from alliancesim.narrative import twins_in_words

OF_THE_ARM = {"budgets", "announced", "in-force", "withdrawn", "renewed"}
ARMS = ("no-smda", "two-member", "three-member")


@pytest.fixture(scope="module")
def both():
    return twins("smda", arm="two-member", against="no-smda", seed=1, world=4, worlds_per_draw=1)


def happened(events):
    """Return what was decided of events: numbers that differ by terms alone left out."""
    return [
        (each.turn, each.kind, each.facts["challenger"], each.facts["target"])
        for each in events
        if each.kind not in OF_THE_ARM
    ]


@settings(max_examples=8)
@given(
    seed=st.integers(0, 2**64 - 1),
    world=st.integers(0, 2**40),
    arms=st.permutations(ARMS),
    per_draw=st.integers(1, 8),
)
def test_everything_before_the_parting_is_the_same_in_both_arms(seed, world, arms, per_draw):
    arm, against, _ = arms
    found = twins(
        "smda", arm=arm, against=against, seed=seed, world=world, worlds_per_draw=per_draw
    )
    ours, theirs = found.arm.decisions, found.against.decisions
    random_draw = {each.address: each.random_draw for each in ours if each.kind != "end"}
    shared = [each for each in theirs if each.address in random_draw]
    met = {each.address: each.choice for each in ours}
    assert all(random_draw[each.address] == each.random_draw for each in shared)
    before = [happened(game.events[: found.before(game)]) for game in (found.arm, found.against)]
    assert before[0] == before[1] == happened(found.common)
    if found.divergence is None:
        assert all(met[each.address] == each.choice for each in shared)
        return
    first = found.divergence.decision.address
    heads = []
    for game in (found.arm, found.against):
        given = [each for each in game.decisions if each.choice or each.kind not in ANSWERS]
        met = [(each.address, each.choice) for each in given]
        places = [n for n, (address, _) in enumerate(met) if address == first]
        heads.append(met[: places[0]] if places else met)
    n = min(map(len, heads))
    assert heads[0][:n] == heads[1][:n]
    pair = (found.divergence.arm, found.divergence.against)
    assert None in pair or pair[0].choice != pair[1].choice


def test_a_decision_follows_from_its_terms_and_its_random_draw(both):
    kinds = set()
    for each in both.arm.decisions:
        kinds.add(each.kind)
        if each.cuts:
            assert each.choice == sum(each.total > cut for cut in each.cuts)
        elif each.chance is not None:
            assert each.choice == (each.random_draw < each.chance)
        if each.kind == "fight":
            assert (each.random_draw, each.unit) == (None, STAKE)
    assert kinds >= {
        "challenge",
        "answer",
        "resist",
        "refuse",
        "gain",
        "fight",
        "war-answer",
        "end",
    }


def test_twins_are_the_worlds_of_a_comparison(both):
    run = al.compare("smda", arms=["no-smda", "two-member"], worlds=5, seed=1, worlds_per_draw=1)
    for row, game in enumerate((both.against, both.arm)):
        counters, _ = game.outcome_rows()
        for name in ("disputes_expected", "wars_expected", "wars"):
            assert run.tally.world[name][4, row] == counters[name]


def test_the_world_is_told_from_the_decision_that_parts_it(both):
    text = twins_in_words(both)
    first = both.divergence
    assert first.arm.random_draw == first.against.random_draw
    assert f"Random draw: {first.arm.random_draw:.3f}, the same in both arms." in text
    assert f"{first.arm.total:.3f}" in text
    assert (
        text.index("UNTIL THEY DIVERGE")
        < text.index("WHERE THEY DIVERGE")
        < text.index("FROM THEN ON")
    )
    assert "WHAT IT CAME TO" in text
    assert max(map(len, text.splitlines())) <= 100


def test_what_turns_the_course_is_more_than_an_answer(both):
    assert both.turning.decision.kind not in ANSWERS
    assert both.turning in both.divergences


def test_many_worlds_are_played_without_notes_and_come_out_the_same(both):
    noted = []

    class Watched(al.Wargame):
        def step(self):
            super().step()
            noted.append(len(self.decisions))

    found = agents.play(
        both.arm.board.scenario,
        ["two-member"],
        worlds=1,
        seed=1,
        first_world=4,
        worlds_per_draw=1,
        model=Watched,
    )
    assert set(noted) == {0}
    counters, _ = both.arm.outcome_rows()
    assert found.world["wars_expected"][0, 0] == counters["wars_expected"]


def test_agents_of_ones_own_have_reasons_of_their_own():
    class Reluctant(al.StateAgent):
        def utility_of_helping(self, *given, **asked):
            return super().utility_of_helping(*given, **asked) - 1.5

    class Ours(al.Wargame):
        state_class = Reluctant

    game = al.replay("smda", arm="two-member", seed=1, world=4, model=Ours)
    answers = [each for each in game.decisions if each.kind == "war-answer"]
    assert answers
    assert all(each.terms["reasons of its own"] == pytest.approx(-1.5) for each in answers)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"arm": "two-member", "against": "two-member"}, "against"),
        ({"arm": "two-member", "against": "four-member"}, "arm"),
        ({"arm": "four-member", "against": "two-member"}, "arm"),
        ({"arm": "two-member", "against": "no-smda", "world": -1}, "world"),
        ({"arm": "two-member", "against": "no-smda", "world": 2**48}, "world"),
        ({"arm": "two-member", "against": "no-smda", "seed": 2**64}, "seed"),
    ],
)
def test_twins_of_nothing_are_refused(given, place):
    with pytest.raises(InvalidInput) as caught:
        twins("smda", **given)
    assert caught.value.where == place
