"""Count the figures by which the tree is judged, of this checkout and of others beside it.

``python tools/count.py [PACKAGE ...]`` prints a row a figure and a column a package; the package of
this checkout by default. A PACKAGE is a folder such as ``/elsewhere/src/alliancesim``.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import tree

LONG = 250
EVERY: dict[str, tuple[tree.Kind, ...]] = {
    "at load": ("load",),
    "with imports inside functions": ("load", "call"),
    "with imports for types": ("load", "call", "type"),
}


def circles(pairs: set[tuple[str, str]]) -> str:
    """Say how many groups of nodes reach each other, and how large they are."""
    found = nx.strongly_connected_components(nx.DiGraph(pairs))
    sizes = sorted((len(group) for group in found if len(group) > 1), reverse=True)
    return f"{len(sizes)} ({', '.join(map(str, sizes))})" if sizes else "0"


def defined(module: ast.Module) -> Iterator[str]:
    """Yield the names that a module defines at its top level."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def repeated(package: Path) -> int:
    """Return how many public top-level names are defined in more than one module."""
    times = Counter(
        name
        for path in tree.modules(package).values()
        for name in set(defined(tree.parsed(path)))
        if not name.startswith("_")
    )
    return sum(many > 1 for many in times.values())


def bound(package: Path, folder: str) -> set[str]:
    """Return the parameters that modules of a folder, wherever it stands, read by name."""
    raw = tomllib.loads((package / "catalogue" / "parameters.toml").read_text(encoding="utf-8"))
    return set(raw) & {
        node.attr
        for name, path in tree.modules(package).items()
        if folder in name.split("/")[:-1]
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Attribute)
    }


def documented(package: Path) -> str:
    """Say how many public modules, classes, functions and methods have a docstring."""
    with_one = [
        bool(ast.get_docstring(node))
        for name, path in tree.modules(package).items()
        if not any(part.startswith("_") and part not in tree.DOORS for part in name.split("/"))
        for node in public(tree.parsed(path))
    ]
    return f"{sum(with_one)} of {len(with_one)} ({sum(with_one) / len(with_one):.1%})"


def public(node: ast.AST) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef]:
    """Yield a module or class, and what is public in it, but for overloads and what is nested."""
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
        yield node
    if isinstance(node, ast.Module | ast.ClassDef):
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef) and child.name[0] != "_":
                yield from public(child)


def figures(package: Path) -> dict[str, object]:
    """Return the figures of a package by name."""
    paths = tree.modules(package)
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in paths.items()}
    boxes = [box for box in dict.fromkeys(map(tree.box_of, paths)) if box not in tree.DOORS]
    folders = [box for box in boxes if (package / box).is_dir()]
    found: dict[str, object] = {
        "modules": len(paths),
        "lines": sum(lines.values()),
        f"modules over {LONG} lines": sum(many > LONG for many in lines.values()),
        "folders": len(folders),
        "loose modules": len(boxes) - len(folders),
    }
    edges = tree.edges(package)
    for when, kinds in EVERY.items():
        found[f"arrows between boxes {when}"] = len(tree.arrows(kinds, package))
        found[f"circles of boxes {when}"] = circles(tree.arrows(kinds, package))
        pairs = {(one, other) for one, other, kind in edges if kind in kinds}
        found[f"circles of modules {when}"] = circles(pairs)
    both = bound(package, "kernel") & bound(package, "agents")
    return found | {
        "public names defined in more than one module": repeated(package),
        "parameters read by kernel and agents alike": len(both),
        "public docstrings": documented(package),
    }


def main(packages: list[Path]) -> None:
    """Print the figures side by side."""
    columns = [figures(package) for package in packages]
    for name in columns[0]:
        print(f"{name:55}" + "".join(f"{column[name]!s:>32}" for column in columns))


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]] or [tree.PACKAGE])
