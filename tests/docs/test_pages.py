"""What the pages show runs: Python, commands and files, page by page, in few worlds.

Blocks of one page share a namespace and a folder. Code cells are run where the pages are built.
A block that cannot run says so in its page, above it: ``% skip: next "the reason"``.
"""

import doctest
import importlib
import inspect
import re
import shlex
import shutil
import tomllib
import unittest
from importlib import resources
from pathlib import Path
from unittest import SkipTest

import pytest
from click.testing import CliRunner
from matplotlib import pyplot
from sybil import Document
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer
from sybil.parsers.myst import CodeBlockParser, SkipParser

import alliancesim
from alliancesim.cli import main
from alliancesim.coalition_value import gains
from alliancesim.comparison import compare
from alliancesim.law import loads_treaty
from alliancesim.scenario import loads

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
IDS = [path.relative_to(ROOT).as_posix() for path in PAGES]

# Forty draws of eight worlds, the fewest that tell sampling noise from priors.
FEW = 320
FEWER = {"--worlds": str(FEW), "--draws": "20000"}
FEWEST = {"validate": {"--worlds": "8"}}  # plays a dozen runs

# Files that readers bring: made-up ones of the same form stand in.
BROUGHT = {
    "atop-alliance-level.csv": ROOT / "tests/datasets/data/made-up-alliances.csv",
    "atop-member-level.csv": ROOT / "tests/datasets/data/made-up-members.csv",
    "NMC-60-abridged.csv": ROOT / "tests/datasets/data/made-up-capabilities.csv",
}

# What installs, builds and checks the project is run by `.ci/run`, not here.
ELSEWHERE = (
    "python -m pip",
    "python -m venv",
    ". env/bin/activate",
    "python -m pytest",
    "jupyter lab",
    "NUMBA_DISABLE_JIT=1 python -m pytest",
    "python -m tests.",
    "python -m alliancesim.testing.mutation",
    "python tools/",
    "python benchmarks",
    "pre-commit",
    "nox",
    "ruff",
    "mypy",
    "sphinx-build",
)

LANGUAGES = ("python", "sh", "toml", "text")  # all but text are run or read


def smaller(code):
    """Return code with few worlds wherever it plays many; the page keeps its number."""
    return re.sub(r"(?i)(worlds\W{1,3})\d[\d_]{3,}\b", rf"\g<1>{FEW}", code)


def run_python(example):
    code = "\n" * example.line + smaller(example.parsed)
    exec(compile(code, example.path, "exec", dont_inherit=True), example.namespace)


def run_commands(example):
    for line in smaller(example.parsed).replace("\\\n", " ").splitlines():
        for command in re.split(r"\s&&\s", line):
            run_command(shlex.split(command, comments=True))


def run_command(words):
    said = " ".join(words)
    if not words or said.startswith(ELSEWHERE):
        return
    words = words[2:] if words[:2] == ["python", "-m"] else words
    assert words[0] == "alliancesim", f"{said}: neither run here nor said to be run elsewhere"
    words = [*words[1:], *fewer(words[1:])]
    made = CliRunner().invoke(main, words, catch_exceptions=False)
    assert made.exit_code == 0, f"{said}: {made.output}"


def fewer(words):
    """Return options that make a command small that leaves its size to the default."""
    options = {each for param in main.commands[words[0]].params for each in param.opts}
    sized = {"--worlds", "--draws", "--until"} & set(words)
    few = FEWER | FEWEST.get(words[0], {})
    return [] if sized else [each for o, n in few.items() if o in options for each in (o, n)]


def read_file(example):
    """Read a scenario, a treaty, or a part, which is added to the scenario of the catalogue."""
    table = tomllib.loads(example.parsed)
    if "obligations" in table:
        loads_treaty(example.parsed)
    elif "schema_version" in table:
        loads(example.parsed)
    else:
        smda = resources.files("alliancesim.catalogue") / "scenarios/smda.toml"
        loads(f"{smda.read_text(encoding='utf-8')}\n{example.parsed}")


def run_tests(namespace):
    """Run the tests that a page has defined, as pytest would collect them."""
    for name, value in namespace.items():
        if isinstance(value, type) and issubclass(value, unittest.TestCase):
            suite = unittest.defaultTestLoader.loadTestsFromTestCase(value)
            assert unittest.TextTestRunner().run(suite).wasSuccessful(), name
        elif name.startswith("test_"):
            value()


PARSERS = (
    CodeBlockParser("python", run_python),
    CodeBlockParser("sh", run_commands),
    CodeBlockParser("toml", read_file),
    SkipParser(),
)


def run_page(path):
    document = Document.parse(str(path), *PARSERS)
    document.namespace["__name__"] = "page"
    reasons = []
    for example in document:
        try:
            example.evaluate()
        except SkipTest as skipped:
            reasons.append(str(skipped))
    run_tests(document.namespace)
    assert all(len(reason) > 10 for reason in reasons), "a skipped block gives its reason"


def has_code(path):
    return any(True for _ in Document.parse(str(path), *PARSERS))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the files that readers bring, and defaults made small."""
    for name, made_up in BROUGHT.items():
        shutil.copy(made_up, tmp_path / name)
    for function in (compare, gains):
        monkeypatch.setitem(inspect.unwrap(function).__kwdefaults__, "worlds", FEW)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    pyplot.close("all")


def with_code():
    """Return the pages that have blocks to run; all but the first are left to one Python."""
    pages = [path for path in PAGES if has_code(path)]
    marks = [(), *(pytest.mark.slow for _ in pages[1:])]
    return [pytest.param(p, marks=m, id=p.stem) for p, m in zip(pages, marks, strict=True)]


@pytest.mark.parametrize("path", with_code())
def test_what_a_page_shows_runs(path, folder):
    run_page(path)


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_every_block_says_what_it_is(path):
    for block in RawFencedCodeBlockLexer(re.compile(r"(?P<info>[^\n]*)\n"))(
        Document(path.read_text(encoding="utf-8"), str(path))
    ):
        info = block.lexemes["info"].strip()
        assert info.startswith("{") or info in LANGUAGES, f"{path}: ```{info}"


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_commands_within_a_sentence_have_the_options_they_name(path):
    for said in re.findall(r"`alliancesim (\w[^`]*)`", path.read_text(encoding="utf-8")):
        name, *words = shlex.split(said)
        command = main.get_command(None, name)
        assert command, f"{path}: {said}"
        options = {each for param in command.params for each in param.opts}
        assert {word for word in words if word.startswith("--")} <= options, f"{path}: {said}"


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_fractions_have_braces(path):
    """Without them what draws the formulas takes all digits as one number."""
    assert re.findall(r"frac\s*\d", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("```python\n1 / 0\n```\n", "division"),
        ("```python\ndef test_it():\n    assert False, 'untrue'\n```\n", "untrue"),
        ("```sh\nalliancesim duties NATO --attacker SYR\n```\n", "--victim"),
        ("```sh\nrm everything\n```\n", "neither run here"),
        ('```toml\nschema_version = 1\nname = "half"\n```\n', "missing"),
        ('% skip: next "no"\n```python\n1 / 0\n```\n', "gives its reason"),
    ],
)
def test_a_page_that_does_not_run_is_noticed(page, complaint, folder):
    path = folder / "page.md"
    path.write_text(page, encoding="utf-8")
    with pytest.raises(Exception, match=complaint):
        run_page(path)


def test_many_worlds_become_few_however_they_are_written():
    for many in (
        "worlds=2000",
        "worlds = 8_000",
        "--worlds 2000",
        "--worlds=2000",
        "WORLDS = 4000",
    ):
        assert smaller(many).endswith(str(FEW))
    for kept in ("worlds=12", "worlds_per_draw=8", "--world 17", "start = 2026-01-01"):
        assert smaller(kept) == kept


def with_sessions():
    """Return the modules that have a session of the interpreter in them."""
    package = Path(alliancesim.__file__).parent
    for path in sorted(package.rglob("*.py")):
        if re.search(r"^\s*>>> ", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            yield ".".join(path.relative_to(package.parent).with_suffix("").parts)


@pytest.mark.parametrize("name", list(with_sessions()))
def test_sessions_in_docstrings_say_what_is_printed(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert not found.failed
