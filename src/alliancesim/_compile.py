"""Machine code for rules and kernel: marked here, compiled when the engine first needs it.

A function marked `compilable` stays plain Python: agents, notebooks and a debugger call it as it
stands, and nothing is compiled for one world. `compiled` returns its machine code, in which every
compilable function that it calls is compiled too. `alliancesim._cache` keeps it between runs.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import gc
import importlib.util
import os
import sys
import threading
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any, TypeVar, overload

from alliancesim._cache import is_kept, keep

__all__ = [
    "announce",
    "can_compile",
    "compilable",
    "compiled",
    "is_cached",
    "is_compilable",
    "runs_compiled",
    "say",
    "uncollected",
]

_OPTIONS: dict[str, Any] = {"error_model": "numpy", "nogil": True}
_F = TypeVar("_F", bound=Callable[..., Any])

_MARKED: dict[Any, dict[str, Any]] = {}
_MACHINE_CODE: dict[Any, Any] = {}
_SCOPES: dict[str, dict[str, Any]] = {}
_BUILDING = threading.RLock()


@overload
def compilable(function: _F) -> _F: ...
@overload
def compilable(
    *, arrays: bool = ..., inline: bool = ..., machine_code: Callable[..., Any] | None = ...
) -> Callable[[_F], _F]: ...
def compilable(
    function: Any = None,
    *,
    arrays: bool = False,
    inline: bool = False,
    machine_code: Callable[..., Any] | None = None,
) -> Any:
    """Mark a function that the engine compiles; it is returned as it is.

    Parameters
    ----------
    function : callable
        Of numbers, records and arrays; see the page on compiled rules.
    arrays : bool
        Whether it makes arrays of its own. Where it does not, references are not counted, which
        takes a third of the time away; the compiler rejects an array made all the same.
    inline : bool
        Whether it is compiled into its callers: for functions called from one or two places that
        take many arrays, which are then not handed over.
    machine_code : callable, optional
        What is compiled in its place: the same by means that plain Python has not.
    """
    if function is None:
        return functools.partial(
            compilable, arrays=arrays, inline=inline, machine_code=machine_code
        )
    options = dict(_OPTIONS, source=machine_code or function)
    if not arrays:
        options["_nrt"] = False
    if inline:
        options["inline"] = "always"
    _MARKED[function] = options
    return function


def is_compilable(function: object) -> bool:
    """Whether a function is marked as compilable."""
    return function in _MARKED


def runs_compiled(function: _F) -> _F:
    """Mark a loop of many draws: called from Python, it runs as machine code where it can."""
    compilable(arrays=True)(function)

    @functools.wraps(function)
    def run(*arguments: Any) -> Any:
        return compiled(function)(*arguments)

    return run  # type: ignore[return-value]


@functools.cache
def can_compile() -> bool:
    """Whether numba is there and not switched off by ``NUMBA_DISABLE_JIT=1``."""
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0"):
        return False
    return importlib.util.find_spec("numba") is not None


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the machine code of a compilable function, or itself where nothing is compiled."""
    if not can_compile():
        return function
    with _BUILDING:
        return _machine_code(function, entry=True)


def _machine_code(function: Callable[..., Any], *, entry: bool = False) -> Callable[..., Any]:
    """Return a function's machine code; only an entry can be called from Python."""
    if (function, entry) not in _MACHINE_CODE:
        numba, options = _numba(), dict(_MARKED[function])
        source = options.pop("source")
        if not entry:
            options |= {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
        twin = FunctionType(source.__code__, _scope(source), source.__name__, source.__defaults__)
        twin.__module__, twin.__qualname__ = source.__module__, source.__qualname__
        _MACHINE_CODE[function, entry] = numba.njit(**options)(twin)
        if entry:
            # The cache cannot tell one set of options from another; an entry is cached whole.
            keep(_MACHINE_CODE[function, entry], twin)
    machine_code: Callable[..., Any] = _MACHINE_CODE[function, entry]
    return machine_code


def _scope(function: Any) -> dict[str, Any]:
    """Return a module's names, those of compilable functions standing for their machine code."""
    module = function.__module__
    if module not in _SCOPES:
        names = _SCOPES[module] = dict(function.__globals__)
        for name, value in function.__globals__.items():
            if isinstance(value, FunctionType) and value in _MARKED:
                names[name] = _machine_code(value)
    return _SCOPES[module]


def _numba() -> Any:
    # Vector maths from SVML would give other last bits on machines that have it.
    os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")
    import numba

    return numba


def is_cached(function: Callable[..., Any]) -> bool:
    """Whether a function was compiled before from the present sources."""
    return can_compile() and is_kept(function)


def announce(function: Callable[..., Any]) -> None:
    """Say, where a person looks on, that this first use compiles the engine."""
    if can_compile() and not is_cached(function):
        say("compiling the engine, once (about half a minute); it is kept for later runs")


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Compile without collecting garbage, which takes a fifth of the compiler's time.

    What the compiler makes is nearly all kept, so that looking through it frees next to nothing.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def say(message: str) -> None:
    """Print a message to standard error on a terminal or in a notebook, and nowhere else."""
    if sys.stderr.isatty() or hasattr(builtins, "__IPYTHON__"):
        print(f"alliancesim: {message}", file=sys.stderr)
