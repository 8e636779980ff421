"""What stands beside the pages runs: notebooks and examples; the README leads somewhere."""

import ast
import re
import runpy
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def each(paths, on_both):
    """Return parameters of a test, one a path; all but those named are left to one Python."""
    for path in paths:
        marks = () if path.stem in on_both else pytest.mark.slow
        yield pytest.param(path, marks=marks, id=path.stem)


@pytest.mark.parametrize("path", list(each(NOTEBOOKS, {"quickstart"})))
def test_a_notebook_runs(path, tmp_path):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = smaller(cell.source)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=resources).execute()


def smaller(code):
    """Return code in which fewer worlds are played, no fewer than 40 draws of 8, or 4 by agents."""
    code = re.sub(r"(worlds\W{1,3})\d{3,}\b", r"\g<1>320", code)
    return re.sub(r"(worlds\W{1,3})\d\d\b", r"\g<1>4", code)


def test_a_notebook_is_run_in_fewer_worlds_than_it_shows():
    assert smaller('{"worlds": 20}, worlds=1600, worlds_per_draw=8') == (
        '{"worlds": 4}, worlds=320, worlds_per_draw=8'
    )


def says_something(code):
    """Tell whether a cell ends in a value or a call, and so has something to show."""
    plain = "\n".join(line for line in code.splitlines() if not line.startswith("%"))
    return isinstance(ast.parse(plain).body[-1], ast.Expr)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_its_outputs_and_names_no_machine(path):
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs for cell in cells if says_something(cell.source))
    assert not any(output.output_type == "error" for cell in cells for output in cell.outputs)
    text = path.read_text(encoding="utf-8")
    assert "/home/" not in text
    assert "site-packages" not in text


def test_the_example_compares_two_members_with_three(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["two_against_three.py", "16"])
    runpy.run_path(str(ROOT / "examples" / "two_against_three.py"), run_name="__main__")
    printed = capsys.readouterr().out
    assert "three-member minus two-member" in printed
    assert "hypothetical" in printed


def test_the_examples_of_korea_tell_who_owes_and_what_a_treaty_changes(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["korea_with_and_without.py", "16"])
    for name in ("korea_who_owes.py", "korea_with_and_without.py"):
        runpy.run_path(str(ROOT / "examples" / name), run_name="__main__")
    printed = capsys.readouterr().out
    assert "North Korea attacks South Korea" in printed
    assert "US-KOR" in printed
    assert "without the treaty minus as signed" in printed


@pytest.mark.slow
def test_the_example_of_policies_compares_each_with_the_model(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["policies_for_a_seat.py", "2"])
    runpy.run_path(str(ROOT / "examples" / "policies_for_a_seat.py"), run_name="__main__")
    printed = capsys.readouterr().out
    assert "tit-for-tat" in printed
    assert "welfare" in printed


@pytest.mark.slow
def test_the_example_that_trains_a_seat_runs(capsys, monkeypatch):
    pytest.importorskip("gymnasium")
    monkeypatch.setattr(sys, "argv", ["train_a_seat.py", "2", "1"])
    runpy.run_path(str(ROOT / "examples" / "train_a_seat.py"), run_name="__main__")
    printed = capsys.readouterr().out
    assert "Left of 8 rules" in printed
    assert "95 % interval" in printed


def test_the_readme_begins_with_two_commands_of_one_line():
    first, second = (code.splitlines() for code in COMMANDS[:2])
    assert len(first) == len(second) == 1
    assert "alliancesim compare smda-2026 --worlds 2000 --figure" in first[0]
    assert "pytest" in second[0]


def test_every_link_of_the_readme_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
