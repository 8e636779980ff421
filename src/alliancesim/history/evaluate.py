"""Forecasts against what happened: scores beside the naive ones on the same cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from alliancesim.history import panel
from alliancesim.history.calls import answers
from alliancesim.history.scores import (
    auc,
    bins,
    bootstrap,
    bootstrap_auc,
    brier,
    expected_and_seen,
    log_score,
    rank_histogram,
    ranks,
)

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.history.predict import Predictions
    from alliancesim.history.record import Onsets, Record

__all__ = [
    "CALL_EDGES",
    "ONSET_EDGES",
    "OUTCOMES",
    "log_scores_by_origin",
    "score_calls",
    "score_onsets",
    "score_ranks",
    "seen_by_origin",
]

Array = NDArray[np.float64]
OUTCOMES: tuple[Onsets, ...] = ("originators", "any", "small")
"""Which onsets are scored, see `Record.onsets`."""
ONSET_EDGES = (0.0, 0.0005, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.4, 1.0)
CALL_EDGES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 1.0)


def score_onsets(
    table: pd.DataFrame,
    record: Record,
    forecasts: Sequence[str],
    *,
    outcome: Onsets = "originators",
    seed: int = 0,
) -> dict[str, Any]:
    """Score chances of a new dispute of pairs and years.

    Parameters
    ----------
    table : DataFrame
        Columns year, ccode1 < ccode2, and one a forecast.
    record : Record
        What happened.
    forecasts : sequence of str
        Columns; all others are compared with the first.
    outcome : {"originators", "any", "small"}
    seed : int
        Of the bootstrap.

    Returns
    -------
    dict
        ``cases``, ``events``, ``forecasts`` (scores by name), ``bins`` of the first forecast.
    """
    happened, dispute = _onsets(table, record, outcome)
    pair = (table["ccode1"] * 1000 + table["ccode2"]).to_numpy(np.int64)
    clusters = {"pairs": pair, "disputes": np.where(dispute >= 0, -1 - dispute, pair)}
    return _scored(table, happened, forecasts, clusters, ONSET_EDGES, seed)


def _onsets(
    table: pd.DataFrame, record: Record, outcome: Onsets
) -> tuple[Array, NDArray[np.int64]]:
    """Return whether a dispute began in each case, and the first that did; -1 without one."""
    seen = record.onsets(outcome)
    first = seen.groupby([*panel.KEY, "start_year"])["dispute"].min()
    keys = list(zip(table["ccode1"], table["ccode2"], table["year"], strict=True))
    found = first.reindex(keys).to_numpy(float)
    happened = ~np.isnan(found)
    return happened.astype(float), np.where(happened, found, -1).astype(np.int64)


def seen_by_origin(table: pd.DataFrame, record: Record) -> dict[int, float]:
    """Return how many pair-years had a new dispute, by the origin that they were forecast from."""
    happened, _ = _onsets(table, record, "originators")
    found = table.assign(happened=happened).groupby("origin")["happened"].sum()
    return {int(str(year)): float(count) for year, count in found.items()}


def log_scores_by_origin(
    table: pd.DataFrame, record: Record, forecasts: Sequence[str]
) -> dict[int, dict[str, float]]:
    """Return the mean log scores of forecasts of onsets, or of calls, from each origin.

    Parameters
    ----------
    table : DataFrame
        As in :func:`score_onsets` or :func:`score_calls`, with a column ``origin``.
    record, forecasts :
        As there.
    """
    if "ally_ccode" in table:
        happened = answers(record, table)["joined"].fillna(0.0).to_numpy(float)
    else:
        happened, _ = _onsets(table, record, "originators")
    origins = table["origin"].to_numpy()
    logs = {name: log_score(table[name].to_numpy(float), happened) for name in forecasts}
    return {
        int(year): {name: float(each[origins == year].mean()) for name, each in logs.items()}
        for year in np.unique(origins)
    }


def score_calls(
    table: pd.DataFrame, record: Record, forecasts: Sequence[str], *, seed: int = 0
) -> dict[str, Any]:
    """Score chances that allies join a call.

    Parameters
    ----------
    table : DataFrame
        Columns dispute, ally_ccode, and one a forecast.
    record, forecasts, seed :
        As in :func:`score_onsets`.

    Returns
    -------
    dict
        As of :func:`score_onsets`; where the table has ``force_probability`` and
        ``war_probability``, ``levels`` has their expected and seen counts and log scores.
    """
    seen = answers(record, table).fillna(0.0)
    clusters = {
        "disputes": table["dispute"].to_numpy(np.int64),
        "allies": table["ally_ccode"].to_numpy(np.int64),
    }
    found = _scored(table, seen["joined"].to_numpy(float), forecasts, clusters, CALL_EDGES, seed)
    found["levels"] = {}
    for level in ("force", "war"):
        if f"{level}_probability" in table:
            chance = table[f"{level}_probability"].to_numpy(float)
            happened = seen[level].to_numpy(float)
            expected, count = expected_and_seen(chance, happened)
            found["levels"][level] = {
                "expected": expected,
                "seen": count,
                "log_score": float(log_score(chance, happened).mean()),
            }
    return found


def _scored(
    table: pd.DataFrame,
    happened: Array,
    forecasts: Sequence[str],
    clusters: dict[str, NDArray[np.int64]],
    edges: Sequence[float],
    seed: int,
) -> dict[str, Any]:
    chances = {name: table[name].to_numpy(float) for name in forecasts}
    logs = {name: log_score(each, happened) for name, each in chances.items()}
    squares = {name: brier(each, happened) for name, each in chances.items()}
    first = forecasts[0]
    values = {f"log_score {name}": each for name, each in logs.items()}
    values |= {f"brier {name}": each for name, each in squares.items()}
    values |= {f"better {name}": logs[first] - each for name, each in logs.items()}
    drawn = {how: bootstrap(values, each, seed=seed) for how, each in clusters.items()}
    scores: dict[str, Any] = {}
    for name, chance in chances.items():
        expected, seen = expected_and_seen(chance, happened)
        row: dict[str, Any] = {
            "log_score": float(logs[name].mean()),
            "brier": float(squares[name].mean()),
            "auc": auc(chance, happened),
            "expected": expected,
            "seen": seen,
        }
        for how, found in drawn.items():
            for score in ("log_score", "brier"):
                row[f"{score}_{how}"] = list(found[f"{score} {name}"][1:])
            row[f"better_{how}"] = list(found[f"better {name}"])
            row[f"auc_{how}"] = list(bootstrap_auc(chance, happened, clusters[how], seed=seed))
        scores[name] = row
    return {
        "cases": len(table),
        "events": float(happened.sum()),
        "forecasts": scores,
        "bins": bins(chances[first], happened, edges),
    }


def score_ranks(predictions: Predictions, record: Record, *, seed: int = 0) -> dict[str, Any]:
    """Say where the disputes of each state in each window lie among those of the worlds.

    Returns
    -------
    dict
        ``histogram``, ten counts that are alike where worlds spread as the record does; ``states``,
        how many; ``outside``, the share beyond the central 95 % of the worlds.
    """
    seen = record.onsets()
    found: list[Array] = []
    for origin, (ensemble, partners) in predictions.ensembles.items():
        last = predictions.notes[origin]["last"]
        rows = seen[(seen["start_year"] >= origin) & (seen["start_year"] <= last)]
        ends = rows[panel.KEY].to_numpy()
        counts = np.array(
            [_with_partners(ends, int(code), partners[int(code)]) for code in ensemble.columns]
        )
        found.append(ranks(ensemble.to_numpy(float), counts, seed=seed))
    every = np.concatenate(found) if found else np.zeros(0)
    outside = float(np.mean((every < 0.025) | (every > 0.975))) if len(every) else float("nan")
    return {"states": len(every), "histogram": rank_histogram(every), "outside": outside}


def _with_partners(ends: NDArray[np.int64], code: int, partners: tuple[int, ...]) -> float:
    mine = ends[(ends == code).any(axis=1)]
    return float(np.isin(mine.sum(axis=1) - code, partners).sum())
