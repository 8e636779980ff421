"""Hypothesis strategies for the library's values: small, valid, shrinking to the plainest."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from alliancesim import catalogue
from alliancesim.data.arguments import checked
from alliancesim.data.circumstance import Circumstance
from alliancesim.data.quantity import Beta, LogNormal, Normal, Prior, Quantity, Status, Uniform
from alliancesim.data.state import Pair, State
from alliancesim.law import (
    Decision,
    NonProvocation,
    Obligation,
    Reading,
    Request,
    Response,
    Treaty,
    Unknown,
    scale,
)
from alliancesim.scenario import Scenario
from alliancesim.scenario.arms import (
    Accession,
    Arm,
    CommonShock,
    Gain,
    Negotiation,
    Notice,
    Transfer,
    Umbrella,
)
from alliancesim.testing.strategies.grown import values

__all__ = ["pacts", "pairs", "priors", "quantities", "scenarios", "states"]

IDS = tuple(3 * letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _number(low: float, high: float) -> SearchStrategy[float]:
    """Return numbers of two decimals, which shrink to the lowest."""
    return st.integers(round(100 * low), round(100 * high)).map(lambda n: n / 100)


@checked
@st.composite
def priors(draw: DrawFn, *, value: float = 0.5, low: float = 0.0, high: float = 1e6) -> Prior:
    """Draw a prior that holds a value and stays in [low, high].

    Parameters
    ----------
    value : float
        What the prior must hold.
    low, high : float
        Bounds of its support; a log-normal needs (0, ∞) in them, a beta [0, 1].
    """
    floor, ceiling = max(low, value - 1.0), min(high, value + 1.0)
    choices: list[Prior] = [Uniform(floor, ceiling), Normal(value, 0.25, floor, ceiling)]
    if low <= 0.0 and high >= 1e6 and value > 0:
        choices.append(LogNormal(value / 2, value * 2))
    if low <= 0.0 and high >= 1.0 and 0.0 <= value <= 1.0:
        choices.append(Beta(2.0, 3.0))
    return draw(st.sampled_from(choices))


@checked
@st.composite
def quantities(
    draw: DrawFn, *, unit: str = "share", low: float = 0.0, high: float = 1.0, whole: bool = False
) -> Quantity:
    """Draw a quantity in a unit and a range, computed or judged with a prior.

    Parameters
    ----------
    unit : str
        Its unit.
    low, high : float
        The range of its value; high from 1e6 on counts as open.
    whole : bool
        Whether the value is a whole number.
    """
    reach = min(high, 2000.0)
    if whole:
        value = float(draw(st.integers(round(low), round(reach))))
    else:
        value = draw(_number(low, reach))
    judged = draw(st.booleans())
    prior = draw(priors(value=value, low=low, high=high)) if judged else None
    status: Status = "judgement" if judged else "computed"
    return Quantity(value, unit, draw(st.sampled_from([None, 2025])), "generated", status, prior)


@checked
@st.composite
def states(draw: DrawFn, *, identifier: str = "AAA", code: int | None = None) -> State:
    """Draw a state.

    Parameters
    ----------
    identifier : str
        Its id.
    code : int, optional
        Its code; by default the id's own.
    """
    given: dict[str, Any] = {} if code is None else {"code": code}
    return State(
        id=identifier,
        name=f"State {identifier}",
        active_personnel=draw(quantities(unit="thousand", high=1e4)),
        military_expenditure=draw(quantities(unit="USD bn", high=1e3)),
        missile_class=draw(quantities(unit="ordinal", high=5.0, whole=True)),
        arms_industry=draw(quantities(unit="USD bn", high=500.0)),
        gdp=draw(quantities(unit="USD bn", low=1.0, high=1e5)),
        nuclear_warheads=draw(
            st.sampled_from([0.0, 0.0, 100.0]).map(
                lambda n: Quantity(n, "count", 2025, "generated", "computed")
            )
        ),
        experience=draw(quantities(unit="share")),
        reputation=draw(st.none() | quantities(unit="share").filter(lambda each: each.value > 0.0)),
        projection=draw(st.sampled_from(["land", "sea"])),
        **given,
    )


@checked
@st.composite
def pairs(draw: DrawFn, *, a: str = "AAA", b: str = "BBB") -> Pair:
    """Draw what lies between two states.

    Parameters
    ----------
    a, b : str
        Their ids, in order.
    """
    years = draw(st.integers(0, 65))
    multiplier = st.none() | quantities(unit="ratio", high=1e6).filter(
        lambda each: each.value <= 20
    )
    return Pair(
        a=a,
        b=b,
        distance_km=draw(quantities(unit="km", high=1e6)),
        land_contiguous=draw(st.booleans()),
        rivalry=draw(st.sampled_from(["none", "ended", "open"])),
        relevant=draw(st.booleans()),
        dyad_years=years,
        onsets=draw(st.integers(0, years)),
        source="generated",
        rate_multiplier_a=draw(multiplier),
        rate_multiplier_b=draw(multiplier),
        tie=draw(st.none() | quantities(unit="share")),
        heat=draw(st.none() | quantities(unit="ratio", high=4.0)),
    )


@st.composite
def _responses(draw: DrawFn) -> Response | Unknown[Response]:
    level = st.sampled_from(["defend", "assist", "consult"])
    wording = st.sampled_from(scale.wordings())
    drawn = [Response(level=draw(level), wording=draw(wording))]
    if draw(st.booleans()):
        return drawn[0]
    drawn.append(Response(level=draw(level), wording=draw(wording)))
    weight = draw(st.sampled_from([0.5, 0.25]))
    weights = (weight, 1 - weight)
    return Unknown(
        readings=tuple(
            Reading(value=response, weight=weight, words=f"as {response.level}")
            for response, weight in zip(drawn, weights, strict=True)
        )
    )


@st.composite
def pacts(
    draw: DrawFn,
    *,
    identifier: str = "PCT",
    code: int | None = None,
    members: tuple[str, ...] = ("AAA", "BBB"),
) -> Treaty:
    """Draw a mutual defence pact: its words, conditions, decision and depth.

    Parameters
    ----------
    identifier : str
        Its id.
    code : int, optional
        Its code; by default the id's own.
    members : tuple of str
        Its parties.
    """
    obligations = [
        Obligation(
            kind="defence",
            article="1",
            response=draw(_responses()),
            provocation=draw(values(NonProvocation)),
            request=Request(needed=draw(st.booleans())),
            decision=Decision(
                rule=draw(st.sampled_from(("each", "consensus", "majority", "two-thirds")))
            ),
        )
    ]
    if draw(st.booleans()):
        obligations.append(Obligation(kind="non-aggression", article="2"))
    given: dict[str, Any] = {} if code is None else {"code": code}
    return Treaty(
        id=identifier,
        name=f"Pact {identifier}",
        parties=members,
        obligations=obligations,
        depth=draw(st.sampled_from([0.0, 0.3, 1.0])),
        **given,
    )


@checked
@st.composite
def scenarios(
    draw: DrawFn,
    *,
    min_states: int = 2,
    max_states: int = 5,
    max_treaties: int = 2,
    max_arms: int = 3,
    max_months: int = 24,
) -> Scenario:
    """Draw a small scenario, valid by construction.

    Parameters
    ----------
    min_states, max_states : int
        How many states, 2 to 26.
    max_treaties : int
        How many treaties at most.
    max_arms : int
        How many arms at most, the reference among them.
    max_months : int
        How long it is at most.
    """
    ids = IDS[: draw(st.integers(min_states, max_states))]
    codes = draw(st.none() | st.permutations(range(len(ids))))
    members = draw(_memberships(ids, max_treaties))
    treaties = [
        draw(pacts(identifier=f"T{n}", code=100 + n, members=each))
        for n, each in enumerate(members)
    ]
    names = [treaty.id for treaty in treaties]
    standing = [name for name in names if draw(st.booleans())]
    arms = draw(_arms(ids, treaties, standing, max_arms - 1))
    in_force = {*standing, *(name for arm in arms for name in arm.adds)}
    treaties = [treaty for treaty in treaties if treaty.id in in_force]
    ends = draw(
        st.lists(st.permutations(ids).map(lambda order: tuple(order[:2])), max_size=2, unique=True)
    )
    made = Scenario(
        name="generated",
        title="A generated scenario",
        cutoff=date(2025, 12, 31),
        start=date(2026, 1, 1),
        horizon_months=draw(st.integers(1, max_months)),
        reference="reference",
        focus=ids[: draw(st.integers(1, len(ids)))],
        preset=draw(st.sampled_from(catalogue.names("presets"))),
        states=tuple(
            draw(states(identifier=each, code=codes[n] if codes else None))
            for n, each in enumerate(ids)
        ),
        pairs=tuple(draw(pairs(a=a, b=b)) for a, b in combinations(ids, 2)),
        treaties=tuple(treaties),
        standing=tuple(standing),
        arms=(Arm("reference", "Standing treaties"), *arms),
        umbrellas=tuple(Umbrella(a, b, draw(_beliefs())) for a, b in ends),
        transfers=draw(_transfers(treaties)),
        common_shocks=draw(_shocks(ids)),
        circumstances=draw(_circumstances()),
    )
    for submodel, forms in catalogue.variants().items():
        made = made.with_variant(submodel, draw(st.sampled_from(forms)))
    return made


@st.composite
def _memberships(draw: DrawFn, ids: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    subset = st.lists(st.sampled_from(ids), min_size=2, unique=True).map(lambda each: tuple(each))
    return draw(st.lists(subset, max_size=most))


@st.composite
def _arms(
    draw: DrawFn, ids: tuple[str, ...], treaties: list[Treaty], standing: list[str], most: int
) -> list[Arm]:
    others = [treaty for treaty in treaties if treaty.id not in standing]
    arms = []
    for n in range(draw(st.integers(0, most))):
        added = [treaty for treaty in others if draw(st.booleans())]
        joining = []
        for treaty in added:
            joiner = draw(st.none() | st.sampled_from(ids))
            if joiner is not None and joiner not in treaty.members:
                joining.append(Accession(treaty.id, joiner))
        acceding = tuple(joining)
        names = tuple(each.id for each in added)
        played = draw(_changes(ids, added, acceding))
        arms.append(Arm(f"arm {n}", f"Arm {n}", names, acceding, **played))
    return arms


@st.composite
def _transfers(draw: DrawFn, treaties: list[Treaty]) -> tuple[Transfer, ...]:
    made = []
    for treaty in treaties:
        if draw(st.booleans()):
            payer, payee = draw(st.permutations(treaty.members))[:2]
            prior = draw(st.none() | st.just(LogNormal(0.5, 8.0)))
            amount = Quantity(2.0, "USD bn a year", None, "generated", "derived", prior)
            made.append(Transfer(treaty.id, payer, payee, amount))
    return tuple(made)


@st.composite
def _shocks(draw: DrawFn, ids: tuple[str, ...]) -> tuple[CommonShock, ...]:
    prior = LogNormal(draw(st.floats(0.3, 0.9)), 2.0)
    factor = Quantity(1.0, "ratio", None, "judgement: generated", "judgement", prior)
    return tuple(CommonShock(each, factor) for each in ids[:2] if draw(st.booleans()))


@st.composite
def _changes(
    draw: DrawFn, ids: tuple[str, ...], added: list[Treaty], acceding: tuple[Accession, ...]
) -> dict[str, Any]:
    """Draw a change of membership that an arm plays, or none."""
    joined = {each.treaty for each in acceding}
    free = [treaty for treaty in added if treaty.id not in joined]
    treaty = draw(st.none() | st.sampled_from(free)) if free else None
    if treaty is None:
        return {}
    state = draw(st.sampled_from(ids))
    if state in treaty.members:
        return {"notice": Notice(treaty.id, state)}
    gains = tuple(Gain(each, draw(st.floats(-0.1, 0.1))) for each in treaty.members)
    return {"negotiation": Negotiation(treaty.id, state, gains)}


def _beliefs() -> SearchStrategy[Quantity]:
    return st.sampled_from([Beta(1, 9), Beta(6, 4)]).map(
        lambda prior: Quantity(0.1, "share", None, "generated", "judgement", prior)
    )


def _circumstances() -> SearchStrategy[tuple[Circumstance, ...]]:
    known = catalogue.circumstances()
    return st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True).map(tuple)
