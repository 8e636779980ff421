"""The cut-off of a scenario in words, and when its facts are said to be old."""

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.errors import InvalidInput
from alliancesim.scenario.age import facts_known, months_between, today

SMDA, NEWER, KOREA = al.load("smda"), al.load("smda-2026"), al.load("korea")
DAYS = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1))


def test_fresh_facts_name_their_last_day_and_no_age():
    assert facts_known(NEWER, dt.date(2026, 12, 30)) == "Facts to 2026-06-30"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (dt.date(2026, 6, 30), False),
        (dt.date(2026, 7, 1), True),
        (dt.date(2026, 11, 30), True),
    ],
)
def test_facts_are_old_once_six_months_are_over(on, said):
    assert ("old" in facts_known(KOREA, on)) == said


def test_how_old_is_said_with_the_day_on_which_it_is():
    words = facts_known(SMDA, dt.date(2026, 11, 30))
    assert words.startswith("Facts to 2025-12-31, 11 months old on 2026-11-30")
    assert facts_known(KOREA, dt.date(2031, 1, 1)).endswith("5 years old on 2031-01-01")


def test_an_older_edition_names_the_newest_and_the_newest_none():
    assert facts_known(SMDA).endswith("a newer edition is smda-2026")
    assert "newer" not in facts_known(NEWER)
    assert "newer" not in facts_known(al.load("smda-2026-holds"))
    assert "newer" not in facts_known(attrs.evolve(SMDA, name="mine"))


@given(DAYS, DAYS)
def test_months_grow_with_days_and_fit_the_calendar(first, last):
    first, last = sorted((first, last))
    months = months_between(first, last)
    assert months <= months_between(first, last + dt.timedelta(days=1))
    assert 30.4 * months - 4 <= (last - first).days <= 30.5 * (months + 1) + 4


@given(DAYS, st.integers(0, 48))
def test_the_same_day_of_a_later_month_is_whole_months_away(day, months):
    day = day.replace(day=min(day.day, 28))
    year, month = divmod(day.month - 1 + months, 12)
    assert months_between(day, day.replace(year=day.year + year, month=month + 1)) == months


def test_a_fixed_clock_stands_for_the_day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert today() == dt.date(1970, 1, 1)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert today() >= dt.date(2026, 1, 1)


@pytest.mark.parametrize("text", ["tomorrow", "", "9" * 30])
def test_a_clock_that_is_none_is_refused(monkeypatch, text):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(InvalidInput, match="SOURCE_DATE_EPOCH"):
        today()
