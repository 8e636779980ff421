"""Faults of drafting: each is found, in words, and a sound treaty has none."""

from __future__ import annotations

import attrs
import pytest

from alliancesim import catalogue
from alliancesim.errors import InvalidInput
from alliancesim.law import Area, Attack, Cover, Duties, Obligation, Place, Treaty, When, duties
from alliancesim.testing import CHECKS, LawBroken, System, check_treaty, faults
from alliancesim.testing.drafts.parts import default
from tests.testing.drafts import MISTAKES, ONE_SIDED, SOUND, defence, draft, reserved

CHECK_NAMES = [find.__name__ for find in CHECKS]
INTENDED = {
    "SEATO": [f"every_home_is_protected: {state}" for state in ("FRA", "GBR", "USA")],
    **{name: ["every_home_is_protected: USA"] for name in ("US-JPN", "US-KOR", "US-PHL")},
    "US-TWN": [f"dates_follow_each_other: {what}" for what in ("treaty", "USA")],
}
"""What the texts mean: areas in Asia and the Pacific alone; an act with effect from before."""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_and_told(mistake: str) -> None:
    make, words = MISTAKES[mistake]
    with pytest.raises((LawBroken, InvalidInput), match=f"(?s){words}"):
        check_treaty(make(), checks=CHECK_NAMES)


@pytest.mark.parametrize("case", ONE_SIDED)
def test_a_pact_meant_to_be_mutual_is_not_one_sided(case: str) -> None:
    one_sided = draft(defence(exceptions=[reserved(when=When(**ONE_SIDED[case]))]))
    with pytest.raises(LawBroken, match=r"not protected alike: .*SAU owes PAK nothing"):
        check_treaty(one_sided, checks=["every_member_is_protected_alike"], meant_mutual=True)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_draft_has_no_fault(name: str) -> None:
    assert faults(SOUND[name]()) == ()


@pytest.mark.parametrize("name", catalogue.names("treaties"))
def test_the_catalogue_has_no_fault_of_drafting(name: str) -> None:
    report = check_treaty(
        catalogue.treaty(name), checks=CHECK_NAMES, intended=INTENDED.get(name, ())
    )
    assert not report.faults
    assert len(report.checks) == len(CHECKS)


def test_every_check_finds_some_mistake() -> None:
    found = set()
    for make, _ in MISTAKES.values():
        try:
            found |= {fault.check for fault in faults(make())}
        except InvalidInput:
            continue
    assert found | {"every_member_is_protected_alike"} >= set(CHECK_NAMES)


def forgetting(treaty: Treaty, clause: str) -> Treaty:
    """Return a treaty without one clause in any of its obligations."""
    return attrs.evolve(
        treaty,
        obligations=tuple(
            attrs.evolve(one, **{clause: default(attrs.fields_dict(Obligation)[clause], one)})
            for one in treaty.obligations
        ),
    )


@pytest.mark.parametrize("clause", ["exceptions", "area", "trigger", "request", "provocation"])
def test_a_law_that_ignores_a_clause_is_found(clause: str) -> None:
    def wrong(treaty: Treaty, attack: Attack) -> Duties:
        return duties(forgetting(treaty, clause), attack)

    treaty = catalogue.treaty({"provocation": "SMDA", "request": "NATO"}.get(clause, "SEATO"))
    with pytest.raises(LawBroken, match=clause.removesuffix("s")):
        check_treaty(treaty, checks=["every_part_changes_an_answer"], system=System(duties=wrong))


def test_what_is_meant_is_said_by_its_name_and_then_reported() -> None:
    one_sided = draft(defence(area=Area(covers=[Cover(regions=["gulf"])])))
    with pytest.raises(LawBroken, match="every_home_is_protected: PAK") as caught:
        check_treaty(one_sided)
    assert "intended=['every_home_is_protected: PAK', 'every_home_is_protected: TUR']" in str(
        caught.value
    )
    report = check_treaty(
        one_sided, intended=["every_home_is_protected: PAK", "every_home_is_protected: TUR"]
    )
    assert [fault.where for fault in report.intended] == ["PAK", "TUR"]
    assert "intended  PAK: its own territory" in str(report)


def test_what_is_said_to_be_meant_must_be_there() -> None:
    with pytest.raises(InvalidInput, match="is not found in the draft; allowed: nothing"):
        check_treaty(
            draft(defence()), intended=["every_home_is_protected: PAK"], checks=CHECK_NAMES
        )


def test_one_mistake_is_told_once() -> None:
    make, _ = MISTAKES["entry into force after the end"]
    assert [one.check for one in faults(make())] == ["dates_follow_each_other", "somebody_is_bound"]
    make, _ = MISTAKES["an exception to an exception that always holds"]
    assert len(faults(make())) == 1


def test_words_that_repeat_others_are_remarks_and_no_faults() -> None:
    repeated = draft(
        defence(
            area=Area(
                covers=[
                    Cover(positions=["metropolitan"], targets=["territory"]),
                    Cover(targets=["forces"]),
                ]
            )
        )
    )
    found = faults(attrs.evolve(repeated, obligations=repeated.obligations))
    assert all(one.remark for one in found)


def test_the_authors_own_places_count() -> None:
    island = Place(id="isle", name="An island", regions=["own-island"])
    area = Area(
        covers=[
            Cover(regions=["gulf", "middle-east", "south-asia"]),
            Cover(regions=["own-island"], targets=["forces"]),
        ]
    )
    treaty = draft(defence(area=area))
    assert any("own-island" in str(fault) for fault in faults(treaty))
    assert not [fault for fault in faults(treaty, places=[island]) if not fault.remark]
