"""The decision at which two arms of a world diverge, in words: who, on what terms, which draw."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from alliancesim.narrative.formatting import number
from alliancesim.narrative.sentences import ANSWERS, month_of, name_of
from alliancesim.narrative.wording import wrapped

if TYPE_CHECKING:
    from alliancesim.agents import Decision, Divergence, Twins, Wargame

__all__ = [
    "asked",
    "choices",
    "columns_of",
    "divergence_lines",
    "in_a_line",
    "named",
    "row_of",
    "same_draw",
    "sides",
    "terms",
    "titles",
]

_ALLIES = ("answer", "war-answer", "back")
_FIRST, _CELL = 56, 22
_LEAST = 5e-4
"""What is not told of a sum, since it is printed as zero."""


def sides(both: Twins) -> tuple[Wargame, Wargame]:
    """Return the two worlds as they are told: the arm compared with first."""
    return both.against, both.arm


def titles(both: Twins) -> tuple[str, str]:
    """Return the two arms as they are called, in the order told."""
    first, second = (named(game) for game in sides(both))
    return first, second


def named(game: Wargame) -> str:
    """Return an arm as it is called, and that it is hypothetical."""
    arm = game.board.scenario.arm(game.arm)
    return f"{arm.name} (hypothetical)" if arm.hypothetical else arm.name


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
    "again": "{by} is asked again in the war of {challenger} and {target}, and may go farther",
    "umbrella": "a patron's deterrent may cover {by}, which loses the war of {challenger} "
    "and {target}",
    "settle": "the war of {challenger} and {target} may be settled under a nuclear signal by {by}",
    "use": "{by} may use nuclear weapons in the war of {challenger} and {target}",
    "end": "the war of {challenger} against {target} may end",
}


_WHY = dict.fromkeys(
    ("answer", "war-answer"),
    "Asked is who owes something, or has interest enough, and has forces to bring.",
) | {"back": "Asked is who owes the challenger help and does not help the target."}


def asked(game: Wargame, decision: Decision) -> str:
    """Return what was to be decided, and by whom."""
    names = {who: name_of(game, getattr(decision, who)) for who in ("by", "challenger", "target")}
    return _ASKED[decision.kind].format(**names)


def choices(divergence: Divergence) -> tuple[str, str]:
    """Return what was chosen in the arm compared with, and in the arm, in words."""
    return _chosen(divergence, divergence.against), _chosen(divergence, divergence.arm)


def _chosen(divergence: Divergence, decision: Decision | None) -> str:
    if decision is None and divergence.decision.kind == "again":
        return "goes no farther"
    if decision is None:
        return "is not asked" if divergence.decision.kind in _ALLIES else "does not come to it"
    if decision.kind == "end":
        return _ENDS[decision.choice]
    if decision.kind in _YES_NO:
        return _YES_NO[decision.kind][1 - decision.choice]
    return ANSWERS[decision.choice][0]


def same_draw(divergence: Divergence) -> str:
    """Say with which random draw it was decided."""
    random_draw = {
        each.random_draw for each in (divergence.arm, divergence.against) if each is not None
    }
    drawn = next(iter(random_draw))
    if drawn is None:
        return "Nothing is left to chance."
    if divergence.arm is None or divergence.against is None:
        why = f" {_WHY[divergence.decision.kind]}" if divergence.decision.kind in _WHY else ""
        return f"Random draw: {drawn:.3f}, in one arm alone.{why}"
    if len(random_draw) > 1:
        return "In one arm alone it is left to chance."
    return f"Random draw: {drawn:.3f}, the same in both arms."


def terms(divergence: Divergence) -> list[tuple[str, float | None, float | None]]:
    """Return rows: what is weighed, in the arm compared with and in the arm."""
    pair = (divergence.against, divergence.arm)
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


def divergence_lines(both: Twins, divergence: Divergence) -> Iterator[str]:
    """Yield a decision with its terms in both arms."""
    decision, game = divergence.decision, both.arm
    yield from wrapped(f"{month_of(game, decision.turn)}: {asked(game, decision)}.")
    yield from wrapped(same_draw(divergence))
    pair = (divergence.against, divergence.arm)
    yield from columns_of((f"[{decision.unit}]" if decision.unit else "", *titles(both)))
    for name, *values in terms(divergence):
        yield row_of(f"  {name}", *(_number(value) for value in values))
    if decision.cuts:
        if decision.random_draw is not None:
            yield row_of("  random draw", *(_number(each.push if each else None) for each in pair))
        yield row_of("sum", *(_number(each.total if each else None) for each in pair))
        yield row_of(_needed(decision), *(_passed(each) for each in pair))
    if decision.chance is not None:
        yield row_of("chance", *(_number(each.chance if each else None) for each in pair))
        yield row_of(
            "random draw: yes if below",
            *(_number(each.random_draw if each else None) for each in pair),
        )
    yield from columns_of(("and so", *choices(divergence)))


def _needed(decision: Decision) -> str:
    return "passes" if len(decision.cuts) > 1 else "yes if above"


def _passed(decision: Decision | None) -> str:
    """Say between which steps of the ladder a sum lies; of a yes or no, what it has to pass."""
    if decision is None:
        return "-"
    if len(decision.cuts) == 1:
        return number(decision.cuts[0], 3)
    low = number(decision.cuts[decision.choice - 1], 2) if decision.choice else ""
    high = number(decision.cuts[decision.choice], 2) if decision.choice < len(decision.cuts) else ""
    if low and high:
        return f"{low}, not {high}"
    return low or f"not {high}"


def _number(value: float | None) -> str:
    return "-" if value is None else number(value, 3)


def row_of(first: str, *cells: str) -> str:
    """Return a row of a table with a column an arm."""
    return (f"{first:<{_FIRST}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)).rstrip()


def columns_of(row: Sequence[str]) -> Iterator[str]:
    """Yield a row whose cells are broken to their width."""
    first, *cells = row
    broken = [textwrap.wrap(cell, _CELL - 1) for cell in cells]
    for n in range(max(map(len, broken))):
        yield row_of(first if not n else "", *(each[n] if n < len(each) else "" for each in broken))


def in_a_line(both: Twins, divergence: Divergence) -> str:
    """Return a decision that differs, in a line."""
    decision = divergence.decision
    pairs = zip(titles(both), choices(divergence), strict=True)
    told = "; ".join(f"{arm}: {choice}" for arm, choice in pairs)
    when = month_of(both.arm, decision.turn)
    return f"{when}: {asked(both.arm, decision)}. {told}."
