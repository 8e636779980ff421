"""The command ``sources``: figures with where they come from, and what is new since a day."""

from __future__ import annotations

import datetime as dt

import click

from alliancesim.errors import InvalidInput

__all__ = ["sources"]


@click.command(short_help="Print figures with their sources.")
@click.argument("identifier", metavar="ID", required=False)
@click.option("--scenario", metavar="NAME_OR_PATH", help="Whose figures.  [default: catalogue]")
@click.option("--since", metavar="DATE", help="Only what is used after a cut-off, as 2025-12-31.")
def sources(identifier: str | None, scenario: str | None, since: str | None) -> None:
    """Print every figure of a state, pair, treaty or parameter, with source and standing.

    ID is such as PAK, IND-PAK, SMDA or the name of a parameter. With --since it may be left out:
    all that became known to the catalogue, and to the newest editions, after that day is printed.
    """
    from alliancesim.narrative.wording import sources_in_words
    from alliancesim.scenario import load
    from alliancesim.scenario.sources import new_quantities, quantities

    if since is not None:
        if scenario:
            raise InvalidInput("with --since", where="--scenario", allowed="one of them")
        found = new_quantities(_day(since), identifier)
        if not found:
            click.echo(f"Nothing is new since {since}.")
    elif identifier is None:
        raise InvalidInput("is missing", where="ID", allowed="a name, as PAK; or --since DATE")
    else:
        found = quantities(identifier, load(scenario) if scenario else None)
    for line in sources_in_words(found):
        click.echo(line)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r}", where="--since", allowed="a day, as 2025-12-31") from None
