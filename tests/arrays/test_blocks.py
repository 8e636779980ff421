"""The compiled blocks say what the law says, cell by cell."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from itertools import permutations, product

import attrs
import numpy as np
import pytest
from hypothesis import given, settings

from alliancesim import catalogue
from alliancesim.arrays.blocks import Block, compile_treaty
from alliancesim.law import Answer, Attack, Obligation, Proviso, Reading, Response, Treaty, Unknown
from alliancesim.law.duty import Duty, strength
from alliancesim.testing.strategies import treaties

STATES = ("AAA", "BBB", "CCC", "DDD")
PRESENT = dt.date(2026, 1, 1)


@attrs.frozen
class Case:
    kind: str
    place: str
    actor: str
    provocation: str


CASES = tuple(
    Case(*parts)
    for parts in product(
        ("attack", "hybrid"),
        ("home", "abroad"),
        ("state", "proxy"),
        ("unprovoked", "contested", "provoked"),
    )
)


def as_attack(case: Case, attacker: str, victim: str, on: dt.date | None) -> Attack:
    tags = ("state-of-war",) if (case.kind, case.actor) == ("attack", "state") else ()
    return Attack(attacker=attacker, victim=victim, date=on, tags=tags, **attrs.asdict(case))


def cell(duty: Duty | None) -> tuple[int, int, int]:
    if duty is None:
        return 0, 0, 0
    return int(duty.level), int(duty.binding * 100 + 0.5), int(duty.gate)


def assert_same(
    treaty: Treaty, block: Block, states: tuple[str, ...], cases: tuple, on: dt.date | None
) -> None:
    for (k, case), (a, v) in product(enumerate(cases), permutations(range(len(states)), 2)):
        answer = treaty.duties(as_attack(case, states[a], states[v], on))
        assert [read.weight for read in answer] == list(block.weights)
        for r, read in enumerate(answer):
            owed = [duty for duty in read.duties if duty.owed and duty.level]
            for o, obligor in enumerate(states):
                mine = [duty for duty in owed if duty.obligor == obligor]
                best = max(mine, key=strength, default=None)
                at = (r, k, a, v, o)
                found = block.level[at], block.binding[at], block.gate[at]
                assert found == cell(best), (treaty, case, states[a], states[v], obligor)
                if best is not None:
                    assert bool(block.conflict[at]) == best.conflict


@settings(max_examples=40, deadline=None)
@given(treaty=treaties(states=STATES))
def test_every_cell_of_a_block_is_what_the_law_answers(treaty: Treaty) -> None:
    cases = CASES[::2]
    assert_same(treaty, compile_treaty(treaty, STATES, cases, None), STATES, cases, None)


@settings(max_examples=25, deadline=None)
@given(treaty=treaties(states=STATES, dated=True, unknowns=False))
def test_every_cell_is_what_the_law_answers_on_a_day(treaty: Treaty) -> None:
    block = compile_treaty(treaty, STATES, CASES[:4], PRESENT)
    assert_same(treaty, block, STATES, CASES[:4], PRESENT)


UNSURE = Unknown(
    readings=[
        Reading(value=True, weight=0.4, words="agreed"),
        Reading(value=False, weight=0.6, words="not agreed"),
    ]
)


@pytest.mark.parametrize("agreed", [True, False, UNSURE], ids=["agreed", "not", "unknown"])
@pytest.mark.parametrize("below", [None, True, False])
def test_an_exception_that_was_not_agreed_limits_nothing(agreed: object, below: object) -> None:
    back = [] if below is None else [Proviso(article="3", agreed=below)]
    treaty = Treaty(
        id="EXC",
        name="A treaty with an exception",
        parties=["AAA", "BBB", "CCC"],
        obligations=[
            Obligation(
                kind="defence",
                article="1",
                response=Response(level="defend", wording="automatic"),
                exceptions=[Proviso(article="2", agreed=agreed, exceptions=back)],
            )
        ],
    )
    block = compile_treaty(treaty, STATES, CASES[:2], None)
    assert_same(treaty, block, STATES, CASES[:2], None)
    lifted = [bool(agreed)] if agreed is not UNSURE else [True, False]
    assert [not level.any() for level in block.level] == [one and not below for one in lifted]


@pytest.mark.parametrize("name", catalogue.names("treaties"))
def test_the_catalogues_blocks_are_what_the_law_answers(name: str) -> None:
    treaty = catalogue.treaty(name)
    states = tuple(sorted({*treaty.concerned[:3], "SAU", "IND"}))
    cases = (CASES[0], CASES[7])
    block = compile_treaty(treaty, states, cases, PRESENT)
    if not block.inert:
        assert_same(treaty, block, states, cases, PRESENT)


def test_a_treaty_with_fewer_than_two_present_is_inert() -> None:
    block = compile_treaty(catalogue.treaty("GCC"), ("IND", "PAK", "SAU"), CASES, PRESENT)
    assert block.inert
    assert not block.level.any()
    assert block.weights.sum() == 1


def rule(attack: Attack) -> Answer:
    """Help only where the attacker comes first in the alphabet, and never against a proxy."""
    helped = attack.attacker < attack.victim and attack.actor == "state"
    return Answer(level="defend" if helped else "none", binding=0.7, why="the alphabet")


def test_a_rule_in_plain_python_fills_the_block_by_enumeration() -> None:
    treaty = Treaty(
        id="RUL",
        name="A treaty by rule",
        parties=["AAA", "BBB", "CCC"],
        obligations=[Obligation(kind="defence", article="1", rule=rule)],
    )
    block = compile_treaty(treaty, STATES, CASES, None)
    assert block.level.any()
    assert set(np.unique(block.binding)) == {0, 70}
    assert_same(treaty, block, STATES, CASES, None)


def test_the_scenarios_treaties_compile_in_under_a_second() -> None:
    states = catalogue.names("states")[:16]
    circumstances = catalogue.circumstances()
    start = time.perf_counter()
    for name in ("SMDA", "NATO", "ARABLG", "GCC", "US-QAT", "US-PAK"):
        compile_treaty(catalogue.treaty(name), states, circumstances, PRESENT)
    assert time.perf_counter() - start < 1.0


def test_a_block_is_compiled_once_and_cannot_be_written_to() -> None:
    treaty = catalogue.treaty("SMDA")
    states = ("IND", "PAK", "SAU")
    one = compile_treaty(treaty, states, CASES, PRESENT)
    assert compile_treaty(catalogue.treaty("SMDA"), list(states), list(CASES), PRESENT) is one
    with pytest.raises(ValueError, match="read-only"):
        one.level[0] = 3


def test_the_law_is_read_without_arrays() -> None:
    heavy = {"numpy", "numba", "scipy", "hypothesis"}
    code = f"import sys, alliancesim.law; print(*set(sys.modules) & {heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
