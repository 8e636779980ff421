"""Attacks that bring something about, found by climbing along the chain of reasons.

The law answers with its reasons up to the first that is not met. An attack that gets further along
that chain is nearer to bringing the duty about, so the search changes one part of the attack after
the other, then parts that clauses ask about together.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from alliancesim.law import Attack, Duties, Duty, Treaty
from alliancesim.testing.drafts.space import BLOCKS, Space

__all__ = ["Ask", "Found", "Score", "climb", "furthest"]

Ask = Callable[[Treaty, Attack], Duties]
Score = Callable[[Attack], tuple[bool, float]]


@attrs.frozen(kw_only=True)
class Found:
    """Where a search ended.

    Attributes
    ----------
    attack : Attack
        The attack that is sought, or the one that comes nearest.
    reached : bool
        Whether it is the one that is sought.
    tried : int
        How many attacks were tried.
    """

    attack: Attack
    reached: bool
    tried: int


def climb(
    score: Score, space: Space, start: Attack | None = None, *, most: int | None = None
) -> Found:
    """Return an attack that a score accepts, or the one that comes nearest.

    Parameters
    ----------
    score : callable
        Whether an attack is the one sought, and how near it comes.
    space : Space
        The attacks to search.
    start : Attack, optional
        Where to start; by default the plainest attack.
    most : int, optional
        How many attacks to try at most.
    """
    best = start or space.start
    reach = score(best)
    tried, moved = 1, True
    steps = [(name,) for name in space.axes] + list(BLOCKS)
    while moved and not reach[0]:
        moved = False
        for names in steps:
            for attack in space.moves(best, *names):
                tried += 1
                now = score(attack)
                if now > reach:
                    best, reach, moved = attack, now, True
                if reach[0] or tried == most:
                    return Found(attack=best, reached=reach[0], tried=tried)
    return Found(attack=best, reached=reach[0], tried=tried)


def furthest(answer: Duties) -> tuple[tuple[bool, int], Duty | None]:
    """Return how far an answer gets towards a duty, and the duty that gets so far."""
    ranked = [((duty.owed, len(duty.chain)), duty) for read in answer for duty in read.duties]
    return max(ranked, key=lambda pair: pair[0], default=((False, 0), None))
