"""Laws tried on drawn cases, and the smallest case in which one does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

import attrs
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from alliancesim.data.arguments import checked
from alliancesim.law import Level, Obligation, Place, Response, Treaty
from alliancesim.testing.case import Case, Law, LawBroken, System
from alliancesim.testing.strategies.law import provisos, treaties
from alliancesim.testing.strategies.own import attacks_on

__all__ = ["Trial", "Verdict", "cases", "pact", "try_law"]

STRANGERS = tuple(3 * letter for letter in "XVQJKUYZ")


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


@checked
@st.composite
def cases(draw: DrawFn, treaty: Treaty | None = None, *, places: Iterable[Place] = ()) -> Case:
    """Draw a case in which to try the laws on a treaty.

    Parameters
    ----------
    treaty : Treaty, optional
        The treaty; by default one is drawn.
    places : iterable of Place
        Places of the author's own, in which attacks may fall.
    """
    drawn = treaty is None
    if treaty is None:
        treaty = draw(
            treaties(
                plain=draw(st.booleans()), dated=draw(st.booleans()), framed=draw(st.booleans())
            )
        )
    attack = draw(attacks_on(treaty, places=places, brief=drawn))
    named = {*treaty.concerned, *attack.aggressors, *attack.victims}
    strangers = [state for state in STRANGERS if state not in named]
    others = [state for state in treaty.concerned if state != attack.victim]
    member = draw(st.sampled_from(treaty.members))
    return Case(
        treaty=treaty,
        attack=attack,
        other_victim=draw(st.sampled_from(others)),
        newcomers=(strangers[0], strangers[1]),
        proviso=draw(provisos(states=treaty.members, nested=False)),
        side_treaty=pact("SDE", member, strangers[0]),
        stacked=pact("STK", *treaty.concerned),
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


@checked
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
        self.tried: dict[str, int] = {law.name: 0 for law in laws}
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
