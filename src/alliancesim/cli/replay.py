"""The command ``replay``: one world told in words, in one arm or in two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from alliancesim.cli._played import plays
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["replay"]


@click.command()
@click.option("--arm", metavar="NAME", required=True, help="The arm to play.")
@click.option("--against", metavar="NAME", help="Tell the same world in this arm beside it.")
@click.option("--world", type=int, help="The world's number.  [default: see --find]")
@click.option(
    "--find",
    metavar="WORDS",
    help="typical, instructive (two arms), or such as 'first war on SAU'.  [default: typical, or "
    "instructive with --against]",
)
@click.option("--highlights", is_flag=True, help="Leave out disputes that came to nothing.")
@plays
def replay(
    scenario: Scenario,
    run: dict[str, Any],
    arm: str,
    against: str | None,
    world: int | None,
    find: str | None,
    highlights: bool,
) -> None:
    """Tell one world of one arm turn by turn, in words.

    NAME_OR_PATH is a scenario of the catalogue, such as smda, or a TOML file. The world is that
    of the same number in a comparison with the same seed and the same other options; where none is
    named it is chosen by a rule, and said which. With
    --against two arms are told side by side from the first decision that differs, in highlights.
    """
    from alliancesim.comparison.find_world import find_world
    from alliancesim.narrative.chronicle import tell
    from alliancesim.narrative.wording import wrapped

    if world is not None and find is not None:
        raise InvalidInput("given with --world", where="--find", allowed="one of the two")
    if world is None:
        found = find_world(scenario, arm, find, against, **run)
        world = found.world
        for line in wrapped(found.why):
            click.echo(line)
        click.echo()
    options = run | {"arm": arm, "world": world}
    if against:
        from alliancesim.agents import twins
        from alliancesim.narrative import twins_in_words

        click.echo(twins_in_words(twins(scenario, against=against, **options)))
        return
    for paragraph in tell(scenario, highlights=highlights, **options):
        for line in wrapped(paragraph):
            click.echo(line)
