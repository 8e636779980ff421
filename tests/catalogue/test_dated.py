"""Figures and clauses used only from a later cut-off on, and editions that keep what they had."""

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim import catalogue
from alliancesim.catalogue import _dated
from alliancesim.data import toml
from alliancesim.data.state import QUANTITIES
from alliancesim.errors import InvalidInput
from alliancesim.scenario import loads
from alliancesim.scenario._expand import expand

FROZEN = date(2025, 12, 31)
NEWER = date(2026, 6, 30)
FACTS_OF_SMDA = "8b157bf0c8ff7aac0a54c17d0080a71353320b3b6d9eb90f3a3327fc70e52666"


def digest_of_facts(raw):
    """Return the digest of all that an edition's files say but the model's own parameters."""
    model = ("schema_version", "circumstance", "parameter", "preset")
    tables = {key: value for key, value in expand(raw).items() if key not in model}
    return hashlib.sha256(repr(in_order(tables)).encode()).hexdigest()


def in_order(value):
    if isinstance(value, dict):
        return [(key, in_order(value[key])) for key in sorted(value)]
    return [in_order(each) for each in value] if isinstance(value, list) else value


SMDA = toml.read(catalogue.scenario_path("smda"))


def test_the_edition_of_december_2025_is_frozen():
    assert digest_of_facts(SMDA) == FACTS_OF_SMDA


def test_its_digest_notices_one_figure():
    pair = SMDA["pair"][0]
    factor = pair["rate_multiplier_a"] | {"value": pair["rate_multiplier_a"]["value"] + 0.1}
    moved = SMDA | {"pair": [pair | {"rate_multiplier_a": factor}, *SMDA["pair"][1:]]}
    assert digest_of_facts(moved) != FACTS_OF_SMDA
    later = SMDA | {"cutoff": NEWER}
    assert digest_of_facts(later) != FACTS_OF_SMDA


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2026, 6, 29)))
def test_before_a_file_s_day_nothing_of_it_is_known(on):
    assert catalogue.state("TUR", on) == catalogue.state("TUR", FROZEN)
    assert catalogue.treaty("SMDA", on) == catalogue.treaty("SMDA", FROZEN)
    assert catalogue.totals(on) == catalogue.totals(FROZEN)


@given(st.dates(min_value=NEWER, max_value=date(2100, 1, 1)))
def test_from_its_day_on_it_is_known(on):
    assert catalogue.state("TUR", on).military_expenditure.year == 2025
    assert catalogue.treaty("SMDA", on).depth.value > catalogue.treaty("SMDA", FROZEN).depth.value


def test_a_later_file_replaces_what_it_names_and_nothing_else():
    old, new = catalogue.state("IRN", FROZEN), catalogue.state("IRN")
    changed = {name for name in QUANTITIES if getattr(old, name) != getattr(new, name)}
    assert changed == {"military_expenditure", "gdp", "experience", "missile_class"}
    old, new = catalogue.treaty("SMDA", FROZEN), catalogue.treaty("SMDA")
    kinds = [one.kind for one in old.obligations]
    assert kinds == [one.kind for one in new.obligations]
    same = [a == b for a, b in zip(old.obligations, new.obligations, strict=True)]
    assert [kind for kind, kept in zip(kinds, same, strict=True) if not kept] == ["consultation"]


def test_every_name_in_a_later_file_is_one_of_the_catalogue():
    for day in _dated.days():
        tables = _dated.read(f"dated/{day}.toml")
        assert set(tables) <= {"states", "treaties", "totals"}
        for kind in ("states", "treaties"):
            assert set(tables.get(kind, {})) <= set(catalogue.names(kind))


def test_a_change_of_an_obligation_that_is_not_there_is_refused(monkeypatch):
    later = {"treaties": {"SIMLA": {"obligations": {"defence": {"source": "none"}}}}}
    monkeypatch.setattr(_dated, "read", lambda name: later)
    with pytest.raises(InvalidInput, match="obligations: defence"):
        catalogue.treaty_table("SIMLA")


def test_a_scenario_takes_the_figures_known_at_its_cut_off():
    text = """
name = "two"
title = "Two states"
cutoff = {cutoff}
start = 2026-07-01
reference = "one"
focus = ["TUR"]
states = ["TUR", "SAU"]
treaties = ["SMDA"]
standing = ["SMDA"]
[[arm]]
name = "one"
title = "No treaty"
"""
    for cutoff in (FROZEN, NEWER):
        scenario = loads(text.format(cutoff=cutoff))
        assert scenario.state("TUR") == catalogue.state("TUR", cutoff)
        assert scenario.treaty("SMDA") == catalogue.treaty("SMDA", cutoff)
        assert scenario.totals == catalogue.totals(cutoff)
