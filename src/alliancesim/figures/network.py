"""Who owes whom help, and who is whose rival?"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import Stroke

from alliancesim.arrays.board import Board, board, quarrels
from alliancesim.data.arguments import checked
from alliancesim.figures._arranged import arranged
from alliancesim.figures._forces import Forces
from alliancesim.figures._literal import literal
from alliancesim.figures._plan import BANDS, DASHES, NARROW, RIVAL, STANDING, WIDTHS, Drawing
from alliancesim.figures._style import INK, PALE, new_axes

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario
    from alliancesim.scenario.arms import Arm

__all__ = ["Link", "links", "network"]

DUTIES = ("", "consultation", "assistance", "defence")
_LANDSCAPE = 1.15  # so much wider than high, an arrangement leaves no room beside it
MANY = 4
"""From how many members present a treaty is drawn as a band, not as a line a pair."""


@attrs.frozen
class Link:
    """Help that two states owe each other under a treaty of an arm.

    Parameters
    ----------
    treaty : str
        Its identifier.
    a, b : str
        The states, in alphabetical order.
    level : int
        The most that is owed in any circumstance, under any reading: 1 consultation, 2
        assistance, 3 defence.
    surely : int
        The most that is owed under every reading of what is unknown.
    obligors : tuple of str
        Who of the two owes it.
    hypothetical : bool
        Whether no arm has it that is not hypothetical.
    """

    treaty: str
    a: str
    b: str
    level: int
    surely: int
    obligors: tuple[str, ...]
    hypothetical: bool


def links(compiled: Board, arm: str) -> list[Link]:
    """Return the help owed between states under the treaties that an arm has at the start.

    Parameters
    ----------
    compiled : Board
    arm : str

    Raises
    ------
    InvalidInput
        If there is no such arm.
    """
    row = int(compiled.arm_rows([arm])[0])
    arms = compiled.scenario.arms
    found = [each for each in _owed(compiled, row) if each.level]
    if not arms[row].hypothetical:
        return found
    real = {
        (each.treaty, each.a, each.b)
        for other, one in enumerate(arms)
        if not one.hypothetical
        for each in _owed(compiled, other)
    }
    return [attrs.evolve(x, hypothetical=(x.treaty, x.a, x.b) not in real) for x in found]


def _owed(compiled: Board, arm: int) -> Iterator[Link]:
    against = quarrels(compiled.scenario, compiled.states)
    for v in np.flatnonzero(compiled.law.in_arm[arm]):
        level = np.where(against[:, :, None], compiled.blocks[v].level, 0).max(axis=(1, 2))
        for i, a in enumerate(compiled.states):
            for j, b in enumerate(compiled.states):
                if a < b and level[:, [i, j], [j, i]].any():
                    each = level[:, [i, j], [j, i]]
                    owe = tuple(n for n, owed in ((a, each[:, 1]), (b, each[:, 0])) if owed.any())
                    most = each.max(axis=1)
                    yield Link(
                        compiled.treaties[v].id, a, b, int(most.max()), int(most.min()), owe, False
                    )


@checked
@literal
def network(scenario: Scenario, ax: Axes | None = None, arm: str | None = None) -> Axes:
    """Draw states, who owes whom help in an arm, and rivalries, over a schematic map.

    States lie by the distances between them, see `alliancesim.figures._arranged`; the area of a
    disc grows with strength. A line is help owed under a treaty, thicker for more of it; a treaty
    of four or more members present is a band that links them, whoever stands next on it. Dark
    lines are what the arm adds to the treaties in force in every arm; hollow ones are
    hypothetical; a question mark says that what is owed depends on a clause that is unknown.

    Parameters
    ----------
    scenario : Scenario
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default, which pyplot does not know. On axes narrower than
        4.5 inches, and with more than 20 states, names give way to identifiers.
    arm : str, optional
        The arm, as it begins; by default the first.

    Returns
    -------
    matplotlib Axes
        ``ax.figure.savefig("network.png", dpi=200)`` writes it.

    Raises
    ------
    InvalidInput
        If there is no such arm.
    """
    chosen = scenario.arm(scenario.arms[0].name if arm is None else arm)
    compiled = board(scenario)
    owed = links(compiled, chosen.name)
    bands = _many(owed)
    if ax is None:
        ax = new_axes(None, 7.2, 5.4, scenario)
    wide = ax.bbox.width / ax.figure.dpi
    ax.set_title(_title(scenario, chosen, wide), fontsize=8.5, loc="left")
    places = arranged(scenario)
    across, up = np.ptp(np.array(list(places.values())), axis=0)
    below = wide < NARROW or across > _LANDSCAPE * up
    ax.legend(
        handles=_key(bands, chosen, owed),
        loc="upper center" if below else "center left",
        bbox_to_anchor=(0.5, 0.01) if below else (1.0, 0.5),
        ncols=max(2, int(wide / 1.7)) if below else 1,
        fontsize=7,
        frameon=False,
        handlelength=2.2,
        columnspacing=1.2,
    )
    drawing = Drawing.on(ax, scenario, places, Forces.of(compiled), wide)
    for rank, treaty in enumerate(bands):
        those = [each for each in owed if each.treaty == treaty]
        drawing.band(those, treaty in chosen.adds, rank)
    for treaty in dict.fromkeys(each.treaty for each in owed if each.treaty not in bands):
        drawing.pact([each for each in owed if each.treaty == treaty], treaty in chosen.adds)
    drawing.rivalries()
    drawing.names()
    return ax


def _many(owed: list[Link]) -> list[str]:
    """Return the treaties with so many members present that they are bands."""
    members: dict[str, set[str]] = {}
    for each in owed:
        members.setdefault(each.treaty, set()).update((each.a, each.b))
    return [treaty for treaty, found in members.items() if len(found) >= MANY]


def _title(scenario: Scenario, arm: Arm, inches: float) -> str:
    supposed = " (hypothetical)" if arm.hypothetical else ""
    begins = ", as it begins" if arm.negotiation or arm.notice else ""
    if inches < NARROW:
        return f"{arm.name}{supposed}{begins}"
    return textwrap.fill(
        f"{scenario.name}, arm {arm.name}{begins}: {arm.title}", round(14 * inches)
    )


def _key(bands: list[str], arm: Arm, owed: list[Link]) -> list[Line2D]:
    levels = {each.level for each in owed if each.treaty not in bands}
    disc: dict[str, Any] = {"marker": "o", "linestyle": "", "markersize": 6}
    found = [
        Line2D([], [], color=INK, label="state in focus", **disc),
        Line2D([], [], color=PALE, markerfacecolor="white", label="other; area: strength", **disc),
    ]
    found += [
        Line2D([], [], color=STANDING, linewidth=WIDTHS[level], label=f"owes {DUTIES[level]}")
        for level in sorted(levels, reverse=True)
    ]
    if bands:
        label = f"treaty of {MANY} or more"
        found.append(Line2D([], [], color=BANDS[0], linewidth=6, label=label))
    if any(each.treaty in arm.adds for each in owed):
        found.append(Line2D([], [], color=INK, linewidth=2.0, label="added by this arm"))
    if any(each.hypothetical for each in owed):
        line = Line2D([], [], color=INK, linewidth=3.0, label="hypothetical")
        line.set_path_effects([Stroke(linewidth=3.0), Stroke(linewidth=1.4, foreground="white")])
        found.append(line)
    found.append(Line2D([], [], color=RIVAL, linewidth=0.9, linestyle=DASHES, label="rivals"))
    if any(each.surely < each.level for each in owed):
        found.append(Line2D([], [], linestyle="", label="? depends on an unknown clause"))
    return found
