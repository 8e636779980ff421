"""What does a state spend on its forces, and what does that leave it with?"""

from __future__ import annotations

import math

from alliancesim._compile import compiled

__all__ = ["burden", "materiel_after", "pressure", "spending"]


@compiled
def spending(before, threat, threat_before, elasticity):
    """Yearly military spending: log-linear in threat.

    Income is held at the start's, in shares of the world, so its elasticity of 1 leaves no term.

    Parameters
    ----------
    before : float
        Spending at the start, USD bn a year.
    threat, threat_before : float
        Rivals' projected strength times heat, now and at the start; a state without rivals
        spends as before.
    elasticity : float
        Of spending in threat.
    """
    if threat <= 0.0 or threat_before <= 0.0:
        return before
    return before * math.exp(elasticity * math.log(threat / threat_before))


@compiled
def materiel_after(materiel, spending_share, depreciation):
    """Military capital a year later, as a share of the world's.

    It depreciates, and spending replaces it: K + δ (s - K), steady where the share of capital
    is the share of spending.
    """
    return materiel + depreciation * (spending_share - materiel)


@compiled
def pressure(strength, reach, heat, norm):
    """Threat that one rival is: its strength at the border, times heat over its mean."""
    return strength * reach * heat / norm


@compiled
def burden(spent, gdp):
    """Military burden, percent of GDP; both in USD bn."""
    return 100.0 * spent / gdp if gdp > 0.0 else 0.0
