"""The gallery shows every figure of the package, and every picture that it shows is there."""

import importlib
import inspect
import pkgutil
import re
import runpy
from pathlib import Path

import pytest

from alliancesim import figures

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGE = (DOCS / "gallery.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"```\{image\} (\S+)\n:alt: (.+)\n", PAGE)
RETURNED = ("Axes", "Figure")
GALLERY = runpy.run_path(str(ROOT / "tools" / "gallery.py"))


def drawn():
    """Yield every public function of the package of figures that returns axes or a figure."""
    for module in pkgutil.iter_modules(figures.__path__, "alliancesim.figures."):
        if "._" not in module.name:
            home = importlib.import_module(module.name)
            for name in home.__all__:
                value = getattr(home, name)
                if inspect.isfunction(value) and value.__annotations__["return"] in RETURNED:
                    yield name


def test_every_figure_of_the_package_is_in_the_gallery():
    names = set(drawn())
    assert {"differences", "spread", "shift", "survival", "ladder", "flip", "shapley"} <= names
    assert {name for name in names if not re.search(rf"figures\.(gains\.)?{name}\(", PAGE)} == set()


def test_every_code_of_the_gallery_is_followed_by_its_picture():
    parts = re.split(r"^#{2,3} ", PAGE, flags=re.MULTILINE)[1:]
    shown = [part for part in parts if "```python" in part]
    assert len(shown) == len(PICTURES)
    assert all(part.index("```python") < part.index("```{image}") for part in shown)


@pytest.mark.parametrize(("path", "said"), PICTURES)
def test_a_picture_is_there_small_and_told_to_those_who_cannot_see_it(path, said):
    assert (DOCS / path).stat().st_size > 5000
    assert len(said) > 30


def test_pictures_that_the_script_makes_are_those_that_the_page_shows():
    made = {f"_static/gallery-{name}.png" for name in GALLERY["PICTURES"]}
    assert made == {path for path, _ in PICTURES if "gallery-" in path}
