"""The command ``duties``: who owes what in an attack under a treaty, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from alliancesim.law import Treaty

__all__ = ["duties"]

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(short_help="Say who owes what in an attack, and why.")
@click.argument("treaty", metavar="ID_OR_PATH")
@click.option("--attacker", required=True, metavar="ID", help="Who attacks.")
@click.option("--victim", required=True, metavar="ID", help="The state attacked.")
@click.option("--kind", help="attack, blockade, hybrid or threat.")
@click.option("--at", "--place", "place", help="home, abroad, overseas, or a named place.")
@click.option("--actor", help="state, proxy or non-state.")
@click.option("--sponsor", metavar="ID", help="The state behind a non-state attacker.")
@click.option("--provocation", help="unprovoked, contested or provoked, by the victim.")
@click.option("--on", "date", type=_DAY, metavar="YYYY-MM-DD", help="The day.")
@click.option("--why", metavar="ID", help="Tell one obligor's reasons, article by article.")
def duties(treaty: str, why: str | None, **happened: Any) -> None:
    """Say who owes what when a state is attacked, and why, under a treaty.

    ID_OR_PATH is a treaty of the catalogue, such as NATO, or a TOML file.
    """
    from alliancesim.law import Attack
    from alliancesim.narrative.wording import duties_in_words, reasons_in_words

    given = {name: value for name, value in happened.items() if value is not None}
    if "date" in given:
        given["date"] = given["date"].date()
    chosen, attack = _treaty(treaty), Attack(**given)
    lines = reasons_in_words(chosen, attack, why) if why else duties_in_words(chosen.duties(attack))
    for line in lines:
        click.echo(line)


def _treaty(name_or_path: str) -> Treaty:
    """Return a treaty of the catalogue, or of a file if the name is or looks like a path."""
    from alliancesim import catalogue
    from alliancesim.law import load_treaty

    path = Path(name_or_path)
    if path.suffix == ".toml" or path.name != name_or_path or path.is_file():
        return load_treaty(path)
    return catalogue.treaty(name_or_path)
