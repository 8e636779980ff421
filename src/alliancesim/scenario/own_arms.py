"""An arm of one's own: another text of a treaty, or other treaties, beside the arms there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs

from alliancesim.errors import InvalidInput
from alliancesim.law import Treaty
from alliancesim.scenario.arms import Accession, Arm, Exit, Negotiation, Notice

if TYPE_CHECKING:
    from alliancesim.scenario.scenario import Scenario

__all__ = ["with_arm"]

_Change = TypeVar("_Change", bound=Accession | Exit | Negotiation | Notice | None)


def with_arm(
    scenario: Scenario,
    name: str,
    *,
    treaty: Treaty | None = None,
    like: str | None = None,
    adds: tuple[str, ...] = (),
    title: str | None = None,
) -> Scenario:
    """Return the scenario with one more arm; see `Scenario.with_arm`."""
    if name in {arm.name for arm in scenario.arms}:
        raise InvalidInput(f"there is an arm {name!r}", where="name", allowed="a name of its own")
    model = _model(scenario, treaty, like)
    if treaty is None and not adds:
        raise InvalidInput("no change", where="with_arm", allowed="a treaty, or treaties it adds")
    if treaty is not None:
        scenario = _added_by_each_arm(scenario, treaty.id)
        model = scenario.arm(model.name)
    own = attrs.evolve(
        model,
        name=name,
        title=_title(title or _default_title(model, treaty, adds)),
        adds=(*model.adds, *adds),
        hypothetical=True,
        on_request=False,
        question="",
    )
    if treaty is None:
        return attrs.evolve(scenario, arms=(*scenario.arms, own))
    text = attrs.evolve(
        treaty, id=_own_id(scenario, treaty, name), code=scenario.treaty(treaty.id).code
    )
    paid = tuple(
        attrs.evolve(each, treaty=text.id)
        for each in scenario.transfers
        if each.treaty == treaty.id
    )
    return attrs.evolve(
        scenario,
        treaties=(*scenario.treaties, text),
        transfers=(*scenario.transfers, *paid),
        arms=(*scenario.arms, _with_text(own, treaty.id, text.id)),
    )


def _model(scenario: Scenario, treaty: Treaty | None, like: str | None) -> Arm:
    """Return the arm whose treaties and changes the new one has."""
    if like is not None:
        arm = scenario.arm(like)
    else:
        arm = scenario.arm(scenario.reference)
        if treaty is not None and treaty.id not in scenario.standing:
            having = [each for each in scenario.arms if treaty.id in each.adds]
            arm = having[0] if having else arm
    if treaty is not None:
        scenario.treaty(treaty.id)
        if treaty.id not in (*scenario.standing, *arm.adds):
            having_it = ", ".join(each.name for each in scenario.arms if treaty.id in each.adds)
            raise InvalidInput(
                f"{treaty.id} is not in force in {arm.name}",
                where="like",
                allowed=having_it or "none",
            )
    return arm


def _default_title(model: Arm, treaty: Treaty | None, adds: tuple[str, ...]) -> str:
    parts = [f"another text of {treaty.id}"] if treaty is not None else []
    parts += [f"also {', '.join(adds)}"] if adds else []
    return f"{model.title}; {', '.join(parts)}"


def _title(title: str) -> str:
    return title if "hypothetical" in title.lower() else f"Hypothetical: {title}"


def _own_id(scenario: Scenario, treaty: Treaty, name: str) -> str:
    own = f"{treaty.id}-{name}".upper()
    if own in {each.id for each in scenario.treaties}:
        raise InvalidInput(f"there is a treaty {own!r}", where="name", allowed="another name")
    return own


def _added_by_each_arm(scenario: Scenario, identifier: str) -> Scenario:
    """Return the scenario with a treaty that stands in every arm added by each arm instead."""
    if identifier not in scenario.standing:
        return scenario
    return attrs.evolve(
        scenario,
        standing=tuple(each for each in scenario.standing if each != identifier),
        arms=tuple(attrs.evolve(arm, adds=(*arm.adds, identifier)) for arm in scenario.arms),
    )


def _with_text(arm: Arm, old: str, new: str) -> Arm:
    """Return an arm that has a new text of a treaty wherever it named the old one."""

    def renamed(change: _Change) -> _Change:
        if change is None or change.treaty != old:
            return change
        return attrs.evolve(change, treaty=new)

    return attrs.evolve(
        arm,
        adds=tuple(new if each == old else each for each in arm.adds),
        accessions=tuple(map(renamed, arm.accessions)),
        exits=tuple(map(renamed, arm.exits)),
        negotiation=renamed(arm.negotiation),
        notice=renamed(arm.notice),
    )
