"""The benchmarks' modules, which stand beside the package and not in it."""

import importlib
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="session")
def benchmark():
    """Import a module of the benchmarks by its name."""

    def load(name):
        sys.path.insert(0, str(FOLDER))
        try:
            return importlib.import_module(name)
        finally:
            sys.path.remove(str(FOLDER))

    return load
