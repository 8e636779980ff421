"""What others take for a model of the same size that does nothing, in arm-worlds a second.

Sixteen agents are activated 120 times and a number is recorded. It is the least that a model of
that size costs there; no rule of this library is in it.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import mesa

__all__ = ["idle_mesa", "idle_starsim"]


class _Agent(mesa.Agent):  # type: ignore[misc]
    """An agent that does nothing."""

    def step(self) -> None:
        """Do nothing."""


class _Model(mesa.Model):  # type: ignore[misc]
    """As many agents as there are states, activated once a month."""

    def __init__(self, states: int = 16, rng: Any = None) -> None:
        super().__init__(rng=rng)
        _Agent.create_agents(self, states)
        self.datacollector = mesa.DataCollector(model_reporters={"states": lambda m: len(m.agents)})

    def step(self) -> None:
        """Activate every agent once."""
        self.agents.shuffle_do("step")
        self.datacollector.collect(self)


def idle_mesa(states: int, months: int, worlds: int) -> Callable[[], Any]:
    """Return Mesa's own batch runner on an idle model."""
    options: dict[str, Any] = {"max_steps": months, "display_progress": False}
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        options["rng"] = range(worlds)
    else:
        options["iterations"] = worlds

    def run() -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return mesa.batch_run(_Model, {"states": states}, number_processes=1, **options)

    return run


def idle_starsim(states: int, months: int, worlds: int) -> Callable[[], Any] | None:
    """Return Starsim's own runner on an idle model; None where Starsim is not installed."""
    if find_spec("starsim") is None:
        return None
    import starsim

    def run() -> Any:
        sim = starsim.Sim(n_agents=states, start=0, stop=months - 1, dt=1, verbose=0)
        return starsim.MultiSim(sim, n_runs=worlds).run(parallel=False, verbose=0)

    return run
