"""Events of the world as an observer coded them: onsets, wars and answers in a window of days."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import attrs

from alliancesim.errors import InvalidInput

__all__ = ["COLUMNS", "Event", "answers", "onsets", "read_events", "wars"]

COLUMNS = ("date_from", "kind", "challenger", "target", "ally", "level", "mark")
"""Columns that a file must have; others are left alone."""

BEGINS = ("dispute", "war")
HIGHEST_LEVEL = 5


@attrs.frozen
class Event:
    """One coded event.

    Parameters
    ----------
    day : date
        Its first day.
    kind : str
        ``dispute``, ``war``, ``answer``, or another, which is not scored.
    challenger, target, ally : tuple of str
        Identifiers of states; empty where there is none.
    level : int or None
        Of an answer: 0 nothing, 1 words, 2 material help, 3 forces sent, 4 limited force, 5 war.
    mark : str
        How far to trust it, in the file's words.
    """

    day: dt.date
    kind: str
    challenger: tuple[str, ...]
    target: tuple[str, ...]
    ally: tuple[str, ...]
    level: int | None
    mark: str


def read_events(path: str | Path) -> tuple[Event, ...]:
    """Return the events of a CSV file, in its order.

    Parameters
    ----------
    path : str or Path
        A file with the columns of `COLUMNS` at least; ``;`` separates states in one cell.

    Raises
    ------
    InvalidInput
        If it cannot be read, a column is missing, or a cell is not as it must be; with the line.
    """
    try:
        with Path(path).open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                problem = f"no column {missing[0]}"
                raise InvalidInput(problem, where=str(path), allowed=", ".join(COLUMNS))
            return tuple(_event(row, f"{path}: line {rows.line_num}") for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(
            f"cannot be read: {error}"[:200], where=str(path), allowed="a CSV file in UTF-8"
        ) from None


def _event(row: dict[str, str], where: str) -> Event:
    try:
        day = dt.date.fromisoformat(row["date_from"] or "")
    except ValueError:
        problem = f"{row['date_from']!r} is not a day"
        raise InvalidInput(problem, where=f"{where}: date_from", allowed="as 2026-02-28") from None
    level = row["level"] or ""
    if level and level not in {str(each) for each in range(HIGHEST_LEVEL + 1)}:
        raise InvalidInput(f"{level!r}", where=f"{where}: level", allowed="0 to 5, or empty")
    states = {name: _states(row[name] or "") for name in ("challenger", "target", "ally")}
    return Event(
        day=day,
        kind=row["kind"] or "",
        level=int(level) if level else None,
        mark=row["mark"] or "",
        **states,
    )


def _states(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(";") if name.strip())


def _within(events: tuple[Event, ...], first: dt.date, last: dt.date) -> Iterator[Event]:
    yield from sorted(
        (each for each in events if first <= each.day <= last), key=lambda each: each.day
    )


def onsets(
    events: tuple[Event, ...], first: dt.date, last: dt.date
) -> dict[tuple[str, str], dt.date]:
    """Return who began a dispute with whom in a window, and when.

    A directed pair counts once. What a state does to one that began a dispute with it earlier in
    the window, or earlier in the file on the same day, is its answer and no onset of its own.
    """
    found: dict[tuple[str, str], dt.date] = {}
    for each in _within(events, first, last):
        if each.kind in BEGINS:
            for challenger in each.challenger:
                for target in each.target:
                    if (target, challenger) not in found:
                        found.setdefault((challenger, target), each.day)
    return found


def wars(events: tuple[Event, ...], first: dt.date, last: dt.date) -> set[frozenset[str]]:
    """Return the pairs of states between which a war began in a window."""
    return {
        frozenset((challenger, target))
        for each in _within(events, first, last)
        if each.kind == "war"
        for challenger in each.challenger
        for target in each.target
    }


def answers(
    events: tuple[Event, ...], first: dt.date, last: dt.date
) -> dict[tuple[str, str, str], int]:
    """Return the highest level of an ally's answers in a window, by challenger, target and ally.

    An answer of a state that is itself the challenger or the target is left out.
    """
    found: dict[tuple[str, str, str], int] = {}
    for each in _within(events, first, last):
        if each.kind != "answer" or each.level is None:
            continue
        for challenger in each.challenger:
            for target in each.target:
                for ally in each.ally:
                    if ally not in (challenger, target):
                        key = (challenger, target, ally)
                        found[key] = max(each.level, found.get(key, 0))
    return found
