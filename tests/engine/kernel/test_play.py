import attrs
import numpy as np
import pytest

from alliancesim.engine import play as engine
from alliancesim.engine.kernel.workspace import ORIGIN, PRESENT

each_arm = pytest.mark.parametrize("arm", range(3))


each_world = pytest.mark.parametrize("world", range(6))


@each_arm
@each_world
def test_what_two_states_hold_against_each_other_always_adds_up_to_the_stake(table, world, arm):
    table.play(world, arm)
    q = table.workspace.stake["q"]
    apart = ~np.eye(len(q), dtype=bool)
    assert (q + q.T == 1.0)[apart].all()
    assert ((q >= 0.0) & (q <= 1.0)).all()


@each_arm
@each_world
def test_no_resource_goes_negative(table, world, arm):
    table.play(world, arm)
    now = table.workspace.state[PRESENT]
    for field in ("manpower", "materiel", "experience", "spending", "strength", "left", "free"):
        assert (now[field] >= 0.0).all(), field
    assert (now["left"] <= 1.0).all()


@each_arm
@each_world
def test_every_dispute_and_every_war_is_booked_once(table, world, arm):
    durations = table.play(world, arm)
    books, pair, active = (
        table.workspace.world[0],
        table.workspace.pair,
        int(table.workspace.active[0]),
    )
    ended = books.won_by_challenger + books.won_by_target + books.drawn
    assert pair["disputes"].sum() == books.disputes >= books.resisted >= books.crises
    assert pair["wars"].sum() == books.wars == ended + active
    assert durations.sum() == ended
    assert books.crises == books.wars + books.backed_down
    assert books.disputes >= books.wars + books.backed_down + books.conceded
    assert books.exhausted <= ended
    assert books.decided_by_stronger <= ended - books.drawn


@each_arm
@each_world
def test_the_books_of_the_states_are_those_of_their_pairs(table, world, arm):
    table.play(world, arm)
    pair, member = table.workspace.pair, table.workspace.member[:-1]
    assert list(member["disputes_on"]) == list(pair["disputes"].sum(axis=0))
    assert list(member["wars_by"]) == list(pair["wars"].sum(axis=1))
    assert (member["answered_force"] <= member["answered_aid"]).all()
    assert (member["answered_aid"] <= member["calls"]).all()
    assert member["calls"].sum() == table.workspace.world[0].calls
    assert ((member["benefits"] >= 0.0) & (member["benefits"] <= 1.0)).all()


@each_arm
@each_world
def test_who_is_at_war_with_whom_is_what_the_wars_say(table, world, arm):
    table.play(world, arm, months=61)
    workspace, n = table.workspace, len(table.board.states)
    wars, hostile = np.zeros(n), np.zeros((n, n))
    for slot in range(int(workspace.active[0])):
        war = workspace.war[slot]
        sides = []
        for side, principal in ((0, war.target), (1, war.challenger)):
            rows = workspace.ally[slot, side][: int(workspace.allies[slot, side])]
            sides.append([principal, *(row.who for row in rows if row.answer >= 4)])
        assert not set(sides[0]) & set(sides[1])
        for who in sides[0] + sides[1]:
            wars[who] += 1
        for a in sides[0]:
            for b in sides[1]:
                hostile[a, b] += 1
                hostile[b, a] += 1
    assert list(workspace.state[PRESENT]["wars"]) == list(wars)
    assert (workspace.link["hostile"] == hostile).all()


@each_arm
@each_world
def test_a_state_is_at_war_in_the_months_of_its_wars_each_counted_once(table, world, arm):
    table.play(world, arm)
    member, fought = table.workspace.member[:-1], table.workspace.pair["war_months"]
    months, own = member["months_at_war"], fought + fought.T
    assert ((months > 0.0) == (member["wars_involved"] > 0.0)).all()
    assert (own.max(axis=1) <= months).all()
    only_own = member["wars_drawn_in"] == 0.0
    assert (months <= own.sum(axis=1))[only_own].all()
    assert (months <= table.board.horizon).all()


def test_an_arm_is_played_alike_whatever_was_played_before_it(table):
    table.play(2, 1)
    alone = table.workspace.world[0].tobytes(), table.workspace.stake["q"].tobytes()
    for arm in (2, 0, 1):
        table.play(2, arm)
    assert (table.workspace.world[0].tobytes(), table.workspace.stake["q"].tobytes()) == alone


def test_a_world_leaves_its_beginning_as_it_found_it(table):
    table.play(3, 1)
    before = {name: table.workspace.state[ORIGIN][name].copy() for name in ("strength", "spending")}
    start = table.workspace.stake["q_start"].copy()
    table.play(3, 0)
    assert all((table.workspace.state[ORIGIN][name] == old).all() for name, old in before.items())
    assert (table.workspace.stake["q_start"] == start).all()


def test_where_war_costs_more_than_any_gamble_is_worth_there_is_none(smda):
    # No private cost to gamble on, and no other road to war: the risk is nothing.
    dear = smda.fixing(cost_base=2.0, cost_base_rival=2.0, cost_spread=0.0, insured_share=0.0)
    tally = engine.play(dear, worlds=20, threads=1)
    assert tally.world["disputes"].sum() > 1000
    assert tally.world["wars"].sum() == tally.world["wars_expected"].sum() == 0.0


def test_disputes_are_answered_with_force_only_where_there_are_deaths(smda):
    eager = smda.fixing(response_intercept=10.0)
    bloodless = engine.play(eager.fixing(intensity_deaths=0.0), worlds=10, threads=1)
    assert bloodless.world["dispute_calls"].sum() > 100
    assert bloodless.world["dispute_answered_force"].sum() == 0.0
    assert bloodless.world["answered_force"].sum() > 0.0
    tally = engine.play(eager.fixing(intensity_deaths=0.5), worlds=10, threads=1)
    share = tally.world["dispute_answered_force"].sum() / tally.world["dispute_calls"].sum()
    assert 0.35 < share <= 0.6


def test_where_no_dispute_sees_force_it_matters_not_what_deaths_would_do(smda):
    calm = smda.fixing(intensity_force=0.0, intensity_deaths=0.0)
    one, other = (
        engine.play(calm.fixing(severity_deaths=each), worlds=4, threads=1) for each in (0.1, 0.9)
    )
    assert one.digest == other.digest


def test_every_opportunity_is_taken_with_the_base_chance_while_nothing_changes(smda):
    # Within the first year, and where disputes change nothing, only another arm can matter.
    still = attrs.evolve(smda, horizon_months=12).fixing(
        concession_chance=0.0, cost_base=2.0, cost_base_rival=2.0, insured_share=0.0, pin_hot=0.0
    )
    tally = engine.play(still, worlds=30, threads=1)
    opportunities = tally.world["disputes_expected"] / 0.25
    assert opportunities.sum() > 1000
    reference, pact = opportunities[:, 0], opportunities[:, 2]
    assert reference == pytest.approx(np.round(reference), abs=1e-9)
    assert not (np.abs(pact - np.round(pact)) < 1e-9).all()
