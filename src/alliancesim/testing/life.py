"""The life of a treaty as a state machine, beside a plain model that keeps a ledger of acts.

Run it on your own treaty::

    class MyLife(TreatyLife):
        treaty = my_treaty

    TestMyLife = MyLife.TestCase
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from alliancesim.law import (
    Accession,
    Attack,
    Duty,
    Entry,
    Obligation,
    Response,
    Term,
    Treaty,
    Unknown,
    accede,
    expire,
    members_on,
    ratify,
    sign,
    withdraw,
)
from alliancesim.law.membership import notice_months
from alliancesim.law.terms import add_months
from alliancesim.testing.laws import is_mutual

__all__ = ["Ledger", "TreatyLife"]

START = dt.date(2000, 1, 1)
STRANGERS = ("YYY", "ZZZ")

PLAIN = Treaty(
    id="LIF",
    name="A pact that must be ratified by all",
    parties=["AAA", "BBB", "CCC"],
    entry=Entry(rule="all", article="4"),
    term=Term(notice_months=6, article="5"),
    accession=Accession(rule="unanimity", article="6"),
    obligations=[
        Obligation(
            kind="defence", article="1", response=Response(level="defend", wording="all-means")
        )
    ],
)


@attrs.define
class Ledger:
    """What has been done, and who is bound by it: a model without any law in it.

    Attributes
    ----------
    rule : str
        How the treaty enters into force, as in `alliancesim.law.Entry`.
    count : int
        How many ratifications, for the rule count.
    signed, ratified, joined, left : dict of str to date
        Who did what when; a state has left on the day its notice has run.
    originals : list of str
        The parties that negotiated it.
    ended : date or None
        When it ended.
    """

    rule: str
    count: int
    originals: list[str]
    signed: dict[str, dt.date] = attrs.field(factory=dict)
    ratified: dict[str, dt.date] = attrs.field(factory=dict)
    joined: dict[str, dt.date] = attrs.field(factory=dict)
    left: dict[str, dt.date] = attrs.field(factory=dict)
    ended: dt.date | None = None

    def own_day(self, state: str) -> dt.date | None:
        """Return the day on which a state's own act was done, or None."""
        acts = self.signed if self.rule == "signature" else self.ratified
        if state in self.joined:
            return self.joined[state]
        return START if self.rule == "dates" else acts.get(state)

    def begun(self, today: dt.date) -> bool:
        """Tell whether the treaty has entered into force."""
        if self.rule == "dates":
            return True
        done = [state for state in self.originals if self.ratified.get(state, dt.date.max) <= today]
        if self.rule == "all":
            return len(done) == len(self.originals)
        if self.rule == "count":
            return len(done) >= min(self.count, len(self.originals))
        days = [self.own_day(state) for state in (*self.originals, *self.joined)]
        return sum(day is not None and day <= today for day in days) >= 2

    def bound(self, today: dt.date) -> set[str]:
        """Return who is bound today."""
        if not self.begun(today) or (self.ended is not None and today >= self.ended):
            return set()
        return {
            state
            for state in (*self.originals, *self.joined)
            if (self.own_day(state) or dt.date.max) <= today
            and today < self.left.get(state, dt.date.max)
        }


class TreatyLife(RuleBasedStateMachine):
    """Sign, ratify, accede, denounce, expire, attack, invoke: the law against the ledger.

    Attributes
    ----------
    treaty : Treaty
        The treaty that lives; set it in a subclass. Its parties must have no dates yet, unless
        it enters into force by dates alone.
    """

    treaty: ClassVar[Treaty] = PLAIN

    def __init__(self) -> None:
        super().__init__()
        self.now = self.treaty
        self.today = START
        self.ledger = Ledger(
            rule=self.treaty.entry.rule,
            count=self.treaty.entry.count or 0,
            originals=list(self.treaty.members),
        )

    @rule(days=st.sampled_from([1, 30, 365]))
    def time_passes(self, days: int) -> None:
        """Let some days go by."""
        self.today += dt.timedelta(days=days)

    @precondition(lambda self: self.unsigned())
    @rule(everybody=st.booleans(), data=st.data())
    def some_sign(self, everybody: bool, data: st.DataObject) -> None:
        """Let a party sign that has not, or all of them."""
        waiting = self.unsigned()
        for state in waiting if everybody else [data.draw(st.sampled_from(waiting))]:
            self.now = sign(self.now, state, self.today)
            self.ledger.signed[state] = self.today

    @precondition(lambda self: self.unratified())
    @rule(everybody=st.booleans(), data=st.data())
    def some_ratify(self, everybody: bool, data: st.DataObject) -> None:
        """Let a signatory ratify that has not, or all of them."""
        waiting = self.unratified()
        for state in waiting if everybody else [data.draw(st.sampled_from(waiting))]:
            self.now = ratify(self.now, state, self.today)
            self.ledger.ratified[state] = self.today

    @precondition(lambda self: self.strangers() and self.is_open())
    @rule(data=st.data())
    def somebody_accedes(self, data: st.DataObject) -> None:
        """Let a state join, by consent of all."""
        state = data.draw(st.sampled_from(self.strangers()))
        self.now = accede(self.now, state, on=self.today)
        self.ledger.joined[state] = self.today

    @precondition(lambda self: self.may_leave())
    @rule(data=st.data())
    def somebody_denounces(self, data: st.DataObject) -> None:
        """Let a bound party give notice."""
        state = data.draw(st.sampled_from(self.may_leave()))
        self.now = withdraw(self.now, state, notice=self.today)
        self.ledger.left[state] = add_months(self.today, notice_months(self.treaty))

    @precondition(lambda self: self.ledger.ended is None and self.ledger.bound(self.today))
    @rule()
    def it_expires(self) -> None:
        """Let the treaty end today."""
        self.now = expire(self.now, self.today)
        self.ledger.ended = self.today

    @rule(data=st.data(), invoked=st.sampled_from([None, True, False]))
    def somebody_is_attacked(self, data: st.DataObject, invoked: bool | None) -> None:
        """Let a stranger attack a party; the victim may invoke the treaty, and all answer."""
        victim = data.draw(st.sampled_from(self.now.members))
        attack = Attack(attacker="QQQ", victim=victim, date=self.today, requested=invoked)
        bound = self.ledger.bound(self.today)
        for read in self.now.duties(attack):
            owed = [duty for duty in read.duties if duty.owed and duty.level]
            self.answer(attack, owed, bound)

    def answer(self, attack: Attack, owed: list[Duty], bound: set[str]) -> None:
        """Compare who owes help with who, by the ledger, is bound to give it."""
        owing = {duty.obligor for duty in owed}
        allies = bound - {attack.victim} if attack.victim in bound else set()
        assert owing <= allies, f"{sorted(owing - allies)} owe help and are not bound; {attack}"
        if is_mutual(self.treaty) and self.is_unconditional():
            assert owing == allies, f"{sorted(allies - owing)} are bound and owe nothing; {attack}"

    @invariant()
    def those_bound_are_those_of_the_ledger(self) -> None:
        """Compare who is bound by the law with who is by the ledger."""
        bound = set(members_on(self.now, self.today))
        if not self.ledger.begun(self.today) or self.ledger.ended is not None:
            return
        assert bound == self.ledger.bound(self.today), f"{self.today}: {sorted(bound)}"

    def unsigned(self) -> list[str]:
        """Return the parties that may still sign."""
        if self.ledger.rule == "dates" or self.ledger.ended is not None:
            return []
        return [state for state in self.ledger.originals if state not in self.ledger.signed]

    def unratified(self) -> list[str]:
        """Return the signatories that may still ratify."""
        if self.ledger.ended is not None:
            return []
        return [state for state in self.ledger.signed if state not in self.ledger.ratified]

    def strangers(self) -> list[str]:
        """Return the states that may still join."""
        return [] if self.ledger.ended else [s for s in STRANGERS if s not in self.ledger.joined]

    def is_open(self) -> bool:
        """Tell whether states that nobody knows may join."""
        rule = self.treaty.accession
        closed = isinstance(rule, Unknown) or rule.rule == "closed"
        return not closed and not (rule.eligible or rule.regions)  # type: ignore[union-attr]

    def may_leave(self) -> list[str]:
        """Return the bound parties that have given no notice."""
        return sorted(self.ledger.bound(self.today) - set(self.ledger.left))

    def is_unconditional(self) -> bool:
        """Tell whether a plain attack at home makes help owed without more."""
        return all(
            duty.kind == "defence" and duty.agreed is True and not duty.unknowns
            for duty in self.treaty.obligations
        ) and is_plain(self.treaty)


def is_plain(treaty: Treaty) -> bool:
    """Tell whether some duty of defence needs neither request nor organ, against any attack."""
    return any(
        "attack" in getattr(duty.trigger, "kinds", ())
        and "state" in getattr(duty.trigger, "actors", ())
        and getattr(duty.trigger, "targets", ()) in ((), ("territory",))
        and not getattr(duty.request, "needed", True)
        and getattr(duty.decision, "rule", "") == "each"
        for duty in treaty.obligations
    )
