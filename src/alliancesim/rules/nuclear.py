"""When does a side that loses a war signal, and then use, nuclear weapons?

Aggregate and neutral on purpose: a side has a deterrent or has none. How many warheads, of what
type and where they stand is read by no rule, so none of it adds anything.
"""

from __future__ import annotations

from alliancesim._compile import compilable

__all__ = [
    "able",
    "extended",
    "losing",
    "losing_given",
    "losses_of_use",
    "own_deterrent",
    "retaliation",
    "retaliation_given",
    "settlement_chance",
    "use_hazard",
    "use_hazard_given",
    "welfare_of_use",
]


@compilable
def losing(lost, enemy_lost, threshold):
    """Whether a side loses past its threshold, and more than its enemy.

    At most one side of a war does.

    Parameters
    ----------
    lost, enemy_lost : float
        Shares of the principals' forces lost in this war, in [0, 1].
    threshold : float
        In [0, 1].
    """
    return lost >= threshold and lost > enemy_lost


@compilable
def extended(belief, random_draw):
    """Whether a patron's umbrella is extended in this war: once a war, as likely as believed.

    Parameters
    ----------
    belief : float
        That the patron's deterrent covers the client, in [0, 1].
    random_draw : float
        Uniform on (0, 1).
    """
    return random_draw < belief


@compilable
def able(warheads, under_umbrella):
    """Whether a side can use nuclear weapons: its own, or under an umbrella that is extended.

    Parameters
    ----------
    warheads : float
        Of the principal; one is as good as a thousand.
    under_umbrella : bool
        See :func:`extended`.
    """
    return warheads > 0.0 or under_umbrella


@compilable
def retaliation(warheads, own_belief, umbrella):
    """Belief that a side would retaliate: by its own deterrent, or a patron's, whichever is more.

    Parameters
    ----------
    warheads : float
        Of the principal.
    own_belief : float
        Belief that a nuclear state would answer with its own, in [0, 1].
    umbrella : float
        Greatest belief that a patron's covers it, in [0, 1].
    """
    return max(own_belief if warheads > 0.0 else 0.0, umbrella)


@compilable
def use_hazard(is_able, monthly, factor, belief):
    """Chance of use in a month, once a side has signalled: h (1 - ρ b), or 0 without the means.

    Parameters
    ----------
    is_able : bool
        See :func:`able`.
    monthly : float
        h, per month, where nobody would retaliate.
    factor : float
        ρ, in [0, 1]: how far sure retaliation lowers it.
    belief : float
        b, in [0, 1]; see :func:`retaliation`.
    """
    return monthly * (1.0 - factor * belief) if is_able else 0.0


@compilable
def losing_given(lost, enemy_lost, theta):
    """Whether a side loses past the threshold; see `losing`."""
    return losing(lost, enemy_lost, theta.nuclear_threshold)


@compilable
def own_deterrent(warheads, theta):
    """Belief that a state would answer with a deterrent of its own; 0 without one."""
    return theta.own_deterrent_belief if warheads > 0.0 else 0.0


@compilable
def retaliation_given(warheads, umbrella, theta):
    """Belief that a side would retaliate; see `retaliation`."""
    return retaliation(warheads, theta.own_deterrent_belief, umbrella)


@compilable
def use_hazard_given(is_able, belief, theta):
    """Chance of use in a month; see `use_hazard`."""
    return use_hazard(is_able, theta.nuclear_hazard, theta.nuclear_retaliation, belief)


@compilable
def settlement_chance(theta):
    """Chance, each month, that a war is settled under a nuclear signal."""
    return theta.nuclear_settlement


@compilable
def losses_of_use(theta):
    """Share of forces that both principals lose by use."""
    return theta.nuclear_losses


@compilable
def welfare_of_use(theta):
    """Welfare that use costs each state that fights the war, in stakes."""
    return theta.welfare_nuclear
