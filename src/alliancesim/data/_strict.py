"""Strict hooks for cattrs, and its refusals in the library's own words.

cattrs by itself is lenient: it takes a list for a text, 3.7 for a whole number, "no" for true.
Here nothing is guessed.
"""

from __future__ import annotations

import enum
import math
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import attrs
import cattrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from alliancesim.data.checks import kind_of
from alliancesim.data.names import hint, listed
from alliancesim.errors import InvalidInput

__all__ = ["converter", "place", "register_tagged", "translated"]

converter: cattrs.Converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
"""The converter of the whole library; its hooks are strict."""


def _scalar(cls: type, words: str) -> None:
    def hook(value: Any, _: Any) -> Any:
        if type(value) is not cls:
            raise InvalidInput(f"expected {words}, got {kind_of(value)}", allowed=words)
        return value

    converter.register_structure_hook(cls, hook)


_scalar(str, "a text")
_scalar(bool, "true or false")
_scalar(int, "a whole number")
_scalar(date, "a date, as 2026-01-01")


@converter.register_structure_hook
def _float(value: Any, _: Any) -> float:
    given = float(value) if type(value) is int and abs(value) < 2**1000 else value
    if type(given) is not float or not math.isfinite(given):
        raise InvalidInput(f"expected a number, got {kind_of(value)}", allowed="a finite number")
    return given


def _is_tuple(cls: Any) -> bool:
    return getattr(cls, "__origin__", None) is tuple and cls.__args__[-1:] == (Ellipsis,)


@converter.register_structure_hook_factory(_is_tuple)
def _tuple_hook(cls: Any) -> Callable[[Any, Any], Any]:
    item = typing.get_args(cls)[0]

    def hook(value: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise InvalidInput(f"expected a list, got {kind_of(value)}", allowed="a list, as [...]")
        return tuple(_element(element, n, item) for n, element in enumerate(value))

    return hook


def _element(element: Any, n: int, item: Any) -> Any:
    try:
        return converter.structure(element, item)
    except Exception as error:
        raise translated(error, element).inside(place(element, n)) from None


def place(element: object, n: int) -> str:
    """Name one element of a list: by its own name where it has one, else by its number."""
    if isinstance(element, Mapping):
        named = [element.get(key) for key in ("id", "name")]
        pair = [element.get(key) for key in ("a", "b")]
        if all(isinstance(end, str) for end in pair):
            return f"'{pair[0]}-{pair[1]}'"
        named = [name for name in named if isinstance(name, str)]
        if named:
            return f"'{named[0]}'"
    return f"[{n + 1}]"


@converter.register_structure_hook_factory(
    lambda cls: getattr(cls, "__origin__", None) is typing.Literal
)
def _literal_hook(cls: Any) -> Callable[[Any, Any], Any]:
    return _one_of({str(name): name for name in typing.get_args(cls)})


def _is_enum(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, enum.Enum)


converter.register_unstructure_hook_func(_is_enum, lambda member: member.name.lower())


@converter.register_structure_hook_factory(_is_enum)
def _enum_hook(cls: type[enum.Enum]) -> Callable[[Any, Any], Any]:
    return _one_of({member.name.lower(): member for member in cls})


def _one_of(names: Mapping[str, Any]) -> Callable[[Any, Any], Any]:
    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, str) or value not in names:
            given = repr(value) if isinstance(value, str) else kind_of(value)
            raise InvalidInput(f"{given} is not known{hint(value, names)}", allowed=listed(names))
        return names[value]

    return hook


def key_of(field: Any) -> str:
    """Return the key a field has in TOML: its name, or the ``key`` in its metadata."""
    return str(field.metadata.get("key", field.name))


def _fields(cls: Any) -> tuple[Any, ...]:
    plain = typing.get_origin(cls) or cls
    return tuple(attrs.fields(attrs.resolve_types(plain)))


def _renamed(cls: Any) -> dict[str, Any]:
    fields = _fields(cls)
    return {field.name: override(rename=key_of(field)) for field in fields}


@converter.register_structure_hook_factory(attrs.has)
def _class_hook(cls: Any) -> Callable[[Any, Any], Any]:
    fill = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **_renamed(cls))
    fields = _fields(cls)
    names = ", ".join(key_of(field) for field in fields)
    absent = {
        key_of(field): None
        for field in fields
        if field.default is attrs.NOTHING and type(None) in typing.get_args(field.type)
    }

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise InvalidInput(f"expected a table, got {kind_of(value)}", allowed=names)
        return fill({**absent, **value}, cls)

    return hook


@converter.register_unstructure_hook_factory(attrs.has)
def _class_writer(cls: Any) -> Callable[[Any], dict[str, Any]]:
    fields: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(
        cls, converter, **_renamed(cls)
    )
    return fields


def register_tagged(key: str, classes: Mapping[str, type], *, default: str | None = None) -> None:
    """Read and write a union of classes as tables that name their class under a key.

    Parameters
    ----------
    key : str
        The key that holds the name, such as ``"distribution"``.
    classes : mapping of str to type
        The names and the attrs classes of the union.
    default : str, optional
        The name taken where the key is missing; else the key is required.

    Notes
    -----
    ``A | B | None`` is one flat union to Python, so the union is known by its members, with or
    without None. The classes must be used only in this union.
    """
    members = set(classes.values())

    def matches(cls: Any) -> bool:
        if typing.get_origin(cls) not in (typing.Union, types.UnionType):
            return False
        return set(typing.get_args(cls)) - {type(None)} == members

    def hook(value: Any, cls: Any) -> Any:
        if value is None and type(None) in typing.get_args(cls):
            return None
        allowed = f"a table with {key} = " + ", ".join(classes)
        if not isinstance(value, Mapping):
            raise InvalidInput(f"expected a table, got {kind_of(value)}", allowed=allowed)
        rest = dict(value)
        name = rest.pop(key, default)
        if not isinstance(name, str) or name not in classes:
            wrong = f"{name!r} is not known{hint(name, classes)}"
            problem = f"{key} is missing" if name is None else wrong
            raise InvalidInput(problem, where=key, allowed=listed(classes))
        return converter.structure(rest, classes[name])

    converter.register_structure_hook_func(matches, hook)
    for name, cls in classes.items():
        _register_tag(key, name, cls)


def _register_tag(key: str, name: str, cls: type) -> None:
    fields: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(cls, converter)
    converter.register_unstructure_hook(cls, lambda value: {key: name, **fields(value)})


def translated(error: BaseException, raw: Any = None) -> InvalidInput:
    """Say in the library's own words what cattrs refused."""
    if isinstance(error, InvalidInput):
        return error
    if isinstance(error, ClassValidationError):
        return _first(error, raw)
    if isinstance(error, ForbiddenExtraKeysError):
        return _extra_key(error)
    if isinstance(error, KeyError):
        return InvalidInput("is missing", where=str(error.args[0]) if error.args else "")
    return InvalidInput(f"cannot be read ({error})"[:200])


def _first(group: ClassValidationError, raw: Any) -> InvalidInput:
    """Report one error of several: a misspelt key first, since it explains a missing one."""
    placed, unplaced = group.group_exceptions()
    for error in unplaced:
        if isinstance(error, ForbiddenExtraKeysError):
            return _extra_key(error)
    for error, note in placed:
        key = key_of(attrs.fields_dict(group.cl)[note.name])
        given = isinstance(raw, Mapping) and key in raw
        if isinstance(error, KeyError) and not given:
            return InvalidInput("is missing", where=key, allowed=_wanted(note.type))
        return translated(error, raw[key] if given else None).inside(key)
    return translated(unplaced[0], raw)


def _wanted(cls: Any) -> str:
    name = getattr(cls, "__name__", str(cls))
    words = {
        "str": "a text",
        "int": "a whole number",
        "float": "a number",
        "bool": "true or false",
        "date": "a date, as 2026-01-01",
        "Quantity": "a figure with its source, or a judgement with a prior",
    }
    if typing.get_origin(cls) is typing.Literal:
        return ", ".join(map(str, typing.get_args(cls)))
    return words.get(name, "a list" if typing.get_origin(cls) is tuple else "a table")


def _extra_key(error: ForbiddenExtraKeysError) -> InvalidInput:
    key = min(error.extra_fields)
    names = [key_of(field) for field in attrs.fields(error.cl)]
    return InvalidInput(f"unknown key{hint(key, names)}", where=key, allowed=listed(names))
