"""What differs between two arms, how sure is it, what does it depend on, and what would turn it?"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.comparison.estimates import INTERVAL, Contrast
from alliancesim.narrative.formatting import NONE, decimals, interval, number, plus_minus, span
from alliancesim.outcomes.metrics import FOCUS_HEADLINES, HEADLINES, METRICS

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison

__all__ = [
    "QUESTIONS",
    "ContrastText",
    "DriverText",
    "FlipText",
    "FocusText",
    "RowText",
    "contrast_texts",
    "label",
]

QUESTIONS = (
    "focus_disputes_on_expected",
    "focus_wars_on_expected",
    "focus_wars_principal_expected",
)
"""Headlines that the summary says in words, and whose drivers and flips are told."""
BETTER = {
    "disputes_on_expected": -1,
    "wars_drawn_in": -1,
    "loss_share": -1,
    "benefits": 1,
    "spending_share": -1,
    "welfare": 1,
}
"""Metrics of focus states that are a gain for it, and in which direction."""
MOST_DRIVERS = 3

Row = Mapping[Hashable, Any]


@attrs.frozen
class RowText:
    """One difference in print."""

    name: str
    against: str
    arm: str
    difference: str
    sampling: str
    prior: str
    positive: str
    driver: str
    sure: str


@attrs.frozen
class FocusText:
    """One focus: its differences in print, and what of them it gains or pays."""

    name: str
    rows: tuple[RowText, ...]
    gains: tuple[str, ...]
    pays: tuple[str, ...]


@attrs.frozen
class PresetText:
    """One difference under each preset that the run mixes, as (preset, difference, interval)."""

    name: str
    cells: tuple[tuple[str, str, str], ...]


@attrs.frozen
class DriverText:
    """A prior or unknown clause that a difference depends on."""

    name: str
    prior: str
    kind: str
    share: str
    interval: str


@attrs.frozen
class FlipText:
    """Whether the plausible range of a prior turns the sign, in a sentence."""

    name: str
    prior: str
    verdict: str
    sentence: str


@attrs.frozen
class ContrastText:
    """All that is told of two arms."""

    contrast: Contrast
    hypothetical: bool
    rows: tuple[RowText, ...]
    presets: tuple[PresetText, ...]
    summary: tuple[str, ...]
    focus: tuple[FocusText, ...]
    drivers: tuple[DriverText, ...]
    undriven: tuple[str, ...]
    flips: tuple[FlipText, ...]
    firm: tuple[str, ...]


def contrast_texts(comparison: Comparison) -> Iterator[ContrastText]:
    """Yield what is told of each contrast, in the comparison's order."""
    found = comparison.differences()
    hypothetical = {arm.name for arm in comparison.scenario.arms if arm.hypothetical}
    for contrast in comparison.contrasts:
        rows = found[(found["arm"] == contrast.arm) & (found["against"] == contrast.against)]
        records = rows.to_dict("records")
        driver = _strongest(comparison, contrast)
        of_worlds = {row["metric"]: row for row in records if not row["focus"]}
        headlines = {
            name: _row(of_worlds[name], driver.get(name, ""))
            for name in HEADLINES
            if name in of_worlds
        }
        drivers, undriven = _drivers(comparison, contrast)
        flips, firm = _flips(comparison, contrast)
        yield ContrastText(
            contrast=contrast,
            hypothetical=bool(hypothetical & {contrast.arm, contrast.against}),
            rows=tuple(headlines.values()),
            presets=tuple(_presets(comparison, contrast)),
            summary=tuple(_sentence(headlines[name]) for name in QUESTIONS),
            focus=tuple(_focus(comparison, records)),
            drivers=tuple(drivers),
            undriven=tuple(undriven),
            flips=tuple(flips),
            firm=tuple(firm),
        )


def label(name: str) -> str:
    """Return a metric's label, with its unit where it is no count."""
    metric = METRICS[name]
    return f"{metric.label} [{metric.unit}]" if metric.kind in ("mean", "share") else metric.label


def _strongest(comparison: Comparison, contrast: Contrast) -> dict[str, str]:
    return {
        each["metric"]: f"{each['prior']} ({_percent(each['index'])})" if each["prior"] else ""
        for each in comparison.strongest
        if (each["arm"], each["against"]) == (contrast.arm, contrast.against)
    }


def _row(row: Row, driver: str = "") -> RowText:
    half = (row["high"] - row["low"]) / 2
    positive = row["positive"]
    return RowText(
        name=label(row["metric"]),
        against=number(row["against_mean"]),
        arm=number(row["arm_mean"]),
        difference=number(row["mean"], decimals(half, 2) if half > 0 else None, sign=True),
        sampling=interval(*(row[each] for each in INTERVAL)),
        prior=span(row["prior_low"], row["prior_high"]),
        positive=NONE if math.isnan(positive) else f"{positive:.2f}",
        driver=driver or NONE,
        sure=_sure(row),
    )


def _presets(comparison: Comparison, contrast: Contrast) -> Iterator[PresetText]:
    cells: dict[str, list[tuple[str, str, str]]] = {}
    for row in comparison.preset_rows:
        if (row["arm"], row["against"]) == (contrast.arm, contrast.against):
            half = (row["high"] - row["low"]) / 2
            mean = number(row["mean"], decimals(half, 2) if half > 0 else None, sign=True)
            told = interval(*(row[each] for each in INTERVAL))
            cells.setdefault(row["metric"], []).append((row["preset"], mean, told))
    return (PresetText(label(name), tuple(each)) for name, each in cells.items())


def _sure(row: Row) -> str:
    """Say how sure the sign is: by sampling noise first, then over the priors."""
    if not (row["low"] > 0 or row["high"] < 0):
        return "not told from sampling noise"
    if math.isnan(row["prior_low"]):
        return "sampling noise apart; how it moves with the priors is not told"
    if row["prior_low"] <= 0 <= row["prior_high"]:
        return "the sign depends on judgements"
    return "the same sign over the central 95 % of the priors"


def _sentence(row: RowText) -> str:
    priors = "" if row.prior == NONE else f", over the priors {row.prior}"
    chance = "" if row.positive == NONE else f", probability of a rise {row.positive}"
    return (
        f"{row.name}: {row.difference} on {row.against} (95 % {row.sampling}{priors}{chance}): "
        f"{row.sure}."
    )


def _focus(comparison: Comparison, records: Sequence[Row]) -> Iterator[FocusText]:
    for focus in comparison.tally.focus_states:
        own = {row["metric"]: row for row in records if row["focus"] == focus}
        told = [
            own[name]
            for name in BETTER
            if name in own and (own[name]["low"] > 0 or own[name]["high"] < 0)
        ]
        yield FocusText(
            name=comparison.scenario.state(focus).name,
            rows=tuple(_row(own[name]) for name in FOCUS_HEADLINES if name in own),
            gains=tuple(_change(r) for r in told if r["mean"] * BETTER[r["metric"]] > 0),
            pays=tuple(_change(r) for r in told if r["mean"] * BETTER[r["metric"]] < 0),
        )


def _change(row: Row) -> str:
    more = "more" if row["mean"] > 0 else "fewer"
    metric = METRICS[row["metric"]]
    if metric.kind in ("mean", "share"):
        more = "higher" if row["mean"] > 0 else "lower"
    unit = f" {metric.unit}" if metric.kind in ("mean", "share") else ""
    priors = not math.isnan(row["prior_low"]) and not row["prior_low"] <= 0 <= row["prior_high"]
    mark = "" if priors else "†"
    told = plus_minus(row["mean"], (row["high"] - row["low"]) / 2)
    return f"{more} {metric.label} ({told}{unit}){mark}"


def _drivers(comparison: Comparison, contrast: Contrast) -> tuple[list[DriverText], list[str]]:
    """Return the strongest drivers of each question, and the questions that have none."""
    found: list[DriverText] = []
    without: list[str] = []
    if comparison.design.no_prior_interval:
        return found, without
    for metric in QUESTIONS:
        table = comparison.drivers(metric, contrast)
        rows = table[table["matters"].astype(bool)][:MOST_DRIVERS].to_dict("records")
        if not rows:
            without.append(label(metric))
        for row in rows:
            ends = f"{_percent(row['low'])} to {_percent(row['high'])}"
            share = _percent(row["index"])
            found.append(DriverText(label(metric), row["prior"], row["kind"], share, ends))
    return found, without


def _flips(comparison: Comparison, contrast: Contrast) -> tuple[list[FlipText], list[str]]:
    """Return what would turn each question's sign, and the priors asked that would not."""
    found: list[FlipText] = []
    firm: list[str] = []
    if comparison.design.no_prior_interval:
        return found, firm
    for metric in QUESTIONS:
        for row in comparison.flips(metric, contrast).to_dict("records"):
            if row["verdict"] == "does not flip":
                firm.append(f"{label(metric)} ({row['prior']})")
            else:
                text = _turn(row)
                found.append(FlipText(label(metric), row["prior"], row["verdict"], text))
    return found, firm


def _turn(row: Row) -> str:
    ends = "; ".join(f"{_at(row, end)}, it is {_band(row, end)}" for end in ("from", "to"))
    if row["kind"] == "clause" or not math.isfinite(row["at"]):
        return f"{_capital(ends)}."
    low, high = (row[end] for end in ("at_low", "at_high"))
    known = math.isfinite(low) and math.isfinite(high)
    interval = f" (95 % {low:.3g} to {high:.3g})" if known else ""
    return f"The sign turns at {row['at']:.3g}{interval}. {_capital(ends)}."


def _at(row: Row, end: str) -> str:
    return f"read as “{row[end]}”" if row["kind"] == "clause" else f"at {row[end]}"


def _band(row: Row, end: str) -> str:
    mean, low, high = (row[f"{end}_{part}"] for part in ("mean", "low", "high"))
    places = decimals((high - low) / 2, 2)
    return f"{number(mean, places, sign=True)} (95 % {span(low, high)})"


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _percent(share: float) -> str:
    return NONE if math.isnan(share) else f"{100 * min(max(share, 0), 1):.0f}\u00a0%"
