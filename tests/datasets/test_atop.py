"""The field's own data set read as treaties: a small made-up file and, where present, the real."""

from __future__ import annotations

import csv
import datetime as dt
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import attrs
import pytest

from alliancesim.datasets import Atop, read_atop
from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Adversaries,
    Attack,
    Level,
    Obligation,
    Treaty,
    Unknown,
    dumps_treaty,
    loads_treaty,
    members_on,
)

DATA = Path(__file__).parent / "data"
ALLIANCES, MEMBERS = DATA / "made-up-alliances.csv", DATA / "made-up-members.csv"
DEFAULT = Path(__file__).parents[3] / "shared" / "data" / "raw"
REAL = Path(os.environ.get("ALLIANCESIM_ATOP", DEFAULT))
real = pytest.mark.skipif(
    not (REAL / "atop-alliance-level.csv").exists(), reason="the data set is not here"
)


@pytest.fixture(scope="module")
def made_up() -> Atop:
    return read_atop(ALLIANCES, MEMBERS)


@pytest.fixture(scope="module")
def the_field() -> Atop:
    return read_atop(REAL / "atop-alliance-level.csv", REAL / "atop-member-level.csv")


def by_id(atop: Atop, name: str) -> Treaty:
    return next(treaty for treaty in atop.treaties if treaty.id == name)


def test_every_alliance_is_read_or_listed_with_the_reason(made_up: Atop) -> None:
    assert made_up.alliances == (1, 2, 3, 6, 7)
    assert [one.atopid for one in made_up.unread] == [4, 5]
    assert "no duty" in made_up.unread[0].reason
    assert "no row at alliance level" in made_up.unread[1].reason


def test_a_mutual_pact_keeps_members_dates_and_adversary(made_up: Atop) -> None:
    treaty = by_id(made_up, "ATOP1")
    assert treaty.members == ("CAN", "GBR", "USA")
    assert treaty.obligations[0].obligors is None
    assert treaty.obligations[0].adversaries == Adversaries(
        only=("RUS",), article="ATOP statthr1, statthr2"
    )
    answer = treaty.duties(Attack(attacker="RUS", victim="USA", date=dt.date(1970, 1, 1)))
    assert answer.levels("GBR") == {Level.DEFEND: 1.0}
    answer = treaty.duties(Attack(attacker="CHN", victim="USA", date=dt.date(1970, 1, 1)))
    assert answer.levels("GBR") == {Level.CONSULT: 1.0}


def test_a_member_that_left_and_came_back_is_not_bound_in_between(made_up: Atop) -> None:
    treaty = by_id(made_up, "ATOP1")
    assert "CAN" in members_on(treaty, dt.date(1955, 1, 1))
    assert "CAN" not in members_on(treaty, dt.date(1962, 1, 1))
    assert "CAN" in members_on(treaty, dt.date(1966, 1, 1))


def test_an_asymmetric_pact_keeps_its_sides(made_up: Atop) -> None:
    duty = by_id(made_up, "ATOP2").obligations[0]
    assert (duty.obligors, duty.beneficiaries) == (("GBR",), ("MUS",))
    assert "asymmetric in terrres (GBR 0, MUS 1)" in by_id(made_up, "ATOP2").status


def test_what_is_not_coded_becomes_unknown(made_up: Atop) -> None:
    treaty = by_id(made_up, "ATOP2")
    assert isinstance(treaty.term, Unknown)
    assert isinstance(treaty.obligations[0].area, Unknown)
    assert isinstance(treaty.obligations[0].response, Unknown)
    assert isinstance(by_id(made_up, "ATOP3-2").obligations[1].agreed, Unknown)


def test_phases_are_treaties_of_their_own_and_unknown_states_keep_their_code(
    made_up: Atop,
) -> None:
    first, second = by_id(made_up, "ATOP3-1"), by_id(made_up, "ATOP3-2")
    assert first.members == ("COW9999", "FRA")
    assert first.code != second.code


def test_a_condition_that_is_coded_limits_the_duty(made_up: Atop) -> None:
    treaty = by_id(made_up, "ATOP2")
    day = dt.date(1965, 1, 1)
    case = {"attacker": "FRA", "victim": "MUS", "date": day}
    assert treaty.duties(Attack(**case)).levels("GBR") == {Level.NONE: 1.0}
    named = Attack(**case, tags=("in-the-ongoing-conflict",))
    assert treaty.duties(named).levels("GBR") == {Level.NONE: 0.5, Level.DEFEND: 0.5}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("atopid,member", "alliance,member", "row 1"),
        ("1,2,0,0,1950", "1,2,0,0,nineteen", "row 2: yrent"),
        ("1950,1,2", "1950,14,2", "row 2: yrent"),
        ("0,1,0,0,0,1,1", "0,7,0,0,0,1,1", "row 2: defense"),
        ("1,2,0,0", ",2,0,0", "row 2: atopid"),
    ],
)
def test_a_wrong_cell_is_refused_with_row_and_column(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    wrong = tmp_path / "members.csv"
    wrong.write_text(MEMBERS.read_text().replace(old, new, 1))
    with pytest.raises(InvalidInput, match=place) as caught:
        read_atop(ALLIANCES, wrong)
    assert "members.csv" in str(caught.value)


@pytest.mark.parametrize("text", ["", "\x00", "atopid\n1\n"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    wrong = tmp_path / "alliances.csv"
    wrong.write_text(text)
    with pytest.raises(InvalidInput, match=r"alliances\.csv"):
        read_atop(wrong, MEMBERS)
    with pytest.raises(InvalidInput, match=r"nowhere\.csv"):
        read_atop(tmp_path / "nowhere.csv", MEMBERS)


def test_a_row_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "alliances.csv"
    wrong.write_text(ALLIANCES.read_text().rstrip().rsplit(",", 1)[0] + "\n")
    with pytest.raises(InvalidInput, match="row 7: proren"):
        read_atop(wrong, MEMBERS)


def owed(treaty: Treaty, kind: str, **given: object) -> set[tuple[str, str]]:
    """Return who owes whom a kind of duty in some reading."""
    answer = treaty.duties(Attack(**{"date": treaty.parties[0].since, **given}))
    found = [one for read in answer.reads for one in read.duties]
    return {(one.obligor, one.beneficiary) for one in found if one.kind == kind and one.owed}


def test_offence_against_a_named_state_is_owed_to_the_ally_that_attacks_it(made_up: Atop) -> None:
    treaty = by_id(made_up, "ATOP6")
    assert owed(treaty, "offence", attacker="DEU", victim="FRA") == {("RUS", "DEU")}
    assert owed(treaty, "offence", attacker="DEU", victim="GBR") == set()


def test_offence_on_a_condition_is_owed_where_the_condition_is_met(made_up: Atop) -> None:
    treaty = by_id(made_up, "ATOP7")
    case = {"attacker": "ITA", "victim": "FRA"}
    assert owed(treaty, "offence", **case) == set()
    assert owed(treaty, "offence", **case, tags=("demands-refused",)) == {("AUH", "ITA")}


def test_neutrality_only_if_attacked_is_not_owed_to_an_ally_that_attacks(made_up: Atop) -> None:
    treaty = by_id(made_up, "ATOP6")
    assert owed(treaty, "neutrality", attacker="FRA", victim="DEU") == {("RUS", "DEU")}
    assert owed(treaty, "neutrality", attacker="DEU", victim="FRA") == set()
    either = by_id(made_up, "ATOP7")
    tags = ("in-the-ongoing-conflict",)
    assert owed(either, "neutrality", attacker="ITA", victim="FRA", tags=tags) == {("AUH", "ITA")}
    assert owed(either, "neutrality", attacker="ITA", victim="FRA") == set()


def test_a_term_that_is_not_renewed_ends_unless_a_member_outlives_it(made_up: Atop) -> None:
    assert by_id(made_up, "ATOP1").term.renewal == "automatic"
    ended, outlived = by_id(made_up, "ATOP6").term, by_id(made_up, "ATOP7").term
    assert (ended.months, ended.renewal) == (36, "none")
    assert (outlived.months, outlived.renewal) == (60, "automatic")


def test_only_a_treaty_that_says_so_is_left_by_notice(made_up: Atop) -> None:
    ways = {one.id: one.form.revocable for one in made_up.treaties}
    assert ways["ATOP1"] == ways["ATOP7"] == "by notice"
    assert ways["ATOP3-1"] == ways["ATOP6"] == "by law"
    assert "months are not coded" in by_id(made_up, "ATOP1").status


def test_what_is_coded_and_not_read_is_named_in_the_status(made_up: Atop) -> None:
    assert "coded and not read: milaid" in by_id(made_up, "ATOP6").status
    assert "not read: terrres" in by_id(made_up, "ATOP2").status
    assert "not read" not in by_id(made_up, "ATOP1").status


def test_a_member_given_twice_leaves_its_alliance_unread_with_the_row(tmp_path: Path) -> None:
    lines = MEMBERS.read_text().splitlines()
    twice = tmp_path / "members.csv"
    twice.write_text("\n".join([*lines[:2], *lines[1:]]) + "\n\n")
    atop = read_atop(ALLIANCES, twice)
    assert atop.unread[0].atopid == 1
    assert "members.csv: row 3" in atop.unread[0].reason
    assert "USA" in atop.unread[0].reason


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_another_separator_is_read(made_up: Atop, tmp_path: Path, separator: str) -> None:
    other = tmp_path / "members.csv"
    other.write_text(MEMBERS.read_text().replace(",", separator))
    assert read_atop(ALLIANCES, other) == made_up


def test_headers_may_have_capitals_and_blanks_and_numbers_may_be_floats(
    made_up: Atop, tmp_path: Path
) -> None:
    header, *rest = MEMBERS.read_text().splitlines()
    loud = tmp_path / "members.csv"
    cells = [",".join(f"{cell}.0" if cell else "" for cell in line.split(",")) for line in rest]
    loud.write_text("\n".join([header.upper().replace(",", ", "), *cells]))
    assert read_atop(ALLIANCES, loud) == made_up


@real
def test_every_duty_of_the_field_is_owed_in_some_attack_and_in_no_other(the_field: Atop) -> None:
    named = conditional = 0
    for treaty in the_field.treaties:
        for duty in treaty.obligations:
            if duty.kind not in ("offence", "neutrality"):
                continue
            case = next(calling(treaty, duty), None)
            assert case is not None, (treaty.id, duty.kind)
            if duty.kind == "offence" and named_by(duty):
                named += 1
                assert not is_owed(treaty, duty, attrs.evolve(case, victim="ZZZ"))
            if any(limit.when.tags_except for limit in duty.exceptions):
                conditional += 1
                assert not is_owed(treaty, duty, attrs.evolve(case, tags=()))
    assert named >= 50
    assert conditional >= 40


EVERY_TAG = (
    *("in-the-ongoing-conflict", "in-the-number-named", "demands-refused"),
    "named-in-the-treaty",
)


def named_by(duty: Obligation) -> tuple[str, ...]:
    """Return the enemies that a duty names in its only reading."""
    return () if isinstance(duty.adversaries, Unknown) else duty.adversaries.only


def calling(treaty: Treaty, duty: Obligation) -> Iterator[Attack]:
    """Yield attacks by or on a beneficiary that bring the duty about."""
    start = {party.state: party.since for party in treaty.parties}
    sides = product(duty.obligors or treaty.members, duty.beneficiaries or treaty.members)
    for obligor, ally in sides:
        for enemy in named_by(duty) or ("ZZZ",):
            day = max((one for one in (start[obligor], start[ally]) if one), default=None)
            for attacker, victim in ((ally, enemy), (enemy, ally)):
                if len({obligor, ally, enemy}) == 3:
                    case = Attack(attacker=attacker, victim=victim, date=day, tags=EVERY_TAG)
                    if is_owed(treaty, duty, case):
                        yield case


def is_owed(treaty: Treaty, duty: Obligation, attack: Attack) -> bool:
    """Return whether the duty is owed to a side of the attack in some reading."""
    alone = attrs.evolve(treaty, obligations=(duty,))
    return any(
        one.owed for read in alone.duties(attack, others=["ZZZ"]).reads for one in read.duties
    )


@real
def test_all_745_alliances_are_read_or_listed(the_field: Atop) -> None:
    assert len(the_field.alliances) + len(the_field.unread) == 745
    assert len(the_field.alliances) >= 0.95 * 745
    assert len({treaty.code for treaty in the_field.treaties}) == len(the_field.treaties)


@real
def test_the_89_asymmetric_alliances_keep_their_sides(the_field: Atop) -> None:
    with (REAL / "atop-alliance-level.csv").open() as file:
        asymmetric = [row["atopid"] for row in csv.DictReader(file) if row["asymm"] == "1"]
    assert len(asymmetric) == 89
    in_duties = 0
    for number in asymmetric:
        phases = [t for t in the_field.treaties if t.id.split("-")[0] == f"ATOP{number}"]
        sided = any(duty.obligors for treaty in phases for duty in treaty.obligations)
        in_duties += sided
        assert sided or "coded as asymmetric" in phases[0].status
    assert in_duties >= 60


@real
def test_alliances_of_the_field_read_back_from_their_files(the_field: Atop) -> None:
    for treaty in the_field.treaties[::40]:
        assert loads_treaty(dumps_treaty(treaty)) == treaty
