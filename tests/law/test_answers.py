"""Duties with reasons; several treaties together; the chain article by article."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from alliancesim import catalogue
from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Answer,
    Area,
    Attack,
    Cover,
    Decision,
    Gate,
    Level,
    NonProvocation,
    Obligation,
    Place,
    Primacy,
    Proviso,
    Request,
    Response,
    SecurityCouncil,
    Tenure,
    Treaty,
    When,
    explain,
    resolve,
)
from alliancesim.law.places import place, place_names

TODAY = dt.date(2026, 1, 1)
FIGHT = Response(level="defend", wording="automatic")


def pact(**clauses: object) -> Treaty:
    duty = Obligation(kind="defence", article="1", **{"response": FIGHT, **clauses})  # type: ignore[arg-type]
    return Treaty(id="PAC", name="A pact", parties=["AAA", "BBB"], obligations=[duty])


def asked(treaty: Treaty, **attack: object) -> tuple[Level, Gate]:
    answer = treaty.duties(Attack(**{"attacker": "XXX", "victim": "AAA", **attack}))  # type: ignore[arg-type]
    duty = answer.strongest("BBB")
    return (duty.level, duty.gate) if duty else (Level.NONE, Gate.NOT_OWED)


def test_an_attack_by_a_member_owes_the_attacker_nothing() -> None:
    answer = pact().duties(Attack(attacker="AAA", victim="BBB"))
    assert [duty.owed for duty in answer.reads[0].duties] == [False, False]
    assert "AAA is the attacker" in answer.reads[0].duties[0].why


def test_a_request_opens_or_closes_the_gate() -> None:
    treaty = pact(request=Request(needed=True))
    assert asked(treaty) == (Level.DEFEND, Gate.IF_REQUESTED)
    assert asked(treaty, requested=True) == (Level.DEFEND, Gate.OWED)
    assert asked(treaty, requested=False) == (Level.NONE, Gate.NOT_OWED)


def test_a_duty_that_ends_when_the_security_council_has_acted_stands_until_then() -> None:
    treaty = pact(security_council=SecurityCouncil(ends=True, article="2"))
    assert asked(treaty) == (Level.DEFEND, Gate.OWED)
    assert asked(treaty, council_acted=True) == (Level.NONE, Gate.NOT_OWED)
    after = treaty.duties(Attack(attacker="XXX", victim="AAA", council_acted=True))
    failed = after.reads[0].duties[1].chain[-1]
    assert (failed.step, failed.outcome, failed.article) == ("security council", "not met", "2")


def test_a_treaty_that_does_not_wait_for_the_security_council_is_not_ended_by_it() -> None:
    assert asked(pact(), council_acted=True) == (Level.DEFEND, Gate.OWED)


@pytest.mark.parametrize(
    ("rule", "gate"),
    [
        ("each", Gate.OWED),
        ("consensus", Gate.IF_CONSENSUS),
        ("majority", Gate.IF_MAJORITY),
        ("two-thirds", Gate.IF_TWO_THIRDS),
    ],
)
def test_each_rule_of_decision_has_its_gate(rule: str, gate: Gate) -> None:
    treaty = pact(decision=Decision(rule=rule))  # type: ignore[arg-type]
    assert asked(treaty) == (Level.DEFEND, gate)
    assert asked(treaty, consent=True) == (Level.DEFEND, Gate.OWED)


def test_an_organ_that_cannot_order_force_orders_the_rest() -> None:
    treaty = pact(decision=Decision(rule="majority", force_by_consent=True))
    answer = treaty.duties(Attack(attacker="XXX", victim="AAA", consent=True))
    duty = answer.strongest("BBB")
    assert duty is not None
    assert duty.level is Level.ASSIST
    assert "military" not in duty.means


@pytest.mark.parametrize(
    ("judge", "gate", "binding"),
    [("each", Gate.OWED, 0.5), ("victim", Gate.OWED, 1.0), ("organ", Gate.IF_CONSENSUS, 1.0)],
)
def test_who_judges_decides_what_a_contested_case_is_worth(
    judge: str, gate: Gate, binding: float
) -> None:
    treaty = pact(provocation=NonProvocation(required=True, judge=judge))  # type: ignore[arg-type]
    answer = treaty.duties(Attack(attacker="XXX", victim="AAA", provocation="contested"))
    duty = answer.strongest("BBB")
    assert duty is not None
    assert (duty.gate, duty.binding) == (gate, binding)
    assert asked(treaty, provocation="provoked") == (Level.NONE, Gate.NOT_OWED)


def test_an_exception_to_an_exception_restores_the_default() -> None:
    back = Proviso(article="3", when=When(tags=("rescue",)), cap="defend")
    treaty = pact(exceptions=(Proviso(article="2", cap="consult", exceptions=(back,)),))
    assert asked(treaty)[0] is Level.CONSULT
    capped = treaty.duties(Attack(attacker="XXX", victim="AAA")).strongest("BBB")
    assert capped is not None
    assert capped.means == ("diplomatic",)
    assert asked(treaty, tags=("rescue",))[0] is Level.DEFEND


def test_a_treatys_user_may_draw_a_place_of_their_own() -> None:
    island = Place(
        id="island",
        name="An island",
        administrators=(
            Tenure("AAA", until=dt.date(2000, 1, 1)),
            Tenure("CCC", dt.date(2000, 1, 1)),
        ),
    )
    treaty = pact(area=Area(covers=(Cover(administrators=("AAA",)),)))
    assert asked(treaty, place=island, date=dt.date(1999, 12, 31))[0] is Level.DEFEND
    assert asked(treaty, place=island, date=dt.date(2000, 1, 1))[0] is Level.NONE


def test_okinawa_changes_hands_in_1972() -> None:
    okinawa = place("okinawa")
    assert okinawa.administrator(dt.date(1965, 1, 1)) == "USA"
    assert okinawa.administrator(dt.date(1972, 5, 15)) == "JPN"
    assert okinawa.standings("JPN", dt.date(1965, 1, 1)) == {"territory"}
    assert okinawa.position("JPN") == "home"
    assert all(place(name).source for name in place_names())


def test_a_place_that_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidInput, match="akrotiri"):
        Attack(attacker="XXX", victim="AAA", place="atlantis")


@pytest.mark.parametrize(
    "wrong",
    [
        {"attacker": "AAA"},
        {"kind": "war"},
        {"actor": "army"},
        {"sponsor": "BBB"},
        {"provocation": "maybe"},
        {"date": "2026-01-01"},
        {"date": dt.datetime(2026, 1, 1)},
        {"target": "city"},
        {"requested": "yes"},
        {"council_acted": None},
        {"victim": "aaa"},
        {"attacker": "some group"},
        {"tags": "communist"},
    ],
    ids=str,
)
def test_an_attack_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        Attack(**{"attacker": "XXX", "victim": "AAA", **wrong})  # type: ignore[arg-type]


def test_the_state_behind_a_group_is_an_aggressor_too() -> None:
    attack = Attack(attacker="GROUP", victim="AAA", actor="non-state", sponsor="BBB")
    answer = pact().duties(attack)
    assert answer.levels("BBB") == {Level.NONE: 1.0}
    with pytest.raises(InvalidInput, match="attack itself"):
        Attack(attacker="GROUP", victim="AAA", actor="non-state", sponsor="AAA")


def ranked(name: str, level: str, **fields: object) -> Treaty:
    response = Response(level=level, wording="automatic" if name == "LOW" else "as-agreed")  # type: ignore[arg-type]
    duty = Obligation(kind="defence", article="1", response=response)
    return Treaty(id=name, name=name, parties=["AAA", "BBB"], obligations=[duty], **fields)  # type: ignore[arg-type]


def test_primacy_displaces_only_where_the_higher_treaty_gives_as_much() -> None:
    low = ranked("LOW", "defend")
    higher = ranked("HIG", "defend", primacy=Primacy(over=("LOW",)))
    attack = Attack(attacker="XXX", victim="AAA")
    softer = resolve([low, higher], attack).reads[0]
    assert softer.displaced == ()
    assert softer.strongest[0].treaty == "LOW"
    stronger = attrs.evolve(higher, obligations=low.obligations)
    read = resolve([low, stronger], attack).reads[0]
    assert [duty.treaty for duty in read.displaced] == ["LOW"]
    assert read.strongest[0].treaty == "HIG"
    lesser = ranked("HIG", "assist", primacy=Primacy(over=("LOW",)))
    read = resolve([low, lesser], attack).reads[0]
    assert read.displaced == ()
    assert read.strongest[0].treaty == "LOW"


def test_treaties_that_each_claim_the_higher_rank_displace_nothing() -> None:
    one = ranked("LOW", "defend", primacy=Primacy(over=("HIG",)))
    two = ranked("HIG", "defend", primacy=Primacy(over=("LOW",)))
    assert resolve([one, two], Attack(attacker="XXX", victim="AAA")).reads[0].displaced == ()


@pytest.mark.parametrize("kind", ["non-aggression", "neutrality", "offence"])
def test_a_duty_to_the_attacker_conflicts_with_defence(kind: str) -> None:
    other = Treaty(
        id="OTH",
        name="Another",
        parties=["BBB", "XXX"],
        obligations=[Obligation(kind=kind, article="2")],  # type: ignore[arg-type]
    )
    read = resolve([pact(), other], Attack(attacker="XXX", victim="AAA")).reads[0]
    assert [conflict.kind for conflict in read.conflicts] == [kind]
    assert "BBB owes AAA defence (PAC 1)" in read.conflicts[0].words


def test_neutrality_owed_to_a_victim_of_unprovoked_attack_is_not_owed_to_the_attacker() -> None:
    duty = Obligation(kind="neutrality", article="2", provocation=NonProvocation(required=True))
    treaty = Treaty(id="OTH", name="Another", parties=["BBB", "XXX"], obligations=[duty])
    attack = Attack(attacker="XXX", victim="AAA")
    assert not any(duty.owed for duty in treaty.duties(attack).reads[0].duties)


def test_explanation_names_the_article_at_which_the_falklands_fail() -> None:
    attack = Attack(attacker="ARG", victim="GBR", place="falklands", date=dt.date(1982, 4, 2))
    chain = explain(catalogue.treaty("NATO"), attack, "USA")[0]
    text = str(chain)
    assert chain.owed == 0
    assert "[not met] area: Art. 6: overseas to GBR (south-atlantic, americas, eu-overseas)" in text
    assert [step.finding.step for step in chain.steps][-1] == "area"
    assert chain.steps[-1].finding.article == "6"


def test_explanation_says_unknown_where_readings_differ() -> None:
    attack = Attack(attacker="IND", victim="PAK", actor="proxy", date=TODAY)
    chain = explain(catalogue.treaty("SMDA"), attack, "SAU")[0]
    marks = {step.finding.step: step.mark for step in chain.steps}
    assert marks["trigger"] == "unknown"
    assert marks["force"] == "met"
    assert chain.owed == pytest.approx(0.6)
    assert "(40%)" in str(chain)


def test_readings_of_one_group_go_together() -> None:
    treaty = catalogue.treaty("SMDA")
    assert len(treaty.readings) == 32
    assert sum(reading.weight for reading in treaty.readings) == pytest.approx(1)
    narrow = [one for one in treaty.readings if "home territory" in one.words]
    assert all(one.treaty.obligations[0].area.covers[0].positions for one in narrow)  # type: ignore[union-attr]


def test_a_users_rule_says_why_and_meets_the_sides_and_exceptions() -> None:
    def rule(attack: Attack) -> Answer:
        return Answer(level="defend", binding=0.8, gate=Gate.IF_REQUESTED, why="the moon is full")

    treaty = pact(rule=rule, response=None, exceptions=(Proviso(article="2", cap="assist"),))
    answer = treaty.duties(Attack(attacker="XXX", victim="AAA"))
    duty = answer.strongest("BBB")
    assert duty is not None
    assert (duty.level, duty.binding, duty.gate) == (Level.ASSIST, 0.8, Gate.IF_REQUESTED)
    assert "the moon is full" in [finding.words for finding in duty.chain]


def test_the_form_of_the_instrument_weakens_the_words() -> None:
    order = catalogue.treaty("US-QAT")
    duty = order.duties(Attack(attacker="IRN", victim="QAT", date=TODAY)).strongest("USA")
    treaty = attrs.evolve(order, form=attrs.evolve(order.form, kind="treaty"))
    firmer = treaty.duties(Attack(attacker="IRN", victim="QAT", date=TODAY)).strongest("USA")
    assert duty is not None
    assert firmer is not None
    assert duty.binding < firmer.binding
