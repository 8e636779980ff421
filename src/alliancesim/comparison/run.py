"""Play every arm in the same worlds and compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import attrs

from alliancesim.comparison import runner
from alliancesim.comparison.arguments import arms_of, scenario_of
from alliancesim.comparison.result import Comparison
from alliancesim.comparison.several import Comparisons, cases_of
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.scenario import RunOptions
from alliancesim.scenario.run_options import WORLDS_PER_DRAW

if TYPE_CHECKING:
    from alliancesim.outcomes import Tally
    from alliancesim.scenario import Scenario

__all__ = ["compare"]


@overload
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
) -> Comparison: ...


@overload
def compare(
    scenario: list[Any] | tuple[Any, ...] | Mapping[str, Any],
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
) -> Comparisons: ...


@checked
def compare(
    scenario: Scenario | str | Path | list[Any] | tuple[Any, ...] | Mapping[str, Any],
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
) -> Comparison | Comparisons:
    """Play arms of a scenario in the same worlds and compare what comes of them.

    Parameters
    ----------
    scenario : Scenario, str or path, or several
        A scenario, the name of one in the catalogue, or a TOML file. Several in a list, or by
        label in a dict, are played one after another in the same worlds: other scenarios, or one
        with another variant (`Scenario.with_variant`), reading (`with_reading`), value (`fixing`),
        preset (`with_preset`) or treaty (`with_treaty`).
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
    Comparison or Comparisons
        The latter of several scenarios. If the run is interrupted from the keyboard, of the worlds
        finished until then.

    Raises
    ------
    InvalidInput
        If an argument cannot be used; nothing is played then.
    KeyboardInterrupt
        If the run is interrupted before two worlds were finished.
    """
    several = cases_of(scenario)
    if several is not None:
        run = {
            "worlds": worlds,
            "seed": seed,
            "worlds_per_draw": worlds_per_draw,
            "priors": priors,
            "threads": threads,
            "chunk": chunk,
            "progress": progress,
            "model": model,
        }
        return _cases(several, arms, run)
    chosen = scenario_of(scenario)  # type: ignore[arg-type]
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


def _cases(
    several: Mapping[str, Any], arms: Sequence[str] | None, run: dict[str, Any]
) -> Comparisons:
    """Play every case; all are read and checked before the first is played."""
    chosen = {label: scenario_of(each) for label, each in several.items()}
    for each in chosen.values():
        arms_of(each, arms)
    found: dict[str, Comparison] = {}
    for label, each in chosen.items():
        try:
            found[label] = compare(each, arms, **run)
        except KeyboardInterrupt:
            if not found:
                raise
            break
        if found[label].interrupted:
            break
    return Comparisons(found, asked=len(chosen))


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
