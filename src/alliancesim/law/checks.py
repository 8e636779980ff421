"""Checks of legal fields, beside the general ones of `alliancesim.data.checks`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, get_args

from alliancesim.data.checks import Check, as_float, choice, every, number
from alliancesim.data.checks import day as plain_day
from alliancesim.errors import InvalidInput

__all__ = [
    "PARTIES",
    "day",
    "distinct",
    "lasts",
    "one_of",
    "ordered",
    "share",
    "some_of",
    "spelt",
    "state",
    "states",
    "states_or_parties",
]

STATE = re.compile(r"[A-Z][A-Z0-9_-]{1,11}")
is_share: Check = number(0.0, 1.0)


def distinct(values: Sequence[Any], where: str) -> None:
    """Refuse a list that names something twice."""
    twice = sorted({str(value) for value in values if values.count(value) > 1})
    if twice:
        raise InvalidInput(f"named twice: {', '.join(twice)}", where=where, allowed="each once")


def one_of(literal: object) -> Check:
    """Return a check for one word of a ``Literal`` type."""
    return choice(get_args(literal))


def some_of(literal: object) -> Check:
    """Return a check for a tuple of different words of a ``Literal`` type."""
    each = every(choice(get_args(literal)))

    def check(owner: Any, attribute: Any, value: Any) -> None:
        each(owner, attribute, value)
        distinct(value, attribute.name)

    return check


def state(_: Any, attribute: Any, value: Any) -> None:
    """Accept the id of a state: capitals and digits, such as ``PAK``."""
    if not isinstance(value, str) or not STATE.fullmatch(value):
        raise InvalidInput(
            f"{value!r} is not the id of a state",
            where=attribute.name,
            allowed="two to twelve capitals or digits, such as PAK",
        )


def states(owner: Any, attribute: Any, value: Any) -> None:
    """Accept a tuple of different state ids."""
    every(state)(owner, attribute, value)
    distinct(value, attribute.name)


PARTIES = "parties"
"""Stands in a list of states for all parties bound on the day of the attack."""


def states_or_parties(owner: Any, attribute: Any, value: Any) -> None:
    """Accept a tuple of different state ids, ``parties`` among them."""
    every(state_or_parties)(owner, attribute, value)
    distinct(value, attribute.name)


def state_or_parties(owner: Any, attribute: Any, value: Any) -> None:
    """Accept a state's id, or ``parties``."""
    if value != PARTIES:
        state(owner, attribute, value)


def spelt(names: Sequence[str]) -> str:
    """Return a list of states in words."""
    return " or ".join("a party" if name == PARTIES else name for name in names)


def share(owner: Any, attribute: Any, value: Any) -> None:
    """Accept a share in [0, 1], or None."""
    if value is not None:
        is_share(owner, attribute, as_float(value))


def day(_: Any, attribute: Any, value: Any) -> None:
    """Accept a date without a time of day, or None."""
    if value is not None:
        plain_day(_, attribute, value)


def ordered(first: Any, second: Any, where: str, allowed: str) -> None:
    """Refuse a second date that lies before the first; None is open."""
    if first is not None and second is not None and second < first:
        raise InvalidInput(f"{second} lies before {first}", where=where, allowed=allowed)


def lasts(since: dt.date | None, until: dt.date | None, on: dt.date | None) -> bool:
    """Tell whether a span of time covers a day; without a day, whether it lasts still.

    None is open; `until` is the first day that is not covered.
    """
    if on is None:
        return until is None
    return (since is None or since <= on) and (until is None or on < until)
