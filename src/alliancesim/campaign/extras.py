"""The libraries that a stored campaign needs, imported when it is first used."""

from __future__ import annotations

import importlib
from typing import Any

from alliancesim.errors import InvalidInput

__all__ = ["filelock", "parquet", "pyarrow"]


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        root = name.partition(".")[0]
        raise InvalidInput(
            f"{root} is not installed",
            where="campaign",
            allowed='stored campaigns need it: pip install "alliancesim[campaign]"',
        ) from None


def pyarrow(part: str = "") -> Any:
    """Return pyarrow, or a part of it."""
    return _library(f"pyarrow.{part}" if part else "pyarrow")


def parquet() -> Any:
    """Return pyarrow's reader and writer of Parquet."""
    return _library("pyarrow.parquet")


def filelock() -> Any:
    """Return the library of locks that end with the process that holds them."""
    return _library("filelock")
