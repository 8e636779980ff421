"""Treaties from the field's own data set: the Alliance Treaty Obligations and Provisions project.

ATOP codes, alliance by alliance and member by member, which kinds of duty a treaty holds and
whether they are conditional. What it does not code, such as the wording of the response or which
place a duty is limited to, becomes unknown here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from alliancesim.data.arguments import checked
from alliancesim.datasets._atop_columns import (
    ALLIANCE_COLUMNS,
    KINDS,
    MEMBER_COLUMNS,
    SOURCE,
    not_coded,
)
from alliancesim.datasets._atop_duties import obligations_of
from alliancesim.datasets._atop_frame import UnreadableError, form, joined, status, term
from alliancesim.datasets._rows import Row, required, rows
from alliancesim.errors import InvalidInput
from alliancesim.law.terms import Accession, Nuclear
from alliancesim.law.treaty import Treaty

if TYPE_CHECKING:
    from alliancesim.datasets._tables import Source

__all__ = ["Atop", "Unread", "read_atop"]


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


@checked
def read_atop(alliance_file: Source, member_file: Source) -> Atop:
    """Turn the files of ATOP into treaties.

    Parameters
    ----------
    alliance_file, member_file : str, path, open file or DataFrame
        The data set's alliance-level and member-level tables (CSV or Stata), as their authors
        publish them; version 4.01 was tried.

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
    alliances = rows(alliance_file, ALLIANCE_COLUMNS)
    members = rows(member_file, MEMBER_COLUMNS)
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
