import numpy as np
import pytest
from scipy import stats

from alliancesim.chance import ARRIVAL, THINNING, uniform_at
from alliancesim.engine import play as engine
from alliancesim.engine.kernel.world import FULL, time_candidates


@pytest.fixture(scope="module")
def worlds(lay_out, smda):
    """Candidates of many worlds that share one set of parameters, and the rates they come at."""
    table = lay_out(smda, worlds=1, priors=False)
    table.open(0)
    theta, stake = table.draws.theta[0], table.workspace.stake
    rates = stake["rate"] / 12.0 / theta.challenge_base * theta.heat_cap
    return table, np.triu(rates, 1), [table.candidates(0, world) for world in range(200)]


def test_candidates_come_in_order_and_before_the_horizon(worlds):
    table, _, drawn = worlds
    for rows in drawn:
        assert (np.diff(rows.when) >= 0.0).all()
        assert rows.when[0] > 0.0
        assert rows.when[-1] < table.board.horizon
        assert (rows.i < rows.j).all()
        assert ((rows.thinning > 0.0) & (rows.thinning < 1.0)).all()


def test_candidates_come_as_often_as_the_greatest_heat_would_have_them(worlds):
    table, rates, drawn = worlds
    expected = rates * table.board.horizon * len(drawn)
    seen = np.zeros_like(expected)
    for rows in drawn:
        np.add.at(seen, (rows.i, rows.j), 1)
    often = expected > 20
    assert seen.sum() == pytest.approx(expected.sum(), abs=4 * np.sqrt(expected.sum()))
    z = (seen - expected)[often] / np.sqrt(expected[often])
    assert stats.kstest(z, "norm").pvalue > 1e-3
    assert seen[expected == 0.0].sum() == 0


def test_candidates_are_spread_evenly_over_the_months(worlds):
    table, _, drawn = worlds
    when = np.concatenate([rows.when for rows in drawn])[::7]
    assert stats.kstest(when / table.board.horizon, "uniform").pvalue > 1e-3


def test_the_candidates_of_a_pair_are_numbered_and_have_random_draws_of_their_own(worlds):
    table, rates, drawn = worlds
    rows = drawn[17]
    code = table.board.codes
    i, j = np.unravel_index(np.argmax(rates), rates.shape)
    mine = rows[(rows.i == i) & (rows.j == j)]
    assert list(mine.number) == list(range(len(mine)))
    time = 0.0
    for number in range(len(mine)):
        time -= (
            np.log(uniform_at(table.seed, 17, number, ARRIVAL, code[i], code[j], 0)) / rates[i, j]
        )
        assert mine[number].when == pytest.approx(time, rel=1e-12)
        assert mine[number].thinning == uniform_at(
            table.seed, 17, number, THINNING, code[i], code[j], 0
        )


def test_where_there_is_no_room_for_all_candidates_it_is_said(lay_out, smda):
    table = lay_out(smda, worlds=1, priors=False)
    table.open(0)
    workspace, theta = table.workspace, table.draws.theta[0]
    few = workspace.candidate[:10]
    horizon = table.board.horizon
    used = time_candidates(table.seed, 0, horizon, workspace.stake, workspace.note, theta, few)
    assert used == FULL


def test_a_run_needs_no_more_room_than_its_worlds_and_takes_it(smda, monkeypatch):
    roomy = engine.play(smda, worlds=4, threads=1, seed=3)
    monkeypatch.setattr(engine, "ROOM", 64)
    assert engine.play(smda, worlds=4, threads=1, seed=3).digest == roomy.digest
