"""What was a decision made of, in either of two arms of a world?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import INK, heading, legend_below, new_axes, plain
from alliancesim.narrative.divergence import asked, choices, named, same_draw, sides, terms
from alliancesim.narrative.sentences import month_of

if TYPE_CHECKING:
    from alliancesim.agents import Decision, Divergence, Twins

__all__ = ["weighed", "weighed_inches"]

_BLUE, _RED = "#6c8fb3", "#b2182b"
_STEPS = ("diplomacy", "aid", "deployment", "limited force", "full force")
_DRAW, _SUM = "random draw", "sum"


@checked
@literal
def weighed(both: Twins, divergence: Divergence | None = None, ax: Axes | None = None) -> Axes:
    """Draw what a decision was made of in either arm, as bars.

    Terms in log-odds, or in shares of the stake, add up with the random draw to the sum; broken
    lines stand where the sum has to pass. Where terms do not add up, the bar is the chance, and a
    broken line stands at the random draw.

    Parameters
    ----------
    both : Twins
    divergence : Divergence, optional
        One of `Twins.divergences`; the first by default.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default, which pyplot does not know.

    Returns
    -------
    matplotlib Axes
    """
    shown = divergence or both.divergence
    if ax is None:
        size = (7.2, weighed_inches(shown) if shown else 1.0)
        ax = new_axes(None, *size, both.arm.board.scenario)
    if shown is None:
        ax.set_axis_off()
        ax.set_title("The arms never diverge: every decision is the same.", fontsize=9, loc="left")
        return ax
    _draw_bars(both, shown, ax)
    return ax


def weighed_inches(divergence: Divergence) -> float:
    """Return how high the bars of a decision have to be drawn."""
    return 1.4 + 0.26 * max(1.6, len(_rows(divergence)))


def _rows(divergence: Divergence) -> list[tuple[str, float | None, float | None]]:
    pair = (divergence.against, divergence.arm)
    found = terms(divergence) if divergence.decision.cuts else []
    if divergence.decision.cuts:
        if divergence.decision.random_draw is not None:
            words = f"{_DRAW}, the same in both" if all(pair) else _DRAW
            found.append((words, *(each.push if each else None for each in pair)))  # type: ignore[arg-type]
        found.append((_SUM, *(each.total if each else None for each in pair)))  # type: ignore[arg-type]
    elif divergence.decision.chance is not None:
        found.append(("chance", *(each.chance if each else None for each in pair)))  # type: ignore[arg-type]
    else:
        found = terms(divergence)
    return found


def _draw_bars(both: Twins, divergence: Divergence, ax: Axes) -> None:
    rows, decision = _rows(divergence), divergence.decision
    looks: tuple[dict[str, Any], ...] = (
        {"facecolor": "white", "edgecolor": INK, "hatch": "////"},
        {"facecolor": _BLUE, "edgecolor": INK},
    )
    for n, (game, look) in enumerate(zip(sides(both), looks, strict=True)):
        places = [row + (-0.2 if n == 0 else 0.2) for row in range(len(rows))]
        bars = ax.barh(places, [row[1 + n] or 0.0 for row in rows], 0.38, linewidth=0.7, **look)
        for bar, (name, *_) in zip(bars, rows, strict=True):
            bar.set_gid(f"{game.arm}: {name}")
    ax.axvline(0.0, color=INK, linewidth=0.8)
    ax.set_yticks(range(len(rows)), [name for name, *_ in rows])
    room = 0.45 if len(rows) == 1 else 0.0
    ax.set_ylim(len(rows) - (0.1 if len(decision.cuts) > 1 else 0.45) + room, -0.55 - room)
    plain(ax)
    ax.tick_params(axis="y", length=0, labelsize=7.5)
    if decision.cuts:
        ax.get_yticklabels()[-1].set_fontweight("bold")
    ax.set_xlabel(decision.unit or ("chance" if decision.chance is not None else ""), fontsize=8)
    told = (
        f"{month_of(both.arm, decision.turn)}: {asked(both.arm, decision)}. {same_draw(divergence)}"
    )
    heading(ax, told, 8.5)
    keys: list[Any] = [
        Patch(linewidth=0.7, label=f"{named(game)} {choice}", **look)
        for game, choice, look in zip(sides(both), choices(divergence), looks, strict=True)
    ]
    legend_below(ax, 0.4, [*keys, *_thresholds(ax, decision, len(rows))])


def _thresholds(ax: Axes, decision: Decision, rows: int) -> list[Line2D]:
    """Draw what the sum has to pass, beside it alone; or the draw that a chance has to."""
    spots = decision.cuts or ((decision.random_draw,) if decision.random_draw is not None else ())
    look: dict[str, Any] = {"color": _RED, "linestyle": "--", "linewidth": 1.2}
    for n, spot in enumerate(spots):
        (line,) = ax.plot([spot, spot], [rows - 1.48, rows - 0.52], **look)
        line.set_gid("threshold")
        if len(spots) > 1:
            below: dict[str, Any] = {"ha": "center", "va": "top", "fontsize": 6, "color": _RED}
            ax.text(spot, rows - 0.5, _STEPS[n], **below)
    if not spots:
        return []
    words = "a yes, if the sum is above" if len(spots) == 1 else "what the sum has to pass"
    if not decision.cuts:
        words = "the random draw: a yes, if the chance is above"
    return [Line2D([], [], label=words, **look)]
