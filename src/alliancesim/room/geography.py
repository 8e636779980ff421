"""Outlines, places and pacts of a scenario as the page draws them, in whole numbers of pixels."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from alliancesim.agents.wargame import Wargame
from alliancesim.arrays.board import quarrels
from alliancesim.scenario import Scenario

__all__ = ["SIZE", "drawn", "pacts"]

SIZE = (1000, 526)
"""Width and height of the drawing."""
INSETS = {"USA": (8, 400, 185, 118), "CHN": (828, 8, 164, 130)}
"""Boxes of states outside the frame: left, top, width, height."""
NOTE = "Borders as in Natural Earth, thinned: no statement on any of them."
SCHEMATIC = "A schematic map: these states have no outlines here."


@cache
def _outlines() -> dict[str, Any]:
    file = files("alliancesim").joinpath("figures").joinpath("outlines.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def drawn(scenario: Scenario) -> dict[str, Any]:
    """Return the land, a path and a place for each state, and a note on borders.

    Parameters
    ----------
    scenario : Scenario
        Where a state has no outline, all stand on an ellipse, without outlines.

    Returns
    -------
    dict
        ``size``, ``land`` and ``note``; ``boxes`` of insets; and ``states``, by id a ``path`` in
        the syntax of SVG and its place ``at``.
    """
    known = {feature["id"]: feature for feature in _outlines()["features"]}
    names = [state.id for state in scenario.states]
    if not set(names) <= known.keys():
        return {"size": SIZE, "land": "", "note": SCHEMATIC, "boxes": [], "states": _ellipse(names)}
    west, _, east, north = _outlines()["frame"]
    across = SIZE[0] / (east - west)
    up = across / math.cos(math.radians(27.0))

    def place(point: Any) -> tuple[float, float]:
        return (point[0] - west) * across, (north - point[1]) * up

    states, boxes = {}, []
    for name in names:
        feature = known[name]
        if feature["properties"]["map"] == "inset":
            boxes.append(INSETS[name])
            states[name] = _inset(feature, INSETS[name])
        else:
            x, y = place(feature["properties"]["at"])
            states[name] = {"path": _path(feature, place), "at": [round(x), round(y)]}
    land = _path(known["LAND"], place)
    return {"size": SIZE, "land": land, "note": NOTE, "boxes": boxes, "states": states}


def _path(feature: dict[str, Any], place: Any) -> str:
    rings = (part[0] for part in feature["geometry"]["coordinates"])
    return "".join(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in map(place, ring)) + "Z" for ring in rings
    )


def _inset(feature: dict[str, Any], box: tuple[int, int, int, int]) -> dict[str, Any]:
    points = np.concatenate([np.array(part[0]) for part in feature["geometry"]["coordinates"]])
    low, high = points.min(axis=0), points.max(axis=0)
    left, top, width, height = box
    scale = 0.86 * min(width / (high[0] - low[0]), height / (high[1] - low[1]))
    middle = np.array([left + width / 2, top + height / 2])

    def place(point: Any) -> tuple[float, float]:
        x, y = (np.array(point) - (low + high) / 2) * scale
        return middle[0] + x, middle[1] - y

    return {"path": _path(feature, place), "at": [round(float(each)) for each in middle]}


def _ellipse(names: list[str]) -> dict[str, Any]:
    turns = [2.0 * math.pi * n / len(names) for n in range(len(names))]
    return {
        name: {"path": "", "at": [round(500 + 420 * math.sin(t)), round(263 - 215 * math.cos(t))]}
        for name, t in zip(names, turns, strict=True)
    }


def pacts(model: Wargame) -> list[dict[str, Any]]:
    """Return who owes whom help under the treaties now in force, the most under any reading."""
    return _pacts(model.board, model.arm, tuple(bool(each) for each in model.in_force))


@cache
def _pacts(board: Any, arm: str, in_force: tuple[bool, ...]) -> list[dict[str, Any]]:
    against = quarrels(board.scenario, board.states)
    adds = set(board.scenario.arm(arm).adds)
    found: list[dict[str, Any]] = []
    for v in np.flatnonzero(in_force):
        level = np.where(against[:, :, None], board.blocks[v].level, 0).max(axis=(0, 1, 2))
        treaty = board.treaties[v].id
        for i, a in enumerate(board.states):
            for j in range(i + 1, len(board.states)):
                most = int(max(level[i, j], level[j, i]))
                if most:
                    found.append(
                        {"a": a, "b": board.states[j], "level": most, "treaty": treaty,
                         "added": treaty in adds}
                    )  # fmt: skip
    return found
