"""Play every arm in the same worlds and compare."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliancesim.comparison import runner
from alliancesim.comparison.arguments import (
    MOST_WORLDS,
    arms_of,
    scenario_of,
    seeding_of,
    speed_of,
    whole,
)
from alliancesim.comparison.result import Comparison
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.outcomes import Tally
    from alliancesim.scenario import Scenario

__all__ = ["compare"]


def compare(
    scenario: Scenario | str | Path,
    arms: Sequence[str] | None = None,
    worlds: int = 2000,
    seed: int = 0,
    *,
    worlds_per_draw: int = 1,
    priors: bool = True,
    threads: int | None = None,
    chunk: int = 256,
    progress: bool | runner.Progress = False,
    model: type[Any] | None = None,
) -> Comparison:
    """Play arms of a scenario in the same worlds and compare what comes of them.

    Parameters
    ----------
    scenario : Scenario, str or path
        A scenario, the name of one in the catalogue, or a TOML file.
    arms : sequence of str, optional
        Two or more names of its arms, in the order to compare; all of them by default.
    worlds : int
        Number of worlds, 2 or more, each played in every arm.
    seed : int
        0 to 2**64 - 1. The same seed gives the same outcomes to the last bit.
    worlds_per_draw : int
        Consecutive worlds that share one draw of the parameters, 1 or more. From 8 on, what the
        priors do and what sampling noise does are told apart.
    priors : bool
        Draw parameters from their priors. If not, all take their central values.
    threads : int, optional
        Number of threads; by default one for each processor.
    chunk : int
        Worlds played at a time, which bounds the working memory. No result depends on it.
    progress : bool or callable
        Show a progress bar on standard error; or a function that is told, again and again, how
        many more worlds were finished.
    model : type, optional
        A subclass of `Wargame` whose agents are to play instead of the compiled engine.

    Returns
    -------
    Comparison
        If the run is interrupted from the keyboard, of the worlds finished until then.

    Raises
    ------
    InvalidInput
        If an argument cannot be used; nothing is played then.
    KeyboardInterrupt
        If the run is interrupted before two worlds were finished.
    """
    chosen = scenario_of(scenario)
    names = arms_of(chosen, arms)
    asked = whole("worlds", worlds, 2, MOST_WORLDS)
    options = {"worlds": asked, **seeding_of(seed, worlds_per_draw, priors)}
    speed = speed_of(threads, chunk)
    with runner.shown(progress, asked) as told:
        if model is None:
            tally = runner.play(chosen, names, progress=told, **options, **speed)
        else:
            tally = _play_agents(chosen, names, model=model, progress=told, **options)
    if tally.worlds < 2:
        raise KeyboardInterrupt
    return Comparison(chosen, tally, asked, runner.made_with())


def _play_agents(scenario: Scenario, arms: tuple[str, ...], **options: Any) -> Tally:
    from alliancesim import agents

    model = options["model"]
    if not (isinstance(model, type) and issubclass(model, agents.Wargame)):
        allowed = "a subclass of alliancesim.Wargame"
        raise InvalidInput(f"{model!r} is not a model", where="model", allowed=allowed)
    tally: Tally = agents.play(scenario, arms, **options)
    return tally
