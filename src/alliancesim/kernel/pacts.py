"""What pacts mean between fights: who may owe whom defence, and who pays whom."""

from __future__ import annotations

import numpy as np

from alliancesim._compile import compiled
from alliancesim.kernel.layout import ORIGIN, PRESENT
from alliancesim.rules.budget import spill

__all__ = ["settle", "spill_to"]

YES, NO = np.bool_(True), np.bool_(False)  # typed: a literal would be compiled for each value


@compiled
def settle(law, in_force, reading, amounts, when, desk):
    """Note who may owe whom defence, and what is paid a year, under the treaties in force.

    Parameters
    ----------
    law : Law
    in_force : ndarray of bool
        Whether each treaty is.
    reading : ndarray of int64
        Which reading each treaty takes.
    amounts : ndarray of float64
        Each transfer, USD bn a year.
    when : int64
        ORIGIN, for the reference arm at the start, or PRESENT.
    desk : Desk
    """
    pledged, who = desk.pledged[when], law.who
    pledged[:] = NO
    for v in range(len(law.treaty)):
        if not in_force[v]:
            continue
        treaty = law.treaty[v]
        size = treaty.parties
        for b in range(size):
            start = treaty.conflicts + (reading[v] * size + b) * size
            for k in range(size):
                if law.pledges[start + k] > 0:
                    pledged[who[v, b], who[v, k]] = YES
    _pay(law, in_force, amounts, when, desk)


@compiled
def _pay(law, in_force, amounts, when, desk):
    """Book what every state gives and receives a year; gifts sum to receipts."""
    state, link = desk.state[when], desk.link
    for i in range(len(state)):
        state[i].given, state[i].received = 0.0, 0.0
        for j in range(len(state)):
            _set_paid(link[i, j], when, 0.0)
    for m in range(len(law.transfer)):
        if not np.any(law.covers[m] & in_force):
            continue
        payer, payee = law.transfer[m].payer, law.transfer[m].payee
        state[payer].given += amounts[m]
        state[payee].received += amounts[m]
        bond = link[payer, payee]
        _set_paid(bond, when, (bond.pays if when == PRESENT else bond.pays_start) + amounts[m])


@compiled
def _set_paid(bond, when, paid):
    if when == ORIGIN:
        bond.pays_start = paid
    else:
        bond.pays = paid


@compiled
def spill_to(i, own, state, pledged, share):
    """Spending that keeps state i safe: its own at the start, and a share of its guarantors'."""
    allied = 0.0
    for k in range(len(state)):
        if pledged[i, k]:
            allied += state[k].spending
    return spill(own, allied, share)
