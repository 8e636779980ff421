"""Editions: the newest is the last, each later than the one before, its priors wide, all marked."""

import math
from itertools import pairwise

import pytest

import alliancesim as al
from alliancesim import catalogue

SMDA, NEWER = al.load("smda"), al.load("smda-2026")
HOLDS, LAPSES = al.load("smda-2026-holds"), al.load("smda-2026-lapses")


@pytest.mark.parametrize("editions", catalogue.editions(), ids=lambda each: each.name)
def test_each_edition_is_later_than_the_one_before(editions):
    cutoffs = [al.load(name).cutoff for name in editions.editions]
    assert all(a < b for a, b in pairwise(cutoffs))
    assert set(editions.editions + editions.variants) <= set(catalogue.names("scenarios"))


def test_the_newest_edition_of_any_of_them_is_the_last():
    assert catalogue.newest_edition("smda") == "smda-2026"
    assert catalogue.newest_edition("smda-2026-holds") == "smda-2026"
    assert catalogue.newest_edition("korea") is None


def test_the_newer_edition_asks_the_same_question():
    assert NEWER.focus == SMDA.focus
    assert NEWER.reference == SMDA.reference
    assert NEWER.arms_by_default == SMDA.arms_by_default
    assert {arm.name for arm in SMDA.arms} < {arm.name for arm in NEWER.arms}


def test_clauses_that_the_events_did_not_make_clearer_are_as_they_were():
    before, after = SMDA.treaty("SMDA"), NEWER.treaty("SMDA")
    assert after.obligations[0] == before.obligations[0]
    assert after.obligations[2] == before.obligations[2]
    assert after.term == before.term


def wide(figure):
    return math.log(figure.prior.p95 / figure.prior.p05)


def whole(scenario, figure):
    """Return the width that the prior of a pair has together with the common shock."""
    return math.hypot(wide(figure), wide(scenario.common_shocks[0].factor))


def test_a_change_of_regime_has_a_wider_prior_than_the_judgement_before_it():
    for a, b in (("IRN", "SAU"), ("IRN", "ISR"), ("IRN", "USA")):
        before, after = SMDA.pair(a, b), NEWER.pair(a, b)
        grown = whole(NEWER, after.rate_multiplier_a) - wide(before.rate_multiplier_a)
        assert grown > -0.01
    assert whole(NEWER, NEWER.pair("IRN", "SAU").rate_multiplier_a) == pytest.approx(
        math.log(8 / 0.8), abs=0.02
    )


def test_the_variants_stand_at_the_quartiles_and_differ_in_nothing_else():
    for pair in NEWER.pairs:
        low, high = HOLDS.pair(pair.a, pair.b), LAPSES.pair(pair.a, pair.b)
        if "IRN" not in (pair.a, pair.b) or pair.rate_multiplier_a is None:
            assert low == high == pair
            continue
        assert low.tie == high.tie == pair.tie
        middle = math.sqrt(low.rate_multiplier_a.value * high.rate_multiplier_a.value)
        assert middle == pytest.approx(
            math.sqrt(pair.rate_multiplier_a.prior.p05 * pair.rate_multiplier_a.prior.p95), rel=0.01
        )
        quartiles = math.log(high.rate_multiplier_a.value / low.rate_multiplier_a.value)
        assert quartiles == pytest.approx(0.41 * whole(NEWER, pair.rate_multiplier_a), rel=0.02)
    for field in ("states", "treaties", "arms", "umbrellas", "transfers", "totals", "start"):
        assert getattr(HOLDS, field) == getattr(LAPSES, field) == getattr(NEWER, field)


def test_what_one_outlet_has_is_never_given_as_verified():
    path = catalogue.scenario_path("smda-2026")
    for line in path.read_text(encoding="utf-8").splitlines():
        assert not ("weak" in line and "one outlet" in line and "(verified)" in line)


def test_figures_of_2025_name_a_public_source_and_their_standing():
    for state in NEWER.states:
        for name in ("military_expenditure", "gdp"):
            figure = getattr(state, name)
            if figure.year == 2025:
                assert figure.source.startswith(("SIPRI", "IMF"))
                assert figure.status in ("verified-secondary", "derived", "recalled")
