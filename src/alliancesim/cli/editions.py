"""The command ``editions``: what changed between two editions, and what each change does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from alliancesim.cli._files import check_files, json_option, print_result
from alliancesim.cli._played import SEED

__all__ = ["editions"]


@click.command(short_help="Say what changed between two editions, and what each change does.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--no-play", is_flag=True, help="List what changed, and play nothing.")
@click.option("--by-kind", is_flag=True, help="Play all changes of a kind together: quicker.")
@click.option(
    "--metric",
    default="focus_disputes_on_expected",
    show_default=True,
    help="A metric of worlds.",
)
@click.option("--contrast", metavar="A,B", help="A against B.  [default: first two played]")
@click.option("--worlds", default=500, show_default=True, help="Worlds to play in each arm.")
@SEED
@click.option("--threads", type=int, help="Threads.  [default: one a processor]")
@json_option("changes and effects")
def editions(
    old: str,
    new: str,
    no_play: bool,
    contrast: str | None,
    json_to: Path | None,
    **options: Any,
) -> None:
    """Say what changed between two editions, and the effect of each change on the headline.

    OLD and NEW are scenarios of the catalogue, such as smda and smda-2026, or TOML files, of the
    same states. Change after change is played in the same worlds.
    """
    from alliancesim.comparison.editions import compare_editions
    from alliancesim.narrative.wording import wrapped
    from alliancesim.scenario import load
    from alliancesim.scenario.changes import changes

    check_files(json_to)
    if no_play:
        for change in changes(load(old), load(new)):
            click.echo(f"{change.kind}: {change.subject}")
            for words in change.words:
                for line in wrapped(f"    {words}", "      "):
                    click.echo(line)
        return
    pair = tuple(name.strip() for name in contrast.split(",")) if contrast else None
    found = compare_editions(old, new, contrast=pair, **options)  # type: ignore[arg-type]
    print_result(found, json_to)
