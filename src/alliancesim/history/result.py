"""A hindcast: forecasts of past years and their scores, as a table, JSON and files."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs

from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.history.capabilities import capability_file
from alliancesim.history.evaluate import (
    OUTCOMES,
    log_scores_by_origin,
    score_calls,
    score_onsets,
    score_ranks,
    seen_by_origin,
)
from alliancesim.history.files import write_predictions
from alliancesim.history.naive import NAIVE_CALLS, NAIVE_ONSETS
from alliancesim.history.predict import Predictions, predict
from alliancesim.history.record import Record, read_record
from alliancesim.history.rendering import scores_in_words
from alliancesim.history.what_pacts_did import score_pacts

__all__ = ["Hindcast", "hindcast", "plain"]


@checked
@attrs.frozen(kw_only=True, eq=False, repr=False)
class Hindcast:
    """Forecasts and scores.

    Attributes
    ----------
    predictions : Predictions
        Written before anything of the years was read but the keys of their cases.
    scores : dict
        ``onsets`` by outcome, ``ranks``, ``calls`` and ``pacts``; see
        `alliancesim.history.evaluate`.
    years : tuple of int
        The first and the last year.
    window : int
        Years forecast from each origin.
    worlds, seed : int
        Of the play.
    capabilities : str
        The file's name; empty where all states were taken for equal.
    """

    predictions: Predictions
    scores: dict[str, Any]
    years: tuple[int, int]
    window: int
    worlds: int
    seed: int
    capabilities: str

    def __repr__(self) -> str:
        return f"<Hindcast of {self.years[0]} to {self.years[1]}: {self.predictions!r}>"

    def __str__(self) -> str:
        return scores_in_words(self)

    def to_json(self) -> str:
        """Return scores, notes and predictions of pacts as JSON; what is not a number is null."""
        predictions = self.predictions
        made = {
            "years": list(self.years),
            "window": self.window,
            "worlds": self.worlds,
            "seed": self.seed,
            "capabilities": self.capabilities or None,
            "scores": self.scores,
            "origins": {str(year): note for year, note in predictions.notes.items()},
            "pacts": predictions.pacts.to_dict("records"),
        }
        return json.dumps(plain(made), indent=2, allow_nan=False)

    def write(self, folder: str | Path) -> tuple[Path, ...]:
        """Write the predictions as CSV files; see `alliancesim.history.files`."""
        return write_predictions(self.predictions, folder)


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


@checked
def hindcast(
    folder: str | Path | Record,
    first: int,
    last: int,
    *,
    earlier: str | Path | None = None,
    nmc: str | Path | None = None,
    equal: bool = False,
    window: int = 5,
    every: int | None = None,
    worlds: int = 400,
    seed: int = 0,
    threads: int | None = None,
    parts: Sequence[str] = ("onsets", "calls", "pacts"),
    progress: Callable[[str], object] | None = None,
) -> Hindcast:
    """Forecast past years from what was known before them, and score the forecasts.

    Parameters
    ----------
    folder : str, Path or Record
        A folder of the record, see `alliancesim.history.read_record`, or what was read.
    first, last : int
        The first and the last year to forecast.
    earlier : str or Path, optional
        A folder of the years before, where the first folder holds later years alone.
    nmc : str or Path, optional
        A file of National Material Capabilities; by default that of the folder.
    equal : bool
        Whether to take all states for equal where no such file is found.
    window : int
        Years forecast from each origin.
    every : int, optional
        Years from one origin to the next; by default the window.
    worlds, seed, threads : int
        As in `alliancesim.compare`; so many worlds for each region and each pact.
    parts : sequence of str
        What to forecast, among onsets, calls and pacts.
    progress : callable, optional
        Called with what is about to be played.

    Returns
    -------
    Hindcast

    Raises
    ------
    InvalidInput
        If a file or a column is missing, or the years are not those of the record.

    Notes
    -----
    What is known at an origin is cut before anything is fitted or played: later rows never reach
    the forecast, so that changing them changes no bit of it.
    """
    record = folder if isinstance(folder, Record) else read_record(folder, earlier)
    check_years(record, first, last)
    places = ["." if isinstance(folder, Record) else folder]
    path = _capabilities([*places, *([] if earlier is None else [earlier])], nmc, equal)
    predictions = predict(
        record,
        first,
        last,
        path,
        window=window,
        every=every,
        worlds=worlds,
        seed=seed,
        threads=threads,
        parts=parts,
        progress=progress,
    )
    return Hindcast(
        predictions=predictions,
        scores=score(predictions, record, seed=seed),
        years=(first, last),
        window=window,
        worlds=worlds,
        seed=seed,
        capabilities="" if path is None else path.name,
    )


def check_years(record: Record, first: int, last: int) -> None:
    """Reject years that the record does not hold, or that have nothing before them."""
    begins = int(record.pairs["start_year"].min())
    if not begins < first <= last <= record.until:
        raise InvalidInput(
            f"{first} to {last}",
            where="from, to",
            allowed=f"years from {begins + 1} to {record.until}, in order",
        )


def _capabilities(
    folders: Sequence[str | Path], nmc: str | Path | None, equal: bool
) -> Path | None:
    """Return the file given, or that of the first folder that has one; None where none need be."""
    *others, last = folders
    for each in others:
        try:
            return capability_file(each, nmc)
        except InvalidInput:
            if nmc is not None:
                raise
    try:
        return capability_file(last, nmc)
    except InvalidInput:
        if nmc is not None or not equal:
            raise
        return None


def score(predictions: Predictions, record: Record, *, seed: int = 0) -> dict[str, Any]:
    """Score predictions against what happened."""
    found: dict[str, Any] = {}
    if len(predictions.onsets):
        forecasts = ("probability", "rate", *NAIVE_ONSETS)
        found["onsets"] = {
            outcome: score_onsets(predictions.onsets, record, forecasts, outcome=outcome, seed=seed)
            for outcome in OUTCOMES
        }
        found["ranks"] = score_ranks(predictions, record, seed=seed)
        found["onsets_by_origin"] = log_scores_by_origin(predictions.onsets, record, forecasts)
        found["seen_by_origin"] = seen_by_origin(predictions.onsets, record)
    if len(predictions.calls):
        rivals = ("probability", "rules", *NAIVE_CALLS)
        found["calls"] = score_calls(predictions.calls, record, rivals, seed=seed)
        found["calls_by_origin"] = log_scores_by_origin(predictions.calls, record, rivals)
    if len(predictions.pacts):
        found["pacts"] = score_pacts(predictions.pacts, record, seed=seed)
    return found
