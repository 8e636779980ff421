"""The command ``verify``: the submodels held against exact counterparts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from alliancesim.cli._files import (
    check_files,
    drawn_by,
    figure_option,
    json_option,
    print_result,
)
from alliancesim.cli._group import MISSED

__all__ = ["verify"]


@click.command(short_help="Hold the submodels against exact counterparts.")
@click.option("--draws", default=1_000_000, show_default=True, help="Draws a number, where cheap.")
@click.option("--seed", default=0, show_default=True, help="0 to 2**64 - 1.")
@json_option("the rows")
@figure_option("the z scores")
def verify(draws: int, seed: int, json_to: Path | None, figure: Path | None) -> None:
    """Draw from the library's rules, and compare with closed forms, quadrature and small chains.

    Exits with 1 if a number lies more than four standard errors off.
    """
    from alliancesim.validation.oracles import verify as compute

    check_files(json_to, figure)
    found = compute(draws, seed)

    def draw(result: Any) -> Any:
        from alliancesim.figures import oracles

        return oracles(result)

    print_result(found, json_to, (figure, drawn_by(draw)))
    if found.failed:
        click.get_current_context().exit(MISSED)
