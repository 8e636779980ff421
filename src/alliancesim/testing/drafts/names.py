"""Do the names exist? States, regions, treaties and organs that a draft speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import attrs

from alliancesim import catalogue
from alliancesim.data import codes
from alliancesim.data.names import hint
from alliancesim.errors import InvalidInput
from alliancesim.law import Accession, Treaty, accede
from alliancesim.law.force import started
from alliancesim.law.places import atlas, home_regions
from alliancesim.testing.drafts.bench import values_of
from alliancesim.testing.drafts.draft import Draft, Fault
from alliancesim.testing.drafts.vocabulary import known_regions, vocabulary

__all__ = ["accession_lets_somebody_in", "organs_exist", "regions_exist", "states_exist"]


@cache
def known_states() -> frozenset[str]:
    """Return the states of the library's lists."""
    return frozenset({*atlas()[0], *codes.known_states(), *catalogue.names("states")})


def states_exist(draft: Draft) -> Iterator[Fault]:
    """Every state that the treaty names is one, unless all of them are made up."""
    known = known_states()
    if not set(draft.treaty.concerned) & known:
        return
    for state in vocabulary(draft.treaty).states:
        if state not in known:
            yield Fault(
                check="states_exist",
                where=state,
                words=f"no state has this id{hint(state, known)}",
            )


def regions_exist(draft: Draft) -> Iterator[Fault]:
    """Every region that an area or the rule of accession names has something in it."""
    known = known_regions(draft.places)
    for region in vocabulary(draft.treaty).regions:
        if region not in known:
            yield Fault(
                check="regions_exist",
                where=region,
                words=f"no state and no place lies in this region{hint(region, known)}",
            )


def treaties_rank_clearly(draft: Draft) -> Iterator[Fault]:
    """No treaty prevails over one that also prevails over it, or over one that does not exist."""
    rank = draft.treaty.primacy
    for other in sorted({*rank.over, *rank.under}):
        if other in rank.over and other in rank.under:
            words = f"the treaty would prevail over {other} and give way to it"
        elif other not in catalogue.names("treaties"):
            near = hint(other, catalogue.names("treaties"))
            if not near:
                continue
            words = f"the catalogue has no treaty {other}{near}"
        else:
            continue
        yield Fault(check="treaties_rank_clearly", where="primacy", words=words)


def organs_exist(draft: Draft) -> Iterator[Fault]:
    """Where an organ judges provocation, the treaty has an organ that decides something."""
    decisions = [one for each in draft.treaty.obligations for one in values_of(each.decision)]
    if any(decision.rule != "each" for decision in decisions):
        return
    for obligation in draft.treaty.obligations:
        clauses = values_of(obligation.provocation)
        if any(clause.required and clause.judge == "organ" for clause in clauses):
            yield Fault(
                check="organs_exist",
                where=f"{draft.label(obligation)}, provocation",
                words="an organ is to judge, and the treaty has none: under every article each "
                "party decides for itself",
            )


def accession_lets_somebody_in(draft: Draft) -> Iterator[Fault]:
    """Where the treaty says who may join, somebody may."""
    rule = draft.treaty.accession
    for one in values_of(rule):
        where = f"accession ({one.article})" if one.article else "accession"
        if one.rule == "closed" and (one.eligible or one.regions):
            words = "it says who may join, and is closed to everybody"
            yield Fault(check="accession_lets_somebody_in", where=where, words=words)
        elif (one.eligible or one.regions) and not any(
            may_join(draft.treaty, one, state) for state in candidates(draft.treaty, one)
        ):
            words = "no state that is not a party already meets what it asks"
            yield Fault(check="accession_lets_somebody_in", where=where, words=words)


def candidates(treaty: Treaty, rule: Accession) -> list[str]:
    """Return the states that may join, or have joined, after the treaty began."""
    start = started(treaty)
    founders = {
        party.state
        for party in treaty.parties
        if party.since is None or start is None or party.since <= start
    }
    inside = [state for state in atlas()[0] if set(home_regions(state)) & set(rule.regions)]
    return [one for one in (*rule.eligible, *inside) if one not in founders]


def may_join(treaty: Treaty, rule: Accession, state: str) -> bool:
    """Tell whether a state can join under a rule, all consenting, or has joined."""
    if state in treaty.members:
        return True
    try:
        accede(attrs.evolve(treaty, accession=rule), state)
    except InvalidInput:
        return False
    return True
