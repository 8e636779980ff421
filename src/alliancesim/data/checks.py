"""Checks of single fields: attrs validators that say what is allowed.

Every value of the library is checked when it is made, so that a scenario written in Python
is held to the same rules as one written in a file.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from alliancesim.data.names import hint, listed
from alliancesim.errors import InvalidInput, escaped

__all__ = [
    "FIRST_DAY",
    "LARGEST",
    "LAST_DAY",
    "Check",
    "as_float",
    "as_plain",
    "as_tuple",
    "choice",
    "day",
    "every",
    "flag",
    "instance",
    "integer",
    "kind_of",
    "number",
    "text",
    "whole_number",
]

FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(2999, 12, 31)
"""Days that anything may have; terms and notice are added to them."""
LARGEST = 1e15
"""The largest size of a figure: what is drawn from it and multiplied stays a number."""

Check = Callable[[Any, Any, Any], None]
"""An attrs validator: it takes the instance, the attribute and the value."""


def kind_of(value: object) -> str:
    """Name what a value is, in the words of a TOML file."""
    if isinstance(value, int) and value.bit_length() > 64:
        return "a number too large"
    names = {bool: "a true/false", str: "a text", dict: "a table", list: "a list", tuple: "a list"}
    return names.get(type(value), f"{value!r}"[:60])


def as_float(value: Any) -> Any:
    """Turn a number into a float; leave anything else for the check to refuse."""
    value = as_plain(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            return math.inf
    return value


def as_plain(value: Any) -> Any:
    """Turn a scalar of numpy into Python's; leave anything else as it is."""
    return value.item() if getattr(value, "ndim", None) == 0 else value


def as_tuple(value: Any) -> Any:
    """Turn a list into a tuple; leave anything else for the check to refuse."""
    return tuple(value) if isinstance(value, list) else value


def number(low: float = -LARGEST, high: float = LARGEST, *, infinite: bool = False) -> Check:
    """Return a check for a number in [low, high], or infinite where that is allowed."""
    allowed = f"a number from {low:g} to {high:g}"

    def check(_: Any, attribute: Any, value: Any) -> None:
        if not isinstance(value, float) or isinstance(value, bool):
            raise InvalidInput(
                f"expected a number, got {kind_of(value)}", where=attribute.name, allowed=allowed
            )
        if not (low <= value <= high or (infinite and math.isinf(value))):
            raise InvalidInput(f"{value:g} is out of range", where=attribute.name, allowed=allowed)

    return check


def integer(low: int = 0, high: int = 2**62) -> Check:
    """Return a check for a whole number in [low, high]."""

    def check(_: Any, attribute: Any, value: Any) -> None:
        _check_whole(value, attribute.name, low, high)

    return check


def whole_number(name: str, value: object, low: int, high: int) -> int:
    """Return a whole number in [low, high], of Python or of numpy, as Python's.

    Raises
    ------
    InvalidInput
        If it is of another kind, true and false among them, or out of range.
    """
    plain: int = as_plain(value)
    _check_whole(plain, name, low, high)
    return plain


def _check_whole(value: Any, where: str, low: int, high: int) -> None:
    allowed = f"a whole number from {low} to {high}" if high != 2**62 else f"a whole number ≥ {low}"
    if not isinstance(value, int) or isinstance(value, bool):
        problem = f"expected a whole number, got {kind_of(value)}"
        raise InvalidInput(problem, where=where, allowed=allowed)
    if not low <= value <= high:
        raise InvalidInput(f"{kind_of(value)} is out of range", where=where, allowed=allowed)


def text(*, empty: bool = False) -> Check:
    """Return a check for a text, not blank unless `empty`."""

    def check(_: Any, attribute: Any, value: Any) -> None:
        if not isinstance(value, str) or not (empty or value.strip()):
            given = kind_of(value) if not isinstance(value, str) else "an empty one"
            problem = f"expected a text, got {given}"
            raise InvalidInput(problem, where=attribute.name, allowed="a text that is not empty")
        if escaped(value) != value:
            raise InvalidInput(
                f"a control character in {escaped(value)[:60]!r}",
                where=attribute.name,
                allowed="letters, signs, spaces, tabs and line ends",
            )

    return check


def flag() -> Check:
    """Return a check for true or false."""

    def check(_: Any, attribute: Any, value: Any) -> None:
        if not isinstance(value, bool):
            problem = f"expected true or false, got {kind_of(value)}"
            raise InvalidInput(problem, where=attribute.name, allowed="true, false")

    return check


def choice(names: Collection[str]) -> Check:
    """Return a check for one of some names."""

    def check(_: Any, attribute: Any, value: Any) -> None:
        if not isinstance(value, str) or value not in names:
            given = repr(value) if isinstance(value, str) else kind_of(value)
            raise InvalidInput(
                f"{given} is not known{hint(value, names)}",
                where=attribute.name,
                allowed=listed(names),
            )

    return check


def instance(*classes: type, optional: bool = False) -> Check:
    """Return a check for a value of one of some classes, or None where `optional`."""
    allowed = " or ".join(cls.__name__ for cls in classes)

    def check(_: Any, attribute: Any, value: Any) -> None:
        if not isinstance(value, classes) and not (optional and value is None):
            problem = f"expected {allowed}, got {kind_of(value)}"
            raise InvalidInput(problem, where=attribute.name, allowed=allowed)

    return check


def every(item: Check) -> Check:
    """Return a check for a tuple, each element of which passes `item`."""

    def check(owner: Any, attribute: Any, value: Any) -> None:
        if not isinstance(value, tuple):
            problem = f"expected a list, got {kind_of(value)}"
            raise InvalidInput(problem, where=attribute.name, allowed="a list")
        for element in value:
            item(owner, attribute, element)

    return check


def day(_: Any, attribute: Any, value: Any) -> None:
    """Refuse what is not a plain date of these ages; a date with a time of day is none."""
    if type(value) is not date:
        problem = f"expected a date, got {kind_of(value)}"
        raise InvalidInput(problem, where=attribute.name, allowed="a date, as 2026-01-01")
    if not FIRST_DAY <= value <= LAST_DAY:
        allowed = f"{FIRST_DAY} to {LAST_DAY}"
        raise InvalidInput(f"{value} is out of range", where=attribute.name, allowed=allowed)
