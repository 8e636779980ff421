"""A world of unnamed states: pairs in the proportions of the record, powers log-normal, few pacts.

It stands for no place and no year. Forty-one points are scattered over a map; the pairs that lie
nearest are neighbours, those of the greatest power and the next nearest are politically relevant,
and the rest are unrelated, so that the four classes have the shares they have among the
pair-years of 1946 to 2010. No pair has a record of its own, so each disputes at the mean rate of
its class; no ties beside the pacts bind partners. A map is drawn from `CONSTRUCTION_SEED` and its
number, whatever seed is played, and several are played, since one map may be odd.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import combinations
from typing import Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.data.quantity import Quantity
from alliancesim.data.state import Pair, State
from alliancesim.law import NonProvocation, Obligation, Response, Treaty
from alliancesim.law.grades import Level
from alliancesim.scenario import Scenario
from alliancesim.scenario.arms import Arm
from alliancesim.validation.geography import Geography, geography

__all__ = ["BILATERAL", "CONSTRUCTION_SEED", "MULTILATERAL", "generic", "members", "provoking"]

CONSTRUCTION_SEED = 1946
"""Seed of the construction; with the number of a map it gives that map, always the same."""
STATES = 41
BILATERAL = ("PACT-B1", "PACT-B2", "PACT-B3", "PACT-B4")
"""Standing pacts of two members."""
MULTILATERAL = ("PACT-M1", "PACT-M2")
"""Standing pacts of five and of six members."""
_SIZES = {"NEW": 4, "PACT-M1": 5, "PACT-M2": 6, **dict.fromkeys(BILATERAL, 2)}
_WITH_PATRON = (*BILATERAL, "PACT-M1")
"""Standing pacts with a great power among the members, wherever it lies."""
POWERS = 5
"""How many states count as great powers, the greatest first; each has a nuclear deterrent."""
WARHEADS = 200.0
"""Warheads of each; only that there are some matters."""
_WORDINGS = {
    "PACT-B1": "constitutional",
    "PACT-B2": "necessary-help",
    "PACT-B3": "all-means",
    "PACT-B4": "constitutional",
    "PACT-M1": "deems-necessary",
    "PACT-M2": "constitutional",
}
"""How binding the words of the standing pacts are: in turn those of the catalogue's treaties."""
_SOURCE = "drawn for the generic world, which stands for no place"


@cache
def generic(number: int = 0) -> Scenario:
    """Return the generic world on one of its maps.

    Its reference arm has the standing pacts alone; ``conditional`` adds a pact of four states
    that helps only a member that did not provoke the attack, ``unconditional`` the same pact
    without that clause. The four are in focus.

    Parameters
    ----------
    number : int
        Number of the map, 0 or more.
    """
    rng = np.random.default_rng((CONSTRUCTION_SEED, number))
    states = _states(rng)
    power = np.array([state.military_expenditure.value for state in states])
    land = geography(rng, power)
    sides = _sides(rng, land, power)
    ids = tuple(state.id for state in states)
    named = {pact: tuple(ids[i] for i in side) for pact, side in sides.items()}
    return Scenario(
        name="generic",
        title="A generic world of unnamed states",
        cutoff=date(2000, 1, 1),
        start=date(2000, 1, 1),
        reference="reference",
        focus=named["NEW"],
        states=states,
        pairs=_pairs(ids, land),
        treaties=_treaties(named),
        standing=(*BILATERAL, *MULTILATERAL),
        arms=(
            Arm("reference", "The standing pacts alone"),
            Arm("conditional", "A deterrent pact for the unprovoked", ("PACT-COND",)),
            Arm("unconditional", "The same pact without conditions", ("PACT-UNCOND",)),
        ),
    )


def members(scenario: Scenario, *pacts: str) -> tuple[str, ...]:
    """Return the members of some pacts of a scenario, in alphabetical order."""
    return tuple(sorted({each for pact in pacts for each in scenario.treaty(pact).members}))


def provoking(scenario: Scenario, state: str, factor: float) -> Scenario:
    """Return the scenario with one state beginning disputes so many times as often, with all."""
    times = Quantity(factor, "ratio", None, "set for a check", "derived")
    return attrs.evolve(
        scenario, pairs=tuple(_provoked(pair, state, times) for pair in scenario.pairs)
    )


def _provoked(pair: Pair, state: str, times: Quantity) -> Pair:
    if pair.a == state:
        return attrs.evolve(pair, rate_multiplier_a=times)
    return attrs.evolve(pair, rate_multiplier_b=times) if pair.b == state else pair


def _figure(value: float, unit: str) -> Quantity:
    return Quantity(float(value), unit, None, _SOURCE, "derived")


def _states(rng: np.random.Generator) -> tuple[State, ...]:
    """Draw economies log-normal, and forces that grow with them, none of it in lockstep."""

    def noise(sd: float) -> float:
        return float(np.exp(sd * rng.standard_normal()))

    def state(number: int) -> State:
        gdp = 150.0 * noise(1.6)
        spending = 0.02 * gdp * noise(0.5)
        return State(
            f"S{number:02d}",
            f"state {number}",
            active_personnel=_figure(60.0 * (gdp / 150.0) ** 0.5 * noise(0.5), "thousand"),
            military_expenditure=_figure(spending, "USD bn"),
            missile_class=_figure(np.clip(round(2.0 * np.log10(gdp / 100.0)), 0, 5), "ordinal"),
            arms_industry=_figure(0.15 * spending * noise(0.8), "USD bn"),
            gdp=_figure(gdp, "USD bn"),
            nuclear_warheads=_figure(0.0, "count"),
            experience=_figure(rng.uniform(0.0, 0.15), "share"),
            projection=_projection(gdp),
            code=number,
        )

    drawn = [state(number) for number in range(1, STATES + 1)]
    powers = sorted(drawn, key=lambda each: -each.military_expenditure.value)[:POWERS]
    armed = _figure(WARHEADS, "count")
    return tuple(
        attrs.evolve(each, nuclear_warheads=armed) if each in powers else each for each in drawn
    )


def _projection(gdp: float) -> Literal["land", "sea"]:
    return "sea" if gdp > 1000.0 else "land"


def _sides(
    rng: np.random.Generator, land: Geography, power: NDArray[np.float64]
) -> dict[str, list[int]]:
    """Choose members: a rival first, while there are any, then those it is at peace with.

    The nearest are asked first; where the pact has a patron, the most powerful before them.
    """
    free = [int(i) for i in rng.permutation(STATES)]
    rivals = [i for pair in sorted(land.rivals) for i in pair]
    sides: dict[str, list[int]] = {}
    for pact, size in _SIZES.items():
        first = next((i for i in rivals if i in free), free[0])
        fit = [first]
        patrons = [int(i) for i in np.argsort(-power)] if pact in _WITH_PATRON else []
        for other in [*patrons[:POWERS], *land.nearest(first)]:
            friendly = not any(tuple(sorted((other, one))) in land.rivals for one in fit)
            apart = pact in _WITH_PATRON and len(fit) == 2 and other in patrons[:POWERS]
            if len(fit) < size and other in free and other not in fit and friendly and not apart:
                fit.append(other)
        sides[pact] = fit
        free = [i for i in free if i not in fit]
    return sides


def _pairs(ids: tuple[str, ...], land: Geography) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            ids[i],
            ids[j],
            distance_km=_figure(land.km[i, j], "km"),
            land_contiguous=(i, j) in land.touching,
            rivalry="open" if (i, j) in land.rivals else "none",
            relevant=(i, j) in land.relevant,
            dyad_years=0,
            onsets=0,
            source=_SOURCE,
        )
        for i, j in combinations(range(len(ids)), 2)
    )


def _treaties(sides: dict[str, tuple[str, ...]]) -> tuple[Treaty, ...]:
    """Write the pacts; of those that stand half ask that the member did not provoke."""
    new = sides["NEW"]
    conditional = {"PACT-COND": True, "PACT-UNCOND": False}
    standing = {pact: pact in ("PACT-B1", "PACT-B2", "PACT-M1") for pact in sides if pact != "NEW"}
    pacts = [(pact, sides[pact], asked) for pact, asked in standing.items()]
    pacts += [(pact, new, asked) for pact, asked in conditional.items()]
    return tuple(
        _pact(pact, 100 + number, side, asked) for number, (pact, side, asked) in enumerate(pacts)
    )


def _pact(name: str, code: int, side: tuple[str, ...], unprovoked: bool) -> Treaty:
    duty = Obligation(
        kind="defence",
        article="1",
        response=Response(
            level=Level.DEFEND, wording=_WORDINGS.get(name, "considers-attack"), article="1"
        ),
        provocation=NonProvocation(required=unprovoked, article="1"),
        source=_SOURCE,
    )
    return Treaty(
        id=name,
        code=code,
        name=f"Pact {name} of the generic world",
        parties=side,
        obligations=(duty,),
        source=_SOURCE,
    )
