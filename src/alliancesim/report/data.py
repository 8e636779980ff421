"""Which figures is a comparison made from, and how far is each to be trusted?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from alliancesim.data.state import QUANTITIES
from alliancesim.scenario.sources import MARKS, SourcedQuantity, quantities

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["DataText", "SourceText", "data", "parameters"]

LETTERS = {
    "verified": "v",
    "verified-secondary": "s",
    "derived": "d",
    "computed": "c",
    "calibrated": "c",
    "recalled": "r",
    "judgement": "j",
    "convention": "k",
}
"""Marks of standing, as they stand behind a number."""


@attrs.frozen
class SourceText:
    """Where one column comes from: the source, its standing, and for which states."""

    item: str
    unit: str
    source: str
    status: str
    states: str


@attrs.frozen
class DataText:
    """A row of figures a state, their sources, and counts of the rest by standing."""

    items: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    sources: tuple[SourceText, ...]
    letters: tuple[tuple[str, str], ...]
    pairs: int
    judged_pairs: int
    beliefs: tuple[tuple[str, SourcedQuantity], ...]
    transfers: tuple[tuple[str, SourcedQuantity], ...]
    parameters: tuple[tuple[str, int], ...]


def data(scenario: Scenario) -> DataText:
    """Return what a scenario's states are made of, with the standing of each figure."""
    own = {
        state.id: [
            each
            for each in quantities(state.id, scenario)
            if each.subject == state.id and each.item in QUANTITIES
        ]
        for state in scenario.states
    }
    named = {state.id: state.name for state in scenario.states}
    first = next(iter(own.values()))
    used = dict.fromkeys(_plain(each.status) for row in own.values() for each in row)
    return DataText(
        items=tuple((_named(each.item), each.unit) for each in first),
        rows=tuple(
            (named[state], tuple((each.value, _letter(each.status)) for each in found))
            for state, found in own.items()
        ),
        sources=tuple(_sources(list(own.values()), len(own))),
        letters=tuple((letter, name) for name, letter in LETTERS.items() if name in used),
        pairs=len(scenario.pairs),
        judged_pairs=sum(_judged(scenario, n) for n in range(len(scenario.pairs))),
        beliefs=tuple(_beliefs(scenario)),
        transfers=tuple(_transfers(scenario)),
        parameters=tuple(Counter(MARKS[each.mark] for each in scenario.parameters).most_common()),
    )


def _named(item: str) -> str:
    return "GDP" if item == "gdp" else item.replace("_", " ")


def _plain(status: str) -> str:
    return status.split(":")[0].strip()


def _letter(status: str) -> str:
    return LETTERS.get(_plain(status), "")


def _judged(scenario: Scenario, place: int) -> bool:
    pair = scenario.pairs[place]
    return any((pair.rate_multiplier_a, pair.rate_multiplier_b, pair.tie)) or (
        "judgement" in pair.source
    )


def _beliefs(scenario: Scenario) -> Iterator[tuple[str, SourcedQuantity]]:
    named = {state.id: state.name for state in scenario.states}
    for umbrella in scenario.umbrellas:
        subject = f"{umbrella.patron} over {umbrella.client}"
        found = quantities(umbrella.patron, scenario)
        figure = next(each for each in found if each.subject == subject)
        yield f"{named[umbrella.patron]} over {named[umbrella.client]}", figure


def _transfers(scenario: Scenario) -> Iterator[tuple[str, SourcedQuantity]]:
    named = {state.id: state.name for state in scenario.states}
    for each in scenario.transfers:
        found = quantities(each.payer, scenario)
        item = (f"{each.payer} to {each.payee}", f"transfer under {each.treaty}")
        figure = next(one for one in found if (one.subject, one.item) == item)
        yield f"{named[each.payer]} to {named[each.payee]} under {each.treaty}", figure


def _sources(rows: Sequence[Sequence[SourcedQuantity]], states: int) -> Iterator[SourceText]:
    """Yield the sources of each column, the part before details of one state kept."""
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    for column in zip(*rows, strict=True):
        for each in column:
            key = (_named(each.item), each.unit, _head(each.source), each.status)
            groups.setdefault(key, []).append(each.subject)
    for (item, unit, source, status), subjects in groups.items():
        which = "all" if len(subjects) == states else ", ".join(subjects)
        yield SourceText(item, unit, source, status, which)


def _head(source: str) -> str:
    first = source.split(";")[0]
    return first if first.startswith("judgement") else first.split(":")[0]


def parameters(scenario: Scenario, names: Sequence[str]) -> Iterator[SourcedQuantity]:
    """Yield the parameters among some names, with meaning, value, prior and source."""
    known = {each.name for each in scenario.parameters}
    for name in dict.fromkeys(names):
        if name in known:
            yield quantities(name, scenario)[0]
