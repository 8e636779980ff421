"""The treaties in force in an arm, before and after the change of membership that it plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliancesim.law import Treaty, accede, withdraw

if TYPE_CHECKING:
    from alliancesim.scenario.arms import Arm
    from alliancesim.scenario.scenario import Scenario

__all__ = ["after_accessions", "after_exits", "treaties_after_change", "treaties_in_force"]


def treaties_in_force(scenario: Scenario, arm: Arm) -> tuple[Treaty, ...]:
    """Return the treaties in force in an arm, with who joined and left, in the scenario's order."""
    return tuple(after_exits(after_accessions(scenario, arm), arm).values())


def after_accessions(scenario: Scenario, arm: Arm) -> dict[str, Treaty]:
    """Return the treaties of an arm by id, with those that joined."""
    names = {*scenario.standing, *arm.adds}
    found = {treaty.id: treaty for treaty in scenario.treaties if treaty.id in names}
    for accession in arm.accessions:
        found[accession.treaty] = accede(found[accession.treaty], accession.state)
    return found


def after_exits(found: dict[str, Treaty], arm: Arm) -> dict[str, Treaty]:
    """Return treaties after an arm's exits; those of other arms stay as they are."""
    for leaving in arm.exits:
        found = found | {leaving.treaty: withdraw(found[leaving.treaty], leaving.state)}
    return found


def treaties_after_change(scenario: Scenario, arm: Arm) -> tuple[Treaty, ...]:
    """Return the treaties in force in an arm once its change of membership is."""
    found = {treaty.id: treaty for treaty in treaties_in_force(scenario, arm)}
    if arm.negotiation:
        name = arm.negotiation.treaty
        found[name] = accede(found[name], arm.negotiation.state)
    elif arm.notice:
        name, state = arm.notice.treaty, arm.notice.state
        remaining = set(found[name].members) - {state}
        if len(remaining) == 1 and state in found[name].members:
            del found[name]  # a treaty of two ends with either
        else:
            found[name] = withdraw(found[name], state)
    return tuple(found.values())
