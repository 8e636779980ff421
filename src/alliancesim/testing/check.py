"""Check a treaty of one's own: faults in the draft, then the laws on attacks in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.names import hint, listed
from alliancesim.errors import InvalidInput
from alliancesim.law import Place, Treaty
from alliancesim.testing.case import System
from alliancesim.testing.drafts import CHECKS, Draft, Fault, Find
from alliancesim.testing.laws import LAWS, Law, LawBroken
from alliancesim.testing.trial import Trial, Verdict, cases, try_law

__all__ = ["Report", "check_treaty"]


@attrs.frozen(kw_only=True)
class Report:
    """What was looked for in a treaty, and what was found.

    Attributes
    ----------
    treaty : str
        The treaty's id.
    checks : tuple of str
        The checks of the draft that were made.
    faults : tuple of Fault
        What is wrong with the draft.
    intended : tuple of Fault
        What would be, had the author not said that it is meant.
    remarks : tuple of Fault
        What is worth a look.
    verdicts : tuple of Verdict
        What became of each law.
    """

    treaty: str
    checks: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    intended: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    @property
    def broken(self) -> tuple[Verdict, ...]:
        """The laws that do not hold."""
        return tuple(one for one in self.verdicts if one.counterexample is not None)

    def __str__(self) -> str:
        """Return the report: the draft first, then a line a law."""
        count = f"{len(self.faults) or 'no'} fault{'s' * (len(self.faults) != 1)}"
        lines = [f"  draft: {count} in {len(self.checks)} checks"] if self.checks else []
        lines += [f"    fault     {one}" for one in self.faults]
        lines += [f"    intended  {one}" for one in self.intended]
        lines += [f"    remark    {one}" for one in self.remarks]
        lines += ["  laws"] if self.verdicts else []
        return "\n".join([self.treaty, *lines, *(f"    {one}" for one in self.verdicts)])


@checked
def check_treaty(
    treaty: Treaty,
    *,
    checks: Sequence[str] | None = None,
    intended: Sequence[str] = (),
    meant_mutual: bool = False,
    places: Sequence[Place] = (),
    examples: int = 50,
    system: System | None = None,
) -> Report:
    """Look for faults in the draft of a treaty, and try the laws of collective defence on it.

    Parameters
    ----------
    treaty : Treaty
        Your treaty.
    checks : sequence of str, optional
        The names of the checks of the draft and of the laws to try; by default all.
    intended : sequence of str
        Faults that are meant, each as the message names it, such as
        ``every_home_is_protected: USA``.
    meant_mutual : bool
        Set it where every member is meant to be protected alike.
    places : sequence of Place
        Places of your own, in which attacks may fall.
    examples : int
        How many cases for each law.
    system : System, optional
        The functions under test; by default the library's own.

    Returns
    -------
    Report
        What was looked for, what is intended, remarks, and in how many cases each law was tried.

    Raises
    ------
    LawBroken
        When the draft has a fault, or a law does not hold; the message names each, with an
        example or the smallest counterexample.
    InvalidInput
        When no check and no law has a name that is given, or what is intended is not found.
    """
    __tracebackhide__ = True
    finds, laws = chosen(checks)
    used = remembered(system or System())
    draft = Draft(treaty, used.duties, places=places, meant_mutual=meant_mutual)
    found = [fault for find in finds for fault in find(draft)]
    refuse_unfound(intended, found)
    report = Report(
        treaty=treaty.id,
        checks=tuple(find.__name__ for find in finds),
        faults=tuple(one for one in found if not one.remark and one.key not in intended),
        intended=tuple(one for one in found if one.key in intended),
        remarks=tuple(one for one in found if one.remark and one.key not in intended),
        verdicts=tried(treaty, laws, used, places, examples),
    )
    if report.faults or report.broken:
        raise LawBroken(complaint(report))
    return report


def chosen(names: Sequence[str] | None) -> tuple[list[Find], list[Law]]:
    """Return the checks and the laws that are asked for."""
    finds = {find.__name__: find for find in CHECKS}
    known = [*finds, *LAWS]
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise InvalidInput(
            f"{', '.join(unknown)} is no check and no law{hint(unknown[0], known)}",
            where="checks",
            allowed=listed(known),
        )
    wanted = known if names is None else list(names)
    return (
        [finds[name] for name in wanted if name in finds],
        [LAWS[name] for name in wanted if name in LAWS],
    )


def refuse_unfound(intended: Iterable[str], found: Sequence[Fault]) -> None:
    """Refuse what is said to be intended and is not there."""
    keys = [fault.key for fault in found]
    absent = [key for key in intended if key not in keys]
    if absent:
        raise InvalidInput(
            f"{'; '.join(map(repr, absent))} is not found in the draft",
            where="intended",
            allowed="; ".join(map(repr, keys)) or "nothing, since nothing is found",
        )


def tried(
    treaty: Treaty,
    laws: Sequence[Law],
    system: System,
    places: Sequence[Place],
    examples: int,
) -> tuple[Verdict, ...]:
    """Try laws on a treaty, and shrink what breaks one to the smallest case."""
    if not laws:
        return ()
    strategy = cases(treaty, places=tuple(places))
    looked = Trial(laws, system, stop=False)
    looked.play(strategy, examples)
    verdicts = []
    for law in laws:
        verdict = looked.verdict(law)
        if verdict.counterexample is not None:
            smallest = try_law(law, strategy, system=system, examples=examples)
            verdict = smallest if smallest.counterexample else verdict
        verdicts.append(verdict)
    return tuple(verdicts)


def remembered(system: System) -> System:
    """Return the system with answers kept, since several laws ask the same."""
    return attrs.evolve(system, duties=lru_cache(maxsize=4096)(system.duties))


def complaint(report: Report) -> str:
    """Return what is wrong, one thing a paragraph, and how to say that it is meant."""
    count = len(report.faults)
    head = [f"{report.treaty} has {count} fault{'s' * (count != 1)}:"] if count else []
    faults = [f"{n}. {fault}" for n, fault in enumerate(report.faults, 1)]
    keys = ", ".join(repr(fault.key) for fault in report.faults)
    advice = [f"Should one of them be meant, say so: intended=[{keys}]"] if count else []
    return "\n".join([*head, *faults, *advice, *map(str, report.broken)])
