"""Collective defence as code: treaties as law held as data, and wargames of what a pact changes.

Three lines are the whole of it::

    import alliancesim as al
    comparison = al.compare("smda", worlds=2000, seed=1)
    print(comparison)

Public names are loaded when they are first used, so that ``import alliancesim`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from alliancesim.agents import StateAgent as StateAgent
    from alliancesim.agents import Wargame as Wargame
    from alliancesim.agents import replay as replay
    from alliancesim.coalition_value import gains as gains
    from alliancesim.comparison import Comparison as Comparison
    from alliancesim.comparison import compare as compare
    from alliancesim.data.state import Pair as Pair
    from alliancesim.data.state import State as State
    from alliancesim.datasets import read_atop as read_atop
    from alliancesim.datasets import read_nmc as read_nmc
    from alliancesim.errors import InvalidInput as InvalidInput
    from alliancesim.law import Attack as Attack
    from alliancesim.law import Treaty as Treaty
    from alliancesim.law.explain import explain as explain
    from alliancesim.law.resolve import resolve as resolve
    from alliancesim.scenario import Scenario as Scenario
    from alliancesim.scenario import dump as dump
    from alliancesim.scenario import load as load

_HOME = {
    "Attack": "law",
    "Comparison": "comparison",
    "InvalidInput": "errors",
    "Pair": "data.state",
    "Scenario": "scenario",
    "State": "data.state",
    "StateAgent": "agents",
    "Treaty": "law",
    "Wargame": "agents",
    "compare": "comparison",
    "dump": "scenario",
    "explain": "law",
    "gains": "coalition_value",
    "load": "scenario",
    "read_atop": "datasets",
    "read_nmc": "datasets",
    "replay": "agents",
    "resolve": "law",
}

__all__ = [*_HOME, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
