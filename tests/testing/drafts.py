"""Drafts with one mistake each, as a user might make it, and where the mistake is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from alliancesim.law import (
    Accession,
    Adversaries,
    Area,
    Cover,
    Decision,
    Entry,
    NonProvocation,
    Obligation,
    Party,
    Primacy,
    Proviso,
    Reading,
    Request,
    Response,
    Suspension,
    Treaty,
    Trigger,
    Unknown,
    When,
)

Day = dt.date


def defence(article: str = "1", **clauses: Any) -> Obligation:
    clauses.setdefault("response", Response(level="defend", wording="all-means"))
    return Obligation(kind="defence", article=article, **clauses)


def draft(*duties: Obligation, parties: Any = ("PAK", "SAU", "TUR"), **parts: Any) -> Treaty:
    return Treaty(id="DFT", name="A draft", parties=parties, obligations=duties, **parts)


def limited(*regions: str, **cover: Any) -> Area:
    return Area(covers=[Cover(regions=regions, **cover)], article="2")


def reserved(**parts: Any) -> Proviso:
    return Proviso(article="reservation", **parts)


def when(**cases: Any) -> Proviso:
    return reserved(applies_to=["TUR"], when=When(**cases))


SILENT = Unknown(
    readings=[
        Reading(value=Request(), weight=0.5, words="none"),
        Reading(value=Request(), weight=0.5, words="silent"),
    ]
)
ENTERS = Entry(on=Day(2026, 1, 1))
EARLY = ["PAK", Party("SAU", until=Day(2025, 1, 1)), "TUR"]
EXISTING = ["PAK", Party("SAU", since=Day(2026, 1, 1)), "TUR"]
NEIGHBOURS = Cover(regions=["gulf", "middle-east", "south-asia"])

MISTAKES = {
    "a misspelt region": (
        lambda: draft(defence(area=limited("gulff"))),
        "gulff.*did you mean '?gulf",
    ),
    "a misspelt region among others": (
        lambda: draft(defence(area=limited("gulf", "middle-eest"))),
        "middle-eest.*did you mean '?middle-east",
    ),
    "a region of the author's own without a place": (
        lambda: draft(defence(area=Area(covers=[NEIGHBOURS, Cover(regions=["own-island"])]))),
        "regions_exist: own-island",
    ),
    "an area that forgets two members": (
        lambda: draft(defence(area=limited("gulf", targets=["territory"]))),
        "PAK: its own territory lies in none of the regions",
    ),
    "an area in which no member lies": (
        lambda: draft(defence(area=limited("americas"))),
        r"Article 1 \(defence\), area: no territory of a state that is to be protected",
    ),
    "home territory in an area in which no member lies": (
        lambda: draft(defence(area=limited("americas", positions=["metropolitan"]))),
        "can never be owed: only without area would it be, for example in ZZZ against PAK",
    ),
    "one line of an area without effect": (
        lambda: draft(
            defence(
                area=Area(
                    covers=[
                        Cover(targets=["forces"]),
                        Cover(positions=["metropolitan"]),
                        Cover(positions=["metropolitan"], victims=["PAK"]),
                    ]
                )
            )
        ),
        "area, place 3: it changes no answer",
    ),
    "an area for one member only": (
        lambda: draft(defence(area=limited(victims=["SAU"]))),
        "PAK: it is never protected",
    ),
    "an exception that removes the rule": (
        lambda: draft(defence(exceptions=[reserved()])),
        "the exception 'reservation': it removes the whole rule: with it nobody",
    ),
    "a reservation that frees its author of everything": (
        lambda: draft(defence(exceptions=[reserved(applies_to=["TUR"])])),
        "removes the whole rule for TUR",
    ),
    "an exception that lowers the rule in every case": (
        lambda: draft(defence(exceptions=[reserved(cap="consult")])),
        "nobody ever owes more than to consult",
    ),
    "an exception to an exception that always holds": (
        lambda: draft(
            defence(
                exceptions=[
                    reserved(
                        applies_to=["TUR"],
                        when=When(kinds=["blockade"]),
                        exceptions=[Proviso(article="always")],
                    )
                ]
            )
        ),
        "the exception 'reservation': it changes no answer",
    ),
    "an exception for cases that the trigger leaves out": (
        lambda: draft(
            defence(trigger=Trigger(kinds=["attack"]), exceptions=[when(kinds=["blockade"])])
        ),
        "the exception 'reservation': it changes no answer",
    ),
    "an exception that ran out before the treaty began": (
        lambda: draft(defence(exceptions=[when(until=Day(2000, 1, 1))]), entry=ENTERS),
        "the exception 'reservation': it changes no answer",
    ),
    "an exception whose words bind more than the rule's": (
        lambda: draft(
            defence(exceptions=[reserved(applies_to=["TUR"], cap="defend", wording="automatic")])
        ),
        "the exception 'reservation': it changes no answer",
    ),
    "a trigger that never fires in the area": (
        lambda: draft(
            defence(trigger=Trigger(targets=["forces"]), area=limited(targets=["territory"]))
        ),
        "never be owed: only without trigger or without area",
    ),
    "a tag of groups where no group counts": (
        lambda: draft(defence(trigger=Trigger(actors=["state"], tags=["terrorist"]))),
        "(tags 'terrorist'|it changes no answer|no group counts)",
    ),
    "an adversary that is a member": (
        lambda: draft(defence(adversaries=Adversaries(only=["PAK"]))),
        "PAK: it is never protected",
    ),
    "a pact of two against one of the two": (
        lambda: draft(defence(adversaries=Adversaries(only=["PAK"])), parties=["PAK", "SAU"]),
        "never be owed: only without adversaries|PAK: it is never protected",
    ),
    "a protected state that can only be the attacker": (
        lambda: draft(
            Obligation(
                kind="defence",
                article="1",
                obligors=["PAK", "SAU", "TUR"],
                beneficiaries=["PAK", "SAU", "TUR", "QAT"],
                adversaries=Adversaries(only=["QAT"]),
                response=Response(level="defend", wording="all-means"),
            ),
            protected=["QAT"],
        ),
        "QAT: it is never protected",
    ),
    "a protected state that no article names": (
        lambda: draft(defence(), protected=["QAT"]),
        "QAT: it is never protected",
    ),
    "a judge that the treaty lacks": (
        lambda: draft(defence(provocation=NonProvocation(required=True, judge="organ"))),
        "an organ is to judge, and the treaty has none",
    ),
    "force by consent where no organ decides": (
        lambda: draft(defence(decision=Decision(force_by_consent=True))),
        "decision: it changes no answer|no organ orders force",
    ),
    "a state that does not exist": (
        lambda: draft(defence(), parties=["PAK", "SAU", "TRU"]),
        "TRU: no state has this id; did you mean TUR",
    ),
    "an adversary that does not exist": (
        lambda: draft(defence(exceptions=[when(adversaries=["IRNN"])])),
        "IRNN: no state has this id; did you mean IRN",
    ),
    "entry into force after the end": (
        lambda: draft(defence(), entry=Entry(on=Day(2030, 1, 1)), ended=Day(2027, 1, 1)),
        "it ends on 2027-01-01, which is before it enters into force on 2030-01-01",
    ),
    "a party that leaves before entry into force": (
        lambda: draft(defence(), parties=EARLY, entry=ENTERS),
        "SAU: it is a party, and bound on no day",
    ),
    "a party bound before the treaty was signed": (
        lambda: draft(defence(), parties=EXISTING, signed=Day(2027, 1, 1)),
        "it is bound on 2026-01-01, which is before the treaty was signed on 2027-01-01",
    ),
    "a party bound after the end": (
        lambda: draft(defence(), parties=EXISTING, ended=Day(2025, 1, 1)),
        "on no day are two of its states bound",
    ),
    "a notice that ends before it is given": (
        lambda: draft(
            defence(),
            parties=[Party("SAU", denounced=Day(2025, 1, 1), until=Day(2024, 1, 1)), "PAK", "TUR"],
        ),
        "it leaves on 2024-01-01, which is before it gave notice",
    ),
    "parties that are never bound together": (
        lambda: draft(
            defence(),
            parties=[Party("SAU", until=Day(2000, 1, 1)), Party("PAK", since=Day(2001, 1, 1))],
        ),
        "on no day are two of its states bound",
    ),
    "a suspension of a state that is no party": (
        lambda: draft(defence(), suspensions=[Suspension(states=["IND"], since=Day(2020, 1, 1))]),
        "the part of IND is suspended, which is not a party",
    ),
    "a suspension before the treaty began": (
        lambda: draft(
            defence(),
            entry=ENTERS,
            suspensions=[Suspension(since=Day(2010, 1, 1), until=Day(2015, 1, 1))],
        ),
        "suspension 1: it frees nobody",
    ),
    "an accession from where nobody can come": (
        lambda: draft(defence(), accession=Accession(rule="open", eligible=["PAK"])),
        "accession: no state that is not a party already",
    ),
    "an accession that is closed to those it names": (
        lambda: draft(defence(), accession=Accession(rule="closed", eligible=["IRN"])),
        "it says who may join, and is closed",
    ),
    "a rank above and below the same treaty": (
        lambda: draft(defence(), primacy=Primacy(over=["NATO"], under=["NATO"])),
        "prevail over NATO and give way|both",
    ),
    "a rank above itself": (
        lambda: draft(defence(), primacy=Primacy(over=["DFT"])),
        "prevail over itself|rank over or under itself",
    ),
    "a rank above a misspelt treaty": (
        lambda: draft(defence(), primacy=Primacy(over=["NAOT"])),
        "NAOT; did you mean NATO",
    ),
    "help and neutrality in one case": (
        lambda: draft(defence(), Obligation(kind="neutrality", article="2")),
        "PAK defence and PAK neutrality",
    ),
    "help against a state to which non-aggression is owed": (
        lambda: draft(
            defence(),
            Obligation(
                kind="non-aggression",
                article="2",
                obligors=["PAK", "SAU", "TUR"],
                beneficiaries=["IRN"],
            ),
            protected=["IRN"],
        ),
        "defence and IRN non-aggression",
    ),
    "the same duty twice": (
        lambda: draft(defence(), defence("2")),
        r"Article 2 \(defence\): it says the same as Article 1",
    ),
    "two readings that differ in nothing": (
        lambda: draft(defence(request=SILENT)),
        "the readings 'none' and 'silent': it changes no answer",
    ),
}
"""By mistake: the draft, and what the kit, or the treaty when it is made, says of it."""

ONE_SIDED = {
    "against a named outsider": {"adversaries": ["IND"], "victims": ["PAK"]},
    "for a tag that the treaty names": {
        "actors": ["non-state"],
        "tags": ["terrorist"],
        "victims": ["PAK"],
    },
    "for a blockade by a proxy": {"actors": ["proxy"], "kinds": ["blockade"], "victims": ["PAK"]},
    "from a day on": {"victims": ["PAK"], "since": Day(2030, 1, 1)},
    "where force was provoked": {"victims": ["PAK"], "provocation": ["contested"]},
}
"""Cases in which an exception leaves one member without help."""

SOUND = {
    "a plain pact": lambda: draft(defence()),
    "a pact that waits for ratification": lambda: draft(defence(), entry=Entry(rule="all")),
    "an area with all members": lambda: draft(
        defence(area=limited("gulf", "middle-east", "south-asia"))
    ),
    "a pact against one state": lambda: draft(defence(adversaries=Adversaries(only=["IND"]))),
    "a guarantee": lambda: draft(
        defence(obligors=["SAU"], beneficiaries=["PAK"]), parties=["PAK", "SAU"]
    ),
    "a pact of made-up states": lambda: draft(defence(), parties=["AAA", "BBB", "CCC"]),
    "a reservation": lambda: draft(
        defence(exceptions=[when(adversaries=["IRN"], actors=["proxy"])])
    ),
    "a reservation with an exception": lambda: draft(
        defence(
            trigger=Trigger(kinds=["attack", "blockade"]),
            exceptions=[
                reserved(
                    applies_to=["TUR"],
                    when=When(kinds=["blockade"]),
                    exceptions=[Proviso(article="back", when=When(adversaries=["IRN"]))],
                )
            ],
        )
    ),
    "an organ that decides and judges": lambda: draft(
        defence(
            provocation=NonProvocation(required=True, judge="organ"),
            decision=Decision(rule="consensus"),
        )
    ),
    "a non-aggression pact": lambda: draft(Obligation(kind="non-aggression", article="1")),
    "duties of two kinds": lambda: draft(defence(), Obligation(kind="consultation", article="2")),
    "dates that follow each other": lambda: draft(
        defence(),
        parties=["PAK", Party("SAU", since=Day(2026, 1, 1)), Party("TUR", since=Day(2027, 5, 1))],
        signed=Day(2025, 9, 17),
        entry=ENTERS,
        ended=Day(2040, 1, 1),
    ),
}
