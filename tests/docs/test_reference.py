"""Every public name is in the reference: names, options of commands, metrics, parameters."""

import importlib
import inspect
import pkgutil
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import alliancesim
from alliancesim.cli import main
from alliancesim.outcomes.metrics import METRICS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in REFERENCE.glob("*.md")}
DIRECTIVE = re.compile(
    r"^\.\. auto(\w+):: (alliancesim[\w.]*)\n((?:   :[\w-]+:.*\n)*)", flags=re.MULTILINE
)

# What users call. Modules inside packages are reached through these.
PUBLIC = (
    "alliancesim",
    "alliancesim.agents",
    "alliancesim.campaign",
    "alliancesim.catalogue",
    "alliancesim.coalition_value",
    "alliancesim.comparison",
    "alliancesim.data.circumstance",
    "alliancesim.data.quantity",
    "alliancesim.data.state",
    "alliancesim.datasets",
    "alliancesim.datasets.nmc",
    "alliancesim.envs",
    "alliancesim.errors",
    "alliancesim.figures",
    "alliancesim.history",
    "alliancesim.law",
    "alliancesim.narrative",
    "alliancesim.narrative.chronicle",
    "alliancesim.outcomes",
    "alliancesim.outcomes.dataset",
    "alliancesim.outcomes.metrics",
    "alliancesim.report",
    "alliancesim.room",
    "alliancesim.rules",
    "alliancesim.scenario",
    "alliancesim.scenario.sources",
    "alliancesim.seats",
    "alliancesim.stats.paired",
    "alliancesim.testing",
    "alliancesim.testing.conformance",
    "alliancesim.validation.oracles",
    "alliancesim.validation.patterns",
)
# How it is made: read by those who change it, and free to change.
INSIDE = ("arrays", "chance", "cli", "engine", "levels", "turn")


# Classes of these modules need libraries of an extra, and are left out where it is not installed.
OF_AN_EXTRA = {
    "alliancesim.envs": "gymnasium",
    "alliancesim.room": "starlette",
    "alliancesim.room.cell": "anywidget",
}


def is_there(name):
    """Tell whether what a dotted name needs is installed."""
    needed = [each for module, each in OF_AN_EXTRA.items() if name.startswith(module)]
    return all(find_spec(each) for each in needed)


def directives():
    """Yield what the pages document: the kind, the object, its dotted name and its options."""
    for text in PAGES.values():
        for kind, name, options in DIRECTIVE.findall(text):
            if is_there(name):
                yield kind, *found(name), options


def found(name):
    """Return an object by its dotted name, and where it was found."""
    home, _, last = name.rpartition(".")
    try:
        return getattr(importlib.import_module(home), last), name
    except (ImportError, AttributeError):
        return importlib.import_module(name), name


def documented():
    """Return the objects documented, and the dotted names, for those that are mere values."""
    objects, names = [], set()
    for kind, value, name, options in directives():
        names.add(name)
        objects.append(value)
        if kind == "module" and ":members:" in options:
            listed = re.search(r":members:(.*)", options)[1].replace(" ", "")
            for each in listed.split(",") if listed else value.__all__:
                names.add(f"{name}.{each}")
                objects.append(getattr(value, each))
    return objects, names


def undocumented(module):
    """Yield what is neither documented nor, if it is a mere value or a type's name, told of."""
    home = importlib.import_module(module)
    objects, names = documented()
    for name in (each for each in home.__all__ if not each.startswith("_")):
        value = getattr(home, name)
        there = f"{module}.{name}" in names
        if inspect.isroutine(value) or inspect.isclass(value) or hasattr(value, "cache_info"):
            there = there or any(value is each for each in objects)
        else:
            there = there or any(f"`{name}`" in text for text in PAGES.values())
        if not there:
            yield name


@pytest.mark.parametrize("module", PUBLIC)
def test_every_public_name_of_a_module_is_in_the_reference(module):
    if not is_there(module):
        pytest.skip(f"{module} needs an extra that is not installed")
    assert list(undocumented(module)) == []


def drawn():
    """Yield every public function of the modules of figures that draws on axes."""
    modules = pkgutil.walk_packages(alliancesim.__path__, "alliancesim.")
    for name in (
        each.name for each in modules if re.match(r"alliancesim\.figures(\.[a-z]|$)", each.name)
    ):
        for value in vars(importlib.import_module(name)).values():
            own = inspect.isfunction(value) and value.__module__ == name
            if own and value.__name__[0] != "_" and "ax" in inspect.signature(value).parameters:
                yield value


def test_every_figure_is_in_the_reference():
    objects, _ = documented()
    assert [each.__qualname__ for each in drawn() if each not in objects] == []


def test_every_module_is_public_or_inside():
    there = {each.name for each in pkgutil.iter_modules(alliancesim.__path__)}
    named = {name.split(".")[1] for name in PUBLIC if "." in name} | set(INSIDE)
    assert {each for each in there if not each.startswith("_")} == named


def test_classes_with_methods_of_their_own_show_them():
    hidden = [
        name
        for kind, value, name, options in directives()
        if kind == "class" and ":members:" not in options and list(methods(value))
    ]
    assert hidden == []


def methods(cls):
    """Yield the public methods and properties that a class defines itself."""
    for name, value in vars(cls).items():
        if not name.startswith("_") and (
            inspect.isfunction(value) or isinstance(value, property | classmethod | staticmethod)
        ):
            yield name


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_a_section_that_lists_its_options(name):
    _, _, section = PAGES["command-line"].partition(f"\n## `alliancesim {name}")
    section, _, _ = section.partition("\n## ")
    assert section
    options = [each for each in main.commands[name].params if each.param_type_name == "option"]
    assert [each.name for each in options if not each.help] == []
    assert not options or f'options("{name}")' in section


def test_metrics_of_every_level_are_listed():
    listed = re.findall(r'table\("(\w+)"\)', PAGES["metrics"])
    assert {each.level for each in METRICS.values()} == set(listed)
