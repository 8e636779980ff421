"""What a newer edition changes in an answer: change after change, played in the same worlds."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.comparison import estimates
from alliancesim.comparison.result import NOTE
from alliancesim.comparison.run import compare
from alliancesim.narrative.formatting import number, plus_minus
from alliancesim.narrative.wording import wrapped
from alliancesim.outcomes.metrics import HEADLINES, METRICS
from alliancesim.scenario import Scenario
from alliancesim.scenario.age import facts_known
from alliancesim.scenario.changes import Change, steps
from alliancesim.scenario.files import load
from alliancesim.stats.paired import Design, Estimate

__all__ = ["Editions", "Effect", "compare_editions"]

Floats = NDArray[np.float64]


@attrs.frozen
class Effect:
    """What one change, or all of a kind, does to the headline after those before it.

    Parameters
    ----------
    changes : tuple of Change
        What changed; more than one where changes of a kind are played together.
    value : float
        The headline after the change: mean difference between the arms, in the metric's unit.
    mean, low, high : float
        What the change added to it, and its 95 % sampling interval.
    """

    changes: tuple[Change, ...]
    value: float
    mean: float
    low: float
    high: float


@attrs.frozen
class Editions:
    """Two editions, what differs between them, and what each change does to the headline.

    The effects add up to the whole difference. Each is that of its change after those before it:
    in another order the parts would be others, and their sum the same.

    Parameters
    ----------
    old, new : Scenario
        The editions.
    metric : str
        Name of the metric of worlds that is the headline.
    arm, against : str
        The arms between which it is the difference.
    worlds, seed : int
        Worlds played in each arm of each step, and the seed.
    before : Estimate
        The headline in the older edition.
    whole : Estimate
        What all changes together added to it.
    effects : tuple of Effect
        In the order played.
    """

    old: Scenario
    new: Scenario
    metric: str
    arm: str
    against: str
    worlds: int
    seed: int
    before: Estimate
    whole: Estimate
    effects: tuple[Effect, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, fit for JSON; an interval that is absent is None."""
        return {
            "note": NOTE,
            "old": {"name": self.old.name, "facts": facts_known(self.old)},
            "new": {"name": self.new.name, "facts": facts_known(self.new)},
            "metric": self.metric,
            "unit": METRICS[self.metric].unit,
            "arm": self.arm,
            "against": self.against,
            "worlds": self.worlds,
            "seed": self.seed,
            "before": _ends(self.before),
            "whole": _ends(self.whole),
            "effects": [
                {
                    "changes": [attrs.asdict(change) for change in each.changes],
                    "value": each.value,
                    **_ends(each),
                }
                for each in self.effects
            ],
        }

    def to_json(self) -> str:
        """Return `to_dict` as JSON text."""
        return json.dumps(self.to_dict(), indent=1, allow_nan=False, ensure_ascii=False)

    def __str__(self) -> str:
        """Return a table, a change a row, each with what was and what is below it."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        metric = METRICS[self.metric]
        unit = f" [{metric.unit}]" if metric.unit else ""
        yield from wrapped(f"{self.old.name} to {self.new.name}: {self.new.title}")
        yield from wrapped(
            f"Headline: {metric.label}{unit}, {self.arm} against {self.against}; "
            f"{self.worlds:,} worlds in each arm, seed {self.seed}, the same for every change"
        )
        yield ""
        yield f"  {'':<44}{'change':>22}{'headline':>16}"
        value = float(self.before.mean)
        half = float(self.before.high - self.before.mean)
        yield f"  {self.old.name:<44}{'':>22}{plus_minus(value, half):>16}"
        for effect in self.effects:
            yield self._row(effect)
            for change in effect.changes:
                about = f"{change.subject}: " if len(effect.changes) > 1 else ""
                for words in change.words:
                    yield from wrapped(f"      {about}{words}", "        ")
        mean, half = float(self.whole.mean), float(self.whole.high - self.whole.mean)
        added, headline = plus_minus(mean, half), number(value + mean, 4, sign=True)
        yield f"  {'all together':<44}{added:>22}{headline:>16}"
        yield ""
        yield from wrapped(
            "±: half of the 95 % sampling interval. A change counts after those above it: in "
            "another order the parts would differ, and their sum would not. Most of what is new "
            "are judgements with priors."
        )
        for edition in (self.old, self.new):
            yield from wrapped(f"{edition.name}: {facts_known(edition)}.")
        yield NOTE

    def _row(self, effect: Effect) -> str:
        first = effect.changes[0]
        subject = first.subject if len(effect.changes) == 1 else f"{len(effect.changes)} changes"
        name = f"{first.kind}: {subject}"
        added = plus_minus(effect.mean, effect.high - effect.mean)
        return f"  {name[:44]:<44}{added:>22}{number(effect.value, 4, sign=True):>16}"


def compare_editions(
    old: Scenario | str | Path,
    new: Scenario | str | Path,
    *,
    metric: str = HEADLINES[0],
    contrast: tuple[str, str] | None = None,
    by_kind: bool = False,
    worlds: int = 500,
    seed: int = 0,
    **options: Any,
) -> Editions:
    """Play an older edition, then each change of the newer one after those before it.

    Parameters
    ----------
    old, new : Scenario, str or path
        Two scenarios of the same states, such as ``"smda"`` and ``"smda-2026"``.
    metric : str
        Name of a metric of worlds; by default the first headline.
    contrast : pair of str, optional
        An arm, and the arm it is compared with; by default the first two that are played.
    by_kind : bool
        Play all changes of a kind together, which is quicker.
    worlds, seed
        As for `compare`.
    **options
        Others of `compare`, such as ``worlds_per_draw`` or ``threads``.

    Returns
    -------
    Editions

    Raises
    ------
    InvalidInput
        If they do not have the same states, an arm is in one of them alone, or an argument
        cannot be used.
    """
    older, newer = (each if isinstance(each, Scenario) else load(each) for each in (old, new))
    estimates.chosen([metric], ("world",))
    estimates.focus_of((), METRICS[metric], None)
    arms = newer.arms_by_default[:2] if contrast is None else contrast
    chosen = estimates.contrast_of(arms, newer.reference, contrast)
    pair = (chosen.against, chosen.arm)
    parts = list(_grouped(older, newer, by_kind))
    for name in pair:
        older.arm(name)

    def play(scenario: Scenario) -> tuple[Floats, Design]:
        found = compare(scenario, pair, worlds, seed, **options)
        values = found.tally.values(metric)
        return values[:, 1] - values[:, 0], found.design

    first, design = play(older)
    last, effects = first, []
    for changes, scenario in parts:
        now, _ = play(scenario)
        added = Estimate.of(now - last, design)
        ends = (float(each) for each in (now.mean(), added.mean, added.low, added.high))
        effects.append(Effect(changes, *ends))
        last = now
    return Editions(
        old=older,
        new=newer,
        metric=metric,
        arm=chosen.arm,
        against=chosen.against,
        worlds=len(first),
        seed=seed,
        before=Estimate.of(first, design),
        whole=Estimate.of(last - first, design),
        effects=tuple(effects),
    )


def _grouped(
    old: Scenario, new: Scenario, by_kind: bool
) -> Iterator[tuple[tuple[Change, ...], Scenario]]:
    """Yield changes, one by one or those of a kind together, with the scenario after them."""
    held: list[Change] = []
    made = old
    for change, scenario in steps(old, new):
        if held and not (by_kind and held[-1].kind == change.kind):
            yield tuple(held), made
            held = []
        held.append(change)
        made = scenario
    if held:
        yield tuple(held), made


def _ends(found: Estimate | Effect) -> dict[str, float | None]:
    """Return a mean and its interval; None where the interval is absent."""
    ends = {name: float(getattr(found, name)) for name in ("mean", "low", "high")}
    return {name: value if math.isfinite(value) else None for name, value in ends.items()}
