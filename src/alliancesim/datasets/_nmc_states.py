"""From components of capability to states and a world: which component stands for which domain?

Why so is written down in decision 13. A domain that no component stands for is given by the
scenario's author, as a figure with a prior, or refused.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.data.names import hint, listed
from alliancesim.data.quantity import LogNormal, Quantity, entity_code
from alliancesim.data.state import QUANTITIES, State, WorldTotals
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from alliancesim.datasets.nmc import Capabilities, Component, Nmc

__all__ = ["made_state", "made_totals"]

SOURCE = "COW National Material Capabilities"
DOLLARS_A_POUND = 4.8665
"""Gold parity of the two currencies from 1837 to 1914: 113.0016 to 23.22 grains of fine gold."""
FIRST_MISSILE, FIRST_WARHEAD = 1944, 1945
MILITARY_BURDEN = 0.03
"""Of the world's product: about what the powers of 1913 spent, and 2.5 % in 2024 (SIPRI)."""
ARMS_SHARE = 0.25
"""Of the world's military spending: 632 of 2,718 USD bn in the catalogue. It cancels in shares."""
ECONOMY_FACTOR = 2.5
"""Half width of the central 90 % of an economy, as a factor."""
OWN_CODES = 20000
"""Where codes of states begin whose id is not of three capitals: theirs is this plus `ccode`."""
NEEDS: dict[str, tuple[Component, ...]] = {
    "active_personnel": ("milper",),
    "military_expenditure": ("milex",),
    "arms_industry": ("irst",),
    "gdp": ("pec", "tpop"),
}
"""The components behind a figure; a figure that is not here has none."""


def made_state(
    nmc: Nmc,
    which: str | int,
    *,
    name: str,
    experience: Quantity,
    projection: Any,
    judged: Mapping[str, Quantity],
) -> State:
    """Return a state, its figures from the components or from what is judged."""
    found = nmc.of(which)
    where = f"nmc: {found.abb} {nmc.year}"
    _check_names(judged, tuple(each for each in QUANTITIES if each != "experience"), where)
    given = {each: judged.get(each) or _figure(nmc, found, each) for each in QUANTITIES[:-1]}
    code = entity_code(found.id)
    return State(
        id=found.id,
        name=name,
        experience=experience,
        projection=projection,
        code=OWN_CODES + found.ccode if code is None else code,
        **given,
    )


def made_totals(nmc: Nmc, judged: Mapping[str, Quantity]) -> WorldTotals:
    """Return the world's totals, from sums over states or from what is judged."""
    names = tuple(field.name for field in attrs.fields(WorldTotals))
    _check_names(judged, names, "nmc: totals")
    return WorldTotals(**{each: judged.get(each) or _total(nmc, each) for each in names})


def _check_names(judged: Mapping[str, Quantity], known: tuple[str, ...], where: str) -> None:
    for name in judged:
        if name not in known:
            problem = f"{name!r} is not a figure from this data set{hint(name, known)}"
            raise InvalidInput(problem, where=where, allowed=listed(known))


def _figure(nmc: Nmc, found: Capabilities, name: str) -> Quantity:
    """Return a figure of a state, or refuse it."""
    where = f"nmc: {found.abb} {nmc.year}: {name}"
    if name not in NEEDS:
        return _not_yet(nmc.year, name, where)
    gaps = [each for each in NEEDS[name] if each in found.components.gaps]
    if gaps:
        raise _refusal(f"{' and '.join(gaps)} is missing", name, where)
    if name == "gdp":
        return _economy(nmc, found)
    if name == "arms_industry":
        share = _share(found, nmc, "irst")
        words = f"iron and steel as a share of the world, of {ARMS_SHARE:.0%} of its spending"
        return _made(nmc, share * _world_arms(nmc), "USD bn", words)
    return _same(nmc, found.components, name)


def _not_yet(year: int, name: str, where: str) -> Quantity:
    """Return zero for what had not been invented, or refuse."""
    first = {"missile_class": FIRST_MISSILE, "nuclear_warheads": FIRST_WARHEAD}.get(name)
    if first is None or year >= first:
        raise _refusal("the data set has no such figure", name, where)
    unit = "ordinal" if name == "missile_class" else "count"
    words = f"none existed before {first}, not checked"
    return Quantity(0.0, unit, year, words, "recalled")


def _refusal(problem: str, name: str, where: str) -> InvalidInput:
    allowed = f"{name} given as a figure; a judgement with a prior"
    return InvalidInput(problem, where=where, allowed=allowed)


def _total(nmc: Nmc, name: str) -> Quantity:
    """Return a total of the world, or refuse it."""
    where = f"nmc: totals of {nmc.year}: {name}"
    if name not in NEEDS:
        return _not_yet(nmc.year, name, where)
    if any(getattr(nmc.totals, each) is None for each in NEEDS[name]):
        raise _refusal(f"no state has {' and '.join(NEEDS[name])}", name, where)
    if name == "gdp":
        words = f"military spending of the world, which is taken as {MILITARY_BURDEN:.0%} of it"
        return _made(nmc, _world_product(nmc), "USD bn", words)
    if name == "arms_industry":
        words = f"{ARMS_SHARE:.0%} of the world's military spending; only shares of it matter"
        return _made(nmc, _world_arms(nmc), "USD bn", words)
    return _same(nmc, nmc.totals, name)


def _same(nmc: Nmc, components: Any, name: str) -> Quantity:
    """Return what the data set has itself: personnel or spending."""
    if name == "active_personnel":
        return _made(nmc, components.milper, "thousand", "milper", "computed")
    if nmc.units["milex"] == "thousand GBP":
        words = f"milex, at the gold parity of {DOLLARS_A_POUND} USD a GBP"
        return _made(nmc, _usd_bn(nmc, components.milex), "USD bn", words)
    return _made(nmc, _usd_bn(nmc, components.milex), "USD bn", "milex", "computed")


def _made(nmc: Nmc, value: float, unit: str, words: str, status: Any = "derived") -> Quantity:
    return Quantity(value, unit, nmc.year, f"{SOURCE}: {words}", status)


def _economy(nmc: Nmc, found: Capabilities) -> Quantity:
    """Return the economy: its share goes by the root of energy times people."""
    size = _root(found)
    whole = sum(_root(state) for state in nmc.states)
    value = _world_product(nmc) * size / whole if whole > 0.0 else 0.0
    words = (
        f"judgement: rests on {SOURCE}; share of the world by the geometric mean of pec and tpop, "
        f"of a product of which {MILITARY_BURDEN:.0%} is spent on forces"
    )
    if value == 0.0:
        problem = "pec is 0, which tells no size of an economy"
        raise _refusal(problem, "gdp", f"nmc: {found.abb} {nmc.year}: gdp")
    prior = LogNormal(p05=value / ECONOMY_FACTOR, p95=value * ECONOMY_FACTOR)
    return Quantity(value, "USD bn", nmc.year, words, "judgement", prior)


def _root(state: Capabilities) -> float:
    pec, tpop = state.components.pec, state.components.tpop
    return 0.0 if pec is None or tpop is None else math.sqrt(pec * tpop)


def _share(found: Capabilities, nmc: Nmc, name: Component) -> float:
    total: float = getattr(nmc.totals, name)
    return float(getattr(found.components, name)) / total if total > 0.0 else 0.0


def _usd_bn(nmc: Nmc, thousands: float) -> float:
    rate = 1.0 if nmc.units["milex"] == "thousand USD" else DOLLARS_A_POUND
    return thousands * rate / 1e6


def _world_spending(nmc: Nmc) -> float:
    return _usd_bn(nmc, nmc.totals.milex or 0.0)


def _world_arms(nmc: Nmc) -> float:
    return ARMS_SHARE * _world_spending(nmc)


def _world_product(nmc: Nmc) -> float:
    return _world_spending(nmc) / MILITARY_BURDEN
