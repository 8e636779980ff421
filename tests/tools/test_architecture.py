"""The diagram is drawn from the sources: boxes, their words, and who imports whom."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
architecture, tree = map(importlib.import_module, ("architecture", "tree"))


@pytest.fixture
def small(tmp_path):
    """A package of three boxes: a folder, and two modules by themselves."""
    package = tmp_path / "small"
    (package / "above").mkdir(parents=True)
    (package / "__init__.py").write_text('"""The package."""\n')
    (package / "above" / "__init__.py").write_text('"""What stands above.\n\nMore."""\n')
    (package / "above" / "one.py").write_text(
        "import numpy\nfrom small.below import name\n\ndef f():\n    from small import aside\n"
    )
    (package / "below.py").write_text('"""What stands below."""\nname = 1\n')
    (package / "aside.py").write_text(
        '"""What stands aside."""\nif TYPE_CHECKING:\n    from small.above.one import f\n'
    )
    return package


def test_boxes_are_folders_and_loose_modules_with_their_own_words(small):
    assert tree.boxes(small) == {
        "above": "What stands above.",
        "aside": "What stands aside.",
        "below": "What stands below.",
    }


def test_an_import_is_told_by_when_it_takes_place(small):
    assert tree.edges(small) == {
        ("above/one", "below", "load"),
        ("above/one", "aside", "call"),
        ("aside", "above/one", "type"),
    }


def test_arrows_run_between_boxes_and_not_within_them(small):
    assert tree.arrows(("load",), small) == {("above", "below")}
    assert tree.arrows(package=small) == {
        ("above", "below"),
        ("above", "aside"),
        ("aside", "above"),
    }


def test_every_box_of_the_package_is_drawn_above_what_it_builds_on():
    found = architecture.graph()
    height = {box: k for k, row in enumerate(architecture.floors(found)) for box in row}
    assert set(height) == set(tree.boxes())
    assert all(height[one] < height[other] for one, other in found.edges)


def test_every_box_says_in_a_line_what_it_holds():
    assert [box for box, words in tree.boxes().items() if not words.endswith(".")] == []


def test_the_picture_has_the_name_of_every_box_and_a_dot_an_import():
    (boxes,), (table,) = (figure.axes for figure in architecture.draw().values())
    assert set(tree.boxes()) <= {text.get_text() for text in boxes.texts}
    assert len(table.lines) == architecture.graph().number_of_edges()
