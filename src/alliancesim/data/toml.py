"""TOML to values and back, strictly.

Every refusal is an `InvalidInput` that names the place, from the file down to the key, and what
is allowed there. Other modules may register their own unions with `register_tagged`, or hooks
on `converter`.
"""

from __future__ import annotations

import codecs
import math
import tomllib
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import tomli_w

from alliancesim.data._strict import converter, place, register_tagged, translated
from alliancesim.data.arguments import checked
from alliancesim.data.files import read_bytes, write_bytes
from alliancesim.data.quantity import Beta, LogNormal, Normal, TwoNormals, Uniform
from alliancesim.errors import InvalidInput

__all__ = [
    "converter",
    "dumps",
    "loads",
    "place",
    "read",
    "read_resource",
    "register_tagged",
    "structure",
    "unstructure",
    "write",
]

T = TypeVar("T")

register_tagged(
    "distribution",
    {
        "uniform": Uniform,
        "normal": Normal,
        "lognormal": LogNormal,
        "beta": Beta,
        "two-normals": TwoNormals,
    },
)


def structure(raw: object, cls: type[T], where: str = "") -> T:
    """Make a value of a class from tables, lists and scalars.

    Parameters
    ----------
    raw : object
        What a TOML file holds.
    cls : type
        The attrs class to make.
    where : str, optional
        What to call the outermost place, such as the file's name.

    Raises
    ------
    InvalidInput
        At the first thing that is not as it must be.
    """
    try:
        value: T = converter.structure(raw, cls)
    except Exception as error:
        refusal = translated(error, raw)
        raise (refusal.inside(where) if where else refusal) from None
    return value


def unstructure(value: object) -> Any:
    """Return a value as tables, lists and scalars that TOML can hold; what is None is left out."""
    return _plain(converter.unstructure(value))


def _plain(raw: Any) -> Any:
    if isinstance(raw, Mapping):
        return {key: _plain(value) for key, value in raw.items() if not _absent(value)}
    if isinstance(raw, list | tuple):
        return [_plain(value) for value in raw]
    return raw


def _absent(value: Any) -> bool:
    """Leave out None and the infinite bounds of a prior: both are what reading supplies."""
    return value is None or (isinstance(value, float) and math.isinf(value))


@checked
def loads(text: str, where: str = "text") -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises
    ------
    InvalidInput
        If it is not TOML; `where` is the name it is given in the message.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"not TOML: {error}"[:300], where=where, allowed="TOML 1.0") from None


@checked
def read(path: str | Path) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises
    ------
    InvalidInput
        If it cannot be read, or is not TOML in UTF-8.
    """
    allowed = "a TOML file in UTF-8"
    return _decoded(read_bytes(path, allowed), str(path), allowed)


def read_resource(file: Traversable) -> dict[str, Any]:
    """Return the tables of a TOML file of a package, which may lie in an archive.

    Raises
    ------
    InvalidInput
        As `read`; the file's name is that in the message.
    """
    return _decoded(file.read_bytes(), file.name, "a TOML file in UTF-8")


def _decoded(raw: bytes, where: str, allowed: str) -> dict[str, Any]:
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except ValueError as error:
        line = raw.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise InvalidInput(
            f"line {line} is not UTF-8", where=where, allowed=f"{allowed}: save it so"
        ) from None
    return loads(text.replace("\r\n", "\n"), where)


def dumps(value: object) -> str:
    """Return a value, or its tables, as TOML."""
    return tomli_w.dumps(value if isinstance(value, dict) else unstructure(value))


def write(value: object, path: str | Path) -> None:
    """Write a value, or its tables, to a TOML file in UTF-8.

    Raises
    ------
    InvalidInput
        If the file cannot be written.
    """
    write_bytes(path, dumps(value))
