"""A room in the browser in which people take seats in a world (extra ``room``)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alliancesim.room.cell import cell
    from alliancesim.room.server import app, serve

from alliancesim.room.record import Record
from alliancesim.room.room import Room
from alliancesim.room.table import Table

__all__ = ["Record", "Room", "Table", "app", "cell", "serve"]

_LAZY = {"app": "server", "serve": "server", "cell": "cell"}
_NEEDS = ("starlette", "uvicorn", "websockets", "anyio", "anywidget", "traitlets")


def __getattr__(name: str) -> Any:
    """Import the server or the cell when it is first used; only then its libraries are needed."""
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in _NEEDS:
            raise
        raise ModuleNotFoundError(
            f"{name} needs {error.name}, which is not installed; "
            "install alliancesim with the extra 'room': pip install 'alliancesim[room]'",
            name=error.name,
        ) from None
