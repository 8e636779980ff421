"""What must not matter does not, to the last bit."""

from datetime import date

import attrs
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.data.quantity import Quantity
from alliancesim.engine.play import play
from alliancesim.law import Treaty
from alliancesim.testing import strategies


def figure(value, unit):
    return Quantity(value, unit, 2025, "test", "computed")


NOTHING = {
    "active_personnel": figure(0, "thousand"),
    "military_expenditure": figure(0, "USD bn"),
    "missile_class": figure(0, "ordinal"),
    "arms_industry": figure(0, "USD bn"),
    "gdp": figure(0, "USD bn"),
    "nuclear_warheads": figure(0, "count"),
    "experience": figure(0, "share"),
}


def with_bystander(scenario, code, joins):
    """Add a state that brings nothing, wants nothing and is owed nothing."""
    bystander = al.State(id="ZZ-NONE", name="Bystander", code=code, **NOTHING)
    pairs = [
        al.Pair(
            a=min(state.id, "ZZ-NONE"),
            b=max(state.id, "ZZ-NONE"),
            distance_km=figure(100.0, "km"),
            land_contiguous=True,
            rivalry="none",
            relevant=True,
            dyad_years=0,
            onsets=0,
            source="test",
            rate_multiplier_a=figure(0.0, "ratio"),
            rate_multiplier_b=figure(0.0, "ratio"),
        )
        for state in scenario.states
    ]
    treaties = scenario.treaties
    # A list of obligors, which leaves the bystander out, leaves out who accedes as well; and where
    # an accession is negotiated, a member more is one more to ratify it.
    if joins and treaties and not any(arm.accessions or arm.negotiation for arm in scenario.arms):
        obliged = attrs.evolve(
            treaties[0],
            parties=(*treaties[0].parties, "ZZ-NONE"),
            obligations=tuple(
                attrs.evolve(each, obligors=treaties[0].members, beneficiaries=treaties[0].members)
                for each in treaties[0].obligations
            ),
        )
        treaties = (obliged, *treaties[1:])
    return attrs.evolve(
        scenario,
        states=(*scenario.states, bystander),
        pairs=(*scenario.pairs, *pairs),
        treaties=treaties,
    )


@settings(max_examples=25)
@given(
    scenario=strategies.scenarios(max_states=4),
    code=st.sampled_from([60000, 60001]),
    joins=st.booleans(),
    seed=st.integers(0, 2**32),
)
def test_a_member_that_brings_wants_and_is_owed_nothing_changes_no_bit(scenario, code, joins, seed):
    plain = play(scenario, worlds=3, seed=seed, threads=1)
    more = play(with_bystander(scenario, code, joins), worlds=3, seed=seed, threads=1)
    old = [more.states.index(name) for name in plain.states]
    assert np.array_equal(plain.world, more.world)
    assert np.array_equal(plain.focus, more.focus)
    assert np.array_equal(plain.adversary, more.adversary[:, :, :, old])


def test_a_bystander_of_the_lowest_code_changes_no_bit_of_the_smda_world():
    scenario = al.load("smda")
    plain = play(scenario, worlds=4, seed=3)
    more = play(with_bystander(scenario, 1, joins=False), worlds=4, seed=3)
    assert np.array_equal(plain.world, more.world)
    assert np.array_equal(plain.focus, more.focus)


@settings(max_examples=15)
@given(scenario=strategies.scenarios(), seed=st.integers(0, 2**32))
def test_transfers_sum_to_zero_and_nobody_is_left_with_less_than_nothing(scenario, seed):
    everyone = attrs.evolve(scenario, focus=tuple(state.id for state in scenario.states))
    member = play(everyone, worlds=3, seed=seed, threads=1).focus
    net = member["transfers_net"]
    assert np.allclose(net.sum(axis=2), 0.0, rtol=0.0, atol=1e-9 * max(1.0, np.abs(net).max()))
    assert (member["spending_share"] >= 0.0).all()
    assert ((member["reputation"] >= 0.0) & (member["reputation"] <= 1.0)).all()


def test_the_payer_of_a_pact_pays_only_where_the_pact_is_in_force():
    tally = play(al.load("smda"), worlds=3, seed=3)
    paid = dict(
        zip(tally.focus_states, np.moveaxis(tally.focus["transfers_net"], 2, 0), strict=True)
    )
    without, *within = (paid["SAU"][:, arm] for arm in range(3))
    assert (without == 0.0).all()
    assert all((each < 0.0).all() for each in within)
    assert np.array_equal(paid["PAK"], -paid["SAU"])


def test_renaming_states_renames_results():
    scenario = al.load("smda")
    names = {"PAK": "ZULU", "SAU": "ALPHA", "IND": "KILO"}
    renamed = rename(scenario, names)
    plain, other = (play(each, worlds=4, seed=3) for each in (scenario, renamed))
    assert other.states == tuple(names.get(name, name) for name in plain.states)
    assert other.focus_states == tuple(names.get(name, name) for name in plain.focus_states)
    assert np.array_equal(plain.world, other.world)
    assert np.array_equal(plain.focus, other.focus)
    assert np.array_equal(plain.adversary, other.adversary)


def rename(scenario, names):
    """Return the scenario with states renamed everywhere, codes kept."""

    def new(name):
        return names.get(name, name)

    def pair(each):
        a, b = new(each.a), new(each.b)
        if a < b:
            return attrs.evolve(each, a=a, b=b)
        return attrs.evolve(
            each,
            a=b,
            b=a,
            rate_multiplier_a=each.rate_multiplier_b,
            rate_multiplier_b=each.rate_multiplier_a,
        )

    def change(each):
        if each is None:
            return None
        gains = [attrs.evolve(g, state=new(g.state)) for g in getattr(each, "gains", ())]
        kept = {"gains": tuple(gains)} if gains else {}
        return attrs.evolve(each, state=new(each.state), **kept)

    return attrs.evolve(
        scenario,
        focus=tuple(map(new, scenario.focus)),
        states=tuple(
            attrs.evolve(each, id=new(each.id), code=each.code) for each in scenario.states
        ),
        pairs=tuple(map(pair, scenario.pairs)),
        treaties=tuple(rename_treaty(each, names) for each in scenario.treaties),
        arms=tuple(
            attrs.evolve(
                arm,
                accessions=tuple(
                    attrs.evolve(each, state=new(each.state)) for each in arm.accessions
                ),
                negotiation=change(arm.negotiation),
                notice=change(arm.notice),
            )
            for arm in scenario.arms
        ),
        umbrellas=tuple(
            attrs.evolve(each, patron=new(each.patron), client=new(each.client))
            for each in scenario.umbrellas
        ),
        transfers=tuple(
            attrs.evolve(each, payer=new(each.payer), payee=new(each.payee))
            for each in scenario.transfers
        ),
    )


def rename_treaty(treaty, names):
    """Return a treaty with states renamed wherever they stand in it."""
    from alliancesim.data import toml

    def walk(value):
        if isinstance(value, dict):
            return {key: walk(each) for key, each in value.items()}
        if isinstance(value, list):
            return [walk(each) for each in value]
        return names.get(value, value) if isinstance(value, str) else value

    return toml.structure(walk(toml.unstructure(treaty)), Treaty)


def test_no_war_comes_where_a_demand_can_never_be_refused():
    scenario = al.load("smda").fixing(cost_base=1.0, cost_base_rival=1.0, insured_share=0.0)
    tally = play(scenario, worlds=200, seed=1)
    assert tally.world["disputes"].sum() > 0
    assert tally.world["wars"].sum() == 0


def test_arms_with_the_same_treaties_are_the_same():
    scenario = al.load("smda")
    twin = attrs.evolve(
        scenario, arms=(*scenario.arms, attrs.evolve(scenario.arms[0], name="again"))
    )
    tally = play(twin, worlds=10, seed=2)
    assert np.array_equal(tally.world[:, 0], tally.world[:, 3])
    assert scenario.start == date(2026, 1, 1)


def test_the_first_war_comes_before_the_horizon_where_members_had_any():
    tally = play(al.load("smda"), worlds=60, seed=3)
    fought, first = tally.world["member_wars_principal"] > 0, tally.world["first_war"]
    assert 0 < fought.sum() < fought.size
    assert np.array_equal(first < al.load("smda").horizon_months, fought)
    assert np.array_equal(first, np.floor(first))


def test_two_wars_in_one_month_are_one_month_at_war():
    tally = play(al.load("smda"), worlds=200, seed=3)
    months, begun_on_it = tally.focus["months_at_war"], tally.adversary["war_months"].sum(axis=3)
    assert (months < begun_on_it).any()
    drawn_in_alone = (tally.focus["wars_drawn_in"] > 0) & (tally.focus["wars_involved"] == 1)
    assert drawn_in_alone.sum() > 0
    assert (months[drawn_in_alone] > begun_on_it[drawn_in_alone]).all()
    assert months.max() < al.load("smda").horizon_months
