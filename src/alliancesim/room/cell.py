"""The room in a cell of a notebook: the page's own script, over the kernel's channel."""

from __future__ import annotations

from typing import Any

import anywidget

from alliancesim.room.room import Room
from alliancesim.room.server import text_of

__all__ = ["cell"]


class _Cell(anywidget.AnyWidget):
    _esm = text_of("room.js")
    _css = text_of("room.css")

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._client = room.enter()
        self.on_msg(self._asked)

    def _asked(self, _widget: Any, message: Any, _buffers: Any) -> None:
        for client, reply in self._room.answer(self._client, message):
            if client is self._client:
                self.send(reply)


def cell(room: Room | None = None) -> Any:
    """Return a widget that shows a room below a cell of a notebook.

    Parameters
    ----------
    room : Room, optional
        Shared by several cells; a new one by default. Nothing is saved but as a download.

    Returns
    -------
    anywidget.AnyWidget
        What a notebook shows as the value of a cell. Needs no port.
    """
    return _Cell(Room() if room is None else room)
