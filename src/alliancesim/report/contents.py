"""What goes into a report, gathered once for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from alliancesim.narrative.wording import MONTHS, listed
from alliancesim.outcomes.metrics import FOCUS_HEADLINES, HEADLINES, METRICS
from alliancesim.report import clauses, command, data, pictures, results, story
from alliancesim.report.front import Front, front
from alliancesim.scenario.age import facts_known
from alliancesim.scenario.sources import SourcedQuantity

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison
    from alliancesim.scenario import Scenario

__all__ = ["Contents", "gather"]


@attrs.frozen
class Contents:
    """Everything a template may say."""

    title: str
    name: str
    front: Front
    facts: str
    span: str
    worlds: int
    asked: int
    seed: int
    drawn: str
    focus: str
    codes: tuple[tuple[str, str], ...]
    arms: tuple[clauses.ArmText, ...]
    standing: tuple[clauses.Standing, ...]
    data: data.DataText
    contrasts: tuple[results.ContrastText, ...]
    no_priors: str
    definitions: tuple[tuple[str, str], ...]
    named: tuple[SourcedQuantity, ...]
    story: story.Story
    warnings: tuple[str, ...]
    hypothetical: tuple[str, ...]
    command: command.Command
    made_with: tuple[tuple[str, str], ...]
    digest: str
    pictures: dict[str, pictures.Picture]

    @property
    def priors(self) -> bool:
        """Whether any row has a prior interval."""
        return not self.no_priors

    @property
    def version(self) -> str:
        """The library's version."""
        return dict(self.made_with).get("version", "")

    @property
    def interrupted(self) -> bool:
        """Whether fewer worlds were finished than asked for."""
        return self.worlds < self.asked


def gather(comparison: Comparison, file: str) -> Contents:
    """Return a report's contents; replays one world in two arms."""
    scenario, tally = comparison.scenario, comparison.tally
    contrasts = tuple(results.contrast_texts(comparison))
    told = story.tell(comparison)
    named = [each.prior for one in contrasts for each in one.drivers]
    named += [each.prior for one in contrasts for each in one.flips]
    named += [each["prior"] for each in comparison.strongest]
    return Contents(
        title=scenario.title,
        name=scenario.name,
        front=front(comparison),
        facts=facts_known(scenario),
        span=_span(scenario),
        worlds=comparison.worlds,
        asked=comparison.asked,
        seed=comparison.seed,
        drawn=_drawn(comparison),
        focus=listed([scenario.state(each).name for each in tally.focus_states]),
        codes=tuple((each.id, each.name) for each in scenario.states),
        arms=tuple(clauses.arms(comparison)),
        standing=tuple(clauses.standing(comparison)),
        data=data.data(scenario),
        contrasts=contrasts,
        no_priors=comparison.design.no_prior_interval or "",
        definitions=tuple(
            (results.label(each), METRICS[each].definition)
            for each in (*HEADLINES, *FOCUS_HEADLINES)
            if each in tally.metrics
        ),
        named=tuple(data.parameters(scenario, named)),
        story=told,
        warnings=comparison.warnings,
        hypothetical=tuple(a.name for a in clauses.arms(comparison) if a.hypothetical),
        command=command.command(comparison, file),
        made_with=tuple(comparison.made_with.items()),
        digest=comparison.digest,
        pictures=pictures.pictures(comparison, told),
    )


def _span(scenario: Scenario) -> str:
    start = scenario.start
    return f"{scenario.horizon_months / 12:g} years from {MONTHS[start.month - 1]} {start.year}"


def _drawn(comparison: Comparison) -> str:
    tally = comparison.tally
    if not tally.priors:
        return "all parameters at their central values"
    if tally.worlds_per_draw == 1:
        return "parameters drawn from their priors in every world"
    return f"parameters drawn from their priors for every {tally.worlds_per_draw:,} worlds"
