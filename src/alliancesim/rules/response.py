"""How far does a dispute go, do the allies answer, and how far? A ladder, not a coin.

Levels: 0 renege, 1 diplomatic, 2 material aid, 3 defensive deployment, 4 limited force,
5 full belligerence. One ordered logit gives all of them; a shock that all allies in one war
share makes them fail together.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from alliancesim._compile import compilable
from alliancesim.levels import Gate, Intensity, Level

__all__ = [
    "AID",
    "LIMITED_FORCE",
    "Reasons",
    "answer",
    "answer_given",
    "asked_again_given",
    "at_stake",
    "cap_short_of_war",
    "concerned",
    "concerned_given",
    "consent",
    "duty_weight",
    "duty_weight_given",
    "intensity",
    "intensity_given",
    "interest",
    "interest_given",
    "rung_owed",
    "severity_given",
    "shares_shock",
    "shock_given",
    "short_of_war_given",
    "side_payment",
    "threat",
    "utility",
    "utility_given",
    "weigh",
]

RENEGE, DIPLOMATIC, AID, DEPLOYMENT, LIMITED_FORCE, FULL = range(6)


@compilable
def intensity(u, force, deaths):
    """How far a dispute goes as long as it is not war: 0 threat or display, 1 force, 2 deaths.

    Parameters
    ----------
    u : float
        Uniform on (0, 1).
    force, deaths : float
        Shares of disputes short of war that see force without deaths, and force with deaths.
    """
    how_far = 0
    for below in (1.0 - deaths - force, 1.0 - deaths):
        if u >= below:
            how_far += 1
    return how_far


@compilable
def cap_short_of_war(how_far):
    """Highest level of an answer to a dispute short of war: force only where there are deaths."""
    return LIMITED_FORCE if how_far == Intensity.DEATHS else DEPLOYMENT


@compilable
def interest(tie, rival, distance_km, proximity, range_km):
    """Interest of an ally in the target, in [0, 1]: ties, and for the rest proximity.

    tie + (1 - tie) · proximity · exp(-km / range); a rival's fate is no interest by proximity.

    Parameters
    ----------
    tie : float
        Bond of trade, kinship or policy, in [0, 1].
    rival : float
        1 where the two are open strategic rivals, else 0.
    distance_km, range_km : float
        Border to border, and the distance over which proximity falls to 1/e.
    proximity : float
        What touching borders alone give.
    """
    return tie + (1.0 - tie) * (1.0 - rival) * proximity * math.exp(-distance_km / range_km)


@compilable
def threat(rival, projected, own):
    """Threat of the challenger to the ally itself, in [0, 1].

    Parameters
    ----------
    rival : float
        1 where the two are open strategic rivals, else 0.
    projected, own : float
        The challenger's strength at the ally's border, and the ally's own.
    """
    return rival * projected / (projected + own) if projected > 0.0 else 0.0


@compilable
def duty_weight(level, binding, consult, assist, defend):
    """Weight of a duty: its level times how binding its words are.

    Parameters
    ----------
    level : int
        0 none, 1 consult, 2 assist, 3 defend.
    binding : float
        In [0, 1].
    consult, assist, defend : float
        Weights of the levels.
    """
    if level == 0:
        return 0.0
    return binding * (
        consult if level == Level.CONSULT else (assist if level == Level.ASSIST else defend)
    )


@compilable
def rung_owed(level, consult, assist, defend):
    """Rung of the ladder that a duty asks for; answering there keeps one's word.

    Parameters
    ----------
    level : int
        0 none, 1 consult, 2 assist, 3 defend.
    consult, assist, defend : float
        Rungs 0 to 5 of the levels.
    """
    if level == 0:
        return 0.0
    return consult if level == Level.CONSULT else (assist if level == Level.ASSIST else defend)


@compilable
def at_stake(reputation, visibility, duty):
    """Reputation at stake, in [0, 1]: the state's own record times how visible the answer is.

    A state that owes nothing has no word to keep, and nothing at stake.

    Parameters
    ----------
    reputation, visibility : float
        In [0, 1].
    duty : float
        See :func:`duty_weight`.
    """
    return reputation * visibility if duty > 0.0 else 0.0


@compilable
def side_payment(paid, spending):
    """Side payment to the ally, in [0, 1]: what the target transfers to it, over its own spending.

    Parameters
    ----------
    paid, spending : float
        USD bn a year: from the target to the ally, and the ally's military spending.
    """
    if paid <= 0.0:
        return 0.0
    return min(1.0, paid / spending) if spending > 0.0 else 1.0


@compilable
def concerned(duty, interest_in_target, threshold):
    """Whether a state is asked at all: it owes something, or has interest enough."""
    return duty > 0.0 or interest_in_target >= threshold


@compilable
def utility(
    intercept,
    interest_in_target,
    threat_to_self,
    duty,
    reputation,
    payment,
    invoked,
    distance_km,
    pinned,
    exposed,
    provocation,
    conflict,
    term_interest,
    term_threat,
    term_duty,
    term_reputation,
    term_payment,
    term_invocation,
    term_severity,
    term_distance,
    term_pinned,
    term_nuclear,
    term_provocation,
    term_conflict,
):
    """Propensity to answer once it is war, in log-odds, before shocks.

    u = b_0 + β_interest·interest + β_threat·threat + β_duty·duty + β_reputation·reputation
    + β_payment·payment + β_invocation·invoked + β_severity - β_distance·km/1000
    - β_pinned·pinned - β_nuclear·exposed - β_provocation·provocation - β_conflict·conflict.

    A dispute short of war has a severity of its own; see :func:`severity_given`.

    Parameters
    ----------
    intercept : float
        b_0 of the preset.
    interest_in_target, threat_to_self, duty, reputation, payment : float
        See :func:`interest`, :func:`threat`, :func:`duty_weight`, :func:`at_stake`,
        :func:`side_payment`.
    invoked : float
        1 where the target calls on a duty to assist or defend.
    distance_km : float
        To the target's border.
    pinned : float
        Share of forces that own fronts hold.
    exposed : float
        1 where the challenger is nuclear and the ally has no deterrent of its own.
    provocation : float
        0 unprovoked, 1/2 contested, 1 provoked.
    conflict : float
        1 where the ally owes the challenger non-aggression.
    term_interest, ..., term_conflict : float
        The weights β.
    """
    u = intercept + term_interest * interest_in_target + term_threat * threat_to_self
    u += term_duty * duty + term_reputation * reputation + term_payment * payment
    u += term_invocation * invoked + term_severity
    u -= term_distance * distance_km / 1000.0 + term_pinned * pinned + term_nuclear * exposed
    return u - term_provocation * provocation - term_conflict * conflict


@compilable
def answer(u, shock, own, c1, c2, c3, c4, c5):
    """Level of the answer: how many cutpoints u + ζ + ε passes.

    Parameters
    ----------
    u : float
        See :func:`utility`.
    shock : float
        ζ, shared by all allies of one side.
    own : float
        ε, standard logistic: the log-odds of a uniform draw.
    c1, ..., c5 : float
        Cutpoints, rising.

    Returns
    -------
    int
        0 to 5.
    """
    x = u + shock + own
    level = 0
    for cut in (c1, c2, c3, c4, c5):
        if x > cut:
            level += 1
    return level


class Reasons(NamedTuple):
    """What a state's propensity to answer is made of; `utility` says what each is."""

    interest_in_target: float
    threat_to_self: float
    duty: float
    reputation: float
    payment: float
    invoked: float
    distance_km: float
    pinned: float
    exposed: float
    provocation: float
    conflict: float


@compilable
def interest_given(tie, rival, distance_km, theta):
    """Interest of an ally in the target; see `interest`."""
    return interest(
        tie,
        rival,
        distance_km,
        proximity=theta.interest_proximity,
        range_km=theta.interest_range,
    )


@compilable
def concerned_given(duty, interest_in_target, theta):
    """Whether a state is asked at all; see `concerned`."""
    return concerned(duty, interest_in_target, theta.interest_threshold)


@compilable
def consent(gate, theta):
    """Chance that an organ consents, by its rule; 1 where none must, or a request is enough."""
    if gate < Gate.IF_CONSENSUS:
        return 1.0
    if gate == Gate.IF_CONSENSUS:
        return theta.consent_consensus
    return theta.consent_majority if gate == Gate.IF_MAJORITY else theta.consent_two_thirds


@compilable
def duty_weight_given(level, percent, gate, theta):
    """Weight of a duty, binding so many percent if its gate opens; see `duty_weight`."""
    return duty_weight(
        level,
        binding=percent / 100.0 * consent(gate, theta),
        consult=theta.duty_consult,
        assist=theta.duty_assist,
        defend=theta.duty_defend,
    )


@compilable
def weigh(own, duty, friend, there, foe, attacker, reach, paid, provocation, theta):
    """Weigh whether to help: what `utility` is made of.

    Parameters
    ----------
    own, attacker : row of a state
        The ally, and the state that attacks.
    duty : row
        What the ally owes: ``weight``, level ``owed`` and ``conflict``.
    friend, there, foe : row of a directed pair
        From the ally to the victim, to the place of the fight, and to the attacker.
    reach : float
        Share of the attacker's strength that arrives at the ally's border.
    paid : float
        What the victim transfers to the ally, USD bn a year.
    provocation : float
        0 unprovoked, 1/2 contested, 1 provoked.
    theta : record

    Returns
    -------
    Reasons
    """
    return Reasons(
        interest_in_target=friend.interest,
        threat_to_self=threat(foe.rival, attacker.strength * reach, own.strength),
        duty=duty.weight,
        reputation=at_stake(own.reputation, theta.visibility, duty.weight),
        payment=side_payment(paid, own.spending),
        invoked=1.0 if duty.owed >= Level.ASSIST else 0.0,
        distance_km=there.felt_km,
        pinned=own.busy,
        exposed=1.0 if attacker.warheads > 0.0 and own.warheads <= 0.0 else 0.0,
        provocation=provocation,
        conflict=duty.conflict,
    )


@compilable
def utility_given(reasons, theta):
    """Propensity to answer once it is war, by its reasons; see `utility`."""
    return utility(
        intercept=theta.response_intercept,
        interest_in_target=reasons.interest_in_target,
        threat_to_self=reasons.threat_to_self,
        duty=reasons.duty,
        reputation=reasons.reputation,
        payment=reasons.payment,
        invoked=reasons.invoked,
        distance_km=reasons.distance_km,
        pinned=reasons.pinned,
        exposed=reasons.exposed,
        provocation=reasons.provocation,
        conflict=reasons.conflict,
        term_interest=theta.term_interest,
        term_threat=theta.term_threat,
        term_duty=theta.term_duty,
        term_reputation=theta.term_reputation,
        term_payment=theta.term_payment,
        term_invocation=theta.term_invocation,
        term_severity=theta.term_severity,
        term_distance=theta.term_distance,
        term_pinned=theta.term_pinned,
        term_nuclear=theta.term_nuclear,
        term_provocation=theta.term_provocation,
        term_conflict=theta.term_conflict,
    )


@compilable
def intensity_given(u, theta):
    """How far a dispute goes short of war; see `intensity`."""
    return intensity(u, force=theta.intensity_force, deaths=theta.intensity_deaths)


@compilable
def severity_given(how_far, theta):
    """Severity of a dispute short of war against one that sees force without deaths, in log-odds.

    A share of the weight of war: less for a threat or display, more where there are deaths.
    """
    if how_far == Intensity.DEATHS:
        return theta.severity_deaths * theta.term_severity
    return -theta.severity_display * theta.term_severity if how_far == Intensity.DISPLAY else 0.0


@compilable
def short_of_war_given(utility_in_war, how_far, theta):
    """Propensity to answer a dispute short of war: that in war, by how far the dispute goes."""
    return utility_in_war - theta.term_severity + severity_given(how_far, theta)


@compilable
def asked_again_given(u, theta):
    """Whether an ally is asked again this month, and its own draw if so.

    One uniform number decides both: below the rate it is asked, and u over the rate is uniform.

    Returns
    -------
    float
        Uniform on (0, 1), or 0 where it is not asked.
    """
    return u / theta.asked_again if u < theta.asked_again else 0.0


@compilable
def shares_shock(theta):
    """Whether all allies of one side share their shock, or each has its own."""
    return theta.shock_common > 0.0


@compilable
def shock_given(normal, theta):
    """Shock ζ on allies, in log-odds, of a standard normal draw."""
    return theta.shock_sd * normal


@compilable
def answer_given(u, shock, own, theta):
    """Level of the answer; see `answer`."""
    return answer(
        u,
        shock,
        own,
        c1=theta.cut_diplomatic,
        c2=theta.cut_aid,
        c3=theta.cut_deployment,
        c4=theta.cut_limited,
        c5=theta.cut_full,
    )
