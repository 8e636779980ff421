"""What pacts mean between fights: who may owe whom defence, and who pays whom."""

from __future__ import annotations

from alliancesim._compile import compilable
from alliancesim.engine.kernel.benefits import NO, YES
from alliancesim.engine.kernel.workspace import ORIGIN
from alliancesim.rules.budget import spill_given

__all__ = ["settle", "spill_to"]


@compilable
def settle(law, in_force, reading, amounts, when, workspace):
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
    workspace : Workspace
    """
    pledged, who = workspace.pledged[when], law.who
    for b in range(len(pledged)):
        for k in range(len(pledged)):
            pledged[b, k] = NO
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
    _pay(law, in_force, amounts, when, workspace)


@compilable
def _pay(law, in_force, amounts, when, workspace):
    """Book what every state gives and receives a year; gifts sum to receipts."""
    state = workspace.state[when]
    for i in range(len(state)):
        state[i].given, state[i].received = 0.0, 0.0
        for j in range(len(state)):
            _set_paid(i, j, when, 0.0, workspace)
    for m in range(len(law.transfer)):
        if _is_covered(law.covers, m, in_force):
            payer, payee = law.transfer[m].payer, law.transfer[m].payee
            state[payer].given += amounts[m]
            state[payee].received += amounts[m]
            paid = _paid(payer, payee, when, workspace) + amounts[m]
            _set_paid(payer, payee, when, paid, workspace)


@compilable
def _is_covered(covers, m, in_force):
    """Whether a treaty under which a transfer is made is in force."""
    for v in range(len(in_force)):
        if covers[m, v] and in_force[v]:
            return True
    return False


@compilable
def _paid(i, j, when, workspace):
    return workspace.stake[i, j].pays_start if when == ORIGIN else workspace.link[i, j].pays


@compilable
def _set_paid(i, j, when, paid, workspace):
    if when == ORIGIN:
        workspace.stake[i, j].pays_start = paid
    else:
        workspace.link[i, j].pays = paid


@compilable
def spill_to(i, own, state, pledged, theta):
    """Spending that keeps state i safe: its own at the start, and a share of its guarantors'."""
    allied = 0.0
    for k in range(len(state)):
        if pledged[i, k]:
            allied += state[k].spending
    return spill_given(own, allied, theta)
