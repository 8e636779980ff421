"""The library's value types, registered with Hypothesis: ``st.from_type(Treaty)`` works by itself.

Hypothesis finds this through its entry point. Nothing is imported before it calls.
"""

from __future__ import annotations

__all__ = ["register"]


def register() -> None:
    """Register the strategies of the public value types."""
    from hypothesis import strategies as st

    from alliancesim.data.state import Pair, State
    from alliancesim.law import Attack, Obligation, Proviso, Treaty
    from alliancesim.scenario import Scenario

    def lazily(module: str, name: str) -> st.SearchStrategy[object]:
        def build() -> st.SearchStrategy[object]:
            from importlib import import_module

            strategy: st.SearchStrategy[object] = getattr(import_module(module), name)()
            return strategy

        return st.deferred(build)

    here = "alliancesim.testing"
    for cls, home, name in (
        (Attack, "drafting", "attacks"),
        (Obligation, "drafting", "obligations"),
        (Proviso, "drafting", "provisos"),
        (Treaty, "drafting", "treaties"),
        (Pair, "strategies", "pairs"),
        (Scenario, "strategies", "scenarios"),
        (State, "strategies", "states"),
    ):
        st.register_type_strategy(cls, lazily(f"{here}.{home}", name))
