"""Clauses, protected states and treaties have dates, and duties follow the text of the day."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Adversaries,
    Area,
    Attack,
    Cover,
    Entry,
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
    Trigger,
    When,
    accede,
    amend,
    expire,
    in_force,
    loads_treaty,
    members_on,
    resolve,
    why_not_bound,
    why_not_in_force,
    withdraw,
)
from alliancesim.law.force import bound_until, started

DAY = dt.date(2012, 12, 19)
BEFORE = DAY - dt.timedelta(days=1)
FIGHT = Response(level="defend", wording="automatic")


def duty(**clauses: object) -> Obligation:
    return Obligation(kind="defence", article="4", **{"response": FIGHT, **clauses})  # type: ignore[arg-type]


def pact(*obligations: Obligation, **fields: object) -> Treaty:
    given = {"parties": ["AAA", "BBB"], "obligations": obligations or (duty(),), **fields}
    return Treaty(id="PAC", name="A pact", **given)  # type: ignore[arg-type]


def level(treaty: Treaty, on: dt.date | None, obligor: str = "BBB", **attack: object) -> Level:
    found = {"attacker": "XXX", "victim": "AAA", "date": on, **attack}
    owed = treaty.duties(Attack(**found)).strongest(obligor)  # type: ignore[arg-type]
    return owed.level if owed else Level.NONE


def test_an_obligation_holds_from_its_first_day_until_the_day_after_its_last() -> None:
    added, ended = pact(duty(since=DAY)), pact(duty(until=DAY))
    assert [level(added, on) for on in (BEFORE, DAY, None)] == [0, 3, 3]
    assert [level(ended, on) for on in (BEFORE, DAY, None)] == [3, 0, 0]
    chain = ended.duties(Attack(attacker="XXX", victim="AAA", date=DAY)).reads[0].duties[1].chain
    assert (chain[-1].step, chain[-1].outcome) == ("period", "not met")


def test_a_protocol_makes_a_dated_version_of_one_treaty() -> None:
    amended = amend(pact(), "request", Request(needed=True), article="4", on=DAY)
    assert [one.article for one in amended.obligations] == ["4", "4"]
    refused = {"requested": False}
    assert level(amended, BEFORE, **refused) is Level.DEFEND
    assert level(amended, DAY, **refused) is Level.NONE
    assert level(amended, None, **refused) is Level.NONE
    again = amend(amended, "request", Request(needed=True), article="4", on=DAY)
    assert again == amended
    with pytest.raises(InvalidInput, match="on"):
        amend(pact(), "term", Term(months=12), on=DAY)


def test_the_text_of_a_day_leaves_out_what_does_not_hold() -> None:
    amended = amend(pact(), "request", Request(needed=True), article="4", on=DAY)
    assert "asked for" not in str(amended.as_of(BEFORE))
    assert "asked for" in str(amended.as_of(DAY))
    lines = Area(covers=(Cover(regions=("europe",), until=DAY), Cover(regions=("gulf",))))
    assert "europe" not in str(pact(duty(area=lines)).as_of(DAY))


def test_a_line_of_an_area_has_dates() -> None:
    area = Area(covers=(Cover(positions=("metropolitan",), since=DAY),))
    treaty = pact(duty(area=area))
    assert [level(treaty, on) for on in (BEFORE, DAY)] == [0, 3]


def test_a_protected_state_has_dates() -> None:
    text = """
    id = "PAC"
    name = "A pact"
    parties = ["AAA", "BBB"]
    protected = ["CCC", { state = "DDD", until = 2012-12-19, article = "Protocol" }]
    [[obligations]]
    kind = "defence"
    article = "1"
    obligors = ["AAA", "BBB"]
    beneficiaries = ["CCC", "DDD"]
    response = { level = "defend", wording = "automatic" }
    """
    treaty = loads_treaty(text)
    assert treaty.protected_states == ("CCC", "DDD")
    assert [level(treaty, on, victim="DDD") for on in (BEFORE, DAY, None)] == [3, 0, 0]
    assert [level(treaty, on, victim="CCC") for on in (BEFORE, DAY, None)] == [3, 3, 3]


def test_an_attack_that_lasts_finds_a_duty_that_begins_while_it_goes_on() -> None:
    treaty = pact(duty(since=DAY))
    week = dt.timedelta(days=7)
    lasting = Attack(attacker="XXX", victim="AAA", date=DAY - week, until=DAY + week)
    owed = treaty.duties(lasting).strongest("BBB")
    assert owed is not None
    assert f"from {DAY}, while the attack goes on" in [one.words for one in owed.chain]
    over = attrs.evolve(lasting, until=DAY)
    assert treaty.duties(over).strongest("BBB") is None
    joined = pact(parties=["AAA", Party("BBB", since=DAY)])
    assert joined.duties(lasting).strongest("BBB") is not None
    assert joined.duties(over).strongest("BBB") is None


@pytest.mark.parametrize("until", [DAY, BEFORE])
def test_an_attack_that_is_over_before_it_begins_is_rejected(until: dt.date) -> None:
    with pytest.raises(InvalidInput, match="until"):
        Attack(attacker="XXX", victim="AAA", date=DAY, until=until)


def test_an_attack_that_lasts_needs_its_first_day() -> None:
    with pytest.raises(InvalidInput, match="date as well"):
        Attack(attacker="XXX", victim="AAA", until=DAY)


ENDED = {
    "ended": {"ended": dt.date(2000, 1, 1)},
    "suspended": {"suspensions": (Suspension(since=dt.date(2000, 1, 1)),)},
    "lapsed": {"term": Term(months=36, renewal="none"), "entry": Entry(on=dt.date(1990, 1, 1))},
}


@pytest.mark.parametrize("fields", ENDED.values(), ids=ENDED)
def test_a_treaty_that_is_over_binds_nobody_in_any_function(fields: dict[str, object]) -> None:
    treaty = pact(**fields)
    assert members_on(treaty, DAY) == ()
    assert not in_force(treaty, DAY)
    assert not treaty.in_force(DAY)
    assert why_not_in_force(treaty, DAY)
    assert why_not_bound(treaty, "AAA", DAY)
    assert level(treaty, DAY) is Level.NONE
    fight = resolve([treaty], Attack(attacker="BBB", victim="AAA", date=DAY)).reads[0]
    assert fight.conflicts == ()
    with pytest.raises(InvalidInput, match="cannot be joined"):
        accede(treaty, "CCC", on=DAY)


def test_in_force_is_true_when_in_force() -> None:
    treaty = pact(entry=Entry(on=DAY))
    assert treaty.in_force(DAY)
    assert not treaty.in_force(BEFORE)
    assert why_not_in_force(treaty, BEFORE) == "the treaty is not yet in force"
    assert why_not_bound(treaty, "AAA", DAY) is None
    assert why_not_bound(treaty, "XXX", DAY) == "XXX is not a party"


def test_a_party_that_gave_notice_leaves_when_its_notice_has_run() -> None:
    notice = dt.date(2011, 12, 19)
    treaty = pact(
        parties=["AAA", Party("BBB", denounced=notice)], term=Term(notice_months=12, months=None)
    )
    assert bound_until(treaty, treaty.parties[1]) == DAY
    assert [level(treaty, on) for on in (BEFORE, DAY)] == [3, 0]


@pytest.mark.parametrize(
    ("notice", "months", "left"),
    [
        (dt.date(2011, 1, 31), 1, dt.date(2011, 2, 28)),
        (dt.date(2011, 3, 31), 1, dt.date(2011, 4, 30)),
        (dt.date(2012, 1, 29), 1, dt.date(2012, 2, 29)),
        (dt.date(2011, 5, 30), 2, dt.date(2011, 7, 30)),
    ],
)
def test_notice_at_the_end_of_a_month_ends_on_the_last_day_there_is(
    notice: dt.date, months: int, left: dt.date
) -> None:
    treaty = withdraw(pact(term=Term(notice_months=months)), "BBB", notice=notice)
    assert treaty.parties[1].until == left


def test_notice_given_before_a_party_is_bound_ends_nothing_earlier_than_it_begins() -> None:
    treaty = pact(parties=["AAA", Party("BBB", since=DAY)], term=Term(notice_months=1))
    with pytest.raises(InvalidInput, match="lies before"):
        withdraw(treaty, "BBB", notice=dt.date(2012, 1, 1))
    left = withdraw(treaty, "BBB", notice=DAY)
    assert left.parties[1].until == dt.date(2013, 1, 19)


def test_an_undated_attack_asks_what_still_holds() -> None:
    gone = Place(id="isle", name="An isle", administrators=(Tenure("AAA", until=DAY),))
    assert gone.administrator() is None
    treaty = pact(duty(area=Area(covers=(Cover(administrators=("AAA",)),))))
    assert level(treaty, BEFORE, place=gone) is Level.DEFEND
    assert level(treaty, None, place=gone) is Level.NONE
    past = Proviso(article="5", when=When(until=DAY))
    assert level(pact(duty(exceptions=(past,))), None) is Level.DEFEND
    over = Suspension(states=("BBB",), since=BEFORE, until=DAY)
    assert level(pact(suspensions=(over,)), None) is Level.DEFEND
    assert level(pact(suspensions=(attrs.evolve(over, until=None),)), None) is Level.NONE


def test_a_treaty_in_force_for_each_on_its_own_ratification_starts_with_the_second() -> None:
    parties = [
        Party("AAA", ratified=dt.date(2001, 1, 1)),
        Party("BBB", ratified=dt.date(2003, 1, 1)),
        Party("CCC", ratified=dt.date(2005, 1, 1)),
    ]
    treaty = pact(parties=parties, entry=Entry(rule="each"))
    assert started(treaty) == dt.date(2003, 1, 1)
    assert members_on(treaty, dt.date(2002, 1, 1)) == ()
    assert members_on(treaty, dt.date(2003, 1, 1)) == ("AAA", "BBB")


def test_a_term_runs_from_the_entry_into_force_and_not_from_the_signature() -> None:
    treaty = pact(
        signed=dt.date(2000, 1, 1),
        entry=Entry(on=dt.date(2002, 1, 1)),
        term=Term(months=120, renewal="none"),
    )
    assert expire(treaty).ended == dt.date(2012, 1, 1)


def test_regions_are_those_of_the_list_or_an_authors_own() -> None:
    with pytest.raises(InvalidInput, match="did you mean gulf"):
        Cover(regions=("gulff",))
    with pytest.raises(InvalidInput, match="did you mean mediterranean"):
        Area(outside=("mediteranean",))
    assert Cover(regions=("own-isles",)).regions == ("own-isles",)


def test_parties_stands_for_whoever_is_bound_on_the_day() -> None:
    treaty = pact(
        duty(adversaries=Adversaries(only=("parties",))),
        parties=["AAA", "BBB", Party("CCC", since=DAY)],
    )
    assert level(treaty, BEFORE, attacker="CCC") is Level.NONE
    assert level(treaty, DAY, attacker="CCC") is Level.DEFEND
    assert level(treaty, DAY, attacker="XXX") is Level.NONE
    hosts = pact(
        duty(area=Area(covers=(Cover(hosts=("parties",), targets=("forces",)),))),
        parties=["AAA", "BBB", Party("CCC", since=DAY)],
    )
    base = Place(id="base", name="A base", metropolitan=(Tenure("CCC"),))
    assert [level(hosts, on, place=base) for on in (BEFORE, DAY)] == [0, 3]


def test_a_trigger_may_ask_what_the_act_is_whoever_attacks() -> None:
    treaty = pact(duty(trigger=Trigger(act_tags=("state-of-war",))))
    assert level(treaty, None) is Level.NONE
    assert level(treaty, None, tags=("state-of-war",)) is Level.DEFEND
