"""The rows and tables in which a scenario is handed over to the kernel, by name.

Rows of states and pairs are what a draw gives; the tables of `Law` are the same in every draw.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CELL",
    "COURSE",
    "DRAWN_PAIR",
    "JOINS",
    "LEAVES",
    "STATE",
    "TRANSFER",
    "TREATY",
    "Law",
    "PlainRows",
    "floats",
    "plain",
    "plain_record",
    "rows",
]

JOINS, LEAVES = np.int64(0), np.int64(1)  #: what an arm plays of a treaty's membership


def floats(*names: str) -> np.dtype[np.void]:
    """Return the type of a row of numbers with these names."""
    return np.dtype([(name, np.float64) for name in names])


#: A state. Shares are of the world total; spending and gdp in USD bn; what follows ``sea`` is
#: derived: floored domains g1 to g5, their aggregate ``force``, ``strength`` with experience,
#: ``free`` and ``busy`` shares of forces, ``reputation``, running counts and sums; what it
#: ``given`` and ``received`` in transfers a year, and ``spill``, are in USD bn; ``carried`` is the
#: burden of spending and gifts, ``carried_more`` and ``received_more`` how much more of GDP it
#: carries and receives than at the start.
STATE = floats(
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
DRAWN_PAIR = floats("km", "category", "years", "onsets", "multiplier", "tie", "umbrella", "heat")


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
        self.shape: tuple[int, ...] = (shape,) if isinstance(shape, int) else shape
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
