"""Treaties from the field's own data set: the Alliance Treaty Obligations and Provisions project.

ATOP codes, alliance by alliance and member by member, which kinds of duty a treaty holds and
whether they are conditional. What it does not code, such as the wording of the response or which
place a duty is limited to, becomes unknown here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import attrs

from alliancesim.datasets._rows import Row, required, rows, state_of
from alliancesim.errors import InvalidInput
from alliancesim.law.area import Area, Cover
from alliancesim.law.checks import PARTIES
from alliancesim.law.clauses import Obligation, Proviso, Request, Response
from alliancesim.law.conditions import Adversaries, NonProvocation, When
from alliancesim.law.grades import DutyKind, Level
from alliancesim.law.terms import (
    Accession,
    LegalForm,
    Nuclear,
    Party,
    Suspension,
    Term,
    add_months,
)
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Reading, Unknown

__all__ = ["Atop", "Unread", "read_atop"]

T = TypeVar("T")

SOURCE = "Alliance Treaty Obligations and Provisions"
NAMED = "named-in-the-treaty"
"""The tag, or region, of an adversary or a place that the treaty names and ATOP does not."""

KINDS: dict[DutyKind, tuple[str, str]] = {
    "defence": ("defense", "def"),
    "offence": ("offense", "off"),
    "neutrality": ("neutral", "neu"),
    "non-aggression": ("nonagg", ""),
    "consultation": ("consul", "con"),
}
"""By kind of duty: its column, and the beginning of the columns of its conditions."""

ALLIANCE_COLUMNS = (
    *("atopid", "begyr", "begmo", "begday", "endyr", "endmo", "endday", "length"),
    *("renounce", "proren"),
)
CONDITION_COLUMNS = (
    *("defcoadv", "defcoloc", "defcocon", "defconum", "defcodem", "defconpr"),
    *("offcoadv", "offcoloc", "offcocon", "offconum", "offcodem"),
    *("neucoadv", "neucoloc", "neucocon", "neuconum", "neucodem", "neuconpr", "neucoatt"),
    *("concoadv", "concoloc", "concocon", "concoreq"),
)
MEMBER_COLUMNS = (
    *("atopid", "member", "phase", "maxphase", "yrent", "moent", "dayent"),
    *("yrexit", "moexit", "dayexit", "statthr1", "statthr2"),
    *(column for column, _ in KINDS.values()),
    *CONDITION_COLUMNS,
)
NOT_READ = (
    *("olimob", "obvary", "notaiden", "seppeace", "noothall", "specthrt", "active", "conwtin"),
    *("dipaid", "terrres", "thirdcom", "medarb", "milcon", "milaid", "intcom", "subord"),
    *("organ1", "organ2", "base", "contrib", "armred", "acqterr", "divgains", "demwith"),
    *("reflnun", "refothio", "natrefal", "compag", "nomicoop", "conres", "agprois", "conmen"),
    *("ecaid", "interv", "wartime", "pubsecr", "futmem"),
)
"""Columns of provisions that no clause here expresses; a status names those coded in its treaty."""

LIMITS = {
    "cocon": ("in-the-ongoing-conflict", "only in a conflict that was going on at signature"),
    "conum": ("in-the-number-named", "only against the number of adversaries that it names"),
    "codem": ("demands-refused", "only once the adversary has refused the demands it names"),
}
"""Conditions that ATOP codes as such: how the column ends, the attack's tag, and the words."""


@attrs.frozen(kw_only=True)
class Unread:
    """An alliance that was not read, and why.

    Attributes
    ----------
    atopid : int
        Its number in ATOP.
    reason : str
        Why.
    """

    atopid: int
    reason: str


@attrs.frozen(kw_only=True)
class Atop:
    """What was read.

    Attributes
    ----------
    treaties : tuple of Treaty
        One for each alliance, or for each phase of one whose obligations changed.
    alliances : tuple of int
        The numbers of the alliances that were read.
    unread : tuple of Unread
        Those that were not, with the reason; none is dropped without a word.
    """

    treaties: tuple[Treaty, ...]
    alliances: tuple[int, ...]
    unread: tuple[Unread, ...]


def read_atop(alliance_file: str | Path, member_file: str | Path) -> Atop:
    """Turn the files of ATOP into treaties.

    Parameters
    ----------
    alliance_file, member_file : str or Path
        The data set's alliance-level and member-level files (CSV), as their authors publish
        them; version 4.01 was tried.

    Returns
    -------
    Atop
        The treaties, and the alliances that could not be read with the reason.

    Raises
    ------
    InvalidInput
        When a file cannot be read, lacks a column, or holds a cell that is no such code: names
        file, row and column.
    """
    alliances = rows(Path(alliance_file), ALLIANCE_COLUMNS)
    members = rows(Path(member_file), MEMBER_COLUMNS)
    by_alliance: dict[int, list[Row]] = {}
    for row in members:
        by_alliance.setdefault(required(row, "atopid"), []).append(row)
    treaties: list[Treaty] = []
    read: list[int] = []
    unread: list[Unread] = []
    for row in alliances:
        atopid = required(row, "atopid")
        try:
            found = list(phases(row, by_alliance.pop(atopid, [])))
        except UnreadableError as error:
            unread.append(Unread(atopid=atopid, reason=str(error)))
            continue
        treaties += found
        read.append(atopid)
    strays = [Unread(atopid=one, reason="no row at alliance level") for one in by_alliance]
    return Atop(treaties=tuple(treaties), alliances=tuple(read), unread=(*unread, *strays))


class UnreadableError(Exception):
    """An alliance whose coding makes no treaty."""


def phases(alliance: Row, members: list[Row]) -> Iterator[Treaty]:
    """Yield the treaties of an alliance, one for each phase of its obligations."""
    if not members:
        raise UnreadableError("no row at member level")
    by_phase: dict[int, list[Row]] = {}
    for row in members:
        by_phase.setdefault(row.whole("phase") or 0, []).append(row)
    for phase in sorted(by_phase):
        yield treaty(alliance, phase, by_phase[phase])


def treaty(alliance: Row, phase: int, members: list[Row]) -> Treaty:
    """Return the treaty of one phase."""
    atopid = required(alliance, "atopid")
    parties, pauses = joined(members)
    obligations = [one for kind in KINDS for one in obligations_of(kind, members)]
    if not obligations:
        raise UnreadableError("no duty is coded for any member")
    if len(parties) < 2:
        raise UnreadableError("fewer than two members are coded")
    name = f"ATOP {atopid}" + (f", phase {phase}" if phase else "")
    try:
        return Treaty(
            id=f"ATOP{atopid}" + (f"-{phase}" if phase else ""),
            code=30000 + 7000 * phase + atopid % 7000,
            name=name,
            parties=parties,
            obligations=obligations,
            suspensions=pauses,
            form=form(alliance),
            term=term(alliance, parties),
            accession=not_coded("accession", Accession(rule="closed"), Accession()),
            nuclear=not_coded("nuclear cover", Nuclear(covered="silent"), Nuclear(covered="yes")),
            source=f"{SOURCE}, alliance {atopid}",
            status=status(alliance, members),
        )
    except InvalidInput as error:
        raise UnreadableError(f"{alliance.where}: {error}") from None


def status(alliance: Row, members: list[Row]) -> str:
    """Return how far the coding says what a treaty says."""
    parts = ["coded by ATOP; what it does not code is unknown"]
    if alliance.whole("renounce") in RENOUNCED:
        parts.append("notice to leave is provided, and its months are not coded")
    ignored = [one for one in NOT_READ if any(row.coded(one) for row in members)]
    if ignored:
        parts.append(f"coded and not read: {', '.join(ignored)}")
    return "; ".join(parts) + asymmetry(members)


OTHER_SIDES = ("terrres", "thirdcom", "dipaid", "base", "contrib", "milaid", "ecaid", "olimob")
"""Columns of provisions that are no duty here, in which a treaty may still have two sides."""


def asymmetry(members: list[Row]) -> str:
    """Return, in words, the sides of an asymmetric alliance that no duty shows."""
    if not any(row.coded("asymm") for row in members):
        return ""
    sides = []
    for column in OTHER_SIDES:
        values = {state_of(required(row, "member")): row.optional(column) for row in members}
        if len(set(values.values())) > 1:
            told = ", ".join(f"{state} {value}" for state, value in values.items())
            sides.append(f"{column} ({told})")
    return "; coded as asymmetric" + (f" in {'; '.join(sides)}" if sides else "")


def joined(members: list[Row]) -> tuple[list[Party], list[Suspension]]:
    """Return the parties; one that left and came back is suspended in between."""
    stays: dict[str, list[Stay]] = {}
    for row in members:
        stays.setdefault(state_of(required(row, "member")), []).append(stay(row))
    parties, pauses = [], []
    for state, found in stays.items():
        found.sort(key=lambda one: one.entry or dt.date.min)
        parties.append(Party(state, since=found[0].entry, until=found[-1].leaving))
        for before, after in pairwise(found):
            if before.leaving is None or after.entry is None or after.entry < before.leaving:
                raise UnreadableError(
                    f"{after.row.where}: {state} is there from {after.entry} and had not left"
                )
            pauses.append(
                Suspension(states=(state,), since=before.leaving, until=after.entry, article="ATOP")
            )
    return parties, pauses


@attrs.frozen
class Stay:
    """One membership: its days, and the row that codes it."""

    entry: dt.date | None
    leaving: dt.date | None
    row: Row


def stay(row: Row) -> Stay:
    """Return the membership that a row codes; one that ends before it begins is a day's."""
    entry = row.day("yrent", "moent", "dayent")
    leaving = row.day("yrexit", "moexit", "dayexit")
    if entry is not None and leaving is not None and leaving < entry:
        leaving = entry
    return Stay(entry=entry, leaving=leaving, row=row)


RENOUNCED = (1, 3)
"""How ``renounce`` codes that a member may leave: by notice, or on conditions."""


def form(alliance: Row) -> LegalForm:
    """Return the form: a treaty, which a member may leave by notice only where it says so."""
    leaves = alliance.whole("renounce") in RENOUNCED
    return LegalForm(
        revocable="by notice" if leaves else "by law", article="ATOP renounce", source=SOURCE
    )


def term(alliance: Row, parties: Sequence[Party]) -> Term | Unknown[Term]:
    """Return the term; ATOP codes 0 for one that is not limited.

    A term that is not renewed by itself, or by consent alone (``proren``), ends; where a member is
    coded beyond its end the members renewed it.
    """
    months = alliance.whole("length")
    if months is None:
        return not_coded("term", Term(), Term(months=120))
    if not months:
        return Term(article="ATOP length", source=SOURCE)
    renewed = Term(months=months, article="ATOP length, proren", source=SOURCE)
    ended = attrs.evolve(renewed, renewal="none")
    code = alliance.whole("proren")
    if code is None:
        return not_coded("renewal", renewed, ended)
    return renewed if code == AUTOMATIC or outlived(months, parties) else ended


AUTOMATIC = 2
"""How ``proren`` codes a term that is renewed unless somebody objects."""


def outlived(months: int, parties: Sequence[Party]) -> bool:
    """Return whether a party is bound beyond a term that began with the first of them."""
    starts = [party.since for party in parties if party.since is not None]
    if not starts:
        return False
    end = add_months(min(starts), months)
    return any(party.until is None or party.until > end for party in parties)


def not_coded(what: str, *values: T) -> Unknown[T]:
    """Return what ATOP does not code: the readings, all as likely."""
    readings = tuple(
        Reading(value=value, weight=1 / len(values), words=f"{what} not coded: reading {n}")
        for n, value in enumerate(values, start=1)
    )
    return Unknown(readings=readings, article="ATOP", source=f"{SOURCE}: not coded")


def obligations_of(kind: DutyKind, members: list[Row]) -> Iterator[Obligation]:
    """Yield the obligations of one kind, with their sides.

    Where only some members are bound, they owe the others; whether they owe each other too is
    not coded, and so unknown. Where members are bound on different conditions, each owes all.
    """
    column = KINDS[kind][0]
    named = {state_of(required(row, "member")): row for row in members}
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
    members = tuple(dict.fromkeys(state_of(code) for _, code in codes if code))
    if members:
        return Adversaries(only=members, article="ATOP statthr1, statthr2")
    named = Adversaries(tags=(NAMED,), article="ATOP")
    return not_coded("the adversary named", named, Adversaries())
