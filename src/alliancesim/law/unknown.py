"""Unknown is a value: a clause that is not public, or is disputed, has readings with weights."""

from __future__ import annotations

import math
from typing import Any, Generic, TypeVar

import attrs

from alliancesim.data.checks import (
    as_float,
    as_plain,
    as_tuple,
    every,
    flag,
    instance,
    number,
    text,
)
from alliancesim.errors import InvalidInput

__all__ = ["Reading", "Unknown", "clause_or_unknown", "known"]

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
    held_by : tuple of str
        Who holds it: states, organs, courts or writers. Required of each reading of a disputed
        clause.
    source : str
        Where they say so.
    """

    value: T
    weight: float = attrs.field(converter=as_float, validator=number(1e-9, 1.0))
    words: str = attrs.field(validator=text())
    held_by: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    source: str = attrs.field(default="", validator=text(empty=True))


@attrs.frozen(kw_only=True)
class Unknown(Generic[T]):
    """A clause that is not published, not coded, or published and disputed: a prior over readings.

    Attributes
    ----------
    readings : tuple of Reading
        The readings; their weights sum to one.
    disputed : bool
        Whether the clause is public and its meaning disputed; each reading then says who holds
        it, and where. In files such a clause is written ``disputed`` in place of ``unknown``.
    group : str
        Unknown clauses of one group are read together: the first reading of one goes with the
        first of the others. Empty: read by itself.
    article, source : str
        Where the clause would stand, and what is known about it.

    Raises
    ------
    InvalidInput
        When there is no reading, the weights do not sum to one, or a disputed reading does not
        say who holds it and where.
    """

    readings: tuple[Reading[T], ...] = attrs.field(
        converter=as_tuple, validator=every(instance(Reading))
    )
    disputed: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    group: str = attrs.field(default="", validator=text(empty=True))
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def __attrs_post_init__(self) -> None:
        if not self.readings:
            raise InvalidInput("no reading", where="unknown", allowed="at least one reading")
        total = math.fsum(reading.weight for reading in self.readings)
        if abs(total - 1) > 1e-9:
            raise InvalidInput(
                f"the weights sum to {total:g}", where="unknown", allowed="weights that sum to 1"
            )
        for reading in self.readings if self.disputed else ():
            if not (reading.held_by and reading.source):
                raise InvalidInput(
                    f"the reading {reading.words!r} does not say who holds it, and where",
                    where="disputed",
                    allowed="held_by and source with each reading",
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


def clause_or_unknown(value: Any, cls: type, where: str) -> None:
    """Refuse what is neither a clause of the class nor an unknown one with such readings."""
    values = (
        [reading.value for reading in value.readings] if isinstance(value, Unknown) else [value]
    )
    for one in values:
        if not isinstance(one, cls):
            raise InvalidInput(
                f"expected {cls.__name__}, got {one!r}"[:120],
                where=where,
                allowed=f"{cls.__name__}, or Unknown with such readings",
            )
