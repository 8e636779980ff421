"""A game as what is needed to play it again: which world, who sits where, and what was chosen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.files import read_bytes, write_bytes
from alliancesim.errors import InvalidInput

__all__ = ["FORMAT", "Record"]

FORMAT = "alliancesim game 1"
MOST_BYTES = 1_000_000
MOST_SEATS = 8


@attrs.frozen(kw_only=True)
@checked
class Record:
    """A game, saved.

    Attributes
    ----------
    scenario : str
        Name in the catalogue.
    arm : str
    seats : tuple of str
        Ids of the states that are seats, one to eight.
    seed, world : int
        Seed of the run, and number of the world in it.
    months : int
        Months played.
    choices : str
        The options taken, a digit each, in order.
    """

    scenario: str
    arm: str
    seats: tuple[str, ...]
    seed: int = 0
    world: int = 0
    months: int = 0
    choices: str = ""

    def __attrs_post_init__(self) -> None:
        _check_types(**attrs.asdict(self))
        if not 1 <= len(self.seats) <= MOST_SEATS or len(set(self.seats)) < len(self.seats):
            raise InvalidInput(
                f"{len(self.seats)} seats", where="seats",
                allowed=f"1 to {MOST_SEATS} different states",
            )  # fmt: skip
        if self.months < 0:
            raise InvalidInput(f"{self.months} is below 0", where="months", allowed="0 or more")
        if not set(self.choices) <= set("012345"):
            raise InvalidInput(
                "holds other characters", where="choices", allowed="digits from 0 to 5"
            )

    @classmethod
    def from_data(cls, data: Any) -> Record:
        """Return a record from what a file or a page gives.

        Raises
        ------
        InvalidInput
            If a field is missing, unknown, or of another type.
        """
        names = [field.name for field in attrs.fields(cls)]
        if not isinstance(data, dict):
            raise InvalidInput("no table", where="game", allowed=f"fields {', '.join(names)}")
        given = dict(data)
        if given.pop("format", FORMAT) != FORMAT:
            raise InvalidInput("another format", where="format", allowed=repr(FORMAT))
        unknown = [name for name in given if name not in names]
        missing = [name for name in ("scenario", "arm", "seats") if name not in given]
        if unknown or missing:
            problem = f"no {missing[0]}" if missing else f"no field {unknown[0]!r}"
            raise InvalidInput(problem, where="game", allowed=f"fields {', '.join(names)}")
        if isinstance(given["seats"], list):
            given["seats"] = tuple(given["seats"])
        return cls(**given)

    @classmethod
    def load(cls, path: str | Path) -> Record:
        """Return the record that a file holds.

        Raises
        ------
        InvalidInput
            If the file cannot be read or holds no saved game.
        """
        text = read_bytes(path, "a saved game")
        try:
            data = json.loads(text[:MOST_BYTES])
        except (ValueError, RecursionError):
            raise InvalidInput(
                "is no saved game", where=str(path), allowed="JSON as the room writes it"
            ) from None
        return cls.from_data(data)

    def to_data(self) -> dict[str, Any]:
        """Return the fields, with the format, as JSON takes them."""
        return {"format": FORMAT, **attrs.asdict(self), "seats": list(self.seats)}

    def save(self, path: str | Path) -> None:
        """Write a file, whole or not at all.

        Raises
        ------
        InvalidInput
            If it cannot be written; an old file is then as it was.
        """
        write_bytes(path, (json.dumps(self.to_data(), indent=1) + "\n").encode())


@checked
def _check_types(
    *,
    scenario: str,
    arm: str,
    seats: tuple[str, ...],
    seed: int,
    world: int,
    months: int,
    choices: str,
) -> None:
    """Do nothing, with what is of the right types."""
