"""The ordered grades that law, rules, arrays and players share.

Level, gate, answer, provocation, intensity. Their numbers are stored in compiled arrays, so they
are never renumbered.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Gate", "Intensity", "Level", "Provocation", "Rung"]


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

    @property
    def condition(self) -> str:
        """What must still happen, in words; empty where nothing must."""
        return {
            Gate.IF_REQUESTED: "requested",
            Gate.IF_CONSENSUS: "the organ consents by consensus",
            Gate.IF_MAJORITY: "the organ consents by majority",
            Gate.IF_TWO_THIRDS: "the organ consents by two thirds",
        }.get(self, "")

    def __str__(self) -> str:
        """Return what the gate says, in words."""
        if self is Gate.NOT_OWED:
            return "not owed"
        return f"owed if {self.condition}" if self.condition else "owed"


class Rung(IntEnum):
    """How far an ally answers, in order: the levels of the response model."""

    RENEGE = 0
    DIPLOMATIC = 1
    AID = 2
    DEPLOYMENT = 3
    LIMITED_FORCE = 4
    FULL = 5


class Intensity(IntEnum):
    """How far a dispute goes as long as it is not war, in order."""

    DISPLAY = 0
    FORCE = 1
    DEATHS = 2

    def __str__(self) -> str:
        """Return what it is, in words."""
        words = ("threat or display of force", "use of force", "force with deaths")
        return words[self.value]


class Provocation(IntEnum):
    """Whether the victim provoked the attack."""

    UNPROVOKED = 0
    CONTESTED = 1
    PROVOKED = 2

    @property
    def share(self) -> float:
        """The same as a share of provocation: 0, one half, 1."""
        return self.value / 2

    def __str__(self) -> str:
        """Return the word that files write."""
        return self.name.lower()
