"""Other models' forecasts, scored on the same cases by the same scores."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.errors import InvalidInput
from alliancesim.history import panel
from alliancesim.history.calls import call_cases
from alliancesim.history.evaluate import OUTCOMES, score_calls, score_onsets
from alliancesim.history.files import read_predictions
from alliancesim.history.rates import mean_rate
from alliancesim.history.record import Record, read_record
from alliancesim.history.rendering import files_in_words
from alliancesim.scenario.run_options import LARGEST_SEED

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ScoredFiles", "score_predictions"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ScoredFiles:
    """Scores of files of forecasts.

    Attributes
    ----------
    kind : {"onsets", "calls"}
    scores : dict
        By outcome, for onsets, or of the calls; see `alliancesim.history.evaluate`. Forecasts are
        called by the names of their files; ``constant`` is the share known before the first year.
    cases : int
        Cases that all files have.
    missing : int
        Cases of the same years that some file lacks; they are not scored.
    """

    kind: str
    scores: dict[str, Any]
    cases: int
    missing: int

    def __repr__(self) -> str:
        return f"<ScoredFiles: {self.cases:,} {self.kind}>"

    def __str__(self) -> str:
        return files_in_words(self)

    def to_json(self) -> str:
        """Return the scores as JSON; what is not a number is null."""
        from alliancesim.history.result import plain

        return json.dumps(plain(attrs.asdict(self)), indent=2, allow_nan=False)


@checked
def score_predictions(
    folder: str | Path | Record, files: Sequence[str | Path], *, seed: int = 0
) -> ScoredFiles:
    """Score files of forecasts of onsets, or of calls, against a record.

    Parameters
    ----------
    folder : str, Path or Record
        A folder of the record, or what was read.
    files : sequence of str or Path
        CSV files of one kind, see `alliancesim.history.files`. They are scored on the cases that
        all have; the others are compared with the first.
    seed : int
        Of the bootstrap, 0 to 2**64 - 1.

    Raises
    ------
    InvalidInput
        If the seed is out of range, a file cannot be used, the kinds differ, or a case is not one
        of the record.
    """
    whole_number("seed", seed, 0, LARGEST_SEED)
    record = folder if isinstance(folder, Record) else read_record(folder)
    if not files:
        raise InvalidInput("no file", where="files", allowed="one file or more")
    names, kinds, tables = _names(files), set(), []
    for name, path in zip(names, files, strict=True):
        kind, table = read_predictions(path)
        kinds.add(kind)
        tables.append(table.rename(columns={"probability": name}))
    if len(kinds) > 1:
        raise InvalidInput("onsets and calls together", where="files", allowed="one kind")
    kind = kinds.pop()
    possible = _cases(record, kind, tables)
    merged = possible
    for name, table in zip(names, tables, strict=True):
        _check_known(table, possible, name)
        merged = merged.merge(table, how="inner")
    if not len(merged):
        raise InvalidInput("no case that all files have", where="files", allowed="common cases")
    first = int(merged["year"].min())
    scored = merged.assign(constant=_constant(record, kind, first))
    forecasts = (*names, "constant")
    scores: dict[str, dict[str, Any]]
    if kind == "onsets":
        scores = {
            outcome: score_onsets(scored, record, forecasts, outcome=outcome, seed=seed)
            for outcome in OUTCOMES
        }
    else:
        scores = {"calls": score_calls(scored, record, forecasts, seed=seed)}
    return ScoredFiles(
        kind=kind, scores=scores, cases=len(merged), missing=len(possible) - len(merged)
    )


def _names(files: Sequence[str | Path]) -> tuple[str, ...]:
    names = [str(each) for each in files]
    short = [Path(each).stem for each in names]
    found = short if len(set(short)) == len(short) and "constant" not in short else names
    if len(set(found)) < len(found):
        raise InvalidInput("a file is named twice", where="files", allowed="each once")
    return tuple(found)


def _cases(record: Record, kind: str, tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the cases of the record in the years that the files touch."""
    if kind == "onsets":
        years = np.concatenate([each["year"].to_numpy() for each in tables])
        found = panel.cases(record, int(years.min()), int(years.max()))
        return found[found["year"].isin(np.unique(years))].reset_index(drop=True)
    found = call_cases(record, -(10**6), 10**6)[["dispute", "ally_ccode", "start_year"]]
    found = found.rename(columns={"start_year": "year"})
    disputes = np.concatenate([each["dispute"].to_numpy() for each in tables])
    touched = found.loc[found["dispute"].isin(disputes), "year"]
    return found[found["year"].isin(touched)].reset_index(drop=True)


def _check_known(table: pd.DataFrame, possible: pd.DataFrame, name: str) -> None:
    keys = [each for each in table if each != name]
    strange = table.merge(possible[keys], how="left", indicator=True)["_merge"] == "left_only"
    if strange.any():
        row = int(np.flatnonzero(strange)[0])
        case = ", ".join(f"{key} {table[key].iloc[row]}" for key in keys)
        raise InvalidInput(
            f"{case} in row {row + 2} is no case of the record",
            where=name,
            allowed="pairs of the system in years of the record, or calls that it has",
        )


def _constant(record: Record, kind: str, first: int) -> float:
    known = record.before(first)
    if kind == "onsets":
        return mean_rate(known) if len(known.pairs) else 0.5
    joined = known.calls.loc[known.calls["already_in"] == 0, "joined"]
    return (float(joined.sum()) + 0.5) / (len(joined) + 1.0)
