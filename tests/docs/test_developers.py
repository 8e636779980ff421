"""The pages for developers name what is there: paths, tests, lines of code."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "develop").glob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
PATH = re.compile(
    r"(?<![\w/.-])(?:src|docs|tests|tools|\.ci|notebooks|examples|benchmarks)/[\w./-]*\w"
)
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
    code = "".join([*sources("src"), *sources("tests"), *sources("tools")])
    named = set(re.findall(r"`([A-Z]\w+|_?[a-z]\w*_\w+)`", text)) - {"NAME"} - EXAMPLES
    assert [each for each in named if not re.search(rf"\b{each}\b", code)] == []


EXAMPLES = {"audience_reputation"}
"""What the pages have one write."""


@pytest.mark.parametrize(
    ("path", "diff"), [pair for text in TEXTS.values() for pair in BLOCK.findall(text)]
)
def test_what_an_example_changes_is_there_to_be_changed(path, diff):
    there = (ROOT / path).read_text(encoding="utf-8")
    kept = [line[1:] for line in diff.splitlines() if line[:1] in (" ", "-") and line[1:].strip()]
    assert kept
    assert "\n".join(kept) in re.sub(r"\n\n+", "\n", there)
