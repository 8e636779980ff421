"""A directive that lists parameters as the catalogue has them.

A ``{parameters}`` block with names in it gives a row each: symbol, name, value and unit, prior,
meaning, mark and source.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList

from alliancesim import catalogue
from alliancesim.data.quantity import Beta


class Parameters(Directive):
    """List the parameters named."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        known = {each.name: each for each in catalogue.parameters()}
        lines = ["| symbol | parameter | value | what it is, and whence |", "|---|---|---|---|"]
        for name in " ".join(self.content).split():
            if name not in known:
                raise self.error(f"{name} is not a parameter")
            lines.append(_row(known[name]))
        holder = nodes.container()
        self.state.nested_parse(StringList(lines, source=""), self.content_offset, holder)
        for table in holder.findall(nodes.table):
            table["classes"].append("parameters")
        return holder.children


def _row(given: Any) -> str:
    prior = f"; prior {_prior(given.prior)}" if given.prior else ""
    mark = "" if given.source.startswith(given.mark) else f"{given.mark}: "
    cells = (
        given.symbol,
        f"`{given.name}`",
        f"{given.value:g} {given.unit}{prior}".replace("-", "−", given.value < 0.0),
        f"{given.meaning} ({mark}{given.source})",
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _prior(prior: Any) -> str:
    low, high = prior.quantile([0.05, 0.95]) if isinstance(prior, Beta) else prior.span
    kind = type(prior).__name__.lower()
    share = "" if (low, high) == prior.bounds else ", 90 % in"
    return f"{kind}{share} {low:.3g} to {high:.3g}".replace("-", "−")


def setup(app: Any) -> dict[str, bool]:
    app.add_directive("parameters", Parameters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
