"""The handbook explains each rule once, names every parameter, and shows every curve."""

import ast
import importlib
import pkgutil
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import alliancesim
from alliancesim import catalogue, rules
from alliancesim.agents import StateAgent

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
STATIC = DOCS / "_static" / "curves"
PAGES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((DOCS / "explanation" / "submodels").glob("*.md"))
    if path.stem != "index"
}
PARTS = (
    "Equations",
    "Curves",
    "Parameters",
    "Where it comes from",
    "What it leaves out",
    "Variants",
    "Where the code is",
)
TABLE = re.compile(r"^```\{parameters\}\n(.*?)^```", flags=re.DOTALL | re.MULTILINE)

sys.path.insert(0, str(ROOT / "tools"))
curves = importlib.import_module("curves")


def tabled(page):
    """Return the parameters that a page lists."""
    return " ".join(TABLE.findall(page)).split()


def part(page, heading):
    """Return the text of a page under a heading."""
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def named(pattern):
    """Return what the pages name by a pattern."""
    return {each for page in PAGES.values() for each in re.findall(pattern, page)}


def pictured():
    """Return the pictures that the pages show."""
    return Counter(
        each for page in PAGES.values() for each in re.findall(r"curves/(.*?)\.png", page)
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_a_question_and_has_every_part(name):
    page = PAGES[name]
    assert re.match(r"# .+\n\n\*[^*]+\?\*\n", page)
    assert tuple(re.findall(r"^## (.+)", page, flags=re.MULTILINE)) == PARTS
    assert all(part(page, heading).strip() for heading in PARTS)
    assert len(page.splitlines()) <= 130


def test_each_file_of_rules_is_explained_on_one_page():
    explained = Counter(
        each
        for page in PAGES.values()
        for each in set(re.findall(r"`rules/(\w+)\.py`", part(page, "Where the code is")))
    )
    assert explained.keys() == {each.name for each in pkgutil.iter_modules(rules.__path__)}
    assert set(explained.values()) == {1}


def asked():
    """Yield each parameter that the engine hands to a rule, and the file of the rule."""
    for path in sorted((Path(rules.__path__[0]).parent / "engine" / "kernel").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        home = {
            alias.name: node.module.rpartition(".")[2]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module.startswith("alliancesim.rules.")
            for alias in node.names
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if getattr(call.func, "id", None) in home:
                for each in ast.walk(call):
                    if isinstance(each, ast.Attribute) and getattr(each.value, "id", "") == "theta":
                        yield home[call.func.id], each.attr


def test_a_page_lists_what_the_engine_hands_to_its_rules():
    missing = [
        f"{file}: {parameter}"
        for file, parameter in sorted(set(asked()))
        for page in PAGES.values()
        if f"`rules/{file}.py`" in part(page, "Where the code is") and parameter not in tabled(page)
    ]
    assert missing == []


def test_each_parameter_is_listed_on_some_page():
    listed = {each for page in PAGES.values() for each in tabled(page)}
    assert listed == {each.name for each in catalogue.parameters()}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_says_it_lists_once(name):
    listed = tabled(PAGES[name])
    assert len(listed) == len(set(listed))
    captioned = set(re.findall(r"`([a-z]+_[a-z_]+)`", part(PAGES[name], "Curves")))
    assert captioned <= {each.name for each in catalogue.parameters()}


def test_files_methods_switches_and_forms_that_pages_name_are_there():
    source = Path(alliancesim.__file__).parent
    files = named(r"`((?:rules|engine|kernel|agents)/(?:\w+/)*\w+\.py)`")
    assert files
    assert {each for each in files if not (source / each).exists()} == set()
    assert {
        each for each in named(r"`StateAgent\.(\w+)`") if not hasattr(StateAgent, each)
    } == set()
    assert named(r"--set (\w+)=") <= {each.name for each in catalogue.parameters()}
    forms = {(submodel, name) for submodel, each in catalogue.variants().items() for name in each}
    assert named(r"`(?:--variant )?(strength|shock|cover)=(\w+)`") <= forms


def test_each_picture_is_made_and_shown_once_and_is_small():
    assert pictured() == dict.fromkeys(curves.figures(), 1)
    assert {path.stem for path in STATIC.glob("*.png")} == set(curves.figures())
    assert all(path.stat().st_size <= 100_000 for path in STATIC.glob("*.png"))


@pytest.mark.parametrize("name", curves.figures())
def test_a_picture_has_curves_and_names_its_axes(name):
    for ax in curves.figures()[name]().axes:
        assert ax.get_title(loc="left")
        assert ax.get_xlabel()
        assert ax.get_ylabel()
        assert ax.lines or ax.patches or ax.collections
        for line in ax.lines:
            assert np.all(np.isfinite(np.asarray(line.get_xydata(), dtype=np.float64)))
