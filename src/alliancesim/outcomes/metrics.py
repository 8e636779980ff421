"""What is measured: every metric once, with its unit and its definition.

A metric is data. The rows that the engine fills, the variables of the data set, the columns of a
table and the reference page of the documentation are all made from the list below.
"""

from __future__ import annotations

from typing import Literal

import attrs
import numpy as np

__all__ = [
    "ADVERSARY",
    "FOCUS",
    "FOCUS_HEADLINES",
    "HEADLINES",
    "LEVELS",
    "METRICS",
    "PAIR",
    "WORLD",
    "Kind",
    "Level",
    "Metric",
]

Level = Literal["world", "focus", "adversary"]
Kind = Literal["count", "expectation", "mean", "share"]

LEVELS: dict[Level, tuple[str, ...]] = {
    "world": ("arm", "world"),
    "focus": ("arm", "world", "focus"),
    "adversary": ("arm", "world", "focus", "adversary"),
}


@attrs.frozen
class Metric:
    """One thing that is measured in every world.

    Parameters
    ----------
    name : str
        Its name in the data set; unique.
    level : {"world", "focus", "adversary"}
        Whether there is one value a world, one a focus state ("focus"), or one a focus
        state and adversary.
    field : str
        The field of the engine's row of that level.
    kind : {"count", "expectation", "mean", "share"}
        A count of events; the same count as a *conditional expectation* (the probabilities along
        the path that was played, summed, so that it needs fewer worlds for the same interval); a
        mean over months; or a share between 0 and 1.
    unit : str
        Its unit, in words. Counts are over the whole horizon of the scenario.
    label : str
        A short title for tables and figures.
    definition : str
        What is counted, in a sentence.
    check : bool
        Whether it watches the model itself and is expected to be zero.
    """

    name: str
    level: Level
    field: str
    kind: Kind
    unit: str
    label: str
    definition: str
    check: bool = False

    @property
    def dims(self) -> tuple[str, ...]:
        """Dimensions of its variable in the data set."""
        return LEVELS[self.level]


def _counted(level: Level, name: str, field: str, unit: str, label: str, text: str) -> list[Metric]:
    """Return a count and its conditional expectation."""
    return [
        Metric(name, level, field, "count", unit, label, f"{text}."),
        Metric(
            f"{name}_expected",
            level,
            f"{field}_expected",
            "expectation",
            unit,
            label,
            f"{text}: their conditional expectation, the chances met along the path, summed.",
        ),
    ]


def _world_count(name: str, unit: str, label: str, text: str, *, check: bool = False) -> Metric:
    return Metric(name, "world", name, "count", unit, label, f"{text}.", check)


_WORLD = (
    *_counted("world", "disputes", "disputes", "disputes", "all disputes", "Challenges made"),
    *_counted("world", "wars", "wars", "wars", "all wars", "Disputes that became war"),
    *_counted(
        "world",
        "focus_disputes_on",
        "member_disputes_on",
        "disputes",
        "disputes on the focus",
        "Challenges made to a state of the scenario's focus",
    ),
    *_counted(
        "world",
        "focus_wars_on",
        "member_wars_on",
        "wars",
        "wars on the focus",
        "Wars whose target is a state of the scenario's focus",
    ),
    *_counted(
        "world",
        "focus_wars_principal",
        "member_wars_principal",
        "wars",
        "wars by or on the focus",
        "Wars whose challenger or target is a state of the scenario's focus",
    ),
    Metric(
        "focus_wars_involving",
        "world",
        "member_wars_involving",
        "count",
        "wars",
        "wars involving the focus",
        "Wars that a state of the scenario's focus fought, as a principal or by joining.",
    ),
    _world_count(
        "first_war",
        "months",
        "months before the first war begun by or on the focus",
        "Whole months played before the first war whose challenger or target is a state of the "
        "scenario's focus; the horizon where there is none",
    ),
    _world_count("resisted", "disputes", "disputes resisted", "Disputes the target resisted"),
    _world_count(
        "conceded",
        "disputes",
        "disputes conceded",
        "Disputes in which the challenger gained without war",
    ),
    _world_count(
        "crises",
        "disputes",
        "crises",
        "Resisted disputes that came to a demand and its refusal",
    ),
    _world_count(
        "backed_down",
        "disputes",
        "crises backed down from",
        "Crises in which the challenger backed down and paid its audience cost",
    ),
    _world_count("won_by_challenger", "wars", "wars the challenger won", "Wars the challenger won"),
    _world_count("won_by_target", "wars", "wars the target won", "Wars the target won"),
    _world_count("drawn", "wars", "drawn wars", "Wars that ended without a winner"),
    _world_count(
        "decided_by_stronger",
        "wars",
        "wars the stronger side won",
        "Decided wars won by the side with more strength committed",
    ),
    _world_count("exhausted", "wars", "wars ended by exhaustion", "Wars ended by exhaustion"),
    _world_count(
        "calls",
        "calls",
        "calls on allies",
        "Times any state owed defence to another that was attacked and it came to war",
    ),
    _world_count(
        "answered_aid",
        "calls",
        "calls answered with aid or more",
        "Calls answered at level 2 (material aid) or above",
    ),
    _world_count(
        "answered_force",
        "calls",
        "calls answered with force",
        "Calls answered at level 4 (limited force) or above",
    ),
    _world_count(
        "call_pairs",
        "pairs of calls",
        "pairs of allies called",
        "Pairs of states called in the same war, the base of their correlation",
    ),
    _world_count(
        "call_pairs_first",
        "pairs of calls",
        "pairs of allies of which the first came",
        "Pairs of states called in the same war, in either order, whose first answered at level 4 "
        "or above, the marginal of their correlation",
    ),
    _world_count(
        "call_pairs_both",
        "pairs of calls",
        "pairs of allies that both came",
        "Pairs of states called in the same war that both answered at level 4 or above",
    ),
    _world_count(
        "dispute_calls",
        "calls",
        "calls in lesser disputes",
        "Times any state owed defence in a dispute that stayed short of war",
    ),
    _world_count(
        "dispute_answered_force",
        "calls",
        "lesser disputes answered with force",
        "Calls in disputes short of war answered at level 4; none can be where nobody dies",
    ),
    _world_count(
        "answers_raised",
        "answers",
        "answers raised during wars",
        "Times an ally, asked again while a war lasted, went farther than before",
    ),
    _world_count(
        "heat_cut",
        "opportunities",
        "opportunities lost to the ceiling on heat",
        "Opportunities that the ceiling on a pair's heat cut off",
        check=True,
    ),
    _world_count(
        "nuclear_signals",
        "signals",
        "nuclear signals",
        "Times a nuclear side that was losing a war signalled, at most once a side and war",
    ),
    _world_count(
        "nuclear_settled",
        "wars",
        "wars settled under a nuclear signal",
        "Wars that ended without a winner because the enemy settled after a nuclear signal",
    ),
    *_counted(
        "world",
        "nuclear_uses",
        "nuclear_uses",
        "wars",
        "wars with nuclear use",
        "Wars that ended with nuclear use",
    ),
    _world_count(
        "memberships_changed",
        "changes",
        "changes of membership in force",
        "Accessions and exits played that came into force",
    ),
    _world_count(
        "guarantees_withdrawn",
        "withdrawals",
        "guarantees withdrawn",
        "Times a revocable guarantee of the arm was withdrawn",
    ),
)

_FOCUS = (
    *_counted(
        "focus",
        "disputes_on",
        "disputes_on",
        "disputes",
        "disputes on it",
        "Challenges made to it",
    ),
    *_counted("focus", "wars_on", "wars_on", "wars", "wars on it", "Wars whose target it is"),
    *_counted(
        "focus",
        "disputes_by",
        "disputes_by",
        "disputes",
        "disputes it begins",
        "Challenges it makes",
    ),
    *_counted(
        "focus", "wars_by", "wars_by", "wars", "wars it begins", "Wars whose challenger it is"
    ),
    Metric(
        "wars_drawn_in",
        "focus",
        "wars_drawn_in",
        "count",
        "wars",
        "wars it is drawn into",
        "Wars begun by another on another that it joined at level 4 or above.",
    ),
    Metric(
        "wars_involved",
        "focus",
        "wars_involved",
        "count",
        "wars",
        "wars it fights",
        "Wars it fought, as a principal or by joining.",
    ),
    Metric(
        "months_at_war",
        "focus",
        "months_at_war",
        "count",
        "months",
        "months at war",
        "Months in which it was in a war or more, as a principal or having joined at level 4 or "
        "above; each month counts once.",
    ),
    Metric(
        "calls_on",
        "focus",
        "calls",
        "count",
        "calls",
        "calls on it",
        "Times it owed defence to a state that was attacked and it came to war.",
    ),
    Metric(
        "answered_aid_by",
        "focus",
        "answered_aid",
        "count",
        "calls",
        "calls it answers with aid or more",
        "Calls on it that it answered at level 2 (material aid) or above.",
    ),
    Metric(
        "answered_force_by",
        "focus",
        "answered_force",
        "count",
        "calls",
        "calls it answers with force",
        "Calls on it that it answered at level 4 (limited force) or above.",
    ),
    Metric(
        "loss_share",
        "focus",
        "loss_share",
        "mean",
        "share of its forces",
        "losses",
        "Forces it lost in war over the horizon, as a share of its forces at the start.",
    ),
    Metric(
        "benefits",
        "focus",
        "benefits",
        "share",
        "share of stakes",
        "benefits kept",
        "Its share of what it disputes with others, weighted by stakes, mean over months.",
    ),
    Metric(
        "spending_share",
        "focus",
        "spending_share",
        "mean",
        "% of GDP",
        "military spending",
        "Its military spending and what it gives partners under its pacts, as a percentage of its "
        "GDP, mean over months.",
    ),
    Metric(
        "welfare",
        "focus",
        "welfare",
        "mean",
        "stakes a year",
        "welfare",
        "Benefits kept and transfers received, less war losses and the burden added since the "
        "start, per year.",
    ),
    Metric(
        "reputation",
        "focus",
        "reputation",
        "share",
        "0 to 1",
        "reputation",
        "Its record of keeping its word, 0 to 1, at the end of the horizon.",
    ),
    *_counted(
        "focus",
        "nuclear_uses_in",
        "nuclear_uses",
        "wars",
        "its wars with nuclear use",
        "Wars that it fought, as a principal or by joining, and that ended with nuclear use",
    ),
    Metric(
        "transfers_net",
        "focus",
        "transfers_net",
        "mean",
        "USD bn a year",
        "transfers received, net",
        "What it receives from partners under its pacts less what it gives them, mean over months.",
    ),
)

_ADVERSARY = (
    *_counted(
        "adversary",
        "adversary_disputes",
        "disputes",
        "disputes",
        "disputes on it, by adversary",
        "Challenges made to the state by the adversary",
    ),
    *_counted(
        "adversary",
        "adversary_wars",
        "wars",
        "wars",
        "wars on it, by adversary",
        "Wars on the state that the adversary began",
    ),
    Metric(
        "adversary_war_months",
        "adversary",
        "war_months",
        "count",
        "months",
        "months of war with it, by adversary",
        "Months of war on the state that the adversary began; a pair at war has no disputes.",
    ),
)

METRICS: dict[str, Metric] = {m.name: m for m in (*_WORLD, *_FOCUS, *_ADVERSARY)}
"""Every metric by name: of worlds, then of focus states, then of focus states and adversaries."""


HEADLINES = (
    "focus_disputes_on_expected",
    "focus_wars_on_expected",
    "focus_wars_principal_expected",
    "focus_wars_involving",
    "disputes_expected",
    "wars_expected",
    "calls",
    "answered_aid",
    "answered_force",
)
"""Metrics of worlds that the printed table shows."""
FOCUS_HEADLINES = (
    "disputes_on_expected",
    "disputes_by_expected",
    "wars_drawn_in",
    "loss_share",
    "benefits",
    "spending_share",
    "welfare",
)
"""Metrics of focus states that it shows."""


def _rows(metrics: tuple[Metric, ...]) -> np.dtype[np.void]:
    return np.dtype([(m.field, np.float64) for m in metrics])


WORLD: np.dtype[np.void] = _rows(_WORLD)
"""Row of one world in one arm."""
FOCUS: np.dtype[np.void] = _rows(_FOCUS)
"""Row of one focus state in one world and arm."""
ADVERSARY: np.dtype[np.void] = _rows(_ADVERSARY)
"""Row of one focus state and adversary in one world and arm."""
PAIR: np.dtype[np.void] = ADVERSARY
"""Row of one challenger and target, summed over worlds."""
