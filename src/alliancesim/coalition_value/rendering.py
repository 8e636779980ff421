"""Who gains, printed: at most 100 columns."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Any

from alliancesim.narrative.formatting import plus_minus, span
from alliancesim.scenario.age import facts_known

if TYPE_CHECKING:
    from alliancesim.coalition_value.result import Gains

__all__ = ["as_text"]

WIDTH = 100
SCALE = 1000.0
"""Differences of welfare are small: they are printed in thousandths of a stake a year."""
_FIRST, _OTHERS = 40, (20, 22, 8)

Row = dict[Hashable, Any]


def as_text(gains: Gains) -> str:
    """Return the report as text."""
    lines = [*_wrapped(_heading(gains), "    ")]
    for title, head, rows in _tables(gains):
        lines += ["", title, _line((head, "difference", "95 % prior", "P(> 0)"))]
        lines += [_line(cells) for cells in rows]
    return "\n".join([*lines, *_set(gains), *_verdicts(gains), "", *_wrapped(_notes(gains), "  ")])


def _heading(gains: Gains) -> Iterator[str]:
    pact, design = gains.pact, gains.design
    yield f"Who gains by {pact.treaty.name} ({pact.treaty.id})"
    drawn = f"parameters drawn for every {design.worlds_per_draw:,} worlds"
    drawn = drawn if design.priors else "parameters at their central values"
    yield f"{pact.scenario.name}: {design.worlds:,} worlds in each arm, seed {gains.seed}, {drawn}"
    if gains.interrupted:
        left = "; ".join(gains.left_out)
        yield f"interrupted: {design.worlds:,} of {gains.asked:,} worlds" + (
            f"; contributions not played: {left}" if left else ""
        )
    yield (
        f"Parties: {', '.join(pact.parties)}; members asked about: {', '.join(gains.members)}; "
        "any other coalition than the parties is hypothetical. Differences of welfare, in "
        "thousandths of a stake a year."
    )


def _tables(gains: Gains) -> Iterator[tuple[str, str, Iterator[tuple[str, ...]]]]:
    shown = {gains.pact.words(each) for each in gains.pact.judged}
    welfare = [row for row in gains.welfare().to_dict("records") if row["coalition"] in shown]
    yield (
        "Welfare with the pact less without it",
        "pact: state",
        (_cells(_named(row, row["state"]), row) for row in welfare),
    )
    yield (
        "Value of coalitions: welfare of all members, summed, less without the pact",
        "coalition",
        (_cells(_named(row), row) for row in gains.values().to_dict("records") if not row["inert"]),
    )
    last = [row for row in gains.marginals().to_dict("records") if _is_last(gains, row)]
    yield (
        "What a member adds as the last to join",
        "member",
        (_cells(f"{row['state']} joins {row['joins']}", row) for row in last),
    )
    yield (
        "Shapley value: what a member adds, averaged over all orders of joining",
        "member",
        (_cells(row["state"], row) for row in gains.shapley().to_dict("records")),
    )
    worth = gains.worth()
    if len(worth):
        value = worth[worth["outcome"] == "value"].to_dict("records")
        yield (
            "What a contribution adds to the value of the pact of all members",
            "contribution, against the median of",
            (_cells(_worth(row), row) for row in value),
        )


def _is_last(gains: Gains, row: Row) -> bool:
    return bool(row["joins"] == gains.pact.words(set(gains.members) - {row["state"]}))


def _named(row: Row, state: str = "") -> str:
    mark = " (hyp.)" if row["hypothetical"] else ""
    return f"{row['coalition']}{mark}" + (f": {state}" if state else "")


def _worth(row: Row) -> str:
    of = {"median": "all", "others": "others"}[row["level"]]
    told = ", at it" if row["set"] == "is the median" else ""
    return f"{row['state']}: {row['contribution']}, {of}{told}"


def _cells(name: str, row: Row) -> tuple[str, ...]:
    mean, high, least, most = (
        SCALE * row[each] for each in ("mean", "high", "prior_low", "prior_high")
    )
    positive = row["positive"]
    return (
        name,
        "0" if mean == high == 0 else plus_minus(mean, high - mean),
        span(least, most),
        "–" if math.isnan(positive) else f"{positive:.2f}",
    )


def _line(cells: tuple[str, ...]) -> str:
    first, *others = cells
    text = f"  {first:<{_FIRST - 2}}"
    return text + "".join(f"{c:>{w}}" for c, w in zip(others, _OTHERS, strict=True))


def _set(gains: Gains) -> Iterator[str]:
    """Yield what contributions were set to, those that were changed."""
    changed = [each for each in gains.worths if each.welfare is not None]
    for each in changed:
        of = {"median": "all", "others": "others"}[each.level]
        yield from _wrapped(iter([f"    {each.what}, {of}: {each.words}"]), "      ")


def _verdicts(gains: Gains) -> Iterator[str]:
    yield from (
        "",
        "Stability: nobody gains by leaving; no outsider gains by joining and is wanted",
    )
    for row in gains.stability().to_dict("records"):
        depends_on = f"; depends on priors: {row['depends_on']}" if row["depends_on"] else ""
        name = f"{_named(row)}: {row['condition']}"
        yield from _wrapped(iter([f"  {name:<66}{row['verdict']}{depends_on}"]), "      ")


def _notes(gains: Gains) -> Iterator[str]:
    yield (
        "±: half of the 95 % sampling interval, of paired differences in the same worlds. 95 % "
        "prior: central 95 % of the expected difference over the parameters' priors; – where most "
        f"of the spread is sampling noise. {_why(gains)}".strip()
    )
    yield (
        "Verdicts go by the sampling interval of the mean over the priors. 'depends on priors' "
        "names states for whom the sign is not the same over 95 % of them, where that can be told."
    )
    yield (
        "A contribution is set to the median of members' central figures; rates of disputes, ties, "
        "distances, treaties and random draws are held. Strengths move, and with them what each "
        "holds at the start and the beliefs of the reference arm, in which base rates hold again."
    )
    yield (
        "The weights of welfare are priors, and a stake of one member counts as one of another. "
        "Illustrative, not predictive."
    )
    yield f"{facts_known(gains.pact.scenario)}."


def _why(gains: Gains) -> str:
    reason = gains.design.no_prior_interval
    return f"Here: {reason}." if reason else ""


def _wrapped(lines: Iterator[str], indent: str) -> Iterator[str]:
    for line in lines:
        yield from (
            textwrap.wrap(line, WIDTH, subsequent_indent=indent, drop_whitespace=True)
            if len(line) > WIDTH
            else [line]
        )
