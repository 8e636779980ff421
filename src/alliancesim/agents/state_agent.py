"""A state as an agent: each method is a question a state answers, by the rules alone.

Subclass it and override a method to let states behave otherwise. Beliefs follow what changes
`offer_help` and `utility_of_helping`, which others ask when they look ahead; they do not follow
`answers`, which nobody sees before it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliancesim.agents._mesa import Agent
from alliancesim.agents.values import Bond, Condition, Duty, Offer, Outlook, parts_of
from alliancesim.levels import Level
from alliancesim.rules.aftermath import (
    manpower_given,
    reputation_after_call_given,
    reputation_after_retreat_given,
    reputation_after_rise_given,
    reputation_given,
    welfare_of_month_given,
)
from alliancesim.rules.bargaining import (
    audience_cost_given,
    coalition_cost_given,
    fights_given,
    resistance_chance_given,
    war_risk_given,
)
from alliancesim.rules.basics import logit
from alliancesim.rules.budget import (
    burden,
    materiel_given,
    pressure_given,
    spending_given,
    spill_given,
)
from alliancesim.rules.challenge import (
    advantage,
    challenge_chance_given,
    challenger_cost_given,
    cover_given,
    is_hot_given,
)
from alliancesim.rules.coalition import ces
from alliancesim.rules.lanes import expected_commitment, expected_win
from alliancesim.rules.nuclear import losing_given, own_deterrent, use_hazard_given
from alliancesim.rules.response import (
    Reasons,
    answer_given,
    cap_short_of_war,
    concerned_given,
    short_of_war_given,
    utility_given,
    weigh,
)
from alliancesim.rules.strength import (
    available_given,
    brought,
    experience_given,
    floored_given,
    median_positive,
    pinned_given,
)
from alliancesim.rules.war import unreplaced_given

if TYPE_CHECKING:
    from alliancesim.agents.wargame import Wargame

__all__ = ["StateAgent"]


class StateAgent(Agent):
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
        self.id: str = id
        self.code: int = code
        self.at_start: Any = at_start
        self.now: Any = at_start
        self.bonds: dict[str, Bond] = {}
        self.counters: Any = None
        self.guarantors: dict[bool, list[StateAgent]] = {True: [], False: []}

    # -- what it has -------------------------------------------------------------------------

    def update_strength(self, condition: Any) -> None:
        """Reckon strength from domains and experience."""
        theta, c = self.model.theta, condition
        middle = median_positive(c.manpower, c.materiel, c.strike, c.industry, c.finance)
        c.g1 = floored_given(c.manpower, middle, theta)
        c.g2 = floored_given(c.materiel, middle, theta)
        c.g3 = floored_given(c.strike, middle, theta)
        c.g4 = floored_given(c.industry, middle, theta)
        c.g5 = floored_given(c.finance, middle, theta)
        c.force = ces(c.g1, c.g2, c.g3, c.g4, c.g5, theta)
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
        others = available_given(int(self.now.wars) - 1, self.model.theta)
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
                projected, heat = other.projects(self, at_start), 1.0 + bond.heat[0]
                total += pressure_given(projected, allied, heat, bond.norm, self.model.theta)
        return total

    def projects(self, place: StateAgent, at_start: bool = False) -> float:
        """Strength of its own that arrives at another's border."""
        return float(self.condition(at_start).strength * self.bonds[place.id].reach)

    def spill_in(self, at_start: bool = False) -> float:
        """Spending that keeps it safe: its own at the start, and a share of its guarantors'."""
        allied = 0.0
        for ally in self.guarantors[at_start]:
            allied += ally.condition(at_start).spending
        return float(spill_given(self.at_start.spending, allied, self.model.theta))

    # -- as a possible helper ----------------------------------------------------------------

    def offer_help(
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
        bond, c = self.bonds[victim.id], self.condition(at_start)
        if (not at_start and bond.hostile > 0) or (dutiful and duty.owed < Level.ASSIST):
            return None
        if not concerned_given(duty.weight, bond.interest, self.model.theta):
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
        reasons = self.weigh_helping(
            victim, attacker, provocation, duty, place=place, at_start=at_start
        )
        return float(utility_given(reasons, self.model.theta))

    def weigh_helping(
        self,
        victim: StateAgent,
        attacker: StateAgent,
        provocation: float,
        duty: Duty,
        *,
        place: StateAgent,
        at_start: bool = False,
    ) -> Reasons:
        """Return what its propensity to answer is made of.

        See `alliancesim.rules.response.utility`, which gives each its weight.
        """
        back = victim.bonds[self.id]
        return weigh(
            own=self.condition(at_start),
            duty=duty,
            friend=self.bonds[victim.id],
            there=self.bonds[place.id],
            foe=self.bonds[attacker.id],
            attacker=attacker.condition(at_start),
            reach=attacker.bonds[self.id].reach,
            paid=back.pays_start if at_start else back.pays,
            provocation=provocation,
            theta=self.model.theta,
        )

    def answers(self, offer: Offer, shock: float, random_draw: float, intensity: int | None) -> int:
        """Level of the ladder at which it answers: 0 renege to 5 full belligerence.

        Parameters
        ----------
        offer : Offer
            What it could bring.
        shock : float
            Shared by all allies of that side.
        random_draw : float
            Its own, uniform on (0, 1).
        intensity : int or None
            How far a dispute short of war goes, from 0 threat or display to 2 force with deaths,
            which caps the answer; None where it is war.
        """
        theta = self.model.theta
        if intensity is None:
            return answer_given(offer.utility, shock, logit(random_draw), theta)
        u = short_of_war_given(offer.utility, intensity, theta)
        level = answer_given(u, shock, logit(random_draw), theta)
        return min(cap_short_of_war(intensity), level)

    # -- as a challenger ---------------------------------------------------------------------

    def look_ahead(
        self, target: StateAgent, circumstance: int, *, at_start: bool = False
    ) -> Outlook:
        """Weigh a challenge: the chance to win, the belief in a nuclear answer, its own cover."""
        model = self.model
        backers: list[Offer] = []
        if model.law.mirror >= 0:
            backers = model.gather_helpers(
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
        covered = cover_given(allies, away, home, none, model.theta)
        offers = model.gather_helpers(target, self, circumstance, place=target, at_start=at_start)
        win = expected_win(
            away, home, parts, offers, parts_of(offers), len(offers), model.theta, model.work
        )
        belief = target.deterrent(self, circumstance, at_start)
        return Outlook(win, belief, covered, offers, backers, away, home, parts)

    def deterrent(self, attacker: StateAgent, circumstance: int, at_start: bool = False) -> float:
        """Belief that an attack on it is answered by a deterrent, its own or a patron's."""
        c = self.condition(at_start)
        belief = own_deterrent(c.warheads, self.model.theta)
        duties = self.model.duties(attacker, self, circumstance, at_start)
        for patron in self.model.states:
            armed = patron.condition(at_start).warheads > 0.0
            if armed and duties[patron.id].owed >= Level.ASSIST:
                belief = max(belief, patron.bonds[self.id].umbrella)
        return belief

    def cost_of_war(self, target: StateAgent, outlook: Outlook, deviation: float) -> float:
        """Costs of war to it, before a coalition shows; shares of the stake."""
        base, theta = self.bonds[target.id].cost, self.model.theta
        return challenger_cost_given(base, deviation, outlook.cover, outlook.belief, theta)

    def chance_to_challenge(
        self, target: StateAgent, outlook: Outlook, reference: Outlook, deviation: float
    ) -> float:
        """Chance that it takes the opportunity to challenge."""
        bond = self.bonds[target.id]
        now = advantage(outlook.win, bond.q, self.cost_of_war(target, outlook, deviation))
        then = advantage(
            reference.win, bond.q_start, self.cost_of_war(target, reference, deviation)
        )
        return challenge_chance_given(now, then, self.model.theta)

    def demands(self, cost: float, visible: float, side: float, home: float) -> tuple[float, float]:
        """Risk that its demand is refused, and its cost with the coalition now visible."""
        theta = self.model.theta
        cost += coalition_cost_given(side, home, theta)
        return war_risk_given(cost, visible, theta), cost

    def fights_when_refused(self, target: StateAgent, visible: float, cost: float) -> bool:
        """Whether it fights rather than backs down once its demand is refused."""
        return bool(fights_given(visible, cost, self.bonds[target.id].q, self.model.theta))

    # -- as a target -------------------------------------------------------------------------

    def chance_to_resist(self, outlook: Outlook, reference: Outlook) -> float:
        """Chance that it resists a challenge."""
        return resistance_chance_given(outlook.win, reference.win, self.model.theta)

    # -- in war and after --------------------------------------------------------------------

    def suffer(self, loss: float) -> float:
        """Take a month's losses; return the share of forces lost for good."""
        c = self.now
        loss = unreplaced_given(loss, c, self.model.theta)
        self.lose(loss)
        c.war_months += 1.0
        return loss

    def lose(self, loss: float) -> None:
        """Lose a share of manpower and materiel for good."""
        c = self.now
        c.manpower *= 1.0 - loss
        c.materiel *= 1.0 - loss
        c.loss += c.left * loss
        c.left *= 1.0 - loss
        self.update_strength(c)

    def nears_the_brink(self, lost: float, enemy_lost: float) -> bool:
        """Whether it loses a war past the threshold from which a nuclear side signals."""
        return bool(losing_given(lost, enemy_lost, self.model.theta))

    def chance_to_use(self, belief: float) -> float:
        """Chance that it uses nuclear weapons this month, having the means and having signalled.

        Parameters
        ----------
        belief : float
            That the enemy's deterrent, or its patron's, would retaliate.
        """
        return float(use_hazard_given(True, belief, self.model.theta))

    def judge(self, offer: Offer) -> None:
        """Gain or lose reputation by what it gave in a war against what it owed."""
        if offer.level > 0:
            self.now.reputation = reputation_after_call_given(
                self.now.reputation, offer.level, offer.answer, self.model.theta
            )

    def make_good(self, offer: Offer, before: int) -> None:
        """Gain reputation by an answer that has risen in a war, if it owed something."""
        if offer.level > 0:
            self.now.reputation = reputation_after_rise_given(
                self.now.reputation, offer.level, before, offer.answer, self.model.theta
            )

    def back_down(self, target: StateAgent) -> None:
        """Pay the audience cost of backing down, and lose reputation by it."""
        c, theta = self.now, self.model.theta
        c.paid += audience_cost_given(self.bonds[target.id].stake, theta)
        c.reputation = reputation_after_retreat_given(c.reputation, theta)

    def count_fronts(self) -> None:
        """Count the forces that wars and hot rivals hold."""
        c, theta, hot = self.now, self.model.theta, 0
        for bond in self.bonds.values():
            if is_hot_given(bond.rival, bond.heat[0], bond.norm, theta):
                hot += 1
        c.free = available_given(int(c.wars), theta)
        c.busy = pinned_given(c.free, hot, theta)

    def set_budget(self) -> None:
        """Spend by threat and allies, and let forces follow spending; once a year."""
        theta, c, start = self.model.theta, self.now, self.at_start
        c.spending = spending_given(c, start, theta)
        c.materiel = materiel_given(c, start, theta)
        c.manpower = manpower_given(c, start, theta)
        c.experience = experience_given(c, start, theta)
        c.reputation = reputation_given(c, start, theta)
        c.war_months = 0.0
        self.update_strength(c)

    def settle_accounts(self) -> None:
        """Book what the month gave and cost it."""
        c, start = self.now, self.at_start
        c.carried = burden(c.spending + c.given, c.gdp)
        c.carried_more = c.carried - burden(start.spending + start.given, start.gdp)
        c.received_more = burden(c.received - start.received, c.gdp)
        c.benefits_sum += c.benefits
        c.burden_sum += c.carried
        c.transfers_sum += c.received - c.given
        c.welfare_sum += welfare_of_month_given(c, self.model.theta)
        self.counters.loss_share += c.loss
        c.loss, c.paid, c.nuclear = 0.0, 0.0, 0.0
