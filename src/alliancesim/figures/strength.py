"""What does each state bring by domain, and what does pooling add?"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation

from alliancesim.arrays.board import board
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.figures._forces import DOMAINS, Forces
from alliancesim.figures._literal import literal
from alliancesim.figures._plan import NARROW
from alliancesim.figures._style import INK, PALE, new_axes

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["Coalition", "coalitions", "strength"]

_FILLS = (
    ("#2f4a66", ""),
    ("#6c8fb3", ""),
    ("#f4f4f4", "////"),
    ("#b9cbdc", ""),
    ("#ffffff", "...."),
)
"""Of the domains' parts of a bar: a tint and a hatching, told apart in grey as well."""
_ROW_INCHES = 0.3
_BAR = 0.58


@attrs.frozen
class Coalition:
    """Members of a treaty of an arm, who fight together.

    Parameters
    ----------
    treaty : str
        Its identifier.
    members : tuple of str
        Those present, in alphabetical order.
    depth : float
        How far they fight as one force, share: the treaty's central value.
    hypothetical : bool
        Whether no arm has this membership that is not hypothetical.
    """

    treaty: str
    members: tuple[str, ...]
    depth: float
    hypothetical: bool


def coalitions(scenario: Scenario) -> tuple[Coalition, ...]:
    """Return the memberships of treaties that arms add, each once, those of the default arms.

    A treaty that obliges nobody to defend or assist is left out, and so is one with fewer than two
    members present.
    """
    found: dict[tuple[str, tuple[str, ...]], Coalition] = {}
    present = {state.id for state in scenario.states}
    for arm in map(scenario.arm, scenario.arms_by_default):
        for treaty in scenario.treaties_in(arm.name):
            members = tuple(sorted(present & set(treaty.concerned)))
            added = treaty.id not in scenario.standing
            if not added or len(members) < 2 or not any(each.helps for each in treaty.obligations):
                continue
            old = found.get((treaty.id, members))
            supposed = arm.hypothetical and (old is None or old.hypothetical)
            made = Coalition(treaty.id, members, treaty.depth.value, supposed)
            found[treaty.id, members] = made
    return tuple(found.values())


@checked
@literal
def strength(
    scenario: Scenario, ax: Axes | None = None, states: Sequence[str] | None = None
) -> Axes:
    """Draw strength by domain, of states alone and of coalitions pooled.

    A bar is the sum of the five domains' shares of the world, each times its weight, by which
    strength would be known if any domain could stand for any other. The dot is strength itself:
    it lies below the bar's end the more, the more one-sided the state is. For a coalition the
    hollow dot adds up its members' strengths, the filled one pools their domains first; between
    them a line marks where its treaty's depth puts it. All at home, with all they have, at the
    central values of the parameters and figures; effective by experience.

    Parameters
    ----------
    scenario : Scenario
    ax : matplotlib Axes, optional
        Where to draw; a new figure of a fitting size by default, which pyplot does not know.
    states : sequence of str, optional
        States drawn alone, by default those in focus and the members of coalitions; the stronger
        stand above.

    Returns
    -------
    matplotlib Axes
        ``ax.figure.savefig("strength.png", dpi=200)`` writes it.

    Raises
    ------
    InvalidInput
        If there is no such state, or none is named.
    """
    together = coalitions(scenario)
    shown = {name for each in together for name in each.members} | set(scenario.focus)
    forces = Forces.of(board(scenario))
    alone = _ranked(scenario, forces, sorted(shown) if states is None else states)
    if ax is None:
        size = (7.2, 1.35 + _ROW_INCHES * (len(alone) + len(together) + bool(together)))
        ax = new_axes(None, *size, scenario)
    narrow = ax.bbox.width / ax.figure.dpi < NARROW
    ticks = []
    for place, name in enumerate(alone):
        _stack(ax, place, [name], forces, False)
        _dot(ax, place, forces.together([name], 0.0), filled=True, what=f"alone {name}")
        ticks.append((float(place), name if narrow else scenario.state(name).name))
    for place, each in enumerate(together, len(alone)):
        _pool(ax, place + 0.5, each, forces)
        supposed = "\n(hypothetical)" if each.hypothetical else ""
        who = "\n".join(textwrap.wrap(" + ".join(each.members), 18 if narrow else 40))
        ticks.append((place + 0.5, f"{each.treaty}:{chr(10) if narrow else ' '}{who}{supposed}"))
    if together:
        spot: dict[str, Any] = {"xycoords": ax.get_yaxis_transform(), "fontsize": 7.5}
        ax.annotate("pooling\nadds", (1.01, len(alone) - 0.15), va="bottom", color=INK, **spot)
        ax.axhline(len(alone) - 0.25, color=PALE, linewidth=0.5)
    _finish(ax, ticks, list(_key(together, forces, narrow)), narrow)
    return ax


def _ranked(scenario: Scenario, forces: Forces, states: Sequence[str]) -> list[str]:
    names = [scenario.state(each).id for each in dict.fromkeys(states)]
    if not names:
        raise InvalidInput("no state is named", where="states", allowed="one or more")
    return sorted(names, key=lambda name: -forces.strength[forces.row(name)])


def _stack(ax: Axes, place: float, members: Sequence[str], forces: Forces, hollow: bool) -> None:
    """Draw the weighted domains of some states on top of one another, in percent of the world."""
    left = 0.0
    for m, (name, (tint, hatch)) in enumerate(zip(DOMAINS, _FILLS, strict=True)):
        width = 100 * float(sum(forces.parts[forces.row(each), m] for each in members))
        width *= float(forces.weights[m])
        (bar,) = ax.barh(place, width, _BAR, left=left, color=tint, edgecolor=INK, zorder=2)
        bar.set(hatch=hatch, linewidth=0.5, linestyle="--" if hollow else "-")
        bar.set_gid(f"{name} {'+'.join(members)}")
        left += width


def _dot(ax: Axes, place: float, share: float, *, filled: bool, what: str) -> None:
    face = INK if filled else "white"
    mark: dict[str, Any] = {"markersize": 6, "markerfacecolor": face, "markeredgecolor": INK}
    ax.plot(100 * share, place, "o", color="white", markersize=8, zorder=4.9)
    (dot,) = ax.plot(100 * share, place, "o", linestyle="", zorder=5, **mark)
    dot.set_gid(what)


def _pool(ax: Axes, place: float, each: Coalition, forces: Forces) -> None:
    _stack(ax, place, each.members, forces, each.hypothetical)
    said = "+".join(each.members)
    added, pooled, deep = (forces.together(each.members, x) for x in (0.0, 1.0, each.depth))
    ax.plot([100 * added, 100 * pooled], [place, place], color="white", linewidth=3.5, zorder=3.5)
    ax.plot([100 * added, 100 * pooled], [place, place], color=INK, linewidth=1.2, zorder=4)
    _dot(ax, place, added, filled=False, what=f"added {said}")
    _dot(ax, place, pooled, filled=True, what=f"pooled {said}")
    tick: dict[str, Any] = {"color": INK, "linewidth": 1.6, "zorder": 4.5}
    (line,) = ax.plot([100 * deep] * 2, [place - 0.4, place + 0.4], **tick)
    line.set_gid(f"depth {said}")
    note = f"{pooled / added - 1.0:+.0%}" if added > 0.0 else ""
    ax.annotate(
        note,
        (1.01, place),
        xycoords=ax.get_yaxis_transform(),
        va="center",
        fontsize=7.5,
        color=INK,
    )


def _finish(
    ax: Axes, ticks: list[tuple[float, str]], key: list[Line2D | Patch], narrow: bool
) -> None:
    ax.set_yticks(
        [place for place, _ in ticks], [name for _, name in ticks], fontsize=7 if narrow else 8
    )
    ax.set_ylim(ticks[-1][0] + 0.65, -0.65)
    ax.set_xlim(left=0.0)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=8)
    ax.set_xlabel("weighted share of the world's total [%]", fontsize=8.5)
    ax.xaxis.grid(True, color=PALE, linewidth=0.3, alpha=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "left", "right"):
        ax.spines[side].set_visible(False)
    title = "Strength, alone and together" if narrow else "Strength by domain, alone and together"
    ax.set_title(title, fontsize=8 if narrow else 9, loc="left")
    below = ScaledTranslation(0, -0.42, ax.figure.dpi_scale_trans)
    ax.legend(
        handles=key,
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=ax.transAxes + below,
        ncols=2 if narrow else 3,
        fontsize=6.5 if narrow else 7.5,
        frameon=False,
    )


def _key(together: Sequence[Coalition], forces: Forces, narrow: bool) -> Iterator[Line2D | Patch]:
    for name, weight, (tint, hatch) in zip(DOMAINS, forces.weights, _FILLS, strict=True):
        said = name if narrow else f"{name}, weight {weight:.2f}"
        yield Patch(facecolor=tint, hatch=hatch, edgecolor=INK, linewidth=0.5, label=said)
    dot: dict[str, Any] = {"marker": "o", "linestyle": "", "markersize": 6, "color": INK}
    yield Line2D([], [], label="strength; pooled (χ = 1)", **dot)
    if together:
        yield Line2D([], [], markerfacecolor="white", label="strengths added (χ = 0)", **dot)
        up: dict[str, Any] = {"marker": "|", "linestyle": "", "markersize": 11, "mew": 1.6}
        yield Line2D([], [], color=INK, label="at the treaty's depth χ", **up)
