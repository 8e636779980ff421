"""What can be done to a treaty, and what its own rules refuse."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from alliancesim import catalogue
from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Accession,
    Attack,
    Entry,
    Level,
    Obligation,
    Proviso,
    Response,
    Term,
    Treaty,
    accede,
    amend,
    expire,
    members_on,
    ratify,
    sign,
    suspend,
    withdraw,
)

DAY = dt.date(2030, 1, 1)


def defence(**clauses: object) -> Obligation:
    response = Response(level="defend", wording="all-means")
    return Obligation(kind="defence", article="1", response=response, **clauses)  # type: ignore[arg-type]


def pact(*members: str, **fields: object) -> Treaty:
    given = {"id": "PAC", "name": "A pact", "obligations": [defence()], **fields}
    return Treaty(parties=members or ("AAA", "BBB"), **given)  # type: ignore[arg-type]


def test_accession_binds_from_its_day() -> None:
    joined = accede(pact(), "CCC", on=DAY)
    assert members_on(joined, DAY - dt.timedelta(days=1)) == ("AAA", "BBB")
    assert members_on(joined, DAY) == ("AAA", "BBB", "CCC")


def test_operations_leave_the_treaty_itself_alone() -> None:
    treaty = pact()
    accede(treaty, "CCC")
    withdraw(treaty, "AAA", notice=DAY)
    expire(treaty, DAY)
    assert treaty == pact()


@pytest.mark.parametrize(
    ("rule", "consents", "admitted"),
    [
        ("open", [], True),
        ("unanimity", ["AAA", "BBB"], False),
        ("unanimity", ["AAA", "BBB", "CCC"], True),
        ("two-thirds", ["AAA", "BBB"], True),
        ("two-thirds", ["AAA"], False),
        ("majority", ["AAA", "BBB"], True),
        ("majority", ["AAA"], False),
        ("closed", ["AAA", "BBB", "CCC"], False),
    ],
)
def test_the_treatys_own_rule_decides_on_accession(
    rule: str, consents: list[str], admitted: bool
) -> None:
    treaty = pact("AAA", "BBB", "CCC", accession=Accession(rule=rule, article="9"))  # type: ignore[arg-type]
    if admitted:
        assert "DDD" in accede(treaty, "DDD", consents=consents).members
    else:
        with pytest.raises(InvalidInput, match=r"9|consent"):
            accede(treaty, "DDD", consents=consents)


def test_only_the_eligible_may_join() -> None:
    by_name = pact(accession=Accession(rule="open", eligible=["CCC"], article="9"))
    assert "CCC" in accede(by_name, "CCC").members
    with pytest.raises(InvalidInput, match="may not join"):
        accede(by_name, "DDD")
    with pytest.raises(InvalidInput, match="europe"):
        accede(catalogue.treaty("NATO"), "SAU")
    with pytest.raises(InvalidInput, match="already"):
        accede(by_name, "AAA")
    with pytest.raises(InvalidInput, match="id of a state"):
        accede(by_name, "nowhere")


def test_a_protected_state_that_joins_is_no_longer_only_protected() -> None:
    treaty = pact(protected=("CCC",))
    assert accede(treaty, "CCC").protected == ()


def test_notice_runs_before_exit() -> None:
    left = withdraw(pact(term=Term(notice_months=6)), "BBB", notice=dt.date(2030, 8, 31))
    assert members_on(left, dt.date(2031, 2, 27)) == ("AAA", "BBB")
    assert members_on(left, dt.date(2031, 2, 28)) == ("AAA",)


def test_a_silent_term_asks_for_a_years_notice() -> None:
    left = withdraw(pact(), "BBB", notice=DAY)
    assert members_on(left, dt.date(2030, 12, 31)) == ("AAA", "BBB")
    assert members_on(left, dt.date(2031, 1, 1)) == ("AAA",)


def test_a_stranger_cannot_leave_sign_or_ratify() -> None:
    for act in (
        lambda: withdraw(pact(), "ZZZ"),
        lambda: sign(pact(), "ZZZ", DAY),
        lambda: ratify(pact(), "ZZZ", DAY),
        lambda: suspend(pact(), "ZZZ"),
    ):
        with pytest.raises(InvalidInput, match="not a party"):
            act()


def test_signing_comes_once_and_before_ratifying() -> None:
    with pytest.raises(InvalidInput, match="has not signed"):
        ratify(pact(), "AAA", DAY)
    signed = sign(pact(), "AAA", DAY)
    with pytest.raises(InvalidInput, match="has signed"):
        sign(signed, "AAA", DAY)
    ratified = ratify(signed, "AAA", DAY)
    with pytest.raises(InvalidInput, match="has ratified"):
        ratify(ratified, "AAA", DAY)


def test_a_protector_that_leaves_takes_its_obligation_with_it() -> None:
    treaty = pact(
        "AAA",
        "BBB",
        "CCC",
        obligations=[
            defence(
                obligors=("AAA",),
                beneficiaries=("BBB",),
                exceptions=(Proviso(article="2", applies_to=("AAA",)),),
            ),
            Obligation(kind="consultation", article="3"),
        ],
    )
    assert [one.kind for one in withdraw(treaty, "AAA").obligations] == ["consultation"]
    assert withdraw(treaty, "CCC").obligations == treaty.obligations


def test_amending_replaces_one_clause() -> None:
    weaker = amend(pact(), "response", Response(level="assist", wording="as-agreed"), article="1")
    answer = weaker.duties(Attack(attacker="XXX", victim="AAA"))
    assert answer.levels("BBB") == {Level.ASSIST: 1.0}
    longer = amend(pact(), "term", Term(months=60))
    assert longer.term == Term(months=60)
    with pytest.raises(InvalidInput, match="no obligation under '7'"):
        amend(pact(), "response", None, article="7")
    with pytest.raises(InvalidInput, match="is no clause"):
        amend(pact(), "colour", "red")
    with pytest.raises(InvalidInput, match="its article has to be said; allowed: 1"):
        amend(pact(), "response", Response(level="assist", wording="as-agreed"))


def test_suspension_holds_for_its_time_and_for_those_named() -> None:
    treaty = suspend(pact("AAA", "BBB", "CCC"), "CCC", since=DAY, until=dt.date(2031, 1, 1))
    assert members_on(treaty, DAY) == ("AAA", "BBB")
    assert members_on(treaty, dt.date(2031, 1, 1)) == ("AAA", "BBB", "CCC")
    whole = suspend(pact(), since=DAY)
    assert whole.duties(Attack(attacker="XXX", victim="AAA", date=DAY)).levels("BBB") == {
        Level.NONE: 1.0
    }


def test_a_term_that_is_not_renewed_ends() -> None:
    treaty = pact(term=Term(months=12, renewal="none"), entry=Entry(on=DAY))
    attack = Attack(attacker="XXX", victim="AAA", date=dt.date(2030, 12, 31))
    assert treaty.duties(attack).levels("BBB") == {Level.DEFEND: 1.0}
    late = attrs.evolve(attack, date=dt.date(2031, 1, 1))
    assert treaty.duties(late).levels("BBB") == {Level.NONE: 1.0}
    assert expire(treaty).ended == dt.date(2031, 1, 1)
    with pytest.raises(InvalidInput, match="no end"):
        expire(pact())


def test_a_count_of_ratifications_is_enough_for_those_who_gave_them() -> None:
    treaty = pact("AAA", "BBB", "CCC", entry=Entry(rule="count", count=2))
    for state in treaty.members:
        treaty = sign(treaty, state, DAY)
    treaty = ratify(treaty, "AAA", DAY)
    assert members_on(treaty, DAY) == ()
    treaty = ratify(treaty, "BBB", DAY)
    assert members_on(treaty, DAY) == ("AAA", "BBB")
