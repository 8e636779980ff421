"""How long it takes to ask who owes what: every treaty of the catalogue, on a date.

Prints for each treaty its parties and readings, and the milliseconds of one answer (median of many,
in turn), then those of the slowest treaty over the limit that is aimed at, a millisecond.

    python benchmarks/duties.py --repeats 50
"""

from __future__ import annotations

import datetime as dt

import click
from measuring import interleave

from alliancesim import catalogue
from alliancesim.law import Attack, Treaty, duties

AIM_MS = 1.0


def question(treaty: Treaty) -> Attack:
    """Return an attack by a stranger on the last party bound, or on the first protected state."""
    on = dt.date(2026, 1, 1)
    bound = [one.state for one in treaty.parties if one.until is None] or list(treaty.concerned)
    return Attack(attacker="ZZZ", victim=bound[-1], date=on)


@click.command()
@click.option("--repeats", default=50, show_default=True, help="Times each is measured, in turn.")
def main(repeats: int) -> None:
    """Time one answer of each treaty and print the table."""
    treaties = {name: catalogue.treaty(name) for name in catalogue.names("treaties")}
    calls = {}
    for name, treaty in treaties.items():
        attack = question(treaty)
        duties(treaty, attack)
        calls[name] = lambda treaty=treaty, attack=attack: duties(treaty, attack)
    timed = interleave(calls, repeats)
    milliseconds = {name: each.cpu * 1000 for name, each in timed.items()}
    click.echo("treaty      parties  readings  CPU ms an answer")
    for name, treaty in treaties.items():
        counted = f"{len(treaty.parties):>7}  {len(treaty.readings):>8}"
        click.echo(f"{name:<11} {counted}  {milliseconds[name]:>16.3f}")
    slowest = max(milliseconds, key=lambda name: milliseconds[name])
    click.echo(
        f"slowest: {slowest}, {milliseconds[slowest] / AIM_MS:.2f} of the aim of {AIM_MS:g} ms"
    )


if __name__ == "__main__":
    main()
