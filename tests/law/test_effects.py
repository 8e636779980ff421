"""Each clause changes an answer of each kind of duty, or is rejected with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import Any

import attrs
import pytest

from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Adversaries,
    Answer,
    Area,
    Attack,
    Cover,
    Decision,
    Duties,
    NonProvocation,
    Obligation,
    Proviso,
    Request,
    Response,
    Saving,
    SecurityCouncil,
    Treaty,
    Trigger,
    When,
)
from alliancesim.law.clauses import CLAUSES, DUTY_BEARING
from alliancesim.law.grades import HELP, DutyKind

KINDS = DutyKind.__args__  # type: ignore[attr-defined]
DAY = dt.date(2000, 1, 1)
FIGHT = Response(level="defend", wording="automatic")

VALUES: dict[str, dict[str, Any]] = {
    "trigger": {
        "kinds": Trigger(kinds=("threat",)),
        "actors": Trigger(actors=("state",)),
        "targets": Trigger(targets=("forces",)),
        "tags": Trigger(tags=("sent",)),
        "act_tags": Trigger(act_tags=("sent",)),
    },
    "area": {
        "covers": Area(covers=(Cover(positions=("metropolitan",)),)),
        "outside": Area(outside=("europe",)),
    },
    "adversaries": {
        "only": Adversaries(only=("XXX",)),
        "excluded": Adversaries(excluded=("XXX",)),
        "tags": Adversaries(tags=("sent",)),
    },
    "security_council": {"ends": SecurityCouncil(ends=True)},
    "saving": {"self_defence": Saving(self_defence=True)},
    "provocation": {
        "required": NonProvocation(required=True),
        "judge": NonProvocation(required=True, judge="organ"),
    },
    "response": {
        "level": Response(level="assist", wording="automatic"),
        "wording": Response(level="defend", wording="as-agreed"),
        "means": Response(level="defend", wording="automatic", means=("economic",)),
    },
    "request": {"needed": Request(needed=True)},
    "decision": {
        "rule": Decision(rule="majority"),
        "force_by_consent": Decision(rule="majority", force_by_consent=True),
    },
    "exceptions": {
        "applies_to": (Proviso(article="2", applies_to=("BBB",)),),
        "when": (Proviso(article="2", when=When(provocation=("provoked",))),),
        "cap": (Proviso(article="2"),),
        "wording": (Proviso(article="2", wording="as-agreed", cap="defend"),),
        "means": (Proviso(article="2", means=("economic",), cap="defend"),),
        "agreed": (Proviso(article="2", agreed=False),),
        "exceptions": (
            Proviso(article="2", exceptions=(Proviso(article="3", applies_to=("AAA",)),)),
        ),
    },
    "obligation": {
        "since": DAY,
        "until": DAY,
        "agreed": False,
        "obligors": None,
        "beneficiaries": None,
        "kind": None,
    },
}
"""A value of each field on which duties depend."""

BEFORE: dict[tuple[str, str], dict[str, Any]] = {
    ("provocation", "judge"): {"provocation": NonProvocation(required=True)},
    ("decision", "force_by_consent"): {"decision": Decision(rule="majority")},
    ("exceptions", "agreed"): {"exceptions": (Proviso(article="2"),)},
}
"""What the treaty says before, where a field changes nothing of its own."""

REJECTED = {
    *(("response", field, kind) for field in VALUES["response"] for kind in KINDS),
    *(("saving", "self_defence", kind) for kind in KINDS),
    ("provocation", "required", "offence"),
    ("provocation", "judge", "offence"),
    *(("decision", "force_by_consent", kind) for kind in KINDS),
    *(("exceptions", "means", kind) for kind in KINDS),
} - {
    *(("response", field, kind) for field in VALUES["response"] for kind in HELP),
    ("saving", "self_defence", "neutrality"),
    ("saving", "self_defence", "non-aggression"),
    *(("decision", "force_by_consent", kind) for kind in HELP),
    *(("exceptions", "means", kind) for kind in HELP),
}
"""What has no effect on a duty of a kind, and is rejected with the reason."""


def pact(kind: str, **clauses: Any) -> Treaty:
    given = {"response": FIGHT} if kind in HELP else {}
    duty = Obligation(kind=kind, article="1", **{**given, **clauses})  # type: ignore[arg-type]
    return Treaty(id="PAC", name="A pact", parties=["AAA", "BBB", "CCC"], obligations=[duty])


def attacks() -> Iterator[Attack]:
    """Yield attacks on and by a party, of every kind that a clause may ask about."""
    for pair, act, place, actor, tags, provocation, done, on in product(
        (("XXX", "AAA"), ("YYY", "AAA"), ("AAA", "XXX"), ("AAA", "BBB"), ("AAA", "YYY")),
        ("attack", "threat"),
        ("home", "abroad", "gibraltar"),
        ("state", "non-state"),
        ((), ("sent",)),
        ("unprovoked", "contested", "provoked"),
        (False, True),
        (None, DAY, DAY - dt.timedelta(days=1)),
    ):
        yield Attack(
            attacker=pair[0],
            victim=pair[1],
            kind=act,
            place=place,
            actor=actor,
            tags=tags,
            provocation=provocation,
            council_acted=done,
            date=on,
        )


ATTACKS = tuple(attacks())


def owed(answer: Duties) -> list[tuple[object, ...]]:
    return [
        (d.obligor, d.beneficiary, d.owed, d.level, d.binding, d.means, d.gates)
        for d in answer.reads[0].duties
    ]


def changes(one: Treaty, other: Treaty) -> bool:
    return any(owed(one.duties(each)) != owed(other.duties(each)) for each in ATTACKS)


def fields() -> list[tuple[str, str]]:
    return [(clause, field) for clause, names in DUTY_BEARING.items() for field in names]


SIDES = ("kind", "obligors", "beneficiaries")
"""Fields of an obligation that the tests further down ask."""


def test_every_field_on_which_duties_depend_has_a_value_here() -> None:
    assert fields() == [(clause, field) for clause, field in fields() if field in VALUES[clause]]
    assert set(DUTY_BEARING) == set(VALUES)
    assert set(CLAUSES) - {"agreed"} == set(VALUES) - {"exceptions", "obligation"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("clause", "field"), [one for one in fields() if one[1] not in SIDES])
def test_a_clause_changes_an_answer_or_is_rejected(clause: str, field: str, kind: str) -> None:
    name = field if clause == "obligation" else clause
    if (clause, field, kind) in REJECTED:
        with pytest.raises(InvalidInput, match="has no effect"):
            pact(kind, **{name: VALUES[clause][field]})
        return
    before = BEFORE.get((clause, field), {})
    assert changes(pact(kind, **before), pact(kind, **{name: VALUES[clause][field]}))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_and_each_side_of_a_duty_changes_an_answer(kind: str) -> None:
    other = KINDS[KINDS.index(kind) - 1]
    assert changes(pact(kind), pact(kind, obligors=("BBB",), beneficiaries=("AAA", "CCC")))
    assert changes(pact(kind), pact(kind, obligors=("AAA", "BBB", "CCC"), beneficiaries=("BBB",)))
    attack = Attack(attacker="AAA", victim="XXX")
    kinds = [d.kind for d in pact(kind).duties(attack).reads[0].duties]
    assert set(kinds) == {kind} != {other}


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_in_plain_python_decides_whether_a_duty_of_any_kind_is_owed(kind: str) -> None:
    def rule(attack: Attack) -> Answer:
        return Answer(level="none" if attack.kind == "threat" else "assist", binding=0.4)

    made = Treaty(
        id="PAC",
        name="A pact",
        parties=["AAA", "BBB"],
        obligations=[Obligation(kind=kind, article="1", rule=rule)],  # type: ignore[arg-type]
    )
    attacks = [
        Attack(attacker=attacker, victim=victim, kind=act)
        for attacker, victim in (("XXX", "AAA"), ("AAA", "XXX"))
        for act in ("attack", "threat")
    ]
    found = {
        one.kind: any(d.owed and d.binding == 0.4 for d in made.duties(one).reads[0].duties)
        for one in attacks
        if any(
            d.beneficiary == "AAA" and d.obligor == "BBB" for d in made.duties(one).reads[0].duties
        )
    }
    assert found == {"attack": True, "threat": False}
    with pytest.raises(InvalidInput, match="stands for it"):
        Obligation(kind=kind, article="1", rule=rule, request=Request(needed=True))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "made",
    [
        lambda: NonProvocation(judge="victim"),
        lambda: Decision(force_by_consent=True),
        lambda: Trigger(actors=("state",), tags=("sent",)),
        lambda: Proviso(article="1", exceptions=(Proviso(article="2", cap="consult"),)),
        lambda: pact("neutrality", exceptions=(Proviso(article="2", cap="consult"),)),
    ],
)
def test_what_could_never_have_an_effect_is_rejected(made: Any) -> None:
    with pytest.raises(InvalidInput):
        made()


WHENS = {
    "kinds": When(kinds=("threat",)),
    "actors": When(actors=("state",)),
    "provocation": When(provocation=("provoked",)),
    "covers": When(covers=(Cover(positions=("metropolitan",)),)),
    "adversaries": When(adversaries=("XXX",)),
    "adversaries_except": When(adversaries_except=("XXX",)),
    "tags": When(tags=("sent",)),
    "tags_except": When(tags_except=("sent",)),
    "victims": When(victims=("AAA",)),
    "since": When(since=DAY),
    "until": When(until=DAY),
}
COVERS = {
    "positions": Cover(positions=("metropolitan",)),
    "regions": Cover(regions=("mediterranean",)),
    "administrators": Cover(administrators=("GBR",)),
    "hosts": Cover(hosts=("GBR",)),
    "victims": Cover(victims=("AAA",)),
    "targets": Cover(targets=("forces",)),
    "since": Cover(since=DAY),
    "until": Cover(until=DAY),
}


@pytest.mark.parametrize("field", WHENS)
def test_each_case_of_an_exception_changes_an_answer(field: str) -> None:
    assert set(WHENS) == {one.name for one in attrs.fields(When)}
    always = pact("neutrality", exceptions=(Proviso(article="2"),))
    assert changes(
        always, pact("neutrality", exceptions=(Proviso(article="2", when=WHENS[field]),))
    )


@pytest.mark.parametrize("field", COVERS)
def test_each_part_of_a_line_of_an_area_changes_an_answer(field: str) -> None:
    assert set(COVERS) == {one.name for one in attrs.fields(Cover)}
    assert changes(pact("defence"), pact("defence", area=Area(covers=(COVERS[field],))))
