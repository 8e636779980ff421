"""The commands ``hindcast`` and ``score-predictions``: forecasts of past years, and scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from alliancesim.cli._files import check_files, drawn_by, figure_option, json_option, print_result

__all__ = ["hindcast", "score_predictions"]

FOLDER = click.argument("folder", type=click.Path(path_type=Path))


@click.command(short_help="Forecast past years from what was known before, and score it.")
@FOLDER
@click.option("--from", "first", type=int, required=True, metavar="Y", help="First year.")
@click.option("--to", "last", type=int, required=True, metavar="Y", help="Last year.")
@click.option("--window", default=5, show_default=True, help="Years from each origin.")
@click.option("--every", type=int, help="Years from one origin to the next.  [default: the window]")
@click.option("--worlds", default=400, show_default=True, help="Worlds for each region and pact.")
@click.option("--seed", default=0, show_default=True, help="0 to 2**64 - 1.")
@click.option(
    "--earlier",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of the years before, where FOLDER holds later years alone.",
)
@click.option(
    "--nmc",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="National Material Capabilities.  [default: NMC*.csv in the folder, or in raw beside it]",
)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(["onsets", "calls", "pacts"]),
    help="Forecast these alone.",
)
@click.option(
    "--predictions",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write onsets.csv, calls.csv and pacts.csv here.",
)
@json_option("scores")
@figure_option("calibration, scores and ranks")
@click.option("--threads", type=int, help="Threads.  [default: one a processor]")
def hindcast(
    folder: Path,
    first: int,
    last: int,
    window: int,
    every: int | None,
    worlds: int,
    seed: int,
    earlier: Path | None,
    nmc: Path | None,
    only: tuple[str, ...],
    predictions: Path | None,
    json_to: Path | None,
    figure: Path | None,
    threads: int | None,
) -> None:
    """Forecast past years from what was known before them, and score the forecasts.

    FOLDER holds states.csv, pairs.csv, disputes.csv, pacts.csv and calls.csv. From each origin,
    every --window years, a world is built of earlier years alone and played; disputes by pair and
    year, allies that join a call, and what pacts change are forecast, and scored beside naive
    forecasts on the same cases.
    """
    from alliancesim.history import hindcast as run

    check_files(json_to, figure)
    found = run(
        folder,
        first,
        last,
        earlier=earlier,
        nmc=nmc,
        equal=True,
        window=window,
        every=every,
        worlds=worlds,
        seed=seed,
        threads=threads,
        parts=only or ("onsets", "calls", "pacts"),
        progress=lambda what: click.echo(what, err=True),
    )
    if not found.capabilities:
        click.echo("no NMC*.csv was found: all states are taken for equal", err=True)
    if predictions:
        found.write(predictions)

    def draw(result: Any) -> Any:
        from alliancesim.figures.hindcasts import hindcasts

        return hindcasts(result)

    print_result(found, json_to, (figure, drawn_by(draw)))


@click.command("score-predictions", short_help="Score files of forecasts against a record.")
@FOLDER
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--seed", default=0, show_default=True, help="Of the bootstrap.")
@json_option("scores")
def score_predictions(
    folder: Path, files: tuple[Path, ...], seed: int, json_to: Path | None
) -> None:
    """Score forecasts of any model on the cases of a record, the first file against the others.

    FOLDER is as for hindcast. Each FILE has the columns year, ccode1, ccode2 and probability, or
    dispute, ally_ccode and probability.
    """
    from alliancesim.history import score_predictions as score

    check_files(json_to)
    print_result(score(folder, files, seed=seed), json_to)
