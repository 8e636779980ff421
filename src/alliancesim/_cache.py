"""Where machine code is kept between runs: a folder named after everything that it is made of.

Numba's own cache looks only at the file a function stands in, so an edit to a rule would leave the
engine that calls it stale. Here the folder's name has a digest of the text of every compilable
module. A folder that was filled by another user is read where it cannot be written; where nothing
can be kept the engine is compiled each time, and that is said once.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import os
import shutil
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

__all__ = ["cache_folder", "is_kept", "keep"]

_MODULES = ("_compile.py", "arrays/layout.py", "chance.py", "levels.py", "turn.py")
_FOLDERS = ("rules", "engine/kernel")
_OTHERS = ("outcomes/metrics.py", "catalogue/parameters.toml")
_KEPT, _DAYS = 8, 30
"""Folders of other versions that are left alone: so many, and all that were used in these days."""


def _sources() -> Iterator[Traversable]:
    package = files(__package__)
    for name in (*_MODULES, *_OTHERS):
        yield package.joinpath(*name.split("/"))
    for name in _FOLDERS:
        folder = package.joinpath(*name.split("/"))
        found = [each for each in folder.iterdir() if each.name.endswith(".py")]
        yield from sorted(found, key=lambda each: each.name)


@functools.cache
def _fingerprint() -> str:
    """Return a digest of all that the machine code depends on, in an archive too."""
    versions = [importlib.metadata.version(each) for each in ("numba", "llvmlite", "numpy")]
    digest = hashlib.sha256(f"{versions} {sys.version_info[:2]}".encode())
    for source in _sources():
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Return the folder of compiled code that belongs to the present sources."""
    base = os.environ.get("NUMBA_CACHE_DIR")
    root = Path(base) if base else user_cache_path("alliancesim")
    return root / f"compiled-{_fingerprint()}"


def is_kept(function: Any) -> bool:
    """Whether a function's machine code was kept before, from the present sources."""
    name = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"
    try:
        return any(cache_folder().glob(f"**/{name}-*.nbc"))
    except OSError:
        return False


def keep(dispatcher: Any, function: Any) -> None:
    """Let a function that numba compiles be kept in the folder, or read from it."""
    dispatcher._cache = _cache_class()(function)


@functools.cache
def _say_once(problem: str) -> None:
    print(
        f"alliancesim: compiled code cannot be kept in {cache_folder().parent} ({problem}): "
        "each run compiles it; NUMBA_CACHE_DIR may name another folder",
        file=sys.stderr,
    )


@functools.cache
def _cache_class() -> type[Any]:
    """Return numba's cache of functions, with our folder and without its errors."""
    from numba.core import caching

    class Locator(caching._CacheLocator):  # type: ignore[misc]
        """Finds the folder; that a function is as it was is the folder's own name."""

        def __init__(self, function: Any) -> None:
            self._py_file = function.__code__.co_filename
            self._line = function.__code__.co_firstlineno
            self._package = function.__module__.rpartition(".")[0]

        def get_cache_path(self) -> str:
            return str(cache_folder() / self._package)

        def get_source_stamp(self) -> str:
            return _fingerprint()

        def get_disambiguator(self) -> str:
            return str(self._line)

        @classmethod
        def from_function(cls, function: Any, _: str) -> Locator:
            return cls(function)

    class Implementation(caching.CompileResultCacheImpl):  # type: ignore[misc]
        _locator_classes = (Locator,)

        def __init__(self, function: Any) -> None:
            before, caching.config.CACHE_LOCATOR_CLASSES = (
                getattr(caching.config, "CACHE_LOCATOR_CLASSES", ""),
                "",
            )
            try:
                super().__init__(function)
            finally:
                caching.config.CACHE_LOCATOR_CLASSES = before

    class Kept(caching.FunctionCache):  # type: ignore[misc]
        _impl_class = Implementation

        def load_overload(self, signature: Any, context: Any) -> Any:
            """Return what was kept; what is damaged or cannot be read is compiled again."""
            try:
                return super().load_overload(signature, context)
            except OSError:
                return None
            except Exception:  # whatever a damaged file makes of its reader
                with contextlib.suppress(OSError):
                    self.flush()
                return None

        def save_overload(self, signature: Any, code: Any) -> None:
            """Keep machine code, or say that it cannot be kept."""
            try:
                new = not cache_folder().exists()
                super().save_overload(signature, code)
                if new:
                    _prune()
            except Exception as error:  # such as a source edited meanwhile: no run is lost by it
                self.disable()
                _say_once(getattr(error, "strerror", None) or str(error)[:200])

    return Kept


def _prune() -> None:
    """Remove what older versions kept, but for the newest folders and all that are recent."""
    here = cache_folder()
    recent = time.time() - _DAYS * 86400
    try:
        others = [each for each in here.parent.glob("compiled-*") if each != here]
        others.sort(key=lambda each: each.stat().st_mtime, reverse=True)
        for folder in others[_KEPT:]:
            if folder.stat().st_mtime < recent:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return
