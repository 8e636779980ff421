"""The clauses of a report: what is disputed says who holds it, articles say from and until when."""

from __future__ import annotations

import datetime as dt

from alliancesim.law import Area, Cover, Obligation, Reading, Response, Unknown
from alliancesim.report.clauses import _clause, _sides

FIGHT = Response(level="defend", wording="automatic")


def test_a_disputed_clause_stands_with_who_holds_each_reading() -> None:
    home = Area(covers=(Cover(positions=("metropolitan",)),))
    area = Unknown(
        readings=(
            Reading(
                value=Area(),
                weight=0.6,
                words="anywhere",
                held_by=("a court",),
                source="a judgment",
            ),
            Reading(value=home, weight=0.4, words="at home", held_by=("a state",), source="a note"),
        ),
        disputed=True,
    )
    (told,) = _clause("defence: area", area)
    assert told.standing == "disputed"
    assert told.readings == (("60%", "anywhere (so a court)"), ("40%", "at home (so a state)"))


def test_an_article_says_from_and_until_when_it_holds() -> None:
    day = dt.date(2012, 12, 19)
    old = Obligation(kind="defence", article="4", response=FIGHT, until=day)
    new = Obligation(kind="defence", article="4", response=FIGHT, since=day)
    assert _sides(old) == "each party to every other, until 2012-12-19"
    assert _sides(new) == "each party to every other, from 2012-12-19"
