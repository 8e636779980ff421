"""Files that commands write: checked before anything is played, written after it is printed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from alliancesim.cli._group import Unusable
from alliancesim.errors import InvalidInput

__all__ = [
    "check_files",
    "figure_option",
    "file",
    "json_option",
    "print_result",
    "save_figure",
    "write_files",
]


def file(*, dash: bool = False) -> click.Path:
    """Return the type of a file to write; with `dash`, a - prints instead."""
    return click.Path(dir_okay=False, writable=True, allow_dash=dash, path_type=Path)


def json_option(what: str) -> Callable[..., Any]:
    """Return the option that writes something as JSON."""
    return click.option(
        "--json", "json_to", type=file(dash=True), help=f"Write {what} here; - prints them."
    )


def figure_option(what: str) -> Callable[..., Any]:
    """Return the option that draws something."""
    return click.option("--figure", type=file(), help=f"Draw {what}: .png, .svg, .pdf.")


def check_files(
    json_to: Path | None = None, figure: Path | None = None, save: Path | None = None
) -> None:
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


def write_files(result: Any, writers: list[tuple[Path, Callable[[Any, Path], object]]]) -> None:
    """Write a result to each file by its writer, and name all that failed."""
    failed = []
    for path, write in writers:
        try:
            write(result, path)
        except OSError as problem:
            failed.append(f"{path}: {problem.strerror or problem}")
    if failed:
        raise Unusable("; ".join(failed))


def print_result(result: Any, json_to: Path | None) -> None:
    """Print a result, as JSON where - is given, and write it where a file is."""
    click.echo(result.to_json() if json_to == Path("-") else str(result))
    if json_to and json_to != Path("-"):
        write_json(result, json_to)


def write_json(result: Any, path: Path) -> None:
    """Write a result as JSON."""
    path.write_text(result.to_json() + "\n", encoding="utf-8")


def save_figure(drawn: Any, path: Path) -> None:
    """Save axes or a figure at the resolution of print."""
    getattr(drawn, "figure", drawn).savefig(path, dpi=200)
