"""How is a world told in two arms at once: until they part, where, and what became of it?"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from alliancesim._sentences import ANSWERS, month_of, name_of
from alliancesim.chronicle import HIGHLIGHTS, Paragraph, heading, paragraphs
from alliancesim.metrics import HEADLINES, MEMBER_HEADLINES, METRICS
from alliancesim.words import WIDTH, wrapped

if TYPE_CHECKING:
    from alliancesim.agents import Decision, Parting, Twins, Wargame
    from alliancesim.metrics import Metric

__all__ = [
    "after",
    "asked",
    "balance",
    "chosen",
    "in_a_line",
    "lines",
    "named",
    "same_luck",
    "sides",
    "terms",
]

_BETWEEN = " | "
_COLUMN = (WIDTH - len(_BETWEEN)) // 2
_FIRST, _CELL = 56, 22
_LEAST = 5e-4
"""What is not told of a sum, since it is printed as zero."""
_TOLD, _FURTHER = 4, 6
"""Highlights of what both arms share, and further decisions that differ, that are told."""


def lines(both: Twins) -> Iterator[str]:
    """Yield lines, at most 100 columns wide."""
    yield from _head(both)
    yield from ("", "UNTIL THEY PART")
    yield from _common(both)
    if both.parting is None:
        yield "The arms never part: every decision is the same."
    else:
        yield from ("", "WHERE THEY PART: the first decision that differs")
        yield from parting_lines(both, both.parting)
        turn = both.turning
        if turn is not None and turn is not both.parting:
            yield from ("", "WHAT TURNS THE COURSE: the first that is more than an ally's answer")
            yield from parting_lines(both, turn)
        yield from _further(both)
        yield from ("", "FROM THEN ON: highlights", *_columns(*_titles(both)), "-" * WIDTH)
        yield from _side_by_side(both)
    yield from ("", "WHAT IT CAME TO")
    yield from _balance_lines(both)


def sides(both: Twins) -> tuple[Wargame, Wargame]:
    """Return the two worlds as they are told: the arm compared with first."""
    return both.against, both.arm


def _titles(both: Twins) -> tuple[str, str]:
    first, second = (named(game) for game in sides(both))
    return first, second


def named(game: Wargame) -> str:
    """Return an arm as it is called, and that it is hypothetical."""
    arm = game.board.scenario.arm(game.arm)
    return f"{arm.name} (hypothetical)" if arm.hypothetical else arm.name


def _head(both: Twins) -> Iterator[str]:
    game = both.arm
    scenario = game.board.scenario
    yield from wrapped(f"{scenario.title} ({scenario.name})")
    for each in sides(both):
        yield from wrapped(f"Arm {each.arm}. {scenario.arm(each.arm).title}.")
    span = f"{month_of(game, 0)} to {month_of(game, game.board.horizon - 1)}"
    yield f"Seed {game.world_seed}, world {game.world}, played in both arms: {span}."
    yield "The same decision has the same luck in both. Illustrative, not predictive."
    readings = (line for each in sides(both) for line in heading(each))
    for line in dict.fromkeys(line for line in readings if line.startswith("Unknown clauses")):
        yield from wrapped(line)


def _common(both: Twins) -> Iterator[str]:
    """Say what both arms share: how much, and the last highlights of it."""
    seen = [event.kind for event in both.common]
    count = {kind: seen.count(kind) for kind in ("challenge", "war")}
    until = month_of(both.arm, both.parting.decision.turn) if both.parting else "the end"
    disputes = f"{count['challenge']} dispute{'' if count['challenge'] == 1 else 's'}"
    wars = f"{count['war']} war{'' if count['war'] == 1 else 's'}"
    yield f"Alike until {until}: {disputes}, {wars}, decided alike on the same luck."
    shared = [each for each in paragraphs(both.arm, highlights=True) if not _is_after(both, each)]
    if len(shared) > _TOLD:
        yield f"The last {_TOLD} of {len(shared)} highlights, in the words of {both.arm.arm}:"
    for each in shared[-_TOLD:]:
        yield from wrapped(each.text)


def _is_after(both: Twins, paragraph: Paragraph) -> bool:
    return paragraph.last >= both.before(both.arm)


def after(both: Twins, game: Wargame) -> list[Paragraph]:
    """Return what happened in one of the two from the parting on: its dispute, and highlights."""
    start = both.before(game)
    turn = both.parting.decision.turn if both.parting else game.board.horizon
    told = [each for each in paragraphs(game) if each.last >= start]
    opened = told[:1] if told and told[0].turn == turn and "challenge" in told[0].kinds else []
    return opened + [each for each in told if each.kinds & HIGHLIGHTS and each not in opened]


# -- the decision ----------------------------------------------------------------------------

_YES_NO = {
    "challenge": ("challenges", "does not challenge"),
    "resist": ("resists", "does not resist"),
    "refuse": ("refuses the demand", "does not refuse the demand"),
    "gain": ("gains", "gains nothing"),
    "fight": ("goes to war", "backs down"),
    "umbrella": ("is covered", "is not covered"),
    "settle": ("war is settled", "fighting goes on"),
    "use": ("uses nuclear weapons", "does not"),
}
_ENDS = {1: "the challenger wins", 0: "neither wins", -1: "the target wins"}
_ASKED = {
    "challenge": "{by} has an opportunity to challenge {target}",
    "answer": "{by} may answer the dispute that {challenger} opens with {target}",
    "resist": "{by} is challenged by {challenger}, and may resist",
    "refuse": "{by} resists {challenger}, and may refuse its demand",
    "gain": "{by} challenges {target} without war, and may gain by it",
    "fight": "the demand of {by} on {target} is refused: it fights or backs down",
    "war-answer": "{by} may come to the aid of {target} in its war with {challenger}",
    "back": "{by} may come to the aid of {challenger} in its war with {target}",
    "umbrella": "a patron's deterrent may cover {by}, which loses the war of {challenger} "
    "and {target}",
    "settle": "the war of {challenger} and {target} may be settled under a nuclear signal by {by}",
    "use": "{by} may use nuclear weapons in the war of {challenger} and {target}",
    "end": "the war of {challenger} against {target} may end",
}


def asked(game: Wargame, decision: Decision) -> str:
    """Return what was to be decided, and by whom."""
    names = {who: name_of(game, getattr(decision, who)) for who in ("by", "challenger", "target")}
    return _ASKED[decision.kind].format(**names)


def chosen(decision: Decision | None) -> str:
    """Return what was chosen, in words."""
    if decision is None:
        return "does not come to it"
    if decision.kind == "end":
        return _ENDS[decision.choice]
    if decision.kind in _YES_NO:
        return _YES_NO[decision.kind][1 - decision.choice]
    return ANSWERS[decision.choice][0]


def same_luck(parting: Parting) -> str:
    """Say with which luck it was decided."""
    luck = {each.luck for each in (parting.arm, parting.against) if each is not None}
    drawn = next(iter(luck))
    if drawn is None:
        return "Nothing is left to luck."
    if parting.arm is None or parting.against is None:
        return f"Luck drawn: {drawn:.3f}, in one arm alone, since the other does not come to it."
    if len(luck) > 1:
        return "In one arm alone it is left to luck."
    return f"Luck drawn: {drawn:.3f}, the same in both arms."


def terms(parting: Parting) -> list[tuple[str, float | None, float | None]]:
    """Return rows: what is weighed, in the arm compared with and in the arm."""
    pair = (parting.against, parting.arm)
    fuller = sorted((each for each in pair if each), key=lambda each: -len(each.terms))
    names = dict.fromkeys(name for each in fuller for name in each.terms)
    first, second = (
        {name: None if each is None else _term(each, name) for name in names} for each in pair
    )
    return [(n, first[n], second[n]) for n in names if first[n] or second[n]]


def _term(decision: Decision, name: str) -> float | None:
    """Return a term; in a sum, one that is absent or next to nothing is zero."""
    value = decision.terms.get(name)
    return value if not decision.cuts else (value if value and abs(value) >= _LEAST else 0.0)


def parting_lines(both: Twins, parting: Parting) -> Iterator[str]:
    """Yield a decision with its terms in both arms."""
    decision, game = parting.decision, both.arm
    yield from wrapped(f"{month_of(game, decision.turn)}: {asked(game, decision)}.")
    yield from wrapped(same_luck(parting))
    pair = (parting.against, parting.arm)
    yield from _columns_of((f"[{decision.unit}]" if decision.unit else "", *_titles(both)))
    for name, *values in terms(parting):
        yield _row(f"  {name}", *(_number(value) for value in values))
    if decision.cuts:
        if decision.luck is not None:
            yield _row("  luck", *(_number(each.push if each else None) for each in pair))
        yield _row("sum", *(_number(each.total if each else None) for each in pair))
        yield _row(_needed(decision), *(_passed(each) for each in pair))
    if decision.chance is not None:
        yield _row("chance", *(_number(each.chance if each else None) for each in pair))
        yield _row(
            "luck drawn: yes if below", *(_number(each.luck if each else None) for each in pair)
        )
    yield from _columns_of(("and so", *(chosen(each) for each in pair)))


def _needed(decision: Decision) -> str:
    return "passes" if len(decision.cuts) > 1 else "yes if above"


def _passed(decision: Decision | None) -> str:
    """Say between which steps of the ladder a sum lies; of a yes or no, what it has to pass."""
    if decision is None:
        return "-"
    if len(decision.cuts) == 1:
        return f"{decision.cuts[0]:.3f}"
    low = f"{decision.cuts[decision.choice - 1]:.2f}" if decision.choice else ""
    high = f"{decision.cuts[decision.choice]:.2f}" if decision.choice < len(decision.cuts) else ""
    if low and high:
        return f"{low}, not {high}"
    return low or f"not {high}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:+.3f}" if value < 0 else f"{value:.3f}"


def _row(first: str, *cells: str) -> str:
    return (f"{first:<{_FIRST}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)).rstrip()


def _columns_of(row: Sequence[str]) -> Iterator[str]:
    """Yield a row whose cells are broken to their width."""
    first, *cells = row
    broken = [textwrap.wrap(cell, _CELL - 1) for cell in cells]
    for n in range(max(map(len, broken))):
        yield _row(first if not n else "", *(each[n] if n < len(each) else "" for each in broken))


def _further(both: Twins) -> Iterator[str]:
    """Yield a line for each further decision that was met in both arms and differs."""
    told = [each for each in both.partings if each not in (both.parting, both.turning)]
    if not told:
        return
    most = f", the first {_FURTHER} of {len(told)}" if len(told) > _FURTHER else ""
    yield from ("", f"FURTHER DECISIONS met in both arms that differ{most}")
    for each in told[:_FURTHER]:
        yield from wrapped(in_a_line(both, each))


def in_a_line(both: Twins, parting: Parting) -> str:
    """Return a decision that differs, in a line."""
    decision = parting.decision
    choices = (
        f"{game.arm}: {chosen(each)}"
        for game, each in zip(sides(both), (parting.against, parting.arm), strict=True)
    )
    when = month_of(both.arm, decision.turn)
    return f"{when}: {asked(both.arm, decision)}. {'; '.join(choices)}."


# -- from then on ----------------------------------------------------------------------------


def _side_by_side(both: Twins) -> Iterator[str]:
    """Yield the highlights of both arms, those of one month beside each other."""
    left, right = (after(both, game) for game in sides(both))
    for turn in sorted({each.turn for each in (*left, *right)}):
        here, there = ([each.text for each in own if each.turn == turn] for own in (left, right))
        for text in [text for text in here if text in there]:
            yield from wrapped(f"Both: {text}")
            here.remove(text)
            there.remove(text)
        for n in range(max(len(here), len(there))):
            yield from _columns(*(own[n] if n < len(own) else "" for own in (here, there)))
    if not left and not right:
        yield "Neither has any."


def _columns(left: str, right: str) -> Iterator[str]:
    broken = [textwrap.wrap(text, _COLUMN, subsequent_indent="  ") for text in (left, right)]
    for n in range(max(map(len, broken))):
        one, other = (own[n] if n < len(own) else "" for own in broken)
        yield f"{one:<{_COLUMN}}{_BETWEEN}{other}".rstrip()


# -- the balance -----------------------------------------------------------------------------


def balance(both: Twins) -> list[tuple[str, str, str, float, float]]:
    """Return rows of headline metrics: whose, the metric, its unit, and its value in either arm."""
    books = [game.outcome_rows() for game in sides(both)]
    found = []
    for name in HEADLINES:
        metric = METRICS[name]
        values = [float(world[metric.field]) for world, _ in books]
        found.append(("", _label(metric), metric.unit, values[0], values[1]))
    for member in both.arm.board.members:
        for name in MEMBER_HEADLINES:
            metric = METRICS[name]
            values = [float(closed[member][metric.field]) for _, closed in books]
            found.append((member, _label(metric), metric.unit, values[0], values[1]))
    return found


def _label(metric: Metric) -> str:
    return f"{metric.label}{', expected' if metric.kind == 'expectation' else ''}"


def _balance_lines(both: Twins) -> Iterator[str]:
    yield "Expected: the chances met along the way summed, not a count of what happened."
    yield from _columns_of(("", *_titles(both)))
    for member, rows in groupby(balance(both), key=lambda row: row[0]):
        if member:
            yield name_of(both.arm, member)
        for _, label, unit, *values in rows:
            yield _row(f"  {label} [{unit}]", *(_value(value) for value in values))


def _value(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.3f}"
