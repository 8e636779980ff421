"""A comparison printed: a table of at most 100 columns, or HTML for a notebook."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.comparison.estimates import INTERVAL, Contrast
from alliancesim.narrative.formatting import decimals, factor, interval, number, plus_minus, span
from alliancesim.outcomes.metrics import FOCUS_HEADLINES, HEADLINES, METRICS
from alliancesim.scenario.age import facts_known
from alliancesim.stats.paired import ENOUGH_EFFECTIVE

if TYPE_CHECKING:
    from alliancesim.comparison.result import Comparison

__all__ = ["as_html", "as_text"]

Row = dict[str, Any]

WIDTH = 100
MOST_WARNINGS = 6

_HEAD = ("", "against", "arm", "difference", "95 % sampling", "×var", "differ")
_PRIOR_HEAD = ("", "difference", "95 % sampling", "95 % prior", "P(> 0)", "×var")
_WIDTHS = (33, 9, 9, 11, 22, 8, 8)
_DRIVER_HEAD = ("what matters most", "prior or clause", "share", "95 %", "P(> 0), 95 %")
_DRIVER_WIDTHS = (33, 31, 7, 14, 15)
_PRESET_WIDTHS = (33, 11, 22, 11, 22)
_PRIOR_WIDTHS = (33, 10, 21, 21, 7, 8)


@attrs.frozen
class _Table:
    """A block of the printout: its title, the head of its columns, and rows of cells."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


def as_text(comparison: Comparison) -> str:
    """Return the table as text."""
    lines = [*_wrapped(_heading(comparison), "    ")]
    tables = list(_tables(comparison))
    for table in tables:
        if table.title:
            lines += ["", table.title]
        lines += [_line(cells, table.widths) for cells in (table.head, *table.rows)]
    lines += ["", *_wrapped(_notes(comparison, tables), "  ")]
    return "\n".join(lines)


def as_html(comparison: Comparison) -> str:
    """Return the table as HTML, every text escaped."""
    parts = [f"<p>{'<br>'.join(escape(line) for line in _heading(comparison))}</p>"]
    tables = list(_tables(comparison))
    for table in tables:
        head = "".join(f"<th>{escape(cell)}</th>" for cell in table.head)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in table.rows
        )
        caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
        parts.append(f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    notes = "".join(f"<li>{escape(note)}</li>" for note in _notes(comparison, tables))
    return "".join([*parts, f"<ul>{notes}</ul>"])


def _heading(comparison: Comparison) -> Iterator[str]:
    scenario, tally = comparison.scenario, comparison.tally
    years = scenario.horizon_months / 12
    yield f"{scenario.title} ({scenario.name}): {years:g} years from {scenario.start:%B %Y}"
    if not tally.priors:
        drawn = "parameters at their central values"
    elif tally.worlds_per_draw == 1:
        drawn = "parameters drawn in every world"
    else:
        drawn = f"parameters drawn for every {tally.worlds_per_draw:,} worlds"
    yield f"{comparison.worlds:,} worlds in each arm, seed {comparison.seed}, {drawn}"
    if comparison.interrupted:
        yield f"interrupted: {comparison.worlds:,} of {comparison.asked:,} worlds"
    for arm in scenario.arms:
        if arm.name in comparison.arms:
            said = not arm.hypothetical or "hypothetical" in arm.title.lower()
            yield f"  {arm.name}: {arm.title}{'' if said else ' (hypothetical)'}"


def _tables(comparison: Comparison) -> Iterator[_Table]:
    hypothetical = {arm.name for arm in comparison.scenario.arms if arm.hypothetical}
    for contrast in comparison.contrasts:
        rows = [
            row
            for row in comparison.difference_rows
            if (row["arm"], row["against"]) == (contrast.arm, contrast.against)
        ]
        yield _of_worlds(rows, contrast, hypothetical)
        yield from _of_presets(comparison, contrast)
        yield from _of_drivers(comparison, contrast)
        yield from _of_focus(rows, comparison.tally.focus_states)


def _of_presets(comparison: Comparison, contrast: Contrast) -> Iterator[_Table]:
    """Yield the difference under each preset that the run mixes, beside the whole."""
    cells: dict[str, list[str]] = {}
    names: list[str] = []
    for row in comparison.preset_rows:
        if (row["arm"], row["against"]) != (contrast.arm, contrast.against):
            continue
        names += [row["preset"]] if row["preset"] not in names else []
        cells.setdefault(_label(row["metric"]), []).extend((_mean(row), _sampling(row)))
    if cells:
        head = ("under each view of reliability", *(x for n in names for x in (n, "95 % sampling")))
        body = tuple((label, *each) for label, each in cells.items())
        yield _Table("", head, body, _PRESET_WIDTHS)


def _of_drivers(comparison: Comparison, contrast: Contrast) -> Iterator[_Table]:
    """Yield the prior that matters most for each row, where priors are told from noise."""
    body = tuple(
        (
            _label(each["metric"]),
            each["prior"] or "none told from sampling noise",
            _percent(each["index"]),
            _percents(each["low"], each["high"]),
            _chances(each["positive_low"], each["positive_high"]),
        )
        for each in comparison.strongest
        if (each["arm"], each["against"]) == (contrast.arm, contrast.against)
    )
    if body:
        yield _Table("", _DRIVER_HEAD, body, _DRIVER_WIDTHS)


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * min(max(share, 0), 1):.0f} %"


def _percents(low: float, high: float) -> str:
    if math.isnan(low):
        return "–"
    ends = (100 * min(max(share, 0), 1) for share in (low, high))
    return "{:.0f} to {:.0f} %".format(*ends)


def _chances(low: float, high: float) -> str:
    return "–" if math.isnan(low) else f"{low:.2f} to {high:.2f}"


def _of_worlds(rows: list[Row], contrast: Contrast, hypothetical: set[str]) -> _Table:
    marked = hypothetical & {contrast.arm, contrast.against}
    title = f"{contrast}" + (" (hypothetical)" if marked else "")
    of_worlds = {row["metric"]: row for row in rows if not row["focus"]}
    priors = not all(math.isnan(row["prior_low"]) for row in rows)
    cells = _prior_cells if priors else _plain_cells
    body = tuple((_label(name), *cells(of_worlds[name])) for name in HEADLINES if name in of_worlds)
    if priors:
        return _Table(title, _PRIOR_HEAD, body, _PRIOR_WIDTHS)
    return _Table(title, _HEAD, body, _WIDTHS)


def _plain_cells(row: Row) -> tuple[str, ...]:
    return (
        number(row["against_mean"]),
        number(row["arm_mean"]),
        _mean(row),
        _sampling(row),
        factor(row["variance_factor"]),
        f"{100 * row['worlds_differing']:.0f} %",
    )


def _sampling(row: Row) -> str:
    return interval(*(row[each] for each in INTERVAL))


def _mean(row: Row) -> str:
    half = _half(row)
    return number(row["mean"], decimals(half, 2) if half > 0 else None, sign=True)


def _prior_cells(row: Row) -> tuple[str, ...]:
    positive = row["positive"]
    return (
        _mean(row),
        _sampling(row),
        span(row["prior_low"], row["prior_high"]),
        "–" if math.isnan(positive) else f"{positive:.2f}",
        factor(row["variance_factor"]),
    )


def _of_focus(rows: list[Row], states: tuple[str, ...]) -> Iterator[_Table]:
    """Yield the states' metrics, three states beside each other."""
    of_focus = {(row["metric"], row["focus"]): row for row in rows if row["focus"]}
    for first in range(0, len(states), 3):
        some = states[first : first + 3]
        body = tuple(
            (_label(name), *(_plus_minus(of_focus[name, focus]) for focus in some))
            for name in FOCUS_HEADLINES
            if (name, some[0]) in of_focus
        )
        yield _Table("", ("of each focus state", *some), body, (34, *([22] * len(some))))


def _plus_minus(row: Row) -> str:
    told = plus_minus(row["mean"], _half(row))
    absent = math.isnan(row["low"]) and not math.isnan(row["effective_draws"])
    return f"{told} ({_sampling(row)})" if absent else told


def _half(row: Row) -> float:
    return float(row["high"] - row["low"]) / 2


def _label(name: str) -> str:
    metric = METRICS[name]
    unit = f" [{metric.unit}]" if metric.kind in ("mean", "share") else ""
    mark = " (E)" if metric.kind == "expectation" else ""
    return f"{metric.label}{mark}{unit}"


def _line(cells: tuple[str, ...], widths: tuple[int, ...]) -> str:
    first, *others = cells
    text = f"  {first:<{widths[0] - 2}}"
    return text + "".join(f"{c:>{w}}" for c, w in zip(others, widths[1:], strict=True))


def _notes(comparison: Comparison, tables: list[_Table]) -> Iterator[str]:
    columns = {cell for table in tables for cell in table.head}
    yield (
        "(E): conditional expectation, the chances met along the path summed, not a count of "
        "what happened. ×var: how many times the variance would be larger with each arm "
        "run by itself (.differences() has it with shared draws of the parameters too). "
        + ("differ: share of worlds in which the arms differ. " if "differ" in columns else "")
        + "±: half of the width of the 95 % sampling interval."
    )
    cells = [cell for table in tables for row in table.rows for cell in row]
    if any("none seen" in cell for cell in cells):
        yield (
            f"none seen: no world of these {comparison.worlds:,} differs; what happens in "
            "fewer than about three in as many may have been missed."
        )
    if any("too rare" in cell for cell in cells):
        yield (
            f"too rare: what is seen rests on fewer than {ENOUGH_EFFECTIVE:g} effective draws, too "
            "few for an interval; play more worlds."
        )
    if comparison.preset_rows:
        yield (
            "Under each view of reliability: the same difference over the draws of one preset "
            "alone. An answer under one of them is half an answer; --preset NAME plays one alone."
        )
    yield f"Counts are for the whole of {comparison.scenario.horizon_months} months."
    if not comparison.design.no_prior_interval:
        yield (
            "95 % prior: central 95 % of the expected difference, over the parameters' priors. "
            "Its ends have standard errors (prior_low_error, prior_high_error in .differences()). "
            "P(> 0): the share of the priors over which it is above zero, which may be less than "
            "half where a few large rises lift the mean. –: not told from sampling noise."
        )
        yield (
            "What matters most: the prior, or unknown clause of a treaty, that alone explains most "
            "of the variance of the expected difference, the share it explains, and the interval "
            "of P(> 0). About one row in twenty names one by chance: see it again with another "
            "seed."
        )
    told = [w for w in comparison.warnings if not w.startswith("interrupted")]
    yield from told[:MOST_WARNINGS]
    if len(told) > MOST_WARNINGS:
        yield f"and {len(told) - MOST_WARNINGS} more, in .warnings and in a report"
    yield f"{facts_known(comparison.scenario)}."
    yield "Illustrative, not predictive: many of the numbers behind it are judgements."
    hypothetical = [a.name for a in comparison.scenario.arms if a.hypothetical]
    for name in hypothetical:
        if name in comparison.arms:
            yield f"{name} is hypothetical: no such arrangement exists."


def _wrapped(lines: Iterator[str], indent: str) -> Iterator[str]:
    for line in lines:
        yield from textwrap.wrap(line, WIDTH, subsequent_indent=indent)
