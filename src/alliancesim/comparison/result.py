"""The comparison as a value: its numbers, its table, its file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.comparison import estimates
from alliancesim.comparison.estimates import Contrast
from alliancesim.data.arguments import checked
from alliancesim.data.plain_text import fitting
from alliancesim.outcomes import Tally
from alliancesim.outcomes.metrics import HEADLINES, METRICS, Level
from alliancesim.stats.paired import Design

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from alliancesim.comparison.answer import Answer
    from alliancesim.scenario import Scenario

__all__ = ["Comparison"]

NOTE = "Illustrative, not predictive."


@attrs.frozen(eq=False, slots=False, repr=False)
@checked
class Comparison:
    """Arms of a scenario played in the same worlds, and what differs between them.

    Made by `compare` and by `Comparison.load`; printed, it is the answer in sentences.

    Parameters
    ----------
    scenario : Scenario
        What was played.
    tally : Tally
        The outcomes.
    asked : int
        Worlds asked for; more than were finished if the run was interrupted.
    made_with : dict of str to str
        Versions of the library, Python, numpy and numba, and the platform: the same seed gives
        the same digest on one platform.
    """

    scenario: Scenario
    tally: Tally
    asked: int
    made_with: dict[str, str]

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the arms, in the order played."""
        return self.tally.arms

    @property
    def worlds(self) -> int:
        """Number of worlds finished in each arm."""
        return self.tally.worlds

    @property
    def seed(self) -> int:
        """Seed of the run."""
        return self.tally.seed

    @property
    def interrupted(self) -> bool:
        """Whether fewer worlds were finished than asked for."""
        return self.worlds < self.asked

    @property
    def digest(self) -> str:
        """SHA-256 of the raw outcomes, in hex."""
        return self.tally.digest

    @property
    def contrasts(self) -> tuple[Contrast, ...]:
        """Arms compared: each with the one before it, then with the scenario's reference."""
        return estimates.contrasts(self.arms, self.scenario.reference)

    @property
    def design(self) -> Design:
        """Which worlds share a draw of the parameters, and whether a prior interval can be had."""
        return estimates.design_of(self.tally)

    @cached_property
    def data(self) -> xr.Dataset:
        """Every outcome: one variable a metric, with its units and definition."""
        from alliancesim.outcomes.dataset import to_dataset
        from alliancesim.scenario import dumps

        dataset = to_dataset(self.tally, self.scenario)
        dataset.attrs.update(
            title=self.scenario.title,
            scenario=self.scenario.name,
            cutoff=self.scenario.cutoff.isoformat(),
            scenario_toml=dumps(self.scenario),
            worlds_asked=str(self.asked),
            made_with=json.dumps(self.made_with),
            note=NOTE,
        )
        return dataset

    def to_dataframe(self, level: Level = "world") -> pd.DataFrame:
        """Return the outcomes of every world as a table.

        Parameters
        ----------
        level : {"world", "focus", "adversary"}
            Which metrics: those of worlds, of focus states, or of focus states and adversaries.

        Returns
        -------
        pandas.DataFrame
            A column a metric, indexed by arm, world and what else the level has.
        """
        metrics = estimates.chosen(None, (level,), self.tally)
        names = [metric.name for metric in metrics]
        table = self.data[names].to_dataframe(dim_order=list(metrics[0].dims))
        return table[names]

    def means(self, metrics: Sequence[str] | None = None) -> pd.DataFrame:
        """Return each arm's mean of each metric, with its 95 % sampling interval.

        Parameters
        ----------
        metrics : sequence of str, optional
            Names of metrics; all those of worlds and of focus states by default.

        Returns
        -------
        pandas.DataFrame
            Columns metric, focus, adversary, arm, unit, kind, mean, low, high, effective_draws.
            ``low`` and ``high`` are NaN where nothing varied or the event is too rare;
            ``effective_draws`` says on how many draws the standard error rests.

        Raises
        ------
        InvalidInput
            If there is no such metric.
        """
        return estimates.table(
            estimates.means(self.tally, estimates.chosen(metrics, ("world", "focus"), self.tally))
        )

    def differences(self, metrics: Sequence[str] | None = None) -> pd.DataFrame:
        """Return what differs between arms, metric by metric and contrast by contrast.

        Parameters
        ----------
        metrics : sequence of str, optional
            Names of metrics; all those of worlds and of focus states by default.

        Returns
        -------
        pandas.DataFrame
            Columns metric, focus, adversary, arm, against, unit, kind; ``arm_mean`` and
            ``against_mean``; ``mean`` of the paired difference, with its sampling interval
            ``low`` to ``high`` (NaN where nothing varied or the event is too rare);
            ``effective_draws``, on how many draws the standard error rests; the prior interval
            ``prior_low`` to ``prior_high``, the standard errors of its ends, ``prior_low_error``
            and ``prior_high_error``, and ``positive``, the probability over the priors that the
            expected difference is above zero (NaN where absent); ``verdict``, its grade (see
            `alliancesim.stats.verdict`); ``noise_share``;
            ``variance_factor`` and ``variance_factor_shared_priors``; ``worlds_differing``, a
            share; ``worlds_needed``. `alliancesim.stats.paired.Difference` defines them. What has
            no end is infinite, which Stata does not know: ``.replace(math.inf, math.nan)`` first.

        Raises
        ------
        InvalidInput
            If there is no such metric.
        """
        if metrics is None:
            return estimates.table(self.difference_rows)
        chosen = estimates.chosen(metrics, (), self.tally)
        return estimates.table(estimates.differences(self.tally, chosen, self.contrasts))

    @cached_property
    def difference_rows(self) -> list[dict[str, Any]]:
        """The rows of `differences()` as plain values, for printing without pandas."""
        metrics = estimates.chosen(None, ("world", "focus"), self.tally)
        return estimates.differences(self.tally, metrics, self.contrasts)

    def drivers(
        self,
        metric: str,
        contrast: Contrast | tuple[str, str] | None = None,
        focus: str | None = None,
    ) -> pd.DataFrame:
        """Return how much of a difference depends on each prior and each unknown clause.

        Parameters
        ----------
        metric : str
            Name of a metric of worlds or focus states.
        contrast : Contrast or pair of str, optional
            The arm and the arm compared with; the first contrast by default.
        focus : str, optional
            Id of the state, for a metric of focus states.

        Returns
        -------
        pandas.DataFrame
            A row each, the strongest first. Columns prior; kind, "number" or "clause";
            ``index``, the share of the variance of the expected difference that it alone
            explains, with its 95 % interval ``low`` to ``high`` where it matters; ``dummy``,
            below which 95 % of searches as wide stay that look at inputs without any part;
            ``matters``, whether the index is above that. Indices are NaN if the priors' part
            cannot be told from sampling noise. ``.attrs`` says the split of the variance
            (``priors``, ``noise_share``) and the probability of the sign (``positive``), with their
            intervals:
            see `alliancesim.stats.sensitivity.Split`.

        Raises
        ------
        InvalidInput
            If a name is unknown, or the run has no prior interval.
        """
        from alliancesim.comparison import drivers

        return drivers.drivers(drivers.question(self, metric, contrast, focus))

    def flips(
        self,
        metric: str,
        contrast: Contrast | tuple[str, str] | None = None,
        focus: str | None = None,
        *,
        priors: Sequence[str] | None = None,
        most: int = 3,
    ) -> pd.DataFrame:
        """Return the priors whose plausible range flips the sign of a difference, and where.

        Parameters
        ----------
        metric, contrast, focus
            As for `drivers`.
        priors : sequence of str, optional
            Names to look at; by default the strongest drivers, of which `most` are returned,
            those that flip the sign first.
        most : int
            How many rows at most, if `priors` are not named.

        Returns
        -------
        pandas.DataFrame
            Columns prior, kind; ``verdict``: "flips", "unclear" or "does not flip"; ``at``, the
            value at which the mean of the difference given this prior alone is zero, with its
            95 % interval (infinite where it runs out of the range; NaN for a clause);
            ``from`` and ``to``, the ends of the plausible range, the central 90 %, or the
            readings with the lowest and the highest mean; the means there, ``from_mean`` and
            ``to_mean``, and their 95 % bands.

        Raises
        ------
        InvalidInput
            If a name is unknown, or the run has no prior interval.
        """
        from alliancesim.comparison import drivers

        return drivers.flips(drivers.question(self, metric, contrast, focus), priors, most)

    def worlds_that_differ(
        self,
        metric: str,
        contrast: Contrast | tuple[str, str] | None = None,
        focus: str | None = None,
    ) -> pd.DataFrame:
        """Return the worlds in which two arms differ in a metric, the most telling first.

        Parameters
        ----------
        metric, contrast, focus
            As for `drivers`.

        Returns
        -------
        pandas.DataFrame
            A row each; empty if no world differs. Columns ``world``, its number, which `replay`
            and `alliancesim.agents.twins` take; ``arm_value`` and ``against_value``;
            ``difference``, the first less the second. First those that differ most; of equals
            the one in which the rest differs least (the number of other metrics of worlds that
            differ); then by number. ``.attrs`` names the metric, focus, arm and against.

        Raises
        ------
        InvalidInput
            If a name is unknown.
        """
        from alliancesim.comparison.worlds_that_differ import worlds_that_differ

        return worlds_that_differ(self, metric, contrast, focus)

    def by_pair(
        self, what: str = "wars_expected", contrast: Contrast | tuple[str, str] | None = None
    ) -> pd.DataFrame:
        """Return who against whom: the difference between two arms for each challenger and target.

        Much of what a pact changes comes of one pair or two.

        Parameters
        ----------
        what : str
            What is counted: ``"disputes"``, ``"wars"``, either with ``_expected`` for the
            conditional expectation, or ``"war_months"``.
        contrast : Contrast or pair of str, optional
            The arm and the arm compared with; the first contrast by default.

        Returns
        -------
        pandas.DataFrame
            A row for each challenger and target that has any, those that change most first.
            Columns challenger, target, arm, against; ``arm_mean``, ``against_mean`` and their
            difference ``mean``, a world; its 95 % sampling interval ``low`` to ``high`` and
            ``effective_draws`` where the target is in focus, NaN elsewhere, since of other pairs
            sums alone are kept; ``share``, its part of all changes counted without sign, 0 to 1.

        Raises
        ------
        InvalidInput
            If nothing of that name is counted for pairs, or there is no such arm.
        """
        from alliancesim.comparison.by_pair import by_pair

        pair = estimates.contrast_of(self.arms, self.scenario.reference, contrast)
        return estimates.table(by_pair(self.tally, what, pair))

    def by_year(self, metrics: Sequence[str] | None = None) -> pd.DataFrame:
        """Return outcomes year by year: the same worlds are played to the end of each year.

        Parameters
        ----------
        metrics : sequence of str, optional
            Some of disputes, wars, focus_disputes_on, focus_wars_on, focus_wars_principal,
            spending_share and reputation; all by default.

        Returns
        -------
        pandas.DataFrame
            A row for each year, metric, arm and, of spending and reputation, state in focus.
            Columns ``year``, from 1; ``from``, when it begins, as a year and its part; ``metric``,
            ``focus``, ``arm``; ``mean`` with its 95 % sampling interval ``low`` to ``high``: a
            count of that year, mean spending in it, reputation at its end; ``unit``.

        Raises
        ------
        InvalidInput
            If a metric is none of them, or worlds were not kept one by one or not played by the
            engine.
        """
        from alliancesim.comparison.by_year import BY_YEAR, by_year

        return estimates.table(by_year(self, BY_YEAR if metrics is None else metrics))

    @cached_property
    def preset_rows(self) -> list[dict[str, Any]]:
        """The rows of `by_preset()` as plain values, for printing without pandas."""
        from alliancesim.comparison.by_preset import by_preset

        metrics = estimates.chosen(HEADLINES, (), self.tally)
        return list(by_preset(self.scenario, self.tally, metrics, self.contrasts))

    def by_preset(self) -> pd.DataFrame:
        """Return the headline differences under each of the presets that the run mixes.

        Returns
        -------
        pandas.DataFrame
            A row for each preset, headline and contrast; empty if a preset was fixed, or
            parameters were. Columns preset, metric, arm, against, unit; ``draws``, the draws of
            the parameters of that preset; ``against_mean``; ``mean`` of the paired difference over
            them, with its sampling interval ``low`` to ``high``, NaN where nothing varied or the
            event is too rare; ``effective_draws``.
        """
        return estimates.table(self.preset_rows)

    @cached_property
    def strongest(self) -> list[dict[str, Any]]:
        """For each headline and contrast, the prior that matters most; see `drivers`."""
        from alliancesim.comparison import drivers

        return drivers.strongest(self)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What to be careful of: metrics pinned or too rare, sampling noise in a prior interval."""
        from alliancesim.comparison.cautions import cautions

        return tuple(cautions(self))

    def to_dict(self) -> dict[str, Any]:
        """Return the run's manifest and results as plain values, fit for JSON.

        Numbers that do not exist, such as the ends of an interval that is absent, are None.
        """
        from alliancesim.scenario import dumps
        from alliancesim.scenario.age import facts_known

        scenario = self.scenario
        played = {arm.name: arm for arm in scenario.arms}
        return {
            "note": NOTE,
            "scenario": {
                "name": scenario.name,
                "title": scenario.title,
                "cutoff": scenario.cutoff.isoformat(),
                "facts": facts_known(scenario),
                "start": scenario.start.isoformat(),
                "horizon_months": scenario.horizon_months,
                "reference": scenario.reference,
                "toml": dumps(scenario),
            },
            "arms": [
                {"name": n, "title": played[n].title, "hypothetical": played[n].hypothetical}
                for n in self.arms
            ],
            "focus": list(self.tally.focus_states),
            "worlds": self.worlds,
            "worlds_asked": self.asked,
            "interrupted": self.interrupted,
            "seed": self.seed,
            "worlds_per_draw": self.tally.worlds_per_draw,
            "priors": self.tally.priors,
            **self.made_with,
            "metrics": [attrs.asdict(METRICS[name]) for name in self.tally.metrics],
            "answers": [self.answer(contrast).to_dict() for contrast in self.contrasts],
            "means": estimates.plain(
                estimates.means(self.tally, estimates.chosen(None, ("world", "focus"), self.tally))
            ),
            "differences": estimates.plain(self.difference_rows),
            "by_preset": estimates.plain(self.preset_rows),
            "drivers": estimates.plain(self.strongest),
            "warnings": list(self.warnings),
            "digest": self.digest,
        }

    def to_json(self) -> str:
        """Return `to_dict` as JSON text."""
        return json.dumps(self.to_dict(), indent=1, allow_nan=False)

    def save(self, path: str | PathLike[str]) -> None:
        """Write everything to a netCDF file, from which `load` makes the same comparison.

        Parameters
        ----------
        path : str or path
            The file, overwritten if it exists.
        """
        from alliancesim.comparison.files import write

        write(self.data, path)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Comparison:
        """Read a comparison that `save` wrote.

        Parameters
        ----------
        path : str or path
            The file.

        Returns
        -------
        Comparison

        Raises
        ------
        InvalidInput
            If the file is not one that `save` wrote, or was changed since.
        """
        from alliancesim.comparison.files import read

        return cls(**read(path))

    def answer(self, contrast: Contrast | tuple[str, str] | None = None) -> Answer:
        """Return what one arm changes against another, in sentences.

        Parameters
        ----------
        contrast : Contrast or pair of str, optional
            The arm and the arm compared with; by default what the first screen answers, see
            `alliancesim.comparison.answer.answer`.
        """
        from alliancesim.comparison.answer import answer

        return answer(self, contrast)

    def table(self) -> str:
        """Return every headline of every contrast as text, at most 100 columns wide."""
        from alliancesim.comparison.rendering import as_text

        return as_text(self)

    def __repr__(self) -> str:
        """Return the first screen: the answer in sentences, and three numbers."""
        from alliancesim.comparison.screen import first_screen

        return fitting(first_screen(self))

    def _repr_html_(self) -> str:
        """Return the table for a notebook."""
        from alliancesim.comparison.rendering import as_html

        return as_html(self)
