"""Codes of states: the ids of the library, and what other lists call the same states.

An id is the ISO 3166-1 alpha-3 code; a state that has none, or has ended, has an id of its own,
such as ``GFR``. Beside the ids two lists of the field are understood, by number and by
abbreviation: the state system of the Correlates of War, and that of Gleditsch and Ward. So are
codes that ISO 3166-3 has withdrawn, such as ``ZAR``. Data sets that count the Soviet Union as
Russia are read as they do; a treaty may name it, ``SUN``.

Some codes mean one state in one list and another in the next (970 is Nauru or Kiribati; ``AUS`` is
Australia or, in the Correlates of War, Austria), or one state after another (345 was Yugoslavia
and is Serbia). So every meaning has its list and its days, and a code that leaves two states to
choose from is rejected, with what it may mean.

References
----------
Correlates of War Project (2017), "State System Membership List, v2016"; Gleditsch & Ward (1999),
"Interstate system membership: a revised list of the independent states since 1816"; ISO 3166-1
and 3166-3. The files are ``states.csv`` and ``state_codes.csv`` beside this module.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import attrs

from alliancesim.data.checks import kind_of
from alliancesim.errors import InvalidInput

__all__ = [
    "KnownState",
    "Scheme",
    "check_states",
    "cow_numbers",
    "hint",
    "known_states",
    "meanings",
    "state_id",
]

Scheme = Literal["id", "cow", "gw", "iso"]
"""A list: the library's ids; Correlates of War; Gleditsch and Ward; codes withdrawn from ISO."""


@attrs.frozen
class KnownState:
    """A state of the list.

    Attributes
    ----------
    id : str
        Its id, as in treaties and scenarios.
    name : str
        Its name.
    ended : date or None
        The first day on which it was no more; None for one that is.
    successors : tuple of str
        The ids of the states that followed one that has ended.
    """

    id: str
    name: str
    ended: dt.date | None
    successors: tuple[str, ...]


@attrs.frozen
class Meaning:
    """What a code stands for in one list, and on which days."""

    id: str
    scheme: Scheme
    since: dt.date | None
    until: dt.date | None
    words: str

    def holds(self, on: dt.date | None) -> bool:
        """Whether it stands for that on a day; without a day, whether it ever did."""
        if on is None:
            return True
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)

    def __str__(self) -> str:
        """Return the id with what it is, in which list and when."""
        lists = {"id": "the library's id", "cow": "Correlates of War", "gw": "Gleditsch and Ward"}
        span = f" from {self.since}" if self.since else ""
        span += f" until {self.until}" if self.until else ""
        return f"{self.id} ({self.words}; {lists.get(self.scheme, 'withdrawn from ISO')}{span})"


_LISTS: tuple[Scheme, Scheme] = ("cow", "gw")


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _day(cell: str) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell else None


@cache
def known_states() -> dict[str, KnownState]:
    """Return every state of the list by its id, those that have ended among them."""
    return {
        row["id"]: KnownState(
            row["id"], row["name"], _day(row["ended"]), tuple(row["successors"].split())
        )
        for row in _rows("states.csv")
    }


@cache
def _codes() -> dict[str, tuple[Meaning, ...]]:
    """Return the meanings of every code that is not an id, or is one elsewhere too."""
    found: dict[str, list[Meaning]] = {}
    special = list(_rows("state_codes.csv"))
    elsewhere = {(row["scheme"], row["id"]) for row in special}
    replaced = {(row["scheme"], row["code"]) for row in special}
    for row in special:
        scheme: Scheme = row["scheme"]  # type: ignore[assignment]
        meaning = Meaning(row["id"], scheme, _day(row["since"]), _day(row["until"]), row["meaning"])
        found.setdefault(row["code"], []).append(meaning)
    for row in _rows("states.csv"):
        for code in filter(None, (row["cow"], row["cow_abbreviation"])):
            for scheme in _LISTS:
                # Gleditsch and Ward took over most numbers and abbreviations.
                other = scheme == "gw" and (scheme, row["id"]) in elsewhere
                if (scheme, code) not in replaced and not other:
                    meaning = Meaning(row["id"], scheme, None, _day(row["ended"]), row["name"])
                    found.setdefault(code, []).append(meaning)
    return {code: tuple(each) for code, each in found.items()}


@cache
def cow_numbers() -> tuple[int, ...]:
    """Return every number of the Correlates of War, in order."""
    return tuple(int(row["cow"]) for row in _rows("states.csv") if row["cow"])


def meanings(
    code: str | int, on: dt.date | None = None, scheme: Scheme | None = None
) -> tuple[Meaning, ...]:
    """Return what a code may stand for: in every list or in one, on a day or ever."""
    text = str(code)
    found = list(_codes().get(text, ()))
    if text in known_states():
        known = known_states()[text]
        found.insert(0, Meaning(text, "id", None, known.ended, known.name))
    return tuple(each for each in found if each.holds(on) and scheme in (None, each.scheme))


def state_id(
    code: str | int,
    on: dt.date | None = None,
    *,
    scheme: Scheme | None = None,
    where: str = "state",
) -> str:
    """Return the id of the state that a code stands for.

    An id stands for itself. Any other code is looked up in all lists: where they name one state on
    that day, it is that one; where they name several, none is taken.

    Parameters
    ----------
    code : str or int
        An id, such as ``"DEU"``; a number or an abbreviation of the Correlates of War or of
        Gleditsch and Ward, such as ``255`` or ``"GMY"``; a code withdrawn from ISO 3166, such as
        ``"ZAR"``.
    on : date, optional
        The day that is spoken of. Without it a code must stand for one state on all its days.
    scheme : {"id", "cow", "gw", "iso"}, optional
        The one list to look in; all by default.
    where : str, optional
        What the code is given as, for messages.

    Returns
    -------
    str

    Raises
    ------
    InvalidInput
        If no list has the code, it stands for no state on that day, or for more than one.

    Examples
    --------
    >>> state_id("GMY"), state_id(200), state_id("ZAR"), state_id(345, dt.date(1999, 1, 1))
    ('DEU', 'GBR', 'COD', 'YUG')
    """
    if isinstance(code, bool) or not isinstance(code, str | int):
        raise InvalidInput(f"{kind_of(code)} is not a code", where=where, allowed=_ALLOWED)
    if scheme is not None and scheme not in get_args(Scheme):
        allowed = ", ".join(get_args(Scheme))
        raise InvalidInput(f"no list {kind_of(scheme)}", where="scheme", allowed=allowed)
    if on is not None and type(on) is not dt.date:
        raise InvalidInput(f"{kind_of(on)} is not a date", where="on", allowed="a date")
    found = meanings(code, on, scheme)
    if any(each.scheme == "id" for each in found):
        return str(code)
    ids = list(dict.fromkeys(each.id for each in found))
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise InvalidInput(
            f"{code} may be {' or '.join(str(each) for each in _one_each(found))}",
            where=where,
            allowed=f"{' or '.join(ids)}" + ("" if on else ", or a date"),
        )
    raise _unknown(code, on, scheme, where)


_ALLOWED = "an id such as DEU, or a code of the Correlates of War or Gleditsch and Ward"


def _one_each(found: Sequence[Meaning]) -> list[Meaning]:
    return list({each.id: each for each in reversed(found)}.values())[::-1]


def _unknown(
    code: str | int, on: dt.date | None, scheme: Scheme | None, where: str
) -> InvalidInput:
    ever = _one_each(meanings(code, None, scheme))
    if ever:
        after = [state for each in ever for state in known_states()[each.id].successors]
        then = f"; it was followed by {' and '.join(after)}" if after else ""
        problem = f"{code} stands for no state on {on}: it is {' or '.join(map(str, ever))}{then}"
        return InvalidInput(problem, where=where, allowed=" or ".join(after) or _ALLOWED)
    return InvalidInput(f"no state {str(code)[:60]!r}{hint(code)}", where=where, allowed=_ALLOWED)


def hint(code: object, among: Collection[str] = ()) -> str:
    """Return the states that a word may be meant for, as a question; empty if none is near."""
    word = str(code)[:60]
    if word in _codes() and word not in known_states():
        near = list(dict.fromkeys(each.id for each in _codes()[word]))
    else:
        names = {state.name.casefold(): state.id for state in known_states().values()}
        close = get_close_matches(word.casefold(), names, n=1, cutoff=0.7)
        near = [names[each] for each in close]
        near = near or get_close_matches(word.upper(), {*known_states(), *among}, n=2, cutoff=0.6)
    named = [f"{each} ({known_states()[each].name})" if each in known_states() else each
             for each in near]  # fmt: skip
    return f"; did you mean {' or '.join(named)}?" if named else ""


def check_states(states: Collection[str], known: Collection[str], where: str) -> None:
    """Reject a state that is neither in the list nor among those known besides.

    Parameters
    ----------
    states : collection of str
        Ids to check.
    known : collection of str
        Ids that are known besides, such as the parties of a treaty of the user's own.
    where : str
        What they are given as.

    Raises
    ------
    InvalidInput
        At the first that is unknown, with the state that may be meant.
    """
    for state in states:
        if state not in known_states() and state not in known:
            raise InvalidInput(
                f"no state {state!r}{hint(state, known)}",
                where=where,
                allowed="the id of a state, as alliancesim.datasets.known_states lists them",
            )
