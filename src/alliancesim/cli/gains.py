"""The command ``gains``: who gains by a pact, and whether it would hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alliancesim.cli._files import (
    check_files,
    drawn_by,
    figure_option,
    json_option,
    print_result,
)
from alliancesim.cli._group import INTERRUPTED
from alliancesim.cli._played import names_of, plays_worlds

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["gains"]


@click.command(
    short_help="Say who gains by a pact, and whether it would hold.",
    context_settings={"default_map": {"worlds_per_draw": 8}},
)
@click.option("--pact", required=True, metavar="ID", help="A treaty that arms add.")
@click.option("--members", metavar="A,B,...", help="Its members.  [default: all that any arm has]")
@click.option("--candidates", metavar="A,B,...", help="Other outsiders who might join.")
@plays_worlds
@click.option("--no-contributions", is_flag=True, help="Do not value what each member brings.")
@json_option("tables")
@figure_option("who gains")
def gains(
    scenario: Scenario,
    run: dict[str, Any],
    pact: str,
    members: str | None,
    candidates: str | None,
    worlds: int,
    no_contributions: bool,
    json_to: Path | None,
    figure: Path | None,
) -> None:
    """Say who gains by a pact, what each member adds to it, and whether it would hold.

    NAME_OR_PATH is a scenario of the catalogue, such as smda, or a TOML file. Every coalition of
    the members is played in the same worlds; those other than the parties are hypothetical.
    """
    from alliancesim.coalition_value import gains as play

    check_files(json_to, figure)
    found = play(
        scenario,
        pact,
        names_of(members),
        names_of(candidates) or (),
        contributions={} if no_contributions else None,
        worlds=worlds,
        **run,
    )

    def draw(result: Any) -> Any:
        from alliancesim.figures.gains import report

        return report(result)

    print_result(found, json_to, (figure, drawn_by(draw)))
    if found.interrupted:
        click.get_current_context().exit(INTERRUPTED)
