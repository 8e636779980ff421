"""Make anew what is kept with its results: pictures, two tables, the notebooks' outputs.

Run with ``python tools/refresh.py`` after a change that moves numbers.
"""

from __future__ import annotations

import datetime as dt
import runpy
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import architecture
import curves
import effects
import flips
import gallery
import nbformat
import scenes
from nbclient import NotebookClient

import alliancesim as al
from alliancesim.figures import differences, oracles, patterns
from alliancesim.figures.gains import report
from alliancesim.validation.oracles import verify
from alliancesim.validation.patterns import validate
from alliancesim.validation.score import score_events

ROOT = Path(__file__).parents[1]


def picture() -> None:
    """Draw what ``compare smda-2026 --worlds 2000 --worlds-per-draw 8 --figure FILE`` draws."""
    comparison = al.compare("smda-2026", worlds=2000, worlds_per_draw=8)
    differences(comparison).figure.savefig(ROOT / "docs/_static/differences.png", dpi=200)


def exact() -> None:
    """Keep what ``verify --figure FILE`` prints and draws."""
    found = verify()
    static = ROOT / "docs/_static"
    (static / "oracles.txt").write_text(f"{found}\n", encoding="utf-8")
    oracles(found).figure.savefig(static / "oracles.png", dpi=200)


def history() -> None:
    """Keep what ``validate --figure FILE`` prints and draws."""
    found = validate()
    static = ROOT / "docs/_static"
    (static / "validation.txt").write_text(f"{found}\n", encoding="utf-8")
    patterns(found).figure.savefig(static / "validation.png", dpi=200)


def scored() -> None:
    """Keep what the command on the page of the half-year prints."""
    static = ROOT / "docs/_static"
    found = score_events(
        "smda",
        static / "events-2026.csv",
        last=dt.date(2026, 6, 30),
        worlds=4000,
        seed=11,
    )
    (static / "score.txt").write_text(f"{found}\n", encoding="utf-8")


def gains() -> None:
    """Keep what ``gains smda --pact SMDA --worlds 2000 --figure FILE`` prints and draws."""
    found = al.gains("smda", "SMDA", worlds=2000)
    static = ROOT / "docs/_static"
    (static / "gains.txt").write_text(f"{found}\n", encoding="utf-8")
    report(found).savefig(static / "gains.png", dpi=200)


def trained() -> None:
    """Keep what ``examples/train_a_seat.py`` prints of 200 worlds."""
    said = StringIO()
    with redirect_stdout(said):
        runpy.run_path(str(ROOT / "examples/train_a_seat.py"))["main"](200)
    (ROOT / "docs/_static/trained-seat.txt").write_text(said.getvalue(), encoding="utf-8")


def notebook(path: Path) -> None:
    """Run a notebook in place, and leave out what names the machine or the time."""
    made = nbformat.read(path, as_version=4)
    with TemporaryDirectory() as folder:
        where = {"metadata": {"path": folder}}
        NotebookClient(made, timeout=600, kernel_name="python3", resources=where).execute()
    for cell in made.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [each for each in cell.outputs if each.get("name") != "stderr"]
    made.metadata.language_info = {"name": "python"}
    nbformat.write(made, path)


if __name__ == "__main__":
    picture()
    exact()
    history()
    played = flips.runs()
    flips.make(played)
    gallery.make(played["post-1945"])
    curves.make()
    effects.make()
    scenes.make()
    architecture.make()
    scored()
    gains()
    trained()
    for each in sorted((ROOT / "notebooks").glob("*.ipynb")):
        notebook(each)
