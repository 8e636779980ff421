"""What a campaign plays: scenario, arms, seed, and worlds in blocks of whole draws."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.checks import whole_number
from alliancesim.errors import InvalidInput
from alliancesim.scenario import RunOptions, Scenario, dumps, loads
from alliancesim.scenario.run_options import LARGEST_CHUNK, MOST_WORLDS

__all__ = ["BLOCK", "Plan"]

BLOCK = 4000
"""Worlds of a block at most, where they are not named: some ten seconds of one core."""
_FIELDS = ("arms", "seed", "worlds_per_draw", "priors", "block")


@checked
@attrs.frozen(kw_only=True, eq=False, slots=False)
class Plan:
    """What every block of a campaign is played with.

    Parameters
    ----------
    scenario : Scenario
    arms : tuple of str
        Names of the arms, in order.
    seed, worlds_per_draw, priors
        See `alliancesim.scenario.RunOptions`.
    block : int
        Worlds of a block: whole draws, and no more than 2**20.

    Raises
    ------
    InvalidInput
        If a block is not of whole draws, or out of range.
    """

    scenario: Scenario
    arms: tuple[str, ...]
    seed: int = 0
    worlds_per_draw: int = 8
    priors: bool = True
    block: int = BLOCK

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        RunOptions(seed=self.seed, worlds_per_draw=self.worlds_per_draw, priors=self.priors)
        whole_number("block", self.block, 2, LARGEST_CHUNK)
        if self.block % self.cluster:
            raise InvalidInput(
                f"{self.block} worlds",
                where="block",
                allowed=f"whole draws: a multiple of {self.cluster}",
            )

    @classmethod
    def blocks_of(cls, worlds_per_draw: int, priors: bool) -> int:
        """Return the worlds of a block where none are named."""
        draw = whole_number("worlds_per_draw", worlds_per_draw, 1, LARGEST_CHUNK) if priors else 1
        return max(BLOCK // draw, 1 if draw > 1 else 2) * draw

    @property
    def cluster(self) -> int:
        """Worlds that moments are taken over: those of a draw, or one where none is drawn."""
        return self.worlds_per_draw if self.priors else 1

    @property
    def draws(self) -> int:
        """Draws of a block."""
        return self.block // self.cluster

    def blocks(self, worlds: int, where: str) -> int:
        """Return how many blocks hold so many worlds, the last one whole."""
        return -(-whole_number(where, worlds, 1, MOST_WORLDS - self.block) // self.block)

    def options(self, number: int) -> RunOptions:
        """Return what a block is played with: one chunk on one thread, in the order of worlds."""
        whole_number("number", number, 0, MOST_WORLDS // self.block - 1)
        return RunOptions(
            worlds=self.block,
            first_world=number * self.block,
            seed=self.seed,
            worlds_per_draw=self.worlds_per_draw,
            priors=self.priors,
            threads=1,
            chunk=self.block,
        )

    @cached_property
    def toml(self) -> str:
        """The scenario written out in full."""
        return dumps(self.scenario)

    @cached_property
    def identity(self) -> str:
        """SHA-256 of all that decides the outcomes, in hex: equal for parts of one campaign."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """Return the plan as text, from which `from_json` makes it."""
        given: dict[str, Any] = {name: getattr(self, name) for name in _FIELDS}
        return json.dumps({**given, "scenario": self.toml}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """Return the plan that `to_json` wrote.

        Raises
        ------
        InvalidInput
            If it is not such a text, or its scenario cannot be read.
        """
        try:
            given = json.loads(text)
            return cls(
                scenario=loads(given["scenario"]),
                arms=tuple(given["arms"]),
                **{name: given[name] for name in _FIELDS[1:]},
            )
        except InvalidInput:
            raise
        except (KeyError, RecursionError, TypeError, ValueError):
            raise InvalidInput("no plan", where="text", allowed="what `to_json` returned") from None
