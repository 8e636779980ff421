"""Play every arm in the same worlds and compare."""

from __future__ import annotations

import operator
import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliancesim.comparison.value import Comparison
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.outcomes import Tally
    from alliancesim.scenario import Scenario

__all__ = ["compare"]

LARGEST_SEED = 2**64 - 1
"""The seed is the 64-bit key of every draw."""
MOST_WORLDS = 2**48 - 1
"""A world's number has 48 bits in the address of every draw."""

Progress = Callable[[int], object]


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
    progress: bool | Progress = False,
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
        priors do and what luck does are told apart.
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
    chosen = _scenario(scenario)
    names = _arms(chosen, arms)
    asked = _whole("worlds", worlds, 2, MOST_WORLDS)
    options = {
        "worlds": asked,
        "seed": _whole("seed", seed, 0, LARGEST_SEED),
        "worlds_per_draw": _whole("worlds_per_draw", worlds_per_draw, 1, MOST_WORLDS),
        "priors": bool(priors),
    }
    speed = {
        "threads": None if threads is None else _whole("threads", threads, 1, 1024),
        "chunk": _whole("chunk", chunk, 1, MOST_WORLDS),
    }
    with _shown(progress, asked) as told:
        if model is None:
            tally = _play(chosen, names, progress=told, **options, **speed)
        else:
            tally = _play_agents(chosen, names, model=model, progress=told, **options)
    if tally.worlds < 2:
        raise KeyboardInterrupt
    return Comparison(chosen, tally, asked, _made_with())


def _play(scenario: Scenario, arms: tuple[str, ...], **options: Any) -> Tally:
    from alliancesim import engine

    tally: Tally = engine.play(scenario, arms, **options)
    return tally


def _play_agents(scenario: Scenario, arms: tuple[str, ...], **options: Any) -> Tally:
    from alliancesim import agents

    model = options["model"]
    if not (isinstance(model, type) and issubclass(model, agents.Wargame)):
        allowed = "a subclass of alliancesim.Wargame"
        raise InvalidInput(f"{model!r} is not a model", where="model", allowed=allowed)
    tally: Tally = agents.play(scenario, arms, **options)
    return tally


def _scenario(given: Scenario | str | Path) -> Scenario:
    from alliancesim.scenario import Scenario, load

    if isinstance(given, Scenario):
        return given
    if isinstance(given, (str, Path)):
        return load(given)
    raise InvalidInput(
        f"{type(given).__name__} is not a scenario",
        where="scenario",
        allowed="a Scenario, a name in the catalogue, or a file",
    )


def _arms(scenario: Scenario, given: Sequence[str] | None) -> tuple[str, ...]:
    known = tuple(arm.name for arm in scenario.arms)
    names = (
        scenario.arms_by_default
        if given is None
        else (given,)
        if isinstance(given, str)
        else tuple(given)
    )
    for name in names:
        if name not in known:
            raise InvalidInput(f"no arm {name!r}", where="arms", allowed=", ".join(known))
    if len(set(names)) != len(names):
        raise InvalidInput("an arm is named twice", where="arms", allowed="each arm once")
    if len(names) < 2:
        raise InvalidInput(
            f"{len(names)} to compare",
            where="arms",
            allowed=f"two or more of {', '.join(known)}",
        )
    return names


def _whole(name: str, value: object, low: int, high: int) -> int:
    allowed = f"a whole number from {low} to {high}"
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise InvalidInput(f"{value!r}", where=name, allowed=allowed) from None
    if isinstance(value, bool) or not low <= number <= high:
        raise InvalidInput(f"{value!r}", where=name, allowed=allowed)
    return number


def _shown(
    progress: bool | Progress, worlds: int | None
) -> AbstractContextManager[Progress | None]:
    """Return what is told of worlds finished, as a context that tidies up after itself."""
    if callable(progress):
        return nullcontext(progress)
    return _bar(worlds) if progress else nullcontext(None)


@contextmanager
def _bar(worlds: int | None) -> Iterator[Progress]:
    from tqdm import tqdm

    with tqdm(total=worlds, unit=" worlds", leave=False) as bar:
        yield bar.update


def _made_with() -> dict[str, str]:
    import numba
    import numpy

    from alliancesim import __version__

    return {
        "version": __version__,
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "numba": numba.__version__,
        "platform": f"{platform.system()} {platform.machine()}".strip(),
    }
