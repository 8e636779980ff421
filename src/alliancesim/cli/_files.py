"""Files that commands write: checked before anything is played, written after it is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from alliancesim.cli._group import Unusable
from alliancesim.data.files import check_target, replace_file, write_bytes
from alliancesim.errors import InvalidInput

__all__ = [
    "check_files",
    "drawn_by",
    "figure_option",
    "file",
    "json_option",
    "print_result",
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
        if path and path != Path("-"):
            check_target(path)
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
        except InvalidInput as problem:
            failed.append(str(problem))
        except OSError as problem:
            failed.append(f"{path}: {problem.strerror or problem}")
        except Exception as problem:  # such as LaTeX missing: no failure costs another output
            failed.append(f"{path}: {type(problem).__name__}: {problem}"[:400])
    if failed:
        raise Unusable("; ".join(failed))


def print_result(
    result: Any,
    json_to: Path | None,
    *others: tuple[Path | None, Callable[[Any, Path], object]],
) -> None:
    """Print a result, as JSON where - is given, then write the files; printing costs none."""
    on_screen = json_to == Path("-")
    click.echo(result.to_json() if on_screen else str(result))
    writers = [(None if on_screen else json_to, write_json), *others]
    write_files(result, [(path, write) for path, write in writers if path])


def write_json(result: Any, path: Path) -> None:
    """Write a result as JSON."""
    write_bytes(path, result.to_json() + "\n")


def drawn_by(draw: Callable[[Any], Any]) -> Callable[[Any, Path], None]:
    """Return a writer that saves the axes or the figure which a function draws, as in print."""

    def write(result: Any, path: Path) -> None:
        drawn = draw(result)
        figure = getattr(drawn, "figure", drawn)
        kind = path.suffix.lstrip(".").lower()
        replace_file(path, lambda beside: figure.savefig(beside, dpi=200, format=kind))

    return write
