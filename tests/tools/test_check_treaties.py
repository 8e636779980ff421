"""The catalogue is held to ATOP by a script that can fail: a wrong treaty is found."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import sys
from pathlib import Path

import attrs
import pytest

from alliancesim import catalogue
from alliancesim.law import Area, Cover, Party, Treaty

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
check = importlib.import_module("check_treaties")

MADE_UP = ROOT / "tests/datasets/data"
FOLDER = Path(os.environ.get("ALLIANCESIM_ATOP", ROOT.parent / "shared/data/raw"))
real = pytest.mark.skipif(
    not (FOLDER / "atop-alliance-level.csv").exists(), reason="the data set is not here"
)
ALL = "kinds of duty, sides, conditions, term and parties"


@pytest.fixture(scope="module")
def known() -> dict:
    return check.codings(FOLDER)


def found(treaty: Treaty, known: dict) -> set[tuple[str, str]]:
    """Return the aspect and the thing of each difference."""
    lines = [
        one for claim in check.claims(treaty) for one in check.differences(treaty, claim, known)
    ]
    return {(one.aspect, one.what) for one in lines}


def test_a_status_is_read_for_what_it_claims() -> None:
    treaty = attrs.evolve(
        catalogue.treaty("SIMLA"),
        status="recalled; kinds of duty and sides agree with ATOP 7; term compared with ATOP 8",
    )
    assert [(one.aspect, one.agrees, one.number) for one in check.claims(treaty)] == [
        ("kinds of duty", True, 7),
        ("sides", True, 7),
        ("term", False, 8),
    ]


@real
def test_every_status_holds_and_every_reason_is_needed(known: dict) -> None:
    treaties = [catalogue.treaty(name) for name in catalogue.names("treaties")]
    lines, wrong = check.report(treaties, known, check.reasons())
    assert wrong == []
    assert len(lines) >= 40


@real
def test_a_treaty_that_claims_to_agree_and_does_not_is_found(known: dict) -> None:
    right = attrs.evolve(catalogue.treaty("TUR-AZE"), status=f"{ALL} agree with ATOP 6035")
    assert found(right, known) == set()
    defence = right.obligations[0]
    limited = attrs.evolve(defence, area=Area(covers=(Cover(positions=("territory",)),)))
    wrong = attrs.evolve(
        right,
        parties=(Party("AZE", since=dt.date(2011, 4, 5)), Party("GEO"), Party("TUR")),
        obligations=(limited, *right.obligations[2:]),
        term=attrs.evolve(right.term, months=60),
    )
    assert found(wrong, known) >= {
        ("kinds of duty", "consultation"),
        ("conditions", "defence, area"),
        ("term", "months"),
        ("parties", "GEO"),
    }


@real
def test_days_and_sides_that_differ_are_found(known: dict) -> None:
    right = attrs.evolve(catalogue.treaty("US-KOR"), status=f"{ALL} agree with ATOP 3240")
    left = Party("KOR", since=dt.date(1953, 11, 17), until=dt.date(2000, 1, 1))
    one_sided = attrs.evolve(right.obligations[0], obligors=("USA",), beneficiaries=("KOR",))
    wrong = attrs.evolve(
        right,
        signed=dt.date(1953, 9, 30),
        parties=(left, right.parties[1]),
        obligations=(one_sided, *right.obligations[1:]),
    )
    assert found(wrong, known) >= {
        ("sides", "defence"),
        ("parties", "KOR joins"),
        ("parties", "KOR leaves"),
    }


@real
def test_a_reason_that_explains_nothing_is_found(known: dict) -> None:
    idle = check.Reason(treaty="SIMLA", aspect="term", what="months", reason="none")
    _, wrong = check.report([catalogue.treaty("SIMLA")], known, [idle])
    assert wrong == ["SIMLA: term: months: explained, and no difference"]


@real
def test_a_status_that_names_atop_and_claims_nothing_is_found(known: dict) -> None:
    vague = attrs.evolve(catalogue.treaty("SIMLA"), status="text recalled; see ATOP 3705")
    _, wrong = check.report([vague], known, [])
    assert wrong == ["SIMLA: the status names ATOP and claims no check"]
