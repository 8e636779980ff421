"""The life of an alliance as ATOP codes it: members and their days, form, term, and the status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import attrs

from alliancesim.datasets._atop_columns import NOT_READ, SOURCE, not_coded
from alliancesim.datasets._rows import Row
from alliancesim.law.terms import LegalForm, Party, Suspension, Term, add_months
from alliancesim.law.unknown import Unknown

__all__ = ["UnreadableError", "form", "joined", "status", "term"]


class UnreadableError(Exception):
    """An alliance whose coding makes no treaty."""


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
        values = {row.member(): row.optional(column) for row in members}
        if len(set(values.values())) > 1:
            told = ", ".join(f"{state} {value}" for state, value in values.items())
            sides.append(f"{column} ({told})")
    return "; coded as asymmetric" + (f" in {'; '.join(sides)}" if sides else "")


def joined(members: list[Row]) -> tuple[list[Party], list[Suspension]]:
    """Return the parties; one that left and came back is suspended in between."""
    stays: dict[str, list[Stay]] = {}
    for row in members:
        stays.setdefault(row.member(), []).append(stay(row))
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
