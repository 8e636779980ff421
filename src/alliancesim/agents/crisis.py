"""An opportunity as agents play it, from the mover's outlook to the last word before war."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from alliancesim import chance
from alliancesim.agents.choices import Choices, choose, choose_answers
from alliancesim.agents.decisions import (
    note_answers,
    note_challenge,
    note_fight,
    note_resistance,
)
from alliancesim.agents.values import Dispute, Offer, Outlook, parts_of
from alliancesim.agents.war import shift_benefits, start_war
from alliancesim.chance import normal_quantile
from alliancesim.levels import Level
from alliancesim.rules.bargaining import concession_chance_given
from alliancesim.rules.challenge import heated_given
from alliancesim.rules.coalition import coalition, commitment
from alliancesim.rules.contest import win_chance_given
from alliancesim.rules.response import LIMITED_FORCE, intensity_given, shock_given

if TYPE_CHECKING:
    from alliancesim.agents.wargame import Wargame

__all__ = ["crisis"]


def crisis(model: Wargame, a: Any, b: Any, number: int) -> Choices:
    """Play opportunity ``number`` of a pair, a before b in code order."""
    dispute = Dispute(a, b, number, 0, a.code, b.code)
    if not model.draw(dispute, chance.MOVER) < a.bonds[b.id].mover:
        dispute.challenger, dispute.target = b, a
    c, t = dispute.challenger, dispute.target
    dispute.intensity = intensity_given(model.draw(dispute, chance.INTENSITY), model.theta)
    dispute.circumstance = _circumstance(model, model.draw(dispute, chance.CIRCUMSTANCE))
    reference = _reference(model, c, t, dispute.circumstance)
    outlook = c.look_ahead(t, dispute.circumstance)
    deviation = 2.0 * model.draw(dispute, chance.COST) - 1.0
    challenging = c.chance_to_challenge(t, outlook, reference, deviation)
    resisting = t.chance_to_resist(outlook, reference)

    shock = shock_given(normal_quantile(model.draw(dispute, chance.SHOCK)), model.theta)
    _answer(model, dispute, outlook, shock)
    terms = _terms(model, dispute, outlook, deviation)
    war = challenging * resisting * terms.risk if terms.fighting else 0.0
    _expect(model, dispute, challenging, war)
    model.watches(dispute, outlook, war)

    random_draw = model.draw(dispute, chance.CHALLENGE)
    private = {"dispute": dispute, "deviation": deviation}
    challenges = yield from choose(
        model, "challenge", c, random_draw < challenging, challenging, **private
    )
    note_challenge(
        model, dispute, (outlook, reference), deviation, challenging, random_draw, int(challenges)
    )
    if not challenges:
        return
    if (yield from choose_answers(model, "answer", dispute, outlook.offers)):
        for offer in outlook.offers:
            offer.share = commitment(offer.answer, model.theta)
        terms = _terms(model, dispute, outlook, deviation)
    note_answers(model, dispute, outlook.offers, "answer", shock)
    _open_dispute(model, dispute, outlook, challenging)
    random_draw, resists = _meets(model, dispute, chance.RESISTANCE, resisting)
    resists = yield from choose(model, "resist", t, resists, resisting, dispute=dispute)
    note_resistance(model, dispute, (outlook, reference), resisting, random_draw, int(resists))
    refuses, seen = False, {"dispute": dispute, "visible": terms.visible}
    if resists:
        random_draw, refuses = _meets(model, dispute, chance.REFUSAL, terms.risk)
        refuses = yield from choose(model, "refuse", t, refuses, terms.risk, **seen)
        words = {
            "the challenger's chance to win, as all see it": terms.visible,
            "cost of war": terms.cost,
        }
        model.decides(
            dispute, "refuse", t, refuses, chance=terms.risk, random_draw=random_draw, terms=words
        )
    if _settled(model, dispute, (resists, resisting), (refuses, terms.risk)):
        return
    fighting = yield from choose(
        model, "fight", c, terms.fighting, float(terms.fighting), **private, visible=terms.visible
    )
    note_fight(model, dispute, terms.visible, terms.cost, fighting=fighting)
    if fighting:
        yield from start_war(model, dispute, outlook, shock)
        return
    model.counters.backed_down += 1.0
    model.tell("backs-down", challenger=c.id, target=t.id)
    c.back_down(t)


class _Terms(NamedTuple):
    """What bargaining is about, given who answered: win in view, cost, risk of refusal, resolve."""

    visible: float
    cost: float
    risk: float
    fighting: bool


def _terms(model: Wargame, dispute: Dispute, outlook: Outlook, deviation: float) -> _Terms:
    c, t = dispute.challenger, dispute.target
    side = strength_of(model, outlook.home, outlook.home_parts, outlook.offers)
    visible = win_chance_given(outlook.away, side, model.theta)
    cost = c.cost_of_war(t, outlook, deviation)
    risk, cost = c.demands(cost, visible, side, outlook.home)
    return _Terms(visible, cost, risk, bool(c.fights_when_refused(t, visible, cost)))


def _settled(
    model: Wargame, dispute: Dispute, resistance: tuple[bool, float], refusal: tuple[bool, float]
) -> bool:
    """Play the target's answer, each yes or no with its chance; return whether that ends it."""
    (resists, resisting), (refuses, risk) = resistance, refusal
    c, t = dispute.challenger, dispute.target
    pair = {"challenger": c.id, "target": t.id}
    if resists:
        model.counters.resisted += 1.0
        model.tell("resisted", **pair, chance=resisting)
        if refuses:
            model.counters.crises += 1.0
            model.tell("refused", **pair, chance=risk)
            return False
    else:
        model.tell("unresisted", **pair, chance=1.0 - resisting)
    likely = concession_chance_given(model.theta)
    random_draw, gains = _meets(model, dispute, chance.GAIN, likely)
    model.decides(dispute, "gain", c, gains, chance=likely, random_draw=random_draw)
    if gains:
        model.counters.conceded += 1.0
        model.tell("concession", **pair, moved=shift_benefits(c, t, model.theta, by_war=False))
    else:
        model.tell("stands", **pair)
    return True


def _meets(model: Wargame, dispute: Dispute, decision: int, likely: float) -> tuple[float, bool]:
    """Return the random draw of a decision in a dispute, and whether a chance is met by it."""
    random_draw = model.draw(dispute, decision)
    return random_draw, random_draw < likely


def _circumstance(model: Wargame, random_draw: float) -> int:
    steps = model.circumstance_steps
    for row, step in enumerate(steps[:-1]):
        if random_draw < step:
            return row
    return len(steps) - 1


def _reference(model: Wargame, c: Any, t: Any, circumstance: int) -> Outlook:
    """Return the outlook in the reference arm at the start; asked once a world."""
    key = (c.id, t.id, circumstance)
    if key not in model.references:
        model.references[key] = c.look_ahead(t, circumstance, at_start=True)
    return model.references[key]


def _answer(model: Wargame, dispute: Dispute, outlook: Outlook, shock: float) -> None:
    """Let all that may help the target answer the dispute, short of war."""
    for offer in outlook.offers:
        random_draw = model.draw(dispute, chance.ANSWER, offer.agent.code)
        own = model.shock_on(dispute, chance.SHOCK, offer.agent, shock)
        offer.answer = offer.agent.answers(offer, own, random_draw, dispute.intensity)
        offer.share = commitment(offer.answer, model.theta)


def strength_of(model: Wargame, home: float, parts: Any, offers: list[Offer]) -> float:
    """Strength of a principal with those that answered, each at the share it commits."""
    return coalition(home, parts, offers, parts_of(offers), len(offers), model.theta)


def _expect(model: Wargame, dispute: Dispute, challenged: float, war: float) -> None:
    c, t, counters = dispute.challenger.id, dispute.target.id, model.counters
    pair = model.pair_counters[c, t]
    pair.disputes_expected += challenged
    pair.wars_expected += war
    counters.disputes_expected += challenged
    counters.wars_expected += war
    if t in model.followed:
        counters.member_disputes_on_expected += challenged
        counters.member_wars_on_expected += war
    if c in model.followed or t in model.followed:
        counters.member_wars_principal_expected += war


def _open_dispute(model: Wargame, dispute: Dispute, outlook: Outlook, challenging: float) -> None:
    c, t = dispute.challenger, dispute.target
    heat = c.bonds[t.id].heat
    heat[0] = heated_given(heat[0], model.theta)
    model.pair_counters[c.id, t.id].disputes += 1.0
    model.counters.disputes += 1.0
    if t.id in model.followed:
        model.counters.member_disputes_on += 1.0
    for offer in outlook.offers:
        if offer.level == Level.DEFEND:
            model.counters.dispute_calls += 1.0
            if offer.answer >= LIMITED_FORCE:
                model.counters.dispute_answered_force += 1.0
    model.tell(
        "challenge",
        challenger=c.id,
        target=t.id,
        circumstance=model.board.scenario.circumstances[dispute.circumstance].name,
        intensity=int(dispute.intensity),
        chance=challenging,
        win=outlook.win,
        answers={offer.agent.id: offer.answer for offer in outlook.offers},
        owed={offer.agent.id: offer.level for offer in outlook.offers},
    )
