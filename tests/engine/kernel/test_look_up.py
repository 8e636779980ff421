import numpy as np
import pytest

from alliancesim.arrays.blocks import compile_treaty
from alliancesim.engine.kernel.helpers import SCRATCH, gather_helpers, look_up
from alliancesim.engine.kernel.workspace import ORIGIN
from alliancesim.law import Attack
from alliancesim.law.duty import strength
from alliancesim.rules.response import consent

CASES = 300
NO, YES = np.bool_(False), np.bool_(True)


@pytest.fixture(scope="module")
def questions(smda):
    """Some arms, circumstances, attackers and victims."""
    rng = np.random.default_rng(7)
    states, cases = len(smda.states), len(smda.circumstances)
    asked = []
    while len(asked) < CASES:
        attacker, victim = (int(k) for k in rng.integers(0, states, 2))
        if attacker != victim:
            asked.append((int(rng.integers(3)), int(rng.integers(cases)), attacker, victim))
    return asked


def ask(table, draw, arm, case, attacker, victim):
    look_up(
        table.board.law,
        table.board.law.in_arm[arm],
        table.draws.reading[draw],
        table.draws.depth[draw],
        case,
        attacker,
        victim,
        table.draws.theta[draw],
        table.workspace.note,
    )
    return table.workspace.note


def strongest(duties, states):
    """Return the strongest duty that each state here owes under one treaty."""
    best = {}
    for duty in duties:
        if duty.owed and duty.level and duty.obligor in states:
            who = states.index(duty.obligor)
            best[who] = max(best.get(who, duty), duty, key=strength)
    return best


def by_the_law(table, draw, arm, case, attacker, victim):
    """What each state owes, by reading every treaty anew."""
    scenario, states = table.board.scenario, table.board.states
    theta, n = table.draws.theta[draw], len(states)
    circumstance = scenario.circumstances[case]
    attack = Attack(
        attacker=states[attacker],
        victim=states[victim],
        kind=circumstance.kind,
        place=circumstance.place,
        actor=circumstance.actor,
        provocation=circumstance.provocation,
        date=scenario.start,
    )
    weigh = (0.0, theta.duty_consult, theta.duty_assist, theta.duty_defend)
    owed, weight = np.zeros(n, int), np.zeros(n)
    for treaty in scenario.treaties_in(table.board.arms[arm]):
        reading = table.draws.reading[draw, table.board.treaties.index(treaty)]
        for who, duty in strongest(tuple(treaty.duties(attack))[reading].duties, states).items():
            gate = int(duty.gate)
            binding = int(duty.binding * 100 + 0.5) / 100 * consent(gate, theta)
            weight[who] = max(weight[who], binding * weigh[int(duty.level)])
            if gate < 2:
                owed[who] = max(owed[who], int(duty.level))
    return owed, weight


@pytest.mark.parametrize("draw", [0, 1])
def test_the_kernel_looks_up_what_the_law_says(table, questions, draw):
    table.open(draw)
    some = 0
    for question in questions:
        note = ask(table, draw, *question)
        owed, weight = by_the_law(table, draw, *question)
        assert list(note["owed"]) == list(owed), question
        assert note["weight"] == pytest.approx(weight, abs=1e-15), question
        some += owed.any()
    assert some > CASES / 4


def test_no_attacker_and_no_victim_owes_the_victim_anything(table, questions):
    table.open(0)
    for arm, case, attacker, victim in questions:
        note = ask(table, 0, arm, case, attacker, victim)
        assert note[attacker].owed == note[victim].owed == 0
        assert note[attacker].weight == note[victim].weight == 0.0


def called(table, question, dutiful):
    arm, case, attacker, victim = question
    ask(table, 0, arm, case, attacker, victim)
    theta = table.draws.theta[0]
    workspace = table.workspace
    rows, parts = workspace.helper[SCRATCH], workspace.part[SCRATCH]
    count = gather_helpers(
        attacker,
        victim,
        victim,
        0.0,
        dutiful,
        NO,
        workspace.state[ORIGIN],
        workspace,
        workspace.note,
        rows,
        parts,
        theta,
    )
    return rows[:count]


def test_only_states_bound_or_interested_are_asked_and_in_code_order(table, questions):
    table.open(0)
    threshold = table.draws.theta[0].interest_threshold
    for question in questions[:100]:
        rows = called(table, question, NO).copy()
        weight, link = table.workspace.note["weight"], table.workspace.link[:, question[3]]
        owed = table.workspace.note["owed"]
        expected = [
            k
            for k in range(len(weight))
            if k not in question[2:] and (weight[k] > 0.0 or link[k].interest >= threshold)
        ]
        assert list(rows["who"]) == expected
        assert list(called(table, question, YES)["who"]) == [k for k in expected if owed[k] >= 2]


def test_what_a_helper_could_bring_fades_on_its_way_to_the_victim(table, questions):
    table.open(0)
    for question in questions[:100]:
        for row in called(table, question, NO):
            link = table.workspace.link[row.who, question[3]]
            own = table.workspace.state[ORIGIN, row.who].strength
            assert row.strength == pytest.approx(link.reach * own, rel=1e-14)
            assert row.chance == link.chance
            assert row.delay == link.delay


@pytest.mark.parametrize("draw", [0, 1])
def test_conflicts_and_depths_are_those_of_the_treaties_in_force(table, questions, draw):
    table.open(draw)
    scenario, board = table.board.scenario, table.board
    blocks = [
        compile_treaty(treaty, board.states, scenario.circumstances, scenario.start)
        for treaty in board.treaties
    ]
    conflicts, pooled = 0, 0
    for arm, case, attacker, victim in questions:
        note = ask(table, draw, arm, case, attacker, victim)
        conflict, depth = np.zeros(len(board.states)), np.zeros(len(board.states))
        for v, block in enumerate(blocks):
            if not board.law.in_arm[arm, v]:
                continue
            read = table.draws.reading[draw, v]
            conflict = np.maximum(conflict, block.conflict[read, :, attacker].max(axis=(0, 1)))
            owing = block.level[read, case, attacker, victim] > 0
            depth = np.maximum(depth, owing * table.draws.depth[draw, v])
        assert list(note["conflict"]) == list(conflict)
        assert list(note["depth"]) == list(depth)
        conflicts, pooled = conflicts + conflict.any(), pooled + depth.any()
    assert conflicts > 10
    assert pooled > 10
