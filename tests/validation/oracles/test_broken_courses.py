"""Oracles of membership and guarantees notice a course of the law that is broken on purpose."""

import numpy as np
import pytest

from alliancesim.arrays.layout import JOINS, LEAVES
from alliancesim.engine.kernel.course import NEVER
from alliancesim.validation.oracles import _course_loops, verify

SEED, DRAWS = 20260101, 2000
# Thousands of courses as plain Python, where a rule can be replaced: a second each.
pytestmark = pytest.mark.slow


def under(place, **values):
    """Let a rule be played by other parameters, which are its argument at a place."""

    def make(rule):
        def broken(*arguments):
            changed = list(arguments)
            changed[place] = changed[place].copy()
            for name, value in values.items():
                changed[place][name] = value
            return rule(*changed)

        return broken

    return make


def hoping_for_nothing(rule):
    """Let those who ratify expect neither gain nor loss."""
    return lambda seed, world, law, arm, theta: rule(
        seed, world, law._replace(gain=0.0 * law.gain), arm, theta
    )


def ratified_together(rule):
    """Let all ratify at once, in the time that one takes."""

    def broken(seed, world, law, arm, theta):
        announced, entry = rule(seed, world, law, arm, theta)
        if law.course[arm].kind == JOINS and entry < NEVER:
            entry = announced + (entry - announced) // 3
        return announced, entry

    return broken


def without_notice(rule):
    """Let who gives notice be out at once."""

    def broken(seed, world, law, arm, theta):
        announced, entry = rule(seed, world, law, arm, theta)
        return announced, announced if law.course[arm].kind == LEAVES else entry

    return broken


def a_month_late(rule):
    """Let a change come into force a month after it should."""
    return lambda seed, world, turn, arm, entry, *rest: rule(
        seed, world, turn, arm, entry + 1, *rest
    )


def in_one_world(rule):
    """Let every world have the random draw of the first."""
    return lambda seed, world, *rest: rule(seed, 0, *rest)


def in_one_month(rule):
    """Let every month have the random draw of the first."""
    return lambda seed, world, turn, *rest: rule(seed, world, min(turn, 1), *rest)


def believed_for_good(rule):
    """Let what was withdrawn be believed all the same."""
    return lambda law, in_force, *rest: rule(law, np.ones_like(in_force), *rest)


def never_believed(rule):
    """Let a guarantee that can be revoked be worth nothing."""
    return lambda law, in_force, *rest: rule(law, in_force & ~law.revocable, *rest)


BROKEN = {
    "membership: hasty talks": ("changes_at", under(-1, negotiation_months=9.0)),
    "membership: ratified too readily": ("changes_at", under(-1, ratification_base=0.99)),
    "membership: ratified too soon": ("changes_at", under(-1, ratification_months=2.5)),
    "membership: ratified together": ("changes_at", ratified_together),
    "membership: nothing expected": ("changes_at", hoping_for_nothing),
    "membership: notice too seldom": ("changes_at", under(-1, notice_rate=0.2)),
    "membership: no notice": ("changes_at", without_notice),
    "membership: in force late": ("keep_law", a_month_late),
    "guarantees: withdrawn too often": ("keep_law", under(-2, withdrawal_rate=1.4)),
    "guarantees: never renewed": ("keep_law", under(-2, renewal_rate=0.0)),
    "guarantees: one world's random draw": ("keep_law", in_one_world),
    "guarantees: one month's random draw": ("keep_law", in_one_month),
    "guarantees: believed for good": ("look_up", believed_for_good),
    "guarantees: never believed": ("look_up", never_believed),
}


@pytest.mark.usefixtures("interpreted")
@pytest.mark.parametrize("what", BROKEN)
def test_a_course_of_the_law_broken_on_purpose_is_noticed(what, monkeypatch):
    name, breaking = BROKEN[what]
    monkeypatch.setattr(_course_loops, name, breaking(getattr(_course_loops, name)))
    assert verify(DRAWS, SEED, [what.split(":")[0]]).failed


@pytest.mark.usefixtures("interpreted")
@pytest.mark.parametrize("family", ["membership", "guarantees"])
def test_the_same_course_unbroken_passes_as_plain_python(family):
    assert not verify(DRAWS, SEED, [family]).failed
