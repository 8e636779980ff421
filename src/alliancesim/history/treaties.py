"""Defence pacts of the record as treaties: who owes whom on a day, and on which conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from alliancesim.history.record import spells_in
from alliancesim.law import NonProvocation, Obligation, Response, Treaty
from alliancesim.law.grades import Level
from alliancesim.law.unknown import Reading, Unknown

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.history.record import Record

__all__ = ["pact_treaty", "treaties_before", "treaty_id"]

SOURCE = "Alliance Treaty Obligations and Provisions, member level"
WORDINGS = ("all-means", "deems-necessary")
"""What the words of a response may be; ATOP does not code them."""


def treaty_id(atopid: int) -> str:
    """Return what a pact is called here, such as ``ATOP3180``."""
    return f"ATOP{atopid}"


def treaties_before(
    known: Record, states: Sequence[str], *, settled: bool = False
) -> tuple[Treaty, ...]:
    """Return the pacts in force in the last year known, among some states.

    Parameters
    ----------
    known : Record
        What is known.
    states : sequence of str
        The states present; a pact with fewer than two of them is left out.
    settled : bool
        Whether to hold what ATOP does not code at one reading.

    Returns
    -------
    tuple of Treaty
        In the order of their numbers.
    """
    ids = known.state_ids()
    there = spells_in(known.pacts, known.until)
    there = there[there["exit"].isna()]
    found = []
    for atopid, rows in there.groupby("atopid"):
        members = {ids.get(int(each), "") for each in rows["member_ccode"]}
        if len(members & set(states)) >= 2:
            found.append(pact_treaty(int(str(atopid)), rows, ids, settled=settled))
    return tuple(each for each in found if each is not None)


def pact_treaty(
    atopid: int, rows: pd.DataFrame, ids: dict[int, str], *, settled: bool = False
) -> Treaty | None:
    """Return the treaty of a pact's rows; None where nobody owes another defence.

    Parameters
    ----------
    atopid : int
        Its number in ATOP.
    rows : DataFrame
        One row a member.
    ids : dict
        Letter codes of states by number; a member that is not among them was not in the system
        and is left out.
    settled : bool
        Whether to hold what ATOP does not code at one reading.
    """
    rows = rows.drop_duplicates("member_ccode", keep="last")
    rows = rows[rows["member_ccode"].isin(list(ids))]
    named = rows.assign(id=[ids[int(each)] for each in rows["member_ccode"]])
    obligations = tuple(_obligations(named, settled))
    if len(named) < 2 or not obligations:
        return None
    return Treaty(
        id=treaty_id(atopid),
        code=30000 + atopid % 7000,
        name=f"ATOP {atopid}",
        parties=sorted(named["id"]),
        obligations=obligations,
        source=f"{SOURCE}, alliance {atopid}",
        status="coded by ATOP; the words of the response are not",
    )


def _obligations(rows: pd.DataFrame, settled: bool) -> Iterator[Obligation]:
    owing = tuple(sorted(rows.loc[rows["obliged"] == 1, "id"]))
    owed = tuple(sorted(rows.loc[rows["protected"] == 1, "id"]))
    if len(owing) == len(owed) == len(rows):
        owing = owed = ()
    elif not owing or not owed or (owing == owed and len(owing) < 2):
        return
    unprovoked = bool((rows["conditional"] == 1).any())
    yield Obligation(
        kind="defence",
        article="ATOP defense",
        response=_response(settled),
        provocation=NonProvocation(required=unprovoked, article="ATOP conditio"),
        source=SOURCE,
        obligors=owing or None,
        beneficiaries=owed or None,
    )
    if (rows["nonaggression"] == 1).all():
        yield Obligation(kind="non-aggression", article="ATOP nonagg", source=SOURCE)


def _response(settled: bool) -> Response | Unknown[Response]:
    made = [Response(level=Level.DEFEND, wording=each, article="ATOP defense") for each in WORDINGS]
    if settled:
        return made[-1]
    readings = tuple(
        Reading(value=each, weight=1 / len(made), words=f"response not coded: {each.wording}")
        for each in made
    )
    return Unknown(readings=readings, article="ATOP", source=f"{SOURCE}: not coded")
