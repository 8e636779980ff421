"""A treaty's life: signed, ratified, in force, joined, invoked, denounced, ended."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from alliancesim import catalogue
from alliancesim.law import Entry, Treaty, members_on, ratify, sign, suspend
from alliancesim.testing import TreatyLife
from alliancesim.testing.life import PLAIN

BRIEF = settings(max_examples=40, stateful_step_count=20, deadline=None)


def living(treaty: Treaty) -> type[TreatyLife]:
    return type("Life", (TreatyLife,), {"treaty": treaty})


RULES = [
    Entry(rule="all"),
    Entry(rule="each"),
    Entry(rule="signature"),
    Entry(rule="count", count=2),
    Entry(rule="dates"),
]


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.rule)
def test_the_law_agrees_with_the_ledger_however_the_treaty_enters_into_force(entry: Entry) -> None:
    life = living(attrs.evolve(PLAIN, entry=entry))
    run_state_machine_as_test(life, settings=BRIEF)


@pytest.mark.parametrize("name", ["SMDA-CLUB", "SMDA-TRI"])
def test_the_hypothetical_treaties_live_as_the_ledger_says(name: str) -> None:
    treaty = catalogue.treaty(name)
    run_state_machine_as_test(living(attrs.evolve(treaty, entry=Entry(rule="all"))), settings=BRIEF)


def test_a_wrong_law_is_caught_by_the_ledger() -> None:
    class Wrong(TreatyLife):
        def __init__(self) -> None:
            super().__init__()
            self.now = suspend(self.now, "AAA", since=dt.date(1990, 1, 1))

    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Wrong, settings=settings(BRIEF, max_examples=200, phases=[Phase.generate])
        )


def test_a_treaty_waits_for_the_last_ratification() -> None:
    treaty = PLAIN
    for state in treaty.members:
        treaty = sign(treaty, state, dt.date(2001, 1, 1))
    treaty = ratify(treaty, "AAA", dt.date(2001, 2, 1))
    treaty = ratify(treaty, "BBB", dt.date(2001, 3, 1))
    assert members_on(treaty, dt.date(2001, 12, 1)) == ()
    treaty = ratify(treaty, "CCC", dt.date(2002, 1, 1))
    assert members_on(treaty, dt.date(2001, 12, 31)) == ()
    assert members_on(treaty, dt.date(2002, 1, 1)) == ("AAA", "BBB", "CCC")
