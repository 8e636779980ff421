"""How old the facts of a scenario are: its cut-off in words, for every output to name."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from alliancesim import catalogue
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.scenario.scenario import Scenario

__all__ = ["OLD_MONTHS", "facts_known", "months_between", "today"]

OLD_MONTHS = 6
"""Facts whose cut-off lies more months back are said to be old."""

CLOCK = "SOURCE_DATE_EPOCH"


def today() -> dt.date:
    """Return the day by which facts are judged old, in UTC.

    The environment variable ``SOURCE_DATE_EPOCH``, in seconds, stands for the clock where it is
    set, so that documents can be made again to the byte.

    Raises
    ------
    InvalidInput
        If the variable is not a number of seconds.
    """
    given = os.environ.get(CLOCK)
    if given is None:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.datetime.fromtimestamp(int(given), dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise InvalidInput(f"{given!r}", where=CLOCK, allowed="seconds since 1970") from None


def months_between(first: dt.date, last: dt.date) -> int:
    """Return the whole months from one day to a later one; the last of a month counts as such.

    Examples
    --------
    >>> months_between(dt.date(2025, 12, 31), dt.date(2026, 6, 30))
    6
    >>> months_between(dt.date(2025, 12, 31), dt.date(2026, 6, 29))
    5
    """
    months = 12 * (last.year - first.year) + last.month - first.month
    ends = (last + dt.timedelta(days=1)).month != last.month
    return months if ends or last.day >= first.day else months - 1


def facts_known(scenario: Scenario, on: dt.date | None = None) -> str:
    """Return the cut-off of a scenario in words, and its age where that is over six months.

    Parameters
    ----------
    scenario : Scenario
        What was played.
    on : date, optional
        The day of reading; by default `today`.

    Returns
    -------
    str
        A sentence without its full stop, such as ``Facts to 2025-12-31, 11 months old on
        2026-11-30; a newer edition is smda-2026``.
    """
    on = today() if on is None else on
    words = f"Facts to {scenario.cutoff}"
    months = months_between(scenario.cutoff, on)
    if months > OLD_MONTHS or (months == OLD_MONTHS and _over(scenario.cutoff, on)):
        age = f"{months} months" if months < 2 * 12 else f"{months // 12} years"
        words += f", {age} old on {on}"
    newest = catalogue.newest_edition(scenario.name)
    if newest is not None and _older(scenario, newest):
        words += f"; a newer edition is {newest}"
    return words


def _over(cutoff: dt.date, on: dt.date) -> bool:
    """Tell whether a day lies past the last of the six whole months."""
    return months_between(cutoff, on - dt.timedelta(days=1)) >= OLD_MONTHS


def _older(scenario: Scenario, newest: str) -> bool:
    from alliancesim.data import toml

    cutoff = toml.read_resource(catalogue.scenario_path(newest)).get("cutoff")
    return isinstance(cutoff, dt.date) and scenario.cutoff < cutoff
