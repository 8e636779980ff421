"""Whether the parts of a scenario fit together: nothing missing, doubled or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim import catalogue
from alliancesim.data.names import hint, listed
from alliancesim.data.state import WorldTotals
from alliancesim.errors import InvalidInput
from alliancesim.scenario.treaties import after_accessions, after_exits, treaties_after_change

if TYPE_CHECKING:
    from alliancesim.scenario.arms import Arm
    from alliancesim.scenario.scenario import Scenario

__all__ = ["check", "check_in_force"]

MOST_CIRCUMSTANCES = 16


def check(scenario: Scenario) -> None:
    """Refuse a scenario whose parts do not fit together, naming the place.

    Raises
    ------
    InvalidInput
        At the first thing that is missing, given twice, or names what is not there.
    """
    _check_dates(scenario)
    _check_states(scenario)
    _check_totals(scenario)
    _check_pairs(scenario)
    _check_treaties(scenario)
    _check_arms(scenario)
    _check_umbrellas(scenario)
    _check_transfers(scenario)
    _check_shocks(scenario)
    _check_circumstances(scenario)
    _check_parameters(scenario)


def _unique(values: Iterable[Any], where: str) -> None:
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            raise InvalidInput(f"{value!r} is given twice", where=where, allowed="each once")
        seen.add(value)


def _known(names: Iterable[str], known: Sequence[str], where: str) -> None:
    for name in names:
        if name not in known:
            problem = f"{name!r} is not in the scenario{hint(name, known)}"
            raise InvalidInput(problem, where=where, allowed=listed(known))


def _ids(values: Iterable[Any]) -> list[str]:
    return [value.id for value in values]


def _check_dates(scenario: Scenario) -> None:
    if scenario.start.day != 1:
        problem = f"{scenario.start} is not the first of a month"
        raise InvalidInput(problem, where="start", allowed="a date, as 2026-01-01")
    if scenario.cutoff > scenario.start:
        problem = f"{scenario.cutoff} lies after the start"
        raise InvalidInput(problem, where="cutoff", allowed=f"until {scenario.start}")


def _check_states(scenario: Scenario) -> None:
    ids = _ids(scenario.states)
    if len(ids) < 2:
        raise InvalidInput(f"{len(ids)} given", where="state", allowed="two states or more")
    _unique(ids, "state: id")
    _check_codes(scenario.states, "state")
    if not scenario.focus:
        raise InvalidInput("is empty", where="focus", allowed="one state or more")
    _unique(scenario.focus, "focus")
    _known(scenario.focus, ids, "focus")


def _check_totals(scenario: Scenario) -> None:
    for total in attrs.fields(WorldTotals):
        most = getattr(scenario.totals, total.name).value
        for state in scenario.states:
            value = getattr(state, total.name).value
            if value > most:
                raise InvalidInput(
                    f"{most:g} is less than {state.id} has, {value:g}",
                    where=f"totals: {total.name}",
                    allowed="a total of the whole world",
                )


def _check_codes(values: Iterable[Any], where: str) -> None:
    owner: dict[int, str] = {}
    for value in values:
        if value.code in owner:
            problem = f"{value.code} is also the code of {owner[value.code]}"
            place = f"{where}: '{value.id}': code"
            raise InvalidInput(problem, where=place, allowed="a code that no other has")
        owner[value.code] = value.id


def _check_pairs(scenario: Scenario) -> None:
    ids = _ids(scenario.states)
    ends = [(pair.a, pair.b) for pair in scenario.pairs]
    for a, b in ends:
        _known((a, b), ids, f"pair: '{a}-{b}'")
    _unique((f"{a}-{b}" for a, b in ends), "pair")
    for a, b in combinations(sorted(ids), 2):
        if (a, b) not in ends:
            problem = f"the pair of {a} and {b} is missing, and not in the catalogue"
            raise InvalidInput(problem, where="pair", allowed="a [[pair]] for every two states")


def _check_treaties(scenario: Scenario) -> None:
    ids = _ids(scenario.treaties)
    _unique(ids, "treaty: id")
    _unique(scenario.standing, "standing")
    _known(scenario.standing, ids, "standing")


def _check_arms(scenario: Scenario) -> None:
    names = [arm.name for arm in scenario.arms]
    if not names:
        raise InvalidInput("none is given", where="arm", allowed="one arm or more")
    _unique(names, "arm: name")
    _known([scenario.reference], names, "reference")
    for arm in scenario.arms:
        _check_arm(scenario, arm, f"arm: '{arm.name}'")
    _check_codes_in_arms(scenario)


def _check_codes_in_arms(scenario: Scenario) -> None:
    """Refuse two treaties of one code in the same arm."""
    for arm in scenario.arms:  # two texts of one treaty share its code, in different arms
        names = {*scenario.standing, *arm.adds}
        _check_codes([each for each in scenario.treaties if each.id in names], "treaty")


def check_in_force(scenario: Scenario) -> None:
    """Refuse treaties of a file that no arm has: they would be read and then ignored."""
    used = {*scenario.standing, *(name for arm in scenario.arms for name in arm.adds)}
    for name in _ids(scenario.treaties):
        if name not in used:
            raise InvalidInput(
                f"{name} is in force in no arm",
                where="treaties",
                allowed=f"treaties in standing (all arms) or added by an arm; add {name!r} to one",
            )


def _check_arm(scenario: Scenario, arm: Arm, where: str) -> None:
    _unique((*scenario.standing, *arm.adds), f"{where}: adds")
    _known(arm.adds, _ids(scenario.treaties), f"{where}: adds")
    _unique(arm.accessions, f"{where}: accession")
    for accession in arm.accessions:
        place = f"{where}: accession"
        _known([accession.treaty], (*scenario.standing, *arm.adds), f"{place}: treaty")
        _known([accession.state], _ids(scenario.states), f"{place}: state")
    _unique(arm.exits, f"{where}: exit")
    for leaving in arm.exits:
        _known([leaving.treaty], (*scenario.standing, *arm.adds), f"{where}: exit: treaty")
    try:
        acceded = after_accessions(scenario, arm)
    except InvalidInput as error:
        raise error.inside(f"{where}: accession") from None
    try:
        after_exits(acceded, arm)
    except InvalidInput as error:
        raise error.inside(f"{where}: exit") from None
    _check_change(scenario, arm, where)


def _check_change(scenario: Scenario, arm: Arm, where: str) -> None:
    """Refuse a change of membership that cannot come about."""
    change = arm.negotiation or arm.notice
    if change is None:
        return
    place = f"{where}: {'negotiation' if arm.negotiation else 'notice'}"
    _known([change.treaty], (*scenario.standing, *arm.adds), f"{place}: treaty")
    _known([change.state], _ids(scenario.states), f"{place}: state")
    try:
        after = treaties_after_change(scenario, arm)
    except InvalidInput as error:
        raise error.inside(place) from None
    if arm.negotiation:
        treaty = next(each for each in after if each.id == change.treaty)
        gains = [gain.state for gain in arm.negotiation.gains]
        _unique(gains, f"{place}: gain: state")
        _known(gains, treaty.members, f"{place}: gain: state")
    if scenario.reference == arm.name:
        problem = "the reference arm plays a change of membership"
        raise InvalidInput(problem, where=place, allowed="an arm that is not the reference")


def _check_umbrellas(scenario: Scenario) -> None:
    ids = _ids(scenario.states)
    for umbrella in scenario.umbrellas:
        _known((umbrella.patron, umbrella.client), ids, "umbrella")
    _unique((f"{each.patron} over {each.client}" for each in scenario.umbrellas), "umbrella")


def _check_transfers(scenario: Scenario) -> None:
    for each in scenario.transfers:
        _known((each.payer, each.payee), _ids(scenario.states), "transfer")
        _known([each.treaty], _ids(scenario.treaties), "transfer: treaty")
    each_once = (f"{each.payer} to {each.payee} under {each.treaty}" for each in scenario.transfers)
    _unique(each_once, "transfer")


def _check_shocks(scenario: Scenario) -> None:
    states = [each.state for each in scenario.common_shocks]
    _known(states, _ids(scenario.states), "common_shock")
    _unique(states, "common_shock: state")


def _check_circumstances(scenario: Scenario) -> None:
    names = [circumstance.name for circumstance in scenario.circumstances]
    if not 1 <= len(names) <= MOST_CIRCUMSTANCES:
        allowed = f"1 to {MOST_CIRCUMSTANCES}"
        raise InvalidInput(f"{len(names)} given", where="circumstance", allowed=allowed)
    _unique(names, "circumstance: name")
    if not any(circumstance.share.value > 0 for circumstance in scenario.circumstances):
        problem = "every share is zero"
        raise InvalidInput(problem, where="circumstance: share", allowed="one above zero")


def _check_parameters(scenario: Scenario) -> None:
    catalogue.preset(scenario.preset)
    names = [parameter.name for parameter in scenario.parameters]
    _unique(names, "parameter: name")
    codes = {parameter.name: parameter.code for parameter in catalogue.parameters()}
    for parameter in scenario.parameters:
        where = f"parameter: '{parameter.name}'"
        if parameter.name not in codes:
            raise InvalidInput("not a parameter", where=where, allowed=", ".join(codes))
        if parameter.code != codes[parameter.name]:
            problem = f"{parameter.code} is not its code"
            raise InvalidInput(problem, where=f"{where}: code", allowed=str(codes[parameter.name]))
    weights = [each for each in scenario.parameters if each.name.startswith("weight_")]
    if all(each.value == 0.0 for each in weights):
        raise InvalidInput("no domain has weight", where="parameter", allowed="one above 0")
    missing = [name for name in codes if name not in names]
    if missing:
        raise InvalidInput(f"{missing[0]} is missing", where="parameter", allowed=", ".join(codes))
