"""The kit as a user meets it: one file of a few lines, clear words where something is missing."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings

import alliancesim as al
from alliancesim.testing import assert_twin, registration, worlds

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "test-your-treaty.md"


def code_of(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_the_users_test_file_of_the_docs_runs_and_is_short(tmp_path: Path) -> None:
    code = code_of(PAGE, "python")[0]
    assert len(code.strip().splitlines()) <= 15
    file = tmp_path / "test_my_treaty.py"
    file.write_text(code)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_without_hypothesis_the_import_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import alliancesim.testing.conformance\n"
        "from alliancesim.testing import check_treaty"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "pip install hypothesis" in done.stderr


def test_the_kit_names_what_it_has() -> None:
    from alliancesim import testing

    assert {"check_treaty", "treaties", "TreatyLife", "LAWS"} <= set(dir(testing))
    with pytest.raises(AttributeError, match="nothing"):
        testing.nothing  # noqa: B018


registration.register()


@settings(max_examples=10, deadline=None)
@given(world=worlds(max_seed=7, max_world=99))
def test_worlds_are_drawn_within_their_bounds(world: dict[str, int]) -> None:
    assert world["seed"] <= 7
    assert world["world"] <= 99


def test_hypothesis_finds_the_hook_where_the_package_is_installed() -> None:
    found = [one for one in entry_points(group="hypothesis") if one.name == "alliancesim"]
    if not found:
        pytest.skip("the package is not installed")
    assert found[0].load() is registration.register


def test_the_twin_of_the_smda_world_is_the_engines() -> None:
    assert_twin(al.load("smda"), ["two-member"], worlds=1, seed=3)


def test_a_twin_that_differs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from alliancesim import agents
    from alliancesim.engine import play as engine

    scenario = al.load("smda")
    tally = engine.play(scenario, ["two-member"], worlds=1, seed=3)
    world = tally.world.copy()
    world["disputes"] += 1
    wrong = attrs.evolve(tally, world=world)
    monkeypatch.setattr(agents, "play", lambda *_, **__: wrong)
    with pytest.raises(AssertionError, match="disputes differs in world 0, arm two-member"):
        assert_twin(scenario, ["two-member"], worlds=1, seed=3)
