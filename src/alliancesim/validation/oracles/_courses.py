"""Membership that is played and guarantees that waver, against small chains of months."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from alliancesim.arrays.layout import CELL, COURSE, JOINS, LEAVES, TRANSFER, TREATY, Law, rows
from alliancesim.engine.kernel.course import NEVER
from alliancesim.engine.kernel.workspace import PRESENT, Workspace, make_workspace
from alliancesim.levels import Level
from alliancesim.validation.oracles import _course_loops, closed_forms
from alliancesim.validation.oracles._setting import parameters, side
from alliancesim.validation.rows import Row, mean, share

__all__ = ["guarantees", "membership"]

_HORIZON = 60
_CODES = (11, 22, 33)
_GAINS = (0.0, 0.02, -0.06)
"""What those who ratify an accession expect of it, stakes a year."""
_NOTICE = 12
_PAIR, _TRIO, _GUARANTEE = range(3)
"""Treaties: of two, the same joined by a third, and a guarantee that can be revoked."""
_ACCESSION, _EXIT = range(2)
"""Arms: from two to three members, and back."""
_ATTACKER, _VICTIM, _GUARANTOR = range(3)


def membership(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on accessions: negotiated, ratified by one after another, in force; and exits."""
    theta = parameters(notice_rate=0.5)
    yield from _accession(max(200, draws // 10), np.uint64(seed), theta)
    yield from _exit(max(200, draws // 10), np.uint64(seed), theta)


def _accession(count: int, seed: Any, theta: Any) -> Iterator[Row]:
    announced, entry, months = _course_loops.changes(
        seed, count, _HORIZON, _ACCESSION, _TRIO, _law(), theta, _workspace()
    )
    talks, ratifying = float(theta.negotiation_months), float(theta.ratification_months)
    base, scale = float(theta.ratification_base), float(theta.ratification_scale)
    agreed = float(np.prod([closed_forms.accepted(gain, base, scale) for gain in _GAINS]))
    steps = [talks, *(ratifying for _ in _GAINS)]
    through = agreed * closed_forms.through(steps, _HORIZON)
    took = (entry - announced)[entry < NEVER]
    name = "membership"
    yield mean(name, "months until an accession is announced", announced, closed_forms.waits(talks))
    yield share(name, "ratified by all three", len(took), count, agreed)
    exact = len(_GAINS) * closed_forms.waits(ratifying)
    yield mean(name, "months from announcement to entry, if ratified", took, exact)
    for month in (12, 24, 48):
        what = f"accession in force by month {month}"
        yield share(name, what, np.sum(entry <= month), count, through[month])
    yield mean(name, "months with three members in five years", months, through[:-1].sum())
    yield mean(name, "the same less months since entry", months - _since(entry), 0.0)


def _exit(count: int, seed: Any, theta: Any) -> Iterator[Row]:
    announced, entry, months = _course_loops.changes(
        seed, count, _HORIZON, _EXIT, _PAIR, _law(), theta, _workspace()
    )
    told = closed_forms.through([12.0 / float(theta.notice_rate)], _HORIZON)
    gone = np.concatenate([np.zeros(_NOTICE), told])
    name = "membership"
    yield share(name, "notice given within a year", np.sum(announced <= 12), count, told[12])
    yield mean(name, "months from notice to exit", entry - announced, float(_NOTICE))
    yield share(name, "out by month 36", np.sum(entry <= 36), count, gone[36])
    yield mean(name, "months with two members in five years", months, gone[:_HORIZON].sum())


def _since(entry: Any) -> Any:
    return np.clip(_HORIZON - entry, 0, None)


def guarantees(draws: int, seed: int) -> Iterator[Row]:
    """Yield rows on a guarantee that wavers, and on what is believed of it."""
    count, law, table = max(200, draws // 10), _law(), _workspace()
    withdrawal, renewal = 0.9, 2.1
    theta = parameters(withdrawal_rate=withdrawal, renewal_rate=renewal, reputation_start=0.0)
    standing, months, withdrawn, first = _course_loops.standings(
        np.uint64(seed), count, _HORIZON, _ACCESSION, _GUARANTEE, law, theta, table
    )
    exact = closed_forms.standing(withdrawal, renewal, _HORIZON)
    name = "guarantees"
    for month in (1, 6, _HORIZON - 1):
        yield share(name, f"stands in month {month}", standing[month], count, exact[month])
    years = np.exp(-withdrawal)
    yield share(name, "not withdrawn within a year", np.sum(first > 12), count, float(years))
    yield mean(name, "months it stands in five years", months, exact.sum())
    lost = exact[:-1].sum() * (1.0 - np.exp(-withdrawal / 12.0))
    yield mean(name, "withdrawals in five years", withdrawn, lost)
    yield from _believed(max(200, draws // 10), seed, theta, exact)


def _believed(count: int, seed: int, theta: Any, standing: Any) -> Iterator[Row]:
    """Yield rows on the chance to win that an attacker expects as the guarantee wavers."""
    owed = theta.term_duty * theta.duty_defend + theta.term_invocation
    made = side(
        np.full(5, 0.03),
        np.full(5, 0.01),
        np.full((1, 5), 0.05),
        theta,
        depth=0.0,
        utility=theta.response_intercept + theta.term_severity + owed,
    )
    advantage, decisiveness = float(theta.initiator_advantage), float(theta.decisiveness)
    alone = closed_forms.outcome_shares((made.challenger, made.home), advantage, decisiveness, 0.0)[
        2
    ]
    helped = closed_forms.enumerated_win(
        made.challenger, made.home_parts, made.helpers, made.parts, theta
    )
    for month in (1, 6, 36):
        found = _course_loops.beliefs(
            np.uint64(seed), count, month, _ACCESSION, _ATTACKER, _VICTIM, made.challenger,
            made.home, _law(), np.zeros(3, np.int64), np.zeros(3), theta, _workspace(made),
        )  # fmt: skip
        exact = standing[month] * helped + (1.0 - standing[month]) * alone
        yield mean("guarantees", f"attacker's chance to win, month {month}", found, exact)


def _law() -> Law:
    """Write three treaties and two arms; only the guarantee owes anything."""
    treaty, cells = rows(3, TREATY), rows(3 * 2 * 2, CELL)
    treaty.parties = np.array([0, 0, 2])
    who, place = np.zeros((3, 2), np.int64), np.full((3, 3), -1)
    who[_GUARANTEE] = _VICTIM, _GUARANTOR
    place[_GUARANTEE, [_VICTIM, _GUARANTOR]] = 0, 1
    duty = cells[(_ATTACKER * 2 + 0) * 2 + 1]  # the guarantor's to the victim
    duty.level, duty.binding = Level.DEFEND, 100
    course = rows(2, COURSE)
    course.then, course.kind = np.array([2, 3]), np.array([JOINS, LEAVES])
    course.treaty, course.state, course.notice = 7, np.array([_CODES[2], _CODES[1]]), _NOTICE
    course.ratifiers = np.array([len(_GAINS), 0])
    return Law(
        treaty=treaty,
        cells=cells,
        conflicts=np.zeros(4, np.uint8),
        pledges=np.zeros(4, np.uint8),
        who=who,
        place=place,
        in_arm=np.array([[1, 0, 1], [0, 1, 0], [0, 1, 1], [1, 0, 0]], np.bool_),
        transfer=rows(0, TRANSFER),
        covers=np.zeros((0, 3), np.bool_),
        concern=np.tile(np.array([0, len(treaty)]), (len(_CODES), len(_CODES), 1)),
        concerned=np.arange(len(treaty)),
        course=course,
        ratifier=np.array([_CODES, (0, 0, 0)]),
        gain=np.array([_GAINS, (0.0, 0.0, 0.0)]),
        code=np.array([7, 7, 8]),
        revocable=np.array([False, False, True]),
        provocation=np.zeros(1),
        mirror=-1,
    )


def _workspace(made: Any = None) -> Workspace:
    """Lay out three states at no distance, with no interest and no record; forces if a side is."""
    table: Any = make_workspace(np.array(_CODES), 1, 3)
    if made is not None:
        table.home[:] = made.home_parts
        table.link.reach = table.link.chance = 1.0
        state = table.state[PRESENT]
        state.free = 1.0
        state.force = np.array([made.challenger, made.home, float(made.helpers[0]["strength"])])
        for m in range(5):
            state[f"g{m + 1}"] = made.parts[0, m]
    found: Workspace = table
    return found
