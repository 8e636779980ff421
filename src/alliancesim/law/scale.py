"""How binding are these words? The documented scale that turns wordings into numbers.

The numbers live in ``scale.toml`` beside this module, each a judgement with a range. Law reviews
rank such wordings by the discretion they leave; nobody has measured the distances.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import attrs

from alliancesim.errors import InvalidInput

__all__ = ["Rung", "contested", "form", "forms", "wording", "wordings"]


@attrs.frozen
class Rung:
    """One rung of the scale.

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
def scale() -> dict[str, dict[str, Rung]]:
    """Return the whole scale by table and key."""
    raw = tomllib.loads(files(__package__).joinpath("scale.toml").read_text(encoding="utf-8"))
    return {table: {key: Rung(**row) for key, row in rows.items()} for table, rows in raw.items()}


def rung(table: str, key: str) -> Rung:
    """Return one rung, or refuse with the keys there are."""
    rungs = scale()[table]
    if key not in rungs:
        raise InvalidInput(f"{key!r} is not known", where=table, allowed=", ".join(rungs))
    return rungs[key]


def wording(key: str) -> Rung:
    """Return how binding a response's wording is.

    Raises
    ------
    InvalidInput
        When the wording is not on the scale.
    """
    return rung("wording", key)


def form(key: str) -> Rung:
    """Return what a legal form leaves of the words' binding force.

    Raises
    ------
    InvalidInput
        When the form is not on the scale.
    """
    return rung("form", key)


def contested() -> Rung:
    """Return what is left where each party judges a contested provocation for itself."""
    return rung("contested", "each")


def forms() -> tuple[str, ...]:
    """Return the keys of the legal forms, most binding first."""
    return tuple(scale()["form"])


def wordings() -> tuple[str, ...]:
    """Return the keys of the wordings, most binding first."""
    rows = scale()["wording"]
    return tuple(sorted(rows, key=lambda key: -rows[key].binding))
