"""How the rules are compiled: one decorator, one cache that notices every edit.

Numba's own cache looks only at the file a function stands in, so an edit to a rule would leave
the engine that calls it stale. Here the cache folder is named after the text of every compiled
module, and after the options below.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

# Vector maths from SVML would give other last bits on machines that have it.
os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")

import numba
from platformdirs import user_cache_path

__all__ = ["announce", "cache_folder", "compiled", "interpreted", "is_cached"]

_OPTIONS = {"error_model": "numpy", "nogil": True, "cache": True}
_PACKAGE = Path(__file__).parent
_F = TypeVar("_F", bound=Callable[..., Any])


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{numba.__version__} {sys.version_info[:2]} {_OPTIONS}".encode())
    names = ["_compile.py", "chance.py", "outcomes/metrics.py", "turn.py"]
    sources = [_PACKAGE / name for name in names]
    sources += sorted(_PACKAGE.glob("rules/*.py")) + sorted(_PACKAGE.glob("kernel/*.py"))
    sources.append(_PACKAGE / "catalogue" / "parameters.toml")
    for source in sources:
        if source.exists():
            digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Return the folder of compiled code that belongs to the present sources."""
    base = os.environ.get("NUMBA_CACHE_DIR")
    root = Path(base) if base else user_cache_path("alliancesim")
    return root / f"compiled-{_fingerprint()}"


_FOLDER = cache_folder()


def compiled(function: _F) -> _F:
    """Compile a scalar rule or a kernel; plain Python where ``NUMBA_DISABLE_JIT=1``."""
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(_FOLDER)
    try:
        result: _F = numba.njit(**_OPTIONS)(function)
    finally:
        numba.config.CACHE_DIR = before
    return result


def interpreted() -> bool:
    """Tell whether compiled functions run as plain Python in this process."""
    return bool(numba.config.DISABLE_JIT)


def is_cached() -> bool:
    """Tell whether the engine was compiled before from the present sources."""
    return any(_FOLDER.glob("**/*.nbc"))


def announce() -> None:
    """Say on a terminal, once, that a first use compiles the engine."""
    if not interpreted() and sys.stderr.isatty() and not is_cached():
        print("alliancesim: compiling the engine, once (about half a minute) ...", file=sys.stderr)
