"""War as agents fight it, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from alliancesim import chance
from alliancesim.agents.choices import Choices, choose_again, choose_answers
from alliancesim.agents.decisions import note_again, note_answers
from alliancesim.agents.nuclear import Ending, belligerents, brink, present
from alliancesim.agents.values import Dispute, Offer, Outlook, Side, War, parts_of
from alliancesim.chance import normal_quantile, uniform
from alliancesim.engine.kernel.war import CONTESTED
from alliancesim.levels import Level
from alliancesim.rules.aftermath import moved_given
from alliancesim.rules.coalition import coalition, commitment
from alliancesim.rules.contest import DRAWN, LOST, WON, outcome_given, win_chance_given
from alliancesim.rules.response import AID, FULL, LIMITED_FORCE, asked_again_given, shock_given
from alliancesim.rules.war import duration_given, exhausted_given, monthly_loss_given

if TYPE_CHECKING:
    from alliancesim.agents.wargame import Wargame

__all__ = ["ask_again", "fight_month", "shift_benefits", "start_war"]


def start_war(model: Wargame, dispute: Dispute, outlook: Outlook, shock: float) -> Choices:
    """Open a war: the allies of both sides answer again, now that it is one."""
    c, t = dispute.challenger, dispute.target
    length = normal_quantile(model.draw(dispute, chance.DURATION))
    attack = Side(outlook.away, model.as_parts(c.brings(t), c.now), [])
    war = War(
        dispute=dispute,
        start=model.turn,
        months=duration_given(length, model.theta),
        attack=attack,
        defence=Side(outlook.home, outlook.home_parts, outlook.offers, shock=shock),
    )
    for offer in outlook.offers:
        _enlist(model, war, offer, shock, chance.ANSWER)
    yield from _settle_answers(model, dispute, "war-answer", outlook.offers)
    note_answers(model, dispute, outlook.offers, "war-answer", shock)
    if model.law.provocation[dispute.circumstance] == CONTESTED:
        yield from _back_challenger(model, war, outlook.backers)
    _count_start(model, war)
    _count_calls(model, war)
    judged = _judge(war)
    model.wars.append(war)
    model.tell(
        "war",
        challenger=c.id,
        target=t.id,
        answers={offer.agent.id: offer.answer for offer in war.defence.offers},
        owed={offer.agent.id: offer.level for offer in war.defence.offers},
        backers={offer.agent.id: offer.answer for offer in war.attack.offers},
        backers_owed={offer.agent.id: offer.level for offer in war.attack.offers},
        delays={
            offer.agent.id: offer.delay
            for side in (war.defence, war.attack)
            for offer in belligerents(side)
        },
        reputation=judged,
    )


def _settle_answers(model: Wargame, dispute: Dispute, kind: str, offers: list[Offer]) -> Choices:
    if (yield from choose_answers(model, kind, dispute, offers)):
        for offer in offers:
            offer.share = commitment(offer.answer, model.theta)


def _enlist(model: Wargame, war: War, offer: Offer, shock: float, decision: int) -> None:
    random_draw = model.draw(war.dispute, decision, offer.agent.code)
    side = chance.SHOCK if decision == chance.ANSWER else chance.SHOCK_CHALLENGER
    own = model.shock_on(war.dispute, side, offer.agent, shock)
    offer.answer = offer.agent.answers(offer, own, random_draw, None)
    offer.share = commitment(offer.answer, model.theta)
    offer.arrives = model.turn + offer.delay


def _back_challenger(model: Wargame, war: War, backers: list[Offer]) -> Choices:
    """Let the challenger's own allies answer where it is contested who provoked whom."""
    random_draw = model.draw(war.dispute, chance.SHOCK_CHALLENGER)
    shock = shock_given(normal_quantile(random_draw), model.theta)
    war.attack.shock = shock
    helping = {offer.agent for offer in war.defence.offers if offer.answer >= AID}
    for offer in backers:
        if offer.agent not in helping:
            _enlist(model, war, offer, shock, chance.ANSWER_CHALLENGER)
            war.attack.offers.append(offer)
    yield from _settle_answers(model, war.dispute, "back", war.attack.offers)
    note_answers(model, war.dispute, war.attack.offers, "back", shock)


def _judge(war: War) -> dict[str, tuple[float, float]]:
    """Let those that owed something be judged by their answers; return reputations."""
    judged: dict[str, tuple[float, float]] = {}
    for offer in (*war.defence.offers, *war.attack.offers):
        if offer.level > 0:
            before = judged.get(offer.agent.id, (offer.agent.now.reputation, 0.0))[0]
            offer.agent.judge(offer)
            judged[offer.agent.id] = (before, offer.agent.now.reputation)
    return judged


def _count_start(model: Wargame, war: War) -> None:
    c, t, counters = war.dispute.challenger, war.dispute.target, model.counters
    model.pair_counters[c.id, t.id].wars += 1.0
    counters.wars += 1.0
    followed = c.id in model.followed or t.id in model.followed
    counters.member_wars_principal += 1.0 if followed else 0.0
    counters.member_wars_on += 1.0 if t.id in model.followed else 0.0
    if followed:
        counters.first_war = min(counters.first_war, float(war.start))
    for offer in belligerents(war.defence) + belligerents(war.attack):
        offer.agent.counters.wars_drawn_in += 1.0
        followed = followed or offer.agent.id in model.followed
    counters.member_wars_involving += 1.0 if followed else 0.0
    war.involving = followed
    _oppose(war, 1)


def _oppose(war: War, step: int) -> None:
    """Count one war more (or fewer) for all who fight it, and between the two sides."""
    attackers = [war.dispute.challenger, *(each.agent for each in belligerents(war.attack))]
    defenders = [war.dispute.target, *(each.agent for each in belligerents(war.defence))]
    for agent in attackers + defenders:
        agent.now.wars += float(step)
    for attacker in attackers:
        for defender in defenders:
            attacker.bonds[defender.id].hostile += step
            defender.bonds[attacker.id].hostile += step


def _count_calls(model: Wargame, war: War) -> None:
    """Count who owed the target defence, and how far each answered."""
    called, forceful, counters = 0.0, 0.0, model.counters
    for offer in war.defence.offers:
        if offer.level != Level.DEFEND:
            continue
        called += 1.0
        offer.agent.counters.calls += 1.0
        if offer.answer >= AID:
            offer.agent.counters.answered_aid += 1.0
            counters.answered_aid += 1.0
        if offer.fights():
            offer.agent.counters.answered_force += 1.0
            forceful += 1.0
    counters.calls += called
    counters.answered_force += forceful
    counters.call_pairs += called * (called - 1.0)
    counters.call_pairs_first += forceful * (called - 1.0)
    counters.call_pairs_both += forceful * (forceful - 1.0)


def ask_again(model: Wargame, war: War) -> Choices:
    """Ask allies of both sides again, some each month: an answer may rise, and never falls."""
    if model.turn == war.start:
        return
    dispute, seed = war.dispute, np.uint64(model.world_seed)
    sides = (("war-answer", war.defence, war.attack), ("back", war.attack, war.defence))
    for place, (kind, side, other) in enumerate(sides):
        principal = dispute.challenger if place else dispute.target
        decision = chance.SHOCK_CHALLENGER if place else chance.SHOCK
        for offer in side.offers:
            if offer.answer == FULL:
                continue
            agent = offer.agent
            where = (place, dispute.first, dispute.second, agent.code)
            drawn = uniform(seed, model.world, model.turn, chance.AGAIN, *where)
            drawn = asked_again_given(drawn, model.theta)
            helping = {each.agent for each in other.offers if each.answer >= AID}
            if drawn <= 0.0 or agent.bonds[principal.id].hostile > 0 or agent in helping:
                continue
            shock = model.shock_on(dispute, decision, agent, side.shock)
            reached = agent.answers(offer, shock, drawn, None)
            level = max(offer.answer, reached)
            level = yield from choose_again(model, kind, dispute, offer, level)
            before, offer.answer = offer.answer, level
            if level > before:
                if level == reached:
                    note_again(model, dispute, offer, shock, drawn)
                _rise(model, war, side, offer, before)


def _rise(model: Wargame, war: War, side: Side, offer: Offer, before: int) -> None:
    """Let an answer rise: what it commits, whom it faces, and what is counted of it."""
    agent, target = offer.agent, side is war.defence
    if before < AID:
        offer.arrives = model.turn + offer.delay
    if offer.answer >= LIMITED_FORCE > before:
        _join(model, war, offer, target=target)
    if target and offer.level == Level.DEFEND:
        _count_rise(model, war, offer, before)
    offer.share = commitment(offer.answer, model.theta)
    reputation = agent.now.reputation
    agent.make_good(offer, before)
    model.counters.answers_raised += 1.0
    model.tell(
        "rise",
        challenger=war.dispute.challenger.id,
        target=war.dispute.target.id,
        state=agent.id,
        side="target" if target else "challenger",
        before=before,
        answer=offer.answer,
        owed=offer.level,
        delay=max(0, offer.arrives - model.turn),
        reputation=(reputation, agent.now.reputation),
    )


def _join(model: Wargame, war: War, offer: Offer, *, target: bool) -> None:
    """Count one that joins a war under way, against all who fight on the other side."""
    agent, other = offer.agent, war.attack if target else war.defence
    agent.counters.wars_drawn_in += 1.0
    agent.now.wars += 1.0
    if agent.id in model.followed and not war.involving:
        war.involving = True
        model.counters.member_wars_involving += 1.0
    principal = war.dispute.challenger if target else war.dispute.target
    for enemy in (principal, *(each.agent for each in belligerents(other))):
        agent.bonds[enemy.id].hostile += 1
        enemy.bonds[agent.id].hostile += 1


def _count_rise(model: Wargame, war: War, offer: Offer, before: int) -> None:
    """Count a call by the level that its answer has now reached."""
    counters, called = model.counters, [o for o in war.defence.offers if o.level == Level.DEFEND]
    if offer.answer >= AID > before:
        offer.agent.counters.answered_aid += 1.0
        counters.answered_aid += 1.0
    if offer.answer >= LIMITED_FORCE > before:
        others = sum(each.fights() for each in called if each is not offer)
        offer.agent.counters.answered_force += 1.0
        counters.answered_force += 1.0
        counters.call_pairs_first += len(called) - 1.0
        counters.call_pairs_both += 2.0 * others


def fight_month(model: Wargame, war: War) -> bool:
    """Fight a war for a month; return whether it ended."""
    c, t, theta = war.dispute.challenger, war.dispute.target, model.theta
    ours, theirs = _engaged(model, war.attack, c, t), _engaged(model, war.defence, t, t)
    loss = monthly_loss_given(ours, theirs, theta)
    war.left_challenger *= 1.0 - c.suffer(loss)
    for offer in present(model, war.attack):
        offer.agent.suffer(loss * offer.share)
    loss = monthly_loss_given(theirs, ours, theta)
    war.left_target *= 1.0 - t.suffer(loss)
    for offer in present(model, war.defence):
        offer.agent.suffer(loss * offer.share)
    model.pair_counters[c.id, t.id].war_months += 1.0
    ending = brink(model, war)
    fought = model.turn - war.start + 1
    exhausted = exhausted_given(war.left_challenger, war.left_target, theta)
    if fought < war.months and not exhausted and ending is None:
        return False
    _end_war(model, war, exhausted, ending)
    model.durations[fought] += 1
    return True


def _engaged(model: Wargame, side: Side, principal: Any, t: Any) -> float:
    """Strength that one side has in the fight this month."""
    total = principal.fields(t)
    for offer in present(model, side):
        total += offer.share * offer.agent.fields(t)
    return float(total)


def _end_war(model: Wargame, war: War, exhausted: bool, ending: Ending | None) -> None:
    """Decide a war by what each side committed and brought in time, or by exhaustion.

    A war halted on the nuclear brink has no winner.
    """
    c, t, counters = war.dispute.challenger, war.dispute.target, model.counters
    attack, defence = _committed(model, war.attack), _committed(model, war.defence)
    exhausted, result = exhausted and ending is None, DRAWN
    random_draw, terms = None, {"strength of the challenger's side": attack}
    terms |= {"strength of the target's side": defence}
    if exhausted:
        counters.exhausted += 1.0
        terms |= {
            "share of forces left to the challenger": war.left_challenger,
            "share of forces left to the target": war.left_target,
        }
        if war.left_challenger != war.left_target:
            result = LOST if war.left_challenger < war.left_target else WON
    elif ending is None:
        chance_to_win = win_chance_given(attack, defence, model.theta)
        random_draw = model.draw(war.dispute, chance.OUTCOME)
        result = outcome_given(chance_to_win, random_draw, model.theta)
        terms |= {"chance that the challenger wins, if decided": chance_to_win}
    else:
        terms |= {"settled or ended on the nuclear brink": 1.0}
    model.decides(war.dispute, "end", c, int(result), random_draw=random_draw, terms=terms)
    if result == WON:
        counters.won_by_challenger += 1.0
        counters.decided_by_stronger += 1.0 if attack > defence else 0.0
        shift = shift_benefits(c, t, model.theta, by_war=True)
    elif result == LOST:
        counters.won_by_target += 1.0
        counters.decided_by_stronger += 1.0 if defence > attack else 0.0
        shift = shift_benefits(t, c, model.theta, by_war=True)
    else:
        counters.drawn += 1.0
        shift = 0.0
    _oppose(war, -1)
    months = model.turn - war.start + 1
    model.tell(
        "peace",
        challenger=c.id,
        target=t.id,
        result=result,
        months=months,
        exhausted=exhausted,
        strengths={c.id: attack, t.id: defence},
        settled=ending is not None and ending.used is None,
        used=ending.used if ending else None,
        moved=shift,
        losses={c.id: 1.0 - war.left_challenger, t.id: 1.0 - war.left_target},
        late=[
            offer.agent.id
            for side in (war.defence, war.attack)
            for offer in belligerents(side)
            if offer.arrives > model.turn
        ],
    )


def _committed(model: Wargame, side: Side) -> float:
    """Strength that a side committed to the war and brought in time, as it was at the start."""
    in_time = [offer for offer in side.offers if offer.arrives <= model.turn]
    brought = parts_of(in_time)
    parts = np.ascontiguousarray(side.parts)
    return coalition(side.strength, parts, in_time, brought, len(in_time), model.theta)


def shift_benefits(winner: Any, loser: Any, theta: Any, *, by_war: bool) -> float:
    """Shift benefits from loser to winner, and return the share of the stake moved."""
    held = loser.bonds[winner.id].q
    shift = moved_given(held, by_war, theta)
    loser.bonds[winner.id].q = held - shift
    winner.bonds[loser.id].q = 1.0 - loser.bonds[winner.id].q
    winner.now.benefits = winner.holdings()
    loser.now.benefits = loser.holdings()
    return float(shift)
