"""Any alliance of any year: from a made-up record, from a table of pairs, and from real files."""

from pathlib import Path

import pandas as pd
import pytest

import alliancesim as al
from alliancesim.engine.play import play
from alliancesim.errors import InvalidInput
from alliancesim.history import read_record
from alliancesim.history.capabilities import capability_file
from alliancesim.history.materials import materials
from tests.history import made

DATA = Path(__file__).parents[3] / "shared" / "data"
FOLDER, RAW = DATA / "history", DATA / "raw"
NMC = RAW / "NMC-60-abridged.csv"
ATOP = (RAW / "atop-alliance-level.csv", RAW / "atop-member-level.csv")
real = pytest.mark.skipif(not FOLDER.exists() or not NMC.exists(), reason="the data are not here")
MADE = [
    (220, 255, 0, 1, 1),
    (255, 365, 0, 1, 1),
    (200, 255, 400, 0, 1),
    (200, 220, 33, 3, 0),
    (220, 365, 1000, 0, 0),
    (200, 365, 1500, 0, 0),
]
COLUMNS = ["ccode1", "ccode2", "min_distance_km", "contiguity", "rivalry"]
PAIRS = pd.DataFrame(MADE, columns=COLUMNS)


def expected_rate(scenario, a, b):
    """Return the mean yearly probability that a scenario gives a pair."""
    pair, weight = scenario.pair(a, b), scenario.parameter("rate_shrinkage").value
    mean = scenario.parameter(f"rate_{pair.dispute_class}").value
    rule = (pair.onsets + weight * mean) / (pair.dyad_years + weight)
    return 1 - (1 - rule) ** pair.rate_multiplier_a.value


def test_a_pair_has_the_rate_that_is_known_by_the_year(record_folder):
    scenario = al.build(record_folder, year=1975, region="Somewhere")
    found = materials(read_record(record_folder), 1975, capability_file(record_folder))
    for a, b in ((2, 365), (220, 255), (2, 740)):
        rate = found.rates.table.loc[(a, b), "probability"]
        first, second = made.STATES[a], made.STATES[b]
        assert expected_rate(scenario, first, second) == pytest.approx(rate, rel=1e-9)


def test_what_came_later_is_not_in_the_scenario(record_folder, tmp_path):
    disputes = pd.read_csv(record_folder / "disputes.csv")
    for path in record_folder.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    disputes[disputes["start_year"] < 1975].to_csv(tmp_path / "disputes.csv", index=False)
    assert al.build(record_folder, year=1975, region="Somewhere") == al.build(
        tmp_path, year=1975, region="Somewhere"
    )


def test_the_reference_of_a_young_pact_is_without_it(record_folder):
    names = list(made.STATES.values())
    young = al.build(record_folder, year=1974, states=names, pact=3002)
    assert (young.reference, young.focus) == ("without", ("DEU", "FRA"))
    old = al.build(record_folder, year=1985, states=names, pact="ATOP3002")
    assert old.reference == "with"
    assert {each.id for each in old.treaties} == {"ATOP3001", "ATOP3002"}


def test_a_conditional_pact_is_not_owed_to_one_that_provoked(record_folder):
    names = list(made.STATES.values())
    scenario = al.build(record_folder, year=1985, states=names)
    for pact, owed in (("ATOP3001", True), ("ATOP3002", False)):
        treaty = scenario.treaty(pact)
        victim = treaty.members[0]
        attack = al.Attack(attacker="RUS", victim=victim, provocation="provoked")
        assert (
            any(str(each.level) == "defend" for each in treaty.duties(attack).reads[0].duties)
            is owed
        )


def test_a_built_world_plays_and_its_pact_changes_something(record_folder):
    names = list(made.STATES.values())
    scenario = al.build(record_folder, year=1974, states=names, pact=3001, horizon_months=24)
    tally = play(scenario, worlds=20, seed=1, threads=1)
    by_arm = tally.values("focus_disputes_on_expected").mean(axis=0)
    assert (by_arm > 0).all()
    assert by_arm[0] != by_arm[1]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"year": 1975, "states": ["USA", "GBX"]}, "did you mean GBR"),
        ({"year": 1975, "states": ["USA"]}, "two states or more"),
        ({"year": 1975, "region": "Nowhere"}, "Somewhere"),
        ({"year": 2020, "region": "Somewhere"}, "1951 to 1990"),
        ({"year": 1950, "region": "Somewhere"}, "1951 to 1990"),
        ({"year": 1975, "region": "Somewhere", "pact": 77}, "ATOP3001, ATOP3002"),
    ],
)
def test_what_cannot_be_built_is_rejected_with_what_can(record_folder, given, problem):
    with pytest.raises(InvalidInput, match=problem):
        al.build(record_folder, **given)


def test_a_build_needs_a_folder_or_pairs():
    with pytest.raises(InvalidInput, match="a folder of the record, or pairs"):
        al.build(year=1914, nmc=NMC)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda table: table.drop(columns="rivalry"), "no column rivalry"),
        (lambda table: table.assign(contiguity=["x"] * 6), "contiguity: no number in row 2"),
        (lambda table: pd.concat([table, table]), "given twice"),
        (lambda table: table.replace(200, 999), "no figures of 999"),
    ],
)
def test_a_table_of_pairs_that_cannot_be_used_is_rejected(record_folder, change, problem):
    with pytest.raises(InvalidInput, match=problem):
        al.build(year=1960, pairs=change(PAIRS), nmc=capability_file(record_folder))


def test_pairs_alone_have_the_mean_rates_of_their_class(record_folder):
    scenario = al.build(year=1960, pairs=PAIRS, nmc=capability_file(record_folder))
    assert [each.id for each in scenario.states] == ["DEU", "FRA", "GBR", "RUS"]
    for pair in scenario.pairs:
        mean = scenario.parameter(f"rate_{pair.dispute_class}").value
        assert expected_rate(scenario, pair.a, pair.b) == pytest.approx(mean)
        assert pair.rate_multiplier_a.prior is not None


@real
@pytest.mark.parametrize(
    ("year", "given", "pact"),
    [
        (1914, {"pairs": PAIRS, "nmc": NMC, "atop": ATOP}, 1380),
        (1938, {"pairs": PAIRS, "nmc": NMC, "atop": ATOP}, None),
        (1962, {"folder": FOLDER, "region": "Asia", "majors": True}, 3440),
        (1990, {"folder": FOLDER, "region": "Europe", "atop": ATOP}, 3180),
    ],
)
def test_worlds_of_four_years_are_built_and_played(year, given, pact):
    scenario = al.build(year=year, pact=pact, horizon_months=24, **given)
    assert scenario.cutoff.year == year - 1
    assert len(scenario.treaties) > 0
    tally = play(scenario, worlds=4, seed=2, threads=1)
    assert tally.values("disputes_expected").min() > 0.0
