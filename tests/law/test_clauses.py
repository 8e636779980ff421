"""A clause is known wherever clauses are: it is drawn, changed, told and in the reference."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import attrs
import pytest
from hypothesis import Phase, find, settings

from alliancesim import law, levels
from alliancesim.law.attack import Provocation
from alliancesim.law.clauses import CLAUSES, CONDITIONS
from alliancesim.law.unknown import Unknown
from alliancesim.testing.strategies import obligations

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "law.md"
QUICK = settings(phases=[Phase.generate], max_examples=2000, database=None)
fields = pytest.mark.parametrize("field", [name for name in CLAUSES if name != "agreed"])


def plain_clause(field: str) -> object:
    return CLAUSES[field]() if field != "response" else None


def differs(clause: object, plain: object) -> bool:
    read = attrs.evolve(clause, article="", source="") if attrs.has(type(clause)) else None
    return read not in (plain, None)


def kinds_of(field: str) -> tuple[str, ...]:
    return ("neutrality",) if field == "saving" else ("defence",)


@fields
def test_the_kit_draws_it_with_a_limit_and_unknown(field: str) -> None:
    plain = plain_clause(field)
    drawn = obligations(kinds=kinds_of(field))
    assert find(drawn, lambda duty: getattr(duty, field) not in (plain, None), settings=QUICK)
    assert find(drawn, lambda duty: isinstance(getattr(duty, field), Unknown), settings=QUICK)


@fields
def test_it_has_words_and_wrong_encodings_of_its_own(field: str) -> None:
    limited = find(
        obligations(kinds=kinds_of(field), unknowns=False),
        lambda duty: (
            differs(getattr(duty, field), plain_clause(field))
            and list(getattr(duty, field).wrong_encodings())
        ),
        settings=QUICK,
    )
    clause = getattr(limited, field)
    assert clause.in_words()
    assert clause not in dict(clause.wrong_encodings()).values()


@fields
def test_it_is_public_and_in_the_reference(field: str) -> None:
    name = CLAUSES[field].__name__
    assert name in law.__all__
    assert f".. autoclass:: alliancesim.law.{name}\n" in REFERENCE.read_text(encoding="utf-8")


def test_what_is_asked_of_the_attack_alone_is_a_clause_that_says_on_what_it_hangs() -> None:
    for field in CONDITIONS:
        assert set(CLAUSES[field].axes) <= {"circumstance", "attacker", "victim"}


def test_words_of_files_are_the_members_of_the_enumerations() -> None:
    assert get_args(Provocation) == tuple(str(one) for one in levels.Provocation)
    assert [levels.Provocation.CONTESTED.share, levels.Provocation.PROVOKED.share] == [0.5, 1.0]
    assert law.Level is levels.Level
    assert law.Gate is levels.Gate
