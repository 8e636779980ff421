"""Change one duty-bearing field of a treaty at a time, and see whether a situation notices.

Run it with ``python -m alliancesim.testing.mutation [TREATY ...]``: it prints, for each treaty, how
many changes were tried and those that no situation notices.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from alliancesim import catalogue
from alliancesim.law import Treaty, clauses
from alliancesim.testing.conformance import run, situations
from alliancesim.testing.mutants import mutants
from alliancesim.testing.situation import Situation

__all__ = ["DUTY_BEARING", "EXPLAINED", "main", "mutants", "survivors"]

TREATY_FIELDS = (
    "unknown: readings and their weights",
    "form: kind",
    "parties: who, since, until, denounced; protected; suspensions; entry: on; ended",
    "term: notice_months; accession: rule, regions, eligible; primacy: over, under",
)
DUTY_BEARING = (
    *(f"{clause}: {', '.join(fields)}" for clause, fields in clauses.DUTY_BEARING.items()),
    *TREATY_FIELDS,
)
"""The fields on which duties depend; articles, sources, names and quotations are not among them."""

OWN_DATES = "the parties' own dates bind them from the same day"
SEA_COVERS_FORCES = "the last cover names forces in the Pacific, on islands or off them"
EXPLAINED = {
    ("ANZUS", "defence IV: area: cover 2 any targets"): SEA_COVERS_FORCES,
    ("US-PHL", "defence IV: area: cover 2 any targets"): SEA_COVERS_FORCES,
    ("CHN-PAK", "in force a day earlier"): OWN_DATES,
    ("EGY-ISR", "in force a day earlier"): OWN_DATES,
    ("QUAD", "in force a day earlier"): OWN_DATES,
    ("SIMLA", "in force a day earlier"): OWN_DATES,
    ("US-SAU", "in force a day earlier"): OWN_DATES,
    ("EGY-ISR", "no primacy"): "the treaty owes no help, so it displaces none",
    ("NATO", "defence 5: area: cover 1 any regions"): "every member's home lies in the regions",
    ("NATO", "defence 5: area: cover 1 any targets"): "the last cover names forces there",
    ("NATO", "defence 5: area: cover 2 any targets"): "the last cover names forces there",
    ("RIO", "defence 3: area: without cover 2"): "every party's home lies in the Americas",
    ("RIO", "defence 3: area: cover 2 any targets"): "every party's home lies in the Americas",
    ("RIO", "defence 8: response: level assist"): "Article 20 caps it at assistance",
    ("SEATO", "defence IV(1): exception 1 cap none"): "Article IV(2) asks for consultation anyway",
}
"""Changes that leave every duty as it was, so that no situation can notice them, and why."""


def survivors(name: str) -> tuple[int, list[str]]:
    """Return how many changes of a treaty were tried, and those that no situation notices."""
    treaty = catalogue.treaty(name)
    suite = tuple(one for one in situations() if name in one.treaties)
    alive, tried = [], 0
    for words, mutant in mutants(treaty):
        tried += 1
        if not is_noticed(suite, name, mutant):
            alive.append(words)
    return tried, alive


def is_noticed(suite: Sequence[Situation], name: str, mutant: Treaty) -> bool:
    """Tell whether a situation fails with the changed treaty in the place of the right one."""

    def shelf(wanted: str) -> Treaty:
        return mutant if wanted == name else catalogue.treaty(wanted)

    return any(run((one,), treaty=shelf).misses for one in suite)


def main(names: Sequence[str]) -> int:
    """Print, for each treaty, how many changes were tried and which survive, and why."""
    total = left = unexplained = 0
    for name in names or catalogue.names("treaties"):
        tried, alive = survivors(name)
        total, left = total + tried, left + len(alive)
        print(f"{name}: {tried} changes, {len(alive)} not noticed")
        for words in alive:
            reason = EXPLAINED.get((name, words))
            unexplained += reason is None
            print(f"  {words} ({reason or 'unexplained'})")
    print(f"{total} changes of duty-bearing fields, {left} not noticed, {unexplained} unexplained")
    return int(unexplained > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
