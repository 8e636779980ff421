"""Figures worth printing: a result and an axes in, the axes out; a file a question."""

from matplotlib.figure import Figure

from alliancesim.figures import gains
from alliancesim.figures.against import against
from alliancesim.figures.decades import decades
from alliancesim.figures.differences import DEFAULT, differences
from alliancesim.figures.drivers import drivers
from alliancesim.figures.flip import flip
from alliancesim.figures.fork import fork
from alliancesim.figures.hindcasts import hindcasts
from alliancesim.figures.ladder import ladder
from alliancesim.figures.map import has_outlines, map_of
from alliancesim.figures.network import network
from alliancesim.figures.oracles import oracles
from alliancesim.figures.patterns import patterns
from alliancesim.figures.shift import shift
from alliancesim.figures.spread import spread
from alliancesim.figures.strength import strength
from alliancesim.figures.survival import survival
from alliancesim.figures.timeline import timeline
from alliancesim.figures.twins import twins
from alliancesim.figures.vector import svg
from alliancesim.figures.weighed import weighed
from alliancesim.figures.years import years

__all__ = [
    "DEFAULT",
    "against",
    "decades",
    "differences",
    "drivers",
    "flip",
    "fork",
    "formats",
    "gains",
    "has_outlines",
    "hindcasts",
    "ladder",
    "map_of",
    "network",
    "oracles",
    "patterns",
    "shift",
    "spread",
    "strength",
    "survival",
    "svg",
    "timeline",
    "twins",
    "weighed",
    "years",
]


def formats() -> tuple[str, ...]:
    """Return the endings of files that a figure can be saved in, such as ``png``."""
    return tuple(sorted(Figure().canvas.get_supported_filetypes()))
