"""Hypothesis strategies for the library's values: small, valid, shrinking to the plainest."""

from __future__ import annotations

from alliancesim.testing.strategies.grown import values
from alliancesim.testing.strategies.law import attacks, obligations, provisos, treaties
from alliancesim.testing.strategies.own import attacks_on
from alliancesim.testing.strategies.scenarios import (
    pacts,
    pairs,
    priors,
    quantities,
    scenarios,
    states,
)

__all__ = [
    "attacks",
    "attacks_on",
    "obligations",
    "pacts",
    "pairs",
    "priors",
    "provisos",
    "quantities",
    "scenarios",
    "states",
    "treaties",
    "values",
]
