"""Where does the sign of a difference flip? Against one prior or clause, or two."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.patheffects import Normal, Stroke
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from alliancesim.comparison.drivers import Question, question
from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import INK, PALE, heading, legend_below, new_axes, plain, title
from alliancesim.narrative.formatting import decimals, number
from alliancesim.scenario.labels import label_or_name
from alliancesim.stats import sensitivity
from alliancesim.stats.sensitivity import Curve, Surface

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast

__all__ = ["flip"]

_COLOURS = "PuOr_r"
_UNSURE = "////"
_LABELLED = 0.35
_BINS = 20
_LEVELS = 10

Floats = NDArray[np.float64]


@checked
@literal
def flip(
    comparison: Comparison,
    metric: str,
    prior: str,
    other: str | None = None,
    contrast: Contrast | tuple[str, str] | None = None,
    focus: str | None = None,
    *,
    ax: Axes | None = None,
) -> Axes:
    """Draw a difference against one prior, or against two.

    Against one number: the means of twenty equal parts of the draws, a smooth fit with a 95 %
    band for the whole curve, and where it crosses zero, with its interval. Against one clause:
    the mean under each reading. Against a number and a clause: a curve for each reading. Against
    two numbers: a fitted surface with labelled contours, a thick one where the difference is zero,
    hatched where its sign is not told from zero by a 95 % band for the whole surface.

    Parameters
    ----------
    comparison : Comparison
        A run with 8 worlds a draw or more.
    metric : str
    prior, other : str
        Names of priors or unknown clauses.
    contrast, focus
        As for `Comparison.drivers`.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    InvalidInput
        If a name is unknown, or the run has no prior interval.
    """
    asked = question(comparison, metric, contrast, focus)
    for name in (prior, *([other] if other else [])):
        asked.input(name)
    numbers = [name for name in (prior, other) if name and name not in asked.clauses]
    clauses = [name for name in (prior, other) if name and name in asked.clauses]
    if ax is None:
        height = 3.8 if numbers else 2.2
        ax = new_axes(None, 6.4, height, comparison.scenario)
    if len(numbers) == 2:
        _surface(ax, comparison, asked, *numbers)
    elif numbers:
        _curves(ax, comparison, asked, numbers[0], clauses)
    else:
        _points(ax, asked, clauses[0])
    heading(ax, title(comparison, metric, contrast, focus))
    plain(ax)
    return ax


def _curves(
    ax: Axes, comparison: Comparison, asked: Question, name: str, clauses: list[str]
) -> None:
    parts: list[tuple[str, NDArray[np.bool_]]] = [("", np.ones(len(asked.means), np.bool_))]
    if clauses:
        codes, words = asked.input(clauses[0]), asked.clauses[clauses[0]].words
        parts = [(text, codes == code) for code, text in enumerate(words)]
    values, means = asked.input(name), asked.means
    for row, (words_of, those) in enumerate(parts):
        colour = (INK, "#b35806", "#542788", "#1b7837")[row % 4]
        fitted = sensitivity.curve(values[those], means[those])
        _binned(ax, values[those], means[those], colour)
        said = _crossing(ax, fitted, colour)
        text = f"{words_of}: {said}" if words_of else said
        _curve(ax, fitted, colour, textwrap.fill(text, 44))
    ax.axhline(0, color=INK, linewidth=0.8, zorder=1)
    ax.legend(fontsize=7.5, frameon=False, loc="best")
    across = label_or_name(comparison.scenario, name)
    said = f"{across}{_unit(comparison, name)}, central 90 % of its prior"
    ax.set_xlabel(textwrap.fill(said, 72), fontsize=8.5)
    ax.set_ylabel(_axis(asked), fontsize=8.5)


def _curve(ax: Axes, fitted: Curve, colour: str, label: str) -> None:
    ax.fill_between(fitted.at, fitted.low, fitted.high, color=colour, alpha=0.15, linewidth=0)
    ax.plot(fitted.at, fitted.mean, color=colour, linewidth=1.6, label=label)


def _binned(ax: Axes, values: Floats, means: Floats, colour: str) -> None:
    """Mark the means of equal parts of the draws, those in the plausible range."""
    low, high = np.quantile(values, sensitivity.PLAUSIBLE)
    order = np.argsort(values)
    order = order[(values[order] >= low) & (values[order] <= high)]
    for part in np.array_split(order, min(_BINS, max(1, len(order) // 10))):
        ax.plot(values[part].mean(), means[part].mean(), "o", color=colour, markersize=3, alpha=0.8)


def _crossing(ax: Axes, fitted: Curve, colour: str) -> str:
    """Mark where a curve flips, and say so."""
    if fitted.verdict != "flips":
        return fitted.verdict if fitted.verdict == "does not flip" else "may flip: unclear"
    low, high = np.clip([fitted.flip_low, fitted.flip_high], fitted.at[0], fitted.at[-1])
    ax.plot([low, high], [0, 0], color=colour, linewidth=4, solid_capstyle="butt", zorder=3)
    places = decimals((high - low) / 2, 1)
    at, least, most = (number(each, places) for each in (fitted.flip, low, high))
    return f"flips at {at} ({least} to {most})"


def _points(ax: Axes, asked: Question, name: str) -> None:
    codes, mean, low, high = sensitivity.readings(asked.input(name), asked.means)
    for place in range(len(codes)):
        ax.plot([low[place], high[place]], [place, place], color=INK, linewidth=4)
        ax.plot(mean[place], place, "o", color=INK, markersize=5)
    words = [textwrap.fill(asked.clauses[name].words[int(code)], 34) for code in codes]
    ax.set_yticks(range(len(codes)), words, fontsize=8)
    ax.set_ylim(len(codes) - 0.5, -0.5)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_xlabel(_axis(asked), fontsize=8.5)


def _surface(ax: Axes, comparison: Comparison, asked: Question, across: str, up: str) -> None:
    found = sensitivity.surface(asked.input(across), asked.input(up), asked.means)
    reach = float(np.abs(found.mean).max()) or 1.0
    levels = np.array(MaxNLocator(_LEVELS).tick_values(found.mean.min(), found.mean.max()))
    colours: dict[str, Any] = {"cmap": _COLOURS, "vmin": -reach, "vmax": reach}
    filled = ax.contourf(found.across, found.up, found.mean, levels, **colours)
    _contours(ax, found, levels)
    _hatched(ax, found)
    bar = ax.figure.colorbar(filled, ax=ax)
    bar.set_label(_axis(asked), fontsize=8.5)
    bar.ax.tick_params(labelsize=8)
    ax.set_xlabel(f"{across}{_unit(comparison, across)}, both: central 90 %", fontsize=8.5)
    ax.set_ylabel(f"{up}{_unit(comparison, up)}".replace(" [", "\n["), fontsize=8.5)


def _contours(ax: Axes, found: Surface, levels: Floats) -> None:
    """Draw the contours, each with its value; the one at zero is thick."""
    places = (found.across, found.up)
    inside = [each for each in levels if found.mean.min() < each < found.mean.max()]
    others = [each for each in inside if abs(each) > 1e-9]
    step = float(levels[1] - levels[0])
    texts = {each: number(each, decimals(step, 1), sign=True) for each in others}
    if others:
        thin = ax.contour(*places, found.mean, others, colors=INK, linewidths=0.5, linestyles="-")
        lengthy = [
            each for each, lines in zip(others, thin.allsegs, strict=True) if _long(lines, found)
        ]
        _backed(ax.clabel(thin, lengthy, fmt=texts, fontsize=7))
    if found.mean.min() < 0 < found.mean.max():
        thick = ax.contour(*places, found.mean, [0], colors=INK, linewidths=2)
        _backed(ax.clabel(thick, fmt={0: "0"}, fontsize=8))


def _long(lines: Iterable[Floats], found: Surface) -> bool:
    """Tell whether a contour spans enough of either axis for a label."""
    reach = np.array([np.ptp(found.across), np.ptp(found.up)])
    return any((np.ptp(line, axis=0) / reach).max() > _LABELLED for line in lines if len(line))


def _backed(texts: Iterable[Text]) -> None:
    """Give labels of contours a pale edge, so that they are read on hatching."""
    for text in texts:
        text.set_path_effects([Stroke(linewidth=2, foreground="white"), Normal()])


def _hatched(ax: Axes, found: Surface) -> None:
    """Hatch where the band holds zero, and say so in the key."""
    nearness = np.abs(found.mean) / (found.high - found.mean)
    if (nearness > 1).all():
        return
    hatching: dict[str, Any] = {"colors": "none", "hatches": [_UNSURE]}
    drawn = ax.contourf(found.across, found.up, nearness, [0, 1], **hatching)
    drawn.set(edgecolor=PALE, linewidth=0)
    key = Patch(facecolor="white", edgecolor=PALE, hatch=_UNSURE, linewidth=0.5)
    key.set_label("sign not told from zero (95 %)")
    legend_below(ax, 0.42, [key])


def _unit(comparison: Comparison, name: str) -> str:
    known = {each.name: each.unit for each in comparison.scenario.parameters}
    return f" [{known[name]}]" if name in known else ""


def _axis(asked: Question) -> str:
    return f"expected difference [{asked.metric.unit}]"
