"""Try the laws on a treaty: which hold, which do not, and the smallest counterexample in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import get_args

import attrs
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from alliancesim.errors import InvalidInput
from alliancesim.law import Attack, Level, Obligation, Response, Treaty
from alliancesim.law.attack import Actor, Kind, Provocation
from alliancesim.law.places import Position, place_names
from alliancesim.testing.drafting import one, provisos, treaties
from alliancesim.testing.laws import LAWS, Case, Law, LawBroken, System

__all__ = ["Report", "Trial", "Verdict", "cases", "check_treaty", "try_law"]

STRANGERS = tuple(3 * letter for letter in "XYZWVQ")


@attrs.frozen(kw_only=True)
class Verdict:
    """What became of one law.

    Attributes
    ----------
    law : str
        Its name.
    statement : str
        What it says.
    tried : int
        In how many cases its precondition held.
    counterexample : str or None
        The smallest case in which it does not hold, in words.
    """

    law: str
    statement: str
    tried: int
    counterexample: str | None = None

    def __str__(self) -> str:
        """Return the verdict as one line."""
        if self.counterexample is not None:
            return f"broken   {self.law}: {self.statement} {self.counterexample}"
        return f"{'holds   ' if self.tried else 'not tried'} {self.law} ({self.tried} cases)"


@attrs.frozen(kw_only=True)
class Report:
    """What became of the laws.

    Attributes
    ----------
    treaty : str
        The treaty's id.
    verdicts : tuple of Verdict
        One for each law.
    """

    treaty: str
    verdicts: tuple[Verdict, ...]

    @property
    def broken(self) -> tuple[Verdict, ...]:
        """The laws that do not hold."""
        return tuple(one for one in self.verdicts if one.counterexample is not None)

    def __str__(self) -> str:
        """Return the report, a line a law."""
        return "\n".join([self.treaty, *(f"  {verdict}" for verdict in self.verdicts)])


def days_of(treaty: Treaty) -> list[dt.date]:
    """Return the days on which something about a treaty changes."""
    days = {treaty.signed, treaty.ended, treaty.entry.on}
    for party in treaty.parties:
        days |= {party.since, party.until}
    return sorted(day for day in days if day is not None)


@st.composite
def cases(
    draw: DrawFn, treaty: Treaty | None = None, *, meant_mutual: bool = False, named: bool = True
) -> Case:
    """Draw a case in which to try the laws on a treaty.

    Parameters
    ----------
    treaty : Treaty, optional
        The treaty; by default one is drawn.
    meant_mutual : bool
        Whether its author means every member to be protected alike, whatever the areas say.
    named : bool
        Whether attacks may fall on named places.
    """
    if treaty is None:
        treaty = draw(treaties(plain=draw(st.booleans()), dated=draw(st.booleans())))
    strangers = [state for state in STRANGERS if state not in treaty.concerned][:3]
    newcomers = (strangers[0], strangers[1])
    concerned = st.sampled_from(treaty.concerned)
    victim = draw(concerned)
    attacker = draw(
        st.sampled_from([strangers[2]]) | concerned.filter(lambda state: state != victim)
    )
    places = st.sampled_from(get_args(Position))
    attack = Attack(
        attacker=attacker,
        victim=victim,
        kind=draw(one(Kind)),
        place=draw(places | st.sampled_from(place_names()) if named else places),
        actor=draw(one(Actor)),
        tags=draw(st.sampled_from([(), ("communist",), ("directed-from-abroad",)])),
        provocation=draw(one(Provocation)),
        date=draw(st.none() | st.sampled_from(days_of(treaty))) if days_of(treaty) else None,
        requested=draw(st.sampled_from([None, True, False])),
        consent=draw(st.sampled_from([None, True, False])),
        council_acted=draw(st.booleans()),
    )
    member = draw(st.sampled_from(treaty.members))
    return Case(
        treaty=treaty,
        attack=attack,
        other_victim=draw(concerned.filter(lambda state: state != victim)),
        newcomers=newcomers,
        proviso=draw(provisos(states=treaty.members, nested=False)),
        side_treaty=pact("SDE", member, newcomers[0]),
        stacked=pact("STK", *treaty.concerned),
        meant_mutual=meant_mutual,
    )


def pact(identifier: str, *members: str) -> Treaty:
    """Return a plain mutual pact of assistance."""
    response = Response(level=Level.ASSIST, wording="deems-necessary")
    return Treaty(
        id=identifier,
        name="A plain pact",
        parties=members,
        obligations=[Obligation(kind="defence", article="1", response=response)],
    )


def try_law(
    law: Law,
    strategy: st.SearchStrategy[Case],
    *,
    system: System | None = None,
    examples: int = 50,
) -> Verdict:
    """Try one law on drawn cases.

    Parameters
    ----------
    law : Law
        The law.
    strategy : SearchStrategy of Case
        Where the cases come from.
    system : System, optional
        The functions under test; by default the library's own.
    examples : int
        How many cases.

    Returns
    -------
    Verdict
        With the smallest counterexample that was found, if any.
    """
    trial = Trial([law], system or System(), stop=True)
    trial.play(strategy, examples)
    return trial.verdict(law)


class Trial:
    """Laws tried on drawn cases: the same cases, whichever laws they are.

    Parameters
    ----------
    laws : sequence of Law
        Which laws.
    system : System
        The functions under test.
    stop : bool
        Whether to stop at the first failure and shrink it to the smallest.
    """

    def __init__(self, laws: Sequence[Law], system: System, *, stop: bool) -> None:
        self.laws = laws
        self.system = system
        self.stop = stop
        self.tried = {law.name: 0 for law in laws}
        self.failed: dict[str, str] = {}

    def play(self, strategy: st.SearchStrategy[Case], examples: int) -> None:
        """Try the laws on so many cases."""

        def attempt(case: Case) -> None:
            for law in self.laws:
                self.one(law, case)

        with suppress(LawBroken):
            play(attempt, strategy, examples)

    def one(self, law: Law, case: Case) -> None:
        """Try one law on one case."""
        try:
            self.tried[law.name] += law.check(case, self.system)
        except LawBroken as found:
            if self.stop:
                self.failed[law.name] = str(found)
                raise
            self.failed.setdefault(law.name, str(found))

    def verdict(self, law: Law) -> Verdict:
        """Return what became of a law."""
        return Verdict(
            law=law.name,
            statement=law.statement,
            tried=self.tried[law.name],
            counterexample=self.failed.get(law.name),
        )


def play(attempt: Callable[[Case], None], strategy: st.SearchStrategy[Case], examples: int) -> None:
    """Make an attempt on drawn cases, the same each time, and shrink the first that fails."""
    settings(
        max_examples=examples,
        database=None,
        derandomize=True,
        deadline=None,
        verbosity=Verbosity.quiet,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )(given(strategy)(attempt))()


def check_treaty(
    treaty: Treaty,
    *,
    laws: Sequence[str] | None = None,
    examples: int = 50,
    meant_mutual: bool = False,
    system: System | None = None,
) -> Report:
    """Try the laws of collective defence on a treaty.

    Parameters
    ----------
    treaty : Treaty
        Your treaty.
    laws : sequence of str, optional
        The names of the laws to try; by default all of `LAWS`.
    examples : int
        How many cases for each law.
    meant_mutual : bool
        Set it where every member is meant to be protected alike: a one-sided area is then found.
    system : System, optional
        The functions under test; by default the library's own.

    Returns
    -------
    Report
        In how many cases each law was tried.

    Raises
    ------
    LawBroken
        When a law does not hold; the message names each and shows its smallest counterexample.
    InvalidInput
        When no law has a name that is given.
    """
    __tracebackhide__ = True
    chosen = list(LAWS) if laws is None else list(laws)
    unknown = [name for name in chosen if name not in LAWS]
    if unknown:
        raise InvalidInput(f"{', '.join(unknown)} is no law", where="laws", allowed=", ".join(LAWS))
    used = remembered(system or System())
    strategy = cases(treaty, meant_mutual=meant_mutual)
    looked = Trial([LAWS[name] for name in chosen], used, stop=False)
    looked.play(strategy, examples)
    report = Report(treaty=treaty.id, verdicts=tuple(looked.verdict(law) for law in looked.laws))
    if report.broken:
        shrunk = [
            try_law(LAWS[one.law], strategy, system=used, examples=examples)
            for one in report.broken
        ]
        found = [
            new if new.counterexample else old
            for new, old in zip(shrunk, report.broken, strict=True)
        ]
        raise LawBroken("\n".join(str(verdict) for verdict in found))
    return report


def remembered(system: System) -> System:
    """Return the system with answers kept, since several laws ask the same."""
    return attrs.evolve(system, duties=lru_cache(maxsize=4096)(system.duties))
