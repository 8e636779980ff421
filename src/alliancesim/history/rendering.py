"""Hindcasts and comparisons of pacts as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alliancesim.history.compare_files import ScoredFiles
    from alliancesim.history.result import Hindcast
    from alliancesim.history.what_pacts_did import PactComparison

__all__ = [
    "files_in_words",
    "pacts_in_words",
    "scores_in_words",
    "table_of_scores",
]

NAMES = {
    "probability": "model",
    "rate": "its rates, not played",
    "rules": "rules' own terms",
    "constant": "constant",
    "class": "class",
    "pair": "pair, shrunken",
    "ten_years": "last ten years",
    "logistic": "logistic regression",
}
"""What forecasts are called in print."""
KINDS = {
    "originators": "Disputes of original parties",
    "any": "Disputes of any two opponents",
    "small": "Disputes of at most four original pairs",
}


def scores_in_words(found: Hindcast) -> str:
    """Return the scores of a hindcast as text."""
    scores, years = found.scores, found.years
    parts = [
        f"Hindcast of {years[0]} to {years[1]}, {found.window} years from each of "
        f"{', '.join(str(year) for year in found.predictions.notes)}, "
        f"{found.worlds:,} worlds, seed {found.seed}. Nothing of these years was read beforehand. "
        "Illustrative, not a forecast."
    ]
    if not found.capabilities:
        parts.append("No capabilities were found: all states were taken for equal.")
    for outcome, each in scores.get("onsets", {}).items():
        title = (
            f"{KINDS[outcome]}: {each['cases']:,} pair-years, {each['events']:.0f} with a new one"
        )
        parts.append(f"{title}\n{table_of_scores(each, ('pairs', 'disputes'))}")
    if len(scores.get("onsets_by_origin", {})) > 1:
        parts.append(_by_origin("Disputes of original parties", scores["onsets_by_origin"]))
    if "ranks" in scores:
        parts.append(_ranks(scores["ranks"]))
    if "calls" in scores:
        each = scores["calls"]
        title = f"Who joins: {each['cases']:,} allies called, {each['events']:.0f} joined"
        levels = "; ".join(
            f"with {name}: {of['expected']:.1f} expected, {of['seen']:.0f} seen"
            for name, of in each["levels"].items()
        )
        parts.append(f"{title}\n{table_of_scores(each, ('disputes', 'allies'))}\n{levels}")
    if len(scores.get("calls_by_origin", {})) > 1:
        parts.append(_by_origin("Who joins", scores["calls_by_origin"]))
    if "pacts" in scores:
        parts.append(_pacts(scores["pacts"]))
    return "\n\n".join(parts)


def table_of_scores(
    found: dict[str, Any], clusters: Sequence[str], gains_of: str = "model gains"
) -> str:
    """Return one row a forecast: log score and what the first gains on it, Brier, AUC, counts.

    Log scores are in thousandths of a natural logarithm a case; the gain has its 95 % intervals,
    whole clusters drawn again.
    """
    head = ["forecast", "log score", *(f"{gains_of}, over {each}" for each in clusters)]
    rows = [[*head, "Brier /1000", "AUC", "expected"]]
    for number, (name, row) in enumerate(found["forecasts"].items()):
        gains = [
            "" if number == 0 else _interval(row[f"better_{each}"], 1000.0) for each in clusters
        ]
        rows.append(
            [
                NAMES.get(name, name),
                f"{1000 * row['log_score']:.2f}",
                *gains,
                f"{1000 * row['brier']:.3f}",
                f"{row['auc']:.3f}",
                f"{row['expected']:.1f}",
            ]
        )
    return _aligned(rows)


def files_in_words(found: ScoredFiles) -> str:
    """Return the scores of files of forecasts as text."""
    clusters = ("pairs", "disputes") if found.kind == "onsets" else ("disputes", "allies")
    parts = [
        f"{found.cases:,} cases that every file has; {found.missing:,} of the same years that some "
        "file lacks are not scored. The first file is compared with the others."
    ]
    for outcome, each in found.scores.items():
        title = f"{KINDS.get(outcome, 'Who joins')}: {each['events']:.0f} of {each['cases']:,}"
        parts.append(f"{title}\n{table_of_scores(each, clusters, 'first file gains')}")
    return "\n\n".join(parts)


def _by_origin(title: str, found: dict[int, dict[str, float]]) -> str:
    """Return the log scores of each forecast, a column an origin."""
    rows = [["forecast", *(str(year) for year in found)]]
    for name in next(iter(found.values())):
        scores = [f"{1000 * each[name]:.2f}" for each in found.values()]
        rows.append([NAMES.get(name, name), *scores])
    return f"{title}: log scores by origin\n{_aligned(rows)}"


def _interval(values: Sequence[float], factor: float = 1.0, digits: int = 2) -> str:
    middle, low, high = (factor * each for each in values)
    return f"{middle:+.{digits}f} ({low:+.{digits}f} to {high:+.{digits}f})"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells: Iterable[str] = (
            cell.ljust(width) if k == 0 else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _ranks(found: dict[str, Any]) -> str:
    counts = " ".join(f"{each}" for each in found["histogram"])
    return (
        f"Ranks of {found['states']} states' disputes among the worlds, in tenths: {counts}; "
        f"{found['outside']:.1%} lie beyond the central 95 % of the worlds."
    )


def _pacts(found: dict[str, Any]) -> str:
    head = f"Pacts formed: {found['memberships']} memberships whose five years after are known"
    if "on" not in found:
        return f"{head}: too few to score."
    lines = [head]
    for outcome, words in OUTCOME_NAMES.items():
        each = found[outcome]
        lines.append(
            f"  {words}: ratio by the model {each['model']:.2f}, by the record "
            f"{_ratio(each['record'])}; log-likelihood gained on no effect, a membership, "
            f"{_interval(each['better_than_none'], 1.0, 3)}"
        )
    return "\n".join(lines)


OUTCOME_NAMES = {"on": "disputes on members", "by": "disputes by members"}


def _ratio(row: dict[str, float]) -> str:
    return f"{row['ratio']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


def pacts_in_words(found: PactComparison) -> str:
    """Return the record's ratios beside the model's, and what they say of two parameters."""
    rows = [["", "memberships", "before", "after", "record, matched", "model"]]
    for outcome, words in OUTCOME_NAMES.items():
        for group, seen in found.record[outcome].items():
            few = seen["ratio"] != seen["ratio"]
            rows.append(
                [
                    f"{words}, {group}",
                    *(f"{seen[each]:.0f}" for each in ("memberships", "before", "after")),
                    "too few" if few else _ratio(seen),
                    _ratio(found.model[outcome][group]),
                ]
            )
    lines = [_aligned(rows), ""]
    known = found.parameters
    for name, words in (("challenge_scale", "s_D"), ("insured_share", "ι")):
        prior, weighted = known[name]["prior"], known[name]["weighted"]
        lines.append(f"{words}: prior {_mean(prior)}, weighted by the record {_mean(weighted)}")
    lines.append(f"{known['effective']:.0f} of {known['draws']} draws are effective.")
    if found.left_out:
        lines.append(f"Left out: {len(found.left_out)} pacts.")
    return "\n".join(lines)


def _mean(row: dict[str, float]) -> str:
    return f"{row['mean']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
