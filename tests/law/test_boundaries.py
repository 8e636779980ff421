"""Boundaries at which a wrong law once went unnoticed: votes, notice, dates, sponsors, rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Accession,
    Adversaries,
    Answer,
    Area,
    Attack,
    Cover,
    Decision,
    Entry,
    Gate,
    Level,
    Obligation,
    Party,
    Place,
    Proviso,
    Request,
    Response,
    Suspension,
    Tenure,
    Term,
    Treaty,
    When,
    accede,
    expire,
    members_on,
    ratify,
    sign,
    withdraw,
)
from alliancesim.law.terms import add_months

STATES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH", "III")
DEFEND = Response(level="defend", wording="deems-necessary")


def pact(
    parties: Iterable[str | Party] = ("AAA", "BBB"), *, clauses: dict | None = None, **terms: object
) -> Treaty:
    """Return a mutual pact of defence."""
    duty = Obligation(kind="defence", article="1", **{"response": DEFEND, **(clauses or {})})
    return Treaty(id="PCT", name="A pact", parties=list(parties), obligations=[duty], **terms)


def owes(treaty: Treaty, attack: Attack, obligor: str = "BBB") -> bool:
    """Return whether an obligor owes help in the only reading."""
    return treaty.duties(attack).levels(obligor) == {Level.DEFEND: 1.0}


def attack(**given: object) -> Attack:
    """Return an attack of a stranger on the first party."""
    return Attack(**{"attacker": "ZZZ", "victim": "AAA", **given})


@pytest.mark.parametrize(
    ("rule", "voters", "needed"),
    [
        *(("two-thirds", n, k) for n, k in enumerate((1, 2, 2, 3, 4, 4, 5, 6, 6), start=1)),
        *(("majority", n, k) for n, k in enumerate((1, 2, 2, 3, 3, 4, 4, 5, 5), start=1)),
        *(("unanimity", n, n) for n in range(1, 10)),
    ],
)
def test_accession_takes_exactly_the_votes_that_its_rule_asks(
    rule: str, voters: int, needed: int
) -> None:
    parties = STATES[:voters] if voters > 1 else ("AAA",)
    treaty = pact(parties, accession=Accession(rule=rule), protected=() if voters > 1 else ("PPP",))
    assert "NEW" in accede(treaty, "NEW", consents=parties[:needed]).members
    with pytest.raises(InvalidInput, match=f"{needed - 1} of {voters} parties consent"):
        accede(treaty, "NEW", consents=parties[: needed - 1])


@pytest.mark.parametrize("rule", ["two-thirds", "majority", "consensus"])
@pytest.mark.parametrize("size", range(4, 10))
def test_an_organ_decides_by_the_votes_that_its_rule_asks(rule: str, size: int) -> None:
    parties = STATES[:size]
    treaty = pact(parties, clauses={"decision": Decision(rule=rule)})
    least = {"two-thirds": -(-2 * size // 3), "majority": size // 2 + 1, "consensus": size}[rule]
    enough, short = parties[-least:], parties[-(least - 1) :]
    assert owes(treaty, attack(consents=enough), parties[1])
    assert not owes(treaty, attack(consents=short), parties[1])


def test_a_treaty_in_force_for_each_on_its_own_act_waits_for_a_second_party() -> None:
    treaty = pact(("AAA", "BBB", "CCC"), entry=Entry(rule="each"))
    for state, day in (("AAA", 1), ("BBB", 5), ("CCC", 9)):
        treaty = ratify(sign(treaty, state, dt.date(2000, 1, 1)), state, dt.date(2000, 2, day))
    assert members_on(treaty, dt.date(2000, 2, 4)) == ()
    assert members_on(treaty, dt.date(2000, 2, 5)) == ("AAA", "BBB")
    assert members_on(treaty, dt.date(2000, 2, 9)) == ("AAA", "BBB", "CCC")


def test_notice_given_before_a_party_is_bound_is_rejected() -> None:
    party = Party("BBB", since=dt.date(2000, 6, 1))
    treaty = pact((Party("AAA", since=dt.date(1990, 1, 1)), party), term=Term(notice_months=1))
    with pytest.raises(InvalidInput, match="lies before 2000-06-01"):
        withdraw(treaty, "BBB", notice=dt.date(2000, 1, 1))
    assert members_on(treaty, dt.date(2000, 6, 1)) == ("AAA", "BBB")


@pytest.mark.parametrize(
    ("notice", "months", "end"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-01-30", 1, "2024-02-29"),
        ("2023-08-31", 1, "2023-09-30"),
        ("2023-08-30", 1, "2023-09-30"),
        ("2023-01-29", 1, "2023-02-28"),
        ("2023-03-31", 12, "2024-03-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-12-31", 2, "2024-02-29"),
    ],
)
def test_notice_ends_on_the_same_day_or_on_the_last_of_a_shorter_month(
    notice: str, months: int, end: str
) -> None:
    treaty = pact(term=Term(notice_months=months))
    left = withdraw(treaty, "BBB", notice=dt.date.fromisoformat(notice)).party("BBB")
    assert left.until == dt.date.fromisoformat(end)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 600))
def test_months_later_is_the_same_day_wherever_the_month_has_it(day: dt.date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    following = later + dt.timedelta(days=1)
    assert later.day == day.day or (later.day < day.day and following.month != later.month)


def test_a_term_runs_from_entry_into_force_and_not_from_signature() -> None:
    treaty = pact(
        signed=dt.date(2000, 1, 1),
        entry=Entry(on=dt.date(2001, 7, 1)),
        term=Term(months=12, renewal="none"),
    )
    assert expire(treaty).ended == dt.date(2002, 7, 1)
    assert owes(treaty, attack(date=dt.date(2002, 6, 30)))
    assert not owes(treaty, attack(date=dt.date(2002, 7, 1)))


@pytest.mark.parametrize("behind", [None, "XXX", "YYY"])
def test_adversaries_are_asked_of_the_state_behind_a_group(behind: str | None) -> None:
    group = attack(attacker="a group", actor="non-state", sponsor=behind)
    only = pact(clauses={"adversaries": Adversaries(only=("XXX",))})
    excluded = pact(clauses={"adversaries": Adversaries(excluded=("XXX",))})
    assert owes(only, group) == (behind == "XXX")
    assert owes(excluded, group) == (behind != "XXX")


def test_an_exception_for_an_adversary_is_asked_of_the_state_behind_a_group() -> None:
    limit = Proviso(article="2", when=When(adversaries=("XXX",)), cap="none")
    treaty = pact(clauses={"exceptions": (limit,)})
    assert not owes(treaty, attack(attacker="a group", actor="non-state", sponsor="XXX"))
    assert owes(treaty, attack(attacker="a group", actor="non-state", sponsor="YYY"))


@pytest.mark.parametrize(
    ("requested", "gate"), [(True, Gate.OWED), (None, Gate.IF_REQUESTED), (False, None)]
)
def test_a_rule_that_asks_a_request_heeds_the_answer(
    requested: bool | None, gate: Gate | None
) -> None:
    def rule(_: Attack) -> Answer:
        return Answer(level="defend", binding=0.7, gate=Gate.IF_REQUESTED)

    treaty = pact(clauses={"rule": rule, "response": None})
    owed = [one for one in treaty.duties(attack(requested=requested)).reads[0].duties if one.owed]
    assert [one.gate for one in owed] == ([] if gate is None else [gate])


@pytest.mark.parametrize("wording", ["automatic", "all-means", "as-agreed", "consults"])
def test_the_wording_of_an_exception_never_binds_more_than_the_rule(wording: str) -> None:
    plain = pact().duties(attack()).reads[0].duties
    limit = Proviso(article="2", cap="defend", wording=wording)
    limited = pact(clauses={"exceptions": (limit,)}).duties(attack()).reads[0].duties
    for before, after in zip(plain, limited, strict=True):
        assert after.binding <= before.binding
    bound = {one.obligor: one.binding for one in limited if one.owed}
    assert bound["BBB"] == min(DEFEND.binding, Response(level="defend", wording=wording).binding)


def test_an_attack_without_a_day_is_asked_of_what_lasts() -> None:
    old, new = dt.date(1950, 1, 1), dt.date(1960, 1, 1)
    place = Place(
        "own-isle", "An isle", administrators=(Tenure("AAA", old, new), Tenure("CCC", new))
    )
    area = {"area": Area(covers=(Cover(administrators=("AAA",)),))}
    assert owes(pact(clauses=area), attack(place=place, date=old))
    assert not owes(pact(clauses=area), attack(place=place))
    for since, until, lasting in ((old, new, False), (new, None, True), (None, old, False)):
        limit = Proviso(article="2", when=When(since=since, until=until), cap="none")
        assert owes(pact(clauses={"exceptions": (limit,)}), attack()) is not lasting
        pause = Suspension(states=("BBB",), since=since, until=until)
        assert owes(pact(suspensions=(pause,)), attack()) is not lasting
        party = Party("BBB", since=old, until=until)
        stays = until is None
        assert owes(pact((Party("AAA", since=old), party)), attack()) is stays


def test_a_request_is_asked_only_where_the_treaty_wants_one() -> None:
    wanting = pact(clauses={"request": Request(needed=True)})
    assert owes(pact(), attack(requested=False))
    assert not owes(wanting, attack(requested=False))
    assert owes(wanting, attack(requested=True))


def test_a_treaty_without_a_term_does_not_expire_by_itself() -> None:
    with pytest.raises(InvalidInput, match="the term has no end"):
        expire(pact(entry=Entry(on=dt.date(2001, 7, 1))))


def test_a_count_of_ratifications_waits_for_nobody_beyond_it() -> None:
    treaty = pact(("AAA", "BBB", "CCC"), entry=Entry(rule="count", count=2))
    for state, day in (("AAA", 1), ("BBB", 5)):
        treaty = ratify(sign(treaty, state, dt.date(2000, 1, 1)), state, dt.date(2000, 2, day))
    assert members_on(treaty, dt.date(2000, 2, 4)) == ()
    assert members_on(treaty, dt.date(2000, 2, 5)) == ("AAA", "BBB")


def test_a_duty_to_a_lasting_attack_says_when_it_begins_only_where_it_begins_later() -> None:
    case = attack(date=dt.date(2000, 1, 1), until=dt.date(2000, 3, 1))
    late = Party("BBB", since=dt.date(2000, 2, 1))
    for party, begins in (("BBB", False), (late, True)):
        duty = next(
            one
            for one in pact(("AAA", party)).duties(case).reads[0].duties
            if one.obligor == "BBB" and one.owed
        )
        assert any("while the attack goes on" in one.words for one in duty.chain) is begins
