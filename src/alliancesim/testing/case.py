"""What a law is tried on, the functions under test, and the failure of a law in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from alliancesim.law import (
    Attack,
    Duties,
    Proviso,
    Resolution,
    Treaty,
    accede,
    dumps_treaty,
    duties,
    loads_treaty,
    withdraw,
)
from alliancesim.law.resolve import resolve_unchecked

__all__ = ["LAWS", "Case", "Check", "Law", "LawBroken", "System", "law"]


class LawBroken(AssertionError):  # noqa: N818 - it says what happened to the law
    """A law does not hold; the message is the counterexample in words."""


@attrs.frozen(kw_only=True)
class System:
    """The functions under test; by default the library's own.

    Attributes
    ----------
    duties, resolve, accede, withdraw, dumps, loads : callable
        As in `alliancesim.law`.
    """

    duties: Callable[[Treaty, Attack], Duties] = duties
    resolve: Callable[[Sequence[Treaty], Attack], Resolution] = resolve_unchecked
    accede: Callable[[Treaty, str], Treaty] = accede
    withdraw: Callable[[Treaty, str], Treaty] = withdraw
    dumps: Callable[[Treaty], str] = dumps_treaty
    loads: Callable[[str], Treaty] = loads_treaty


@attrs.frozen(kw_only=True)
class Case:
    """What a law is tried on.

    Attributes
    ----------
    treaty : Treaty
        The treaty under test.
    attack : Attack
        An attack, on a member or not.
    other_victim : str
        Another state that the same attacker might have struck.
    newcomers : tuple of str
        Two states that the treaty does not concern.
    proviso : Proviso
        An exception of the first order.
    side_treaty : Treaty
        A treaty of one member with the first newcomer.
    stacked : Treaty
        Another treaty of the same members.
    """

    treaty: Treaty
    attack: Attack
    other_victim: str
    newcomers: tuple[str, str]
    proviso: Proviso
    side_treaty: Treaty
    stacked: Treaty


Check = Callable[[Case, System], bool]


@attrs.frozen
class Law:
    """A law with its name, its statement and its check.

    Attributes
    ----------
    name, statement : str
        What it is called, and what it says.
    check : callable
        Takes a case and the system under test; returns whether the precondition held.
    """

    name: str
    statement: str
    check: Check


LAWS: dict[str, Law] = {}
"""All laws by name."""


def law(check: Check) -> Check:
    """Enter a check among the laws, named and stated by its own name and docstring."""
    name = check.__name__
    statement = (check.__doc__ or "").strip().splitlines()[0]
    LAWS[name] = Law(name, statement, check)
    return check
