import numpy as np
import pytest
from scipy import stats

from alliancesim.chance import ARRIVAL, THINNING, uniform_at


@pytest.fixture(scope="module")
def worlds(lay_out, smda):
    """Candidates of many worlds that share one set of parameters, and the rates they come at."""
    table = lay_out(smda, worlds=1, priors=False)
    table.open(0)
    theta, link = table.draws.theta[0], table.desk.link
    rates = link["rate"] / 12.0 / theta.challenge_base * theta.heat_cap
    return table, np.triu(rates, 1), [table.candidates(0, world) for world in range(200)]


def test_candidates_come_in_order_and_before_the_horizon(worlds):
    table, _, drawn = worlds
    for when, who, luck in drawn:
        assert (np.diff(when) >= 0.0).all()
        assert when[0] > 0.0
        assert when[-1] < table.board.horizon
        assert (who[:, 0] < who[:, 1]).all()
        assert ((luck > 0.0) & (luck < 1.0)).all()


def test_candidates_come_as_often_as_the_greatest_heat_would_have_them(worlds):
    table, rates, drawn = worlds
    expected = rates * table.board.horizon * len(drawn)
    seen = np.zeros_like(expected)
    for _, who, _ in drawn:
        np.add.at(seen, (who[:, 0], who[:, 1]), 1)
    often = expected > 20
    assert seen.sum() == pytest.approx(expected.sum(), abs=4 * np.sqrt(expected.sum()))
    z = (seen - expected)[often] / np.sqrt(expected[often])
    assert stats.kstest(z, "norm").pvalue > 1e-3
    assert seen[expected == 0.0].sum() == 0


def test_candidates_are_spread_evenly_over_the_months(worlds):
    table, _, drawn = worlds
    when = np.concatenate([each[0] for each in drawn])[::7]
    assert stats.kstest(when / table.board.horizon, "uniform").pvalue > 1e-3


def test_the_candidates_of_a_pair_are_numbered_and_have_luck_of_their_own(worlds):
    table, rates, drawn = worlds
    when, who, luck = drawn[17]
    code = table.board.codes
    i, j = np.unravel_index(np.argmax(rates), rates.shape)
    mine = (who[:, 0] == i) & (who[:, 1] == j)
    assert list(who[mine, 2]) == list(range(mine.sum()))
    time = 0.0
    for number in range(mine.sum()):
        time -= (
            np.log(uniform_at(table.seed, 17, number, ARRIVAL, code[i], code[j], 0)) / rates[i, j]
        )
        assert when[mine][number] == pytest.approx(time, rel=1e-12)
        assert luck[mine][number] == uniform_at(
            table.seed, 17, number, THINNING, code[i], code[j], 0
        )
