"""Mesa's classes, with types for what is used of them, since Mesa declares none."""

from typing import TYPE_CHECKING, Any

__all__ = ["Agent", "Model"]

if TYPE_CHECKING:

    class Model:
        """What is used of `mesa.Model`."""

        agents: Any
        random: Any
        rng: Any
        running: bool
        steps: int

        def __init__(self, *, rng: int | None = None) -> None: ...

        def step(self) -> None:
            """Play a step."""

    class Agent:
        """What is used of `mesa.Agent`."""

        unique_id: int
        model: Any

        def __init__(self, model: Any) -> None: ...
else:
    from mesa import Agent, Model
