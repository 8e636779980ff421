"""The command line, thin: each command loads what it needs, calls it, and prints.

Exit codes: 0 done, 1 the conformance suite has misses, an oracle is missed or a width asked for
is not reached, 2 something given cannot be used, 130 interrupted after printing what was finished.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alliancesim import __version__
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.comparison import Campaign, Comparison
    from alliancesim.law import Treaty
    from alliancesim.scenario import Scenario

__all__ = ["main"]

MISSED = 1
UNUSABLE = 2
INTERRUPTED = 130

_DAY = click.DateTime(["%Y-%m-%d"])


class _Unusable(click.ClickException):
    exit_code = UNUSABLE


class _Commands(click.Group):
    """A group whose commands turn the library's one error into a message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InvalidInput as problem:
            raise _Unusable(str(problem)) from problem
        except KeyboardInterrupt:
            click.echo("interrupted before anything was finished", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="alliancesim")
def main() -> None:
    """Play treaties as law and compare what a pact changes. Illustrative, not predictive."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _file(what: str) -> click.Path:
    return click.Path(dir_okay=False, writable=True, allow_dash=what == "json", path_type=Path)


def _worlds_like_these(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that decide what a world of a number is."""
    options = (
        click.option("--seed", default=0, show_default=True, help="0 to 2**64 - 1."),
        click.option(
            "--set", "fixed", metavar="NAME=VALUE", multiple=True, help="Hold a parameter."
        ),
        click.option("--preset", metavar="NAME", help="Bundle of values, such as strict."),
        click.option(
            "--form",
            "forms",
            metavar="SUBMODEL=NAME",
            multiple=True,
            help="Rival form of a submodel, such as strength=cinc.",
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
            default=1,
            show_default=True,
            help="Worlds that share a draw of the parameters; 8 or more tell luck from priors.",
        ),
        click.option("--no-priors", is_flag=True, help="All parameters at their central values."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _until_precise(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that ask for a precision in place of a number of worlds."""
    options = (
        click.option("--until", metavar="METRIC", help="Play until its difference is precise."),
        click.option("--width", type=float, help="Of its 95 % interval, low to high; see --until."),
        click.option("--relative", is_flag=True, help="--width is a share of the difference."),
        click.option("--contrast", metavar="A,B", help="A against B.  [default: first printed]"),
        click.option("--member", metavar="ID", help="Whose, for a metric of members."),
        click.option("--batch", type=int, help="Worlds between looks.  [default: 512]"),
        click.option("--most", type=int, help="Worlds to stop at all the same.  [default: 100000]"),
    )
    for option in reversed(options):
        command = option(command)
    return command


@main.command(short_help="Play arms in the same worlds and print what differs.")
@click.argument("scenario", metavar="NAME_OR_PATH")
@click.option("--arms", metavar="A,B,...", help="Arms to compare, in order.  [default: all]")
@click.option("--worlds", default=2000, show_default=True, help="Worlds to play in each arm.")
@_until_precise
@_worlds_like_these
@click.option("--json", "json_to", type=_file("json"), help="Write results here; - prints them.")
@click.option("--figure", type=_file("figure"), help="Draw the differences: .png, .svg, .pdf.")
@click.option("--report", type=_file("report"), help="Write a report to send on: .html, .md.")
@click.option("--save", type=_file("netcdf"), help="Write all outcomes here, as netCDF.")
@click.option("--threads", type=int, help="Threads.  [default: one a processor]")
@click.option("--chunk", default=256, show_default=True, help="Worlds in memory at a time.")
def compare(
    scenario: str,
    arms: str | None,
    worlds: int,
    seed: int,
    fixed: tuple[str, ...],
    preset: str | None,
    forms: tuple[str, ...],
    readings: tuple[str, ...],
    worlds_per_draw: int,
    no_priors: bool,
    json_to: Path | None,
    figure: Path | None,
    report: Path | None,
    save: Path | None,
    threads: int | None,
    chunk: int,
    **until: Any,
) -> None:
    """Play the arms of a scenario in the same worlds and print what differs.

    NAME_OR_PATH is a scenario of the catalogue, such as smda, or a TOML file.
    """
    from alliancesim import comparison
    from alliancesim.report import check_path

    precise = _precision(until)
    _check_files(json_to, figure, save)
    if report:
        check_path(report)
    played = _changed(scenario, preset, fixed, forms, readings)
    options: dict[str, Any] = {
        "arms": arms.split(",") if arms else None,
        "seed": seed,
        "worlds_per_draw": worlds_per_draw,
        "priors": not no_priors,
        "threads": threads,
        "chunk": chunk,
        "progress": sys.stderr.isatty(),
    }
    if precise:
        campaign = comparison.play_until(played, **precise, **options)
        _write(campaign.comparison, json_to, figure, report, save)
        _tell(campaign, aside=json_to == Path("-"))
        return
    found = comparison.compare(played, worlds=worlds, **options)
    _write(found, json_to, figure, report, save)
    if found.interrupted:
        click.get_current_context().exit(INTERRUPTED)


def _precision(given: dict[str, Any]) -> dict[str, Any]:
    """Return what `play_until` is asked for; empty if a number of worlds is asked for."""
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


def _tell(campaign: Campaign, *, aside: bool) -> None:
    """Print the looks of a campaign, beside results that are not text on standard error."""
    if not aside:
        click.echo()
    click.echo(str(campaign), err=aside)
    if campaign.comparison.interrupted:
        click.get_current_context().exit(INTERRUPTED)
    if not campaign.reached:
        click.get_current_context().exit(MISSED)


def _check_files(json_to: Path | None, figure: Path | None, save: Path | None) -> None:
    """Refuse files that could not be written, before anything is played."""
    for path in (json_to, figure, save):
        if path and not os.access(path.absolute().parent, os.W_OK):
            allowed = "a folder that can be written to"
            raise InvalidInput("no such folder", where=str(path.parent), allowed=allowed)
    if figure:
        from alliancesim.figures import formats

        if figure.suffix.lstrip(".").lower() not in formats():
            allowed = ", ".join(f".{ending}" for ending in formats())
            raise InvalidInput("not a kind of picture", where=str(figure), allowed=allowed)


def _changed(
    name: str,
    preset: str | None,
    fixed: tuple[str, ...],
    forms: tuple[str, ...],
    readings: tuple[str, ...],
) -> Scenario:
    """Return a scenario with a preset, rival forms and readings, then with parameters held."""
    from alliancesim.scenario import load

    scenario = load(name)
    if preset:
        scenario = scenario.with_preset(preset)
    for text in forms:
        scenario = scenario.with_form(*_halves(text, "--form", "such as strength=cinc"))
    for text in readings:
        example = "such as 'SMDA: provocation=unconditional'"
        scenario = scenario.with_reading(*_halves(text, "--reading", example))
    return scenario.fixing(**dict(_pair(text) for text in fixed))


def _halves(text: str, option: str, example: str) -> tuple[str, str]:
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


def _write(
    comparison: Comparison,
    json_to: Path | None,
    figure: Path | None,
    report: Path | None,
    save: Path | None,
) -> None:
    """Print first, so that a file that cannot be written costs no results."""
    if json_to == Path("-"):
        click.echo(comparison.to_json())
        json_to = None
    else:
        click.echo(str(comparison))
    failed = []
    files = ((json_to, _write_json), (figure, _draw), (report, _report), (save, _save))
    for path, write in files:
        try:
            if path:
                write(comparison, path)
        except OSError as problem:
            failed.append(f"{path}: {problem.strerror or problem}")
    if failed:
        raise _Unusable("; ".join(failed))


def _print(found: Any, json_to: Path | None) -> None:
    """Print what was found, as JSON where - is asked for, and write it where a file is."""
    click.echo(found.to_json() if json_to == Path("-") else str(found))
    if json_to and json_to != Path("-"):
        _write_json(found, json_to)


def _write_json(found: Any, path: Path) -> None:
    path.write_text(found.to_json() + "\n", encoding="utf-8")


def _draw(comparison: Comparison, path: Path) -> None:
    from alliancesim.figures import differences

    differences(comparison).figure.savefig(path, dpi=200)  # type: ignore[union-attr]


def _report(comparison: Comparison, path: Path) -> None:
    from alliancesim.report import write_report

    write_report(comparison, path)


def _save(comparison: Comparison, path: Path) -> None:
    comparison.save(path)


@main.command()
@click.argument("scenario", metavar="NAME_OR_PATH")
@click.option("--arm", metavar="NAME", required=True, help="The arm to play.")
@click.option("--against", metavar="NAME", help="Tell the same world in this arm beside it.")
@click.option("--world", default=0, show_default=True, help="The world's number.")
@click.option("--highlights", is_flag=True, help="Leave out disputes that came to nothing.")
@_worlds_like_these
def replay(
    scenario: str,
    arm: str,
    against: str | None,
    world: int,
    highlights: bool,
    seed: int,
    fixed: tuple[str, ...],
    preset: str | None,
    forms: tuple[str, ...],
    readings: tuple[str, ...],
    worlds_per_draw: int,
    no_priors: bool,
) -> None:
    """Tell one world of one arm turn by turn, in words.

    NAME_OR_PATH is a scenario of the catalogue, such as smda, or a TOML file. The world is that
    of the same number in a comparison with the same seed and the same other options. With
    --against two arms are told side by side from the first decision that differs, in highlights.
    """
    from alliancesim.narrative.chronicle import tell
    from alliancesim.narrative.wording import wrapped

    played = _changed(scenario, preset, fixed, forms, readings)
    options: dict[str, Any] = {
        "arm": arm,
        "seed": seed,
        "world": world,
        "worlds_per_draw": worlds_per_draw,
        "priors": not no_priors,
    }
    if against:
        from alliancesim.agents import twins
        from alliancesim.narrative import twins_in_words

        click.echo(twins_in_words(twins(played, against=against, **options)))
        return
    for paragraph in tell(played, highlights=highlights, **options):
        for line in wrapped(paragraph):
            click.echo(line)


@main.command(short_help="Say who owes what in an attack, and why.")
@click.argument("treaty", metavar="ID_OR_PATH")
@click.option("--attacker", required=True, metavar="ID", help="Who attacks.")
@click.option("--victim", required=True, metavar="ID", help="The state attacked.")
@click.option("--kind", help="attack, blockade, hybrid or threat.")
@click.option("--at", "--place", "place", help="home, abroad, overseas, or a named place.")
@click.option("--actor", help="state, proxy or non-state.")
@click.option("--sponsor", metavar="ID", help="The state behind a non-state attacker.")
@click.option("--provocation", help="unprovoked, contested or provoked, by the victim.")
@click.option("--on", "date", type=_DAY, metavar="YYYY-MM-DD", help="The day.")
@click.option("--why", metavar="ID", help="Tell one obligor's reasons, article by article.")
def duties(treaty: str, why: str | None, **happened: Any) -> None:
    """Say who owes what when a state is attacked, and why, under a treaty.

    ID_OR_PATH is a treaty of the catalogue, such as NATO, or a TOML file.
    """
    from alliancesim.law import Attack
    from alliancesim.narrative.wording import duties_in_words, reasons_in_words

    given = {name: value for name, value in happened.items() if value is not None}
    if "date" in given:
        given["date"] = given["date"].date()
    chosen, attack = _treaty(treaty), Attack(**given)
    lines = reasons_in_words(chosen, attack, why) if why else duties_in_words(chosen.duties(attack))
    for line in lines:
        click.echo(line)


def _treaty(name_or_path: str) -> Treaty:
    """Return a treaty of the catalogue, or of a file if the name is or looks like a path."""
    from alliancesim import catalogue
    from alliancesim.law import load_treaty

    path = Path(name_or_path)
    if path.suffix == ".toml" or path.name != name_or_path or path.is_file():
        return load_treaty(path)
    return catalogue.treaty(name_or_path)


@main.command(short_help="Check the law against numbered situations.")
def conformance() -> None:
    """Check the law against the numbered situations, and print each miss."""
    from alliancesim.testing.conformance import run

    outcome = run()
    click.echo(str(outcome))
    if outcome.misses:
        click.get_current_context().exit(MISSED)


@main.command(short_help="Print figures with their sources.")
@click.argument("identifier", metavar="ID")
@click.option("--scenario", metavar="NAME_OR_PATH", help="Whose figures.  [default: catalogue]")
def sources(identifier: str, scenario: str | None) -> None:
    """Print every figure of a state, pair, treaty or parameter, with source and standing.

    ID is such as PAK, IND-PAK, SMDA or the name of a parameter.
    """
    from alliancesim.narrative.wording import figures_in_words
    from alliancesim.scenario import load
    from alliancesim.scenario.sources import figures

    found = figures(identifier, load(scenario) if scenario else None)
    for line in figures_in_words(found):
        click.echo(line)


@main.command(
    name="gains",
    short_help="Say who gains by a pact, and whether it would hold.",
    context_settings={"default_map": {"worlds_per_draw": 8}},
)
@click.argument("scenario", metavar="NAME_OR_PATH")
@click.option("--pact", required=True, metavar="ID", help="A treaty that arms add.")
@click.option("--members", metavar="A,B,...", help="Its members.  [default: all that any arm has]")
@click.option("--candidates", metavar="A,B,...", help="Other outsiders who might join.")
@click.option("--worlds", default=2000, show_default=True, help="Worlds to play in each arm.")
@_worlds_like_these
@click.option("--no-contributions", is_flag=True, help="Do not value what each member brings.")
@click.option("--json", "json_to", type=_file("json"), help="Write tables here; - prints them.")
@click.option("--figure", type=_file("figure"), help="Draw who gains: .png, .svg, .pdf.")
@click.option("--threads", type=int, help="Threads.  [default: one a processor]")
def who_gains(
    scenario: str,
    pact: str,
    members: str | None,
    candidates: str | None,
    worlds: int,
    seed: int,
    fixed: tuple[str, ...],
    preset: str | None,
    forms: tuple[str, ...],
    readings: tuple[str, ...],
    worlds_per_draw: int,
    no_priors: bool,
    no_contributions: bool,
    json_to: Path | None,
    figure: Path | None,
    threads: int | None,
) -> None:
    """Say who gains by a pact, what each member adds to it, and whether it would hold.

    NAME_OR_PATH is a scenario of the catalogue, such as smda, or a TOML file. Every coalition of
    the members is played in the same worlds; those other than the parties are hypothetical.
    """
    from alliancesim.coalition_value import gains as play

    _check_files(json_to, figure, None)
    found = play(
        _changed(scenario, preset, fixed, forms, readings),
        pact,
        members.split(",") if members else None,
        candidates.split(",") if candidates else (),
        contributions={} if no_contributions else None,
        worlds=worlds,
        seed=seed,
        worlds_per_draw=worlds_per_draw,
        priors=not no_priors,
        threads=threads,
        progress=sys.stderr.isatty(),
    )
    _print(found, json_to)
    if figure:
        from alliancesim.figures.gains import report

        report(found).savefig(figure, dpi=200)
    if found.interrupted:
        click.get_current_context().exit(INTERRUPTED)


@main.command(short_help="Hold the model against the patterns of history.")
@click.option("--worlds", default=2000, show_default=True, help="Worlds of each run, 4 or more.")
@click.option("--seed", default=0, show_default=True, help="0 to 2**64 - 1.")
@click.option("--preset", default="post-1945", show_default=True, metavar="NAME", help="Bundle.")
@click.option("--json", "json_to", type=_file("json"), help="Write findings here; - prints them.")
@click.option("--figure", type=_file("figure"), help="Draw bands and findings: .png, .svg, .pdf.")
def validate(
    worlds: int, seed: int, preset: str, json_to: Path | None, figure: Path | None
) -> None:
    """Play a generic world and the SMDA world, and hold them against the patterns of history.

    A pattern that is missed is printed as missed; the exit code stays 0.
    """
    from alliancesim.validation.patterns import validate as play

    _check_files(json_to, figure, None)
    found = play(worlds, seed, preset)
    _print(found, json_to)
    if figure:
        from alliancesim.figures import patterns

        patterns(found).figure.savefig(figure, dpi=200)  # type: ignore[union-attr]


@main.command(short_help="Hold the submodels against exact counterparts.")
@click.option("--draws", default=1_000_000, show_default=True, help="Draws a number, where cheap.")
@click.option("--seed", default=0, show_default=True, help="0 to 2**64 - 1.")
@click.option("--json", "json_to", type=_file("json"), help="Write the rows here; - prints them.")
@click.option("--figure", type=_file("figure"), help="Draw the z scores: .png, .svg, .pdf.")
def verify(draws: int, seed: int, json_to: Path | None, figure: Path | None) -> None:
    """Draw from the library's rules, and compare with closed forms, quadrature and small chains.

    Exits with 1 if a number lies more than four standard errors off.
    """
    from alliancesim.validation.oracles import verify as compute

    _check_files(json_to, figure, None)
    found = compute(draws, seed)
    _print(found, json_to)
    if figure:
        from alliancesim.figures import oracles

        oracles(found).figure.savefig(figure, dpi=200)  # type: ignore[union-attr]
    if found.failed:
        click.get_current_context().exit(MISSED)
