"""Draw the architecture: the boxes of the package and who imports whom, read from the sources.

Run with ``python tools/architecture.py``. A box stands above all that it builds on; an arrow
leads to what it imports, and is left out where another path of arrows leads there.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import networkx as nx
import tree
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

STATIC = Path(__file__).parents[1] / "docs" / "_static"
WIDTH, HEIGHT, GAP_X, GAP_Y = 2.6, 0.66, 0.15, 0.28  # inches
INK, GREY, PALE = "#1a1a1a", "#6e6e6e", "#f0f0f0"

Place = tuple[float, float]


def graph() -> nx.DiGraph:
    """Return the boxes and their arrows.

    Raises
    ------
    ValueError
        If arrows run in a circle.
    """
    found = nx.DiGraph(sorted(tree.arrows(("load", "call"))))
    found.add_nodes_from(tree.boxes())
    if not nx.is_directed_acyclic_graph(found):
        raise ValueError(f"boxes import each other: {nx.find_cycle(found)}")
    return found


def floors(found: nx.DiGraph) -> list[list[str]]:
    """Return the boxes floor by floor, the highest first, each as near to its users as can be."""
    rows: list[list[str]] = [[] for _ in range(nx.dag_longest_path_length(found) + 1)]
    for box in nx.topological_sort(found.reverse()):
        height = {name: k for k, row in enumerate(rows) for name in row}
        below = [height[other] for other in found[box]]
        rows[max(below, default=-1) + 1].append(box)
    where: dict[str, float] = {}
    for row in reversed(rows):
        row.sort(key=lambda box: (_middle(where, found.predecessors(box)), box))
        where |= {box: k - (len(row) - 1) / 2 for k, box in enumerate(row)}
    return rows[::-1]


def _middle(where: dict[str, float], users: object) -> float:
    known = [where[each] for each in users if each in where]  # type: ignore[attr-defined]
    return sum(known) / len(known) if known else 0.0


def places(rows: list[list[str]]) -> dict[str, Place]:
    """Return where the lower left corner of each box stands."""
    return {
        box: (
            (k - len(row) / 2) * (WIDTH + GAP_X) + GAP_X / 2,
            -floor * (HEIGHT + GAP_Y),
        )
        for floor, row in enumerate(rows)
        for k, box in enumerate(row)
    }


def picture(ax: Axes, found: nx.DiGraph) -> Axes:
    """Draw boxes on their floors, each with what it holds, and the arrows between them."""
    spots = places(floors(found))
    words = tree.boxes()
    for one, other in nx.transitive_reduction(found).edges:
        (x, y), (u, v) = spots[one], spots[other]
        start, end = (x + WIDTH / 2, y), (u + WIDTH / 2, v + HEIGHT)
        ax.add_patch(
            FancyArrowPatch(
                start, end, arrowstyle="-|>", mutation_scale=10, shrinkA=0, shrinkB=0,
                linewidth=0.9, color=GREY, zorder=1,
            )
        )  # fmt: skip
    for box, (x, y) in spots.items():
        face = "white" if (tree.PACKAGE / box).is_dir() else PALE
        ax.add_patch(Rectangle((x, y), WIDTH, HEIGHT, facecolor=face, edgecolor=INK, zorder=2))
        middle = x + WIDTH / 2
        ax.text(middle, y + HEIGHT - 0.05, box, weight="bold", size=10.5, ha="center", va="top")
        text = "\n".join(textwrap.wrap(words[box].rstrip("."), 43))
        ax.text(middle, y + 0.05, text, size=7.6, ha="center", va="bottom", linespacing=1.15)
    xs, ys = zip(*spots.values(), strict=True)
    ax.set(
        xlim=(min(xs) - 0.05, max(xs) + WIDTH + 0.05),
        ylim=(min(ys) - 0.05, max(ys) + HEIGHT + 0.05),
        aspect="equal",
    )
    ax.axis("off")
    return ax


def table(ax: Axes, found: nx.DiGraph) -> Axes:
    """Draw who imports whom: a dot where the row's box imports the column's."""
    names = [box for row in floors(found)[::-1] for box in row]
    for row, one in enumerate(names):
        ax.add_patch(Rectangle((row - 0.5, row - 0.5), 1, 1, color=PALE))
        for column, other in enumerate(names):
            if found.has_edge(one, other):
                ax.plot(column, row, "o", color=INK, markersize=5)
    many = len(names)
    ax.set_xticks(range(many), names, rotation=60, ha="left", size=9)
    ax.set_yticks(range(many), names, size=9)
    ax.xaxis.tick_top()
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_ticks([n - 0.5 for n in range(many + 1)], minor=True)
    ax.grid(which="minor", color="#d0d0d0", linewidth=0.6)
    ax.tick_params(which="both", length=0)
    ax.set(xlim=(-0.5, many - 0.5), ylim=(many - 0.5, -0.5), aspect="equal")
    ax.set_ylabel("a module of this box imports …", size=10)
    ax.set_title("… one of this box", size=10, pad=6)
    return ax


def draw() -> dict[str, Figure]:
    """Return the two figures by the name of their file: boxes, and the table of imports."""
    found = graph()
    rows = floors(found)
    size = (max(map(len, rows)) * (WIDTH + GAP_X), len(rows) * (HEIGHT + GAP_Y))
    pictures = {}
    for name, inches, pen in (
        ("architecture", size, picture),
        ("architecture-imports", (8.5, 8.5), table),
    ):
        figure = Figure(figsize=inches, layout="constrained")
        pen(figure.add_subplot(), found)
        pictures[name] = figure
    return pictures


def make() -> None:
    """Write the pictures where the pages show them."""
    for name, figure in draw().items():
        figure.savefig(STATIC / f"{name}.png", dpi=110)


if __name__ == "__main__":
    make()
