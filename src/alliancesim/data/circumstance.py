"""Circumstances: how an opportunity for a dispute looks to the law."""

from __future__ import annotations

from typing import Literal, get_args

import attrs

from alliancesim.data.checks import choice, text
from alliancesim.data.quantity import Quantity
from alliancesim.data.state import measured

__all__ = ["Circumstance"]

Kind = Literal["attack", "blockade", "hybrid"]
Place = Literal["home", "abroad", "overseas"]
Actor = Literal["state", "proxy"]
Provocation = Literal["unprovoked", "contested", "provoked"]


@attrs.frozen
class Circumstance:
    """How an opportunity for a dispute looks to the law.

    Parameters
    ----------
    name : str
        How it is called.
    kind : {"attack", "blockade", "hybrid"}
        What is done: force, interference with shipping, or acts below the use of force.
    place : {"home", "abroad", "overseas"}
        Where: the target's territory, its forces abroad or at sea, or a territory overseas.
    actor : {"state", "proxy"}
        By whom: the state's own forces, or a non-state actor that it sponsors.
    provocation : {"unprovoked", "contested", "provoked"}
        Whether the target had provoked it.
    share : Quantity
        Its weight among the circumstances, weight ≥ 0; the engine makes the weights sum to one.
    """

    name: str = attrs.field(validator=text())
    kind: Kind = attrs.field(validator=choice(get_args(Kind)))
    place: Place = attrs.field(validator=choice(get_args(Place)))
    actor: Actor = attrs.field(validator=choice(get_args(Actor)))
    provocation: Provocation = attrs.field(validator=choice(get_args(Provocation)))
    share: Quantity = attrs.field(validator=measured("weight"))
