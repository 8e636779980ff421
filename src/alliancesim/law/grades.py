"""The grades of duty: kinds, levels, means, and what must still happen before one is owed."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, Literal

import attrs

from alliancesim.data.checks import instance
from alliancesim.errors import InvalidInput
from alliancesim.law.attack import Attack
from alliancesim.law.checks import share

__all__ = ["Answer", "DutyKind", "Gate", "Level", "Means", "Rule", "as_level"]

DutyKind = Literal["defence", "consultation", "neutrality", "non-aggression", "offence"]
HELP: tuple[DutyKind, ...] = ("defence", "consultation")

Means = Literal["diplomatic", "economic", "material", "military"]
ALL_MEANS: tuple[Means, ...] = ("diplomatic", "economic", "material", "military")


class Level(IntEnum):
    """How much help is owed, in order."""

    NONE = 0
    CONSULT = 1
    ASSIST = 2
    DEFEND = 3

    def __str__(self) -> str:
        """Return the level's name in small letters, as files write it."""
        return self.name.lower()


class Gate(IntEnum):
    """What must still happen before a duty is owed."""

    OWED = 0
    IF_REQUESTED = 1
    IF_CONSENSUS = 2
    IF_MAJORITY = 3
    IF_TWO_THIRDS = 4
    NOT_OWED = 9

    def __str__(self) -> str:
        """Return what the gate says, in words."""
        return {
            Gate.OWED: "owed",
            Gate.IF_REQUESTED: "owed if requested",
            Gate.IF_CONSENSUS: "owed if the organ consents by consensus",
            Gate.IF_MAJORITY: "owed if the organ consents by majority",
            Gate.IF_TWO_THIRDS: "owed if the organ consents by two thirds",
            Gate.NOT_OWED: "not owed",
        }[self]


def as_level(value: Any) -> Any:
    """Take a level by its name as well."""
    if isinstance(value, str):
        names = {str(level): level for level in Level}
        if value not in names:
            raise InvalidInput(
                f"{value!r} is not known", where="level", allowed=", ".join(list(names))
            )
        return names[value]
    return value


@attrs.frozen(kw_only=True)
class Answer:
    """What a clause written in plain Python answers about an attack.

    Attributes
    ----------
    level : Level or str
        What is owed; ``none`` where nothing is.
    binding : float
        How binding, 0 to 1.
    gate : Gate
        What must still happen.
    why : str
        The reason, in words.
    """

    level: Level = attrs.field(converter=as_level, validator=instance(Level))
    binding: float = attrs.field(default=1.0, validator=share)
    gate: Gate = attrs.field(default=Gate.OWED, validator=instance(Gate))
    why: str = ""


Rule = Callable[[Attack], Answer]
"""A clause in plain Python: a pure function of the attack."""
