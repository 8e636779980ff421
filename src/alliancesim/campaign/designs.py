"""Designs: many points of parameters, readings, texts of treaties and arms, in one tidy table."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.campaign.campaign import Campaign
from alliancesim.comparison import compare
from alliancesim.comparison.arguments import arms_of, scenario_of
from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.data.files import as_path
from alliancesim.errors import InvalidInput
from alliancesim.scenario.run_options import LARGEST_SEED

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.comparison import Comparison
    from alliancesim.law import Treaty
    from alliancesim.scenario import Scenario

__all__ = ["MOST_POINTS", "Design", "grid", "latin_hypercube", "sobol"]

MOST_POINTS = 10_000
"""Points of a design at most."""
_TEXT, _ARMS = "text", "compared"


@attrs.frozen(kw_only=True, eq=False)
class Design:
    """Points at which a scenario is played, all in the same worlds.

    Parameters
    ----------
    scenario : Scenario
    points : tuple of dict
        Of each point, a value for each axis: a number for a parameter, words for a reading, a
        label for a text (axis ``text``), two or more arms joined by commas (axis ``compared``).
    texts : dict of str to Treaty
        By their labels.
    kinds : dict of str to str
        Of each axis: "parameter", "reading", "text" or "arms".
    """

    scenario: Scenario
    points: tuple[dict[str, float | str], ...]
    texts: dict[str, Treaty]
    kinds: dict[str, str]

    def case(self, number: int) -> tuple[Scenario, tuple[str, ...] | None]:
        """Return the scenario of a point, and its arms; None for those of the scenario."""
        whole_number("number", number, 0, len(self.points) - 1)
        scenario, arms = self.scenario, None
        values: dict[str, float] = {}
        for axis, value in self.points[number].items():
            kind = self.kinds[axis]
            if kind == "parameter":
                values[axis] = float(value)
            elif kind == "reading":
                scenario = scenario.with_reading(axis, str(value))
            elif kind == "text":
                scenario = scenario.with_treaty(self.texts[str(value)])
            else:
                arms = tuple(str(value).split(","))
        return scenario.fixing(**values) if values else scenario, arms

    def table(self) -> pd.DataFrame:
        """Return the points: a row each, a column ``point`` and one for each axis."""
        import pandas as pd

        return pd.DataFrame([{"point": k, **each} for k, each in enumerate(self.points)])

    def play(
        self,
        worlds: int,
        *,
        seed: int = 0,
        worlds_per_draw: int = 8,
        metrics: Sequence[str] | None = None,
        folder: str | PathLike[str] | None = None,
        block: int | None = None,
        **options: Any,
    ) -> pd.DataFrame:
        """Play every point in the same worlds and return what differs, as one tidy table.

        Parameters
        ----------
        worlds : int
            Of each point and arm; with a folder, whole blocks.
        seed, worlds_per_draw
            See `alliancesim.scenario.RunOptions`.
        metrics : sequence of str, optional
            See `Comparison.differences`.
        folder : str or path, optional
            Keep each point as a campaign in a folder of its own within this one. A design that
            was interrupted then goes on where it stopped.
        block : int, optional
            With a folder, worlds of a block; see `Campaign`.
        **options
            With a folder those of `Campaign.play`, without one those of `compare`.

        Returns
        -------
        pandas.DataFrame
            ``point``, a column for each axis, then those of `Comparison.differences`.

        Raises
        ------
        InvalidInput
            If an argument cannot be used, or a folder holds another point.
        """
        import pandas as pd

        if block is not None and folder is None:
            raise InvalidInput(f"{block}", where="block", allowed="a folder to keep blocks in")
        home = None if folder is None else as_path(folder, "folder")
        tables = []
        for number, point in enumerate(self.points):
            scenario, arms = self.case(number)
            given: dict[str, Any] = {"seed": seed, "worlds_per_draw": worlds_per_draw}
            if home is None:
                played: Comparison = compare(scenario, arms, worlds, **given, **options)
            else:
                place = home / f"point-{number:05d}"
                campaign = Campaign(place, scenario, arms, block=block, **given)
                campaign.play(to=worlds, **options)
                played = campaign.comparison()
            found = played.differences(metrics)
            for column, (name, value) in enumerate({"point": number, **point}.items()):
                found.insert(column, name, value)
            tables.append(found)
        joined: pd.DataFrame = pd.concat(tables, ignore_index=True)
        return joined


@checked
def grid(
    scenario: Scenario | str | Path,
    *,
    parameters: Mapping[str, Sequence[float]] | None = None,
    readings: Mapping[str, Sequence[str]] | None = None,
    texts: Mapping[str, Treaty] | None = None,
    arms: Sequence[Sequence[str]] | None = None,
) -> Design:
    """Return a design of every combination of some values.

    Parameters
    ----------
    scenario : Scenario, str or path
        As for `compare`.
    parameters : mapping of str to sequence of float, optional
        Values of parameters, by name; priors of these are dropped.
    readings : mapping of str to sequence of str, optional
        Of unknown clauses, by name as in `Scenario.with_reading`.
    texts : mapping of str to Treaty, optional
        Treaties by label, one of which takes the place of that with its id at each point.
    arms : sequence of sequence of str, optional
        Arms to compare, two or more at each point.

    Raises
    ------
    InvalidInput
        If a name or a value is unknown or out of range, there is nothing to vary, or there are
        more than 10,000 points.
    """
    found = _axes(scenario_of(scenario), parameters, readings, texts, arms)
    count = int(np.prod([len(each) for each in found.levels.values()], dtype=object))
    whole_number("points", count, 1, MOST_POINTS)
    points = itertools.product(*found.levels.values())
    return found.design([dict(zip(found.levels, each, strict=True)) for each in points])


@checked
def latin_hypercube(
    scenario: Scenario | str | Path,
    points: int,
    *,
    seed: int = 0,
    parameters: Mapping[str, Sequence[float]] | None = None,
    readings: Mapping[str, Sequence[str]] | None = None,
    texts: Mapping[str, Treaty] | None = None,
    arms: Sequence[Sequence[str]] | None = None,
) -> Design:
    """Return a design of points spread as a Latin hypercube (`scipy.stats.qmc`).

    Parameters
    ----------
    scenario, readings, texts, arms
        As for `grid`; every value has an equal share.
    points : int
        1 to 10,000.
    seed : int
        Of the design; the same points come from one version of SciPy.
    parameters : mapping of str to (float, float), optional
        Ends of the range of each parameter.

    Raises
    ------
    InvalidInput
        As for `grid`.
    """
    found = _axes(scenario_of(scenario), _ends(parameters), readings, texts, arms)
    return found.spread("LatinHypercube", points, seed)


@checked
def sobol(
    scenario: Scenario | str | Path,
    points: int,
    *,
    seed: int = 0,
    parameters: Mapping[str, Sequence[float]] | None = None,
    readings: Mapping[str, Sequence[str]] | None = None,
    texts: Mapping[str, Treaty] | None = None,
    arms: Sequence[Sequence[str]] | None = None,
) -> Design:
    """Return a design of points of a scrambled Sobol sequence (`scipy.stats.qmc`).

    Parameters
    ----------
    scenario, seed, parameters, readings, texts, arms
        As for `latin_hypercube`.
    points : int
        A power of two, without which the sequence is not balanced, up to 8,192.

    Raises
    ------
    InvalidInput
        As for `grid`, and if `points` is no power of two.
    """
    whole_number("points", points, 1, MOST_POINTS)
    if points & (points - 1):
        raise InvalidInput(f"{points}", where="points", allowed="a power of two, such as 64")
    found = _axes(scenario_of(scenario), _ends(parameters), readings, texts, arms)
    return found.spread("Sobol", points, seed)


def _ends(parameters: Mapping[str, Sequence[float]] | None) -> Mapping[str, Sequence[float]]:
    for name, ends in (parameters or {}).items():
        if len(ends) != 2 or not ends[0] < ends[1]:
            allowed = "the two ends of a range, the lower first"
            raise InvalidInput(f"{list(ends)}"[:80], where=f"parameters: {name}", allowed=allowed)
    return parameters or {}


@attrs.frozen(kw_only=True)
class _Axes:
    """What is varied: levels of each axis, or for spread points the ends of each number."""

    scenario: Scenario
    levels: dict[str, Sequence[float | str]]
    kinds: dict[str, str]
    texts: dict[str, Treaty]

    def design(self, points: Sequence[dict[str, float | str]]) -> Design:
        return Design(
            scenario=self.scenario, points=tuple(points), texts=self.texts, kinds=self.kinds
        )

    def spread(self, method: str, points: int, seed: int) -> Design:
        from scipy.stats import qmc

        whole_number("points", points, 1, MOST_POINTS)
        whole_number("seed", seed, 0, LARGEST_SEED)
        made = getattr(qmc, method)
        name = "rng" if "rng" in inspect.signature(made).parameters else "seed"
        shares = made(len(self.levels), **{name: np.random.default_rng(seed)}).random(points)
        return self.design(list(self._points(shares)))

    def _points(self, shares: NDArray[np.float64]) -> Iterator[dict[str, float | str]]:
        for row in shares:
            yield {
                name: self._value(name, float(share))
                for name, share in zip(self.levels, row, strict=True)
            }

    def _value(self, name: str, share: float) -> float | str:
        levels = self.levels[name]
        if self.kinds[name] == "parameter":
            low, high = (float(end) for end in levels)
            return low + share * (high - low)
        return levels[min(int(share * len(levels)), len(levels) - 1)]


def _axes(
    scenario: Scenario,
    parameters: Mapping[str, Sequence[float]] | None,
    readings: Mapping[str, Sequence[str]] | None,
    texts: Mapping[str, Treaty] | None,
    arms: Sequence[Sequence[str]] | None,
) -> _Axes:
    """Check every level once, so that no point fails after others were played."""
    levels: dict[str, Sequence[float | str]] = {}
    kinds: dict[str, str] = {}
    for name, values in (parameters or {}).items():
        levels[name], kinds[name] = tuple(float(value) for value in values), "parameter"
        for value in values:
            scenario.fixing(**{name: value})
    for name, words in (readings or {}).items():
        levels[name], kinds[name] = tuple(words), "reading"
        for each in words:
            scenario.with_reading(name, each)
    if texts is not None:
        levels[_TEXT], kinds[_TEXT] = tuple(texts), "text"
        for treaty in texts.values():
            scenario.with_treaty(treaty)
    if arms is not None:
        levels[_ARMS] = tuple(",".join(arms_of(scenario, each)) for each in arms)
        kinds[_ARMS] = "arms"
    if not levels:
        raise InvalidInput("nothing to vary", where="design", allowed="one axis or more")
    for name, given in levels.items():
        if not given or len(set(given)) < len(given):
            raise InvalidInput(
                f"{list(given)}"[:80], where=name, allowed="one value or more, each once"
            )
    settled = {each.partition(":")[0] for each in readings or ()}
    if clash := settled & {each.id for each in (texts or {}).values()}:
        raise InvalidInput(
            f"{', '.join(sorted(clash))} in both",
            where="readings and texts",
            allowed="a treaty's clauses read, or its text replaced",
        )
    return _Axes(scenario=scenario, levels=levels, kinds=kinds, texts=dict(texts or {}))
