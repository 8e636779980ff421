"""Codes of states: every list is understood, and what names two states is rejected."""

import datetime as dt

import pytest

import alliancesim as al
from alliancesim.data.codes import _codes as codes
from alliancesim.data.codes import cow_numbers, known_states, meanings, state_id
from alliancesim.errors import InvalidInput
from alliancesim.law import Obligation, Response
from alliancesim.law.grades import Level

DAY = dt.date(2010, 1, 1)


@pytest.mark.parametrize(
    ("code", "on", "state"),
    [
        ("GMY", None, "DEU"),
        (200, None, "GBR"),
        ("200", None, "GBR"),
        ("UAE", None, "ARE"),
        ("AUL", None, "AUS"),
        ("AUS", None, "AUS"),
        ("ZAR", None, "COD"),
        ("SER", None, "SRB"),
        (345, dt.date(1914, 7, 28), "SRB"),
        (345, dt.date(1999, 1, 1), "YUG"),
        (345, DAY, "SRB"),
        (260, dt.date(1980, 1, 1), "GFR"),
        (260, DAY, "DEU"),
        (678, DAY, "YEM"),
        (972, None, "TON"),
    ],
)
def test_a_code_of_any_list_is_the_state_that_it_names_on_the_day(code, on, state):
    assert state_id(code, on) == state


@pytest.mark.parametrize(
    ("code", "on", "said"),
    [
        (970, None, "Nauru"),
        (970, DAY, "Kiribati"),
        (345, None, "until 2006-06-05"),
        (260, None, "Gleditsch and Ward"),
        ("KSA", None, "did you mean"),
        ("Saudi Arabia", None, "SAU"),
        ("GDR", DAY, "followed by DEU"),
        ("CSK", DAY, "CZE and SVK"),
        (True, None, "not a code"),
        ("x" * 5000, None, "no state"),
    ],
)
def test_a_code_that_names_no_state_or_two_is_rejected_with_what_it_may_mean(code, on, said):
    with pytest.raises(InvalidInput) as caught:
        state_id(code, on)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 500


def test_every_code_names_known_states_and_every_list_gives_each_state_back():
    for code, found in codes().items():
        assert {each.id for each in found} <= known_states().keys(), code
    for number in cow_numbers():
        held = meanings(number, scheme="cow")
        assert held
        for one in held:
            inside = one.since or (one.until - dt.timedelta(days=1) if one.until else DAY)
            assert state_id(number, inside, scheme="cow") == one.id


def test_in_one_list_a_code_names_one_state_a_day():
    days = [dt.date(year, 6, 15) for year in range(1816, 2021, 4)]
    for code in codes():
        for scheme in ("cow", "gw", "iso"):
            for day in days:
                assert len({each.id for each in meanings(code, day, scheme)}) <= 1, (code, scheme)


def test_what_ended_was_followed_by_known_states():
    for state in known_states().values():
        assert bool(state.successors) == (state.ended is not None)
        assert set(state.successors) <= known_states().keys()


def test_an_attack_on_a_state_that_nobody_knows_is_rejected(smda):
    treaty = smda.treaty("SMDA")
    for attacker, victim in (("IRN", "KSA"), ("UAE", "SAU")):
        attack = al.Attack(attacker=attacker, victim=victim)
        for ask, law in ((al.Treaty.duties, treaty), (al.explain, treaty), (al.resolve, [treaty])):
            with pytest.raises(InvalidInput, match="did you mean"):
                ask(law, attack)
    own = al.Attack(attacker="ZZZ", victim="SAU")
    assert treaty.duties(own, others=["ZZZ"]).reads
    with pytest.raises(InvalidInput, match="obligor"):
        al.explain(treaty, al.Attack(attacker="IRN", victim="SAU"), "XXX")


def test_a_treaty_between_made_up_states_may_be_asked_about_any():
    defence = Obligation(
        kind="defence", article="1", response=Response(level=Level.DEFEND, wording="automatic")
    )
    treaty = al.Treaty(id="PAC", name="A pact", parties=["AAA", "BBB"], obligations=[defence])
    assert treaty.duties(al.Attack(attacker="ZZZ", victim="AAA")).reads
