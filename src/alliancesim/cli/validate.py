"""The command ``validate``: the model held against the patterns of history."""

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
from alliancesim.cli._played import SEED

__all__ = ["validate"]


@click.command(short_help="Hold the model against the patterns of history.")
@click.option("--worlds", default=2000, show_default=True, help="Worlds of each run, 4 or more.")
@SEED
@click.option("--preset", default="post-1945", show_default=True, metavar="NAME", help="Bundle.")
@json_option("findings")
@figure_option("bands and findings")
def validate(
    worlds: int, seed: int, preset: str, json_to: Path | None, figure: Path | None
) -> None:
    """Play a generic world and the SMDA world, and hold them against the patterns of history.

    A pattern that is missed is printed as missed; the exit code stays 0.
    """
    from alliancesim.validation.patterns import validate as play

    check_files(json_to, figure)
    found = play(worlds, seed, preset)

    def draw(result: Any) -> Any:
        from alliancesim.figures import patterns

        return patterns(result)

    print_result(found, json_to, (figure, drawn_by(draw)))
