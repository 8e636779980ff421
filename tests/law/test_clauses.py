"""A clause is known wherever clauses are: it is drawn, changed, told and in the reference."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, find, settings

from alliancesim import law
from alliancesim.law.clauses import CLAUSES, CONDITIONS
from alliancesim.law.unknown import Unknown
from alliancesim.report.clauses import _WORDS
from alliancesim.testing.drafting import obligations
from alliancesim.testing.mutants import CHANGES

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "law.md"
QUICK = settings(phases=[Phase.generate], max_examples=2000, database=None)
fields = pytest.mark.parametrize("field", [name for name in CLAUSES if name != "agreed"])


@fields
def test_the_kit_draws_it_with_a_limit_and_unknown(field: str) -> None:
    plain = CLAUSES[field]() if field != "response" else None
    drawn = obligations(kinds=("defence",))
    assert find(drawn, lambda duty: getattr(duty, field) not in (plain, None), settings=QUICK)
    assert find(drawn, lambda duty: isinstance(getattr(duty, field), Unknown), settings=QUICK)


@fields
def test_the_kit_changes_it_and_a_report_tells_it(field: str) -> None:
    assert field in CHANGES
    assert CLAUSES[field] in _WORDS


@fields
def test_it_is_public_and_in_the_reference(field: str) -> None:
    name = CLAUSES[field].__name__
    assert name in law.__all__
    assert f".. autoclass:: alliancesim.law.{name}\n" in REFERENCE.read_text(encoding="utf-8")


def test_what_is_asked_of_the_attack_alone_is_a_clause_that_says_on_what_it_hangs() -> None:
    for field in CONDITIONS:
        assert set(CLAUSES[field].axes) <= {"circumstance", "attacker", "victim"}
