"""A treaty's life: signed, ratified, in force, joined, invoked, denounced, ended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import attrs
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from alliancesim import catalogue
from alliancesim.law import (
    Accession,
    Attack,
    Duty,
    Entry,
    Party,
    Suspension,
    Term,
    Treaty,
    members_on,
    ratify,
    sign,
    withdraw,
)
from alliancesim.testing import TreatyLife, life
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


@pytest.mark.parametrize("name", catalogue.names("treaties"))
def test_every_treaty_of_the_catalogue_lives_as_the_ledger_says(name: str) -> None:
    run_state_machine_as_test(
        living(catalogue.treaty(name)),
        settings=settings(max_examples=8, stateful_step_count=20, deadline=None),
    )


LIVES = {
    "its own dates": {"parties": [Party("AAA", since=dt.date(2020, 5, 1)), "BBB", "CCC"]},
    "its own end": {"parties": [Party("AAA", until=dt.date(2030, 2, 28)), "BBB", "CCC"]},
    "a notice given before": {
        "parties": [Party("AAA", denounced=dt.date(2021, 8, 31)), "BBB", "CCC"]
    },
    "a day of entry": {"entry": Entry(on=dt.date(2024, 2, 29))},
    "a term": {"entry": Entry(on=dt.date(2024, 2, 29)), "term": Term(months=24, renewal="none")},
    "a term from the last ratification": {"term": Term(months=6, renewal="none")},
    "a term that renews itself": {"term": Term(months=6, notice_months=0)},
    "an end": {"ended": dt.date(2031, 1, 1), "entry": Entry()},
    "a suspension": {"suspensions": [Suspension(states=["BBB"], until=dt.date(2001, 1, 1))]},
    "closed accession": {"accession": Accession(rule="closed")},
    "accession of one": {"accession": Accession(rule="open", eligible=["YYY"])},
    "a signature by one": {"parties": [Party("AAA", signed=dt.date(1999, 1, 1)), "BBB", "CCC"]},
    "each for itself, one from the start": {
        "parties": [Party("AAA", since=dt.date(1999, 1, 1)), "BBB", "CCC"],
        "entry": Entry(rule="each"),
    },
}


@pytest.mark.parametrize("case", LIVES)
def test_a_treaty_with_dates_of_its_own_lives_as_the_ledger_says(case: str) -> None:
    run_state_machine_as_test(living(attrs.evolve(PLAIN, **LIVES[case])), settings=BRIEF)


def broken(change: str, wrong: Callable[..., Treaty]) -> str:
    """Return what is said where one operation of the law is wrong."""
    many = settings(BRIEF, max_examples=200, phases=[Phase.generate])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(life, change, wrong)
        with pytest.raises(AssertionError) as caught:
            run_state_machine_as_test(living(attrs.evolve(PLAIN, entry=Entry())), settings=many)
    return str(caught.value)


def test_a_failure_names_the_act_and_the_cause() -> None:
    said = broken("withdraw", lambda treaty, state, *, notice: treaty)
    assert re.search(r"LIF: by the law (\w+) is bound, on .*; by the ledger it left on ", said)
    assert re.search(r"Done before: .*\d gives notice|Done before: .* gives notice", said)


def test_a_notice_that_runs_too_long_is_caught() -> None:
    def late(treaty: Treaty, state: str, *, notice: dt.date) -> Treaty:
        return withdraw(treaty, state, notice=notice + dt.timedelta(days=1))

    assert "it left on" in broken("withdraw", late)


def test_an_accession_without_effect_is_caught() -> None:
    said = broken("accede", lambda treaty, state, *, on: treaty)
    assert "accedes" in said


def test_a_suspension_without_effect_is_caught() -> None:
    said = broken("suspend", lambda treaty, *states, since, until: treaty)
    assert "is suspended until" in said


def test_an_end_without_effect_is_caught() -> None:
    assert "the treaty ended on" in broken("expire", lambda treaty, on: treaty)


def test_help_by_a_state_that_is_not_bound_is_caught() -> None:
    class Wrong(TreatyLife):
        def answer(self, attack: Attack, owed: list[Duty]) -> None:
            super().answer(attack, [attrs.evolve(one, obligor="VVV") for one in owed])

    with pytest.raises(
        AssertionError, match=r"VVV owes .* defend, when .*; by the ledger it is no"
    ):
        run_state_machine_as_test(
            Wrong, settings=settings(BRIEF, max_examples=200, phases=[Phase.generate])
        )


def test_a_bound_party_that_owes_nothing_is_caught() -> None:
    class Idle(TreatyLife):
        treaty = attrs.evolve(PLAIN, entry=Entry())

        def answer(self, attack: Attack, owed: list[Duty]) -> None:
            super().answer(attack, [])

    with pytest.raises(
        AssertionError, match=r"owes .* nothing, when .*; by the ledger it is bound"
    ):
        run_state_machine_as_test(
            Idle, settings=settings(BRIEF, max_examples=50, phases=[Phase.generate])
        )


def test_while_somebody_is_bound_nearly_all_attacks_fall_on_one_who_is() -> None:
    hits = []

    class Counting(TreatyLife):
        treaty = catalogue.treaty("SMDA")

        def answer(self, attack: Attack, owed: list[Duty]) -> None:
            if bound := self.ledger.bound(self.today):
                hits.append(bool(bound & set(attack.victims)))

    run_state_machine_as_test(Counting, settings=BRIEF)
    assert len(hits) > 100
    assert sum(hits) > 0.8 * len(hits)


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
