"""Where do two arms of one world diverge, on which decision, and what follows in either?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from alliancesim.data.arguments import checked
from alliancesim.figures._literal import literal
from alliancesim.figures._style import new_figure
from alliancesim.figures.fork import fork, fork_inches
from alliancesim.figures.weighed import weighed, weighed_inches

if TYPE_CHECKING:
    from alliancesim.agents import Twins

__all__ = ["twins"]


@checked
@literal
def twins(both: Twins) -> Figure:
    """Draw two arms of one world from where they diverge, and the terms of the deciding moment.

    Parameters
    ----------
    both : Twins
        As `alliancesim.agents.twins` returns it.

    Returns
    -------
    matplotlib Figure
        The fork above, below it the decision at which the arms diverge and, where that is an ally's
        answer, the first that turns the course; pyplot does not know it.
    """
    shown = [each for each in dict.fromkeys((both.divergence, both.turning)) if each]
    heights = [fork_inches(both), *(weighed_inches(each) for each in shown)]
    figure = new_figure(7.2, sum(heights), both.arm.board.scenario)
    first, *others = figure.subplots(len(heights), 1, height_ratios=heights, squeeze=False).ravel()
    fork(both, first)
    for ax, each in zip(others, shown, strict=True):
        weighed(both, each, ax)
    return figure
