"""Call the engine, show its progress, and record the versions of a run."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from alliancesim.outcomes import Tally
    from alliancesim.scenario import RunOptions, Scenario

__all__ = ["Progress", "made_with", "play", "shown"]

Progress = Callable[[int], object]


def play(
    scenario: Scenario,
    arms: tuple[str, ...],
    options: RunOptions,
    progress: Progress | None = None,
) -> Tally:
    """Play with the engine, which is loaded when it is first needed."""
    from alliancesim.engine import play as engine

    given = attrs.asdict(options)
    tally: Tally = engine.play(scenario, arms, progress=progress, **given)
    return tally


def shown(progress: bool | Progress, worlds: int | None) -> AbstractContextManager[Progress | None]:
    """Return the function to call with worlds finished, as a context that closes a bar."""
    if callable(progress):
        return nullcontext(progress)
    return _bar(worlds) if progress else nullcontext(None)


@contextmanager
def _bar(worlds: int | None) -> Iterator[Progress]:
    from tqdm import tqdm

    with tqdm(total=worlds, unit=" worlds", leave=False) as bar:
        yield bar.update


def made_with() -> dict[str, str]:
    """Return the versions that a run was made with."""
    import numpy

    from alliancesim import __version__

    return {
        "version": __version__,
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "numba": _version("numba"),
        "platform": f"{platform.system()} {platform.machine()}".strip(),
    }


def _version(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return "none"
