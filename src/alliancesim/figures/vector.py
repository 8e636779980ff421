"""A drawing as vector graphics, the same bytes for the same drawing."""

from __future__ import annotations

import io
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes

from alliancesim.data.arguments import checked
from alliancesim.figures._literal import LITERAL

__all__ = ["svg"]


@checked
def svg(ax: Axes) -> bytes:
    """Return the figure that the axes are part of as SVG.

    Letters are outlines, so that it looks alike wherever it is shown, and it says no date.

    Parameters
    ----------
    ax : matplotlib Axes

    Returns
    -------
    bytes
    """
    file = io.BytesIO()
    whole: Any = ax.figure
    with rc_context({**LITERAL, "svg.hashsalt": "alliancesim", "svg.fonttype": "path"}):
        whole.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()
