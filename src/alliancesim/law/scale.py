"""How binding are these words? The documented scale that turns wordings into numbers.

The numbers live in ``scale.toml`` beside this module, each a judgement with a range. Law reviews
rank such wordings by the discretion they leave; nobody has measured the distances.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import attrs

from alliancesim.data.names import hint, listed
from alliancesim.errors import InvalidInput

__all__ = ["Entry", "contested", "form", "forms", "wording", "wordings"]


@attrs.frozen
class Entry:
    """One entry of the scale.

    Attributes
    ----------
    words : str
        The words, in the scale's own paraphrase.
    binding : float
        How binding they are, 0 to 1; a judgement.
    low, high : float
        The range a careful reader might give instead.
    """

    words: str
    binding: float
    low: float
    high: float


@cache
def scale() -> dict[str, dict[str, Entry]]:
    """Return the whole scale by table and key."""
    raw = tomllib.loads(files(__package__).joinpath("scale.toml").read_text(encoding="utf-8"))
    return {table: {key: Entry(**row) for key, row in rows.items()} for table, rows in raw.items()}


def entry(table: str, key: str) -> Entry:
    """Return one entry, or refuse with the keys there are."""
    entries = scale()[table]
    if key not in entries:
        problem = f"{key!r} is not known{hint(key, entries)}"
        raise InvalidInput(problem, where=table, allowed=listed(entries))
    return entries[key]


def wording(key: str) -> Entry:
    """Return how binding a response's wording is.

    Raises
    ------
    InvalidInput
        When the wording is not on the scale.
    """
    return entry("wording", key)


def form(key: str) -> Entry:
    """Return what a legal form leaves of the words' binding force.

    Raises
    ------
    InvalidInput
        When the form is not on the scale.
    """
    return entry("form", key)


def contested() -> Entry:
    """Return what is left where each party judges a contested provocation for itself."""
    return entry("contested", "each")


def forms() -> tuple[str, ...]:
    """Return the keys of the legal forms, most binding first."""
    return tuple(scale()["form"])


def wordings() -> tuple[str, ...]:
    """Return the keys of the wordings, most binding first."""
    rows = scale()["wording"]
    return tuple(sorted(rows, key=lambda key: -rows[key].binding))
