"""The life of a treaty: entry into force, term, accession, nuclear cover, form, rank, pauses."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import attrs

from alliancesim.data.checks import as_plain, as_tuple, choice, integer, text
from alliancesim.errors import InvalidInput
from alliancesim.law import scale
from alliancesim.law.checks import day, lasts, one_of, ordered, states
from alliancesim.law.parties import Party, Protected, as_parties, as_protected
from alliancesim.law.regions import regions

__all__ = [
    "Accession",
    "Entry",
    "LegalForm",
    "Nuclear",
    "Party",
    "Primacy",
    "Protected",
    "Suspension",
    "Term",
    "add_months",
    "as_parties",
    "as_protected",
]


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, or the month's last day where it has none such."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in range(day.day, 27, -1):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    return dt.date(year, month + 1, day.day)


@attrs.frozen(kw_only=True)
class Entry:
    """How the treaty enters into force.

    Attributes
    ----------
    rule : str
        signature (of each, for itself); all (when the last party has ratified); each (of each,
        for itself, on ratification); count (when so many have); dates (the parties' own
        ``since``, and without one from the beginning).
    count : int or None
        How many ratifications, for the rule count.
    on : date or None
        The day the treaty entered into force, where known.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    rule: Literal["dates", "signature", "all", "each", "count"] = attrs.field(
        default="dates",
        validator=one_of(Literal["dates", "signature", "all", "each", "count"]),
    )
    count: int | None = attrs.field(
        default=None, converter=as_plain, validator=attrs.validators.optional(integer(1, 300))
    )
    on: dt.date | None = attrs.field(default=None, validator=day)
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def __attrs_post_init__(self) -> None:
        if (self.rule == "count") != (self.count is not None):
            raise InvalidInput(
                "count and rule do not agree",
                where="count",
                allowed="a count with the rule count, and with no other",
            )


@attrs.frozen(kw_only=True)
class Term:
    """How long the treaty lasts and how a party leaves.

    Attributes
    ----------
    months : int or None
        The term; None: indefinite.
    renewal : str
        automatic, or none: it then expires at the term's end.
    notice_months : int or None
        The notice of a party that leaves; None: the treaty provides none.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    months: int | None = attrs.field(
        default=None, converter=as_plain, validator=attrs.validators.optional(integer(1, 2400))
    )
    renewal: Literal["automatic", "none"] = attrs.field(
        default="automatic", validator=one_of(Literal["automatic", "none"])
    )
    notice_months: int | None = attrs.field(
        default=None, converter=as_plain, validator=attrs.validators.optional(integer(0, 240))
    )
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def in_words(self) -> str:
        """Return how long it lasts and how a party leaves."""
        length = f"{self.months} months" if self.months else "indefinite"
        renewal = f", renewal {self.renewal}" if self.months else ""
        notice = f", {self.notice_months} months' notice" if self.notice_months is not None else ""
        return length + renewal + notice

    def end(self, start: dt.date | None) -> dt.date | None:
        """Return the first day after the term, or None where it does not end by itself."""
        if start is None or start == dt.date.max:
            return None
        if self.months is None or self.renewal == "automatic":
            return None
        return add_months(start, self.months)


@attrs.frozen(kw_only=True)
class Accession:
    """Who may join, and whose consent it takes.

    Attributes
    ----------
    rule : str
        closed, open, unanimity, two-thirds or majority of the parties.
    eligible : tuple of str
        The states that may; empty: any.
    regions : tuple of str
        The regions, one of which the state's home must lie in; empty: any.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    rule: Literal["closed", "open", "unanimity", "two-thirds", "majority"] = attrs.field(
        default="unanimity",
        validator=one_of(Literal["closed", "open", "unanimity", "two-thirds", "majority"]),
    )
    eligible: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    regions: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=regions)
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def in_words(self) -> str:
        """Return who may join."""
        if self.rule == "closed":
            return "closed"
        who = f": {', '.join(self.eligible)}" if self.eligible else ""
        where = f", states in {' or '.join(self.regions)}" if self.regions else ""
        words = "open" if self.rule == "open" else f"{self.rule} of the parties"
        return words + who + where


ALL = "all"
"""Stands in a rank for every other treaty."""


def treaties(owner: Any, attribute: Any, value: Any) -> None:
    """Accept a tuple of different treaty ids, or ``all``."""
    if not isinstance(value, tuple) or value != (ALL,):
        states(owner, attribute, value)


@attrs.frozen(kw_only=True)
class Primacy:
    """How the treaty ranks among others.

    Attributes
    ----------
    over, under : tuple of str
        The treaties it prevails over, and those that prevail over it, by id; ``all`` stands for
        every other treaty.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    over: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=treaties)
    under: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=treaties)
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def __attrs_post_init__(self) -> None:
        both = sorted(set(self.over) & set(self.under))
        if both:
            raise InvalidInput(
                f"{', '.join(both)} would rank both below and above",
                where="under",
                allowed="treaties that over does not name",
            )


@attrs.frozen(kw_only=True)
class Nuclear:
    """Whether the treaty's help covers nuclear weapons: text, not policy.

    Attributes
    ----------
    covered : str
        yes, no, or silent.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    covered: Literal["yes", "no", "silent"] = attrs.field(
        default="silent", validator=one_of(Literal["yes", "no", "silent"])
    )
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def in_words(self) -> str:
        """Return whether nuclear help is covered."""
        return {"yes": "covered", "no": "not covered"}.get(self.covered, "silent")


Revocable = Literal["by notice", "by either party at will", "by its author at will", "by law"]


@attrs.frozen(kw_only=True)
class LegalForm:
    """What kind of instrument it is and who can undo it.

    Attributes
    ----------
    kind : str
        A key of the scale of forms: treaty, executive-agreement, unilateral-declaration, statute,
        executive-order, policy.
    revocable : str
        by notice; by either party at will; by its author at will; by law.
    article, source : str
        Where that follows from.
    """

    kind: str = attrs.field(default="treaty")
    revocable: Revocable = attrs.field(default="by notice", validator=one_of(Revocable))
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    @kind.validator
    def _on_the_scale(self, attribute: Any, value: Any) -> None:
        choice(scale.forms())(self, attribute, value)

    @property
    def at_will(self) -> bool:
        """Whether somebody may revoke it on any day, so that a guarantee under it wavers."""
        return self.revocable in ("by either party at will", "by its author at will")

    @property
    def binding(self) -> float:
        """What the form leaves of the words' binding force, 0 to 1: a judgement."""
        return scale.form(self.kind).binding


@attrs.frozen(kw_only=True)
class Suspension:
    """A time in which a treaty, or one party's part in it, is suspended.

    Attributes
    ----------
    states : tuple of str
        Whose part; empty: the whole treaty.
    since, until : date or None
        From the first day; before the day after the last.
    article, source : str
        The act that suspended it, and where that was read.
    """

    states: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    since: dt.date | None = attrs.field(default=None, validator=day)
    until: dt.date | None = attrs.field(default=None, validator=day)
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def __attrs_post_init__(self) -> None:
        ordered(self.since, self.until, "until", "a date not before since")

    def holds(self, on: dt.date | None) -> bool:
        """Return whether it holds on a day; without a day, whether it holds still."""
        return lasts(self.since, self.until, on)
