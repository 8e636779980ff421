"""Tables of a comparison's drivers: which prior matters, and which would flip the answer."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.comparison import estimates
from alliancesim.comparison.estimates import Contrast, chosen, contrast_of, focus_of
from alliancesim.data.names import look_up
from alliancesim.errors import InvalidInput
from alliancesim.outcomes import Tally
from alliancesim.outcomes.metrics import HEADLINES, Metric
from alliancesim.outcomes.reduced import ReducedTally
from alliancesim.scenario.unknowns import Clause, scenario_clauses
from alliancesim.stats import sensitivity
from alliancesim.stats.paired import MOST_NOISE, Design, Estimate, by_draw
from alliancesim.stats.sensitivity import Dummy, Split

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.comparison.result import Comparison

__all__ = ["Question", "drivers", "flip_of", "flips", "question", "strongest", "strongest_of"]

Floats = NDArray[np.float64]

ASKED_OF = 8
"""Drivers, from the strongest, that are asked whether they flip the sign."""
_ORDER = {"flips": 0, "unclear": 1, "does not flip": 2}


@attrs.frozen(eq=False, kw_only=True)
class Question:
    """One difference, draw by draw, and all that was drawn.

    Parameters
    ----------
    metric : Metric
    contrast : Contrast
    focus : str
        Empty for a metric of worlds.
    means, within : float array, shape (draws,)
        Mean paired difference of each draw, and its variance between the draw's worlds.
    worlds_per_draw : int
    inputs : dict of str to float array, shape (draws,)
        What was drawn and varies, by name.
    clauses : dict of str to Clause
        Those of the inputs that are readings of unknown clauses.
    """

    metric: Metric
    contrast: Contrast
    focus: str
    means: Floats
    within: Floats
    worlds_per_draw: int
    inputs: dict[str, Floats]
    clauses: dict[str, Clause]

    def input(self, name: str) -> Floats:
        """Return the drawn values of an input; refuse an unknown name."""
        return look_up(name, self.inputs, what="prior")


def question(
    comparison: Comparison,
    metric: str,
    contrast: Contrast | tuple[str, str] | None,
    focus: str | None,
) -> Question:
    """Return a difference by draw; refuse a run from which nothing can be said of the priors."""
    tally, design = comparison.tally, comparison.design
    (known,) = chosen([metric], ())
    if design.no_prior_interval:
        allowed = "8 worlds a draw or more, and 40 draws or more"
        raise InvalidInput(design.no_prior_interval, where="drivers", allowed=allowed)
    pair = contrast_of(comparison.arms, comparison.scenario.reference, contrast)
    whose = focus_of(tally.focus_states, known, focus)
    means, within = _by_draw(tally, metric, pair, whose)
    skipped = int(bool(-design.first_world % design.worlds_per_draw))
    recorded = tally.draws[skipped : skipped + len(means)]
    varying = {
        name: np.ascontiguousarray(recorded[name])
        for name in recorded.dtype.names or ()
        if np.ptp(recorded[name]) > 0
    }
    clauses = {k: v for k, v in scenario_clauses(comparison.scenario).items() if k in varying}
    return Question(
        metric=known,
        contrast=pair,
        focus=whose,
        means=means,
        within=within,
        worlds_per_draw=tally.worlds_per_draw,
        inputs=varying,
        clauses=clauses,
    )


def _by_draw(tally: Tally, metric: str, pair: Contrast, whose: str) -> tuple[Floats, Floats]:
    """Return each draw's mean difference, and its variance between the draw's worlds."""
    places = [tally.arms.index(name) for name in _both(pair)]
    if isinstance(tally, ReducedTally):
        paired = tally.moments(metric).paired(*places)
        spot = (tally.focus_states.index(whose),) if whose else ()
        return paired.means[:, *spot], paired.within[:, *spot]
    values = tally.values(metric, whose)
    arm, other = (values[:, place] for place in places)
    draws = by_draw(np.asarray(arm - other), estimates.design_of(tally))
    return draws.mean(axis=1), draws.var(axis=1, ddof=1)


def _both(pair: Contrast) -> tuple[str, str]:
    return pair.arm, pair.against


def drivers(asked: Question) -> pd.DataFrame:
    """Return the sensitivity of the expected difference to every input, the strongest first."""
    import pandas as pd

    rows, about = _ranked(asked)
    columns = ["prior", "kind", "index", "low", "high", "dummy", "matters"]
    table = pd.DataFrame(rows, columns=columns)
    table.attrs = about
    return table


def _ranked(asked: Question) -> tuple[list[dict[str, Any]], dict[Hashable, Any]]:
    """Return a row for each input, the strongest first, and what is said of them all."""
    means = asked.means
    parts = sensitivity.split(means, asked.within, asked.worlds_per_draw)
    rare = np.isnan(Estimate.of(means, Design(len(means))).low)
    told = parts.priors_low > 0 and not rare
    floor = Dummy(np.nan, np.nan)
    rows: list[dict[str, Any]] = []
    if told:
        floor = sensitivity.dummy(means, parts.noise_share, len(asked.inputs))
        found = {n: sensitivity.index(v, means, parts.noise_share) for n, v in asked.inputs.items()}
        rows = [_row(asked, name, found[name], floor, parts) for name in asked.inputs]
    else:
        rows = [_row(asked, name, np.nan, floor, parts) for name in asked.inputs]
    about: dict[Hashable, Any] = {
        "metric": asked.metric.name,
        "unit": asked.metric.unit,
        "contrast": str(asked.contrast),
        "focus": asked.focus,
        "draws": len(means),
        "worlds_per_draw": asked.worlds_per_draw,
        "mean": float(means.mean()),
        "dummy_mean": floor.mean,
    }
    rows.sort(key=lambda row: row["index"], reverse=True)
    return rows, about | attrs.asdict(parts)


def strongest(comparison: Comparison) -> list[dict[str, Any]]:
    """Return, for each headline and contrast, the prior that matters most and how sure it is.

    Empty where the run has no prior interval; the prior is empty where none is told from sampling
    noise, the probability of the sign NaN where most of the spread between draws is sampling noise.
    """
    if comparison.design.no_prior_interval:
        return []
    return [
        strongest_of(question(comparison, metric, contrast, None))
        for contrast in comparison.contrasts
        for metric in HEADLINES
        if metric in comparison.tally.metrics
    ]


def strongest_of(asked: Question) -> dict[str, Any]:
    """Return the input that matters most to one difference; see `strongest`."""
    ranked, about = _ranked(asked)
    row: dict[str, Any] = {
        "metric": asked.metric.name,
        "arm": asked.contrast.arm,
        "against": asked.contrast.against,
        "prior": "",
        **dict.fromkeys(("index", "low", "high"), np.nan),
        "dummy": ranked[0]["dummy"] if ranked else np.nan,
    }
    if any(each["matters"] for each in ranked):
        row |= {name: ranked[0][name] for name in ("prior", "index", "low", "high")}
    row |= {f"priors{end}": about[f"priors{end}"] for end in ("", "_low", "_high")}
    told = about["noise_share"] <= MOST_NOISE
    row |= {
        f"positive{end}": about[f"positive{end}"] if told else np.nan
        for end in ("", "_low", "_high")
    }
    return row


def _row(asked: Question, name: str, found: float, floor: Dummy, parts: Split) -> dict[str, Any]:
    matters = bool(found > floor.highest)
    half = np.nan
    if matters:
        half = sensitivity.interval(asked.inputs[name], asked.means, parts.noise_share)
    return {
        "prior": name,
        "kind": "clause" if name in asked.clauses else "number",
        "index": found,
        "low": found - half,
        "high": found + half,
        "dummy": floor.highest,
        "matters": matters,
    }


def flips(asked: Question, priors: Sequence[str] | None, most: int) -> pd.DataFrame:
    """Return where inputs turn the sign of the expected difference, those that do first."""
    import pandas as pd

    names = priors
    if names is None:
        ranked, _ = _ranked(asked)
        names = [row["prior"] for row in ranked if row["matters"]][:ASKED_OF]
    rows = [flip_of(asked, name) for name in names]
    if priors is None:
        rows = sorted(rows, key=lambda row: _ORDER[row["verdict"]])[:most]
    ends = [f"{end}{part}" for end in ("from", "to") for part in ("", "_mean", "_low", "_high")]
    columns = ["prior", "kind", "verdict", "at", "at_low", "at_high", *ends]
    return pd.DataFrame(rows, columns=columns)


def flip_of(asked: Question, name: str) -> dict[str, Any]:
    """Return where one input turns the sign of the expected difference: a row of `flips`."""
    return (_of_clause if name in asked.clauses else _of_number)(asked, name)


def _of_number(asked: Question, name: str) -> dict[str, Any]:
    found = sensitivity.curve(asked.input(name), asked.means)
    row: dict[str, Any] = {"prior": name, "kind": "number", "verdict": found.verdict}
    row |= {"at": found.flip, "at_low": found.flip_low, "at_high": found.flip_high}
    for end, place in (("from", 0), ("to", -1)):
        row |= {
            end: f"{found.at[place]:.3g}",
            f"{end}_mean": float(found.mean[place]),
            f"{end}_low": float(found.low[place]),
            f"{end}_high": float(found.high[place]),
        }
    return row


def _of_clause(asked: Question, name: str) -> dict[str, Any]:
    codes, mean, low, high = sensitivity.readings(asked.input(name), asked.means)
    verdict = sensitivity.verdict(low, high)
    row: dict[str, Any] = {"prior": name, "kind": "clause", "verdict": verdict}
    for end, place in (("from", int(mean.argmin())), ("to", int(mean.argmax()))):
        row |= {
            end: asked.clauses[name].words[int(codes[place])],
            f"{end}_mean": float(mean[place]),
            f"{end}_low": float(low[place]),
            f"{end}_high": float(high[place]),
        }
    return row
