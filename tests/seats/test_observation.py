"""What a state sees does not depend on what it cannot know."""

import numpy as np
import pytest

import alliancesim as al
from alliancesim.seats import Neighbour
from tests.seats.worlds import STATES, finish, start


@pytest.fixture(scope="module")
def smda():
    return al.load("smda")


def every_reading(model):
    """Yield the readings of one treaty after another, the rest as they are."""
    for v, block in enumerate(model.board.blocks):
        for row in range(len(block.weights)):
            yield v, row


def assume(model, v, row):
    """Put another hidden reading in the place of the world's own, for good."""
    model.reading = np.array(model.reading)
    model.reading[v] = row
    model._treaties = [
        (n, block, parties, block.conflict[int(model.reading[n])].any(axis=(0, 2)).tolist())
        for n, block, parties, _ in model._treaties
    ]
    model._duties = {}


class Spy:
    """A game that keeps each choice, so that it can be observed again."""

    def __init__(self, game):
        self.game = game
        self.choice = None
        self._observe = game._observer.observe
        game._observer.observe = self._keep

    def _keep(self, choice):
        self.choice = choice
        return self._observe(choice)

    def again(self):
        return self._observe(self.choice)


@pytest.mark.parametrize("arm", ["three-member", "under-negotiation"])
@pytest.mark.parametrize("world", [3, 4])
def test_hidden_readings_and_draws_still_to_come_leave_observations_as_they_are(smda, arm, world):
    spy = Spy(start(world, arm=arm, scenario=smda))
    rng = np.random.default_rng(world)
    moved = {"kinds": set(), "win": 0}
    while (decision := spy.game.decision) is not None:
        model = spy.game.model
        if spy.choice is not None and len(spy.game.moves) % 5 == 0:
            moved["kinds"].add(decision.kind)
            kept = model.reading, model._treaties, model._duties, model.world_seed, model.work
            own_view = truth(model, decision)
            model.world_seed = int(rng.integers(2**63))
            assert spy.again() == decision.observation
            for v, row in every_reading(model):
                if rng.random() < 0.3:
                    assume(model, v, row)
                    assert spy.again() == decision.observation
                    moved["win"] += truth(model, decision) != own_view
            model.reading, model._treaties, model._duties, model.world_seed, model.work = kept
        spy.game.send(decision.model_choice)
    assert len(moved["kinds"]) >= 3
    assert moved["win"] > 0  # what was changed did matter to the world


def truth(model, decision):
    """Return the challenger's outlook by the world's own reading, which no state knows."""
    seen = decision.observation
    if not seen.challenger:
        return None
    names = [each.name for each in model.board.scenario.circumstances]
    c, t = model.state(seen.challenger), model.state(seen.target)
    return c.look_ahead(t, names.index(seen.circumstance)).win


def test_observing_changes_nothing_in_the_world(smda):
    spy = Spy(start(2, scenario=smda))
    while (decision := spy.game.decision) is not None:
        if spy.choice is not None:
            spy.again()
        spy.game.send(decision.model_choice)
    assert spy.game.outcomes("PAK") == finish(start(2, scenario=smda)).outcomes("PAK")


def test_answers_of_others_are_unseen_until_all_have_answered(smda):
    game = finish(start(3, scenario=smda))
    asked = [move.decision for move in game.moves if move.decision.kind == "answer"]
    assert asked
    for each in asked:
        told = each.observation.events
        assert not told or told[-1].turn <= each.observation.month
        assert len(told) < len(game.model.events)
        unseen = game.model.events[len(told)]
        assert (unseen.kind, unseen.facts["target"]) == ("challenge", each.observation.target)


def test_events_are_told_without_what_is_not_public(smda):
    game = finish(start(3, scenario=smda))
    last = game.moves[-1].decision.observation
    assert {event.kind for event in last.events} >= {"challenge", "budgets"}
    hidden = {"chance", "win", "owed", "backers_owed", "reputation", "strengths"}
    assert not any(hidden & set(event.facts) for event in last.events)


def test_a_state_sees_its_own_forces_its_duties_with_reasons_and_its_beliefs(smda):
    game = start(3, ["SAU"], scenario=smda)
    kinds = {}
    while (decision := game.decision) is not None:
        seen, now = decision.observation, game.model.state("SAU").now
        assert seen.own["strength"] == now.strength
        assert isinstance(seen.states["IND"], Neighbour)
        assert sum(seen.owed) == pytest.approx(1.0)
        assert all(-1e-12 <= each <= 1.0 + 1e-12 for each in (*seen.owed, *seen.help.values()))
        assert all(0.0 <= seen.beliefs[name] <= 1.0 for name in ("win", "nuclear"))
        assert ("cost" in seen.beliefs) == (seen.challenger == "SAU")
        assert ("visible" in seen.beliefs) == (decision.kind in ("refuse", "fight"))
        kinds.setdefault(decision.kind, []).append(seen)
        game.send(decision.model_choice)
    owing = [seen for seen in kinds["answer"] if seen.owed[3] > 0.0]
    assert owing
    for seen in owing:
        weights = [
            sum(read.weight for read in each.reads if defends(read, "SAU")) for each in seen.duties
        ]
        assert max(weights) == pytest.approx(seen.owed[3])
        reasons = [d.chain for each in seen.duties for read in each.reads for d in read.duties]
        assert all(reasons)


def defends(read, state):
    return any(duty.obligor == state and duty.owed and duty.level == 3 for duty in read.duties)


def test_the_belief_is_the_mean_over_readings_and_certain_where_nothing_is_unknown():
    game = start(1, ["KOR"], arm="as-signed", scenario=al.load("korea"))
    while (decision := game.decision) is not None:
        if decision.observation.beliefs:
            assert decision.observation.beliefs["win"] == pytest.approx(
                truth(game.model, decision), abs=1e-14
            )
        game.send(decision.model_choice)


def test_states_are_seen_by_their_ids():
    game = start(1, STATES)
    assert set(game.decision.observation.states) == set(game.model.board.states)
