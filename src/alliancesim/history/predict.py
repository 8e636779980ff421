"""Forecasts for the years of a window, made of what was known before it and of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.errors import InvalidInput
from alliancesim.history import panel
from alliancesim.history.calls import OWN, call_cases, fit_joining, forecast_calls
from alliancesim.history.capabilities import cinc_before
from alliancesim.history.materials import materials
from alliancesim.history.naive import naive_calls, naive_onsets
from alliancesim.history.onsets import forecast_onsets
from alliancesim.history.pact_effects import forecast_pacts, formed_between
from alliancesim.history.record import Record

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Predictions", "predict", "windows"]

Progress = Callable[[str], object]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Predictions:
    """Forecasts for all windows.

    Attributes
    ----------
    onsets : DataFrame
        A row a pair and year: ``origin``, ``year``, ``ccode1``, ``ccode2``, ``probability``,
        ``low``, ``high``, ``rate``, ``played``, ``known``, and a column a naive forecast.
    calls : DataFrame
        A row a dispute and ally, likewise; also ``force_probability`` and ``war_probability``,
        and ``rules``, the forecast by the rules' own terms alone.
    pacts : DataFrame
        A row a pact and member, see `alliancesim.history.pact_effects.PactForecasts`.
    ensembles : dict of int to (DataFrame, dict)
        By origin: disputes of each state in each world, and with whom they are counted.
    notes : dict of int to dict
        By origin: what was chosen, and what was left out.
    """

    onsets: pd.DataFrame
    calls: pd.DataFrame
    pacts: pd.DataFrame
    ensembles: dict[int, tuple[pd.DataFrame, dict[int, tuple[int, ...]]]]
    notes: dict[int, dict[str, Any]]

    def __repr__(self) -> str:
        return (
            f"<Predictions: {len(self.onsets):,} pair-years, {len(self.calls):,} calls, "
            f"{len(self.pacts):,} memberships of pacts>"
        )


def windows(first: int, last: int, length: int, every: int | None = None) -> list[tuple[int, int]]:
    """Return the first and the last year of each window.

    Parameters
    ----------
    first, last : int
        The first and the last year of all.
    length : int
        Years of a window; the last one may be cut short.
    every : int, optional
        Years from one origin to the next, `length` or more; by default `length`.

    Raises
    ------
    InvalidInput
        If the years are in the wrong order, a window has no year, or windows overlap.
    """
    step = length if every is None else every
    if length < 1:
        raise InvalidInput(f"{length} years", where="window", allowed="one year or more")
    if last < first:
        raise InvalidInput(f"{last} is before {first}", where="to", allowed=f"{first} or later")
    if step < length:
        raise InvalidInput(f"{step} years", where="every", allowed=f"{length} or more")
    return [(start, min(start + length - 1, last)) for start in range(first, last + 1, step)]


def predict(
    record: Record,
    first: int,
    last: int,
    nmc: str | Path | None,
    *,
    window: int = 5,
    every: int | None = None,
    worlds: int = 400,
    seed: int = 0,
    threads: int | None = None,
    parts: Sequence[str] = ("onsets", "calls", "pacts"),
    progress: Progress | None = None,
) -> Predictions:
    """Return forecasts for some years, each window from what was known before it.

    Parameters
    ----------
    record : Record
        Of the scored years the keys of the cases alone are read: which pairs were in the system,
        who was called to which dispute under which circumstances, and which pacts were formed on
        which terms.
    first, last : int
        The first and the last year to forecast.
    nmc : str, Path or None
        A file of National Material Capabilities; None takes all states for equal.
    window : int
        Years forecast from each origin.
    every : int, optional
        Years from one origin to the next; by default the window.
    worlds, seed, threads : int
        As in `alliancesim.compare`; so many worlds for each region and for each pact.
    parts : sequence of str
        What to forecast, among onsets, calls and pacts.
    progress : callable, optional
        Called with what is about to be played.
    """
    import pandas as pd

    made: dict[str, list[pd.DataFrame]] = {"onsets": [], "calls": [], "pacts": []}
    ensembles, notes = {}, {}
    run: dict[str, Any] = {"worlds": worlds, "seed": seed, "threads": threads, "progress": progress}
    for start, end in windows(first, last, window, every):
        known = record.before(start)
        note: dict[str, Any] = {"last": end}
        found = materials(known, start, nmc, lag=(end - start) // 2 + 1)
        if "onsets" in parts:
            cases = panel.cases(record, start, end)
            forecast = forecast_onsets(found, cases, **run)
            cinc = None if nmc is None else cinc_before(nmc, start)
            naive = naive_onsets(known, cases, found.rates, cinc)
            made["onsets"].append(pd.concat([forecast.table, naive], axis=1).assign(origin=start))
            ensembles[start] = (forecast.ensemble, forecast.partners)
            note |= {"discount": found.rates.discount, "weight": found.rates.weight}
        if "calls" in parts and len(known.calls):
            cases = call_cases(record, start, end)
            if len(cases):
                made["calls"].append(_calls(known, cases).assign(origin=start))
        if "pacts" in parts:
            effects = forecast_pacts(
                known, formed_between(record, start, end), nmc, known_until=start - 1, **run
            )
            made["pacts"].append(effects.table.assign(origin=start))
            note["pacts_left_out"] = dict(effects.left_out)
        notes[start] = note
    tables = {
        name: pd.concat(each, ignore_index=True) if each else pd.DataFrame()
        for name, each in made.items()
    }
    return Predictions(**tables, ensembles=ensembles, notes=notes)


def _calls(known: Record, cases: pd.DataFrame) -> pd.DataFrame:
    """Return forecasts of calls, beside those of the rules' own terms and the naive ones."""
    import pandas as pd

    table = forecast_calls(fit_joining(known), cases)
    own = forecast_calls(fit_joining(known, OWN), cases)["probability"]
    return pd.concat([table.assign(rules=own), naive_calls(known, cases)], axis=1)
