"""The house in one picture: its rooms, who calls whom as the imports have it, how data flows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

import alliancesim

PACKAGE = Path(alliancesim.__file__).parent
PICTURE = Path(__file__).parent / "_static" / "house.png"

ROOMS = {
    "law": ("law",),
    "catalogue": ("catalogue",),
    "scenario": ("scenario", "datasets"),
    "rules": ("rules",),
    "outcomes": ("outcomes",),
    "kernel": ("kernel",),
    "board": ("board", "draws"),
    "engine": ("engine",),
    "agents": ("agents",),
    "comparison": ("comparison", "stats", "coalition_value"),
    "validation": ("validation",),
    "figures": ("figures", "report", "narrative"),
    "testing": ("testing",),
}
"""Which modules make a room, each after those that it builds on."""

EVERYWHERE = (
    *("__init__", "__main__", "cli", "errors", "chance", "turn"),
    *("data", "_compile"),
)
"""The doors, and what every room uses."""

FLOW = ("scenario", "board", "engine", "outcomes", "comparison", "figures")
"""The way that data take."""

LIFTS = (("catalogue", "scenario"), ("law", "board"))
"""Data that come up from below."""

STAIRS = (("engine", "kernel"), ("kernel", "rules"), ("agents", "rules"), ("comparison", "agents"))
"""Calls drawn as arrows, from who calls to who is called; the table below has them all."""

# Where a room stands (left, bottom, width), and what it answers.
PLACES = {
    "scenario": (0.0, 5.6, 2.3, "What is asked?\nstates, pairs,\ntreaties, arms"),
    "board": (2.75, 5.6, 2.3, "What does a world\nbegin with?\narrays and draws"),
    "engine": (5.5, 5.6, 2.3, "Who plays it?\nworlds in chunks,\non threads"),
    "outcomes": (8.25, 5.6, 2.3, "What came out?\nmetrics, world\nby world"),
    "comparison": (11.0, 5.6, 2.3, "What does a pact\nchange, and\nhow surely?"),
    "figures": (13.75, 5.6, 2.3, "How is it shown?\nfigures, report,\nchronicle"),
    "catalogue": (0.0, 2.8, 2.3, "What is known?\nfacts with\ntheir sources"),
    "law": (2.75, 2.8, 2.3, "Who owes what,\nand why?\npure Python"),
    "kernel": (5.5, 2.8, 2.3, "A turn, compiled:\nmany worlds\nat once"),
    "agents": (8.25, 2.8, 2.3, "The same turn by\nMesa agents:\none world"),
    "testing": (11.0, 2.8, 2.3, "Does my own\ntreaty hold?\na kit for users"),
    "validation": (13.75, 2.8, 2.3, "Does it meet\nhistory and\nthe exact?"),
    "rules": (5.5, 0.4, 5.05, "How do states behave?\nsmall functions of numbers, written once"),
}

HEIGHT, INK, GREY, PALE = 1.75, "#1a1a1a", "#6e6e6e", "#f0f0f0"


def room_of(module: str) -> str:
    """Return the room of a module, such as ``law/duties``; empty for what is used everywhere."""
    top = module.replace(".", "/").split("/")[0]
    for room, parts in ROOMS.items():
        if top in parts:
            return room
    if top in EVERYWHERE:
        return ""
    raise LookupError(f"{module} has no room: give it one in docs/house.py")


def modules() -> dict[str, Path]:
    """Return every module of the package by its name, such as ``law/duties``."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {path.relative_to(PACKAGE).with_suffix("").as_posix(): path for path in paths}


def calls() -> set[tuple[str, str]]:
    """Return pairs of rooms of which the first imports the second."""
    found = set()
    for name, path in modules().items():
        for dotted in imports(ast.parse(path.read_text(encoding="utf-8"))):
            house, _, rest = dotted.partition(".")
            if house == "alliancesim" and is_module(rest.split(".")[0]):
                found.add((room_of(name), room_of(rest)))
    return {(a, b) for a, b in found if a and b and a != b}


def is_module(name: str) -> bool:
    """Tell whether a name is a module of the package, not something that it offers."""
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


def imports(node: ast.AST) -> Iterator[str]:
    """Yield the dotted names that a piece of source imports, but for its types alone."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    for child in ast.iter_child_nodes(node):
        yield from imports(child)


def house(ax: Axes) -> Axes:
    """Draw the rooms, the way of the data and the stairs between floors."""
    for room, (left, bottom, width, words) in PLACES.items():
        height = HEIGHT if room != "rules" else 1.3
        face = PALE if room in FLOW else "white"
        ax.add_patch(Rectangle((left, bottom), width, height, facecolor=face, edgecolor=INK))
        middle = left + width / 2
        ax.text(middle, bottom + height - 0.13, room, weight="bold", size=10, ha="center", va="top")
        ax.text(middle, bottom + 0.13, words, size=7.6, ha="center", va="bottom", linespacing=1.25)
    for one, other in pairwise(FLOW):
        arrow(ax, side(one, "right"), side(other, "left"), data=True)
    for one, other in LIFTS:
        arrow(ax, side(one, "top"), side(other, "bottom"), data=True)
    for one, other in STAIRS:
        arrow(ax, *step(one, other), data=False)
    ax.text(8.03, 3.68, "=", size=15, ha="center", va="center")
    ax.text(8.03, 2.3, "the same world,\nto the last bit", size=7.6, ha="center", style="italic")
    arrow(ax, (11.2, 1.45), (12.1, 1.45), data=True)
    arrow(ax, (11.2, 0.85), (12.1, 0.85), data=False)
    ax.text(12.3, 1.45, "data flow, one way", size=8.5, va="center")
    ax.text(12.3, 0.85, "calls", size=8.5, va="center")
    ax.set(xlim=(-0.1, 16.15), ylim=(0.25, 7.45), aspect="equal")
    ax.axis("off")
    return ax


def side(room: str, which: str) -> tuple[float, float]:
    """Return the middle of a side of a room."""
    left, bottom, width, _ = PLACES[room]
    x = {"left": left, "right": left + width}.get(which, left + width / 2)
    y = {"top": bottom + HEIGHT, "bottom": bottom}.get(which, bottom + HEIGHT / 2)
    return x, y


def step(one: str, other: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where an arrow between two floors begins and ends: straight down where it can."""
    start, end = side(one, "bottom"), side(other, "top")
    if other == "rules":
        return start, (start[0], PLACES["rules"][1] + 1.3)
    return start, end


def arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], *, data: bool) -> None:
    """Draw an arrow: thick for data, thin for a call."""
    style = {"linewidth": 2.4, "color": INK} if data else {"linewidth": 1.0, "color": GREY}
    size = 15 if data else 10
    ax.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=size, shrinkA=0, shrinkB=0, **style
        )
    )


def table(ax: Axes, found: set[tuple[str, str]]) -> Axes:
    """Draw who imports whom: a dot where a module of the row's room imports one of the column's."""
    names = list(ROOMS)
    for row, one in enumerate(names):
        for column, other in enumerate(names):
            if row == column:
                ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, color=PALE))
            elif (one, other) in found:
                ax.plot(column, row, "o", color=INK, markersize=6)
    ax.set_xticks(range(len(names)), names, rotation=40, ha="left", size=8.5)
    ax.set_yticks(range(len(names)), names, size=8.5)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_xticks([n - 0.5 for n in range(len(names) + 1)], minor=True)
    ax.set_yticks([n - 0.5 for n in range(len(names) + 1)], minor=True)
    ax.grid(which="minor", color="#d0d0d0", linewidth=0.6)
    ax.tick_params(which="minor", length=0)
    ax.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(names) - 0.5, -0.5))
    ax.set_ylabel("a module of this room imports …", size=9)
    ax.set_title("… one of this room", size=9, pad=6)
    return ax


def make() -> None:
    """Write the picture."""
    figure = Figure(figsize=(9.2, 9.4), layout="constrained")
    above, below = figure.subplots(2, 1, height_ratios=(1.0, 1.15))
    house(above)
    table(below, calls())
    figure.savefig(PICTURE, dpi=120)


if __name__ == "__main__":
    make()
