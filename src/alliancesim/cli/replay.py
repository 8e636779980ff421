"""The command ``replay``: one world told in words, in one arm or in two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from alliancesim.cli._played import plays

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["replay"]


@click.command()
@click.option("--arm", metavar="NAME", required=True, help="The arm to play.")
@click.option("--against", metavar="NAME", help="Tell the same world in this arm beside it.")
@click.option("--world", default=0, show_default=True, help="The world's number.")
@click.option("--highlights", is_flag=True, help="Leave out disputes that came to nothing.")
@plays
def replay(
    scenario: Scenario,
    run: dict[str, Any],
    arm: str,
    against: str | None,
    world: int,
    highlights: bool,
) -> None:
    """Tell one world of one arm turn by turn, in words.

    NAME_OR_PATH is a scenario of the catalogue, such as smda, or a TOML file. The world is that
    of the same number in a comparison with the same seed and the same other options. With
    --against two arms are told side by side from the first decision that differs, in highlights.
    """
    from alliancesim.narrative.chronicle import tell
    from alliancesim.narrative.wording import wrapped

    options = run | {"arm": arm, "world": world}
    if against:
        from alliancesim.agents import twins
        from alliancesim.narrative import twins_in_words

        click.echo(twins_in_words(twins(scenario, against=against, **options)))
        return
    for paragraph in tell(scenario, highlights=highlights, **options):
        for line in wrapped(paragraph):
            click.echo(line)
