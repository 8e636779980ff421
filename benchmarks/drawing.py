"""The figure of the page on speed: how long an answer takes, and what a larger world costs."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from alliancesim.outcomes.metrics import METRICS

__all__ = ["draw"]

INK, GREY, PALE, ACCENT = "#1a1a1a", "#8a8a8a", "#e4e4e4", "#1f5f8b"
UNITS = ((86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes"), (1.0, "seconds"))
CLEAR: dict[str, Any] = {"color": "white", "pad": 1.5, "lw": 0.0}
TITLE: dict[str, Any] = {"fontsize": 9, "loc": "left", "color": INK}
SHOWN = {
    "engine, same worlds, expected": "engine: same worlds,\nexpected numbers",
    "engine, independent seeds, counts": "engine: independent\nseeds, counts",
    "agents, same worlds, expected": "agents: same worlds,\nexpected numbers",
    "agents, independent seeds, counts": "agents: independent\nseeds, counts",
}


def draw(figures: dict[str, Any]) -> Figure:
    """Draw the figures of a run of all benchmarks."""
    figure = Figure(figsize=(7.4, 5.6), layout="constrained")
    upper, lower = figure.subfigures(2, 1, height_ratios=(1.0, 1.0))
    _answer(upper.subplots(), figures["answer"])
    axes = ("states", "months", "arms", "treaties")
    for axis, name in zip(lower.subplots(1, len(axes), sharey=True), axes, strict=True):
        rows = [row for row in figures["growth"]["rows"] if row["axis"] == name]
        _growth(axis, name, rows)
    lower.suptitle("CPU μs an arm-world, as a generic world grows", x=0.01, ha="left", fontsize=9)
    return figure


def _answer(axis: Axes, found: dict[str, Any]) -> None:
    rows = [row for row in found["rows"] if row["way"] in SHOWN][::-1]
    for place, row in enumerate(rows):
        seconds = row["tenth"]["cpu_seconds"]
        ours = row["way"] == next(iter(SHOWN))
        axis.axhline(place, color=PALE, lw=1.0, zorder=0)
        axis.plot(seconds, place, "o", ms=7, color=ACCENT if ours else GREY)
        label = f"{'≈ ' if row['tenth']['extrapolated'] else ''}{words(seconds)}"
        axis.text(1.5 * seconds, place, label, va="center", fontsize=8, bbox=CLEAR)
    axis.set_yticks(range(len(rows)), [SHOWN[row["way"]] for row in rows], fontsize=8)
    axis.set_xscale("log")
    longest = max(row["tenth"]["cpu_seconds"] for row in rows)
    axis.set_xlim(left=0.01, right=30.0 * longest)
    axis.xaxis.set_major_formatter(FuncFormatter(lambda x, _: words(x)))
    axis.set_xticks([0.01, 1.0, 60.0, 3_600.0, 86_400.0], minor=False)
    axis.xaxis.set_minor_locator(NullLocator())
    axis.set_ylim(-0.6, len(rows) - 0.4)
    headline = METRICS[found["metric"]].label
    axis.set_title(f"CPU time until the difference in {headline} is known within 10 %", **TITLE)
    _plain(axis)


def _growth(axis: Axes, name: str, rows: list[dict[str, Any]]) -> None:
    sizes = [row["size"] for row in rows]
    axis.plot(sizes, [row["microseconds"] for row in rows], "o-", color=ACCENT, ms=4, lw=1.2)
    axis.set_xticks(sizes, [str(size) for size in sizes])
    axis.set_xlabel(name, fontsize=8, color=INK)
    axis.set_xlim(0.0, 1.1 * max(sizes))
    axis.set_ylim(bottom=0.0)
    _plain(axis)


def _plain(axis: Axes) -> None:
    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(labelsize=8, colors=INK)


def words(seconds: float) -> str:
    """Return a duration in the unit that fits it."""
    for size, unit in UNITS:
        if seconds >= size:
            number = float(f"{seconds / size:.2g}")
            return f"{number:g} {unit if number != 1.0 else unit[:-1]}"
    return f"{float(f'{seconds:.2g}'):g} seconds"
