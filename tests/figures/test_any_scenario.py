"""Whatever the scenario, its map, its strengths and its worlds can be drawn."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.agents import twins
from alliancesim.figures import fork, network, strength, timeline
from alliancesim.testing import strategies


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=strategies.scenarios(max_states=4), seed=st.integers(0, 2**64 - 1))
def test_every_scenario_can_be_drawn(scenario, seed):
    arm = scenario.arms[-1].name
    game = al.replay(scenario, arm=arm, seed=seed)
    drawn = [network(scenario, arm=arm), strength(scenario), timeline(game)]
    if len(scenario.arms) > 1:
        drawn.append(fork(twins(scenario, arm=arm, against=scenario.arms[0].name, seed=seed)))
    for ax in drawn:
        ax.figure.draw_without_rendering()
        assert all(np.isfinite(line.get_xydata().astype(float)).all() for line in ax.lines)
