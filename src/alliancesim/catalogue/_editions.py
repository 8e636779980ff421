"""Editions of one question: scenarios of the catalogue with later and later cut-offs."""

from __future__ import annotations

from functools import cache

import attrs

from alliancesim.catalogue._files import read
from alliancesim.data import toml
from alliancesim.data.arguments import checked
from alliancesim.data.checks import as_tuple, every, text
from alliancesim.errors import InvalidInput

__all__ = ["Editions", "editions", "newest_edition"]


@attrs.frozen
class Editions:
    """The editions of one question.

    Parameters
    ----------
    name, title : str
        How the question is called, and what it is in words.
    editions : tuple of str
        Names of scenarios of the catalogue, the oldest first; one or more.
    variants : tuple of str
        Names of scenarios that suppose something in addition to an edition.

    Raises
    ------
    InvalidInput
        If no edition is named.
    """

    name: str = attrs.field(validator=text())
    title: str = attrs.field(validator=text())
    editions: tuple[str, ...] = attrs.field(converter=as_tuple, validator=every(text()))
    variants: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))

    def __attrs_post_init__(self) -> None:
        if not self.editions:
            raise InvalidInput("is empty", where="editions", allowed="one scenario or more")

    @property
    def newest(self) -> str:
        """The edition with the latest cut-off."""
        return self.editions[-1]


@cache
def editions() -> tuple[Editions, ...]:
    """Return the editions that the catalogue has, a value for each question."""
    return tuple(
        toml.structure({"name": name, **table}, Editions, f"editions.toml: '{name}'")
        for name, table in read("editions.toml").items()
    )


@checked
def newest_edition(name: str) -> str | None:
    """Return the newest edition of the question that a scenario is an edition of, or None."""
    for each in editions():
        if name in each.editions + each.variants:
            return each.newest
    return None
