"""What agents tell one another: conditions, duties, offers of help, disputes and wars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.arrays.layout import STATE
from alliancesim.rules.response import LIMITED_FORCE

if TYPE_CHECKING:
    from alliancesim.agents.state_agent import StateAgent

__all__ = [
    "Bond",
    "Condition",
    "Dispute",
    "Duty",
    "Event",
    "Offer",
    "Outlook",
    "Side",
    "War",
    "parts_of",
]


class Condition:
    """What a state has at one time: the fields of the kernel's row of it.

    See `alliancesim.arrays.layout.STATE`.
    """

    __slots__ = tuple(STATE.names or ())

    def __init__(self, values: dict[str, float]) -> None:
        for name in self.__slots__:
            setattr(self, name, values[name])

    def copy(self) -> Any:
        """Return another condition with the same values."""
        return Condition({name: getattr(self, name) for name in self.__slots__})

    def domains(self) -> tuple[float, float, float, float, float]:
        """Return the five domains as they enter strength."""
        return self.g1, self.g2, self.g3, self.g4, self.g5  # type: ignore[attr-defined,no-any-return]


@attrs.define(slots=True)
class Bond:
    """What lies between one state and another, from the first's side.

    The rise of ``heat`` is the pair's: one list, shared by both directions.
    """

    felt_km: float
    rival: float
    rate: float
    mover: float
    norm: float
    reach: float
    interest: float
    chance: float
    delay: int
    umbrella: float
    q_start: float
    cost: float
    heat: list[float]
    stake: float = 0.0
    pays_start: float = 0.0
    pays: float = 0.0
    q: float = 0.0
    hostile: int = 0


@attrs.define(slots=True)
class Duty:
    """What one state owes a victim against an attacker, merged over treaties."""

    owed: int = 0
    weight: float = 0.0
    conflict: float = 0.0
    depth: float = 0.0


@attrs.define(slots=True)
class Offer:
    """What one state could bring to a fight, and how ready it is to."""

    agent: StateAgent
    level: int
    delay: int
    strength: float
    parts: tuple[float, ...]
    depth: float
    utility: float
    chance: float
    answer: int = 0
    share: float = 0.0
    arrives: int = 0
    reluctance: float = 0.0

    def fights(self) -> bool:
        """Whether the answer makes it a belligerent."""
        return self.answer >= LIMITED_FORCE


@attrs.define(slots=True)
class Outlook:
    """How a challenge looks to the challenger."""

    win: float
    belief: float
    cover: float
    offers: list[Offer]
    backers: list[Offer]
    away: float
    home: float
    home_parts: NDArray[np.float64]


@attrs.define(slots=True)
class Dispute:
    """An opportunity of a pair, what came of it, and how far it goes short of war."""

    challenger: StateAgent
    target: StateAgent
    number: int
    circumstance: int
    first: int
    second: int
    intensity: int = 0


@attrs.define(slots=True)
class Side:
    """One side of a war: the principal's strength at the start, who answered, and their shock."""

    strength: float
    parts: NDArray[np.float64]
    offers: list[Offer]
    signalled: bool = False
    shock: float = 0.0


@attrs.define(slots=True)
class War:
    """A war under way."""

    dispute: Dispute
    start: int
    months: int
    attack: Side
    defence: Side
    involving: bool = False
    left_challenger: float = 1.0
    left_target: float = 1.0


@attrs.frozen
class Event:
    """Something that happened, for the chronicle.

    Attributes
    ----------
    turn : int
        Months since the start.
    kind : str
        One of those below; a dispute's events follow one another.
    facts : dict
        What the kind needs to be told in words, states by id.

    Notes
    -----
    All but "budgets" have ``challenger`` and ``target``; a ``chance`` is the one that the
    decision had before its random draw was made.

    - "challenge": ``circumstance``, ``intensity`` (how far it goes short of war, 0 to 2),
      ``chance``, ``win`` (the challenger's belief that it would win), ``answers`` (level of the
      ladder, 0 to 5, by state) and ``owed`` (level of duty, 0 to 3, by state);
    - "resisted" or "unresisted": ``chance``;
    - "refused", where a target that resists refuses the demand: ``chance``;
    - "backs-down", "concession" (``moved``, the share of what lies between the two) or "stands",
      where nothing changes hands; or
    - "war": ``answers`` and ``owed``, ``backers`` and ``backers_owed`` (the same of allies of the
      challenger), ``delays`` (months until the forces of each that fights arrive) and
      ``reputation`` (before and after, of each state that owed something);
    - "rise", where an ally that is asked again in a war goes farther: ``state``, ``side``
      ("challenger" or "target"), ``before`` and ``answer`` (levels of the ladder), ``owed``,
      ``delay`` (months until its forces arrive) and ``reputation`` (before and after);
    - "nuclear-signal": ``by``, ``patron`` (whose deterrent it is, or None), ``lost`` and
      ``enemy_lost`` (shares of the principals' forces);
    - "peace": ``result`` (1 the challenger won, 0 drawn, -1 lost), ``months``, ``exhausted``,
      ``settled`` (under a nuclear signal), ``used`` (who used nuclear weapons, or None),
      ``moved``, ``losses`` (share of forces, by principal), ``strengths`` (committed and in
      time, by principal) and ``late`` (who fought on paper but did not arrive in time);
    - "announced" or "in-force", of a change of membership: ``treaty``, ``state``, ``joins``;
    - "withdrawn" or "renewed", of a revocable guarantee: ``treaty``;
    - "budgets", once a year: military spending ``before`` and ``after``, USD bn by state, and
      ``transfers`` that are new (payer, payee, USD bn a year).
    """

    turn: int
    kind: str
    facts: dict[str, Any]


def parts_of(offers: list[Offer]) -> NDArray[np.float64]:
    """Return the domains that each offer brings, shape (offers, 5)."""
    return np.array([offer.parts for offer in offers]).reshape(len(offers), 5)
