"""A ledger of what was done to a treaty, and who is bound by it: a model without any law in it.

It reads from the treaty only its dates, and counts days and acts by itself, so that it can be
compared with what the law answers.
"""

from __future__ import annotations

import calendar
import datetime as dt

import attrs

from alliancesim.law import Suspension, Term, Treaty

__all__ = ["Ledger"]

SILENT_MONTHS = 12
"""Notice where the treaty is silent: Vienna Convention on the Law of Treaties, Article 56(2)."""


@attrs.define
class Ledger:
    """What has been done, and who is bound by it.

    Attributes
    ----------
    rule : str
        How the treaty enters into force, as in `alliancesim.law.Entry`.
    count : int
        How many ratifications, for the rule count.
    on : date or None
        The day of entry into force, where it is given.
    adopted : date or None
        The day on which the text was signed.
    originals : list of str
        The parties that negotiated it.
    since, signed, ratified, joined, left : dict of str to date
        From when a state is bound, where that is given; who did what when; a state has left on
        the day its notice has run.
    months : int or None
        After how many months the treaty lapses; None where it does not.
    notice : int
        Months of notice.
    pauses : list of Suspension
        When the treaty, or somebody's part, is suspended.
    ended : date or None
        When it ended.
    diary : list of str
        What was done, in words, in order.
    """

    rule: str
    count: int
    on: dt.date | None
    adopted: dt.date | None
    originals: list[str]
    since: dict[str, dt.date] = attrs.field(factory=dict)
    signed: dict[str, dt.date] = attrs.field(factory=dict)
    ratified: dict[str, dt.date] = attrs.field(factory=dict)
    joined: dict[str, dt.date] = attrs.field(factory=dict)
    left: dict[str, dt.date] = attrs.field(factory=dict)
    months: int | None = None
    notice: int = SILENT_MONTHS
    pauses: list[Suspension] = attrs.field(factory=list)
    ended: dt.date | None = None
    diary: list[str] = attrs.field(factory=list)

    @classmethod
    def of(cls, treaty: Treaty) -> Ledger:
        """Return the ledger of a treaty on the day before anything more is done to it."""
        term = treaty.term if isinstance(treaty.term, Term) else Term()
        ledger = cls(
            rule=treaty.entry.rule,
            count=treaty.entry.count or 0,
            on=treaty.entry.on,
            adopted=treaty.signed,
            originals=list(treaty.members),
            months=term.months if term.renewal == "none" else None,
            notice=SILENT_MONTHS if term.notice_months is None else term.notice_months,
            pauses=list(treaty.suspensions),
            ended=treaty.ended,
        )
        for party in treaty.parties:
            for acts, day in (
                (ledger.since, party.since),
                (ledger.signed, party.signed),
                (ledger.ratified, party.ratified),
                (ledger.left, party.until),
            ):
                if day is not None:
                    acts[party.state] = day
            if party.denounced is not None and party.until is None:
                ledger.left[party.state] = months_on(party.denounced, ledger.notice)
        return ledger

    def note(self, day: dt.date, act: str) -> None:
        """Write down what was done on a day."""
        self.diary.append(f"{day} {act}")

    def leaves(self, state: str, day: dt.date) -> None:
        """Enter that a state gives notice on a day."""
        self.left[state] = months_on(day, self.notice)

    def own_day(self, state: str) -> dt.date | None:
        """Return the day from which a state is bound for its part; None where it is not yet."""
        if state in self.joined or state in self.since:
            return self.joined.get(state) or self.since[state]
        if self.rule == "dates":
            return self.start()
        return (self.signed if self.rule == "signature" else self.ratified).get(state)

    def start(self) -> dt.date | None:
        """Return the day the treaty enters into force; None where it does not yet."""
        if self.on is not None:
            return self.on
        if self.rule == "dates":
            return min(self.since.values(), default=self.adopted or dt.date.min)
        acts = self.signed if self.rule == "signature" else self.ratified
        if self.rule in ("all", "count"):
            asked = [state for state in self.originals if state not in self.since]
            days = sorted(acts[state] for state in asked if state in acts)
            needed = len(asked) if self.rule == "all" else min(self.count, len(asked))
            if not asked:
                return min(self.since.values(), default=dt.date.min)
            return days[needed - 1] if len(days) >= needed else None
        own = {**acts, **self.since, **self.joined}
        days = sorted(own.values())
        needed = min(2, len({*self.originals, *self.joined}))
        return days[needed - 1] if len(days) >= needed else None

    def end(self) -> dt.date | None:
        """Return the first day on which the treaty is no more; None where it lasts."""
        start = self.start()
        lapse = (
            months_on(start, self.months)
            if self.months is not None and start is not None and start != dt.date.min
            else None
        )
        return min((day for day in (self.ended, lapse) if day is not None), default=None)

    def why_free(self, state: str, today: dt.date) -> str:
        """Say why a state is not bound today; nothing where it is."""
        start, end, own = self.start(), self.end(), self.own_day(state)
        if state not in self.originals and state not in self.joined:
            return "it is no party"
        if start is None or today < start:
            return f"the treaty enters into force {f'on {start}' if start else 'later'}"
        if end is not None and today >= end:
            return f"the treaty ended on {end}"
        if own is None or today < own:
            return f"it is bound from {own} on" if own else "it has not done its own part yet"
        if today >= self.left.get(state, dt.date.max):
            return f"it left on {self.left[state]}"
        for pause in self.pauses:
            if (not pause.states or state in pause.states) and lasts(pause, today):
                return f"{'its part' if pause.states else 'the treaty'} is suspended"
        return ""

    def bound(self, today: dt.date) -> set[str]:
        """Return who is bound today."""
        return {one for one in (*self.originals, *self.joined) if not self.why_free(one, today)}

    def told(self) -> str:
        """Return what was done, in words."""
        return "; ".join(self.diary) or "nothing"


def lasts(pause: Suspension, today: dt.date) -> bool:
    """Tell whether a suspension lasts today."""
    return (pause.since or dt.date.min) <= today < (pause.until or dt.date.max)


def months_on(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
