"""What there is: scenarios, arms, treaties, states and parameters, a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from alliancesim import catalogue
from alliancesim.data.arguments import checked
from alliancesim.narrative.formatting import number
from alliancesim.narrative.wording import wrapped
from alliancesim.scenario.files import load

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["Listed", "listing"]

Listed = Literal["scenarios", "arms", "treaties", "states", "parameters", "presets", "variants"]


@checked
def listing(kind: Listed, scenario: Scenario | None = None) -> Iterator[str]:
    """Return lines: each name with what it is.

    Parameters
    ----------
    kind : str
        scenarios, arms, treaties, states, parameters, presets or variants.
    scenario : Scenario, optional
        Whose; the whole catalogue by default, and of arms those of every scenario there.

    Raises
    ------
    InvalidInput
        If there is no such kind.
    """
    return _LISTED[kind](scenario)


def _entries(pairs: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Yield a line for each name and what it is, names in a column."""
    rows = list(pairs)
    wide = min(32, max((len(name) for name, _ in rows), default=0))
    for name, words in rows:
        yield from wrapped(f"{name:<{wide}}  {words}", " " * (wide + 2))


def _marked(words: str, hypothetical: bool) -> str:
    return (
        f"{words} (hypothetical)"
        if hypothetical and "hypothetical" not in words.casefold()
        else words
    )


def _scenarios(_: Scenario | None) -> Iterator[str]:
    def each() -> Iterator[tuple[str, str]]:
        for name in catalogue.names("scenarios"):
            found = load(name)
            arms = len(found.arms)
            yield name, f"{found.title}. Facts to {found.cutoff}; {arms} arms."

    return _entries(each())


def _arms(scenario: Scenario | None) -> Iterator[str]:
    chosen = [scenario] if scenario else [load(name) for name in catalogue.names("scenarios")]
    for found in chosen:
        if len(chosen) > 1:
            yield f"{found.name}:"
        yield from _entries(
            (
                arm.name,
                _marked(arm.title, arm.hypothetical)
                + (" (played where it is named)" if arm.on_request else ""),
            )
            for arm in found.arms
        )


def _treaties(scenario: Scenario | None) -> Iterator[str]:
    chosen: Any = (
        scenario.treaties if scenario else map(catalogue.treaty, catalogue.names("treaties"))
    )
    return _entries(
        (each.id, _marked(each.name, each.hypothetical) + f": {_members(each.members)}")
        for each in chosen
    )


def _members(members: tuple[str, ...]) -> str:
    more = f" and {len(members) - 8} more" if len(members) > 8 else ""
    return ", ".join(members[:8]) + more


def _states(scenario: Scenario | None) -> Iterator[str]:
    chosen: Any = scenario.states if scenario else map(catalogue.state, catalogue.names("states"))
    return _entries((each.id, each.name) for each in chosen)


def _parameters(scenario: Scenario | None) -> Iterator[str]:
    chosen = scenario.parameters if scenario else catalogue.parameters()
    return _entries((p.name, f"{number(p.value)} {p.unit}: {p.meaning}") for p in chosen)


def _presets(_: Scenario | None) -> Iterator[str]:
    found = map(catalogue.preset, catalogue.names("presets"))
    return _entries((each.name, each.meaning) for each in found)


def _variants(_: Scenario | None) -> Iterator[str]:
    return _entries(
        (f"{submodel}={name}", catalogue.variant(submodel, name).meaning)
        for submodel, names in catalogue.variants().items()
        for name in names
    )


_LISTED: dict[Listed, Callable[[Scenario | None], Iterator[str]]] = {
    "scenarios": _scenarios,
    "arms": _arms,
    "treaties": _treaties,
    "states": _states,
    "parameters": _parameters,
    "presets": _presets,
    "variants": _variants,
}
