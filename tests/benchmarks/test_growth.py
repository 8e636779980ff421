import pytest

import alliancesim


@pytest.mark.parametrize("size", [6, 16, 24, 40])
def test_a_world_has_as_many_states_as_are_asked_for(benchmark, size):
    made = benchmark("scaled").scaled(states=size)
    assert len(made.states) == size
    assert len(made.pairs) == size * (size - 1) // 2
    assert set(made.focus) <= {state.id for state in made.states}


@pytest.mark.parametrize(("treaties", "arms", "months"), [(2, 2, 12), (24, 6, 240)])
def test_a_world_has_as_many_treaties_arms_and_months_as_are_asked_for(
    benchmark, treaties, arms, months
):
    made = benchmark("scaled").scaled(treaties=treaties, arms=arms, months=months)
    assert (len(made.treaties), len(made.arms), made.horizon_months) == (treaties, arms, months)
    assert all(len(made.treaties_in(arm.name)) >= treaties - 2 for arm in made.arms)


def test_more_standing_pacts_than_pairs_are_refused(benchmark):
    with pytest.raises(ValueError, match="standing pacts"):
        benchmark("scaled").scaled(states=6, treaties=40)


def test_a_longer_decade_has_more_disputes_and_costs_more(benchmark):
    growth, scaled = benchmark("growth"), benchmark("scaled").scaled
    cases = {("months", size): scaled(months=size) for size in (6, 120)}
    short, long = growth._rows(cases, 20, 1, 0)
    assert long["disputes"] > short["disputes"]
    assert long["microseconds"] > 0.0
    printed = growth.report({"rows": [short, long], "bytes_a_world": 20_000.0})
    assert "20.0 kB" in printed


def test_a_process_tells_how_much_memory_it_held(benchmark, monkeypatch):
    monkeypatch.setattr(alliancesim, "compare", lambda *_, **__: None)
    assert benchmark("growth").peak(10, 0) > 10_000_000
