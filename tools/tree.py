"""The package as its sources have it: modules, what each imports, and the boxes they stand in.

A box is a folder directly below the package, or a module that stands there by itself. The
package's own ``__init__`` and ``__main__`` are its doors and stand in no box.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

PACKAGE = Path(__file__).parents[1] / "src" / "alliancesim"
DOORS = ("__init__", "__main__")

Kind = Literal["load", "call", "type"]
"""When an import takes place: as the module loads, when a function is called, for types alone."""


class Import(NamedTuple):
    """A dotted name that a module imports, and when."""

    name: str
    kind: Kind


@cache
def modules(package: Path = PACKAGE) -> dict[str, Path]:
    """Return every module of the package by its name, such as ``law/duties``."""
    return {
        path.relative_to(package).with_suffix("").as_posix(): path
        for path in sorted(package.rglob("*.py"))
    }


def imports(node: ast.AST, kind: Kind = "load") -> Iterator[Import]:
    """Yield what a piece of source imports, wherever the import stands."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        kind = "type"
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and kind == "load":
        kind = "call"
    if isinstance(node, ast.Import):
        yield from (Import(alias.name, kind) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (Import(f"{node.module}.{alias.name}", kind) for alias in node.names)
    for child in ast.iter_child_nodes(node):
        yield from imports(child, kind)


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def module_of(dotted: str, package: Path = PACKAGE) -> str | None:
    """Return the module of the package that a dotted name leads to; None if it is of another."""
    first, *rest = dotted.split(".")
    if first != package.name:
        return None
    there = modules(package)
    for end in range(len(rest), -1, -1):
        name = "/".join(rest[:end])
        for each in (name, f"{name}/__init__".lstrip("/")):
            if each in there:
                return each
    return None


@cache
def edges(package: Path = PACKAGE) -> set[tuple[str, str, Kind]]:
    """Return who imports whom, module by module, and when."""
    return {
        (name, found, each.kind)
        for name, path in modules(package).items()
        for each in imports(parsed(path))
        if (found := module_of(each.name, package)) and found != name
    }


def box_of(module: str) -> str:
    """Return the box of a module, such as ``law`` for ``law/duties``."""
    return module.split("/")[0]


def boxes(package: Path = PACKAGE) -> dict[str, str]:
    """Return each box with the first line of its docstring."""
    there = modules(package)
    found = {}
    for name in dict.fromkeys(map(box_of, there)):
        if name not in DOORS:
            home = there.get(f"{name}/__init__", there.get(name))
            assert home is not None, f"{name} has no __init__"
            found[name] = (ast.get_docstring(parsed(home)) or "").partition("\n")[0]
    return found


def arrows(
    kinds: tuple[Kind, ...] = ("load", "call", "type"), package: Path = PACKAGE
) -> set[tuple[str, str]]:
    """Return pairs of boxes of which the first imports the second."""
    found = {(box_of(one), box_of(other)) for one, other, kind in edges(package) if kind in kinds}
    return {(a, b) for a, b in found if a != b and a not in DOORS and b not in DOORS}
