"""The life of a treaty as a state machine, beside a plain ledger of what is done to it.

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
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Accession,
    Attack,
    Duty,
    Entry,
    Obligation,
    Response,
    Suspension,
    Term,
    Treaty,
    accede,
    expire,
    members_on,
    ratify,
    sign,
    suspend,
    withdraw,
)
from alliancesim.testing.drafts.vocabulary import vocabulary
from alliancesim.testing.laws import is_mutual
from alliancesim.testing.ledger import Ledger
from alliancesim.testing.strategies.own import attacks_on

__all__ = ["Ledger", "TreatyLife"]

FIRST_DAY = dt.date(2000, 1, 1)
DAY = dt.timedelta(days=1)
OUTSIDERS = ("CHE", "NPL", "BTN", "LIE", "MCO", "AND", "SMR")
"""States without alliances, one of which attacks in a plain attack."""
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


class TreatyLife(RuleBasedStateMachine):
    """Sign, ratify, accede, denounce, suspend, end, attack: the law against the ledger.

    It begins on the eve of the treaty's first day; days pass one by one, by months, or up to the
    next day of which the treaty speaks.

    Attributes
    ----------
    treaty : Treaty
        The treaty that lives; set it in a subclass.
    """

    treaty: ClassVar[Treaty] = PLAIN

    def __init__(self) -> None:
        super().__init__()
        self.now: Treaty = self.treaty
        self.ledger: Ledger = Ledger.of(self.treaty)
        self.today: dt.date = first_day(self.treaty) - DAY

    @initialize(later=st.booleans())
    def it_begins(self, later: bool) -> None:
        """Begin on the eve of the first day, or on that day."""
        self.today += DAY * later

    @rule(days=st.sampled_from([1, 30, 365]))
    def time_passes(self, days: int) -> None:
        """Let some days go by."""
        self.today += dt.timedelta(days=days)

    @precondition(lambda self: self.days_ahead())
    @rule(eve=st.booleans())
    def the_next_day_of_the_treaty_comes(self, eve: bool) -> None:
        """Go to the next day on which the treaty or the ledger says that something changes."""
        self.today = max(self.today, self.days_ahead()[0] - DAY * eve)

    @precondition(lambda self: self.unsigned())
    @rule(everybody=st.booleans(), data=st.data())
    def some_sign(self, everybody: bool, data: st.DataObject) -> None:
        """Let a party sign that has not, or all of them."""
        waiting = self.unsigned()
        for state in waiting if everybody else [data.draw(st.sampled_from(waiting))]:
            self.now = sign(self.now, state, self.today)
            self.ledger.signed[state] = self.today
            self.ledger.note(self.today, f"{state} signs")

    @precondition(lambda self: self.unratified())
    @rule(everybody=st.booleans(), data=st.data())
    def some_ratify(self, everybody: bool, data: st.DataObject) -> None:
        """Let a signatory ratify that has not, or all of them."""
        waiting = self.unratified()
        for state in waiting if everybody else [data.draw(st.sampled_from(waiting))]:
            self.now = ratify(self.now, state, self.today)
            self.ledger.ratified[state] = self.today
            self.ledger.note(self.today, f"{state} ratifies")

    @precondition(lambda self: self.strangers())
    @rule(data=st.data())
    def somebody_accedes(self, data: st.DataObject) -> None:
        """Let a state join, by consent of all."""
        state = data.draw(st.sampled_from(self.strangers()))
        self.now = accede(self.now, state, on=self.today)
        self.ledger.joined[state] = self.today
        self.ledger.note(self.today, f"{state} accedes")

    @precondition(lambda self: self.may_leave())
    @rule(data=st.data())
    def somebody_denounces(self, data: st.DataObject) -> None:
        """Let a bound party give notice."""
        state = data.draw(st.sampled_from(self.may_leave()))
        self.now = withdraw(self.now, state, notice=self.today)
        self.ledger.leaves(state, self.today)
        self.ledger.note(self.today, f"{state} gives notice")

    @precondition(lambda self: self.ledger.bound(self.today))
    @rule(whole=st.booleans(), days=st.sampled_from([1, 400]), data=st.data())
    def somebody_suspends(self, whole: bool, days: int, data: st.DataObject) -> None:
        """Let the treaty, or one party's part, be suspended for some days."""
        bound = sorted(self.ledger.bound(self.today))
        states = [] if whole else [data.draw(st.sampled_from(bound))]
        until = self.today + dt.timedelta(days=days)
        self.now = suspend(self.now, *states, since=self.today, until=until)
        self.ledger.pauses.append(Suspension(states=tuple(states), since=self.today, until=until))
        what = "the treaty" if whole else f"the part of {states[0]}"
        self.ledger.note(self.today, f"{what} is suspended until {until}")

    @precondition(lambda self: self.may_end())
    @rule()
    def it_ends(self) -> None:
        """Let the treaty end today."""
        self.now = expire(self.now, self.today)
        self.ledger.ended = self.today
        self.ledger.note(self.today, "the treaty is ended")

    @rule(plain=st.booleans(), data=st.data())
    def somebody_is_attacked(self, plain: bool, data: st.DataObject) -> None:
        """Attack somebody: who owes help is who, by the ledger, is bound to give it."""
        bound = sorted(self.ledger.bound(self.today))
        victim = data.draw(st.sampled_from(bound or sorted(self.now.concerned)))
        attack = Attack(attacker=self.outsider(), victim=victim)
        if not plain:
            attack = aimed(data.draw(attacks_on(self.treaty)), victim)
        attack = attrs.evolve(attack, date=self.today)
        for read in self.now.duties(attack, others=_named(attack)):
            self.answer(attack, [duty for duty in read.duties if duty.owed and duty.level])

    def answer(self, attack: Attack, owed: list[Duty]) -> None:
        """Compare who owes help with who, by the ledger, is bound to give it."""
        for duty in owed:
            free = self.ledger.why_free(duty.obligor, self.today)
            if free:
                self.fail(attack, f"{duty.obligor} owes {duty.beneficiary} {duty.level}", free)
            if duty.beneficiary in self.now.members:
                free = self.ledger.why_free(duty.beneficiary, self.today)
                if free:
                    said = f"{duty.beneficiary} is owed {duty.level} by {duty.obligor}"
                    self.fail(attack, said, free)
        owing = {duty.obligor for duty in owed}
        if self.owes_all(attack):
            for state in sorted(self.ledger.bound(self.today) - {attack.victim} - owing):
                self.fail(attack, f"{state} owes {attack.victim} nothing", "it is bound")

    def outsider(self) -> str:
        """Return a state that the treaty does not concern: who attacks where it does not matter."""
        return next(state for state in OUTSIDERS if state not in self.now.concerned)

    def owes_all(self, attack: Attack) -> bool:
        """Tell whether every party bound must help: a plain attack under a plain, mutual pact."""
        outsider = self.outsider()
        plain = attack == Attack(attacker=outsider, victim=attack.victim, date=attack.date)
        helped = attack.victim in self.ledger.bound(self.today)
        return plain and helped and is_mutual(self.now) and is_unconditional(self.now)

    def fail(self, attack: Attack | None, said: str, cause: str) -> None:
        """Raise an error that names the acts, what the law answers, and what contradicts it."""
        when = f"when {attack}" if attack else f"on {self.today}"
        raise AssertionError(
            f"{self.now.id}: by the law {said}, {when}; by the ledger {cause}. "
            f"Done before: {self.ledger.told()}."
        )

    @invariant()
    def those_bound_are_those_of_the_ledger(self) -> None:
        """Compare who is bound by the law with who is by the ledger, which may know of more."""
        by_law = set(members_on(self.now, self.today))
        for state in sorted({*self.now.members, *self.ledger.bound(self.today)}):
            free = self.ledger.why_free(state, self.today)
            if state in by_law and free:
                self.fail(None, f"{state} is bound", free)
            if state not in by_law and not free:
                self.fail(None, f"{state} is not bound", "it is")

    def days_ahead(self) -> list[dt.date]:
        """Return the days to come on which something changes."""
        ends = [self.ledger.end(), *self.ledger.left.values()]
        days = {*vocabulary(self.now).days, *(day for day in ends if day)}
        return sorted(day for day in days if day > self.today)

    def unsigned(self) -> list[str]:
        """Return the parties that may still sign."""
        if self.ledger.rule == "dates" or self.is_over():
            return []
        done = {*self.ledger.signed, *self.ledger.since, *self.ledger.joined}
        return [state for state in self.ledger.originals if state not in done]

    def unratified(self) -> list[str]:
        """Return the signatories that may still ratify."""
        if self.ledger.rule == "dates" or self.is_over():
            return []
        done = {*self.ledger.ratified, *self.ledger.since}
        signed = [state for state, day in self.ledger.signed.items() if day <= self.today]
        return [state for state in signed if state not in done and state in self.ledger.originals]

    def strangers(self) -> list[str]:
        """Return the states that may join today."""
        if not self.ledger.bound(self.today):
            return []
        outside = [state for state in STRANGERS if state not in self.now.concerned]
        return [state for state in outside if self.admits(state)]

    def admits(self, state: str) -> bool:
        """Tell whether the rule of accession lets a state in."""
        try:
            accede(self.now, state, on=self.today)
        except InvalidInput:
            return False
        return True

    def may_leave(self) -> list[str]:
        """Return the bound parties that have given no notice."""
        return sorted(self.ledger.bound(self.today) - set(self.ledger.left))

    def may_end(self) -> bool:
        """Tell whether the treaty can be ended today, which is not before its signature."""
        signed = self.treaty.signed or dt.date.min
        binds = bool(self.ledger.bound(self.today))
        return self.ledger.ended is None and binds and self.today >= signed

    def is_over(self) -> bool:
        """Tell whether the treaty has ended."""
        end = self.ledger.end()
        return end is not None and self.today >= end


def first_day(treaty: Treaty) -> dt.date:
    """Return the first day of which a treaty speaks, its entry into force where that is known."""
    start = Ledger.of(treaty).start()
    known = start is not None and start != dt.date.min
    days = [start] if known else list(vocabulary(treaty).days)
    return min((day for day in days if day), default=FIRST_DAY)


def aimed(attack: Attack, victim: str) -> Attack:
    """Return an attack on another victim, or as it is where that one attacks."""
    try:
        return attrs.evolve(attack, victim=victim, co_victims=(), until=None)
    except InvalidInput:
        return attrs.evolve(attack, until=None)


def is_unconditional(treaty: Treaty) -> bool:
    """Tell whether a plain attack at home makes help owed without more."""
    return all(
        duty.kind == "defence" and duty.agreed is True and not duty.unknowns
        for duty in treaty.obligations
    ) and any(is_plain(duty) for duty in treaty.obligations)


def is_plain(duty: Obligation) -> bool:
    """Tell whether a duty of defence needs neither request nor organ, against any attack."""
    return (
        "attack" in getattr(duty.trigger, "kinds", ())
        and "state" in getattr(duty.trigger, "actors", ())
        and getattr(duty.trigger, "targets", ()) in ((), ("territory",))
        and not getattr(duty.request, "needed", True)
        and getattr(duty.decision, "rule", "") == "each"
    )


def _named(attack: Attack) -> set[str]:
    """Return the states that an attack names: those made up are meant."""
    named = {attack.attacker, attack.victim, *attack.co_attackers, *attack.co_victims}
    return named | {state for state in (attack.sponsor, attack.target) if state is not None}
