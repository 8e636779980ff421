"""Look up a name: what is meant by a misspelt one, and what is allowed, in a line or two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar

from alliancesim.errors import InvalidInput

__all__ = ["MOST_LISTED", "hint", "known_name", "listed", "look_up", "unknown"]

MOST_LISTED = 12
"""Names that a message lists, where a nearest one is given."""

_T = TypeVar("_T")


def hint(name: object, known: Iterable[str], most: int = 1) -> str:
    """Return the known names nearest to a misspelt one as a question; empty if none is near.

    Capitals make no name less near.

    Parameters
    ----------
    name : object
        What was given.
    known : iterable of str
        The names that there are.
    most : int
        How many of them to give at most.

    Examples
    --------
    >>> hint("shock_s", ["shock_sd", "cover"])
    '; did you mean shock_sd?'
    >>> hint("SMDA", ["smda", "korea"])
    '; did you mean smda?'
    """
    given, ordered = str(name).casefold(), sorted(known)
    whole: dict[str, list[str]] = {}
    for each in ordered:
        whole.setdefault(each.casefold(), []).append(each)
    swapped = [each for each in whole if sorted(each) == sorted(given)]
    close = swapped or get_close_matches(given, whole, n=most, cutoff=0.6)
    near = [each for folded in close for each in whole[folded]]
    return f"; did you mean {' or '.join(near[:most])}?" if near else ""


def listed(known: Collection[str]) -> str:
    """Return names as a list, the first dozen and how many there are where there are more.

    Examples
    --------
    >>> listed(["a", "b"])
    'a, b'
    """
    names = list(known)
    if len(names) <= MOST_LISTED + 3:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_LISTED])}, … ({len(names)} in all)"


def unknown(
    name: object, known: Collection[str], *, what: str, where: str, allowed: str = ""
) -> InvalidInput:
    """Return the error for a name that is not among those known.

    Parameters
    ----------
    name : object
        What was given.
    known : collection of str
        The names that there are.
    what : str
        What it should name, such as ``"metric"``.
    where : str
        The argument or key.
    allowed : str, optional
        What is allowed, where that is more than one of the names.
    """
    return InvalidInput(
        f"no {what} {name!r}{hint(name, known)}", where=where, allowed=allowed or listed(known)
    )


def known_name(name: str, known: Collection[str], *, what: str, where: str) -> str:
    """Return a name that is known.

    Raises
    ------
    InvalidInput
        If it is not; says which is nearest, and which there are.
    """
    if not isinstance(name, str) or name not in known:
        raise unknown(name, known, what=what, where=where)
    return name


def look_up(name: str, values: Mapping[str, _T], *, what: str, where: str | None = None) -> _T:
    """Return the value of a name.

    Raises
    ------
    InvalidInput
        If there is none; says which is nearest, and which there are.
    """
    return values[known_name(name, values, what=what, where=where or what)]
