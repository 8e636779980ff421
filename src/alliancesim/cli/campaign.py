"""The command ``campaign``: very many worlds in a folder, played, continued, checked and merged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alliancesim.cli._files import check_files, json_option, print_result
from alliancesim.cli._group import INTERRUPTED, MISSED, Commands
from alliancesim.cli._played import plays

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["campaign"]

_FOLDER = click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")


@click.group(cls=Commands, short_help="Play very many worlds in a folder, and continue them.")
def campaign() -> None:
    """Play very many worlds of a scenario in a folder: stop, continue, check and merge them."""


def _speed(command: Any) -> Any:
    for option in (
        click.option("--progress", is_flag=True, help="Show a bar on standard error."),
        click.option("--processes", is_flag=True, help="Processes in place of threads."),
        click.option("--workers", type=int, help="How many.  [default: one a processor]"),
        click.option("--from", "first", default=0, show_default=True, help="First world."),
        click.option("--to", type=int, required=True, help="World before which play ends."),
    ):
        command = option(command)
    return command


@campaign.command(short_help="Begin a campaign.")
@_FOLDER
@plays
@click.option("--arms", metavar="A,B,...", help="Arms, in order.  [default: those of the scenario]")
@click.option("--block", type=int, help="Worlds of a block.  [default: 4000 or a few fewer]")
def begin(
    folder: Path, scenario: Scenario, run: dict[str, Any], arms: str | None, block: int | None
) -> None:
    """Make FOLDER for a campaign of NAME_OR_PATH. Nothing is played yet."""
    from alliancesim.campaign import Campaign

    names = arms.split(",") if arms else None
    click.echo(str(Campaign(folder, scenario, names, block=block, **run)))


@campaign.command(short_help="Play what is missing of some worlds.")
@_FOLDER
@_speed
def play(
    folder: Path, to: int, first: int, workers: int | None, processes: bool, progress: bool
) -> None:
    """Play what FOLDER does not hold yet of the worlds from --from on, below --to.

    An interrupted play keeps the blocks that were finished; the same command goes on with the rest.
    """
    from alliancesim.campaign import Campaign

    found = Campaign(folder)
    try:
        found.play(
            to,
            first=first,
            executor="processes" if processes else "threads",
            workers=workers,
            progress=progress,
        )
    except KeyboardInterrupt:
        click.echo(f"interrupted; kept is\n{found.status()}", err=True)
        click.get_current_context().exit(INTERRUPTED)
    click.echo(str(found.status()))


@campaign.command(short_help="Say how much is held.")
@_FOLDER
@json_option("the status")
def status(folder: Path, json_to: Path | None) -> None:
    """Say how much FOLDER holds, what is missing, and what it was made with."""
    from alliancesim.campaign import Campaign

    check_files(json_to)
    print_result(Campaign(folder).status(), json_to)


@campaign.command(short_help="Print the comparison.")
@_FOLDER
@json_option("results")
def show(folder: Path, json_to: Path | None) -> None:
    """Print the comparison of all worlds that FOLDER holds."""
    from alliancesim.campaign import Campaign

    check_files(json_to)
    print_result(Campaign(folder).comparison(), json_to)


@campaign.command(short_help="Check files, and play a sample of blocks again.")
@_FOLDER
@click.option("--sample", default=2, show_default=True, help="Blocks to play again.")
@click.option("--repair", is_flag=True, help="Remove what is damaged, so that play replaces it.")
def verify(folder: Path, sample: int, repair: bool) -> None:
    """Check every file of FOLDER against its digest, and play a sample of blocks again.

    Exits with 1 if there are faults.
    """
    from alliancesim.campaign import Campaign

    found = Campaign(folder).verify(sample, repair=repair)
    click.echo(str(found))
    if not found.sound:
        click.get_current_context().exit(MISSED)


@campaign.command(short_help="Copy blocks from other folders.")
@_FOLDER
@click.argument("others", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mark", is_flag=True, help="Keep and mark blocks of machines that differ.")
def merge(folder: Path, others: tuple[Path, ...], mark: bool) -> None:
    """Copy into FOLDER the blocks that it lacks from OTHERS of the same scenario and options."""
    from alliancesim.campaign import Campaign

    click.echo(str(Campaign.merge(folder, *others, mark=mark).status()))


@campaign.command(short_help="Put the files of consecutive blocks together.")
@_FOLDER
@click.option("--size", default=64, show_default=True, help="Blocks of a file at most.")
def compact(folder: Path, size: int) -> None:
    """Put the files of consecutive blocks of FOLDER together."""
    from alliancesim.campaign import Campaign

    left = Campaign(folder).compact(size)
    click.echo(f"{left:,} files a folder")
