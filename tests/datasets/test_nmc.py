"""National Material Capabilities read: a made-up file and, where present, the real one."""

import runpy
import sys
from pathlib import Path

import pytest

import alliancesim as al
from alliancesim.data.quantity import Quantity, Uniform
from alliancesim.errors import InvalidInput

ROOT = Path(__file__).parents[2]
RAW = ROOT.parent / "shared" / "data" / "raw"
REAL = RAW / "NMC-60-abridged.csv"
real = pytest.mark.skipif(not REAL.exists(), reason="the data set is not here")
HEAD = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
TWO = (
    "USA,2,1914,100,30,60,80,40,10,0.6166667,2021\nUKG,200,1914,100,70,40,20,60,-9,0.3833333,2021\n"
)
SOME = Quantity(0.05, "share", 1914, "judgement: made up", "judgement", Uniform(0.0, 0.1))


def file(tmp_path, text):
    path = tmp_path / "nmc.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_components_totals_and_index_are_read_and_gaps_stay_gaps(tmp_path):
    nmc = al.read_nmc(file(tmp_path, TWO), 1914)
    assert nmc.of("UKG").components.gaps == ("upop",)
    assert nmc.totals.milper == 100.0
    assert nmc.cinc("USA") == pytest.approx((0.5 + 0.3 + 0.6 + 0.8 + 0.4 + 1.0) / 6)
    assert nmc.cinc("GBR") == pytest.approx((0.5 + 0.7 + 0.4 + 0.2 + 0.6) / 5)


def test_a_state_is_made_of_its_components(tmp_path):
    nmc = al.read_nmc(file(tmp_path, TWO), 1914)
    state = nmc.state("USA", name="the United States", experience=SOME, projection="sea")
    assert state.active_personnel.value == 30.0
    assert state.nuclear_warheads.value == state.missile_class.value == 0.0
    assert state.gdp.prior is not None


@pytest.mark.parametrize(
    ("text", "year", "place"),
    [
        (TWO, 1915, "year"),
        (TWO.replace("100,30", "-5,30"), 1914, "milex"),
        (TWO.replace("100,30", "many,30"), 1914, "milex"),
        (TWO + TWO, 1914, "ccode"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place(tmp_path, text, year, place):
    with pytest.raises(InvalidInput) as caught:
        al.read_nmc(file(tmp_path, text), year)
    assert place in caught.value.where
    assert caught.value.allowed


def test_a_gap_is_refused_unless_it_is_judged(tmp_path):
    nmc = al.read_nmc(file(tmp_path, TWO.replace("100,70", "100,-9")), 1914)
    with pytest.raises(InvalidInput, match="milper is missing"):
        nmc.state("UKG", name="the United Kingdom", experience=SOME)
    judged = Quantity(70.0, "thousand", 1914, "judgement: made up", "judgement", Uniform(50, 90))
    state = nmc.state("UKG", name="the United Kingdom", experience=SOME, active_personnel=judged)
    assert state.active_personnel.value == 70.0


@real
@pytest.mark.parametrize("year", [1816, 1870, 1913, 1914, 1962, 2016])
def test_the_index_worked_out_again_is_the_published_one(year):
    nmc = al.read_nmc(REAL, year)
    assert len(nmc.states) >= 20
    for state in nmc.states:
        assert nmc.cinc(state.ccode) == pytest.approx(state.published, abs=2e-8)


@real
def test_the_example_plays_the_powers_of_1914(capsys, monkeypatch):
    files = [REAL, RAW / "atop-alliance-level.csv", RAW / "atop-member-level.csv"]
    monkeypatch.setattr(sys, "argv", ["powers_of_1914.py", *map(str, files), "16"])
    runpy.run_path(str(ROOT / "examples" / "powers_of_1914.py"), run_name="__main__")
    printed = capsys.readouterr().out
    assert "Germany: 0.143" in printed
    assert "ATOP1380: FRA, RUS" in printed
    assert "with against without" in printed


MANY = """AUS,305,2016,1,1,1,1,1,1,0.1,2021
AUL,900,2016,2,2,2,2,2,2,0.2,2021
YUG,345,2016,3,3,3,3,3,3,0.3,2021
NAU,970,2016,4,4,4,4,4,4,0.3,2021
KIR,946,2016,4,4,4,4,4,4,0.1,2021
"""


def test_a_name_that_two_states_go_by_is_rejected_and_every_list_is_understood(tmp_path):
    nmc = al.read_nmc(file(tmp_path, MANY), 2016)
    with pytest.raises(InvalidInput, match=r"AUT \(AUS, 305\) or AUS \(AUL, 900\)"):
        nmc.of("AUS")
    assert nmc.of("AUL").ccode == nmc.of(900).ccode == 900
    assert nmc.of("SRB") is nmc.of("YUG") is nmc.of(340) is nmc.of("345")
    assert nmc.of(970).id == "NRU"
    assert nmc.of(971).id == "NRU"
    assert nmc.of(973 - 27).id == "KIR"


def test_a_state_is_called_as_it_was_called_in_the_year(tmp_path):
    for year, name in ((1914, "SRB"), (1930, "YUG"), (2005, "YUG"), (2006, "SRB")):
        rows = MANY.replace(",2016,", f",{year},")
        assert al.read_nmc(file(tmp_path, rows), year).of(345).id == name
