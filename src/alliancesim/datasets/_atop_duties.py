"""The obligations that ATOP codes for the members of an alliance, with sides and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from alliancesim.datasets._atop_columns import KINDS, LIMITS, NAMED, SOURCE, not_coded
from alliancesim.datasets._rows import Row, state_of
from alliancesim.errors import InvalidInput
from alliancesim.law.area import Area, Cover
from alliancesim.law.checks import PARTIES
from alliancesim.law.clauses import Obligation, Proviso, Request, Response
from alliancesim.law.conditions import Adversaries, NonProvocation, When
from alliancesim.law.grades import DutyKind, Level
from alliancesim.law.unknown import Unknown

__all__ = ["obligations_of"]


def obligations_of(kind: DutyKind, members: list[Row]) -> Iterator[Obligation]:
    """Yield the obligations of one kind, with their sides.

    Where only some members are bound, they owe the others; whether they owe each other too is
    not coded, and so unknown. Where members are bound on different conditions, each owes all.
    """
    column = KINDS[kind][0]
    named = {row.member(): row for row in members}
    everybody = sorted(named)
    owing = [state for state in everybody if named[state].flag(column)]
    uncoded = [state for state in everybody if named[state].flag(column) is None]
    owed = [state for state in everybody if state not in owing]
    for group in alike(kind, owing, named):
        row = named[group[0]]
        if not owed and len(group) == len(owing):
            yield obligation(kind, row, None, None)
            continue
        yield obligation(kind, row, group, owed or everybody)
        if owed and len(owing) > 1:
            yield attrs.evolve(
                obligation(kind, row, group, owing),
                agreed=not_coded(f"{kind} among its obligors", True, False),
            )
    if uncoded:
        row = named[uncoded[0]]
        doubtful = obligation(kind, row, uncoded, everybody)
        yield attrs.evolve(doubtful, agreed=not_coded(kind, True, False))


def alike(kind: DutyKind, owing: list[str], named: dict[str, Row]) -> list[list[str]]:
    """Return the obligors of a kind, those bound on the same conditions together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for state in owing:
        cells = named[state].cells
        ends = ("coadv", "coloc", "conpr", "coreq", "coatt", *LIMITS)
        columns = [f"{KINDS[kind][1]}{end}" for end in ends if KINDS[kind][1]]
        values = tuple(cells.get(name, "") for name in (*columns, "statthr1", "statthr2"))
        groups.setdefault(values, []).append(state)
    return list(groups.values())


def obligation(
    kind: DutyKind, row: Row, obligors: list[str] | None, beneficiaries: list[str] | None
) -> Obligation:
    """Return an obligation with the conditions that ATOP codes."""
    column, start = KINDS[kind]
    given: dict[str, Any] = {}
    if kind == "defence":
        given["response"] = not_coded(
            "response",
            Response(level=Level.DEFEND, wording="all-means", article=f"ATOP {column}"),
            Response(level=Level.DEFEND, wording="deems-necessary", article=f"ATOP {column}"),
        )
    if start:
        given |= conditions(row, start)
    return Obligation(
        kind=kind,
        article=f"ATOP {column}",
        obligors=obligors,
        beneficiaries=beneficiaries,
        source=SOURCE,
        **given,
    )


def conditions(row: Row, start: str) -> dict[str, Any]:
    """Return the conditions of one kind of duty."""
    given: dict[str, Any] = {}
    if coded(row, f"{start}coadv"):
        given["adversaries"] = adversaries(row)
    if coded(row, f"{start}coloc"):
        limited = Area(covers=(Cover(regions=(NAMED,)),), article=f"ATOP {start}coloc")
        given["area"] = not_coded("the place named", limited, Area())
    if coded(row, f"{start}conpr"):
        given["provocation"] = NonProvocation(required=True, article=f"ATOP {start}conpr")
    if coded(row, f"{start}coreq"):
        given["request"] = Request(needed=True, article=f"ATOP {start}coreq")
    limits = tuple(
        Proviso(
            article=f"ATOP {start}{end}",
            when=When(tags_except=(tag,)),
            cap=Level.NONE,
            words=words,
            source=SOURCE,
        )
        for end, (tag, words) in LIMITS.items()
        if coded(row, f"{start}{end}")
    )
    if coded(row, f"{start}coatt"):
        limits += (attrs.evolve(ATTACKED_ONLY, article=f"ATOP {start}coatt"),)
    return given | ({"exceptions": limits} if limits else {})


ATTACKED_ONLY = Proviso(
    article="ATOP neucoatt",
    when=When(adversaries=(PARTIES,)),
    cap=Level.NONE,
    words="only if the ally is attacked, not if it attacks",
    source=SOURCE,
)
"""The condition that the beneficiary of neutrality is the state attacked."""


def coded(row: Row, column: str) -> bool:
    """Tell whether a condition is coded as present; ATOP has not every column for every kind."""
    return column in row.cells and bool(row.flag(column))


def adversaries(row: Row) -> Adversaries | Unknown[Adversaries]:
    """Return the adversaries: the states coded as the threat, else unknown."""
    codes = [(name, row.whole(name)) for name in ("statthr1", "statthr2")]
    for name, code in codes:
        if code is not None and code < 0:
            raise InvalidInput(
                f"{code} is no state", where=f"{row.where}: {name}", allowed="a state's code, or 0"
            )
    signed = row.day("yrent", "moent", "dayent")
    members = tuple(dict.fromkeys(state_of(code, signed) for _, code in codes if code))
    if members:
        return Adversaries(only=members, article="ATOP statthr1, statthr2")
    named = Adversaries(tags=(NAMED,), article="ATOP")
    return not_coded("the adversary named", named, Adversaries())
