"""What was decided in a world, on what terms and with what random draw?

A decision has an address: the month, what is decided, by whom, in which opportunity of which pair.
It has the same random draw in every arm, so that where arms choose otherwise the terms differ.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim import chance
from alliancesim.agents.choices import cutpoints
from alliancesim.agents.values import Dispute, Offer, Outlook
from alliancesim.rules.bargaining import audience_cost_given
from alliancesim.rules.response import Reasons, severity_given, shares_shock

if TYPE_CHECKING:
    from alliancesim.agents.state_agent import StateAgent
    from alliancesim.agents.wargame import Wargame

__all__ = [
    "ANSWERS",
    "LOG_ODDS",
    "STAKE",
    "Decision",
    "note_again",
    "note_answers",
    "note_challenge",
    "note_fight",
    "note_resistance",
]

LOG_ODDS, STAKE = "log-odds", "shares of the stake"
ANSWERS = frozenset({"answer", "war-answer", "back", "again"})
"""Kinds of decision in which an ally answers, on the ladder of 0 to 5."""
_LEAST = 1e-9

# What the propensity to answer is made of: by the name its rule gives it, the words, the weight,
# and what the product is multiplied by.
_HELP = (
    ("interest_in_target", "interest in whom it would help", "term_interest", 1.0),
    ("threat_to_self", "threat from the other side", "term_threat", 1.0),
    ("duty", "duty owed", "term_duty", 1.0),
    ("reputation", "reputation at stake", "term_reputation", 1.0),
    ("payment", "payments received", "term_payment", 1.0),
    ("invoked", "being called upon", "term_invocation", 1.0),
    ("distance_km", "distance", "term_distance", -1e-3),
    ("pinned", "forces held by own fronts", "term_pinned", -1.0),
    ("exposed", "no deterrent against a nuclear side", "term_nuclear", -1.0),
    ("provocation", "provocation", "term_provocation", -1.0),
    ("conflict", "non-aggression owed to the other side", "term_conflict", -1.0),
)


@attrs.frozen
class Decision:
    """A decision that was met in a world.

    Attributes
    ----------
    turn : int
        Months since the start.
    kind : str
        One of those below.
    by : str
        Id of the state that decides.
    challenger, target : str
        Ids of the pair in whose opportunity, dispute or war it is met.
    number : int
        Number of the pair's opportunity.
    choice : int
        What was chosen: 1 yes or 0 no, a level of the ladder from 0 to 5, or the result of a war
        for the challenger, from -1 to 1.
    chance : float or None
        Chance of a yes before the random draw, in [0, 1]; None for a ladder, and where nothing
        is left to chance.
    random_draw : float or None
        Random draw, uniform on (0, 1); None where nothing is left to chance.
    terms : dict of str to float
        What it was made of, in words.
    unit : str
        Of the terms: `LOG_ODDS` or `STAKE`, which add up; empty for terms that do not.
    cuts : tuple of float
        What the sum of terms and draw has to pass: for a yes, or for each level of the ladder.
    told : int
        Events told before it.

    Notes
    -----
    - "challenge": whether the mover takes its opportunity; log-odds against the reference arm;
    - "answer": how an ally answers a dispute short of war;
    - "resist": whether the target resists; "refuse": whether it refuses the demand;
    - "gain": whether the challenger gains without war;
    - "fight": whether a refused challenger fights rather than backs down, by its sum alone;
    - "war-answer" and "back": how an ally answers in war, the target's and the challenger's;
    - "again": how far one that is asked again in a war goes, where that is farther than before;
    - "umbrella": whether a patron extends its deterrent; "settle": whether a war is settled under
      a nuclear signal; "use": whether nuclear weapons are used;
    - "end": how a war ends.
    """

    turn: int
    kind: str
    by: str
    challenger: str
    target: str
    number: int
    choice: int
    chance: float | None = None
    random_draw: float | None = None
    terms: dict[str, float] = attrs.field(factory=dict, hash=False)
    unit: str = ""
    cuts: tuple[float, ...] = ()
    told: int = 0

    @property
    def address(self) -> tuple[int, str, str, str, str, int]:
        """Where it is met: the same in another arm of the same world, with the same random draw."""
        return (self.turn, self.kind, self.by, self.challenger, self.target, self.number)

    @property
    def push(self) -> float:
        """Random draw in the unit of the terms; 0 where nothing is left to chance."""
        if self.random_draw is None or not self.cuts:
            return 0.0
        odds = math.log(self.random_draw / (1.0 - self.random_draw))
        return odds if self.kind in ANSWERS else -odds

    @property
    def total(self) -> float:
        """Sum of terms and random draw, which is held against the cuts."""
        return sum(self.terms.values()) + self.push


def note_challenge(
    model: Wargame,
    dispute: Dispute,
    outlooks: tuple[Outlook, Outlook],
    deviation: float,
    likely: float,
    random_draw: float,
    chosen: int,
) -> None:
    """Note whether the mover challenges, by how it looks now and how in the reference arm."""
    if not model.noting:
        return
    c, t, rules, (now, then) = dispute.challenger, dispute.target, model.theta, outlooks
    bond, scale = c.bonds[t.id], rules.challenge_scale
    own = bond.cost + rules.cost_spread * deviation
    covered = rules.insured_share * (now.cover - then.cover)
    terms = {
        "base rate": _log_odds(rules.challenge_base),
        "chance to win": (now.win - then.win) / scale,
        "what it holds already": (bond.q_start - bond.q) / scale,
        "risk its own allies carry": own * covered / scale,
        "belief in a nuclear answer": rules.cost_nuclear * (then.belief - now.belief) / scale,
    }
    terms = _with_rest(terms, _log_odds(likely), "bound of the change")
    _note_odds(model, dispute, "challenge", c, (likely, random_draw, chosen), terms)


def note_resistance(
    model: Wargame,
    dispute: Dispute,
    outlooks: tuple[Outlook, Outlook],
    likely: float,
    random_draw: float,
    chosen: int,
) -> None:
    """Note whether the target resists, by how the challenge looks now and in the reference arm."""
    if not model.noting:
        return
    rules, (now, then) = model.theta, outlooks
    terms = {
        "base rate": _log_odds(rules.resistance_base),
        "the challenger's chance to win": (then.win - now.win) / rules.resistance_scale,
    }
    terms = _with_rest(terms, _log_odds(likely), "reasons of its own")
    _note_odds(model, dispute, "resist", dispute.target, (likely, random_draw, chosen), terms)


def _note_odds(
    model: Wargame,
    dispute: Dispute,
    kind: str,
    by: StateAgent,
    met: tuple[float, float, int],
    terms: dict[str, float],
) -> None:
    likely, random_draw, chosen = met
    how: dict[str, Any] = {"unit": LOG_ODDS, "cuts": (0.0,), "terms": terms}
    model.decides(dispute, kind, by, chosen, chance=likely, random_draw=random_draw, **how)


def note_fight(
    model: Wargame, dispute: Dispute, visible: float, cost: float, *, fighting: bool
) -> None:
    """Note whether a refused challenger fights: what it weighs, in shares of the stake."""
    c, t = dispute.challenger, dispute.target
    terms = {
        "chance to win": visible,
        "cost of war": -cost,
        "what it holds already": -c.bonds[t.id].q,
        "cost of backing down": audience_cost_given(1.0, model.theta),
    }
    model.decides(dispute, "fight", c, fighting, terms=terms, unit=STAKE, cuts=(0.0,))


def _answer_terms(agent: StateAgent, offer: Offer, weighed: Reasons) -> dict[str, float]:
    """Return what an ally's propensity to answer in war is made of, in log-odds."""
    p = agent.model.theta
    terms = {"willingness of any state": float(p.response_intercept)}
    for name, words, weight, factor in _HELP:
        terms[words] = factor * getattr(p, weight) * getattr(weighed, name)
    terms["that it is war"] = float(p.term_severity)
    kept = {words: value for words, value in terms.items() if value}
    return _with_rest(kept, offer.utility, "reasons of its own")


def note_answers(
    model: Wargame,
    dispute: Dispute,
    offers: list[Offer],
    kind: str,
    shared: float,
) -> None:
    """Note how allies answered: a dispute ("answer"), a war ("war-answer"), or a challenger's."""
    if not model.noting:
        return
    backing = kind == "back"
    shock, random_draw = (
        (chance.SHOCK_CHALLENGER, chance.ANSWER_CHALLENGER)
        if backing
        else (chance.SHOCK, chance.ANSWER)
    )
    ends = (dispute.challenger, dispute.target)
    victim, attacker = ends if backing else ends[::-1]
    circumstance = int(model.law.mirror) if backing else dispute.circumstance
    duties = model.duties(attacker, victim, circumstance)
    for offer in offers:
        agent, duty = offer.agent, duties[offer.agent.id]
        provocation = float(model.law.provocation[circumstance])
        weighed = agent.weigh_helping(victim, attacker, provocation, duty, place=dispute.target)
        terms = _answer_terms(agent, offer, weighed)
        if kind == "answer":
            terms.pop("that it is war", None)
            if severity := float(severity_given(dispute.intensity, model.theta)):
                terms["how far the dispute goes"] = severity
        terms["shock that all allies share" if shares_shock(model.theta) else "shock"] = float(
            model.shock_on(dispute, shock, agent, shared)
        )
        model.decides(
            dispute,
            kind,
            agent,
            offer.answer,
            random_draw=model.draw(dispute, random_draw, agent.code),
            terms=terms,
            unit=LOG_ODDS,
            cuts=cutpoints(model.theta, dispute.intensity if kind == "answer" else None),
        )


def note_again(model: Wargame, dispute: Dispute, offer: Offer, shock: float, drawn: float) -> None:
    """Note an answer that rose while a war lasted: what it weighed at the start, drawn again."""
    if not model.noting:
        return
    words = "shock that all allies share" if shares_shock(model.theta) else "shock"
    model.decides(
        dispute,
        "again",
        offer.agent,
        offer.answer,
        random_draw=drawn,
        terms={"what it weighed at the start of the war": offer.utility, words: float(shock)},
        unit=LOG_ODDS,
        cuts=cutpoints(model.theta, None),
    )


def _log_odds(p: float) -> float:
    p = min(max(p, _LEAST), 1.0 - _LEAST)
    return math.log(p / (1.0 - p))


def _with_rest(terms: dict[str, float], total: float, words: str) -> dict[str, float]:
    """Add what the terms leave unsaid, such as what a subclass of agents weighs otherwise."""
    rest = total - sum(terms.values())
    return {**terms, words: rest} if abs(rest) > 1e-6 else terms
