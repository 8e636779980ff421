"""One world of one arm told in plain sentences, turn by turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.data.arguments import checked
from alliancesim.narrative.sentences import (
    FIGHTS,
    KINDS,
    OPENINGS,
    count,
    month_of,
    name_of,
    names_of,
    result_of,
    sentence,
    sentences,
)
from alliancesim.scenario.age import facts_known
from alliancesim.scenario.run_options import WORLDS_PER_DRAW

if TYPE_CHECKING:
    from alliancesim.agents import Wargame
    from alliancesim.agents.values import Event
    from alliancesim.scenario import Scenario

__all__ = ["HIGHLIGHTS", "Paragraph", "heading", "paragraphs", "story", "summary", "tell"]

HIGHLIGHTS = frozenset(
    {
        *("war", "peace", "backs-down", "concession", "nuclear-signal"),
        *("announced", "in-force", "withdrawn", "renewed"),
    }
)
"""Kinds of event that make a paragraph a highlight: wars, what ends them, what is conceded, and
what becomes of treaties."""


@attrs.frozen
class Paragraph:
    """A paragraph of a chronicle.

    Parameters
    ----------
    turn : int
        When it begins, in months from the start.
    kinds : frozenset of str
        Kinds of the events that it tells.
    text : str
        Its words, the month first.
    first, last : int
        Places of its first and its last event among the events of the world.
    """

    turn: int
    kinds: frozenset[str]
    text: str
    first: int = 0
    last: int = 0


@checked
def tell(
    scenario: Scenario | str,
    *,
    arm: str,
    seed: int = 0,
    world: int = 0,
    worlds_per_draw: int = WORLDS_PER_DRAW,
    priors: bool = True,
    model: type[Wargame] | None = None,
    highlights: bool = False,
) -> Iterator[str]:
    """Play one world of one arm by agents, and yield its story in paragraphs.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or what `load` takes.
    arm : str
        Name of the arm.
    seed, world : int
        Seed of the run, and number of the world in it.
    worlds_per_draw : int
        Worlds that share one draw of the parameters.
    priors : bool
        Whether parameters are drawn from their priors.
    model : type, optional
        `Wargame`, or a class of its kind.
    highlights : bool
        Tell highlights alone, see `HIGHLIGHTS`, and leave out disputes that came to nothing.

    Yields
    ------
    str
        A paragraph; an empty one parts heading, story and summary.

    Raises
    ------
    InvalidInput
        If the arm is unknown or a number is out of range.
    """
    from alliancesim import agents

    game = agents.replay(
        scenario,
        arm=arm,
        seed=seed,
        world=world,
        worlds_per_draw=worlds_per_draw,
        priors=priors,
        model=model or agents.Wargame,
    )
    yield from heading(game)
    yield ""
    yield from story(game, highlights=highlights)
    yield ""
    yield from summary(game)


@checked
def heading(game: Wargame) -> Iterator[str]:
    """Yield what is told: scenario, arm, world and span, and how unknown clauses are read in it."""
    scenario = game.board.scenario
    arm = scenario.arm(game.arm)
    yield f"{scenario.title} ({scenario.name})"
    yield f"Arm {arm.name}. {arm.title}."  # a hypothetical arm's title says so
    span = f"{month_of(game, 0)} to {month_of(game, game.board.horizon - 1)}"
    yield f"Seed {game.world_seed}, world {game.world}: {span}."
    yield f"{facts_known(scenario)}."
    yield "Illustrative, not predictive: one of many ways in which the same world may go."
    yield from _readings(game)


def _readings(game: Wargame) -> Iterator[str]:
    for row, (treaty, block) in enumerate(zip(game.board.treaties, game.board.blocks, strict=True)):
        words = block.words[int(game.reading[row])]
        if words and game.law.in_arm[game.arm_row, row]:
            yield f"Unknown clauses of {treaty.id}, as read in this world: {words}."


@checked
def story(game: Wargame, *, highlights: bool = False) -> Iterator[str]:
    """Yield a paragraph for each dispute, each end of a war, and each year that moved budgets."""
    for paragraph in paragraphs(game, highlights=highlights):
        yield paragraph.text


@checked
def paragraphs(
    game: Wargame, *, highlights: bool = False, public: bool = False
) -> Iterator[Paragraph]:
    """Yield the story's paragraphs as values; of highlights alone, if asked.

    Parameters
    ----------
    game : Wargame
    highlights : bool
        Leave out disputes that came to nothing.
    public : bool
        Leave out what not every state knows: duties as they are read in this world, losses while a
        war lasts, and when forces arrive.

    Yields
    ------
    Paragraph
    """
    for numbered in _paragraphs([_public(each) for each in game.events] if public else game.events):
        places, events = zip(*numbered, strict=True)
        kinds = frozenset(event.kind for event in events)
        if highlights and not kinds & HIGHLIGHTS:
            continue
        told = list(sentences(game, events))
        if told:
            text = f"{month_of(game, events[0].turn)}: {' '.join(told)}"
            yield Paragraph(events[0].turn, kinds, text, places[0], places[-1])


def _public(event: Event) -> Event:
    known = _HIDDEN_IN_A_RISE if event.kind == "rise" else _HIDDEN
    hidden = {name: known[name] for name in event.facts.keys() & known.keys()}
    return attrs.evolve(event, facts=event.facts | hidden) if hidden else event


_HIDDEN_IN_A_RISE: Mapping[str, Any] = {"owed": 0, "delay": 0}


_HIDDEN: Mapping[str, Any] = {
    **{name: {} for name in ("owed", "backers_owed", "delays")},
    "lost": None,
    "late": (),
    "exhausted": False,
}
"""Facts of events that a state need not know, and what stands for them where they are left out."""


def _paragraphs(events: Sequence[Event]) -> Iterator[list[tuple[int, Event]]]:
    """Part events where a dispute opens, a war ends, or a year begins; leave out other kinds.

    Each event has its place before it.
    """
    paragraph: list[tuple[int, Event]] = []
    for place, event in enumerate(events):
        if event.kind not in KINDS:
            continue
        if event.kind in OPENINGS and paragraph:
            yield paragraph
            paragraph = []
        paragraph.append((place, event))
    if paragraph:
        yield paragraph


@checked
def summary(game: Wargame) -> Iterator[str]:
    """Yield what it came to: disputes, wars and who fought in them, and how the members fared."""
    world, members = game.outcome_rows()
    disputes, wars = count(world["disputes"], "dispute"), count(world["wars"], "war")
    yield f"In {count(game.board.horizon, 'month')}: {disputes}, {wars}."
    yield from _wars(game)
    for state in game.board.focus_states:
        yield _fared(name_of(game, state), members[state])


def _wars(game: Wargame) -> Iterator[str]:
    """Say of each war who fought whom, from when, and how it ended."""
    wars, ends = ([e for e in game.events if e.kind == kind] for kind in ("war", "peace"))
    for war in wars:
        same = (end for end in ends if _is_of(end, war) and end.turn >= war.turn)
        end = next(same, None)
        result = result_of(game, end) if end else "still under way at the end"
        yield f"War from {month_of(game, war.turn)}, {_parties(game, war)}: {result}."


def _is_of(end: Event, war: Event) -> bool:
    return all(end.facts[side] == war.facts[side] for side in ("challenger", "target"))


def _raised(game: Wargame, war: Event, side: str) -> dict[str, int]:
    """Return the levels that answers of one side rose to while a war lasted."""
    own = [e for e in game.events if e.kind in ("rise", "peace") and _is_of(e, war)]
    own = [e for e in own if e.turn >= war.turn]
    ended = next((e.turn for e in own if e.kind == "peace"), game.turn)
    return {
        e.facts["state"]: e.facts["answer"]
        for e in own
        if e.kind == "rise" and e.facts["side"] == side and e.turn <= ended
    }


def _parties(game: Wargame, war: Event) -> str:
    sides = []
    for principal, answers in (("challenger", "backers"), ("target", "answers")):
        levels = war.facts[answers] | _raised(game, war, principal)
        joined = [state for state, level in levels.items() if level >= FIGHTS]
        with_them = f" with {names_of(game, joined)}" if joined else ""
        sides.append(name_of(game, war.facts[principal]) + with_them)
    return " against ".join(sides)


def _fared(name: str, row: Mapping[str, float]) -> str:
    told = (
        f"{count(row['disputes_on'], 'dispute')} on it, {row['disputes_by']:.0f} begun by it",
        f"{count(row['wars_on'] + row['wars_by'], 'war')} of its own, "
        f"{row['wars_drawn_in']:.0f} joined",
        f"benefits {row['benefits']:.1%} of its stakes",
        f"forces lost {row['loss_share']:.1%}",
        f"military spending {row['spending_share']:.1f}% of GDP",
        f"welfare {row['welfare']:.3f} stakes a year",
    )
    return sentence(f"{name}: {'; '.join(told)}")
