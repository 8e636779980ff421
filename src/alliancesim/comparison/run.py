"""Play every arm in the same worlds and compare."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.comparison import runner
from alliancesim.comparison.arguments import arms_of, scenario_of
from alliancesim.comparison.result import Comparison
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.scenario import RunOptions
from alliancesim.scenario.run_options import WORLDS_PER_DRAW

if TYPE_CHECKING:
    from alliancesim.outcomes import Tally
    from alliancesim.scenario import Scenario

__all__ = ["compare"]


@checked
def compare(
    scenario: Scenario | str | Path,
    arms: Sequence[str] | None = None,
    worlds: int = 2000,
    seed: int = 0,
    *,
    worlds_per_draw: int = WORLDS_PER_DRAW,
    priors: bool = True,
    threads: int | None = None,
    chunk: int | None = None,
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
    seed, worlds_per_draw, priors, threads, chunk
        See `alliancesim.scenario.RunOptions`.
    progress : bool or callable
        Show a progress bar on standard error; or a function that is called with the number of
        worlds finished since the last call.
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
    options = RunOptions.paired(
        worlds=worlds,
        seed=seed,
        worlds_per_draw=worlds_per_draw,
        priors=priors,
        threads=threads,
        chunk=chunk,
    )
    with runner.shown(progress, options.worlds) as report:
        if model is None:
            tally = runner.play(chosen, names, options, report)
        else:
            tally = _play_agents(chosen, names, options, model, report)
    if tally.worlds < 2:
        raise KeyboardInterrupt
    return Comparison(chosen, tally, options.worlds, runner.made_with())


def _play_agents(
    scenario: Scenario,
    arms: tuple[str, ...],
    options: RunOptions,
    model: type[Any],
    progress: runner.Progress | None,
) -> Tally:
    from alliancesim import agents

    if not (isinstance(model, type) and issubclass(model, agents.Wargame)):
        allowed = "a subclass of alliancesim.Wargame"
        raise InvalidInput(f"{model!r} is not a model", where="model", allowed=allowed)
    given = attrs.asdict(options, filter=attrs.filters.exclude("threads", "chunk"))
    tally: Tally = agents.play(scenario, arms, model=model, progress=progress, **given)
    return tally
