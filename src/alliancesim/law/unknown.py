"""Unknown is a value: a clause that is not public has readings, each with a weight."""

from __future__ import annotations

import math
from typing import Generic, TypeVar

import attrs

from alliancesim.data.checks import as_float, as_tuple, every, instance, number, text
from alliancesim.errors import InvalidInput

__all__ = ["Reading", "Unknown", "known"]

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Reading(Generic[T]):
    """One way to read a clause.

    Attributes
    ----------
    value : clause
        The clause as this reading has it.
    weight : float
        Its prior probability, above 0 and at most 1.
    words : str
        The reading in words.
    """

    value: T
    weight: float = attrs.field(converter=as_float, validator=number(1e-9, 1.0))
    words: str = attrs.field(validator=text())


@attrs.frozen(kw_only=True)
class Unknown(Generic[T]):
    """A clause that is not published, or not coded: a prior over readings.

    Attributes
    ----------
    readings : tuple of Reading
        The readings; their weights sum to one.
    group : str
        Unknown clauses of one group are read together: the first reading of one goes with the
        first of the others. Empty: read by itself.
    article, source : str
        Where the clause would stand, and what is known about it.

    Raises
    ------
    InvalidInput
        When there is no reading, or the weights do not sum to one.
    """

    readings: tuple[Reading[T], ...] = attrs.field(
        converter=as_tuple, validator=every(instance(Reading))
    )
    group: str = ""
    article: str = ""
    source: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.readings:
            raise InvalidInput("no reading", where="unknown", allowed="at least one reading")
        total = math.fsum(reading.weight for reading in self.readings)
        if abs(total - 1) > 1e-9:
            raise InvalidInput(
                f"the weights sum to {total:g}", where="unknown", allowed="weights that sum to 1"
            )

    @property
    def weights(self) -> tuple[float, ...]:
        """The weights of the readings, in their order."""
        return tuple(reading.weight for reading in self.readings)


def known(clause: T | Unknown[T]) -> T:
    """Return a clause of a treaty that has been read one way.

    Raises
    ------
    InvalidInput
        When the clause is still unknown: duties are then asked of `Treaty.readings`.
    """
    if isinstance(clause, Unknown):
        raise InvalidInput(
            "the clause is unknown", where=clause.article, allowed="one of the treaty's readings"
        )
    return clause
