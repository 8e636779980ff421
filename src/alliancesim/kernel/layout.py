"""The rows that the kernel reads and writes, each with names instead of column numbers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alliancesim.outcomes.metrics import MEMBER, PAIR, WORLD
from alliancesim.rules.coalition import HELPER
from alliancesim.rules.lanes import WORK, workspace

__all__ = [
    "CANDIDATE",
    "CELL",
    "COURSE",
    "DRAWN_PAIR",
    "LINK",
    "NOTE",
    "NOT_DRAWN",
    "ORIGIN",
    "PRESENT",
    "STAKE",
    "STATE",
    "TRANSFER",
    "TREATY",
    "WAR",
    "Desk",
    "Law",
    "PlainRows",
    "desk",
    "plain",
    "plain_record",
    "rows",
]


def _floats(*names: str) -> np.dtype[np.void]:
    return np.dtype([(name, np.float64) for name in names])


#: A state. Shares are of the world total; spending and gdp in USD bn; what follows ``sea`` is
#: derived: floored domains g1 to g5, their aggregate ``force``, ``strength`` with experience,
#: ``free`` and ``busy`` shares of forces, ``reputation``, running counts and sums; what it
#: ``given`` and ``received`` in transfers a year, and ``spill``, are in USD bn; ``carried`` is the
#: burden of spending and gifts, ``carried_more`` and ``received_more`` how much more of GDP it
#: carries and receives than at the start.
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
    "force",
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
    "nuclear",
    "reputation",
    "spill",
    "given",
    "received",
    "transfers_sum",
    "benefits_sum",
    "burden_sum",
    "welfare_sum",
    "carried",
    "carried_more",
    "received_more",
)

#: What is known of a pair before play, from i (first index) to j: distance in km, class of the
#: pair (0 rival, 1 land, 2 relevant, 3 unrelated), its record, the author's multiplier on i
#: challenging j, the tie, and the belief that i's deterrent covers j.
DRAWN_PAIR = _floats("km", "category", "years", "onsets", "multiplier", "tie", "umbrella")

#: A directed pair in play, as it is read whenever i may help j: one line of a processor's cache.
#: What a world makes of it at the start and keeps, down to ``delay``; then what changes: what i
#: ``pays`` j, USD bn a year, and wars on opposite sides (``hostile``).
LINK = _floats("felt_km", "rival", "reach", "interest", "chance", "delay", "pays", "hostile")

#: What i and j dispute, read once an opportunity: rate of disputes a year, chance that i is the
#: ``mover``, ``norm`` of heat, ``stake``, belief that i's deterrent covers j, benefits and cost of
#: war at the start, what i pays j in the reference arm, and the benefits ``q`` that i holds now.
STAKE = _floats(
    "rate", "mover", "norm", "stake", "umbrella", "q_start", "cost", "pays_start", "q"
)  # fmt: skip

#: A moment at which an opportunity may come: months since the start, the pair, its number among
#: the pair's, and what heat over its cap must exceed for it to be one (``thinning``). What is the
#: same in every arm is drawn once, by the first arm that comes to it (``is_drawn``): who moves
#: against whom, under which circumstance, deviation of the mover's cost, the shock shared by the
#: target's allies, and the draw that the chance to challenge is held against.
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
#: a bit for each side that has signalled.
WAR = np.dtype(
    [
        ("challenger", np.int64),
        ("target", np.int64),
        ("number", np.int64),
        ("start", np.int64),
        ("months", np.int64),
        ("signals", np.int64),
        ("left_challenger", np.float64),
        ("left_target", np.float64),
        ("home", np.float64),
        ("away", np.float64),
    ],
    align=True,
)

#: A cell of a compiled treaty: level 0 to 3, how binding in percent, and the gate.
CELL = np.dtype([("level", np.uint8), ("binding", np.uint8), ("gate", np.uint8)])

#: Where a treaty's cells start, and how many parties it has.
TREATY = np.dtype([("cells", np.int64), ("conflicts", np.int64), ("parties", np.int64)])

#: A transfer from one state to another, by their rows.
TRANSFER = np.dtype([("payer", np.int64), ("payee", np.int64)])

#: What an arm plays of a treaty's membership: the row of ``in_arm`` that holds from then on (-1:
#: nothing is played), joining or leaving, codes of treaty and state, months of notice, ratifiers.
COURSE = np.dtype(
    [
        ("then", np.int64),
        ("kind", np.int64),
        ("treaty", np.int64),
        ("state", np.int64),
        ("notice", np.int64),
        ("ratifiers", np.int64),
    ]
)

ORIGIN, PRESENT = np.int64(0), np.int64(1)  #: rows of a desk's states: at the start, and now
NOT_DRAWN = 1e300  #: in place of log-odds that nobody has drawn yet


class Law(NamedTuple):
    """Treaties as the kernel looks them up; an entry of ``treaty`` each, a row of ``place``.

    ``cells`` and ``conflicts`` are flat: a treaty's run over
    [reading][circumstance][attacker][beneficiary][obligor] and [reading][attacker][obligor], the
    last two axes over its parties in ``who``; ``place`` is a state's number among them, or -1.
    ``pledges`` lie as ``conflicts`` do, over [reading][beneficiary][obligor]: whether defence may
    be owed at all. ``covers`` [transfer][treaty] says under which treaties a transfer is made.
    ``concern`` [attacker][victim] is the slice of ``concerned`` that lists the treaties which can
    say anything of an attack of one on the other.
    ``in_arm`` has a row an arm, and after those what an arm's change of membership leads to;
    ``course`` has a row an arm, ``ratifier`` and ``gain`` [arm][ratifier] who ratifies in which
    order and what each expects; ``code`` and ``revocable`` an entry a treaty.
    """

    treaty: Any
    cells: Any
    conflicts: NDArray[np.uint8]
    pledges: NDArray[np.uint8]
    who: NDArray[np.int64]
    place: NDArray[np.int64]
    in_arm: NDArray[np.bool_]
    transfer: Any
    covers: NDArray[np.bool_]
    concern: NDArray[np.int64]
    concerned: NDArray[np.int64]
    course: Any
    ratifier: NDArray[np.int64]
    gain: NDArray[np.float64]
    code: NDArray[np.int64]
    revocable: NDArray[np.bool_]
    provocation: NDArray[np.float64]
    mirror: int


class Desk(NamedTuple):
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


def rows(shape: int | tuple[int, ...], dtype: np.dtype[np.void]) -> Any:
    """Return zeroed rows whose fields are read as attributes, compiled or not."""
    return np.zeros(shape, dtype).view(np.recarray)


class PlainRows:
    """Rows as plain objects: what `rows` gives, but read ten times as fast by plain Python.

    Parameters
    ----------
    shape : int or tuple of int
    dtype : dtype
        Of numbers, each of which starts at zero.
    """

    __slots__ = ("_names", "_rows", "shape")  # so that no field is set on all rows by mistake

    def __init__(self, shape: int | tuple[int, ...], dtype: np.dtype[np.void]) -> None:
        self.shape = (shape,) if isinstance(shape, int) else shape
        self._names = dtype.names or ()
        self._rows = np.empty(self.shape, object)
        blank = np.zeros((), dtype)
        for place in np.ndindex(self.shape):
            self._rows[place] = plain_record(blank)

    def __len__(self) -> int:
        """Return how many rows, or groups of rows, there are."""
        return self.shape[0]

    def __getitem__(self, place: Any) -> Any:
        """Return a row, or all rows whose first numbers are those given."""
        found = self._rows[place]
        if not isinstance(found, np.ndarray):
            return found
        part = PlainRows.__new__(PlainRows)
        part.shape, part._names, part._rows = found.shape, self._names, found
        return part

    def add_to(self, array: Any) -> None:
        """Add the values of every row to an array of rows of the same shape."""
        for place in np.ndindex(self.shape):
            for name in self._names:
                array[name][place] += getattr(self._rows[place], name)

    def __setitem__(self, place: Any, row: Any) -> None:
        """Copy a row's values into another."""
        own = self._rows[place]
        for name in self._names:
            setattr(own, name, getattr(row, name))


def plain_record(row: Any) -> Any:
    """Return a row as an object whose fields plain Python reads fast."""
    return SimpleNamespace(**dict(zip(row.dtype.names, row.item(), strict=True)))


def plain(array: Any) -> NDArray[Any]:
    """Return rows as an ordinary structured array."""
    dtype = array.dtype.descr if array.dtype.names else array.dtype
    return np.asarray(array).view(np.ndarray).view(np.dtype(dtype))


def desk(
    codes: NDArray[np.int64],
    circumstances: int,
    treaties: int,
    *,
    horizon: int = 120,
    candidates: int = 1024,
    interpreted: bool = False,
) -> Desk:
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
    return Desk(
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
        member=table(n + 1, MEMBER),
        world=table(2, WORLD),
        work=[workspace()] if interpreted else table(1, WORK),
    )
