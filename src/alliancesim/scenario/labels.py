"""Whatever is drawn, named in words: parameters, figures of states and pairs, clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.scenario.scenario import Scenario

__all__ = ["label", "label_or_name"]

_FIGURES = {
    "gdp": "GDP of {0}",
    "military_expenditure": "military spending of {0}",
    "missile_class": "missile strength of {0}",
    "experience": "war experience of {0}",
    "common shock": "how far all disputes of {0} move together",
}
_PATTERNS = (
    (r"(\w+) on (\w+): rate_multiplier", "how often {0} disputes with {1}, against the record"),
    (r"(\w+)-(\w+): tie", "tie between {0} and {1}"),
    (r"(\w+)-(\w+): distance_km", "distance between {0} and {1}"),
    (r"(\w+) over (\w+): umbrella", "belief that the deterrent of {0} covers {1}"),
    (r"(\w+) to (\w+): transfer under (\S+)", "what {0} pays {1} under {2}"),
)
_TREATY = (
    (r"(\S+): depth", "depth of {0}"),
    (r"(\S+): ([^:]+)", "how the clause on {1} of {0} is read"),
)


def label_or_name(scenario: Scenario, name: str) -> str:
    """Return what is drawn in words, or its name where the scenario draws nothing of that name."""
    try:
        return label(scenario, name)
    except InvalidInput:
        return name


def label(scenario: Scenario, name: str) -> str:
    """Return what is drawn in words.

    Parameters
    ----------
    scenario : Scenario
        Whose states, treaties and parameters are named.
    name : str
        As drivers and the data set name it: ``"insured_share"``, ``"IND on PAK: rate_multiplier"``,
        ``"SMDA: provocation"``.

    Returns
    -------
    str
        A phrase in lower case, states by their names.

    Raises
    ------
    InvalidInput
        If nothing of this name is drawn in the scenario.
    """
    parameters = {parameter.name: parameter.meaning for parameter in scenario.parameters}
    if name in parameters:
        return parameters[name]
    states = {state.id: state.name for state in scenario.states}
    for pattern, text in _PATTERNS:
        found = re.fullmatch(pattern, name)
        if found and {*found.groups()[:2]} <= states.keys():
            return text.format(*(states.get(part, part) for part in found.groups()))
    owner, _, figure = name.partition(": ")
    if owner in states and figure:
        known = _FIGURES.get(figure, f"{figure.replace('_', ' ')} of {{0}}")
        return known.format(states[owner])
    if owner in {each.name for each in scenario.circumstances} and figure == "share":
        return f"share of attacks that are “{owner.replace('-', ' ')}”"
    if owner in {treaty.id for treaty in scenario.treaties}:
        for pattern, text in _TREATY:
            found = re.fullmatch(pattern, name)
            if found:
                return text.format(*found.groups())
    allowed = "a parameter, or a figure or clause that is drawn; see Comparison.data.parameter"
    raise InvalidInput(f"nothing is drawn under the name {name!r}", where="label", allowed=allowed)
