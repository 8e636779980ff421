"""The order of a turn, written once and read by the compiled kernel and the agents alike."""

from __future__ import annotations

__all__ = ["ACCOUNTS", "BUDGETS", "COOLING", "CRISES", "FRONTS", "LAW", "PHASES", "WARS"]

BUDGETS = 0  #: once a year: spending, materiel, manpower and experience move
COOLING = 1  #: heat between pairs decays
FRONTS = 2  #: forces held by wars and by hot rivals are counted
CRISES = 3  #: opportunities come, in the order of their times within the month
WARS = 4  #: each war under way is fought for a month, and may end
ACCOUNTS = 5  #: what the month gave and cost each state is booked
LAW = 6  #: treaties enter into force, lose members, waver

#: One turn is one month; its phases come in this order.
PHASES = (LAW, BUDGETS, COOLING, FRONTS, CRISES, WARS, ACCOUNTS)
