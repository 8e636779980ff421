"""The rows that the kernel reads and writes, each with names instead of column numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alliancesim.metrics import MEMBER, PAIR, WORLD
from alliancesim.rules.belief import HELPER

__all__ = ["BOND", "DRAWN_PAIR", "STATE", "TIE", "WAR", "Desk", "Law", "desk", "rows"]


def _floats(*names: str) -> np.dtype[np.void]:
    return np.dtype([(name, np.float64) for name in names])


#: A state. Shares are of the world total; spending and gdp in USD bn; what follows ``sea`` is
#: derived: floored domains g1 to g5, their aggregate ``base``, ``strength`` with experience,
#: ``free`` and ``busy`` shares of forces, running counts and sums.
STATE = _floats(
    "manpower",
    "materiel",
    "strike",
    "industry",
    "finance",
    "experience",
    "warheads",
    "spending",
    "gdp",
    "sea",
    "g1",
    "g2",
    "g3",
    "g4",
    "g5",
    "base",
    "strength",
    "free",
    "busy",
    "wars",
    "war_months",
    "threat",
    "benefits",
    "left",
    "loss",
    "paid",
    "benefits_sum",
    "burden_sum",
    "welfare_sum",
)

#: What is known of a pair before play, from i (first index) to j: distance in km, class of the
#: pair (0 rival, 1 land, 2 relevant, 3 unrelated), its record, the author's multiplier on i
#: challenging j, the tie, and the belief that i's deterrent covers j.
DRAWN_PAIR = _floats("km", "category", "years", "onsets", "multiplier", "tie", "umbrella")

#: What a world makes of it at the start, and keeps.
TIE = _floats(
    "km", "rival", "rate", "mover", "norm", "reach", "interest", "chance", "delay", "stake",
    "umbrella", "q", "cost",
)  # fmt: skip

#: What changes between i and j: benefits, rise of heat (kept on i < j), wars fought against each
#: other as principals (0 or 1) and wars on opposite sides.
BOND = _floats("q", "rise", "at_war", "hostile")

#: A war under way.
WAR = np.dtype(
    [
        ("challenger", np.int64),
        ("target", np.int64),
        ("number", np.int64),
        ("start", np.int64),
        ("months", np.int64),
        ("left_challenger", np.float64),
        ("left_target", np.float64),
        ("home", np.float64),
        ("away", np.float64),
    ],
    align=True,
)


class Law(NamedTuple):
    """Treaties as the kernel looks them up; one entry of the first axis a treaty (variant).

    ``level``, ``binding``, ``gate`` and ``conflict`` are flat: a treaty's cells start at ``offset``, run
    over [reading][circumstance][attacker][beneficiary][obligor] and [reading][attacker][obligor]
    (from ``conflict_offset``), the last axes over its ``size`` parties in ``who``; ``place`` is a
    state's number among them, or -1.
    """

    level: NDArray[np.uint8]
    binding: NDArray[np.uint8]
    gate: NDArray[np.uint8]
    conflict: NDArray[np.uint8]
    offset: NDArray[np.int64]
    conflict_offset: NDArray[np.int64]
    size: NDArray[np.int64]
    who: NDArray[np.int64]
    place: NDArray[np.int64]
    in_arm: NDArray[np.bool_]
    provocation: NDArray[np.float64]
    mirror: int


class Desk(NamedTuple):
    """Working memory of one thread, for one world at a time."""

    code: Any
    origin: Any
    state: Any
    tie: Any
    bond: Any
    owed: Any
    weight: Any
    conflict: Any
    depth: Any
    helpers: Any
    parts: Any
    shares: Any
    levels: Any
    backers: Any
    backer_parts: Any
    scratch: Any
    scratch_parts: Any
    home: Any
    known: Any
    cumulative: Any
    war: Any
    war_level: Any
    war_share: Any
    war_arrives: Any
    war_helpers: Any
    war_parts: Any
    war_home: Any
    war_counts: Any
    pair: Any
    member: Any
    world: Any
    blank_pair: Any
    blank_member: Any
    blank_world: Any
    active: Any


def rows(shape: int | tuple[int, ...], dtype: np.dtype[np.void]) -> Any:
    """Return zeroed rows whose fields are read as attributes, compiled or not."""
    return np.zeros(shape, dtype).view(np.recarray)


def desk(codes: NDArray[np.int64], circumstances: int) -> Desk:
    """Return working memory for states of these codes and a number of circumstances."""
    n = len(codes)
    wars = max(1, n * (n - 1) // 2)
    return Desk(
        code=codes,
        origin=rows(n, STATE),
        state=rows(n, STATE),
        tie=rows((n, n), TIE),
        bond=rows((n, n), BOND),
        owed=np.zeros(n, np.int64),
        weight=np.zeros(n),
        conflict=np.zeros(n),
        depth=np.zeros(n),
        helpers=rows(n, HELPER),
        parts=np.zeros((n, 5)),
        shares=np.zeros(n),
        levels=np.zeros(n, np.int64),
        backers=rows(n, HELPER),
        backer_parts=np.zeros((n, 5)),
        scratch=rows(n, HELPER),
        scratch_parts=np.zeros((n, 5)),
        home=np.zeros(5),
        known=np.zeros((n, n, circumstances, 3)),
        cumulative=np.zeros(circumstances),
        war=rows(wars, WAR),
        war_share=np.zeros((wars, 2, n)),
        war_level=np.zeros((wars, 2, n), np.int64),
        war_arrives=np.zeros((wars, 2, n), np.int64),
        war_helpers=rows((wars, 2, n), HELPER),
        war_parts=np.zeros((wars, 2, n, 5)),
        war_home=np.zeros((wars, 2, 5)),
        war_counts=np.zeros((wars, 2), np.int64),
        pair=rows((n, n), PAIR),
        member=rows(n, MEMBER),
        world=rows(1, WORLD),
        blank_pair=rows(1, PAIR),
        blank_member=rows(1, MEMBER),
        blank_world=rows(1, WORLD),
        active=np.zeros(1, np.int64),
    )
