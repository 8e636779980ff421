"""Several attackers, victims and consents; conflicts that are real; rights; disputed readings."""

from __future__ import annotations

import attrs
import pytest

from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Adversaries,
    Answer,
    Attack,
    Decision,
    Gate,
    LegalForm,
    Level,
    Obligation,
    Party,
    Place,
    Primacy,
    Proviso,
    Reading,
    Request,
    Response,
    Saving,
    Tenure,
    Treaty,
    Trigger,
    Unknown,
    When,
    accede,
    dumps_treaty,
    explain,
    loads_treaty,
    resolve,
)
from alliancesim.law.response import votes_needed
from alliancesim.law.terms import Accession

FIGHT = Response(level="defend", wording="automatic")
SOFT = Response(level="defend", wording="as-agreed")


def duty(kind: str = "defence", **clauses: object) -> Obligation:
    given = {"response": FIGHT} if kind == "defence" else {}
    return Obligation(kind=kind, article=kind, **{**given, **clauses})  # type: ignore[arg-type]


def pact(*obligations: Obligation, name: str = "PAC", **fields: object) -> Treaty:
    given = {"parties": ["AAA", "BBB", "CCC"], "obligations": obligations or (duty(),), **fields}
    return Treaty(id=name, name="A pact", **given)  # type: ignore[arg-type]


def owed(treaty: Treaty, **attack: object) -> set[tuple[str, str, str]]:
    answer = treaty.duties(Attack(**{"attacker": "XXX", "victim": "AAA", **attack}))  # type: ignore[arg-type]
    return {
        (one.obligor, one.beneficiary, str(one.level)) for one in answer.reads[0].duties if one.owed
    }


def test_nothing_is_owed_to_one_of_several_attackers_nor_by_it() -> None:
    assert owed(pact(), co_attackers=("BBB",)) == {("CCC", "AAA", "defend")}


def test_a_duty_against_one_state_is_owed_where_that_state_joins_the_attack() -> None:
    named = pact(duty(adversaries=Adversaries(only=("YYY",))))
    assert owed(named) == set()
    assert ("BBB", "AAA", "defend") in owed(named, co_attackers=("YYY",))
    spared = pact(duty(adversaries=Adversaries(excluded=("XXX",))))
    assert owed(spared) == set()
    assert ("BBB", "AAA", "defend") in owed(spared, co_attackers=("YYY",))


def test_an_exception_for_one_attacker_frees_from_none_of_the_others() -> None:
    treaty = pact(duty(exceptions=(Proviso(article="2", when=When(adversaries=("XXX",))),)))
    assert owed(treaty) == set()
    assert ("BBB", "AAA", "defend") in owed(treaty, co_attackers=("YYY",))


def test_a_group_and_the_state_behind_it_are_one_adversary() -> None:
    group = {"attacker": "some group", "actor": "non-state", "sponsor": "YYY"}
    only = pact(duty(adversaries=Adversaries(only=("YYY",))))
    assert ("BBB", "AAA", "defend") in owed(only, **group)
    assert owed(only, **{**group, "sponsor": None}) == set()
    excluded = pact(duty(adversaries=Adversaries(excluded=("YYY",))))
    assert owed(excluded, **group) == set()
    assert ("BBB", "AAA", "defend") in owed(excluded, **{**group, "sponsor": None})


def test_one_strike_on_a_base_strikes_its_host_too_each_with_what_the_place_is_to_it() -> None:
    base = Place(id="base", name="A base", metropolitan=(Tenure("BBB"),))
    treaty = pact(duty(trigger=Trigger(targets=("territory",))))
    strike = {"victim": "AAA", "place": base}
    assert owed(treaty, **strike) == set()
    both = owed(treaty, **strike, co_victims=("BBB",))
    assert both == {("AAA", "BBB", "defend"), ("CCC", "BBB", "defend")}
    forces = pact(duty(trigger=Trigger(targets=("forces",))))
    assert {one[1] for one in owed(forces, **strike, co_victims=("BBB",))} == {"AAA"}


def test_states_struck_together_owe_each_other_help_and_themselves_none() -> None:
    found = owed(pact(), co_victims=("BBB",))
    assert found == {
        ("AAA", "BBB", "defend"),
        ("BBB", "AAA", "defend"),
        ("CCC", "AAA", "defend"),
        ("CCC", "BBB", "defend"),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"co_attackers": ("AAA",)},
        {"co_attackers": ("XXX",)},
        {"co_victims": ("XXX",)},
        {"co_victims": ("AAA",)},
        {"consent": True, "consents": ("BBB",)},
    ],
)
def test_an_attack_of_several_that_makes_no_sense_is_rejected(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        Attack(**{"attacker": "XXX", "victim": "AAA", **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "voters", "needed"),
    [
        ("two-thirds", 3, 2),
        ("two-thirds", 4, 3),
        ("two-thirds", 5, 4),
        ("two-thirds", 6, 4),
        ("majority", 4, 3),
        ("majority", 5, 3),
        ("majority", 6, 4),
        ("consensus", 4, 4),
        ("unanimity", 4, 4),
        ("open", 4, 0),
        ("closed", 4, 5),
    ],
)
def test_votes_are_counted_as_the_rule_says(rule: str, voters: int, needed: int) -> None:
    assert votes_needed(rule, voters) == needed


def test_an_organ_decides_by_the_consent_of_its_parties_without_the_attacker() -> None:
    five = ["AAA", "BBB", "CCC", "DDD", "EEE"]
    treaty = pact(duty(decision=Decision(rule="two-thirds")), parties=five)
    assert owed(treaty, consents=("AAA", "BBB", "CCC")) == set()
    assert len(owed(treaty, consents=("AAA", "BBB", "CCC", "DDD"))) == 4
    inside = {"attacker": "EEE", "consents": ("AAA", "BBB", "CCC")}
    assert len(owed(treaty, **inside)) == 3
    assert owed(treaty, consents=("XXX", "YYY", "ZZZ", "AAA", "BBB")) == set()


def test_a_new_member_needs_the_votes_of_those_bound() -> None:
    four = pact(parties=["AAA", "BBB", "CCC", "DDD"], accession=Accession(rule="two-thirds"))
    with pytest.raises(InvalidInput, match="2 of 4"):
        accede(four, "EEE", consents=("AAA", "BBB"))
    assert "EEE" in accede(four, "EEE", consents=("AAA", "BBB", "CCC")).members


def test_force_is_owed_by_those_who_consent_to_it_and_other_help_by_all() -> None:
    treaty = pact(duty(decision=Decision(rule="majority", force_by_consent=True)))
    attack = Attack(attacker="XXX", victim="AAA", consent=True, force_consents=("CCC",))
    answer = treaty.duties(attack)
    levels = {one: answer.strongest(one) for one in ("BBB", "CCC")}
    assert levels["BBB"] is not None
    assert levels["CCC"] is not None
    assert (levels["BBB"].level, levels["CCC"].level) == (Level.ASSIST, Level.DEFEND)
    assert "military" in levels["CCC"].means
    assert "military" not in levels["BBB"].means


def test_request_and_organ_are_both_shown_and_both_needed() -> None:
    treaty = pact(duty(request=Request(needed=True), decision=Decision(rule="consensus")))

    def asked(**given: object) -> tuple[Gate, ...] | None:
        attack = Attack(attacker="XXX", victim="AAA", **given)  # type: ignore[arg-type]
        found = treaty.duties(attack).strongest("BBB")
        return None if found is None else found.gates

    assert asked() == (Gate.IF_REQUESTED, Gate.IF_CONSENSUS)
    assert asked(requested=True) == (Gate.IF_CONSENSUS,)
    assert asked(consent=True) == (Gate.IF_REQUESTED,)
    assert asked(requested=True, consent=True) == ()
    assert asked(requested=False, consent=True) is None
    assert asked(requested=True, consent=False) is None
    both = treaty.duties(Attack(attacker="XXX", victim="AAA")).strongest("BBB")
    assert "owed if requested and the organ consents by consensus" in str(both)


def test_a_rules_own_gate_waits_for_the_request_or_the_organ() -> None:
    def rule(attack: Attack) -> Answer:
        gate = Gate.IF_REQUESTED if attack.attacker == "XXX" else Gate.IF_MAJORITY
        return Answer(level="defend", gate=gate)

    treaty = pact(duty(response=None, rule=rule))
    assert owed(treaty, requested=False) == set()
    assert owed(treaty, requested=True)
    assert owed(treaty, attacker="YYY", consent=False) == set()
    assert owed(treaty, attacker="YYY", consent=True)


def test_an_exceptions_words_never_bind_more_than_the_response() -> None:
    firm = Proviso(article="2", wording="automatic", cap="defend")
    treaty = pact(duty(response=SOFT, exceptions=(firm,)))
    plain = pact(duty(response=SOFT)).duties(Attack(attacker="XXX", victim="AAA"))
    found = treaty.duties(Attack(attacker="XXX", victim="AAA"))
    assert found.strongest("BBB").binding == plain.strongest("BBB").binding  # type: ignore[union-attr]


def test_a_duty_capped_to_consultation_binds_no_more_than_consultation() -> None:
    treaty = pact(duty(exceptions=(Proviso(article="2", cap="consult"),)))
    found = treaty.duties(Attack(attacker="XXX", victim="AAA")).strongest("BBB")
    assert found is not None
    assert (found.level, found.binding) == (Level.CONSULT, 0.2)


CHARTER = duty("non-aggression", saving=Saving(self_defence=True))


def conflicts(*treaties: Treaty, **attack: object) -> list[tuple[str, str]]:
    given = {"attacker": "BBB", "victim": "AAA", **attack}
    read = resolve(treaties, Attack(**given)).reads[0]  # type: ignore[arg-type]
    return [(one.kind, one.state) for one in read.conflicts]


def test_a_pledge_under_the_charter_does_not_stand_against_defence() -> None:
    fellow = ("member against member", "BBB")
    assert conflicts(pact(duty(), CHARTER)) == [fellow]
    assert ("non-aggression", "CCC") in conflicts(pact(duty(), duty("non-aggression")))
    assert ("non-aggression", "CCC") in conflicts(pact(duty(), CHARTER), provocation="provoked")


def test_the_attacker_still_breaks_its_pledge() -> None:
    assert ("BBB", "AAA", "none") in owed(pact(CHARTER), attacker="BBB")


def test_a_pact_void_against_an_attacker_is_owed_to_no_attacker() -> None:
    from alliancesim.law import NonProvocation

    treaty = pact(duty("non-aggression", provocation=NonProvocation(required=True)))
    assert owed(treaty, attacker="BBB", victim="XXX") == set()


def test_a_duty_of_neutrality_may_spare_one_war() -> None:
    proviso = Proviso(article="1(2)", applies_to=("AAA",), when=When(victims=("YYY",)))
    treaty = pact(duty("neutrality", exceptions=(proviso,)), parties=["AAA", "BBB"])
    assert owed(treaty, attacker="BBB", victim="YYY") == set()
    assert owed(treaty, attacker="BBB", victim="ZZZ") == {("AAA", "BBB", "none")}


def test_offence_against_a_named_enemy_is_owed_where_the_ally_attacks_that_enemy() -> None:
    treaty = pact(duty("offence", adversaries=Adversaries(only=("YYY",))))
    assert ("BBB", "AAA", "none") in owed(treaty, attacker="AAA", victim="YYY")
    assert owed(treaty, attacker="AAA", victim="ZZZ") == set()


def ranked(name: str, response: Response, **rank: tuple[str, ...]) -> Treaty:
    return pact(duty(response=response), name=name, primacy=Primacy(**rank))


def test_rank_orders_duties_and_weakens_none() -> None:
    low, high = ranked("LOW", FIGHT), ranked("HIG", SOFT, over=("LOW",))
    attack = Attack(attacker="XXX", victim="AAA")
    both = resolve([low, high], attack).reads[0]
    alone = resolve([low], attack).reads[0]
    assert both.duty("BBB").binding == alone.duty("BBB").binding  # type: ignore[union-attr]
    assert both.displaced == ()
    equal = resolve([low, ranked("HIG", FIGHT, over=("LOW",))], attack).reads[0]
    assert equal.duty("BBB").treaty == "HIG"  # type: ignore[union-attr]


def test_rank_says_which_of_two_duties_in_conflict_prevails() -> None:
    peace = Treaty(
        id="PEA",
        name="A peace",
        parties=["CCC", "XXX"],
        obligations=[duty("non-aggression")],
        primacy=Primacy(over=("PAC",)),
    )
    everywhere = attrs.evolve(peace, primacy=Primacy(over=("all",)))
    attack = Attack(attacker="XXX", victim="AAA")
    assert resolve([pact(), everywhere], attack) == resolve([pact(), peace], attack)
    read = resolve([pact(), peace], attack).reads[0]
    assert [(one.state, one.prevails) for one in read.conflicts] == [("CCC", "PEA")]
    assert "PEA prevails" in read.conflicts[0].words


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Primacy(over=("LOW",), under=("LOW",)),
        lambda: pact(name="LOW", primacy=Primacy(over=("LOW",))),
    ],
)
def test_a_rank_that_contradicts_itself_is_rejected(wrong: object) -> None:
    with pytest.raises(InvalidInput, match="rank"):
        wrong()  # type: ignore[operator]


def test_a_right_to_act_is_held_and_not_owed() -> None:
    right = duty(
        "right",
        trigger=Trigger(kinds=("breach", "attack")),
        obligors=("BBB", "CCC"),
        beneficiaries=("AAA",),
    )
    treaty = pact(right)
    assert owed(treaty, kind="breach") == {("BBB", "AAA", "none"), ("CCC", "AAA", "none")}
    assert owed(treaty, kind="threat") == set()
    assert owed(treaty, kind="breach", co_attackers=("CCC",)) == {("BBB", "AAA", "none")}
    assert "BBB may act for AAA" in str(
        next(
            one
            for one in treaty.duties(Attack(attacker="XXX", victim="AAA")).reads[0].duties
            if one.obligor == "BBB"
        )
    )
    assert resolve([treaty], Attack(attacker="XXX", victim="AAA")).reads[0].strongest == ()


def test_an_arrangement_without_duties_says_what_it_provides() -> None:
    with pytest.raises(InvalidInput, match="no obligation"):
        Treaty(id="AUK", name="An arrangement", parties=["AAA", "BBB"])
    made = Treaty(id="AUK", name="An arrangement", parties=["AAA", "BBB"], provides="propulsion")
    assert owed(made) == set()
    assert loads_treaty(dumps_treaty(made)) == made
    assert "provides: propulsion" in str(made)


@pytest.mark.parametrize("kind", ["statute", "unilateral-declaration"])
def test_acts_of_one_state_alone_are_legal_forms(kind: str) -> None:
    weaker = pact(form=LegalForm(kind=kind)).duties(Attack(attacker="XXX", victim="AAA"))
    found = weaker.strongest("BBB")
    assert found is not None
    assert 0 < found.binding < 1


DISPUTED = """
id = "PAC"
name = "A pact"
parties = ["AAA", "BBB"]

[[obligations]]
kind = "defence"
article = "42(7)"
response = { level = "defend", wording = "automatic" }

[obligations.area]
article = "42(7)"

[[obligations.area.disputed]]
weight = 0.6
words = "overseas territory is covered"
held_by = ["the Commission"]
source = "a statement of January 2026"
value = { covers = [{ positions = ["territory"] }] }

[[obligations.area.disputed]]
weight = 0.4
words = "overseas territory is not covered"
held_by = ["a writer", "another writer"]
source = "an article"
value = { covers = [{ positions = ["metropolitan"] }] }
"""


def test_a_disputed_clause_says_who_holds_each_reading() -> None:
    treaty = loads_treaty(DISPUTED)
    assert loads_treaty(dumps_treaty(treaty)) == treaty
    assert "disputed" in dumps_treaty(treaty)
    answer = treaty.duties(Attack(attacker="XXX", victim="AAA", place="overseas"))
    assert answer.levels("BBB") == {Level.NONE: pytest.approx(0.4), Level.DEFEND: 0.6}
    assert [one.words for one in answer.reads] == [
        "overseas territory is covered (so the Commission)",
        "overseas territory is not covered (so a writer, another writer)",
    ]
    assert "is disputed" in str(treaty)
    text = str(explain(treaty, answer.attack, "BBB")[0])
    assert "[unknown]" in text


def test_an_exception_may_be_disputed() -> None:
    holds = Reading(value=True, weight=0.3, words="it exempts", held_by=("BBB",), source="a note")
    fails = Reading(value=False, weight=0.7, words="it does not", held_by=("AAA",), source="a note")
    proviso = Proviso(article="2", agreed=Unknown(readings=(holds, fails), disputed=True))
    treaty = pact(duty(exceptions=(proviso,)))
    assert loads_treaty(dumps_treaty(treaty)) == treaty
    answer = treaty.duties(Attack(attacker="XXX", victim="AAA"))
    assert answer.levels("BBB") == {Level.NONE: 0.3, Level.DEFEND: 0.7}
    assert [one.words for one in answer.reads] == ["it exempts (so BBB)", "it does not (so AAA)"]
    assert "this exception is disputed" in str(treaty)
    with pytest.raises(InvalidInput, match="cannot be unknown"):
        Proviso(article="1", exceptions=(proviso,))


def test_a_disputed_reading_without_anybody_who_holds_it_is_rejected() -> None:
    reading = Reading(value=True, weight=1.0, words="it is owed")
    with pytest.raises(InvalidInput, match="who holds it"):
        Unknown(readings=(reading,), disputed=True)
    assert Unknown(
        readings=(attrs.evolve(reading, held_by=("a court",), source="a judgment"),), disputed=True
    ).disputed


def test_a_party_may_be_named_with_its_own_dates_in_a_joint_attack_on_it() -> None:
    treaty = pact(parties=["AAA", Party("BBB"), "CCC"])
    assert owed(treaty, attacker="XXX", co_attackers=("YYY", "ZZZ"), victim="BBB") == {
        ("AAA", "BBB", "defend"),
        ("CCC", "BBB", "defend"),
    }
