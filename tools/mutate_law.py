"""Change the code of the law, one place at a time, and see whether a test notices.

Run with ``python tools/mutate_law.py [--sample N] [--seed S] [--only MODULE ...]``. Each mutant is
one change of one expression: a comparison, ``and`` or ``or``, ``not``, a condition, ``any`` or
``all``, ``min`` or ``max``, an addition, a number, a flag. It runs in a process of its own, in
which the changed module stands for the right one; the quickest tests run first, and the first that
fails ends the run. It prints each mutant that no test noticed, and the share noticed.

Words are left out: the modules and functions that only tell what the law found, and the mistakes
that the testing kit makes on purpose. So are the messages of errors.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAW = ROOT / "src" / "alliancesim" / "law"
TOLD = {"in_words", "told", "__str__", "in_words_of_case", "wrong_encodings", "explain", "near"}
TOLD_MODULES = {"__init__", "text", "explain", "mistakes"}
TESTS = (
    ("boundaries", "answers", "algebra", "dates", "several"),
    ("conformance", "clauses", "files", "blocks"),
    ("effects", "life", "laws"),
)
SLOW = (
    "not generated and not strategies and not refused_and_nothing and not is_noticed_or_explained"
)
LIMIT = 120
"""Seconds of computing after which a mutant is taken to run for ever, and so to be noticed."""

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
NAMED = {"any": "all", "all": "any", "min": "max", "max": "min"}


class Mutant:
    """One change: the module, the place, and the changed source."""

    def __init__(self, path: Path, line: int, words: str, source: str) -> None:
        self.path, self.line, self.words, self.source = path, line, words, source

    def __str__(self) -> str:
        """Return the place and the change."""
        return f"{self.path.name}:{self.line}: {self.words}"


def changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], ast.AST]]]:
    """Yield the changes of one node: in words, and the node that takes its place."""
    if isinstance(node, ast.Compare):
        new = COMPARED[type(node.ops[0])]
        yield f"{type(node.ops[0]).__name__} to {new.__name__}", lambda one: compared(one, new)
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"to {other.__name__}", lambda one: ast.BoolOp(other(), one.values)
        yield (
            "without its last part",
            lambda one: (
                ast.BoolOp(one.op, one.values[:-1]) if len(one.values) > 2 else one.values[0]
            ),
        )
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "without not", lambda one: one.operand
    elif isinstance(node, (ast.If, ast.IfExp)):
        yield "condition turned round", turned
    elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        other_op = ast.Sub if isinstance(node.op, ast.Add) else ast.Add
        yield f"to {other_op.__name__}", lambda one: ast.BinOp(one.left, other_op(), one.right)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMED:
        name = NAMED[node.func.id]
        yield f"to {name}", lambda one: ast.Call(ast.Name(name), one.args, one.keywords)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"to {not node.value}", lambda one: ast.Constant(not one.value)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value} to {node.value + 1}", lambda one: ast.Constant(one.value + 1)
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "without its filter", lambda one: ast.comprehension(one.target, one.iter, [], 0)


def compared(node: ast.AST, new: type[ast.cmpop]) -> ast.AST:
    """Return a comparison with another operator in the place of its first."""
    changed = copy.copy(node)
    changed.ops = [new(), *node.ops[1:]]
    return changed


def turned(node: ast.AST) -> ast.AST:
    """Return a branch with its condition turned round."""
    changed = copy.copy(node)
    changed.test = ast.UnaryOp(ast.Not(), node.test)
    return changed


def left_out(tree: ast.Module) -> set[ast.AST]:
    """Return the nodes that are left out: words, messages, annotations and decorators."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        told = isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in TOLD
        if told or isinstance(node, (ast.Raise, ast.JoinedStr)):
            found |= set(ast.walk(node))
        for name in ("annotation", "returns"):
            if isinstance(getattr(node, name, None), ast.AST):
                found |= set(ast.walk(getattr(node, name)))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            found |= set(ast.walk(node))
        for decorator in getattr(node, "decorator_list", []):
            found |= set(ast.walk(decorator))
    return found


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield the mutants of a module."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    skipped = left_out(tree)
    for node in ast.walk(tree):
        for field, old in ast.iter_fields(node):
            for place, child in enumerate(old) if isinstance(old, list) else [(None, old)]:
                if not isinstance(child, ast.AST) or child in skipped:
                    continue
                for words, change in changes(child):
                    put(node, field, place, change(child))
                    text = ast.unparse(ast.fix_missing_locations(tree))
                    put(node, field, place, child)
                    line = getattr(child, "lineno", getattr(node, "lineno", 0))
                    yield Mutant(path, line, words, text)


def put(node: ast.AST, field: str, place: int | None, child: ast.AST) -> None:
    """Put a node in a place of its parent."""
    if place is None:
        setattr(node, field, child)
    else:
        getattr(node, field)[place] = child


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the changed module in the place of the right one."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = f"alliancesim.law.{mutant.path.stem}"

    def find_spec(self, name: str, _: object, __: object = None) -> object:
        """Return where the module comes from; None for every other."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.mutant.path, loader=self)

    def exec_module(self, module: object) -> None:
        """Run the changed source as the module."""
        exec(compile(self.mutant.source, str(self.mutant.path), "exec"), module.__dict__)


def noticed(mutant: Mutant, stages: int, queue: object) -> None:
    """Tell whether a test fails with the mutant in place."""
    import pytest

    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.chdir(ROOT)
    sys.meta_path.insert(0, Changed(mutant))
    for stage in TESTS[:stages]:
        files = [f"tests/law/test_{name}.py" for name in stage]
        options = ["-x", "-q", "-n0", "--assert=plain", "-p", "no:cacheprovider", "-k", SLOW]
        if pytest.main([*options, *files]):
            queue.put(True)
            return
    queue.put(False)


def verdict(mutant: Mutant, stages: int) -> bool:
    """Return whether the mutant is noticed by the first stages of tests."""
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    process = context.Process(target=noticed, args=(mutant, stages, queue))
    process.start()
    process.join()
    return queue.get() if not queue.empty() else True


def main() -> int:
    """Print the mutants that no test noticed, and the share noticed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, help="how many mutants; all without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", help="modules, such as duties")
    parser.add_argument("--stages", type=int, default=len(TESTS), help="how many stages of tests")
    given = parser.parse_args()
    paths = [one for one in sorted(LAW.glob("*.py")) if one.stem not in TOLD_MODULES]
    every = [one for p in paths if not given.only or p.stem in given.only for one in mutants(p)]
    chosen = every
    if given.sample is not None and given.sample < len(every):
        chosen = sorted(random.Random(given.seed).sample(every, given.sample), key=str)
    print(f"{len(every)} mutants, {len(chosen)} tried", flush=True)
    if verdict(Mutant(paths[0], 0, "no change", paths[0].read_text("utf-8")), given.stages):
        print("the tests fail without a change")
        return 2
    started, alive = time.monotonic(), 0
    for one in chosen:
        if not verdict(one, given.stages):
            alive += 1
            print(f"not noticed: {one}", flush=True)
    share = 1 - alive / max(1, len(chosen))
    print(f"{share:.1%} of {len(chosen)} noticed, {time.monotonic() - started:.0f} s")
    return int(share < 0.9)


if __name__ == "__main__":
    sys.exit(main())
