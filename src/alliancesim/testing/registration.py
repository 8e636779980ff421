"""The library's value types, registered with Hypothesis: ``st.from_type(Treaty)`` works by itself.

Hypothesis finds this through its entry point. The strategies are imported when one is drawn from.
"""

from __future__ import annotations

from typing import Any

__all__ = ["register"]


def register() -> None:
    """Register the strategies of the public value types."""
    from hypothesis import strategies as st

    for cls in value_types():
        st.register_type_strategy(cls, by_type)


def by_type(cls: type) -> Any:
    """Return the strategy of a type; Hypothesis asks when one is first drawn from."""
    from alliancesim.testing.strategies.types import strategies_by_type

    return strategies_by_type()[cls]


def value_types() -> set[type]:
    """Return the types that users make values of."""
    from alliancesim import law
    from alliancesim.data import circumstance, quantity, state
    from alliancesim.scenario import Scenario, arms

    named = {
        *(getattr(law, name) for name in law.__all__),
        *(getattr(arms, name) for name in arms.__all__),
        *(
            getattr(quantity, name)
            for name in ("Beta", "LogNormal", "Normal", "Quantity", "Uniform")
        ),
        *(circumstance.Circumstance, state.Pair, state.State, state.WorldTotals, Scenario),
    }
    made = set(RESULTS)
    return {one for one in named if isinstance(one, type) and one.__name__ not in made}


RESULTS = (
    "Answer",
    "Atop",
    "Conflict",
    "Duties",
    "Duty",
    "Explanation",
    "Finding",
    "Gate",
    "JointReading",
    "Level",
    "Read",
    "Region",
    "Resolution",
    "Resolved",
)
"""Classes of the law that the law itself makes, or that Hypothesis knows how to draw."""
