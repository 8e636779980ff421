"""The argument and options of commands that play: scenario, draws, and how many worlds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["SEED", "WORLDS", "add_options", "halves", "names_of", "plays", "plays_worlds"]

Command = Callable[..., None]

WORLDS = click.option(
    "--worlds", default=2000, show_default=True, help="Worlds to play in each arm."
)
SEED = click.option("--seed", default=0, show_default=True, help="0 to 2**64 - 1.")
_SPEED = (
    click.option("--threads", type=int, help="Threads.  [default: one a processor]"),
    click.option("--chunk", type=int, help="Worlds a thread plays at a time.  [default: to 1024]"),
)
_OPTIONS = (
    SEED,
    click.option("--set", "fixed", metavar="NAME=VALUE", multiple=True, help="Hold a parameter."),
    click.option("--preset", metavar="NAME", help="Bundle of values, such as strict."),
    click.option(
        "--variant",
        "variants",
        metavar="SUBMODEL=NAME",
        multiple=True,
        help="Variant of a submodel, such as strength=cinc.",
    ),
    click.option(
        "--reading",
        "readings",
        metavar="CLAUSE=WORDS",
        multiple=True,
        help="Read an unknown clause one way, as 'SMDA: provocation=unconditional'.",
    ),
    click.option(
        "--worlds-per-draw",
        default=8,
        show_default=True,
        help="Worlds that share a draw of the parameters; 8 or more tell noise from priors.",
    ),
    click.option("--no-priors", is_flag=True, help="All parameters at their central values."),
)


def add_options(command: Command, options: tuple[Callable[[Command], Command], ...]) -> Command:
    """Return a command with options, in the order given."""
    for option in reversed(options):
        command = option(command)
    return command


def plays(command: Command) -> Command:
    """Give a command the name of a scenario and the options that change it or its draws.

    The command is called with ``scenario``, as changed, and ``run``: what decides the draws, by
    the names of `alliancesim.scenario.RunOptions`.
    """

    @wraps(command)
    def with_scenario(
        scenario: str,
        seed: int,
        fixed: tuple[str, ...],
        preset: str | None,
        variants: tuple[str, ...],
        readings: tuple[str, ...],
        worlds_per_draw: int,
        no_priors: bool,
        **others: Any,
    ) -> None:
        run = {"seed": seed, "worlds_per_draw": worlds_per_draw, "priors": not no_priors}
        played = _changed(scenario, preset, fixed, variants, readings)
        command(scenario=played, run=run, **others)

    argument = click.argument("scenario", metavar="NAME_OR_PATH")
    return argument(add_options(with_scenario, _OPTIONS))


def plays_worlds(command: Command) -> Command:
    """Give a command what `plays` gives, and the options of how many worlds are played, how fast.

    In ``run`` it has what `alliancesim.compare` takes, but ``worlds``; that is an argument of its
    own, since it may be left to be found.
    """

    @wraps(command)
    def with_worlds(
        run: dict[str, Any], threads: int | None, chunk: int | None, **others: Any
    ) -> None:
        speed = {"threads": threads, "chunk": chunk, "progress": sys.stderr.isatty()}
        command(run=run | speed, **others)

    return add_options(plays(with_worlds), (WORLDS, *_SPEED))


def _changed(
    name: str,
    preset: str | None,
    fixed: tuple[str, ...],
    variants: tuple[str, ...],
    readings: tuple[str, ...],
) -> Scenario:
    """Return a scenario with a preset, variants and readings, then with parameters held."""
    from alliancesim.scenario import load

    scenario = load(name)
    if preset:
        scenario = scenario.with_preset(preset)
    for text in variants:
        scenario = scenario.with_variant(*halves(text, "--variant", "such as strength=cinc"))
    for text in readings:
        example = "such as 'SMDA: provocation=unconditional'"
        scenario = scenario.with_reading(*halves(text, "--reading", example))
    return scenario.fixing(**dict(_pair(text) for text in fixed))


def names_of(text: str | None) -> list[str] | None:
    """Return the names of a list with commas, or None where there is no list."""
    return None if text is None else [name.strip() for name in text.split(",")]


def halves(text: str, option: str, example: str) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not sign:
        raise InvalidInput(
            f"{text!r}", where=option, allowed=f"two words with = between, {example}"
        )
    return left.strip(), right.strip()


def _pair(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        allowed = "NAME=VALUE with a number, such as shock_sd=1.5"
        raise InvalidInput(f"{text!r}", where="--set", allowed=allowed) from None
