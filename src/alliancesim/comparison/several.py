"""Several cases of one question in the same worlds: scenarios, variants, readings, values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from alliancesim.comparison import estimates
from alliancesim.comparison.estimates import Contrast
from alliancesim.comparison.result import NOTE, Comparison
from alliancesim.data.arguments import checked
from alliancesim.data.names import look_up
from alliancesim.errors import InvalidInput
from alliancesim.narrative.formatting import interval, number
from alliancesim.narrative.wording import wrapped
from alliancesim.outcomes.metrics import HEADLINES, METRICS, Metric
from alliancesim.stats.paired import Estimate, difference

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST_CASES", "Comparisons", "cases_of"]

MOST_CASES = 50
"""Cases that are compared at once at most."""


@checked
@attrs.frozen(eq=False, repr=False)
class Comparisons:
    """What `alliancesim.compare` returns for several scenarios, each played in the same worlds.

    Cases share seed and random draws address by address, so that what differs between them is what
    was changed. The first case is that with which the others are compared.

    Parameters
    ----------
    cases : dict of str to Comparison
        By label, in the order given; those finished where a run was interrupted.
    asked : int
        How many were asked for.
    """

    cases: dict[str, Comparison]
    asked: int

    def __getitem__(self, label: str) -> Comparison:
        """Return the comparison of one case."""
        return look_up(label, self.cases, what="case")

    @property
    def contrast(self) -> Contrast:
        """The contrast that the first case's answer is about."""
        return next(iter(self.cases.values())).contrasts[0]

    @property
    def interrupted(self) -> bool:
        """Whether a run was interrupted."""
        return len(self.cases) < self.asked or any(each.interrupted for each in self.cases.values())

    def differences(self, metrics: Sequence[str] | None = None) -> pd.DataFrame:
        """Return what differs between arms in every case: one tidy table, column ``case`` first.

        Parameters
        ----------
        metrics : sequence of str, optional
            See `Comparison.differences`, which says what the other columns are.

        Returns
        -------
        pandas.DataFrame
        """
        import pandas as pd

        tables = []
        for label, each in self.cases.items():
            found = each.differences(metrics)
            found.insert(0, "case", label)
            tables.append(found)
        return pd.concat(tables, ignore_index=True)

    def between(
        self,
        metrics: Sequence[str] | None = None,
        contrast: Contrast | tuple[str, str] | None = None,
    ) -> pd.DataFrame:
        """Return what each case changes against the first, paired world by world.

        Parameters
        ----------
        metrics : sequence of str, optional
            Metrics of worlds; the headlines by default.
        contrast : Contrast or (str, str), optional
            Two arms that all cases have: what is compared is their difference. By default the
            first contrast of the first case.

        Returns
        -------
        pandas.DataFrame
            A row for each case but the first and each metric: ``case``, ``against_case``,
            ``metric``, ``arm``, ``against``, ``unit``; ``case_mean`` and ``against_mean``, the
            difference between the arms in either case; ``mean``, by how much the case changes it,
            with its 95 % sampling interval ``low`` to ``high`` and, over the priors that the cases
            share, ``prior_low`` to ``prior_high`` and ``positive`` (see `Comparison.differences`).

        Raises
        ------
        InvalidInput
            If a metric is none of worlds, or a case lacks one of the arms.
        """
        import pandas as pd

        return pd.DataFrame(list(self._between(metrics, contrast)))

    def _between(
        self, metrics: Sequence[str] | None, contrast: Contrast | tuple[str, str] | None
    ) -> Iterator[dict[str, Any]]:
        first, *others = self.cases
        base = self.cases[first]
        chosen = self.contrast if contrast is None else contrast
        pair = estimates.contrast_of(base.arms, base.scenario.reference, chosen)
        for label in others:
            case = self.cases[label]
            estimates.contrast_of(case.arms, case.scenario.reference, pair)
            worlds = min(base.tally.worlds, case.tally.worlds)
            design = attrs.evolve(estimates.design_of(base.tally), worlds=worlds)
            for metric in _of_worlds(metrics):
                values = [
                    np.subtract(*_in_both(each, metric, pair))[:worlds] for each in (case, base)
                ]
                found = difference(values[0], values[1], design)
                yield {
                    "case": label,
                    "against_case": first,
                    "metric": metric.name,
                    "arm": pair.arm,
                    "against": pair.against,
                    "unit": metric.unit,
                    "case_mean": float(values[0].mean()),
                    "against_mean": float(values[1].mean()),
                    "mean": float(found.sampling.mean),
                    "low": float(found.sampling.low),
                    "high": float(found.sampling.high),
                    "prior_low": float(found.prior_low),
                    "prior_high": float(found.prior_high),
                    "positive": float(found.positive),
                }

    def to_json(self) -> str:
        """Return the cases, their differences and what each changes, as JSON.

        What each changes is of the cases that have the arms of the first.
        """
        first, *others = self.cases
        alike = [each for each in others if _has(self.cases[each], self.contrast)]
        compared = Comparisons({each: self.cases[each] for each in (first, *alike)}, self.asked)
        return json.dumps(
            {
                "note": NOTE,
                "cases": {label: json.loads(each.to_json()) for label, each in self.cases.items()},
                "between": estimates.plain(list(compared._between(None, None))),
            },
            ensure_ascii=False,
        )

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        first = next(iter(self.cases))
        base, metric = self.cases[first], METRICS[HEADLINES[0]]
        pair, worlds = self.contrast, base.tally.worlds
        yield f"{len(self.cases)} cases, the same {worlds} worlds (seed {base.tally.seed})"
        yield from wrapped(f"{metric.label}, {metric.unit}: {pair}")
        yield ""
        wide = max(4, *(len(label) for label in self.cases))
        yield f"{'case':<{wide}}  {'change':>9}  {'95 % sampling':>20}"
        supposed: set[str] = set()
        for label, case in self.cases.items():
            own = pair if _has(case, pair) else case.contrasts[0]
            both = map(case.scenario.arm, (own.arm, own.against))
            supposed |= {arm.name for arm in both if arm.hypothetical}
            values = _in_both(case, metric, own)
            found = Estimate.of(np.subtract(*values), estimates.design_of(case.tally))
            ends = float(found.low), float(found.high), float(found.effective)
            yield (
                f"{label:<{wide}}  {number(float(found.mean), 3, sign=True):>9}  "
                f"{interval(float(found.mean), *ends):>20}{'' if own == pair else f'  {own}'}"
            )
        yield ""
        yield from wrapped(
            f"Cases are compared with {first} world by world: `between()` has by how much each "
            "changes this, with its own interval; `differences()` has every number of every case."
        )
        if supposed:
            yield from wrapped(f"Hypothetical: {', '.join(sorted(supposed))}.")
        yield from wrapped(NOTE)

    def __repr__(self) -> str:
        return f"<Comparisons of {', '.join(self.cases)}>"


def _has(case: Comparison, pair: Contrast) -> bool:
    """Return whether a case has both arms of a contrast."""
    return {pair.arm, pair.against} <= set(case.arms)


def _in_both(case: Comparison, metric: Metric, pair: Contrast) -> tuple[Any, Any]:
    """Return a metric's values in the arm, and in the arm compared with, world by world."""
    values, arms = case.tally.values(metric.name), case.tally.arms
    return values[:, arms.index(pair.arm)], values[:, arms.index(pair.against)]


def _of_worlds(names: Sequence[str] | None) -> list[Metric]:
    known = {name: each for name, each in METRICS.items() if each.level == "world"}
    chosen = [name for name in HEADLINES if name in known] if names is None else list(names)
    return [look_up(name, known, what="metric of worlds", where="metrics") for name in chosen]


def labels(given: Sequence[Any]) -> list[str]:
    """Return a label for each scenario: its name, with a number where two have the same."""
    names = [Path(each).stem if isinstance(each, Path) else _name(each) for each in given]
    return [
        name if names.count(name) == 1 else f"{name} ({names[:place].count(name) + 1})"
        for place, name in enumerate(names)
    ]


def _name(given: Any) -> str:
    return given if isinstance(given, str) else str(getattr(given, "name", given))


def cases_of(given: object) -> Mapping[str, Any] | None:
    """Return several scenarios by label, or None where one was given.

    Raises
    ------
    InvalidInput
        If there are fewer than two or more than `MOST_CASES`, or a label is no text.
    """
    if isinstance(given, Mapping):
        cases = dict(given)
    elif isinstance(given, (list, tuple)):
        cases = dict(zip(labels(given), given, strict=True))
    else:
        return None
    if not 2 <= len(cases) <= MOST_CASES:
        allowed = f"2 to {MOST_CASES} scenarios"
        raise InvalidInput(f"{len(cases)} scenarios", where="scenario", allowed=allowed)
    if not all(isinstance(label, str) and label for label in cases):
        raise InvalidInput("a label that is no text", where="scenario", allowed="words")
    return cases
