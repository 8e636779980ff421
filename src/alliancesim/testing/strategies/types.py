"""Which strategy stands for which type, so that ``st.from_type`` draws any public value."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from alliancesim import catalogue
from alliancesim.data.circumstance import Circumstance
from alliancesim.data.quantity import Beta, LogNormal, Normal, Quantity, Uniform
from alliancesim.data.state import Pair, State, WorldTotals
from alliancesim.law import Answer, Attack, Obligation, Proviso, Reading, Response, Treaty, Unknown
from alliancesim.scenario import Scenario, arms
from alliancesim.testing.strategies.grown import maybe_unknown, values
from alliancesim.testing.strategies.law import attacks, obligations, provisos, treaties
from alliancesim.testing.strategies.scenarios import pairs, priors, quantities, scenarios, states

__all__ = ["law_types", "strategies_by_type"]

IDS = st.sampled_from(("AAA", "BBB", "CCC"))
TREATIES = st.sampled_from(("TAA", "TBB"))
NAMES = st.sampled_from(("one", "another"))


def law_types() -> tuple[type, ...]:
    """Return the classes that treaties and attacks are made of."""
    found: dict[type, None] = {}
    for cls in (Treaty, Attack):
        for part in parts_of(cls, found):
            found.setdefault(part)
    return tuple(
        one for one in found if one.__module__.startswith("alliancesim.law") and one is not Answer
    )


def parts_of(cls: type, found: dict[type, None]) -> Iterator[type]:
    """Yield a class and those of its fields, each once."""
    if cls in found:
        return
    found[cls] = None
    yield cls
    named = attrs.fields_dict(cls)
    for name, hint in typing.get_type_hints(cls).items():
        for part in within(hint) if name in named else ():
            yield from parts_of(part, found)


def within(hint: Any) -> Iterator[type]:
    """Yield the classes with fields that a type speaks of."""
    plain = typing.get_origin(hint) or hint
    if isinstance(plain, type) and attrs.has(plain):
        yield plain
    for one in typing.get_args(hint):
        yield from within(one)


@cache
def strategies_by_type() -> dict[type, SearchStrategy[Any]]:
    """Return a strategy for each public value type."""
    found: dict[type, SearchStrategy[Any]] = {cls: values(cls) for cls in plain_types()}
    found |= {
        Attack: attacks(dated=True),
        Obligation: obligations(dated=True, ruled=True),
        Proviso: provisos(dated=True, unknowns=True),
        Treaty: treaties(dated=True, framed=True),
        Unknown: maybe_unknown(values(Response), allowed=True).filter(
            lambda drawn: isinstance(drawn, Unknown)
        ),
        Reading: st.builds(Reading, value=values(Response), weight=WEIGHTS, words=NAMES),
        Quantity: quantities(),
        Pair: pairs(),
        Scenario: scenarios(),
        State: states(),
        WorldTotals: st.just(catalogue.totals()),
    }
    return found | {cls: of_kind(cls) for cls in PRIORS} | of_arms()


def of_kind(cls: type) -> SearchStrategy[Any]:
    """Return priors of one kind."""
    drawn: SearchStrategy[Any] = priors()
    return drawn.filter(lambda one: isinstance(one, cls))


WEIGHTS = st.sampled_from((0.25, 0.5, 1.0))
PRIORS: tuple[type, ...] = (Uniform, Normal, LogNormal, Beta)
"""Those of any quantity; a prior of two parts belongs to the presets alone."""
OWN: tuple[type, ...] = (Answer, Attack, Obligation, Proviso, Treaty, Unknown, Reading)


def plain_types() -> Iterator[type]:
    """Yield the classes of the law that have no strategy of their own."""
    yield from (cls for cls in law_types() if cls not in OWN)


def of_arms() -> dict[type, SearchStrategy[Any]]:
    """Return strategies for what a scenario's arms are made of."""
    build: Callable[..., SearchStrategy[Any]] = st.builds
    part = {"treaty": TREATIES, "state": IDS}
    gain = build(arms.Gain, state=IDS, value=st.floats(-0.1, 0.1))
    gains = st.lists(gain, max_size=2).map(tuple)
    negotiation = build(arms.Negotiation, gains=gains, **part)
    accession, exit_ = build(arms.Accession, **part), build(arms.Exit, **part)
    notice = build(arms.Notice, **part)
    change = st.one_of(
        st.just({}),
        negotiation.map(lambda one: {"negotiation": one}),
        notice.map(lambda one: {"notice": one}),
    )
    belief = Quantity(0.1, "share", None, "generated", "judgement", Beta(1, 9))
    amount = Quantity(2.0, "USD bn a year", None, "generated", "derived", LogNormal(0.5, 8.0))
    shock = Quantity(1.0, "ratio", None, "generated", "judgement", LogNormal(0.5, 2.0))
    ends = st.permutations(("AAA", "BBB", "CCC"))
    return {
        arms.Accession: accession,
        arms.Exit: exit_,
        arms.Gain: gain,
        arms.Negotiation: negotiation,
        arms.Notice: notice,
        Circumstance: st.sampled_from(catalogue.circumstances()),
        arms.Umbrella: ends.map(lambda two: arms.Umbrella(two[0], two[1], belief)),
        arms.CommonShock: build(arms.CommonShock, state=IDS, factor=st.just(shock)),
        arms.Transfer: st.builds(
            lambda treaty, two: arms.Transfer(treaty, two[0], two[1], amount), TREATIES, ends
        ),
        arms.Arm: st.builds(
            lambda hypothetical, on_request, adds, joining, leaving, played: arms.Arm(
                name="arm",
                title="A hypothetical arm" if hypothetical else "An arm",
                adds=adds,
                accessions=joining,
                exits=leaving,
                hypothetical=hypothetical,
                on_request=on_request,
                **played,
            ),
            st.booleans(),
            st.booleans(),
            st.lists(TREATIES, max_size=2, unique=True).map(tuple),
            st.lists(accession, max_size=1).map(tuple),
            st.lists(exit_, max_size=1).map(tuple),
            change,
        ),
    }
