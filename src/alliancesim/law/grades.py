"""The kinds of duty and the means of help, and what a clause in plain Python answers.

Levels and gates are in `alliancesim.levels`, which rules and compiled arrays share.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import attrs

from alliancesim.data.checks import instance, text
from alliancesim.errors import InvalidInput
from alliancesim.law.attack import Attack
from alliancesim.law.checks import share
from alliancesim.levels import Gate, Level

__all__ = ["Answer", "DutyKind", "Gate", "Level", "Means", "Rule", "as_level"]

DutyKind = Literal["defence", "consultation", "neutrality", "non-aggression", "offence", "right"]
"""Help when attacked; consultation; not to help the other side; not to attack; help in an attack
of the ally's own; a right to act, which its holder need not use."""

HELP: tuple[DutyKind, ...] = ("defence", "consultation")
ABSTAIN: tuple[DutyKind, ...] = ("neutrality", "non-aggression")

Means = Literal["diplomatic", "economic", "material", "military"]
ALL_MEANS: tuple[Means, ...] = ("diplomatic", "economic", "material", "military")


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
        What is owed; ``none`` where nothing is. For duties that are no help any other level
        says that they are owed.
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
    why: str = attrs.field(default="", validator=text(empty=True))


Rule = Callable[[Attack], Answer]
"""A clause in plain Python: a pure function of the attack."""
