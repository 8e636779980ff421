"""The working memory of the kernel, each row with names instead of column numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alliancesim.arrays.layout import STATE, PlainRows, floats, rows
from alliancesim.outcomes.metrics import FOCUS, PAIR, WORLD
from alliancesim.rules.coalition import HELPER
from alliancesim.rules.lanes import WORK, lane_workspace

__all__ = [
    "CANDIDATE",
    "LINK",
    "NOTE",
    "NOT_DRAWN",
    "ORIGIN",
    "PRESENT",
    "STAKE",
    "WAR",
    "Workspace",
    "make_workspace",
]


#: A directed pair in play, as it is read whenever i may help j: one line of a processor's cache.
#: What a world makes of it at the start and keeps, down to ``delay``; then what changes: what i
#: ``pays`` j, USD bn a year, and wars on opposite sides (``hostile``).
LINK = floats("felt_km", "rival", "reach", "interest", "chance", "delay", "pays", "hostile")


#: What i and j dispute, read once an opportunity: rate of disputes a year, chance that i is the
#: ``mover``, ``norm`` of heat, ``stake``, belief that i's deterrent covers j, benefits and cost of
#: war at the start, what i pays j in the reference arm, and the benefits ``q`` that i holds now.
STAKE = floats(
    "rate", "mover", "norm", "stake", "umbrella", "q_start", "cost", "pays_start", "q",
    "heat"
)  # fmt: skip


#: A moment at which an opportunity may come: months since the start, the pair, its number among
#: the pair's, and what heat over its cap must exceed for it to be one (``thinning``). What is the
#: same in every arm is drawn once, by the first arm that comes to it (``is_drawn``): who moves
#: against whom, under which circumstance, how far it goes short of war (``intensity``), deviation
#: of the mover's cost, the shock shared by the target's allies, and the draw that the chance to
#: challenge is held against.
CANDIDATE = np.dtype(
    [
        ("when", np.float64),
        ("thinning", np.float64),
        ("deviation", np.float64),
        ("shock", np.float64),
        ("challenge", np.float64),
        ("i", np.int64),
        ("j", np.int64),
        ("number", np.int64),
        ("is_drawn", np.int64),
        ("challenger", np.int64),
        ("target", np.int64),
        ("circumstance", np.int64),
        ("intensity", np.int64),
    ],
    align=True,
)


#: Notes about a state while one question is asked: what it owes.
NOTE = np.dtype(
    [
        ("code", np.int64),
        ("owed", np.int64),
        ("weight", np.float64),
        ("conflict", np.float64),
        ("depth", np.float64),
    ],
    align=True,
)


#: A war under way; ``home`` and ``away`` are the principals' strengths at the start, ``signals``
#: a bit for each side that has signalled, ``involving`` whether a state in focus fights, and the
#: shocks those that the allies of either side share.
WAR = np.dtype(
    [
        ("challenger", np.int64),
        ("target", np.int64),
        ("number", np.int64),
        ("start", np.int64),
        ("months", np.int64),
        ("signals", np.int64),
        ("involving", np.int64),
        ("left_challenger", np.float64),
        ("left_target", np.float64),
        ("home", np.float64),
        ("away", np.float64),
        ("shock_target", np.float64),
        ("shock_challenger", np.float64),
    ],
    align=True,
)


ORIGIN, PRESENT = np.int64(0), np.int64(1)  #: rows of a workspace's states: at the start, and now
NOT_DRAWN = 1e300  #: in place of log-odds that nobody has drawn yet


class Workspace(NamedTuple):
    """Working memory of one thread, for one world at a time.

    ``state`` [2][state] at the start and now; ``link`` and ``stake`` [state][state], and the counts
    of each directed ``pair``; ``rise`` of heat, apart since every month touches it, on [i][j] with
    i < j, and the ``warm`` pairs whose heat may hold forces: how many, then i * states + j of each,
    ``is_warm`` [i][j]; ``interested`` [victim][ally] whether interest alone would make a state
    help; ``note`` a state; ``candidate`` in the order of pairs and ``order`` in that of time, the
    first of month m at ``first`` [m]; ``ally_logit`` [candidate][ally], the draw of an ally's own
    answer as log-odds, or `NOT_DRAWN`; ``helper`` and ``part`` [set][state], the
    sets being the target's helpers, the challenger's backers and a scratch; ``home`` the target's
    domains; ``known`` what the reference arm says; ``ally``, ``ally_part``, ``principal_part`` and
    ``allies`` (a count) [war][side]; ``in_force`` and ``standing`` a treaty, what holds this month
    and whether a revocable one has not been withdrawn; ``pledged`` [2][beneficiary][obligor], who
    may owe whom defence in the reference arm and now; then the books, and the workspace of
    :mod:`alliancesim.rules.lanes`.
    """

    state: Any
    link: Any
    stake: Any
    pair: Any
    rise: Any
    warm: Any
    is_warm: Any
    interested: Any
    candidate: Any
    order: Any
    first: Any
    ally_logit: Any
    note: Any
    helper: Any
    part: Any
    home: Any
    known: Any
    cumulative: Any
    war: Any
    ally: Any
    ally_part: Any
    principal_part: Any
    allies: Any
    active: Any
    pledged: Any
    in_force: Any
    standing: Any
    member: Any
    world: Any
    work: Any


def make_workspace(
    codes: NDArray[np.int64],
    circumstances: int,
    treaties: int,
    *,
    horizon: int = 120,
    candidates: int = 1024,
    interpreted: bool = False,
) -> Workspace:
    """Return working memory for states of these codes.

    Parameters
    ----------
    codes : ndarray of int64, shape (states,)
    circumstances, treaties : int
        How many there are.
    horizon : int
        Months played.
    candidates : int
        Room for moments at which opportunities may come.
    interpreted : bool
        Whether plain Python will work on it, for which rows are plain objects.
    """
    table = PlainRows if interpreted else rows
    n = len(codes)
    wars = max(1, n * (n - 1) // 2)
    note = table(n, NOTE)
    for i, code in enumerate(codes.tolist()):
        note[i].code = code
    return Workspace(
        state=table((2, n), STATE),
        link=table((n, n), LINK),
        stake=table((n, n), STAKE),
        pair=table((n, n), PAIR),
        rise=np.zeros((n, n)),
        warm=np.zeros(n * n + 1, np.int64),
        is_warm=np.zeros((n, n), np.bool_),
        interested=np.zeros((n, n), np.bool_),
        candidate=table(candidates, CANDIDATE),
        order=np.zeros(candidates, np.int64),
        first=np.zeros(horizon + 2, np.int64),
        ally_logit=np.zeros((candidates, n)),
        note=note,
        helper=table((3, n), HELPER),
        part=np.zeros((3, n, 5)),
        home=np.zeros(5),
        known=np.zeros((n, n, circumstances, 3)),
        cumulative=np.zeros(circumstances),
        war=table(wars, WAR),
        ally=table((wars, 2, n), HELPER),
        ally_part=np.zeros((wars, 2, n, 5)),
        principal_part=np.zeros((wars, 2, 5)),
        allies=np.zeros((wars, 2), np.int64),
        active=np.zeros(1, np.int64),
        pledged=np.zeros((2, n, n), np.bool_),
        in_force=np.zeros(treaties, np.bool_),
        standing=np.ones(treaties, np.bool_),
        member=table(n + 1, FOCUS),
        world=table(2, WORLD),
        work=[lane_workspace()] if interpreted else table(1, WORK),
    )
