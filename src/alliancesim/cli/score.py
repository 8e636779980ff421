"""The command ``score``: a scenario held against events that came after its start."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from alliancesim.cli._files import check_files, json_option, print_result
from alliancesim.cli._played import SEED
from alliancesim.errors import InvalidInput

__all__ = ["score"]


@click.command(short_help="Hold a scenario against events that came after its start.")
@click.argument("scenario", metavar="NAME_OR_PATH")
@click.option("--events", required=True, metavar="FILE", help="A CSV file of coded events.")
@click.option("--from", "first", metavar="DATE", help="First day.  [default: the start]")
@click.option("--to", "last", metavar="DATE", help="Last day.  [default: of the last event]")
@click.option("--arm", metavar="NAME", help="What came true.  [default: last not hypothetical]")
@click.option("--worlds", default=4000, show_default=True, help="Worlds for onsets and wars.")
@click.option("--answer-worlds", default=20, show_default=True, help="Worlds for answers; 0: none.")
@SEED
@click.option("--threads", type=int, help="Threads.  [default: one a processor]")
@json_option("scores")
def score(
    scenario: str,
    events: str,
    first: str | None,
    last: str | None,
    json_to: Path | None,
    arm: str | None,
    worlds: int,
    answer_worlds: int,
    seed: int,
    threads: int | None,
) -> None:
    """Score onsets of disputes, wars and answers of allies against events, beside naive forecasts.

    FILE has the columns date_from, kind, challenger, target, ally, level and mark; a ; separates
    states in one cell. Disputes and wars are onsets, answers have a level of 0 to 5.
    """
    from alliancesim.validation.score import score_events

    check_files(json_to)
    found = score_events(
        scenario,
        events,
        first=_day(first, "--from"),
        last=_day(last, "--to"),
        arm=arm,
        worlds=worlds,
        answer_worlds=answer_worlds,
        seed=seed,
        threads=threads,
    )
    print_result(found, json_to)


def _day(text: str | None, option: str) -> dt.date | None:
    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r}", where=option, allowed="a day, as 2026-06-30") from None
