"""Arguments of public functions, checked against their annotations before anything is done.

A function that is `checked` takes what its annotations say and rejects anything else by the name of
the argument. Scalars of numpy become Python's; any series of values, such as a column of pandas,
stands for a sequence.
"""

from __future__ import annotations

import ast
import datetime as dt
import functools
import importlib
import inspect
import math
import os
import sys
import types
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from alliancesim.data.checks import as_plain, kind_of
from alliancesim.data.names import hint, listed
from alliancesim.errors import InvalidInput

__all__ = ["checked"]

_T = TypeVar("_T", bound=Callable[..., Any])
_Convert = Callable[[Any], Any]


class _NotThisError(Exception):
    """A value is not what an annotation says; holds the words for what would be, and a hint."""


def checked(function: _T) -> _T:
    """Return a function, or a class with all its public methods, whose arguments are checked.

    Parameters
    ----------
    function : callable or type
        With annotations of every argument.

    Raises
    ------
    InvalidInput
        When it is called with an argument that its annotation does not allow.
    """
    if isinstance(function, type):
        for name, method in list(vars(function).items()):
            if not name.startswith("_"):
                if isinstance(method, types.FunctionType):
                    setattr(function, name, checked(method))
                elif isinstance(method, classmethod | staticmethod):
                    setattr(function, name, type(method)(checked(method.__func__)))
        return function

    @functools.wraps(function)
    def run(*arguments: Any, **named: Any) -> Any:
        names, converters, more, rest = _converters(function)
        given = [
            _converted(name, converters.get(name), value)
            for name, value in zip(names, arguments, strict=False)
        ]
        others = {
            name: _converted(name, converters.get(name, None if name in names else rest), value)
            for name, value in named.items()
        }
        given += [_converted(more[0], more[1], value) for value in arguments[len(names) :]]
        return function(*given, **others)

    return run  # type: ignore[return-value]


def _converted(name: str, convert: _Convert | None, value: Any) -> Any:
    if convert is None:
        return value
    try:
        return convert(value)
    except _NotThisError as error:
        allowed, near = error.args
        given = repr(value)[:60] if isinstance(value, str) else kind_of(value)
        raise InvalidInput(f"{given} cannot be used{near}", where=name, allowed=allowed) from None


@functools.cache
def _converters(
    function: Callable[..., Any],
) -> tuple[tuple[str, ...], dict[str, _Convert], tuple[str, _Convert | None], _Convert | None]:
    """Return the names of positional arguments, and what converts each argument.

    The third is the name and the converter of further positional ones, the last of named ones.
    """
    scope = _Scope(function)
    positional, found, rest = [], {}, None
    more: tuple[str, _Convert | None] = ("", None)
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            positional.append(name)
        annotation = parameter.annotation
        if annotation is parameter.empty:
            continue
        if isinstance(annotation, str):
            annotation = eval(annotation, {"__builtins__": {}}, scope)
        convert = _converter(annotation)
        if parameter.kind is parameter.VAR_KEYWORD:
            rest = convert
        elif parameter.kind is parameter.VAR_POSITIONAL:
            more = (name, convert)
        elif convert is not None:
            found[name] = convert
    return tuple(positional), found, more, rest


class _Scope(dict[str, Any]):
    """The names that a function's annotations may use, those imported for types alone too."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__()
        module = sys.modules[function.__module__]
        self._globals = vars(module)
        self._types = _type_imports(module)

    def __missing__(self, name: str) -> Any:
        if name in self._globals:
            return self._globals[name]
        if name in self._types:
            return _elsewhere(*self._types[name])
        return getattr(sys.modules["builtins"], name, Any)  # an alias made for types alone


@functools.cache
def _type_imports(module: types.ModuleType) -> dict[str, tuple[str, str]]:
    """Return what a module imports for its types alone: by name, the module and the name there."""
    found = {}
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for each in node.body:
                for alias in getattr(each, "names", ()):
                    name = alias.asname or alias.name
                    if isinstance(each, ast.ImportFrom):
                        found[name] = (str(each.module), alias.name)
                    elif isinstance(each, ast.Import):
                        found[name] = (alias.name, "")
    return found


class _Elsewhere(type):
    """A class of another library, which is not loaded for its sake."""

    place: tuple[str, str]

    def __instancecheck__(cls, value: object) -> bool:
        module, name = cls.place
        if module not in sys.modules:
            return False
        real = attrgetter(name)(sys.modules[module])
        return isinstance(value, real) if isinstance(real, type) else True

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        module, path = cls.place
        return _elsewhere(module, f"{path}.{name}" if path else name)

    def __getitem__(cls, _: object) -> Any:
        return cls


def _elsewhere(module: str, name: str) -> Any:
    """Return a name of this library, or a stand-in for that of another."""
    if module.partition(".")[0] == __name__.partition(".")[0] and name:
        return getattr(importlib.import_module(module), name, Any)
    if module in ("typing", "collections.abc", "os", "pathlib", "datetime") and name:
        return getattr(importlib.import_module(module), name)
    return _Elsewhere(name.rpartition(".")[2] or module, (), {"place": (module, name)})


def _converter(annotation: Any) -> _Convert | None:
    """Return what converts a value to an annotation's type, or None where all are allowed."""
    if annotation is Any or annotation is object or isinstance(annotation, TypeVar):
        return None
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        found = [_converter(part) for part in parts]
        return _any_of([each for each in found if each is not _text or _path not in found])
    if origin is typing.Literal:
        return functools.partial(_literal, parts)
    if origin is type or annotation is type:
        return functools.partial(_instance, type, "a class")
    if origin is not None and isinstance(origin, type):
        return _generic(origin, parts)
    if isinstance(annotation, type):
        if issubclass(annotation, os.PathLike):
            return _path
        if vars(annotation).get("_is_protocol"):
            return functools.partial(_alike, annotation)
        return functools.partial(_instance, annotation, _named(annotation))
    return functools.partial(_instance, Callable, "a function") if annotation is Callable else None  # type: ignore[comparison-overlap]


def _named(cls: type) -> str:
    name = cls.__name__
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _instance(cls: Any, words: str, value: Any) -> Any:
    if not isinstance(value, cls):
        raise _NotThisError(words, "")
    return value


def _alike(protocol: type, value: Any) -> Any:
    """Return a value that has what a protocol asks for."""
    names = [*vars(protocol), *vars(protocol).get("__annotations__", {})]
    if not all(hasattr(value, name) for name in names if not name.startswith("_")):
        raise _NotThisError(f"what a {protocol.__name__} has", "")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _NotThisError("a text", "")
    return str(value)


def _whole(value: Any) -> int:
    plain = as_plain(value)
    if type(plain) is bool or not isinstance(plain, int):
        raise _NotThisError("a whole number", "")
    return plain


def _number(value: Any) -> float:
    plain = as_plain(value)
    try:
        if type(plain) is not bool and isinstance(plain, int | float) and not math.isnan(plain):
            return plain
    except OverflowError:  # a whole number beyond what a float holds
        pass
    raise _NotThisError("a number", "")


def _flag(value: Any) -> bool:
    plain = as_plain(value)
    if not isinstance(plain, bool):
        raise _NotThisError("true or false", "")
    return plain


def _date(value: Any) -> dt.date:
    if type(value) is not dt.date:
        raise _NotThisError("a date, as datetime.date(2026, 1, 1)", "")
    return value


def _path(value: Any) -> Any:
    name = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(name, str) or "\0" in name or max(map(len, name.split(os.sep))) > 255:
        raise _NotThisError("a file's path", "")
    return value


def _nothing(value: Any) -> None:
    if value is not None:
        raise _NotThisError("None", "")


_SCALARS: dict[Any, _Convert] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _flag,
    dt.date: _date,
    Path: _path,
    None: _nothing,
    types.NoneType: _nothing,
}


def _any_of(converters: Sequence[_Convert | None]) -> _Convert | None:
    """Return what takes the first of several types that fits."""
    if None in converters:
        return None

    def convert(value: Any) -> Any:
        words, near = [], ""
        for each in converters:
            try:
                return each(value)  # type: ignore[misc]
            except _NotThisError as error:
                words.append(error.args[0])
                near = near or error.args[1]
        raise _NotThisError(" or ".join(dict.fromkeys(words)), near)

    return convert


def _literal(allowed: Sequence[Any], value: Any) -> Any:
    words = [str(each) for each in allowed]
    if not isinstance(value, str | int) or value not in allowed:
        raise _NotThisError(listed(words), hint(value, words) if isinstance(value, str) else "")
    return value


def _generic(origin: type, parts: Sequence[Any]) -> _Convert | None:
    """Return what converts sequences, mappings and functions."""
    if issubclass(origin, Mapping):
        return functools.partial(_mapping, *(_converter(part) for part in parts))
    if origin is tuple and parts[-1:] != (Ellipsis,):
        return functools.partial(_fixed, [_converter(part) for part in parts])
    if origin.__name__ == "ndarray":
        return _array
    if issubclass(origin, Iterable):
        ordered = issubclass(origin, Sequence)
        return functools.partial(_series, _converter(parts[0]), ordered=ordered)
    if origin.__name__ == "PathLike":
        return _path
    words = "a function" if origin.__name__ == "Callable" else _named(origin)
    return functools.partial(_instance, origin, words)


def _array(value: Any) -> Any:
    """Return numbers as an array of numpy, which is imported only here."""
    import numpy as np

    if isinstance(value, np.ndarray):
        return value
    try:
        found = np.asarray(value)
    except (TypeError, ValueError):
        raise _NotThisError("an array of numbers", "") from None
    if found.dtype.kind not in "biuf":
        raise _NotThisError("an array of numbers", "")
    return found


def _series(convert: _Convert | None, value: Any, ordered: bool = True) -> Any:
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise _NotThisError("a list", "")
    if ordered and isinstance(value, Set):
        raise _NotThisError("a list, which has an order", "")
    if isinstance(value, Collection) and getattr(value, "ndim", 1) != 1:
        raise _NotThisError("a list", "")
    return tuple(value) if convert is None else tuple(_within(convert, each) for each in value)


def _within(convert: _Convert, value: Any) -> Any:
    try:
        return convert(value)
    except _NotThisError as error:
        words, near = error.args
        raise _NotThisError(f"a list, each of which is {words}", near) from None


def _fixed(converters: Sequence[_Convert | None], value: Any) -> tuple[Any, ...]:
    found = _series(None, value)
    if len(found) != len(converters):
        raise _NotThisError(f"{len(converters)} values", "")
    pairs = zip(converters, found, strict=True)
    return tuple(each if convert is None else _within(convert, each) for convert, each in pairs)


def _mapping(keys: _Convert | None, values: _Convert | None, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise _NotThisError("a table of values by name", "")
    return {
        (key if keys is None else keys(key)): (each if values is None else values(each))
        for key, each in value.items()
    }
