"""The command ``list``: what scenarios, arms, treaties, states and parameters there are."""

from __future__ import annotations

from typing import get_args

import click

from alliancesim.data.names import known_name
from alliancesim.errors import InvalidInput

__all__ = ["listing"]


@click.command("list", short_help="List scenarios, arms, treaties, states, parameters.")
@click.argument("kind", metavar="[KIND]", default="scenarios")
@click.argument("scenario", metavar="[SCENARIO]", required=False)
def listing(kind: str, scenario: str | None) -> None:
    """List what there is, a line each: by default the scenarios of the catalogue.

    KIND is scenarios, arms, treaties, states, parameters, presets or variants. SCENARIO, a name or
    a TOML file, says whose arms, treaties, states or parameters: ``alliancesim list arms
    smda-2026``.
    """
    from alliancesim.narrative import listing as found
    from alliancesim.scenario import load

    kind = known_name(kind, get_args(found.Listed), what="kind", where="KIND")
    if scenario and kind not in ("arms", "treaties", "states", "parameters"):
        raise InvalidInput(
            "a scenario", where=kind, allowed="arms, treaties, states or parameters of one"
        )
    lines = found.listing(kind, load(scenario) if scenario else None)  # type: ignore[arg-type]
    for line in lines:
        click.echo(line)
    if kind == "scenarios":
        click.echo(
            "\nalliancesim list arms NAME says what is compared; alliancesim compare NAME plays it."
        )
