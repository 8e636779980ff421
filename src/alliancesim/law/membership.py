"""Who joins and who leaves: each operation is pure and gives a new treaty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import attrs

from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.law.checks import state as check_state
from alliancesim.law.clauses import Obligation
from alliancesim.law.force import members_on, notice_months, started, why_not_in_force
from alliancesim.law.places import home_regions
from alliancesim.law.response import votes_needed
from alliancesim.law.terms import Accession, Party, add_months
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown

__all__ = ["accede", "notice_months", "withdraw"]


def evolve_party(treaty: Treaty, state: str, **dates: Any) -> Treaty:
    """Return the treaty with some dates of one party changed."""
    parties = tuple(
        attrs.evolve(party, **dates) if party.state == state else party for party in treaty.parties
    )
    return attrs.evolve(treaty, parties=parties)


def refuse_stranger(treaty: Treaty, state: str) -> Party:
    """Return a party, or refuse a state that is none."""
    party = treaty.party(state)
    if party is None:
        raise InvalidInput(
            f"{state} is not a party to {treaty.id}",
            where="state",
            allowed=", ".join(treaty.members),
        )
    return party


@checked
def accede(
    treaty: Treaty,
    state: str,
    *,
    on: dt.date | None = None,
    consents: Collection[str] | None = None,
) -> Treaty:
    """Return the treaty with one more party, by the treaty's own rule of accession.

    Parameters
    ----------
    treaty : Treaty
        The treaty.
    state : str
        The state that joins; what binds every party then binds it and runs to it.
    on : date, optional
        The day from which it is bound; without one, from the beginning.
    consents : collection of str, optional
        The parties that consent; without it, all do. A rule that is unknown is taken as
        unanimity.

    Raises
    ------
    InvalidInput
        When the state is a party already, is not eligible, the treaty is closed, has ended or is
        suspended, or consents are missing.
    """
    refuse_ended(treaty, on)
    rule = treaty.accession
    rule = Accession(article=rule.article) if isinstance(rule, Unknown) else rule
    refuse_ineligible(treaty, rule, state)
    voters = [member for member in members_on(treaty, on) if member != state]
    given = len(voters) if consents is None else len(set(voters) & set(consents))
    needed = votes_needed(rule.rule, len(voters))
    if given < needed:
        raise InvalidInput(
            f"{given} of {len(voters)} parties consent, {needed} must ({rule.rule})",
            where="consents",
            allowed=f"consent of {rule.rule}, {rule.article}".rstrip(", "),
        )
    past = treaty.party(state)
    kept = tuple(party for party in treaty.parties if party is not past)
    return attrs.evolve(
        treaty,
        parties=(*kept, Party(state, since=on, ratified=on)),
        protected=tuple(one for one in treaty.protected if one.state != state),
    )


def refuse_ended(treaty: Treaty, on: dt.date | None) -> None:
    """Refuse an accession to a treaty that has ended, has run out, or is suspended."""
    why = why_not_in_force(treaty, on)
    start = started(treaty)
    if why is not None and (on is None or start is None or on >= start):
        raise InvalidInput(
            f"{treaty.id} cannot be joined: {why}", where="on", allowed="a day on which it binds"
        )


def refuse_ineligible(treaty: Treaty, rule: Accession, state: str) -> None:
    """Refuse a state that the rule of accession does not let in."""
    check_state(None, attrs.fields(Party).state, state)
    party = treaty.party(state)
    if party is not None and party.until is None:
        raise InvalidInput(f"{state} is a party already", where="state", allowed="another state")
    if rule.rule == "closed":
        raise InvalidInput(
            f"{treaty.id} admits nobody", where=rule.article or "accession", allowed="no accession"
        )
    if rule.eligible and state not in rule.eligible:
        raise InvalidInput(
            f"{state} may not join {treaty.id}",
            where=rule.article or "accession",
            allowed=", ".join(rule.eligible),
        )
    if rule.regions and not set(rule.regions) & set(home_regions(state)):
        raise InvalidInput(
            f"{state} may not join {treaty.id}: it does not lie in {' or '.join(rule.regions)}",
            where=rule.article or "accession",
            allowed=f"states in {' or '.join(rule.regions)}",
        )


@checked
def withdraw(treaty: Treaty, state: str, *, notice: dt.date | None = None) -> Treaty:
    """Return the treaty after a party's exit.

    Parameters
    ----------
    treaty : Treaty
        The treaty.
    state : str
        The party that leaves.
    notice : date, optional
        The day it gives notice: it stays bound until the notice has run, by the treaty's own
        term. Without one it is taken out as if it had never joined.

    Raises
    ------
    InvalidInput
        When the state is not a party, or without it nothing is left of the treaty.
    """
    refuse_stranger(treaty, state)
    if notice is not None:
        until = add_months(notice, notice_months(treaty))
        return evolve_party(treaty, state, denounced=notice, until=until)
    return attrs.evolve(
        treaty,
        parties=tuple(one for one in treaty.parties if one.state != state),
        obligations=tuple(
            kept for one in treaty.obligations if (kept := without(one, state)) is not None
        ),
    )


def without(obligation: Obligation, state: str) -> Obligation | None:
    """Return an obligation with a state taken out of sides that are written out, if any remain."""

    def out(named: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if named is None else tuple(one for one in named if one != state)

    obligors, beneficiaries = out(obligation.obligors), out(obligation.beneficiaries)
    if obligors == () or beneficiaries == ():
        return None
    provisos = []
    for proviso in obligation.exceptions:
        applies_to = out(proviso.applies_to)
        if applies_to != ():
            provisos.append(attrs.evolve(proviso, applies_to=applies_to))
    return attrs.evolve(
        obligation,
        obligors=obligors,
        beneficiaries=beneficiaries,
        exceptions=tuple(provisos),
    )
