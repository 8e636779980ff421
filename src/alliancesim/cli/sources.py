"""The command ``sources``: figures with where they come from."""

from __future__ import annotations

import click

__all__ = ["sources"]


@click.command(short_help="Print figures with their sources.")
@click.argument("identifier", metavar="ID")
@click.option("--scenario", metavar="NAME_OR_PATH", help="Whose figures.  [default: catalogue]")
def sources(identifier: str, scenario: str | None) -> None:
    """Print every figure of a state, pair, treaty or parameter, with source and standing.

    ID is such as PAK, IND-PAK, SMDA or the name of a parameter.
    """
    from alliancesim.narrative.wording import sources_in_words
    from alliancesim.scenario import load
    from alliancesim.scenario.sources import quantities

    found = quantities(identifier, load(scenario) if scenario else None)
    for line in sources_in_words(found):
        click.echo(line)
