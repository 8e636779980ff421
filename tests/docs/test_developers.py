"""The pages for developers name what is there: paths, tests, lines of code, rooms of the house."""

import re
import runpy
from itertools import pairwise
from pathlib import Path

import pytest

import alliancesim

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "develop").glob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
HOUSE = runpy.run_path(str(ROOT / "docs" / "house.py"))
PATH = re.compile(r"(?<![\w/.-])(?:src|docs|tests|\.ci|notebooks|examples|benchmarks)/[\w./-]*\w")
BLOCK = re.compile(r"```\{code-block\} diff\n:caption: (\S+)\n(.*?)```", flags=re.DOTALL)
WHOLE = re.compile(r"```\{code-block\}.*?```", flags=re.DOTALL)

pages = pytest.mark.parametrize("name", TEXTS)


def sources(folder):
    return [path.read_text(encoding="utf-8") for path in (ROOT / folder).rglob("*.py")]


@pages
def test_every_path_that_a_page_names_is_there(name):
    named = set(PATH.findall(TEXTS[name]))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


@pages
def test_every_test_that_a_page_names_outside_its_examples_is_there(name):
    text, tests = WHOLE.sub("", TEXTS[name]), "".join(sources("tests"))
    named = re.findall(r"`(test_\w+)`", text)
    assert [each for each in named if f"def {each}(" not in tests] == []


@pages
def test_every_name_of_code_on_a_page_is_in_the_sources(name):
    text = WHOLE.sub("", TEXTS[name])
    code = "".join([*sources("src"), *sources("tests"), *sources("docs")])
    named = set(re.findall(r"`([A-Z]\w+|_?[a-z]\w*_\w+)`", text)) - {"NAME"} - EXAMPLES
    assert [each for each in named if not re.search(rf"\b{each}\b", code)] == []


EXAMPLES = {"NOTHING", "audience_reputation"}
"""What the pages have one write."""


@pytest.mark.parametrize(
    ("path", "diff"), [pair for text in TEXTS.values() for pair in BLOCK.findall(text)]
)
def test_what_an_example_changes_is_there_to_be_changed(path, diff):
    there = (ROOT / path).read_text(encoding="utf-8")
    kept = [line[1:] for line in diff.splitlines() if line[:1] in (" ", "-") and line[1:].strip()]
    assert kept
    assert "\n".join(kept) in re.sub(r"\n\n+", "\n", there)


def test_every_module_has_a_room_and_the_picture_has_every_arrow():
    assert (ROOT / "docs" / "_static" / "house.png").exists()
    found = HOUSE["calls"]()
    assert found >= set(HOUSE["STAIRS"])
    assert set(HOUSE["ROOMS"]) == set(HOUSE["PLACES"])
    assert all(room in HOUSE["ROOMS"] for pair in pairwise(HOUSE["FLOW"]) for room in pair)


def test_a_room_builds_on_those_before_it_but_for_what_tells_itself_and_facts_that_are_checked():
    rooms = list(HOUSE["ROOMS"])
    ahead = {(one, two) for one, two in HOUSE["calls"]() if rooms.index(one) < rooms.index(two)}
    assert ahead == {("catalogue", "scenario"), ("comparison", "figures"), ("agents", "figures")}


def test_a_module_without_a_room_is_noticed():
    with pytest.raises(LookupError, match="attic"):
        HOUSE["room_of"]("attic/trunk")


def test_imports_of_a_sentence_of_source_become_calls_between_rooms():
    assert HOUSE["room_of"]("law.duties") == HOUSE["room_of"]("law/duty") == "law"
    assert HOUSE["room_of"]("figures/gains") == "figures"
    assert HOUSE["room_of"]("errors") == ""
    assert HOUSE["is_module"]("law")
    assert not HOUSE["is_module"](next(iter(alliancesim.__all__)) + "_no_module")
