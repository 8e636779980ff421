"""Strategies for treaties, their clauses and attacks: small, valid, shrinking to the plainest case.

The plainest attack is one of a state, unprovoked, at home; the plainest treaty is a mutual defence
pact of two members with nothing unknown and no exception.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from alliancesim.data.arguments import checked
from alliancesim.law import (
    Attack,
    Obligation,
    Party,
    Protected,
    Proviso,
    Response,
    Treaty,
    scale,
)
from alliancesim.law.grades import DutyKind
from alliancesim.testing.strategies.grown import fields_of, grown, plain_rule, plainest
from alliancesim.testing.strategies.words import IDS, Speech, days, subsets

__all__ = ["IDS", "attacks", "obligations", "provisos", "treaties"]

PARTS = ("id", "name", "code", "parties", "protected", "obligations")
LIFE = ("signed", "entry", "term", "suspensions", "ended")
SETTLED = ("requested", "consent", "consents", "force_consents", "council_acted")
GIVEN = ("kind", "article", "obligors", "beneficiaries", "rule")
LIMITS = ("area", "adversaries", "exceptions", "since", "until")


@checked
@st.composite
def attacks(
    draw: DrawFn,
    *,
    states: Sequence[str] = IDS[:4],
    dated: bool = False,
    settled: bool = True,
) -> Attack:
    """Draw an attack of one state, or a group, on another state.

    Parameters
    ----------
    states : sequence of str
        Between whom; at least two.
    dated : bool
        Whether it may have a date, between 2000 and 2099.
    settled : bool
        Whether the request, the organ's consent and what the Security Council did may be known
        already.
    """
    attacker, victim = draw(st.permutations(list(states)))[:2]
    speech = Speech(members=tuple(states), others=tuple(states), dated=dated)
    fields = fields_of(Attack, speech)
    kept = {
        name: strategy
        for name, strategy in fields.items()
        if name not in ("attacker", "victim") and (settled or name not in SETTLED)
    }
    return draw(grown(Attack(attacker=attacker, victim=victim), kept, odds=3))


@checked
@st.composite
def provisos(
    draw: DrawFn,
    *,
    states: Sequence[str] = IDS[:4],
    nested: bool = True,
    dated: bool = False,
    unknowns: bool = False,
) -> Proviso:
    """Draw an exception.

    Parameters
    ----------
    states : sequence of str
        Whom it may name.
    nested : bool
        Whether it may have an exception of its own.
    dated : bool
        Whether its cases may have dates.
    unknowns : bool
        Whether its cases may be unknown.
    """
    speech = Speech(members=tuple(states), others=(), dated=dated, unknowns=unknowns)
    below: SearchStrategy[tuple[Proviso, ...]] = st.just(())
    if nested:
        below = st.tuples(provisos(states=states, nested=False, dated=dated))
    fields = {**fields_of(Proviso, speech), "exceptions": below}
    plain: Proviso = plainest(Proviso, speech)
    return draw(grown(plain, fields))


@checked
@st.composite
def obligations(
    draw: DrawFn,
    *,
    members: Sequence[str] = IDS[:3],
    protected: Sequence[str] = (),
    kinds: Sequence[str] = get_args(DutyKind),
    plain: bool = False,
    unknowns: bool = True,
    dated: bool = False,
    ruled: bool = False,
    article: str = "1",
) -> Obligation:
    """Draw an obligation.

    Parameters
    ----------
    members, protected : sequence of str
        The parties, and the beneficiaries that are not parties.
    kinds : sequence of str
        Among which kinds; it shrinks to the first.
    plain : bool
        Whether it is mutual, without area, adversaries, exceptions and dates.
    unknowns : bool
        Whether clauses may be unknown.
    dated : bool
        Whether clauses may have dates.
    ruled : bool
        Whether a rule in plain Python may stand for the clauses.
    article : str
        Its article.
    """
    speech = Speech(
        members=tuple(members), protected=tuple(protected), dated=dated, unknowns=unknowns
    )
    kind = draw(st.sampled_from(list(kinds)))
    given: dict[str, Any] = {"kind": kind, "article": article}
    if ruled and draw(st.integers(0, 5)) == 5:
        given["rule"] = plain_rule
    elif kind == "defence":
        given["response"] = Response(level="defend", wording=scale.wordings()[0])
    start = Obligation(**given)
    fields = {
        name: strategy
        for name, strategy in fields_of(Obligation, speech).items()
        if name not in (*GIVEN, *(LIMITS if plain else ()))
    }
    if "exceptions" in fields:
        each = provisos(states=tuple(members), dated=dated, unknowns=unknowns)
        fields["exceptions"] = st.lists(each, min_size=1, max_size=2).map(tuple)
    if not plain and draw(st.integers(0, 3)) == 3:
        start = attrs.evolve(
            start,
            obligors=draw(subsets(members, least=1)),
            beneficiaries=draw(subsets(speech.concerned, least=1)),
        )
    return draw(grown(start, fields, odds=3))


@checked
@st.composite
def treaties(
    draw: DrawFn,
    *,
    states: Sequence[str] = IDS[:4],
    min_members: int = 2,
    max_members: int = 3,
    max_obligations: int = 2,
    plain: bool = False,
    unknowns: bool = True,
    dated: bool = False,
    framed: bool = False,
    identifier: str = "TAA",
) -> Treaty:
    """Draw a treaty.

    Parameters
    ----------
    states : sequence of str
        From whom its members are drawn.
    min_members, max_members : int
        How many.
    max_obligations : int
        How many obligations at most.
    plain : bool
        Whether it is mutual, without areas, adversaries, exceptions and protected states.
    unknowns : bool
        Whether clauses may be unknown.
    dated : bool
        Whether parties, clauses and the treaty may have dates, and the treaty a term.
    framed : bool
        Whether its form, accession, rank, depth, quotations and the like may be drawn too.
    identifier : str
        Its id, three capitals.
    """
    order = draw(st.permutations(list(states)))
    count = draw(st.integers(min_members, min(max_members, len(order))))
    members, rest = sorted(order[:count]), order[count:]
    protected = tuple(rest[:1]) if not plain and draw(st.integers(0, 3)) == 3 else ()
    duties = [
        draw(
            obligations(
                members=members,
                protected=protected,
                plain=plain,
                unknowns=unknowns and n == 0,
                dated=dated and not plain,
                ruled=framed,
                article=str(n + 1),
            )
        )
        for n in range(draw(st.integers(1, max_obligations)))
    ]
    treaty = Treaty(
        id=identifier,
        name="A generated treaty",
        parties=[draw(dated_parties(state)) if dated else state for state in members],
        protected=[draw(protected_state(one, dated=dated)) for one in protected],
        obligations=duties,
    )
    speech = Speech(members=tuple(members), dated=dated, unknowns=unknowns)
    fields = frame(speech, dated=dated, framed=framed)
    return draw(grown(treaty, fields, odds=2 if framed else 3))


def frame(speech: Speech, *, dated: bool, framed: bool) -> dict[str, SearchStrategy[Any]]:
    """Return what may be drawn of a treaty beside its parties and duties."""
    fields = {**fields_of(Treaty, speech), "depth": st.sampled_from([0.3, 1.0])}
    return {
        name: strategy
        for name, strategy in fields.items()
        if name not in PARTS and (dated if name in LIFE else framed)
    }


def protected_state(state: str, *, dated: bool) -> SearchStrategy[Protected]:
    """Return a protected state, which may have dates."""
    fields = fields_of(Protected, Speech(dated=dated))
    return grown(Protected(state), {name: each for name, each in fields.items() if name != "state"})


@st.composite
def dated_parties(draw: DrawFn, state: str) -> Party:
    """Draw a party that may have signed, ratified, joined, given notice and left on some day."""
    acts = dict.fromkeys(("signed", "ratified", "since", "denounced", "until"), days())
    return draw(grown(Party(state), acts, odds=3))
