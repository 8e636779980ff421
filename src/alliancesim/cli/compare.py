"""The command ``compare``: arms played in the same worlds, and what differs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alliancesim.cli._files import (
    check_files,
    drawn_by,
    figure_option,
    file,
    json_option,
    print_result,
)
from alliancesim.cli._group import INTERRUPTED, MISSED
from alliancesim.cli._played import add_options, names_of, plays_worlds
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, PreciseComparison
    from alliancesim.scenario import Scenario

__all__ = ["compare"]


def _until_precise(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that ask for a precision in place of a number of worlds."""
    options = (
        click.option("--until", metavar="METRIC", help="Play until its difference is precise."),
        click.option("--width", type=float, help="Of its 95 % interval, low to high; see --until."),
        click.option("--relative", is_flag=True, help="--width is a share of the difference."),
        click.option("--contrast", metavar="A,B", help="A against B.  [default: first printed]"),
        click.option("--focus", metavar="ID", help="Whose, for a metric of focus states."),
        click.option("--batch", type=int, help="Worlds between looks.  [default: 512]"),
        click.option("--most", type=int, help="Worlds to stop at all the same.  [default: 100000]"),
    )
    return add_options(command, options)


@click.command(short_help="Play arms in the same worlds and print what differs.")
@click.option(
    "--arms", metavar="A,B,...", help="Arms, in order.  [default: all but those on request]"
)
@_until_precise
@plays_worlds
@click.option(
    "--table",
    type=click.Choice(["short", "full"]),
    default="short",
    show_default=True,
    help="The answer and three numbers, or every headline of every contrast.",
)
@json_option("results")
@figure_option("the differences")
@click.option("--report", type=file(), help="Write a report to send on: .html, .md.")
@click.option("--export", type=file(), help="Write the differences as a table: .csv, .xlsx.")
@click.option("--save", type=file(), help="Write all outcomes here, as netCDF.")
def compare(
    scenario: Scenario,
    run: dict[str, Any],
    arms: str | None,
    worlds: int,
    table: str,
    json_to: Path | None,
    figure: Path | None,
    report: Path | None,
    export: Path | None,
    save: Path | None,
    **until: Any,
) -> None:
    """Play the arms of a scenario in the same worlds and print what differs.

    NAME_OR_PATH is a scenario of the catalogue, such as smda, or a TOML file.
    """
    from alliancesim import comparison
    from alliancesim.comparison.export import check_table
    from alliancesim.report import check_path

    precise = _precision(until)
    check_files(json_to, figure, save)
    if report:
        check_path(report)
    if export:
        check_table(export)
    names = names_of(arms)
    if precise:
        until_precise = comparison.play_until(scenario, arms=names, **precise, **run)
        files = (figure, report, export, save)
        _write(until_precise.comparison, table, json_to, *files)
        _tell(until_precise, aside=json_to == Path("-"))
        return
    found = comparison.compare(scenario, arms=names, worlds=worlds, **run)
    _write(found, table, json_to, figure, report, export, save)
    if found.interrupted:
        click.get_current_context().exit(INTERRUPTED)


def _precision(given: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of `play_until`; empty if a number of worlds is given instead."""
    asked = {
        name: value for name, value in given.items() if value is not None and value is not False
    }
    if "until" not in asked:
        if asked:
            raise InvalidInput("without --until METRIC", where=f"--{next(iter(asked))}")
        return {}
    source = click.get_current_context().get_parameter_source("worlds")
    if source is not click.core.ParameterSource.DEFAULT:
        raise InvalidInput("with --until", where="--worlds", allowed="one of them; see --most")
    if "width" not in asked:
        raise InvalidInput("missing", where="--width", allowed="a number above 0, with --until")
    if "contrast" in asked:
        asked["contrast"] = tuple(name.strip() for name in asked["contrast"].split(","))
    return {"metric": asked.pop("until"), **asked}


def _tell(found: PreciseComparison, *, aside: bool) -> None:
    """Print the looks of such a run, on standard error where standard output has JSON."""
    if not aside:
        click.echo()
    click.echo(str(found), err=aside)
    if found.comparison.interrupted:
        click.get_current_context().exit(INTERRUPTED)
    if not found.reached:
        click.get_current_context().exit(MISSED)


def _fitted(comparison: Comparison) -> str:
    """Return the first screen in the columns that the terminal has, 40 to 100."""
    from alliancesim.comparison.screen import first_screen

    return first_screen(comparison, max(40, min(100, shutil.get_terminal_size().columns)))


def _write(
    comparison: Comparison,
    table: str,
    json_to: Path | None,
    figure: Path | None,
    report: Path | None,
    export: Path | None,
    save: Path | None,
) -> None:
    """Print first, so that a file that cannot be written costs no results."""
    from alliancesim.comparison import Comparison
    from alliancesim.comparison.export import write_table
    from alliancesim.report import write_report

    def draw(result: Comparison) -> Any:
        from alliancesim.figures import differences

        return differences(result)

    others: list[tuple[Path | None, Callable[[Any, Path], object]]] = [
        (figure, drawn_by(draw)),
        (report, write_report),
        (export, write_table),
        (save, Comparison.save),
    ]
    print_result(comparison, json_to, *others)
