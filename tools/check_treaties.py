"""Compare the catalogue's treaties with ATOP, and hold each status to what it claims.

Run with ``python tools/check_treaties.py FOLDER``, where the folder holds the data set's
``atop-alliance-level.csv`` and ``atop-member-level.csv`` (version 4.01 was tried). For each treaty
whose status names an alliance of ATOP the script compares what the status claims: the kinds of
duty, who owes them, the conditions, the term, and the days on which each party joined and left. An
aspect that ``agrees`` must not differ at all; one that is ``compared`` may, where the reason is
written down in ``atop_differences.toml`` beside this script. It fails where a difference has no
reason, where a reason explains nothing, and where a status names ATOP and claims no check.

ATOP dates a member from its signature, and the treaties here from the day on which it was bound: a
party's day agrees where either its ``signed``, its ``since`` or the signature of the treaty is
ATOP's day.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import attrs

from alliancesim import catalogue
from alliancesim.datasets._rows import Row, rows, state_of
from alliancesim.law import Obligation, Party, Term, Treaty, Unknown

REASONS = Path(__file__).with_name("atop_differences.toml")
CLAIM = re.compile(r"([a-z ,]+) (agree|compared) with ATOP (\d+)")
KINDS = {
    "defence": ("defense", "def"),
    "offence": ("offense", "off"),
    "neutrality": ("neutral", "neu"),
    "non-aggression": ("nonagg", ""),
    "consultation": ("consul", "con"),
}
CONDITIONS = {
    "area": "coloc",
    "adversaries": "coadv",
    "provocation": "conpr",
    "request": "coreq",
}
SUCCESSORS = {"YAR": "YEM", "GFR": "DEU"}


@attrs.frozen(order=True)
class Difference:
    """What a treaty here and ATOP say of one thing."""

    treaty: str
    aspect: str
    what: str
    here: str
    atop: str

    def __str__(self) -> str:
        """Return the difference as one line."""
        return f"{self.treaty}: {self.aspect}: {self.what}: {self.here} here, {self.atop} in ATOP"


@attrs.frozen
class Stay:
    """One membership as ATOP codes it."""

    state: str
    entry: dt.date | None
    leaving: dt.date | None


@attrs.frozen
class Coding:
    """An alliance of ATOP: its row, and those of its members."""

    alliance: Row
    members: tuple[Row, ...]

    def codes(self, column: str) -> set[bool]:
        """Return what is coded in a column of the last phase, over members."""
        return {bool(row.flag(column)) for row in self.last if column in row.cells}

    @property
    def last(self) -> tuple[Row, ...]:
        """The rows of the last phase."""
        newest = max(row.whole("phase") or 0 for row in self.members)
        return tuple(row for row in self.members if (row.whole("phase") or 0) == newest)

    def stays(self) -> list[Stay]:
        """Return each member's stays in the order of time, joined over phases."""
        found: dict[str, list[Stay]] = {}
        for row in self.members:
            code = state_of(row.whole("member") or 0)
            one = Stay(
                SUCCESSORS.get(code, code), row.day("yrent", "moent", "dayent"), leaving(row)
            )
            found.setdefault(one.state, []).append(one)
        return [stay for each in found.values() for stay in joined(each)]


def leaving(row: Row) -> dt.date | None:
    """Return the day on which a member left, or None."""
    return row.day("yrexit", "moexit", "dayexit")


def joined(stays: list[Stay]) -> Iterator[Stay]:
    """Yield stays; one that goes on in the next phase on the day the last ends is one."""
    stays.sort(key=lambda stay: stay.entry or dt.date.min)
    running = stays[0]
    for stay in stays[1:]:
        if running.leaving == stay.entry:
            running = attrs.evolve(running, leaving=stay.leaving)
            continue
        yield running
        running = stay
    yield running


def codings(folder: Path) -> dict[int, Coding]:
    """Return the alliances of ATOP by number."""
    members: dict[int, list[Row]] = {}
    for row in rows(folder / "atop-member-level.csv", ("atopid", "member", "phase")):
        members.setdefault(row.whole("atopid") or 0, []).append(row)
    table = rows(folder / "atop-alliance-level.csv", ("atopid", "length"))
    return {
        number: Coding(row, tuple(members[number]))
        for row in table
        if (number := row.whole("atopid") or 0) in members
    }


@attrs.frozen
class Claim:
    """What a status says of one aspect: it agrees with an alliance of ATOP, or was compared."""

    aspect: str
    agrees: bool
    number: int


def claims(treaty: Treaty) -> list[Claim]:
    """Return what a status claims, aspect by aspect."""
    return [
        Claim(aspect.strip(), verb == "agree", int(number))
        for aspects, verb, number in CLAIM.findall(treaty.status)
        for aspect in re.split(r", | and ", aspects)
        if aspect.strip() in ASPECTS
    ]


def kinds(treaty: Treaty, coding: Coding) -> Iterator[Difference]:
    """Yield the kinds of duty that one side has and the other has not."""
    for kind, (column, _) in KINDS.items():
        here = any(one.kind == kind for one in lasting(treaty))
        there = True in coding.codes(column)
        if here != there:
            yield Difference(treaty.id, "kinds of duty", kind, told(here), told(there))


def sides(treaty: Treaty, coding: Coding) -> Iterator[Difference]:
    """Yield the kinds of duty that are owed by all on one side and by some on the other."""
    for kind, (column, _) in KINDS.items():
        duties = [one for one in lasting(treaty) if one.kind == kind]
        here = bool(duties) and all(one.obligors is not None for one in duties)
        there = coding.codes(column) == {True, False}
        if duties and here != there:
            words = {True: "owed by some", False: "owed by all"}
            yield Difference(treaty.id, "sides", kind, words[here], words[there])


def conditions(treaty: Treaty, coding: Coding) -> Iterator[Difference]:
    """Yield the conditions that one side has and the other has not."""
    for kind, (_, start) in KINDS.items():
        duties = [one for one in lasting(treaty) if one.kind == kind]
        for field, end in CONDITIONS.items():
            column = start + end
            if not duties or not start or column not in coding.last[0].cells:
                continue
            here = any(limits(one, field) for one in duties)
            there = True in coding.codes(column)
            if here != there:
                what = f"{kind}, {field}"
                yield Difference(treaty.id, "conditions", what, told(here), told(there))


def limits(obligation: Obligation, field: str) -> bool:
    """Return whether a clause of an obligation sets a limit in any of its readings."""
    clause = getattr(obligation, field)
    values = [one.value for one in clause.readings] if isinstance(clause, Unknown) else [clause]
    blank = type(values[0])()
    words = ("article", "source")
    bare = [attrs.evolve(one, **dict.fromkeys(words, "")) for one in values]
    named = field == "adversaries" and any(
        (proviso.when.tags_except or proviso.when.adversaries_except) and not proviso.when.actors
        for proviso in obligation.exceptions
    )
    return any(one != blank for one in bare) or named


def term(treaty: Treaty, coding: Coding) -> Iterator[Difference]:
    """Yield a difference of the term, in months; 0 stands for no limit."""
    months = coding.alliance.whole("length")
    if isinstance(treaty.term, Term) and months is not None and (treaty.term.months or 0) != months:
        here = str(treaty.term.months or 0)
        yield Difference(treaty.id, "term", "months", here, str(months))


def parties(treaty: Treaty, coding: Coding) -> Iterator[Difference]:
    """Yield parties that are on one side only, and days of joining and leaving that differ."""
    stays: dict[str, list[Stay]] = {}
    for stay in coding.stays():
        stays.setdefault(stay.state, []).append(stay)
    here = {party.state: party for party in treaty.parties}
    for state in sorted({*here, *stays}):
        if state not in stays or state not in here:
            words = (told(state in here), told(state in stays))
            yield Difference(treaty.id, "parties", state, *words)
            continue
        yield from days(treaty, here[state], stays[state])


def days(treaty: Treaty, party: Party, stays: list[Stay]) -> Iterator[Difference]:
    """Yield the days of one party that differ."""
    entry = stays[0].entry
    ours = {party.signed, party.since, treaty.signed if starts_with(treaty, party) else None}
    if entry is not None and entry not in ours:
        here = " or ".join(str(day) for day in sorted(day for day in ours if day))
        yield Difference(treaty.id, "parties", f"{party.state} joins", here or "never", str(entry))
    breaks = [pause for pause in treaty.suspensions if party.state in pause.states]
    ends = [pause.since for pause in breaks] + [party.until]
    there = [stay.leaving for stay in stays]
    if breaks and breaks[-1].until is not None and len(there) == len(breaks):
        ends = ends[:-1]
    if [day for day in ends if day] != [day for day in there if day]:
        yield Difference(treaty.id, "parties", f"{party.state} leaves", listed(ends), listed(there))


def starts_with(treaty: Treaty, party: Party) -> bool:
    """Return whether a party was there from the beginning."""
    first = min((one.since for one in treaty.parties if one.since), default=None)
    return party.since is None or party.since == first


def lasting(treaty: Treaty) -> list[Obligation]:
    """Return the obligations of the text as it stands."""
    return [one for one in treaty.obligations if one.holds_on(None)]


def told(there: bool) -> str:
    """Return whether something is there, in words."""
    return "there" if there else "absent"


def listed(values: Sequence[dt.date | None]) -> str:
    """Return days in words."""
    return ", ".join(str(day) for day in values if day) or "never"


ASPECTS = {
    "kinds of duty": kinds,
    "sides": sides,
    "conditions": conditions,
    "term": term,
    "parties": parties,
}


def differences(treaty: Treaty, claim: Claim, known: Mapping[int, Coding]) -> list[Difference]:
    """Return where a treaty differs from ATOP in an aspect."""
    if claim.number not in known:
        return [Difference(treaty.id, claim.aspect, f"ATOP {claim.number}", "named", "absent")]
    return list(ASPECTS[claim.aspect](treaty, known[claim.number]))


@attrs.frozen
class Reason:
    """Why a treaty differs from ATOP; ``what`` may hold an asterisk for any words."""

    treaty: str
    aspect: str
    what: str
    reason: str

    def explains(self, one: Difference) -> bool:
        """Return whether the reason is about a difference."""
        same = (self.treaty, self.aspect) == (one.treaty, one.aspect)
        return same and fnmatchcase(one.what, self.what)


def reasons(path: Path = REASONS) -> list[Reason]:
    """Return the reasons that are written down."""
    return [Reason(**one) for one in tomllib.loads(path.read_text("utf-8"))["difference"]]


def report(
    treaties: Sequence[Treaty], known: Mapping[int, Coding], explained: Sequence[Reason]
) -> tuple[list[str], list[str]]:
    """Return the lines to print, and what is wrong."""
    lines, wrong = [], []
    unused = set(explained)
    for treaty in treaties:
        if re.search(r"ATOP \d", treaty.status) and not claims(treaty):
            wrong.append(f"{treaty.id}: the status names ATOP and claims no check")
        for claim in claims(treaty):
            for one in differences(treaty, claim, known):
                why = next((each for each in explained if each.explains(one)), None)
                unused.discard(why)
                lines.append(f"{one} ({why.reason if why else 'unexplained'})")
                if claim.agrees or why is None:
                    said = f"the status says {claim.aspect} agree" if claim.agrees else "no reason"
                    wrong.append(f"{one}, and {said}")
    stale = [
        f"{one.treaty}: {one.aspect}: {one.what}: explained, and no difference" for one in unused
    ]
    return lines, wrong + sorted(stale)


def main(arguments: Sequence[str]) -> int:
    """Print every difference, and return 1 where something is wrong."""
    if len(arguments) != 1:
        print("usage: python tools/check_treaties.py FOLDER", file=sys.stderr)
        return 2
    treaties = [catalogue.treaty(name) for name in catalogue.names("treaties")]
    known = codings(Path(arguments[0]))
    lines, wrong = report(treaties, known, reasons())
    checked = sum(len(claims(treaty)) for treaty in treaties)
    print("\n".join(lines))
    print(f"{checked} claims checked, {len(lines)} differences, {len(wrong)} wrong")
    print("\n".join(f"wrong: {one}" for one in wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
