"""The command ``duties``: who owes what in an attack under a treaty, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alliancesim.cli._played import halves
from alliancesim.data.codes import known_states, state_id
from alliancesim.data.files import is_file

if TYPE_CHECKING:
    from datetime import date

    from alliancesim.law import Attack, Treaty

__all__ = ["duties"]

_DAY = click.DateTime(["%Y-%m-%d"])


def _happened(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what happened."""
    options = (
        click.option("--attacker", required=True, metavar="ID", help="Who attacks."),
        click.option("--victim", required=True, metavar="ID", help="The state attacked."),
        click.option(
            "--co-attacker", "co_attackers", metavar="ID", multiple=True, help="Who joins in."
        ),
        click.option(
            "--co-victim",
            "co_victims",
            metavar="ID",
            multiple=True,
            help="Who is struck too, such as the host of a base.",
        ),
        click.option("--kind", help="attack, blockade, hybrid, threat or breach."),
        click.option("--at", "--place", "place", help="home, abroad, overseas, or a named place."),
        click.option(
            "--target", help="territory, forces, public-ships, private-ships or nationals."
        ),
        click.option("--actor", help="state, proxy or non-state."),
        click.option("--sponsor", metavar="ID", help="The state behind a non-state attacker."),
        click.option("--tag", "tags", metavar="WORD", multiple=True, help="What else the case is."),
        click.option("--provocation", help="unprovoked, contested or provoked, by the victim."),
        click.option("--date", "--on", "date", type=_DAY, metavar="YYYY-MM-DD", help="The day."),
        click.option(
            "--until",
            type=_DAY,
            metavar="YYYY-MM-DD",
            help="The day on which an attack that lasts is over.",
        ),
        click.option(
            "--requested/--not-requested", default=None, help="Whether help is asked for."
        ),
        click.option(
            "--consent",
            metavar="yes|no|ID,ID",
            help="Whether the organ consents, or the parties that do.",
        ),
        click.option(
            "--force-consent",
            "force_consents",
            metavar="ID",
            multiple=True,
            help="A party that consents to use armed force itself.",
        ),
        click.option("--council-acted", is_flag=True, help="The Security Council has acted."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(short_help="Say who owes what in an attack, and why.")
@click.argument("treaty", metavar="ID_OR_PATH")
@_happened
@click.option(
    "--reading",
    "readings",
    metavar="CLAUSE=WORDS",
    multiple=True,
    help="Read an unknown or disputed clause one way, as 'provocation=unconditional'.",
)
@click.option("--why", metavar="ID", help="Tell one obligor's reasons, article by article.")
def duties(treaty: str, why: str | None, readings: tuple[str, ...], **happened: Any) -> None:
    """Say who owes what when a state is attacked, and why, under a treaty.

    ID_OR_PATH is a treaty of the catalogue, such as NATO, or a TOML file.
    """
    from alliancesim.narrative.wording import (
        conflicts_in_words,
        duties_in_words,
        reasons_in_words,
    )

    found = _treaty(treaty)
    attack = _attack(found, happened)
    chosen = _read(found, readings, attack)
    if why:
        why = _state(found, why, attack.date, "--why")
        lines = reasons_in_words(chosen, attack, why)
    else:
        lines = chain(duties_in_words(chosen.duties(attack)), conflicts_in_words([chosen], attack))
    for line in lines:
        click.echo(line)


_STATES = (
    *("attacker", "co_attackers", "sponsor"),
    *("victim", "co_victims"),
    *("consents", "force_consents"),
)


def _state(treaty: Treaty, code: str, on: date | None, where: str) -> str:
    """Return the id of a state that the treaty names, or that some list of states knows.

    A treaty all of whose states are made up may be asked about any.
    """
    made_up = known_states().keys().isdisjoint(treaty.concerned)
    return code if made_up or code in treaty.concerned else state_id(code, on, where=where)


def _attack(treaty: Treaty, happened: dict[str, Any]) -> Attack:
    """Return the attack that options describe."""
    from alliancesim.law import Attack

    given = {name: value for name, value in happened.items() if value not in (None, ())}
    for name in ("date", "until"):
        if name in given:
            given[name] = given[name].date()
    consent = given.pop("consent", None)
    if consent in ("yes", "no"):
        given["consent"] = consent == "yes"
    elif consent is not None:
        given["consents"] = tuple(one.strip() for one in consent.split(","))
    group = given.get("actor") == "non-state"
    for name in _STATES:
        if name in given and not (group and name == "attacker"):
            where = f"--{name.rstrip('s').replace('_', '-')}"
            one = partial(_state, treaty, on=given.get("date"), where=where)
            value = given[name]
            given[name] = one(value) if isinstance(value, str) else tuple(map(one, value))
    return Attack(**given)


def _read(treaty: Treaty, readings: tuple[str, ...], attack: Attack) -> Treaty:
    """Return a treaty with some of its unknown clauses read one way."""
    from datetime import date

    from alliancesim.scenario.unknowns import settled

    for text in readings:
        clause, words = halves(text, "--reading", "such as 'provocation=unconditional'")
        name = clause if clause.startswith(f"{treaty.id}: ") else f"{treaty.id}: {clause}"
        treaty = settled(treaty, name, words, attack.date or date.max)
    return treaty


def _treaty(name_or_path: str) -> Treaty:
    """Return a treaty of the catalogue, or of a file if the name is or looks like a path."""
    from alliancesim import catalogue
    from alliancesim.law import load_treaty

    path = Path(name_or_path)
    if path.suffix == ".toml" or path.name != name_or_path or is_file(path):
        return load_treaty(path)
    return catalogue.treaty(name_or_path)
