"""A comparison in one file that can be sent on: question, arms, data, results, a story.

`write_report` gathers the contents (arms, data, results, story), draws the pictures, and fills a
template. HTML is one file with its pictures inside, which needs no script and no network; Markdown
has its pictures in a folder beside it. Everything that comes from a scenario is escaped.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from alliancesim.data.arguments import checked
from alliancesim.data.files import as_path, check_target, make_folder, write_bytes
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison

__all__ = ["ENDINGS", "check_path", "write_report"]

ENDINGS = (".html", ".md")


@checked
def check_path(path: str | PathLike[str]) -> Path:
    """Return where a report is to be written; refuse what could not be, before anything is played.

    Parameters
    ----------
    path : str or path
        A file that ends in ``.html`` or ``.md``, in a folder that is there.

    Raises
    ------
    InvalidInput
        If the ending is another, or the file cannot be written.
    """
    file = as_path(path)
    if file.suffix.lower() not in ENDINGS:
        allowed = " or ".join(ENDINGS)
        raise InvalidInput(
            "not a kind of report", where=str(file), allowed=f"a name with {allowed}"
        )
    check_target(file)
    return file


@checked
def write_report(comparison: Comparison, path: str | PathLike[str]) -> Path:
    """Write a report of a comparison.

    Parameters
    ----------
    comparison : Comparison
        Two or more arms, compared. With 8 worlds a draw or more it also says what the answer
        depends on and what would flip it.
    path : str or path
        ``.html``: one file that needs no script and no network. ``.md``: Markdown, with its
        figures in the folder ``NAME_figures`` beside it. Overwritten if it exists.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InvalidInput
        As `check_path`, or if the disk refuses; the old file is then as it was.
    """
    from alliancesim.report import contents, render

    file = check_path(path)
    told = contents.gather(comparison, file.name)
    if file.suffix.lower() == ".md":
        folder = make_folder(file.with_name(f"{file.stem}_figures"))
        for picture in told.pictures.values():
            write_bytes(folder / f"{picture.name}.svg", picture.svg)
        text = render.markdown(told, folder.name)
    else:
        text = render.html(told)
    write_bytes(file, text)
    return file
