"""The public names of a package, listed once in its stub and imported when first used."""

from __future__ import annotations

import ast
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import lazy_loader  # type: ignore[import-untyped]

__all__ = ["attach"]

_Attached = tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]


def attach(package: str) -> _Attached:
    """Return a package's ``__getattr__``, ``__dir__`` and ``__all__`` from its ``__init__.pyi``.

    `lazy_loader.attach_stub` opens the stub as a file beside the module; here it is read as a
    resource of the package, so that it is found in a zip archive too.

    Parameters
    ----------
    package : str
        Its ``__name__``.
    """
    stub = files(package).joinpath("__init__.pyi").read_text(encoding="utf-8")
    modules: list[str] = []
    names: dict[str, list[str]] = {}
    for node in ast.parse(stub).body:
        if isinstance(node, ast.ImportFrom):
            found = [each.name for each in node.names]
            if node.module:
                names.setdefault(node.module, []).extend(found)
            else:
                modules.extend(found)
    made: _Attached = lazy_loader.attach(package, modules, names)
    return made
