"""Hypothesis strategies for treaties and attacks: small, valid, shrinking to the plainest case.

The plainest attack is one of a state, unprovoked, at home; the plainest treaty is a mutual defence
pact of two members with nothing unknown and no exception.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeVar, get_args

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from alliancesim.law import (
    Adversaries,
    Area,
    Attack,
    Cover,
    Decision,
    Level,
    NonProvocation,
    Obligation,
    Party,
    Proviso,
    Reading,
    Request,
    Response,
    Saving,
    SecurityCouncil,
    Term,
    Treaty,
    Trigger,
    Unknown,
    When,
)
from alliancesim.law.attack import Actor, Kind, Provocation
from alliancesim.law.grades import ABSTAIN, HELP
from alliancesim.law.places import Position, Standing
from alliancesim.law.scale import wordings

__all__ = ["IDS", "attacks", "obligations", "provisos", "treaties"]

T = TypeVar("T")

IDS = tuple(3 * letter for letter in "ABCDEFGH")
"""Ids of made-up states: ``AAA`` to ``HHH``."""

EPOCH = dt.date(2000, 1, 1)
CENTURY = dt.date(2099, 12, 31)


def some(literal: object, *, least: int = 0) -> SearchStrategy[tuple[Any, ...]]:
    """Return tuples of different words of a ``Literal`` type, in its own order."""
    words = get_args(literal)
    return st.lists(st.sampled_from(words), min_size=least, unique=True).map(
        lambda drawn: tuple(word for word in words if word in drawn)
    )


def one(literal: object) -> SearchStrategy[Any]:
    """Return one word of a ``Literal`` type; it shrinks to the first."""
    return st.sampled_from(get_args(literal))


def subsets(states: Sequence[str], *, least: int = 0) -> SearchStrategy[tuple[str, ...]]:
    """Return tuples of different states, in their order."""
    return st.lists(st.sampled_from(states), min_size=least, unique=True).map(
        lambda drawn: tuple(sorted(drawn))
    )


@st.composite
def attacks(
    draw: DrawFn,
    *,
    states: Sequence[str] = IDS[:4],
    dated: bool = False,
    settled: bool = True,
) -> Attack:
    """Draw an attack of one state on another.

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
    decided = st.sampled_from([None, True, False]) if settled else st.none()
    actor = draw(one(Actor))
    return Attack(
        attacker=attacker,
        victim=victim,
        kind=draw(one(Kind)),
        place=draw(one(Position)),
        actor=actor,
        tags=draw(st.sampled_from([(), ("communist",)])),
        provocation=draw(one(Provocation)),
        date=draw(st.none() | st.dates(EPOCH, CENTURY)) if dated else None,
        requested=draw(decided),
        consent=draw(decided),
        council_acted=draw(st.booleans()) if settled else False,
    )


@st.composite
def maybe_unknown(draw: DrawFn, clause: SearchStrategy[T], *, allowed: bool) -> Any:
    """Draw a clause, or an unknown one with two readings."""
    if not allowed or draw(st.integers(0, 3)) < 3:
        return draw(clause)
    weight = draw(st.sampled_from([0.5, 0.25, 0.75]))
    return Unknown(
        readings=(
            Reading(value=draw(clause), weight=weight, words="one reading"),
            Reading(value=draw(clause), weight=1 - weight, words="another reading"),
        ),
        article="generated",
    )


@st.composite
def covers(draw: DrawFn, states: Sequence[str]) -> Cover:
    """Draw one line of an area."""
    return Cover(positions=draw(some(Standing)), victims=draw(st.just(()) | subsets(states)))


def areas(states: Sequence[str]) -> SearchStrategy[Area]:
    """Return areas, which shrink to everywhere."""
    limited = st.lists(covers(states), min_size=1, max_size=2).map(
        lambda drawn: Area(covers=tuple(drawn), article="generated")
    )
    return st.just(Area()) | limited


def triggers() -> SearchStrategy[Trigger]:
    """Return triggers, which shrink to the default."""
    drawn = st.builds(Trigger, kinds=some(Kind, least=1), actors=some(Actor, least=1))
    return st.just(Trigger()) | drawn


def adversaries(states: Sequence[str]) -> SearchStrategy[Adversaries]:
    """Return adversaries, which shrink to anybody."""
    named = subsets(states, least=1).map(lambda ids: Adversaries(only=ids))
    spared = subsets(states, least=1).map(lambda ids: Adversaries(excluded=ids))
    communist = st.just(Adversaries(tags=("communist",)))
    return st.just(Adversaries()) | named | spared | communist


def savings() -> SearchStrategy[Saving]:
    """Return what a duty to abstain leaves free, which shrinks to nothing."""
    return st.builds(Saving, self_defence=st.booleans())


def provocations() -> SearchStrategy[NonProvocation]:
    """Return clauses on provocation, which shrink to none."""
    judges = st.sampled_from(["each", "victim", "organ"])
    required = st.builds(NonProvocation, required=st.just(True), judge=judges)
    return st.just(NonProvocation()) | required


def decisions(*, ordering_force: bool) -> SearchStrategy[Decision]:
    """Return rules of decision, which shrink to each party's own."""
    rules = st.sampled_from(["consensus", "majority", "two-thirds"])
    force = st.booleans() if ordering_force else st.just(False)
    return st.just(Decision()) | st.builds(Decision, rule=rules, force_by_consent=force)


def responses() -> SearchStrategy[Response]:
    """Return responses, which shrink to defence in the most binding words."""
    return st.builds(
        Response,
        level=st.sampled_from([Level.DEFEND, Level.ASSIST]),
        wording=st.sampled_from(wordings()),
    )


@st.composite
def provisos(draw: DrawFn, *, states: Sequence[str] = IDS[:4], nested: bool = True) -> Proviso:
    """Draw an exception.

    Parameters
    ----------
    states : sequence of str
        Whom it may name.
    nested : bool
        Whether it may have an exception of its own.
    """
    below: tuple[Proviso, ...] = ()
    if nested and draw(st.booleans()):
        inner = draw(provisos(states=states, nested=False))
        below = (attrs.evolve(inner, cap=Level.NONE),)
    return Proviso(
        article="exception",
        applies_to=draw(st.none() | subsets(states, least=1)),
        when=draw(
            st.just(When())
            | st.builds(
                When,
                kinds=some(Kind),
                provocation=some(Provocation),
                adversaries=subsets(states),
                tags_except=st.sampled_from([(), ("communist",)]),
            )
        ),
        cap=draw(st.sampled_from([Level.NONE, Level.CONSULT, Level.ASSIST])),
        exceptions=below,
    )


@st.composite
def obligations(
    draw: DrawFn,
    *,
    members: Sequence[str] = IDS[:3],
    protected: Sequence[str] = (),
    kinds: Sequence[str] = ("defence", "consultation", "non-aggression", "neutrality", "offence"),
    plain: bool = False,
    unknowns: bool = True,
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
        Whether it is mutual, without area, adversaries and exceptions.
    unknowns : bool
        Whether clauses may be unknown.
    article : str
        Its article.
    """
    kind = draw(st.sampled_from(list(kinds)))
    everybody = (*members, *protected)
    sides: dict[str, Any] = {}
    if not plain and draw(st.integers(0, 3)) == 3:
        sides = {
            "obligors": draw(subsets(members, least=1)),
            "beneficiaries": draw(subsets(everybody, least=1)),
        }

    def clause(strategy: SearchStrategy[T]) -> Any:
        return draw(maybe_unknown(strategy, allowed=unknowns))

    if not plain:
        sides |= {
            "area": clause(areas(everybody)),
            "adversaries": clause(adversaries(IDS[:4])),
            "exceptions": tuple(
                one if kind in HELP else attrs.evolve(one, cap=Level.NONE)
                for one in draw(st.lists(provisos(states=tuple(members)), max_size=2))
            ),
        }
    if kind == "defence":
        sides["response"] = clause(responses())
    return Obligation(
        kind=kind,  # type: ignore[arg-type]
        article=article,
        trigger=clause(triggers()),
        security_council=clause(st.builds(SecurityCouncil, ends=st.booleans())),
        saving=clause(savings() if kind in ABSTAIN else st.just(Saving())),
        provocation=clause(provocations() if kind != "offence" else st.just(NonProvocation())),
        request=clause(st.builds(Request, needed=st.booleans())),
        decision=clause(decisions(ordering_force=kind in HELP)),
        **sides,
    )


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
        Whether parties may have dates, and the treaty a term.
    identifier : str
        Its id, three capitals.
    """
    order = draw(st.permutations(list(states)))
    count = draw(st.integers(min_members, min(max_members, len(order))))
    members, rest = sorted(order[:count]), order[count:]
    protected = tuple(rest[:1]) if not plain and draw(st.integers(0, 3)) == 3 else ()
    number = draw(st.integers(1, max_obligations))
    duties = [
        draw(
            obligations(
                members=members,
                protected=protected,
                plain=plain,
                unknowns=unknowns and n == 0,
                article=str(n + 1),
            )
        )
        for n in range(number)
    ]
    return Treaty(
        id=identifier,
        name="A generated treaty",
        parties=[draw(dated_parties(state)) if dated else state for state in members],
        protected=protected,
        obligations=duties,
        term=draw(terms()) if dated else Term(),
    )


@st.composite
def dated_parties(draw: DrawFn, state: str) -> Party:
    """Draw a party that may have joined and left on some day."""
    since = draw(st.none() | st.dates(EPOCH, CENTURY))
    until = draw(st.none() | st.dates(since or EPOCH, CENTURY))
    return Party(state, since=since, until=until)


def terms() -> SearchStrategy[Term]:
    """Return terms, which shrink to the indefinite."""
    return st.builds(
        Term,
        months=st.none() | st.integers(12, 600),
        renewal=st.sampled_from(["automatic", "none"]),
        notice_months=st.none() | st.integers(0, 24),
    )
