"""Where are they? States by their outlines, with pacts and rivalries."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.patheffects import withStroke

from alliancesim.arrays.board import board
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.figures._literal import literal
from alliancesim.figures._plan import DASHES, RIVAL, STANDING, WIDTHS
from alliancesim.figures._style import INK, PALE, heading, legend_below, new_axes
from alliancesim.figures.network import Link, links

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["has_outlines", "map_of"]

SEA, LAND, STATE, FOCUS = "#f4f7fa", "#e9e6df", "#d5d0c4", "#b9a77c"
INSETS = {"USA": (0.005, 0.02, 0.19, 0.22), "CHN": (0.83, 0.72, 0.165, 0.25)}
"""Where states outside the frame are drawn: left, bottom, width, height as shares of the axes."""
SUPPOSED: Any = (0, (4, 1.5))
NOTE = "Borders as in Natural Earth, thinned: no statement on any of them."


@cache
def _outlines() -> dict[str, Any]:
    text = files("alliancesim.figures").joinpath("outlines.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@checked
def has_outlines(scenario: Scenario) -> bool:
    """Whether every state of a scenario has an outline, so that `map_of` can draw it."""
    known = {feature["id"] for feature in _outlines()["features"]}
    return {state.id for state in scenario.states} <= known


@checked
@literal
def map_of(scenario: Scenario, *, arm: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw states by their outlines, what an arm adds to their pacts, and rivalries.

    Lines are help owed under treaties: dark where the arm adds it, pale where it stands in every
    arm, broken red between rivals. States outside the frame are insets. For a scenario with other
    states, `network` draws a schematic map.

    Parameters
    ----------
    scenario : Scenario
    arm : str, optional
        The arm, as it begins; by default the first.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    InvalidInput
        If there is no such arm, or a state has no outline.
    """
    chosen = scenario.arm(scenario.arms[0].name if arm is None else arm)
    known = {feature["id"]: feature for feature in _outlines()["features"]}
    missing = [state.id for state in scenario.states if state.id not in known]
    if missing:
        raise InvalidInput(
            f"no outline of {', '.join(missing)}", where="map_of",
            allowed=f"states of {', '.join(sorted(known.keys() - {'LAND'}))}; else `network`",
        )  # fmt: skip
    ax = new_axes(ax, 7.6, 4.6, scenario)
    west, south, east, north = _outlines()["frame"]
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_aspect(1 / math.cos(math.radians((south + north) / 2)))
    ax.set_facecolor(SEA)
    ax.set_xticks([])
    ax.set_yticks([])
    _fill(ax, known["LAND"], LAND, edge="none")
    places: dict[str, tuple[float, float]] = {}
    for state in scenario.states:
        shade = FOCUS if state.id in scenario.focus else STATE
        feature = known[state.id]
        if feature["properties"]["map"] == "inset":
            places[state.id] = _inset(ax, feature, shade)
        else:
            _fill(ax, feature, shade)
            places[state.id] = tuple(feature["properties"]["at"])
    owed = [each for each in links(board(scenario), chosen.name) if each.level > 1]
    _lines(ax, scenario, owed, places, chosen.adds)
    for state in scenario.states:
        x, y = places[state.id]
        ax.text(
            x, y, state.id, fontsize=7, ha="center", va="center", zorder=6,
            fontweight="bold" if state.id in scenario.focus else "normal",
            path_effects=[withStroke(linewidth=2.0, foreground="white")],
        )  # fmt: skip
    heading(ax, f"{scenario.name}, arm {chosen.name}: {chosen.title}")
    legend_below(ax, 0.08, list(_key(owed, chosen.adds)), ncols=5)
    ax.text(
        0.995, 0.012, NOTE, transform=ax.transAxes, fontsize=5.5, ha="right", color=PALE, zorder=7
    )
    return ax


def _rings(feature: dict[str, Any]) -> list[Any]:
    return [np.array(part[0]) for part in feature["geometry"]["coordinates"]]


def _fill(ax: Axes, feature: dict[str, Any], shade: str, edge: str = "white") -> None:
    ax.add_collection(
        PolyCollection(_rings(feature), facecolor=shade, edgecolor=edge, linewidth=0.6, zorder=1)
    )


def _inset(ax: Axes, feature: dict[str, Any], shade: str) -> tuple[float, float]:
    """Draw a state into a box of its own; return the middle of the box on the axes of the map."""
    left, bottom, width, height = INSETS[feature["id"]]
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    box = np.array([west + left * (east - west), south + bottom * (north - south)])
    room = np.array([width * (east - west), height * (north - south)])
    rings = _rings(feature)
    every = np.concatenate(rings)
    low, high = every.min(axis=0), every.max(axis=0)
    scale = float(np.min(0.86 * room / (high - low)))
    middle = box + room / 2
    moved = [middle + scale * (ring - (low + high) / 2) for ring in rings]
    frame = [box, box + room * [1, 0], box + room, box + room * [0, 1]]
    ax.add_collection(
        PolyCollection([frame], facecolor="white", edgecolor=PALE, linewidth=0.6, zorder=2)
    )
    ax.add_collection(
        PolyCollection(moved, facecolor=shade, edgecolor="white", linewidth=0.5, zorder=3)
    )
    return float(middle[0]), float(middle[1])


def _lines(
    ax: Axes,
    scenario: Scenario,
    owed: list[Link],
    places: dict[str, tuple[float, float]],
    adds: tuple[str, ...],
) -> None:
    for pair in scenario.pairs:
        if pair.rivalry == "open":
            ax.add_patch(_arc(places, pair.a, pair.b, -0.12, RIVAL, 0.9, DASHES, 4))
    for each in owed:
        added = each.treaty in adds
        ink = INK if added else STANDING
        width = WIDTHS[each.level] * (1.5 if added else 0.8)
        style = SUPPOSED if each.hypothetical else "-"
        ax.add_patch(_arc(places, each.a, each.b, 0.12, ink, width, style, 5 if added else 3))


def _arc(
    places: dict[str, tuple[float, float]], a: str, b: str, bend: float, ink: str, width: float,
    style: Any, order: int,
) -> FancyArrowPatch:  # fmt: skip
    return FancyArrowPatch(
        places[a], places[b], arrowstyle="-", connectionstyle=f"arc3,rad={bend}", color=ink,
        linewidth=width, linestyle=style, zorder=order, shrinkA=5, shrinkB=5, alpha=0.85,
    )  # fmt: skip


def _key(owed: list[Link], adds: tuple[str, ...]) -> Iterator[Any]:
    yield Patch(facecolor=FOCUS, label="state in focus")
    if any(each.treaty not in adds for each in owed):
        yield Line2D([], [], color=STANDING, linewidth=1.4, label="owe help in every arm")
    if any(each.treaty in adds for each in owed):
        yield Line2D([], [], color=INK, linewidth=2.2, label="added by this arm")
    if any(each.hypothetical for each in owed):
        yield Line2D([], [], color=INK, linewidth=2.2, linestyle=SUPPOSED, label="hypothetical")
    yield Line2D([], [], color=RIVAL, linewidth=0.9, linestyle=DASHES, label="rivals")
