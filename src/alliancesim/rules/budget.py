"""What does a state spend on its forces, and what does that leave it with?"""

from __future__ import annotations

import math

from alliancesim._compile import compilable

__all__ = [
    "absorbed",
    "burden",
    "capital_share",
    "materiel_after",
    "materiel_given",
    "pressure",
    "pressure_given",
    "spending",
    "spending_given",
    "spill",
    "spill_given",
]


@compilable
def spending(
    before, threat, threat_before, threat_elasticity, spill, spill_before, spill_elasticity,
    publicness,
):  # fmt: skip
    """Yearly military spending, USD bn: log-linear in threat, and in what allies spend.

    before · (threat / threat⁰)^e_T · (spill / spill⁰)^(e_S · publicness). Income is held at the
    start's, in shares of the world, so its elasticity of 1 leaves no term.

    Parameters
    ----------
    before : float
        Spending at the start, USD bn a year.
    threat, threat_before : float
        What rivals press with, now and at the start; see :func:`pressure`. A state without
        rivals feels no change.
    threat_elasticity : float
        e_T.
    spill, spill_before : float
        What keeps it safe, now and at the start of the reference arm; see :func:`spill`.
    spill_elasticity : float
        e_S, 0 or less: free riding.
    publicness : float
        Share of the pact's security that is a public good to its members, in [0, 1].

    References
    ----------
    Olson & Zeckhauser (1966), "An economic theory of alliances"; the log-linear form is that of
    the literature on the demand for military spending.
    """
    change = 0.0
    if threat > 0.0 and threat_before > 0.0:
        change += threat_elasticity * math.log(threat / threat_before)
    if spill > 0.0 and spill_before > 0.0:
        change += spill_elasticity * publicness * math.log(spill / spill_before)
    return before * math.exp(change)


@compilable
def spill(own, allied, share):
    """Spending that keeps a state safe, USD bn a year.

    Parameters
    ----------
    own : float
        Its own at the start.
    allied : float
        That of those who owe it defence.
    share : float
        How much of ``allied`` it counts on, in [0, 1]; allies honour only part of their duties.
    """
    return own + share * allied


@compilable
def absorbed(industry, materiel, least):
    """Share of money from abroad that becomes military capital: more with an industry of one's own.

    a_0 + (1 - a_0) · I / (I + K): all of it where arms production is all a state has.

    Parameters
    ----------
    industry, materiel : float
        Shares of the world's arms production and military capital.
    least : float
        a_0, the share in a state that makes no arms, in [0, 1].
    """
    total = industry + materiel
    return least + (1.0 - least) * industry / total if total > 0.0 else least


@compilable
def capital_share(materiel_before, spending_before, spent, bought):
    """Share of the world's military capital that a year's money would keep up; never below 0.

    Parameters
    ----------
    materiel_before : float
        Share of the world's military capital at the start.
    spending_before, spent : float
        Own spending, at the start and in the year, USD bn.
    bought : float
        What money from others buys beyond what it bought at the start, USD bn a year.
    """
    if spending_before <= 0.0:
        return 0.0
    return materiel_before * max(0.0, spent + bought) / spending_before


@compilable
def materiel_after(materiel, spending_share, depreciation):
    """Military capital a year later, as a share of the world's.

    It depreciates, and spending replaces it: K + δ (s - K), steady where the share of capital
    is the share of spending.
    """
    return materiel + depreciation * (spending_share - materiel)


@compilable
def pressure(projected, allied, share, heat, norm):
    """Threat that one rival is: what it could bring to the border, times heat over its mean.

    Parameters
    ----------
    projected : float
        The rival's strength as it arrives at the state's border.
    allied : float
        The same of those who owe the rival defence.
    share : float
        How much of ``allied`` counts, in [0, 1].
    heat, norm : float
        Heat of the pair, and its mean.
    """
    return (projected + share * allied) * heat / norm


@compilable
def burden(spent, gdp):
    """Military burden, percent of GDP; both in USD bn."""
    return 100.0 * spent / gdp if gdp > 0.0 else 0.0


@compilable
def spending_given(row, start, theta):
    """Military spending of a state in the year to come; see `spending`."""
    return spending(
        start.spending,
        threat=row.threat,
        threat_before=start.threat,
        threat_elasticity=theta.threat_elasticity,
        spill=row.spill,
        spill_before=start.spill,
        spill_elasticity=theta.spill_elasticity,
        publicness=theta.publicness,
    )


@compilable
def spill_given(own, allied, theta):
    """Spending that keeps a state safe; see `spill`."""
    return spill(own, allied, theta.spill_counted)


@compilable
def materiel_given(row, start, theta):
    """Military capital of a state a year later, by its spending and what it received.

    See `absorbed`, `capital_share` and `materiel_after`.
    """
    part = absorbed(row.industry, row.materiel, theta.transfer_absorption)
    bought = part * (row.received - start.received)
    share = capital_share(start.materiel, start.spending, row.spending, bought)
    return materiel_after(row.materiel, share, theta.materiel_depreciation)


@compilable
def pressure_given(projected, allied, heat, norm, theta):
    """Threat that one rival is; see `pressure`."""
    return pressure(projected, allied, theta.pact_threat, heat, norm)
