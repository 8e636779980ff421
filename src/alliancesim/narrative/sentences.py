"""The sentences in which a chronicle tells the events of a world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from alliancesim.narrative.wording import (
    circumstance_in_words,
    listed,
    month_in_words,
    name_in_words,
)

if TYPE_CHECKING:
    from alliancesim.agents import Wargame
    from alliancesim.agents.values import Event

__all__ = [
    "FIGHTS",
    "KINDS",
    "OPENINGS",
    "count",
    "month_of",
    "name_of",
    "names_of",
    "result_of",
    "sentence",
    "sentences",
]

ANSWERS = (
    ("does not answer", "do not answer"),
    ("answers with diplomatic support", "answer with diplomatic support"),
    ("answers with material aid", "answer with material aid"),
    ("deploys forces", "deploy forces"),
    ("fights with limited force", "fight with limited force"),
    ("fights with full force", "fight with full force"),
)
FIGHTS = 4
INTENSITIES = ("threatened or displayed", "with force", "with deaths")
"""How far a dispute goes as long as it is not war."""
DUTIES = ("", "consultation", "assistance", "defence")
TOLD_BUDGET = 0.05
"""A change of yearly military spending, as a share, from which on it is told."""


def sentences(game: Wargame, events: Sequence[Event]) -> Iterator[str]:
    """Yield the sentences of one paragraph: what opens it, and the course it takes."""
    first, *course = events
    yield from OPENINGS[first.kind](game, first)
    if course:
        yield sentence("; ".join(_COURSE[event.kind](game, event) for event in course))
        if course[-1].kind == "war":
            yield from _belligerents(game, course[-1])


def _challenge(game: Wargame, event: Event) -> Iterator[str]:
    named = {each.name: each for each in game.board.scenario.circumstances}
    how = circumstance_in_words(named[event.facts["circumstance"]])
    how = f"{how}; {INTENSITIES[event.facts['intensity']]}"
    yield sentence(f"{_challenger(game, event)} challenges {_target(game, event)} ({how})")
    for words in _answers(game, event.facts["answers"], event.facts["owed"]):
        yield sentence(words)


def _belligerents(game: Wargame, war: Event) -> Iterator[str]:
    """Say who answers now that it is war, and when the forces of those who fight arrive."""
    facts = war.facts
    arrivals = {
        state: f" (from {month_of(game, war.turn + delay)})"
        for state, delay in facts["delays"].items()
        if delay
    }
    for words in _answers(game, facts["answers"], facts["owed"], arrivals):
        yield sentence(words)
    for words in _answers(game, facts["backers"], facts["backers_owed"], arrivals):
        yield f"On the side of {_challenger(game, war)}, {words}."


def _rise(game: Wargame, event: Event) -> Iterator[str]:
    """Say who goes farther in a war than it did at first, and when its forces arrive."""
    facts, state = event.facts, event.facts["state"]
    whom = name_of(game, facts[facts["side"]])
    delay, later = facts["delay"], {}
    if facts["answer"] >= FIGHTS and delay:
        later = {state: f" (from {month_of(game, event.turn + delay)})"}
    for words in _answers(game, {state: facts["answer"]}, {state: facts["owed"]}, later):
        yield sentence(f"in the war on the side of {whom}, {words} after all")


def _peace(game: Wargame, event: Event) -> Iterator[str]:
    war = f"The war of {_challenger(game, event)} against {_target(game, event)}"
    length = count(event.facts["months"], "month")
    yield f"{war} ends {_how(game, event)}after {length}: {result_of(game, event)}."
    losses = [f"{name_of(game, state)} {lost:.1%}" for state, lost in event.facts["losses"].items()]
    yield f"Forces lost: {listed(losses)}."
    if event.facts["late"]:
        yield sentence(f"{names_of(game, event.facts['late'])} came too late to fight")


def _how(game: Wargame, peace: Event) -> str:
    if peace.facts["used"]:
        return f"with nuclear use by {name_of(game, peace.facts['used'])} "
    if peace.facts["settled"]:
        return "by settlement under a nuclear signal "
    return "by exhaustion " if peace.facts["exhausted"] else ""


def _signal(game: Wargame, event: Event) -> Iterator[str]:
    facts = event.facts
    enemy = facts["target"] if facts["by"] == facts["challenger"] else facts["challenger"]
    losses = ""
    if facts["lost"] is not None:
        shares = f"{facts['lost']:.1%} of its forces against {facts['enemy_lost']:.1%}"
        losses = f", having lost {shares}"
    patron = facts["patron"]
    cover = f", under the deterrent of {name_of(game, patron)}," if patron else ""
    signaller = f"{name_of(game, facts['by'])}{cover}"
    yield sentence(
        f"{signaller} gives a nuclear signal in its war with {name_of(game, enemy)}{losses}"
    )


def _budgets(game: Wargame, event: Event) -> Iterator[str]:
    changes = []
    for state, before in event.facts["before"].items():
        after = event.facts["after"][state]
        change = after / before - 1.0 if before > 0.0 else 0.0
        if abs(change) >= TOLD_BUDGET:
            changes.append(f"{name_of(game, state)} spends USD {after:.1f} bn ({change:+.0%})")
    if changes:
        yield f"Military budgets follow threat and allies: {listed(changes)}."
    for payer, payee, paid in event.facts["transfers"]:
        giver, taker = name_of(game, payer), name_of(game, payee)
        yield f"{giver} transfers USD {paid:.1f} bn a year to {taker}."


def _announced(game: Wargame, event: Event) -> Iterator[str]:
    facts = event.facts
    state, treaty = name_of(game, facts["state"]), facts["treaty"]
    if facts["joins"]:
        yield sentence(f"the accession of {state} to {treaty} is announced")
    else:
        yield sentence(f"{state} gives notice that it leaves {treaty}")


def _in_force(game: Wargame, event: Event) -> Iterator[str]:
    facts = event.facts
    state, treaty = name_of(game, facts["state"]), facts["treaty"]
    verb = "is now a member" if facts["joins"] else "is no longer a member"
    yield sentence(f"{state} {verb} of {treaty}")


def _wavers(game: Wargame, event: Event) -> Iterator[str]:
    yield sentence(f"the guarantee of {event.facts['treaty']} is {event.kind}")


OPENINGS: dict[str, Callable[[Wargame, Event], Iterator[str]]] = {
    "challenge": _challenge,
    "nuclear-signal": _signal,
    "rise": _rise,
    "peace": _peace,
    "budgets": _budgets,
    "announced": _announced,
    "in-force": _in_force,
    "withdrawn": _wavers,
    "renewed": _wavers,
}

_COURSE: dict[str, Callable[[Wargame, Event], str]] = {
    "resisted": lambda game, event: f"{_target(game, event)} resists",
    "unresisted": lambda game, event: f"{_target(game, event)} does not resist",
    "refused": lambda game, event: "the demand is refused",
    "backs-down": lambda game, event: f"{_challenger(game, event)} backs down",
    "stands": lambda game, event: "nothing changes hands",
    "concession": lambda game, event: _gain(_challenger(game, event), event),
    "war": lambda game, event: f"{_challenger(game, event)} goes to war",
}

KINDS = OPENINGS.keys() | _COURSE.keys()


def _answers(
    game: Wargame,
    answers: Mapping[str, int],
    owed: Mapping[str, int],
    arrivals: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Say who answered how, the most first; silence is told only of those who owed something."""
    groups: dict[tuple[int, int], list[str]] = {}
    for state, level in answers.items():
        duty = owed.get(state, 0)
        if level or duty:
            groups.setdefault((level, duty), []).append(state)
    for (level, duty), states in sorted(groups.items(), reverse=True):
        several = len(states) > 1
        notes = arrivals if arrivals and level >= FIGHTS else {}
        names = listed([name_of(game, state) + notes.get(state, "") for state in states])
        bound = f", which {'owe' if several else 'owes'} {DUTIES[duty]}," if duty else ""
        yield f"{names}{bound} {ANSWERS[level][several]}"


def result_of(game: Wargame, peace: Event) -> str:
    """Return how a war ended."""
    result = peace.facts["result"]
    if not result:
        return "neither side wins, and nothing changes hands"
    winner = _challenger(game, peace) if result > 0 else _target(game, peace)
    return f"{winner} wins and {_gain('', peace)}"


def _gain(winner: str, event: Event) -> str:
    return f"{winner} gains {event.facts['moved']:.1%} of what lies between the two".lstrip()


def _challenger(game: Wargame, event: Event) -> str:
    return name_of(game, event.facts["challenger"])


def _target(game: Wargame, event: Event) -> str:
    return name_of(game, event.facts["target"])


def names_of(game: Wargame, states: Sequence[str]) -> str:
    """Return states as they are listed in a sentence."""
    return listed([name_of(game, state) for state in states])


def name_of(game: Wargame, state: str) -> str:
    """Return a state as it stands in a sentence."""
    return name_in_words(game.board.scenario.state(state).name)


def month_of(game: Wargame, turn: int) -> str:
    """Return the month of a turn in words."""
    return month_in_words(game.board.scenario.start, turn)


def count(number: Any, thing: str) -> str:
    """Return a number of things in words."""
    return f"{number:.0f} {thing}{'' if number == 1 else 's'}"


def sentence(words: str) -> str:
    """Return words as a sentence."""
    return f"{words[0].upper()}{words[1:]}."
