"""How a run is played: by the engine, with its progress shown, and under which versions."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alliancesim.outcomes import Tally
    from alliancesim.scenario import Scenario

__all__ = ["Progress", "made_with", "play", "shown"]

Progress = Callable[[int], object]


def play(scenario: Scenario, arms: tuple[str, ...], **options: Any) -> Tally:
    """Play with the engine, which is loaded when it is first needed."""
    from alliancesim.engine import play as engine

    tally: Tally = engine.play(scenario, arms, **options)
    return tally


def shown(progress: bool | Progress, worlds: int | None) -> AbstractContextManager[Progress | None]:
    """Return what is told of worlds finished, as a context that tidies up after itself."""
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
