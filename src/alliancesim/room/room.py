"""A room of tables: who sits where, who may do what, and what each is sent. It knows no network."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from alliancesim import catalogue
from alliancesim.agents.wargame import Wargame
from alliancesim.data.arguments import checked
from alliancesim.data.names import known_name
from alliancesim.errors import InvalidInput
from alliancesim.room.record import Record
from alliancesim.room.table import Table
from alliancesim.room.view import (
    board,
    chance,
    debriefing,
    decision_view,
    described,
    own_view,
    public,
)
from alliancesim.scenario import Scenario, load

__all__ = ["Client", "Room"]

MOST_TABLES = 40
FRESH = 1_000_000
"""Worlds among which a fresh one is drawn."""

Message = dict[str, Any]
Replies = Iterator[tuple["Client", Message]]


@attrs.define(eq=False)
class Client:
    """A browser, or a cell of a notebook.

    Attributes
    ----------
    at : str
        Id of its table; empty before it joins one.
    seats : set of str
        Seats that it holds there.
    facilitator : bool
        Whether it opened the game, or has the token of who did.
    told : int
        Paragraphs of the chronicle that it has.
    """

    at: str = ""
    seats: set[str] = attrs.field(factory=set)
    facilitator: bool = False
    told: int = 0


@attrs.define(eq=False)
class Seated:
    """A table with its tokens: one of the facilitator, and one of each seat that is taken."""

    table: Table
    facilitator: str
    tokens: dict[str, str] = attrs.field(factory=dict)
    paused: bool = False
    serial: int = 0


@checked
class Room:
    """Tables, and what clients may do at them.

    Parameters
    ----------
    scenarios : mapping of str to Scenario, optional
        Scenarios that may be played besides those of the catalogue, by name.
    folder : path, optional
        Where games are saved; without it nothing is written.
    first : str
        Scenario that is offered first.
    """

    @checked
    def __init__(
        self,
        scenarios: Mapping[str, Scenario] | None = None,
        folder: Path | None = None,
        first: str = "smda-2026",
    ) -> None:
        self.tables: dict[str, Seated] = {}
        self.clients: list[Client] = []
        self._given = dict(scenarios or {})
        self._folder = folder
        self._first = first

    # -- clients ------------------------------------------------------------------------------

    def enter(self) -> Client:
        """Return a new client, at no table yet."""
        client = Client()
        self.clients.append(client)
        return client

    def leave(self, client: Client) -> None:
        """Forget a client; its seats stay taken, and its tokens good."""
        if client in self.clients:
            self.clients.remove(client)

    def answer(self, client: Client, message: Any) -> Replies:
        """Do what a client asks, and yield what clients are sent, as the world goes on.

        Parameters
        ----------
        client : Client
        message : dict
            With ``do``, what to do, and what that needs. What cannot be done is answered with a
            message of type "error"; nothing is raised.

        Yields
        ------
        (Client, dict)
        """
        try:
            if not isinstance(message, dict) or not isinstance(message.get("do"), str):
                raise InvalidInput("is no request", where="message", allowed="a table with 'do'")
            known_name(message["do"], list(_DO), what="request", where="do")
            yield from _DO[message["do"]](self, client, message)
        except InvalidInput as error:
            yield client, {"type": "error", "text": str(error)}

    # -- before a game ------------------------------------------------------------------------

    def _hello(self, client: Client, message: Message) -> Replies:
        names = [*self._given, *(each for each in catalogue.names("scenarios"))]
        tables = [
            {
                "id": key,
                "title": each.table.scenario.title,
                "arm": each.table.game.model.arm,
                "month": each.table.month,
                "free": [s for s in each.table.start.seats if s not in each.tokens],
            }
            for key, each in self.tables.items()
        ]
        saved = sorted(path.stem for path in self._folder.glob("*.json")) if self._folder else []
        first = self._first if self._first in names else names[0]
        yield (
            client,
            {"type": "hello", "scenarios": names, "first": first, "games": tables, "saved": saved},
        )
        yield from self._describe(client, {"scenario": first})

    def _describe(self, client: Client, message: Message) -> Replies:
        yield client, {"type": "scenario", **described(self._scenario(_text(message, "scenario")))}

    def _scenario(self, name: str) -> Scenario:
        if name in self._given:
            return self._given[name]
        known = [*self._given, *catalogue.names("scenarios")]
        known_name(name, known, what="scenario", where="scenario")
        return load(name)

    def open(self, record: Record) -> tuple[str, str]:
        """Open a table; return its id and the facilitator's token.

        Raises
        ------
        InvalidInput
            As `Table`; or if the room is full.
        """
        if len(self.tables) >= MOST_TABLES:
            raise InvalidInput(
                f"{MOST_TABLES} games are open", where="room", allowed="no more; start it again"
            )
        seated = Seated(Table(record, self._scenario(record.scenario)), secrets.token_urlsafe(16))
        key = secrets.token_hex(3)
        self.tables[key] = seated
        return key, seated.facilitator

    def _open(self, client: Client, message: Message) -> Replies:
        if "saved" in message:
            record = self._saved(_text(message, "saved"))
        else:
            data = message.get("game")
            if isinstance(data, dict) and data.get("world", 0) is None:
                data = {**data, "world": secrets.randbelow(FRESH)}
            record = Record.from_data(data)
        key, token = self.open(record)
        yield from self._join(client, {"game": key, "tokens": [token]})
        yield client, {"type": "token", "game": key, "for": "facilitator", "token": token}
        if len(record.seats) == 1:
            yield from self._take(client, {"seat": record.seats[0]})

    def _saved(self, name: str) -> Record:
        if self._folder is None or name not in {path.stem for path in self._folder.glob("*.json")}:
            raise InvalidInput(f"no game {name!r}", where="saved", allowed="a game of the list")
        return Record.load(self._folder / f"{name}.json")

    def _join(self, client: Client, message: Message) -> Replies:
        key = _text(message, "game")
        if key not in self.tables:
            yield client, {"type": "gone", "game": key}
            return
        seated = self.tables[key]
        tokens = message.get("tokens", [])
        given = [each for each in tokens if isinstance(each, str)] if tokens else []
        client.at, client.told = key, 0
        client.facilitator = any(_same(each, seated.facilitator) for each in given)
        client.seats = {
            seat for seat, token in seated.tokens.items() if any(_same(g, token) for g in given)
        }
        yield client, {"type": "board", "game": key, **board(seated.table)}
        yield client, self._view(client, seated)

    # -- at a table ---------------------------------------------------------------------------

    def _seated(self, client: Client) -> Seated:
        if client.at not in self.tables:
            raise InvalidInput("no game is joined", where="game", allowed="join one first")
        return self.tables[client.at]

    def _look(self, client: Client, message: Message) -> Replies:
        seated = self._seated(client)
        client.told = 0
        yield client, self._view(client, seated)

    def _take(self, client: Client, message: Message) -> Replies:
        seated = self._seated(client)
        seat = _text(message, "seat")
        known_name(seat, list(seated.table.start.seats), what="seat", where="seat")
        if seat in seated.tokens and seat not in client.seats:
            raise InvalidInput(f"{seat} is taken", where="seat", allowed="a free seat")
        token = seated.tokens.setdefault(seat, secrets.token_urlsafe(16))
        client.seats.add(seat)
        yield client, {"type": "token", "game": client.at, "for": seat, "token": token}
        yield from self._everybody(seated)

    def _release(self, client: Client, message: Message) -> Replies:
        seated = self._seated(client)
        seat = _text(message, "seat")
        if seat not in client.seats and not client.facilitator:
            raise InvalidInput(f"{seat} is not yours", where="seat", allowed="a seat of your own")
        seated.tokens.pop(seat, None)
        for each in self.clients:
            if each.at == client.at:
                each.seats.discard(seat)
        yield from self._everybody(seated)

    def _moving(self, client: Client, *, all_seats: bool = False) -> Seated:
        """Return the table, if this client may make the world go on."""
        seated = self._seated(client)
        if client.facilitator:
            return seated
        if seated.paused:
            raise InvalidInput("the facilitator has paused", where="game", allowed="wait")
        holds = client.seats >= set(seated.table.start.seats) if all_seats else client.seats
        if not holds:
            who = "the facilitator" if all_seats else "a seat or the facilitator"
            raise InvalidInput("you only watch here", where="game", allowed=who)
        return seated

    def _step(self, client: Client, message: Message) -> Replies:
        seated = self._moving(client)
        seated.table.step()
        yield from self._everybody(seated)

    def _run(self, client: Client, message: Message) -> Replies:
        seated = self._moving(client)
        for _ in seated.table.run():
            yield from self._everybody(seated)
            if seated.paused and not client.facilitator:
                return

    def _finish(self, client: Client, message: Message) -> Replies:
        seated = self._moving(client, all_seats=True)
        shown = seated.table.month
        for month in seated.table.finish():
            if month >= shown + 12:
                shown = month
                yield from self._everybody(seated)
        yield from self._everybody(seated)

    def _decide(self, client: Client, message: Message) -> Replies:
        seated = self._moving(client)
        seat, option = _text(message, "seat"), message.get("option")
        if seat not in client.seats:
            raise InvalidInput(f"{seat} is not yours", where="seat", allowed="a seat of your own")
        if type(option) is not int:
            raise InvalidInput("is no number", where="option", allowed="an option's number")
        with seated.table.lock:
            number = len(seated.table.game.moves)
            if message.get("number", number) != number:
                raise InvalidInput("it is decided", where="option", allowed="what waits now")
            seated.table.decide(seat, option)
        yield from self._everybody(seated)

    def _model(self, client: Client, message: Message) -> Replies:
        seated = self._moving(client, all_seats=True)
        seated.table.follow_model()
        yield from self._everybody(seated)

    def _pause(self, client: Client, message: Message) -> Replies:
        seated = self._seated(client)
        if not client.facilitator:
            raise InvalidInput("only the facilitator pauses", where="game", allowed="ask for it")
        seated.paused = message.get("on") is True
        yield from self._everybody(seated)

    def _beside(self, client: Client, message: Message) -> Replies:
        seated = self._seated(client)
        arm = _text(message, "arm")
        with seated.table.lock:
            other: Wargame = seated.table.beside(arm)
            shown = public(other)
        yield client, {"type": "beside", "arm": arm, **shown}

    def _debrief(self, client: Client, message: Message) -> Replies:
        seated = self._seated(client)
        with seated.table.lock:
            shown = debriefing(seated.table)
        yield client, {"type": "debrief", **shown}

    def _chance(self, client: Client, message: Message) -> Replies:
        table = self._seated(client).table
        if not table.over:
            raise InvalidInput("the world is not over", where="game", allowed="a game at its end")
        found = chance(table)
        with table.lock:
            shown = debriefing(table)
        yield client, {"type": "debrief", **shown, "chance": found}

    def _record(self, client: Client, message: Message) -> Replies:
        yield client, {"type": "record", "game": self._seated(client).table.record.to_data()}

    def _save(self, client: Client, message: Message) -> Replies:
        record = self._seated(client).table.record
        name = ""
        if self._folder is not None and (client.facilitator or client.seats):
            name = f"{record.arm}-world-{record.world}-month-{record.months}-{client.at}"
            record.save(self._folder / f"{name}.json")
        yield client, {"type": "saved", "name": name, "game": record.to_data()}

    # -- what is sent -------------------------------------------------------------------------

    def _everybody(self, seated: Seated) -> Replies:
        with seated.table.lock:
            seated.serial += 1
            here = [each for each in self.clients if self.tables.get(each.at) is seated]
            views = [(each, self._view(each, seated)) for each in here]
        yield from views

    def _view(self, client: Client, seated: Seated) -> Message:
        table = seated.table
        with table.lock:
            view = public(table.game.model, max(client.told - 1, 0))
            client.told = view["from"] + len(view["chronicle"])
            waits = table.decision
            mine = waits is not None and waits.state in client.seats
            return {
                "type": "view",
                **view,
                "serial": seated.serial,
                "over": table.over,
                "paused": seated.paused,
                "waits": waits.state if waits else "",
                "taken": sorted(seated.tokens),
                "yours": sorted(client.seats),
                "facilitator": client.facilitator,
                "own": {seat: own_view(table, seat) for seat in sorted(client.seats)},
                "decision": decision_view(table, waits) if mine and waits else None,
            }


def _text(message: Message, name: str) -> str:
    value = message.get(name)
    if not isinstance(value, str) or len(value) > 200:
        raise InvalidInput("is no short text", where=name, allowed="a name")
    return value


def _same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode(), token.encode())


_DO: dict[str, Callable[[Room, Client, Message], Replies]] = {
    "hello": Room._hello,
    "describe": Room._describe,
    "open": Room._open,
    "join": Room._join,
    "look": Room._look,
    "take": Room._take,
    "release": Room._release,
    "step": Room._step,
    "run": Room._run,
    "finish": Room._finish,
    "decide": Room._decide,
    "model": Room._model,
    "pause": Room._pause,
    "beside": Room._beside,
    "debrief": Room._debrief,
    "chance": Room._chance,
    "record": Room._record,
    "save": Room._save,
}
