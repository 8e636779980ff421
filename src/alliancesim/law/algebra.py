"""What can be done to a treaty: each operation is pure and gives a new treaty."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.names import hint, listed
from alliancesim.errors import InvalidInput
from alliancesim.law.clauses import Obligation
from alliancesim.law.force import started
from alliancesim.law.membership import evolve_party, refuse_stranger
from alliancesim.law.terms import Suspension, Term, add_months
from alliancesim.law.treaty import Treaty

__all__ = ["amend", "expire", "ratify", "sign", "suspend"]


@checked
def amend(
    treaty: Treaty,
    clause: str,
    value: Any,
    *,
    article: str | None = None,
    on: dt.date | None = None,
) -> Treaty:
    """Return the treaty with one clause replaced, from the beginning or from a day.

    Parameters
    ----------
    treaty : Treaty
        The treaty.
    clause : str
        A field of the obligation, such as ``response``; or, without an article, of the treaty.
    value : clause or Unknown
        What takes its place.
    article : str, optional
        The article of the obligation that is amended; of each of them, where several rest on it.
    on : date, optional
        The day on which the amendment enters into force: the obligation as it was holds until
        then, and as amended from then. Without one it is amended as if it had always been so.

    Raises
    ------
    InvalidInput
        When there is no such article or clause, the value is not fit for it, or a day is given
        for a field of the treaty, which has none of its own.
    """
    if article is None:
        return amend_treaty(treaty, clause, value, on)
    articles = [obligation.article for obligation in treaty.obligations]
    if article not in articles:
        raise InvalidInput(
            f"{treaty.id} has no obligation under {article!r}",
            where="article",
            allowed=", ".join(dict.fromkeys(articles)),
        )
    refuse_no_field(Obligation, clause)
    obligations: list[Obligation] = []
    for one in treaty.obligations:
        obligations += amended(one, clause, value, on) if one.article == article else (one,)
    return attrs.evolve(treaty, obligations=tuple(obligations))


def amend_treaty(treaty: Treaty, clause: str, value: Any, on: dt.date | None) -> Treaty:
    """Return the treaty with a field of its own replaced."""
    if clause not in attrs.fields_dict(Treaty) and clause in attrs.fields_dict(Obligation):
        raise InvalidInput(
            f"{clause!r} is a clause of an obligation, so its article has to be said",
            where="article",
            allowed=", ".join(dict.fromkeys(one.article for one in treaty.obligations)),
        )
    refuse_no_field(Treaty, clause)
    if on is not None:
        raise InvalidInput(
            f"{clause!r} is a field of the treaty, which holds from the beginning",
            where="on",
            allowed="an amendment of an obligation, by its article",
        )
    return attrs.evolve(treaty, **{clause: value})


def amended(
    obligation: Obligation, clause: str, value: Any, on: dt.date | None
) -> tuple[Obligation, ...]:
    """Return an obligation amended; from a day, as it was until then and as it is from then."""
    new = attrs.evolve(obligation, **{clause: value})
    if on is None:
        return (new,)
    if obligation.until is not None and on >= obligation.until:
        return (obligation,)
    if obligation.since is not None and on <= obligation.since:
        return (new,)
    return (attrs.evolve(obligation, until=on), attrs.evolve(new, since=on))


def refuse_no_field(cls: type, name: str) -> None:
    """Refuse a clause that the class does not have."""
    names = [field.name for field in attrs.fields(cls)]
    if name not in names:
        problem = f"{name!r} is no clause{hint(name, names)}"
        raise InvalidInput(problem, where="clause", allowed=listed(names))


@checked
def suspend(
    treaty: Treaty,
    *states: str,
    since: dt.date | None = None,
    until: dt.date | None = None,
    article: str = "",
    source: str = "",
) -> Treaty:
    """Return the treaty suspended, or the part of some parties in it.

    Raises
    ------
    InvalidInput
        When one of the states is not a party.
    """
    for state in states:
        refuse_stranger(treaty, state)
    pause = Suspension(states=states, since=since, until=until, article=article, source=source)
    return attrs.evolve(treaty, suspensions=(*treaty.suspensions, pause))


@checked
def expire(treaty: Treaty, on: dt.date | None = None) -> Treaty:
    """Return the treaty ended on a day, by default at the end of its own term.

    Raises
    ------
    InvalidInput
        When no day is given and the term has no end.
    """
    if on is None and isinstance(treaty.term, Term):
        start = started(treaty)
        if start is not None and treaty.term.months is not None:
            on = add_months(start, treaty.term.months)
    if on is None:
        raise InvalidInput("the term has no end", where="on", allowed="a date")
    return attrs.evolve(treaty, ended=on)


@checked
def sign(treaty: Treaty, state: str, on: dt.date) -> Treaty:
    """Return the treaty signed by a party.

    Raises
    ------
    InvalidInput
        When the state is not a party, or has signed.
    """
    if refuse_stranger(treaty, state).signed is not None:
        raise InvalidInput(f"{state} has signed", where="state", allowed="a party that has not")
    return evolve_party(treaty, state, signed=on)


@checked
def ratify(treaty: Treaty, state: str, on: dt.date) -> Treaty:
    """Return the treaty ratified by a party, which must have signed it.

    Raises
    ------
    InvalidInput
        When the state is not a party, has not signed, or has ratified.
    """
    party = refuse_stranger(treaty, state)
    if party.signed is None or party.ratified is not None:
        problem = "has not signed" if party.signed is None else "has ratified"
        raise InvalidInput(f"{state} {problem}", where="state", allowed="a signatory that has not")
    return evolve_party(treaty, state, ratified=on)
