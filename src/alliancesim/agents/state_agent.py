"""A state as an agent: each method is a question a state answers, by the rules alone.

Subclass it and override a method to let states behave otherwise. Beliefs follow what changes
`offers_help` and `utility_of_helping`, which others ask when they look ahead; they do not follow
`answers`, which nobody sees before it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from alliancesim.agents.values import Bond, Condition, Duty, Offer, Outlook, parts_of
from alliancesim.engine.kernel.muster import ASSIST
from alliancesim.rules.aftermath import (
    recovered,
    recovery,
    reputation_after_call,
    reputation_after_retreat,
    welfare_of_month,
)
from alliancesim.rules.bargaining import (
    coalition_cost,
    demand,
    fights,
    resistance_chance,
    war_risk,
)
from alliancesim.rules.basics import logit
from alliancesim.rules.budget import (
    absorbed,
    burden,
    capital_share,
    materiel_after,
    pressure,
    spending,
    spill,
)
from alliancesim.rules.challenge import advantage, challenge_chance, challenger_cost, cover
from alliancesim.rules.coalition import ces
from alliancesim.rules.lanes import expected_commitment, expected_win
from alliancesim.rules.nuclear import losing, use_hazard
from alliancesim.rules.response import (
    CAP_SHORT_OF_WAR,
    answer,
    at_stake,
    concerned,
    rung_owed,
    side_payment,
    threat,
    utility,
)
from alliancesim.rules.strength import (
    available,
    brought,
    experience_after,
    floored,
    median_positive,
)
from alliancesim.rules.war import unreplaced

if TYPE_CHECKING:
    from alliancesim.agents.wargame import Wargame

__all__ = ["StateAgent"]


class StateAgent(mesa.Agent):  # type: ignore[misc]
    """A state in one world.

    Parameters
    ----------
    model : Wargame
    id : str
        Its identifier in the scenario.
    code : int
        Its address in the draws.
    at_start : Condition
        What it has when the world opens.

    Attributes
    ----------
    now : Condition
        What it has at the present turn.
    bonds : dict of str to Bond
        What lies between it and each other state, in code order.
    guarantors : dict of bool to list of StateAgent
        Who may owe it defence, in code order: in the reference arm (True), and now (False).
    """

    model: Wargame

    def __init__(self, model: Wargame, id: str, code: int, at_start: Condition) -> None:  # noqa: A002
        super().__init__(model)
        self.id, self.code = id, code
        self.at_start: Any = at_start
        self.now: Any = at_start
        self.bonds: dict[str, Bond] = {}
        self.books: dict[str, float] = {}
        self.guarantors: dict[bool, list[StateAgent]] = {True: [], False: []}

    # -- what it has -------------------------------------------------------------------------

    def reckons_strength(self, condition: Any) -> None:
        """Reckon strength from domains and experience."""
        p, c = self.model.p, condition
        middle = median_positive(c.manpower, c.materiel, c.strike, c.industry, c.finance)
        c.g1 = floored(c.manpower, middle, p.share_floor)
        c.g2 = floored(c.materiel, middle, p.share_floor)
        c.g3 = floored(c.strike, middle, p.share_floor)
        c.g4 = floored(c.industry, middle, p.share_floor)
        c.g5 = floored(c.finance, middle, p.share_floor)
        c.force = ces(c.g1, c.g2, c.g3, c.g4, c.g5, self.model.theta)
        c.strength = (1.0 + c.experience) * c.force

    def condition(self, at_start: bool) -> Any:
        """Return what it has now, or had at the start."""
        return self.at_start if at_start else self.now

    def brings(self, place: StateAgent, at_start: bool = False) -> float:
        """Multiple of its own domains that it can bring to another's home, or its own."""
        c = self.condition(at_start)
        return brought(c.free, c.experience, self.reach(place))

    def reach(self, place: StateAgent) -> float:
        """Share of its strength that arrives at another's home."""
        return 1.0 if place is self else self.bonds[place.id].reach

    def fields(self, place: StateAgent) -> float:
        """Strength it has for one of its wars, at a place: its others hold their share."""
        others = available(int(self.now.wars) - 1, self.model.p.pin_war)
        return float(self.now.strength * others * self.reach(place))

    def holdings(self) -> float:
        """Benefits it holds, weighted by its stakes."""
        total = 0.0
        for bond in self.bonds.values():
            total += bond.stake * bond.q
        return total

    def threatened(self, at_start: bool = False) -> float:
        """Sum of what its rivals threaten, with those that owe them defence, times heat."""
        total = 0.0
        for other in self.model.others(self):
            bond = self.bonds[other.id]
            if bond.rival > 0.0:
                allied = 0.0
                for ally in other.guarantors[at_start]:
                    if ally is not self:
                        allied += ally.projects(self, at_start)
                projected, share = other.projects(self, at_start), self.model.p.pact_threat
                total += pressure(projected, allied, share, 1.0 + bond.heat[0], bond.norm)
        return total

    def projects(self, place: StateAgent, at_start: bool = False) -> float:
        """Strength of its own that arrives at another's border."""
        return float(self.condition(at_start).strength * self.bonds[place.id].reach)

    def spill_in(self, at_start: bool = False) -> float:
        """Spending that keeps it safe: its own at the start, and a share of its guarantors'."""
        allied = 0.0
        for ally in self.guarantors[at_start]:
            allied += ally.condition(at_start).spending
        return float(spill(self.at_start.spending, allied, self.model.p.spill_counted))

    # -- as a possible helper ----------------------------------------------------------------

    def offers_help(
        self,
        victim: StateAgent,
        attacker: StateAgent,
        provocation: float,
        duty: Duty,
        *,
        place: StateAgent,
        dutiful: bool = False,
        at_start: bool = False,
    ) -> Offer | None:
        """Say what it could bring to the victim and how ready it is; None if it is not asked.

        Parameters
        ----------
        victim, attacker : StateAgent
        provocation : float
            0 unprovoked, 1/2 contested, 1 provoked.
        duty : Duty
            What it owes the victim.
        place : StateAgent
            At whose home the fight is.
        dutiful : bool
            Whether only a duty to assist or defend counts, not interest.
        at_start : bool
            Whether it is asked of the start of the world.
        """
        p, bond, c = self.model.p, self.bonds[victim.id], self.condition(at_start)
        if (not at_start and bond.hostile > 0) or (dutiful and duty.owed < ASSIST):
            return None
        if not concerned(duty.weight, bond.interest, p.interest_threshold):
            return None
        there = self.bonds[place.id]
        factor = self.brings(place, at_start)
        if factor * c.force <= 0.0:
            return None
        return Offer(
            agent=self,
            level=duty.owed,
            delay=there.delay,
            strength=factor * c.force,
            parts=tuple(factor * domain for domain in c.domains()),
            depth=duty.depth,
            utility=self.utility_of_helping(
                victim, attacker, provocation, duty, place=place, at_start=at_start
            ),
            chance=there.chance,
        )

    def utility_of_helping(
        self,
        victim: StateAgent,
        attacker: StateAgent,
        provocation: float,
        duty: Duty,
        *,
        place: StateAgent,
        at_start: bool = False,
    ) -> float:
        """Propensity to answer once it is war, in log-odds, before shocks."""
        p = self.model.p
        weighed = self.weighs_helping(
            victim, attacker, provocation, duty, place=place, at_start=at_start
        )
        weights = (
            p.term_interest,
            p.term_threat,
            p.term_duty,
            p.term_reputation,
            p.term_payment,
            p.term_invocation,
            p.term_severity,
            p.term_distance,
            p.term_pinned,
            p.term_nuclear,
            p.term_provocation,
            p.term_conflict,
        )
        terms = (p.response_intercept, *weighed.values(), *weights)
        return float(utility(*terms))

    def weighs_helping(
        self,
        victim: StateAgent,
        attacker: StateAgent,
        provocation: float,
        duty: Duty,
        *,
        place: StateAgent,
        at_start: bool = False,
    ) -> dict[str, float]:
        """Return what its propensity to answer is made of, in the order of its rule.

        See `alliancesim.rules.response.utility`, which gives each its weight.
        """
        p, friend, foe = self.model.p, self.bonds[victim.id], self.bonds[attacker.id]
        c, other = self.condition(at_start), attacker.condition(at_start)
        projected = other.strength * attacker.bonds[self.id].reach
        back = victim.bonds[self.id]
        paid = back.pays_start if at_start else back.pays
        return {
            "interest_in_target": friend.interest,
            "threat_to_self": threat(foe.rival, projected, c.strength),
            "duty": duty.weight,
            "reputation": at_stake(c.reputation, p.visibility, duty.weight),
            "payment": side_payment(paid, c.spending),
            "invoked": 1.0 if duty.owed >= ASSIST else 0.0,
            "distance_km": self.bonds[place.id].felt_km,
            "pinned": c.busy,
            "exposed": 1.0 if other.warheads > 0.0 and c.warheads <= 0.0 else 0.0,
            "provocation": provocation,
            "conflict": duty.conflict,
        }

    def answers(self, offer: Offer, shock: float, luck: float, *, war: bool) -> int:
        """Level of the ladder at which it answers: 0 renege to 5 full belligerence.

        Parameters
        ----------
        offer : Offer
            What it could bring.
        shock : float
            Shared by all allies of that side.
        luck : float
            Its own, uniform on (0, 1).
        war : bool
            Whether it is war, or a dispute short of it, which is answered at level 3 at most.
        """
        p = self.model.p
        u = offer.utility if war else offer.utility - p.term_severity
        level = answer(
            u, shock, logit(luck),
            p.cut_diplomatic, p.cut_aid, p.cut_deployment, p.cut_limited, p.cut_full,
        )  # fmt: skip
        return level if war else min(CAP_SHORT_OF_WAR, level)

    # -- as a challenger ---------------------------------------------------------------------

    def looks_ahead(
        self, target: StateAgent, circumstance: int, *, at_start: bool = False
    ) -> Outlook:
        """Weigh a challenge: the chance to win, the belief in a nuclear answer, its own cover."""
        model = self.model
        backers: list[Offer] = []
        if model.law.mirror >= 0:
            backers = model.offers_to(
                self, target, model.law.mirror, place=target, dutiful=True, at_start=at_start
            )
        c = self.condition(at_start)
        away = self.brings(target, at_start) * c.force
        t = target.condition(at_start)
        factor = target.brings(target, at_start)
        home, parts = factor * t.force, model.as_parts(factor, t)
        allies, none = 0.0, 1.0
        for each in backers:
            committed = expected_commitment(each.utility, model.theta, model.work)
            allies += committed * each.strength
            none *= 1.0 - committed
        covered = cover(allies, away, home, none, model.p.cover_form)
        offers = model.offers_to(target, self, circumstance, place=target, at_start=at_start)
        win = expected_win(
            away, home, parts, offers, parts_of(offers), len(offers), model.theta, model.work
        )
        belief = target.deterrent(self, circumstance, at_start)
        return Outlook(win, belief, covered, offers, backers, away, home, parts)

    def deterrent(self, attacker: StateAgent, circumstance: int, at_start: bool = False) -> float:
        """Belief that an attack on it is answered by a deterrent, its own or a patron's."""
        c = self.condition(at_start)
        belief = self.model.p.own_deterrent_belief if c.warheads > 0.0 else 0.0
        duties = self.model.duties(attacker, self, circumstance, at_start)
        for patron in self.model.states:
            armed = patron.condition(at_start).warheads > 0.0
            if armed and duties[patron.id].owed >= ASSIST:
                belief = max(belief, patron.bonds[self.id].umbrella)
        return belief

    def cost_of_war(self, target: StateAgent, outlook: Outlook, deviation: float) -> float:
        """Costs of war to it, before a coalition shows; shares of the stake."""
        p = self.model.p
        return challenger_cost(
            self.bonds[target.id].cost,
            p.cost_spread,
            deviation,
            outlook.cover,
            p.insured_share,
            p.cost_nuclear,
            outlook.belief,
        )

    def chance_to_challenge(
        self, target: StateAgent, outlook: Outlook, reference: Outlook, deviation: float
    ) -> float:
        """Chance that it takes the opportunity to challenge."""
        p, bond = self.model.p, self.bonds[target.id]
        now = advantage(outlook.win, bond.q, self.cost_of_war(target, outlook, deviation))
        then = advantage(
            reference.win, bond.q_start, self.cost_of_war(target, reference, deviation)
        )
        return challenge_chance(now, then, p.challenge_scale, p.challenge_base, p.challenge_bound)

    def demands(self, cost: float, visible: float, side: float, home: float) -> tuple[float, float]:
        """Risk that its demand is refused, and its cost with the coalition now visible."""
        p = self.model.p
        cost += coalition_cost(side, home, p.cost_coalition)
        risk = war_risk(demand(cost, visible, p.cost_bound), p.cost_bound)
        return risk * p.information_road, cost

    def fights_when_refused(self, target: StateAgent, visible: float, cost: float) -> bool:
        """Whether it fights rather than backs down once its demand is refused."""
        return bool(fights(visible, cost, self.bonds[target.id].q, self.model.p.audience_cost))

    # -- as a target -------------------------------------------------------------------------

    def chance_to_resist(self, outlook: Outlook, reference: Outlook) -> float:
        """Chance that it resists a challenge."""
        p = self.model.p
        return resistance_chance(outlook.win, reference.win, p.resistance_scale, p.resistance_base)

    # -- in war and after --------------------------------------------------------------------

    def suffers(self, loss: float) -> float:
        """Take a month's losses; return the share of forces lost for good."""
        c = self.now
        loss = unreplaced(loss, c.industry, c.materiel, self.model.p.replacement)
        self.loses(loss)
        c.war_months += 1.0
        return loss

    def loses(self, loss: float) -> None:
        """Lose a share of manpower and materiel for good."""
        c = self.now
        c.manpower *= 1.0 - loss
        c.materiel *= 1.0 - loss
        c.loss += c.left * loss
        c.left *= 1.0 - loss
        self.reckons_strength(c)

    def nears_the_brink(self, lost: float, enemy_lost: float) -> bool:
        """Whether it loses a war past the threshold from which a nuclear side signals."""
        return bool(losing(lost, enemy_lost, self.model.p.nuclear_threshold))

    def chance_to_use(self, belief: float) -> float:
        """Chance that it uses nuclear weapons this month, having the means and having signalled.

        Parameters
        ----------
        belief : float
            That the enemy's deterrent, or its patron's, would retaliate.
        """
        p = self.model.p
        return float(use_hazard(True, p.nuclear_hazard, p.nuclear_retaliation, belief))

    def is_judged(self, offer: Offer) -> None:
        """Gain or lose reputation by what it gave in a war against what it owed."""
        if offer.level > 0:
            p = self.model.p
            owed = rung_owed(offer.level, p.rung_consult, p.rung_assist, p.rung_defend)
            self.now.reputation = reputation_after_call(
                self.now.reputation, float(offer.answer), owed, p.reputation_step,
                p.reputation_loss,
            )  # fmt: skip

    def backs_down(self, target: StateAgent) -> None:
        """Pay the audience cost of backing down, and lose reputation by it."""
        p, c = self.model.p, self.now
        c.paid += p.audience_cost * self.bonds[target.id].stake
        c.reputation = reputation_after_retreat(c.reputation, p.reputation_retreat)

    def counts_fronts(self) -> None:
        """Count the forces that wars and hot rivals hold."""
        p, hot = self.model.p, 0
        for bond in self.bonds.values():
            if bond.rival > 0.0 and 1.0 + bond.heat[0] > bond.norm + p.hot_rise:
                hot += 1
        self.now.free = available(int(self.now.wars), p.pin_war)
        self.now.busy = 1.0 - self.now.free * available(hot, p.pin_hot)

    def sets_budget(self) -> None:
        """Spend by threat and allies, and let forces follow spending; once a year."""
        p, c, start = self.model.p, self.now, self.at_start
        c.spending = spending(
            start.spending, c.threat, start.threat, p.threat_elasticity, c.spill, start.spill,
            p.spill_elasticity, p.publicness,
        )  # fmt: skip
        part = absorbed(c.industry, c.materiel, p.transfer_absorption)
        bought = part * (c.received - start.received)
        share = capital_share(start.materiel, start.spending, c.spending, bought)
        c.materiel = materiel_after(c.materiel, share, p.materiel_depreciation)
        c.manpower = recovered(c.manpower, start.manpower, p.manpower_recovery)
        c.experience = experience_after(
            c.experience, start.experience, c.war_months, p.experience_gain,
            p.experience_half_life,
        )  # fmt: skip
        c.reputation = recovered(c.reputation, start.reputation, recovery(p.reputation_half_life))
        c.war_months = 0.0
        self.reckons_strength(c)

    def settles_accounts(self) -> None:
        """Book what the month gave and cost it."""
        p, c, start = self.model.p, self.now, self.at_start
        carried = burden(c.spending + c.given, c.gdp)
        c.benefits_sum += c.benefits
        c.burden_sum += carried
        c.transfers_sum += c.received - c.given
        c.welfare_sum += welfare_of_month(
            c.benefits,
            c.loss,
            carried - burden(start.spending + start.given, start.gdp),
            burden(c.received - start.received, c.gdp),
            c.paid,
            c.nuclear,
            p.welfare_losses,
            p.welfare_burden,
            p.welfare_transfers,
        )
        self.books["loss_share"] += c.loss
        c.loss, c.paid, c.nuclear = 0.0, 0.0, 0.0
