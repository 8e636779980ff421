"""What happened in one world, read from its events as disputes, wars and spans of treaties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import attrs
import numpy as np

from alliancesim.narrative.sentences import FIGHTS

if TYPE_CHECKING:
    from alliancesim.agents import Wargame
    from alliancesim.agents.values import Event

__all__ = ["Course", "Dispute", "Span", "War", "course", "lanes", "side_by_side"]

Outcome = Literal["stands", "concession", "backs-down", "war"]
_OUTCOMES = {"stands", "concession", "backs-down", "war"}
_DEFENCE = 3
_WAR_COUNTS = 10


@attrs.frozen
class Dispute:
    """A challenge and what came of it.

    Parameters
    ----------
    at : float
        When, in months from the start; those of one month follow one another within it.
    challenger, target : str
    outcome : {"stands", "concession", "backs-down", "war"}
        Nothing changes hands; benefits are conceded; the challenger backs down; war.
    calls : dict of str to int
        How each state that owed the target defence answered, 0 not at all to 5 with full force:
        at first, or in the war that followed.
    """

    at: float
    challenger: str
    target: str
    outcome: Outcome
    calls: dict[str, int] = attrs.field(hash=False)


@attrs.frozen
class War:
    """A war, and from when each state fought in it.

    Parameters
    ----------
    start, end : float
        Months from the start of the world; one that is under way at the end ends with it.
    challenger, target : str
    result : int or None
        1 the challenger won, -1 the target, 0 neither; None while it is under way.
    joined : dict of str to float
        From which month on each other state fought, on either side.
    used : str or None
        Who used a nuclear weapon.
    """

    start: float
    end: float
    challenger: str
    target: str
    result: int | None
    joined: dict[str, float] = attrs.field(hash=False)
    used: str | None = None

    def since(self, state: str) -> float:
        """Return when a belligerent began to fight."""
        return self.joined.get(state, self.start)

    @property
    def belligerents(self) -> tuple[str, ...]:
        """Challenger, target, and those who joined."""
        return self.challenger, self.target, *self.joined


@attrs.frozen
class Span:
    """A stretch in which a treaty was in force.

    Parameters
    ----------
    treaty : str
    start, end : float
        Months from the start of the world.
    """

    treaty: str
    start: float
    end: float


@attrs.frozen
class Course:
    """What happened in a world.

    Parameters
    ----------
    disputes : tuple of Dispute
    wars : tuple of War
    spans : tuple of Span
        Of the treaties that the arm adds to those in every arm, and of those that wavered.
    changes : tuple of (float, str, str)
        Changes of membership: the month, the treaty, and what changed in words.
    signals : tuple of (float, str, str)
        Nuclear signals: the month, whose they are, and the patron whose deterrent it is; empty
        where it is its own.
    """

    disputes: tuple[Dispute, ...]
    wars: tuple[War, ...]
    spans: tuple[Span, ...]
    changes: tuple[tuple[float, str, str], ...]
    signals: tuple[tuple[float, str, str], ...]


def course(game: Wargame) -> Course:
    """Return what happened in a replayed world.

    Parameters
    ----------
    game : Wargame
        Played to its end, as `alliancesim.replay` returns it.
    """
    signals = (e for e in game.events if e.kind == "nuclear-signal")
    return Course(
        disputes=tuple(_disputes(game)),
        wars=tuple(_wars(game)),
        spans=tuple(_spans(game)),
        changes=tuple(_changes(game)),
        signals=tuple(
            (event.turn + 0.5, event.facts["by"], event.facts["patron"] or "") for event in signals
        ),
    )


def _disputes(game: Wargame) -> Iterator[Dispute]:
    """Pair each challenge with what closes it; both stand in the same month, in order."""
    opened: list[tuple[Event, Event]] = []
    challenge: Event | None = None
    for event in game.events:
        if event.kind == "challenge":
            challenge = event
        elif challenge is not None and event.kind in _OUTCOMES:
            opened.append((challenge, event))
            challenge = None
    turns = [challenge.turn for challenge, _ in opened]
    seen = dict.fromkeys(turns, 0)
    for challenge, end in opened:
        turn = challenge.turn
        seen[turn] += 1
        last = end if end.kind == "war" else challenge
        yield Dispute(
            turn + seen[turn] / (turns.count(turn) + 1),
            challenge.facts["challenger"],
            challenge.facts["target"],
            end.kind,  # type: ignore[arg-type]
            {
                state: last.facts["answers"].get(state, 0)
                for state, level in last.facts["owed"].items()
                if level >= _DEFENCE
            },
        )


def _wars(game: Wargame) -> Iterator[War]:
    ends = [event for event in game.events if event.kind == "peace"]
    for war in (event for event in game.events if event.kind == "war"):
        sides = war.facts["challenger"], war.facts["target"]
        same = (
            end
            for end in ends
            if (end.facts["challenger"], end.facts["target"]) == sides and end.turn >= war.turn
        )
        end = next(same, None)
        answers = war.facts["answers"] | war.facts["backers"]
        late = end.facts["late"] if end else ()
        stop = float(end.turn + 1 if end else game.turn)
        since = {
            state: float(war.turn + war.facts["delays"].get(state, 0))
            for state, level in answers.items()
            if level >= FIGHTS and state not in late
        }
        for rise in _rises(game, sides, war.turn, stop):
            who = rise.facts["state"]
            if rise.facts["answer"] >= FIGHTS and who not in since and who not in late:
                since[who] = float(rise.turn + rise.facts["delay"])
        yield War(
            float(war.turn),
            stop,
            *sides,
            result=end.facts["result"] if end else None,
            joined={state: month for state, month in since.items() if month < stop},
            used=end.facts["used"] if end else None,
        )


def _rises(game: Wargame, sides: tuple[str, str], first: int, stop: float) -> Iterator[Event]:
    """Yield the answers that rose while a war lasted."""
    for event in game.events:
        if event.kind != "rise" or not first <= event.turn < stop:
            continue
        if (event.facts["challenger"], event.facts["target"]) == sides:
            yield event


def _spans(game: Wargame) -> Iterator[Span]:
    """Yield when treaties were in force that are not in force in every arm all the time."""
    adds = game.board.scenario.arm(game.arm).adds
    wavering = {
        event.facts["treaty"] for event in game.events if event.kind in ("withdrawn", "renewed")
    }
    present = np.flatnonzero(game.law.in_arm[game.arm_row])
    for name in dict.fromkeys(game.board.treaties[v].id for v in present):
        if name not in adds and name not in wavering:
            continue
        since: float | None = 0.0
        for event in game.events:
            if event.kind == "withdrawn" and event.facts["treaty"] == name and since is not None:
                yield Span(name, since, float(event.turn))
                since = None
            elif event.kind == "renewed" and event.facts["treaty"] == name:
                since = float(event.turn)
        if since is not None:
            yield Span(name, since, float(game.turn))


def _changes(game: Wargame) -> Iterator[tuple[float, str, str]]:
    for event in game.events:
        if event.kind in ("announced", "in-force"):
            state, joins = event.facts["state"], event.facts["joins"]
            said = {
                ("announced", True): "accession announced",
                ("announced", False): "notice given",
                ("in-force", True): "joins",
                ("in-force", False): "leaves",
            }[event.kind, joins]
            yield float(event.turn), event.facts["treaty"], f"{state} {said}"


def lanes(game: Wargame, found: Course, shown: Sequence[Dispute], most: int) -> list[str]:
    """Return the states with a lane: those in focus, then others in the scenario's order.

    Of the others those with most to show, so that there are no more lanes than ``most``; a war
    counts as much as ten disputes.
    """
    seen: dict[str, int] = {}
    for each in shown:
        for state in (each.challenger, each.target):
            seen[state] = seen.get(state, 0) + 1
    for war in found.wars:
        for state in war.belligerents:
            seen[state] = seen.get(state, 0) + _WAR_COUNTS
    focus = [name for name in game.board.scenario.focus if name in game.board.states]
    others = sorted(set(seen) - set(focus), key=lambda name: (-seen[name], name))
    kept = set(others[: max(0, most - len(focus))])
    return [*focus, *(state.id for state in game.board.scenario.states if state.id in kept)]


def side_by_side(wars: Sequence[War], state: str) -> list[tuple[War, int, int]]:
    """Give wars of a state rows within its lane, so that those at one time lie side by side."""
    clusters: list[list[War]] = []
    until = -1.0
    for war in sorted(wars, key=lambda each: each.since(state)):
        if war.since(state) >= until:
            clusters.append([])
        clusters[-1].append(war)
        until = max(until, war.end)
    return [(war, row, len(cluster)) for cluster in clusters for row, war in enumerate(cluster)]
