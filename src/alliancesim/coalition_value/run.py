"""Play a pact in every coalition of its members, in the same worlds, and ask who gains."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from alliancesim.coalition_value.coalitions import Coalition, Pact, pact_of
from alliancesim.coalition_value.contributions import LEVELS, Level, contributions, levelled
from alliancesim.coalition_value.result import Gains, Worth
from alliancesim.comparison import runner
from alliancesim.comparison.arguments import scenario_of
from alliancesim.data.arguments import checked
from alliancesim.data.names import known_name
from alliancesim.scenario import RunOptions
from alliancesim.scenario.run_options import WORLDS_PER_DRAW
from alliancesim.stats.paired import Design

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["gains"]

Played = dict[Coalition, np.ndarray[Any, np.dtype[np.float64]]]


@checked
def gains(
    scenario: Scenario | str | Path,
    pact: str,
    members: Sequence[str] | None = None,
    candidates: Sequence[str] = (),
    *,
    contributions: Mapping[str, Sequence[str]] | None = None,
    levels: Sequence[Level] = LEVELS,
    worlds: int = 2000,
    seed: int = 0,
    worlds_per_draw: int = WORLDS_PER_DRAW,
    priors: bool = True,
    threads: int | None = None,
    chunk: int | None = None,
    progress: bool | runner.Progress = False,
) -> Gains:
    """Say who gains by a pact: with and without it, member by member, and coalition by coalition.

    Every coalition of the members is played as an arm of its own, in the same worlds. The value
    of a coalition is the welfare of all members, summed, less the same without the pact.

    Parameters
    ----------
    scenario : Scenario, str or path
        A scenario, the name of one in the catalogue, or a TOML file.
    pact : str
        Id of a treaty that does not stand in every arm.
    members : sequence of str, optional
        Two to six states, all parties among them; by default the parties and those who join it in
        an arm of the scenario. Coalitions other than the parties are hypothetical.
    candidates : sequence of str
        Other outsiders who might join.
    contributions : mapping of str to sequence of str, optional
        What each member brings that is to be valued, such as ``{"SAU": ["money"]}``; see
        `alliancesim.coalition_value.contributions.KINDS`. By default what members are commonly
        said to bring. Empty to leave it out.
    levels : sequence of {"median", "others"}
        What a contribution is set to: the median of all members, or of the others.
    worlds, seed, worlds_per_draw, priors, threads, chunk, progress
        See `alliancesim.scenario.RunOptions`; `worlds` and `progress` as for `compare`.

    Returns
    -------
    Gains
        If the run is interrupted from the keyboard: of the worlds finished until then, without
        contributions; or of all worlds, with the contributions that were played.

    Raises
    ------
    InvalidInput
        If an argument cannot be used; nothing is played then.
    KeyboardInterrupt
        If the run is interrupted before two worlds were finished.
    """
    asked = pact_of(scenario_of(scenario), pact, members, candidates)
    changed = _changed(asked, contributions, levels)
    options = RunOptions.paired(
        worlds=worlds,
        seed=seed,
        worlds_per_draw=worlds_per_draw,
        priors=priors,
        threads=threads,
        chunk=chunk,
    )
    count = options.worlds
    runs = 1 + sum(scenario is not asked.scenario for _, scenario, _ in changed)
    with runner.shown(progress, runs * count) as report:
        play = partial(_played, asked, options=options, progress=report)
        played, finished = play(asked.coalitions(), asked.scenario)
        worths = _worths(asked, changed, play, count) if finished == count else []
    if finished < 2:
        raise KeyboardInterrupt
    design = Design(finished, options.worlds_per_draw, 0, options.priors)
    left_out = tuple(f"{what}, {level}" for (what, level), _, _ in changed[len(worths) :])
    return Gains(asked, options.seed, design, played, tuple(worths), count, left_out)


def _worths(
    asked: Pact,
    changed: list[tuple[tuple[Any, Level], Scenario, str]],
    play: Callable[..., tuple[Played, int]],
    worlds: int,
) -> list[Worth]:
    """Play contributions one after another; those done in full until the keyboard interrupts."""
    grand, found = Coalition(asked.members), []
    for about, scenario, words in changed:
        played: Played | None = None
        if scenario is not asked.scenario:
            try:
                played, finished = play([grand], scenario)
            except KeyboardInterrupt:
                break
            if finished < worlds:
                break
        found.append(Worth(*about, words, played))
    return found


def _changed(
    asked: Pact, given: Mapping[str, Sequence[str]] | None, levels: Sequence[Level]
) -> list[tuple[tuple[Any, Level], Scenario, str]]:
    """Return each contribution and level with the scenario in which it is set so."""
    for level in levels:
        known_name(level, LEVELS, what="level", where="levels")
    return [
        ((what, level), *levelled(asked.scenario, what, asked.members, level))
        for what in contributions(asked.members, given)
        for level in levels
    ]


def _played(
    asked: Pact,
    coalitions: Sequence[Coalition],
    scenario: Scenario,
    *,
    options: RunOptions,
    progress: runner.Progress | None,
) -> tuple[Played, int]:
    """Return welfare, shape (worlds, followed), under the pact of each coalition and of none.

    And in how many worlds: fewer than asked for if the keyboard interrupted.
    """
    wanted = {each: asked.arm(each).name for each in (Coalition(), *coalitions)}
    names = tuple(dict.fromkeys(wanted.values()))
    tally = runner.play(asked.playable(coalitions, scenario), names, options, progress)
    column = [tally.focus_states.index(state) for state in asked.followed]
    welfare = tally.values("welfare")[..., column]
    return {each: welfare[:, names.index(name)] for each, name in wanted.items()}, tally.worlds
