"""How many worlds until a difference is known as closely as asked: batches, and their looks."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.comparison import runner
from alliancesim.comparison.arguments import arms_of, scenario_of
from alliancesim.comparison.estimates import Contrast, chosen, contrast_of, focus_of
from alliancesim.comparison.result import Comparison
from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.data.plain_text import fitting
from alliancesim.errors import InvalidInput
from alliancesim.narrative.formatting import number, span
from alliancesim.outcomes import Tally, concatenate
from alliancesim.outcomes.metrics import METRICS, Metric
from alliancesim.scenario import RunOptions
from alliancesim.scenario.run_options import MOST_WORLDS, WORLDS_PER_DRAW
from alliancesim.stats.paired import Design
from alliancesim.stats.stopping import FEWEST_DRAWS, Look, look_at

if TYPE_CHECKING:
    from alliancesim.scenario import Scenario

__all__ = ["PreciseComparison", "play_until", "positive_width"]


@attrs.frozen(eq=False, kw_only=True)
class PreciseComparison:
    """A comparison played until a difference was known closely enough, and how it came there.

    Parameters
    ----------
    comparison : Comparison
        The same to the bit as a run of so many worlds in one go.
    metric : Metric
    contrast : Contrast
    focus : str
        Empty for a metric of worlds.
    looks : tuple of Look
        One a batch that was finished.
    """

    comparison: Comparison
    metric: Metric
    contrast: Contrast
    focus: str
    looks: tuple[Look, ...]

    @property
    def reached(self) -> bool:
        """Whether play stopped because the interval was narrow enough."""
        return bool(self.looks) and not self.looks[-1].lacking

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to be careful of in the difference asked for, in words."""
        return tuple(_cautions(self))

    def __str__(self) -> str:
        """Return the looks, a line each at most 100 columns wide, and the warnings."""
        of = f" of {self.focus}" if self.focus else ""
        title = f"until {self.metric.name}{of}, {self.contrast}, is narrow enough"
        lines = [title, f"{'worlds':>10}  {'95 % sampling':>24}  {'width':>9}  {'asked':>9}"]
        shown = self.looks if len(self.looks) <= 8 else (*self.looks[:3], *self.looks[-4:])
        for look in shown:
            cells = f"{span(look.low, look.high):>24}  {number(look.width):>9}"
            why = f"  too few {look.lacking}" if look.lacking in ("draws", "events") else ""
            why = "  too skewed" if look.lacking == "skewness" else why
            lines.append(f"{look.worlds:>10,}  {cells}  {number(look.asked):>9}{why}")
        for warning in self.warnings:
            lines += textwrap.wrap(warning, 100, subsequent_indent="  ")
        return fitting("\n".join(lines))


@checked
def play_until(
    scenario: Scenario | str | Path,
    metric: str,
    width: float,
    *,
    contrast: Contrast | tuple[str, str] | None = None,
    focus: str | None = None,
    relative: bool = False,
    arms: Sequence[str] | None = None,
    batch: int = 512,
    most: int = 100_000,
    seed: int = 0,
    worlds_per_draw: int = WORLDS_PER_DRAW,
    priors: bool = True,
    threads: int | None = None,
    chunk: int | None = None,
    progress: bool | runner.Progress = False,
) -> PreciseComparison:
    """Play batches of worlds until a paired difference is known as closely as asked.

    Parameters
    ----------
    scenario : Scenario, str or path
        A scenario, the name of one in the catalogue, or a TOML file.
    metric : str
        A metric of worlds or focus states. Of rare events ask the conditional expectation, whose
        name ends in ``_expected``.
    width : float
        Full width of the 95 % sampling interval, from its low to its high end, above 0: in the
        metric's unit, or as a share of the difference's size if `relative`.
    contrast : Contrast or pair of str, optional
        Which arm against which; by default the first contrast of the comparison.
    focus : str, optional
        Whose value, for a metric of focus states.
    relative : bool
        Whether `width` is a share of the size of the difference.
    arms : sequence of str, optional
        Arms to play, in order; all of the scenario's by default.
    batch : int
        Worlds between looks, 2 or more, rounded up to whole draws of the parameters.
    most : int
        Worlds after which play stops all the same, rounded down to whole draws: 100 draws or
        more, before which play never stops.
    seed, worlds_per_draw, priors, threads, chunk, progress
        See `alliancesim.scenario.RunOptions`; `progress` as for `compare`.

    Returns
    -------
    PreciseComparison
        Its `comparison` has the same bits as a run of so many worlds in one go. If interrupted
        from the keyboard, of the worlds finished until then.

    Raises
    ------
    InvalidInput
        If an argument cannot be used; nothing is played then.
    KeyboardInterrupt
        If the run is interrupted before two worlds were finished.
    """
    given = scenario_of(scenario)
    names = arms_of(given, arms)
    (known,) = chosen([metric], ())
    asked = _Asked(
        metric=known,
        focus=focus_of(given.focus, known, focus),
        contrast=contrast_of(names, given.reference, contrast),
        width=positive_width(width),
        relative=bool(relative),
    )
    options = RunOptions(
        seed=seed, worlds_per_draw=worlds_per_draw, priors=priors, threads=threads, chunk=chunk
    )
    ends = _ends(batch, most, options.worlds_per_draw if options.priors else 1)
    with runner.shown(progress, None) as report:

        def play(start: int, stop: int) -> Tally:
            part = attrs.evolve(options, worlds=stop - start, first_world=start)
            return runner.play(given, names, part, report)

        return _until(given, asked, play, ends)


@attrs.frozen(kw_only=True)
class _Asked:
    metric: Metric
    focus: str
    contrast: Contrast
    width: float
    relative: bool

    def paired(self, part: Tally) -> NDArray[np.float64]:
        """Return the difference in each world of a part."""
        values = part.values(self.metric.name, self.focus)
        both = (self.contrast.arm, self.contrast.against)
        arm, other = (values[:, part.arms.index(name)] for name in both)
        return np.asarray(arm - other, dtype=np.float64)


def _until(
    scenario: Scenario, asked: _Asked, play: Callable[[int, int], Tally], ends: Iterable[int]
) -> PreciseComparison:
    """Play up to each end in turn, until a look lacks nothing or the keyboard interrupts."""
    parts: list[Tally] = []
    paired: list[NDArray[np.float64]] = []
    looks: list[Look] = []
    played, end = 0, 0
    try:
        for end in ends:
            part = play(played, end)
            parts.append(part)
            played += part.worlds
            if played < end:
                break
            paired.append(asked.paired(part))
            design = Design(played, part.worlds_per_draw, 0, part.priors)
            difference = np.concatenate(paired)
            looks.append(look_at(difference, design, asked.width, relative=asked.relative))
            if not looks[-1].lacking:
                break
    except KeyboardInterrupt:
        played = sum(part.worlds for part in parts)  # the batch that was under way gave nothing
    if played < 2:
        raise KeyboardInterrupt
    return PreciseComparison(
        comparison=Comparison(scenario, concatenate(parts), end, runner.made_with()),
        metric=asked.metric,
        contrast=asked.contrast,
        focus=asked.focus,
        looks=tuple(looks),
    )


def _ends(batch: int, most: int, draw: int) -> Iterable[int]:
    """Return how many worlds were played after each batch; none ends within a draw."""
    size = math.ceil(whole_number("batch", batch, 2, MOST_WORLDS) / draw) * draw
    last = whole_number("most", most, 2, MOST_WORLDS) // draw * draw
    if last < FEWEST_DRAWS * draw:
        allowed = f"{FEWEST_DRAWS * draw} or more: play never stops before {FEWEST_DRAWS} draws"
        raise InvalidInput(f"{most} worlds", where="most", allowed=allowed)
    return chain(range(max(size, 2), last, max(size, 2)), (last,))


def positive_width(given: float) -> float:
    """Return a width above 0; reject what is none."""
    allowed = "a number above 0"
    try:
        width = float(given)
    except (TypeError, ValueError):
        raise InvalidInput(f"{given!r}", where="width", allowed=allowed) from None
    if isinstance(given, bool) or not 0 < width < math.inf:
        raise InvalidInput(f"{given!r}", where="width", allowed=allowed)
    return width


def _cautions(found: PreciseComparison) -> Iterator[str]:
    if found.comparison.interrupted:
        yield f"interrupted after {found.comparison.worlds:,} worlds"
    if not found.looks:
        return
    last, name = found.looks[-1], found.metric.name
    if last.lacking and not found.comparison.interrupted:
        yield f"not as narrow as asked, or not to be trusted yet, after {last.worlds:,} worlds"
    if any(look.lacking == "events" for look in found.looks) and last.draws >= FEWEST_DRAWS:
        better = f"{name}_expected"
        yield f"{name} is rare: {last.events:,} of {last.draws:,} draws differ from the rest" + (
            f"; ask {better} instead" if better in METRICS else ""
        )
    if last.skewed():
        yield f"{name} is too skewed for {last.draws:,} draws: its interval misses too often"
    elif last.skewed(times=2):
        yield f"{name} is skewed for {last.draws:,} draws: its interval may miss more than 6 %"
