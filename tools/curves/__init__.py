"""How do the rules look? Curves of the handbook, drawn from the rules at the catalogue's values.

Each module here keeps a table ``FIGURES`` of functions that fill a figure, by file name. What is
drawn is first reckoned by :func:`curve`, which asks the rule itself.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alliancesim import catalogue
from alliancesim.arrays.layout import rows
from alliancesim.data.quantity import Beta

STATIC = Path(__file__).parents[2] / "docs" / "_static" / "curves"
PARAMETERS = {each.name: each for each in catalogue.parameters()}
PALE = "#8c8c8c"
STYLES = (
    {"color": "#1a1a1a", "linestyle": "-"},
    {"color": "#0072b2", "linestyle": "--"},
    {"color": "#d55e00", "linestyle": "-."},
    {"color": "#009e73", "linestyle": ":"},
)
"""Told apart by dashes as well as by colour."""


class Curve(NamedTuple):
    """A rule at the catalogue's values, and the range of it over the priors named."""

    x: np.ndarray
    y: np.ndarray
    low: np.ndarray
    high: np.ndarray


def values(**changed: float) -> Any:
    """Return a record of all parameters at the catalogue's values, but for those given."""
    row = rows(1, np.dtype([(name, np.float64) for name in PARAMETERS]))[0]
    for name, each in PARAMETERS.items():
        row[name] = changed.pop(name, each.value)
    assert not changed, f"no such parameters: {', '.join(changed)}"
    return row


def ends(name: str) -> tuple[float, float]:
    """Return where the bulk of a parameter's prior lies; its value twice if it has none."""
    each = PARAMETERS[name]
    if isinstance(each.prior, Beta):
        return tuple(each.prior.quantile(np.array([0.05, 0.95])))
    return each.prior.span if each.prior else (each.value, each.value)


def curve(
    rule: Callable[[float, Any], float],
    x: Iterable[float],
    *uncertain: str,
    points: int = 5,
    **held,
) -> Curve:
    """Ask ``rule(x, parameters)`` along x, and on a grid over the priors of those uncertain."""
    x = np.asarray(x, dtype=np.float64)
    spans = [np.linspace(*ends(name), points) for name in uncertain]
    y = _along(rule, x, values(**held))
    grid = [
        _along(rule, x, values(**held, **dict(zip(uncertain, each, strict=True))))
        for each in itertools.product(*spans)
    ]
    return Curve(x, y, np.min([y, *grid], axis=0), np.max([y, *grid], axis=0))


def _along(rule: Callable[[float, Any], float], x: np.ndarray, p: Any) -> np.ndarray:
    return np.array([float(rule(each, p)) for each in x])


def draw(ax: Axes, found: Curve, label: str = "", style: int = 0) -> None:
    """Draw a curve, with the range over the priors as a band."""
    look = STYLES[style]
    ax.plot(found.x, found.y, label=label or None, linewidth=1.7, **look)
    if np.any(found.high > found.low):
        ax.fill_between(
            found.x, found.low, found.high, color=look["color"], alpha=0.15, linewidth=0
        )


def dress(ax: Axes, title: str, x: str, y: str, legend: str = "") -> None:
    """Name a panel and its axes, with units; ``legend`` says where the legend goes."""
    ax.set_title(title, fontsize=9.5, loc="left")
    ax.set_xlabel(x, fontsize=9)
    ax.set_ylabel(y, fontsize=9)
    ax.tick_params(labelsize=8.5)
    ax.spines[["top", "right"]].set_visible(False)
    ax.margins(x=0)
    if legend:
        ax.legend(fontsize=8, frameon=False, loc=legend, handlelength=2.6)


def panels(rows: int, columns: int) -> tuple[Figure, list[Axes]]:
    """Return a figure and its panels, row by row."""
    figure = Figure(figsize=(4.0 * columns, 3.0 * rows), layout="constrained")
    return figure, list(np.ravel(figure.subplots(rows, columns)))


def figures() -> dict[str, Callable[[], Figure]]:
    """Return what makes each figure, by its file's name."""
    modules = (
        importlib.import_module(f"{__name__}.{each.name}")
        for each in pkgutil.iter_modules(__path__)
    )
    return {name: maker for module in modules for name, maker in module.FIGURES.items()}


def make() -> None:
    """Draw all of them."""
    STATIC.mkdir(exist_ok=True)
    for name, maker in figures().items():
        maker().savefig(STATIC / f"{name}.png", dpi=100, pil_kwargs={"optimize": True})
