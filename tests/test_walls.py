"""Who may import whom, read from the sources themselves."""

import ast
import runpy
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import alliancesim

PACKAGE = Path(alliancesim.__file__).parent
# The diagram and these tests go by the same reading of an import.
TREE = runpy.run_path(str(Path(__file__).parents[1] / "tools" / "tree.py"))
HEAVY = (
    *("mesa", "numba", "matplotlib", "pandas", "xarray", "scipy", "scipy.stats", "SALib", "jinja2"),
    *("tqdm", "hypothesis", "gymnasium", "pettingzoo", "starlette", "uvicorn", "anywidget"),
)
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): path for path in PACKAGE.rglob("*.py")
}


def imported(source: str) -> set[str]:
    """Return what a module imports, anywhere, but for its types alone."""
    return {each.name for each in TREE["imports"](ast.parse(source)) if each.kind != "type"}


IMPORTS = {name: imported(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def belongs(name: str, *areas: str) -> bool:
    """Tell whether a dotted name is one of some modules, or in one of some packages."""
    return any(name == area or name.startswith(f"{area}.") for area in areas)


def importers(*areas: str) -> set[str]:
    return {name for name, found in IMPORTS.items() if any(belongs(each, *areas) for each in found)}


def known_to(area: str) -> set[str]:
    """Return what the modules of an area import of the package, outside that area."""
    own = f"alliancesim.{area.replace('/', '.')}"
    return {
        each
        for name, found in IMPORTS.items()
        if name == area or name.startswith(f"{area}/")
        for each in found
        if belongs(each, "alliancesim") and not belongs(each, own)
    }


def test_imports_are_found_wherever_they_stand():
    source = (
        "import a.b\n"
        "if TYPE_CHECKING:\n    import types_only\n"
        "def f():\n    from c import d\n    import e as f\n"
    )
    assert imported(source) == {"a.b", "c.d", "e"}


@pytest.mark.parametrize(
    ("library", "area"),
    [
        ("mesa", "agents/"),
        ("matplotlib", "figures/"),
        ("hypothesis", "testing/"),
        ("gymnasium", "envs/"),
        ("pettingzoo", "envs/"),
        ("starlette", "room/"),
        ("uvicorn", "room/"),
        ("anywidget", "room/"),
    ],
)
def test_a_library_is_known_in_one_folder_alone(library, area):
    found = importers(library)
    assert found
    assert {name for name in found if not name.startswith(area)} == set()


@pytest.mark.parametrize(
    ("area", "below"),
    [
        ("law", {"data", "errors", "levels"}),
        ("rules", {"_compile", "levels"}),
        (
            "engine/kernel",
            {"_compile", "arrays.layout", "chance", "levels", "outcomes.metrics", "rules", "turn"},
        ),
    ],
)
def test_law_rules_and_kernel_know_nobody_above_them(area, below):
    allowed = [f"alliancesim.{each}" for each in below]
    assert {each for each in known_to(area) if not belongs(each, *allowed)} == set()


def test_no_folder_imports_one_above_it_not_even_for_types():
    circles = nx.strongly_connected_components(nx.DiGraph(TREE["arrows"]()))
    assert [sorted(each) for each in circles if len(each) > 1] == []


def test_a_module_with_an_underscore_is_imported_within_its_folder_alone():
    for one, other, _ in TREE["edges"]():
        folder, _, name = other.rpartition("/")
        if name.startswith("_") and name != "__init__":
            within = f"{folder}/" if folder else ""
            assert one.startswith(within), f"{one} imports {other}"


def test_statistics_know_numbers_alone():
    assert known_to("stats") == {"alliancesim.errors.InvalidInput"}


def test_a_jurist_reads_the_law_without_arrays():
    assert {name for name in importers("numpy") if name.startswith("law/")} == set()


def test_engine_and_kernel_know_no_agents():
    below = {name for name in importers("alliancesim.agents") if not name.startswith("agents/")}
    folders = ("engine/", "arrays/", "rules/", "law/", "outcomes/", "scenario/")
    assert not any(name.startswith(folders) for name in below)


def test_the_command_line_is_known_to_nobody():
    found = importers("alliancesim.cli")
    assert {name for name in found if not name.startswith("cli/")} == {"__main__"}


def loaded_by(code: str) -> set[str]:
    """Return which heavy libraries a fresh interpreter has loaded after some code."""
    report = f"import sys; print(*set(sys.modules) & {set(HEAVY)!r})"
    made = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, check=True, text=True
    )
    return set(made.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import alliancesim",
        "import alliancesim; dir(alliancesim)",
        "from alliancesim import Attack, Pair, Scenario, State, Treaty, explain, resolve",
        "import alliancesim; alliancesim.load('smda')",
        "import alliancesim.cli, alliancesim.narrative.wording, alliancesim.narrative.chronicle",
    ],
)
def test_heavy_libraries_wait_until_they_are_used(code):
    assert loaded_by(code) == set()


def test_a_comparison_is_played_and_printed_with_the_compiler_alone():
    played = "import alliancesim as al; played = al.compare('smda', worlds=2)"
    shown = "str(played), played._repr_html_(), played.to_json(), played.warnings"
    assert loaded_by(f"{played}; {shown}") <= {"numba", "scipy"}  # numba looks for SciPy's BLAS
    assert "pandas" in loaded_by(f"{played}; played.means()")
    assert "xarray" in loaded_by(f"{played}; played.data")


def test_the_law_is_read_without_arrays_and_without_what_is_heavy():
    code = "import alliancesim.law, sys; assert 'numpy' not in sys.modules"
    assert loaded_by(code) == set()


def test_a_library_that_is_used_is_seen():
    assert "mesa" in loaded_by("import alliancesim.agents")


def test_one_world_and_its_rules_are_played_without_a_compiler():
    assert loaded_by("import alliancesim.rules.contest, alliancesim.engine.kernel.world") == set()
    world = "import alliancesim as al; str(al.replay('smda', arm='two-member'))"
    assert not loaded_by(world) & {"numba", "matplotlib"}  # Mesa itself loads SciPy


def test_the_public_names_are_few_and_all_there():
    names = [name for name in alliancesim.__all__ if not name.startswith("_")]
    assert len(names) <= 24
    assert names == sorted(names)
    assert all(getattr(alliancesim, name).__doc__ for name in names)
    assert set(names) <= set(dir(alliancesim))


def test_a_name_that_is_not_public_is_no_attribute():
    with pytest.raises(AttributeError, match="besiege"):
        alliancesim.besiege  # noqa: B018
