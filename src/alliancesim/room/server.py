"""The room on a port: a page, one script, one style sheet, and a websocket for each browser."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.room.room import Client, Room

__all__ = ["LOOPBACK", "app", "is_loopback", "serve"]

LOOPBACK = ("127.0.0.1", "localhost")
MOST_BYTES = 100_000
"""Of a message from a browser."""
PAGES = {"": ("page.html", "text/html"), "room.js": ("room.js", "text/javascript"),
         "room.css": ("room.css", "text/css")}  # fmt: skip
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is of this machine alone."""
    with suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return host == "localhost"


def text_of(name: str) -> str:
    """Return one of the room's own files."""
    return files("alliancesim.room").joinpath(name).read_text(encoding="utf-8")


@checked
def app(room: Room, hosts: tuple[str, ...] = LOOPBACK) -> Starlette:
    """Return the room as an ASGI application.

    Parameters
    ----------
    room : Room
    hosts : tuple of str
        Names under which browsers may ask for it, without a port. Requests for another host, and
        websockets of a page of another host, are rejected, so that no other web page can play.

    Returns
    -------
    starlette.applications.Starlette
    """
    line = _Line(room, hosts)
    routes: list[Any] = [Route(f"/{path}", partial(_page, *found)) for path, found in PAGES.items()]
    routes.append(WebSocketRoute("/line", line.talk))
    trusted = Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    return Starlette(routes=routes, middleware=[trusted])


async def _page(name: str, kind: str, request: Request) -> Response:
    return Response(text_of(name), media_type=kind, headers=HEADERS)


class _Line:
    """A websocket for each browser; what it asks for is done in a thread, table by table."""

    def __init__(self, room: Room, hosts: tuple[str, ...]) -> None:
        self._room, self._hosts = room, hosts
        self._sockets: dict[Client, WebSocket] = {}

    async def talk(self, socket: WebSocket) -> None:
        if not self._is_own(socket):
            await socket.close(code=1008)
            return
        await socket.accept()
        client = self._room.enter()
        self._sockets[client] = socket
        try:
            while True:
                text = await socket.receive_text()
                await self._answer(client, _data(text))
        except (WebSocketDisconnect, KeyError):
            pass
        finally:
            del self._sockets[client]
            self._room.leave(client)

    def _is_own(self, socket: WebSocket) -> bool:
        """Whether the page that opened the socket is this room's own; no page sends no origin."""
        origin = socket.headers.get("origin")
        if origin is None:
            return False
        found = urlsplit(origin)
        return found.netloc == socket.headers.get("host") and found.hostname in {
            host.strip("[]") for host in self._hosts
        }

    async def _answer(self, client: Client, message: Any) -> None:
        replies = self._room.answer(client, message)
        while (sent := await run_sync(_next, replies)) is not None:
            await self._send(*sent)

    async def _send(self, client: Client, reply: dict[str, Any]) -> None:
        socket = self._sockets.get(client)
        if socket is not None:
            with suppress(WebSocketDisconnect, RuntimeError):
                await socket.send_text(json.dumps(reply))


def _next(replies: Iterator[Any]) -> Any:
    return next(replies, None)


def _data(text: str) -> Any:
    if len(text) > MOST_BYTES:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


@checked
def serve(room: Room, *, host: str = "127.0.0.1", port: int = 0, shown: Any = print) -> None:
    """Serve a room until it is interrupted.

    Parameters
    ----------
    room : Room
    host : str
        Address to listen on. Under any but a loopback address everybody in the network can play.
    port : int
        0 takes a free one.
    shown : callable
        Is called with the address of the page, once it is known.

    Raises
    ------
    InvalidInput
        If the port cannot be had.
    """
    import socket

    import uvicorn

    try:
        listener = socket.create_server((host, port))
    except (OSError, OverflowError) as error:
        raise InvalidInput(
            f"cannot listen: {error}",
            where=f"{host}, port {port}",
            allowed="a free port; 0 finds one",
        ) from None
    hosts = LOOPBACK if is_loopback(host) else (*LOOPBACK, *_own_names(host))
    shown(f"http://{hosts[-1] if not is_loopback(host) else host}:{listener.getsockname()[1]}/")
    settings = uvicorn.Config(
        app(room, hosts), log_level="warning", ws="websockets-sansio", ws_max_size=MOST_BYTES,
        server_header=False, lifespan="off",
    )  # fmt: skip
    with listener:
        uvicorn.Server(settings).run(sockets=[listener])


def _own_names(host: str) -> tuple[str, ...]:
    """Return under what names this machine is asked for from outside."""
    import socket

    if host not in ("0.0.0.0", ""):
        return (host,)
    name = socket.gethostname()
    found = {name, socket.getfqdn()}
    with suppress(OSError):
        found |= set(socket.gethostbyname_ex(name)[2])
    addresses = sorted(each for each in found if not is_loopback(each))
    return tuple(addresses) or (name,)
