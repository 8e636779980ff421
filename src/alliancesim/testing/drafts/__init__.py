"""Checks of a draft: which clause never takes effect, who is never protected, what cannot be meant.

A check searches the attacks that the treaty itself speaks of, so what it finds comes with an
example, and what it does not find was looked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from alliancesim.data.arguments import checked
from alliancesim.law import Place, Treaty, duties
from alliancesim.testing.drafts import clauses, dates, names, parties
from alliancesim.testing.drafts.draft import Draft, Fault, Find
from alliancesim.testing.drafts.search import Ask

__all__ = ["CHECKS", "Draft", "Fault", "Find", "faults"]

CHECKS: tuple[Find, ...] = (
    dates.dates_follow_each_other,
    dates.somebody_is_bound,
    dates.every_party_is_bound_on_some_day,
    dates.suspensions_suspend_something,
    names.states_exist,
    names.regions_exist,
    names.treaties_rank_clearly,
    names.organs_exist,
    names.accession_lets_somebody_in,
    clauses.every_duty_can_be_owed,
    clauses.every_part_changes_an_answer,
    clauses.no_duty_repeats_another,
    clauses.no_exception_removes_its_rule,
    clauses.some_home_lies_in_the_area,
    parties.every_state_is_protected,
    parties.every_home_is_protected,
    parties.every_obligor_owes_something,
    parties.every_member_is_protected_alike,
    parties.no_clause_contradicts_another,
)
"""All checks, in the order in which they are made: what is found first may explain the rest."""


@checked
def faults(
    treaty: Treaty,
    *,
    ask: Ask = duties,
    places: Iterable[Place] = (),
    meant_mutual: bool = False,
) -> tuple[Fault, ...]:
    """Return what is wrong with a draft, in the order of the checks."""
    draft = Draft(treaty, ask, places=places, meant_mutual=meant_mutual)
    return tuple(fault for find in CHECKS for fault in find(draft))
